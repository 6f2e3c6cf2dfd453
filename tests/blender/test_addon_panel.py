"""The panel is drawn in all of its states: each call is one that Blender's own layout knows."""

import queue
import subprocess
import tempfile
import threading
from types import SimpleNamespace

import pytest

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import read_scene, scene_text

bpy = pytest.importorskip("bpy")
pytestmark = [pytest.mark.bpy, pytest.mark.slow]


class Layout:
    """Takes what Blender's layout takes, by Blender's own description of it, and nothing else."""

    def __init__(self, drawn):
        self.drawn, self.enabled = drawn, True

    def _checked(self, call, given):
        parameters = bpy.types.UILayout.bl_rna.functions[call].parameters
        for name, value in given.items():
            assert name in parameters, f"layout.{call} takes no {name}"
            if parameters[name].type == "ENUM":
                assert value in parameters[name].enum_items
            if parameters[name].type == "STRING":
                assert isinstance(value, str)

    def prop(self, data, name, **given):
        self._checked("prop", given)
        if name.startswith("["):
            assert name[2:-2] in data
        else:
            assert name in data.bl_rna.properties
        self.drawn.append(name)

    def label(self, **given):
        self._checked("label", given)
        self.drawn.append((given.get("text"), given.get("icon")))

    def operator(self, name, **given):
        self._checked("operator", given)
        kind = getattr(bpy.ops.worldreel, name.partition(".")[2]).get_rna_type()
        self.drawn.append(name)
        return Button(kind, self.drawn)

    def progress(self, **given):
        self._checked("progress", given)
        self.drawn.append((given["text"], round(given["factor"], 3)))

    def row(self, **given):
        self._checked("row", given)
        return self

    def column(self, **given):
        self._checked("column", given)
        return self

    def box(self, **given):
        self._checked("box", given)
        return self


class Button:
    """What an operator is called with when its button is pressed."""

    def __init__(self, kind, drawn):
        object.__setattr__(self, "_known", (kind, drawn))

    def __setattr__(self, name, value):
        kind, drawn = self._known
        assert name in kind.properties, f"{kind.identifier} has no {name}"
        drawn.append((kind.identifier, name, value))


@pytest.fixture
def draw(addon):
    """Draws all panels as they are now; returns what was drawn, in order, by panel."""
    from pipeline.blender_addon.interface.panel import PANELS

    def drawn_by(panel, thing):
        drawn = []
        me = SimpleNamespace(layout=Layout(drawn))
        panel.draw(me, SimpleNamespace(scene=addon, object=thing))
        return [*drawn, me.layout.enabled]

    def draw(thing=None):
        return {panel.bl_label: drawn_by(panel, thing) for panel in PANELS}

    return draw


@pytest.fixture
def now():
    """What is under way; nothing afterwards."""
    from pipeline.blender_addon.interface.working import Now

    yield Now
    Now.end()
    Now.error = ""


BUTTONS = {
    f"worldreel.{name}"
    for name in ("make", "plan", "build", "simulate", "next_take", "verify", "render", "stylize",
                 "export", "asset_library", "remove")
}  # fmt: skip


def test_without_a_run_there_are_words_choices_and_every_button(draw):
    shown = draw()
    main = shown["worldreel"]
    assert {"prompt", "preset", "style", "seed", "fit", "keep", "run", *BUTTONS} <= set(main)
    assert "worldreel.cancel" not in main
    lists = shown["Scene graph"]
    assert [text for text, _ in (x for x in lists if isinstance(x, tuple) and len(x) == 2)] == [
        "Entities", "Relations", "Actions", "Outcomes",
    ]  # fmt: skip
    assert lists.count("worldreel.graph_add") == 4
    assert shown["Report"] == [True]
    assert shown["Body"] == [("Select a mesh", None), True]


def test_what_the_words_say_is_listed_and_a_row_is_one_button_away(addon, draw):
    from pipeline.blender_addon.scene.lists import show_graph
    from scene_builder.model.graph import SceneGraph

    graph = SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "actions": [{"actor": "ball", "verb": "roll"}],
         "entities": [{"id": "ball", "noun": "ball", "count": 2, "color": "red"}]}
    )  # fmt: skip
    show_graph(addon.worldreel, graph)
    lists = draw()["Scene graph"]
    for name in ("count", "color", "material", "noun", "actor", "verb", "target", "speed"):
        assert lists.count(name) == 1
    assert ("WORLDREEL_OT_graph_remove", "list", "actions") in lists
    assert ("WORLDREEL_OT_graph_remove", "index", 0) in lists
    assert bpy.ops.worldreel.graph_add(list="outcomes") == {"FINISHED"}
    assert ("", "BLANK1") in draw()["Scene graph"]  # nobody has judged it yet
    assert bpy.ops.worldreel.graph_remove(list="outcomes", index=0) == {"FINISHED"}
    with pytest.raises(RuntimeError, match="outcomes has 0 rows"):
        bpy.ops.worldreel.graph_remove(list="outcomes", index=0)


