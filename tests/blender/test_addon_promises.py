"""What the manual promises: keys, servers, simulators, Blender data, undo, listed operators."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.run_folder.documents import read_document, read_scene
from pipeline.run_folder.motion_files import read_trajectory
from pipeline.verify.report import Report
from scene_builder.model.errors import SettingsError

bpy = pytest.importorskip("bpy")
pytestmark = [pytest.mark.bpy, pytest.mark.slow]

MANUAL = Path(__file__).parents[2] / "docs" / "blender.md"
KEY = "sk-never-written-down"
WORDS = "A red ball rolls off a table"
ANSWER = json.dumps(
    {"schema": "worldreel.scene/1",
     "entities": [{"id": "ball", "noun": "ball", "color": "red"}, {"id": "table", "noun": "table"}],
     "actions": [{"actor": "ball", "verb": "roll", "direction": "off"}],
     "relations": [{"subject": "ball", "predicate": "on", "object": ["table"]}]}
)  # fmt: skip


@pytest.fixture
def preferences(addon, monkeypatch):
    """The add-on's preferences, as Blender keeps them for an add-on that is enabled."""
    for name in ("WORLDREEL_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    entry = bpy.context.preferences.addons.new()
    entry.module = "worldreel"
    yield entry.preferences
    bpy.context.preferences.addons.remove(entry)


@pytest.fixture
def server():
    """A language model's server on this machine, which remembers what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            asked.append((self.path, self.headers["Authorization"], self.rfile.read(length)))
            told = {"choices": [{"message": {"role": "assistant", "content": ANSWER}}]}
            data = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}", asked
        serving.shutdown()
        thread.join()


def test_a_server_of_ones_own_is_asked_and_the_key_stays_in_the_preferences(
    addon, preferences, server, tmp_path, monkeypatch
):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))
    preferences.reader, preferences.model, preferences.key = "SERVER", "some-model", KEY
    preferences.url = server[0]  # the plain address, as Ollama's is written
    run = tmp_path / "run"
    assert bpy.ops.worldreel.plan(prompt=WORDS, out=str(run)) == {"FINISHED"}
    path, authorised, question = server[1][0]
    assert (path, authorised) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert json.loads(question)["model"] == "some-model"
    assert [(e.id, e.color) for e in addon.worldreel.entities] == [("ball", "red"), ("table", "")]
    assert {entity.id for entity in read_scene(run / "scene.json").entities} == {"ball", "table"}
    blend = tmp_path / "saved.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(blend), compress=False)
    assert WORDS.encode() in blend.read_bytes()
    for file in (blend, *(one for one in run.rglob("*") if one.is_file())):
        assert KEY.encode() not in file.read_bytes(), file
    assert type(preferences).bl_rna.properties["key"].subtype == "PASSWORD"


def test_who_reads_is_what_the_preferences_say(preferences, monkeypatch):
    from pipeline.blender_addon.interface import preferences as known

    preferences.reader = "SERVER"
    with pytest.raises(SettingsError, match="give both, for example http://localhost:11434"):
        known.reader_name()
    preferences.url, preferences.model = "https://models.example.org/v1", "big"
    assert not bpy.app.online_access
    with pytest.raises(SettingsError, match=r"models.example.org is not this machine.*Network"):
        known.reader_name()
    preferences.url = "http://localhost:11434"
    assert known.reader_name() == "openai:http://localhost:11434/v1#big"
    preferences.reader = "AUTO"  # an address is a wish
    assert known.reader_name() == "openai:http://localhost:11434/v1#big"
    preferences.reader = "RULES"
    assert known.reader_name() == "rules"
    preferences.reader, preferences.url = "AUTO", ""
    for found, name in ((None, "rules"), (object(), "embedded")):
        monkeypatch.setattr(known.importlib.util, "find_spec", lambda _, is_there=found: is_there)
        assert known.reader_name() == name
    preferences.key = KEY
    assert known.key() == KEY
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    assert known.key() == ""  # the environment's is used as it is


def test_mujoco_moves_things_where_there_is_no_pybullet(addon, falling, monkeypatch):
    from pipeline.blender_addon.interface import preferences as known

    find = known.importlib.util.find_spec
    monkeypatch.setattr(
        known.importlib.util, "find_spec", lambda n, *a: None if n == "pybullet" else find(n, *a)
    )
    addon.worldreel.run = str(falling)
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}
    assert bpy.ops.worldreel.verify() == {"FINISHED"}
    motion = read_trajectory(falling / "trajectory.npz")
    assert motion.pose(-1, "block#1").position[2] == pytest.approx(0.7, abs=5e-3)
    assert read_document(falling / "report.json", Report).certificate == "held"
    settings = json.loads((falling / "manifest.json").read_text())["settings"]
    assert settings["simulator"] == "mujoco"


def test_what_is_made_is_ordinary_blender_data(addon, falling):
    addon.worldreel.run = str(falling)
    bpy.ops.worldreel.simulate()
    block, table = addon.objects["block#1"], addon.objects["table#1"]
    assert addon.worldreel.collection.name == "worldreel"
    assert set(addon.worldreel.collection.all_objects) >= {block, table, addon.camera}
    for thing, role in ((block, "dynamic"), (table, "static")):
        assert thing["worldreel_role"] == role
        assert thing["worldreel_mass_kg"] > 0
        assert 0 < thing["worldreel_friction"] < 2
        (slot,) = thing.material_slots
        assert {"BSDF_PRINCIPLED", "OUTPUT_MATERIAL"} <= {
            node.type for node in slot.material.node_tree.nodes
        }
    for thing in (block, addon.camera):
        action, slot = thing.animation_data.action, thing.animation_data.action_slot
        assert action.is_action_layered
        assert slot.target_id_type == "OBJECT"
        bag = action.layers[0].strips[0].channelbag(slot)
        assert len(bag.fcurves) == 7  # a place and a quaternion
        assert len(bag.fcurves[0].keyframe_points) == 24
    assert addon.camera.type == "CAMERA"


def test_undo_takes_back_what_an_operator_did(addon, falling, tmp_path):
    addon.worldreel.run = str(falling)
    bpy.ops.worldreel.simulate()
    bpy.ops.ed.undo_push(message="simulated")
    bpy.ops.worldreel.remove()
    assert "block#1" not in bpy.context.scene.objects
    bpy.ops.ed.undo_push(message="removed")
    assert bpy.ops.ed.undo() == {"FINISHED"}
    scene = bpy.context.scene
    assert scene.objects["block#1"].animation_data.action
    assert scene.worldreel.collection is not None
    scene.frame_set(0)
    scene.objects["table#1"].location.x += 0.1
    assert bpy.ops.worldreel.simulate() == {"FINISHED"}  # the link holds after it


def test_the_manual_lists_every_operator_with_its_properties():
    from pipeline.blender_addon.registering import register, unregister

    table = re.findall(r"^\| `worldreel\.(.+?) \|(.*?)\|$", MANUAL.read_text(), re.MULTILINE)
    listed = {}
    for names, properties in table:
        for name in re.findall(r"\w+", names):
            listed[name] = set(re.findall(r"`(\w+)`", properties))
    register()
    try:
        for name in dir(bpy.ops.worldreel):
            kind = getattr(bpy.ops.worldreel, name).get_rna_type()
            own = [one for one in kind.properties if one.identifier != "rna_type"]
            assert listed.pop(name) == {one.identifier for one in own}, name
            assert kind.description
            assert [one.identifier for one in own if not one.description] == []
    finally:
        unregister()
    assert listed == {}