def test_after_verify_outcomes_have_ticks_and_crosses(addon, draw, falling):
    graph = read_scene(falling / "scene.json")
    (falls,) = graph.outcomes
    both = (falls, falls.model_copy(update={"predicate": "avoids", "object": "table"}))
    write_text(falling / "scene.json", scene_text(graph.model_copy(update={"outcomes": both})))
    addon.worldreel.run = str(falling)
    bpy.ops.worldreel.simulate()
    before = draw(addon.objects["block#1"])
    assert ("", "CHECKMARK") not in before["Scene graph"]
    bpy.ops.worldreel.verify()
    shown = draw(addon.objects["block#1"])
    rows = [x[1] for x in shown["Scene graph"] if isinstance(x, tuple) and x[0] == ""]
    assert rows == ["CHECKMARK", "X"]
    (told,) = [x[0] for x in shown["worldreel"] if isinstance(x, tuple) and x[1] == "INFO"]
    assert addon.worldreel.summary.startswith(told)
    claims = [x for x in shown["Report"] if isinstance(x, tuple)]
    assert claims[0][1] == "X"  # what failed comes first, with its evidence below
    assert claims[1][1] == "BLANK1"
    body = shown["Body"]
    assert ("block#1", "PHYSICS") in body
    assert {'["worldreel_mass_kg"]', '["worldreel_friction"]'} <= set(map(str, body))
    assert ("WORLDREEL_OT_mark", "role", "static") in body


def test_an_added_mesh_shows_its_substance_and_keeps_it(addon, draw):
    bpy.ops.mesh.primitive_monkey_add(size=0.2)
    thing = bpy.context.object
    assert ("Suzanne is no body", "PHYSICS") in draw(thing)["Body"]
    bpy.ops.worldreel.mark(role="dynamic", substance="wood")
    bpy.ops.worldreel.mark(role="static")  # as the panel's button does
    assert thing["worldreel_substance"] == "wood"
    assert '["worldreel_substance"]' in draw(thing)["Body"]
    bpy.ops.worldreel.mark(role="none")
    assert not [name for name in thing.keys() if name.startswith("worldreel")]  # noqa: SIM118


def test_a_job_shows_how_far_it_is_and_nothing_but_cancel(draw, now):
    from pipeline.blender_addon.job import Job
    from pipeline.blender_addon.running import Running

    now.running = Running(
        job=Job(operation="render", run=""), heard=queue.Queue(),
        process=subprocess.Popen(["sleep", "60"], text=True),
        folder=tempfile.TemporaryDirectory(), listener=threading.Thread(),
    )  # fmt: skip
    now.running.listener.start()
    assert ("starting", 0.0) in draw()["worldreel"]
    now.running.heard.put('{"step": "render", "done": 6, "total": 24, "left_secs": 12.4}')
    now.running.heard.put('{"note": "a note"}')
    now.running.heard.put("no JSON")
    assert not now.running.poll()
    shown = draw()
    assert ("render: 6 of 24, 12 s left", 0.25) in shown["worldreel"]
    assert [x for x in shown["worldreel"] if str(x).startswith("worldreel.")] == [
        "worldreel.cancel"
    ]
    assert shown["Scene graph"][-1] is False  # rows cannot be edited meanwhile
    assert not bpy.ops.worldreel.make.poll()


def test_an_error_of_a_job_stays_to_be_read(draw, now):
    with pytest.raises(RuntimeError, match="no run yet; write a prompt and press Build"):
        bpy.ops.worldreel.simulate()
    lines = [x for x in draw()["worldreel"] if isinstance(x, tuple)]
    assert lines[0] == ("this scene has no run yet; write a prompt", "ERROR")
    assert lines[1] == ("and press Build", "BLANK1")
    now.error = ""
    assert not any(isinstance(x, tuple) and x[1] == "ERROR" for x in draw()["worldreel"])
