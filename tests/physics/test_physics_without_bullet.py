"""Where PyBullet is not installed, MuJoCo simulates: a film can be made all the same."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json, sys
sys.modules["pybullet"] = None  # as if it were not installed
from fractions import Fraction
from pipeline.plugins import create
from pipeline.settings import Settings
from pipeline.steps.stage import build
from scene_builder.model.errors import MissingExtraError
from scene_builder.model.graph import SceneGraph

graph = SceneGraph.model_validate({
    "schema": "worldreel.scene/1", "entities": [{"id": "ball", "noun": "ball"}],
    "actions": [{"actor": "ball", "verb": "drop", "height_m": 1.0}],
})
simulator = create("simulator", Settings().simulator)
sources = (create("assets", "primitives"),)
done = build(graph, sources, simulator, (0.9, Fraction(24)), 0)
motion = simulator.simulate(done.record)
k = done.record.body_ids.index("ball#1")
start = min(action.start_secs for action in done.record.actions)
try:
    create("simulator", "bullet")
    said = "made"
except MissingExtraError as error:
    said = str(error)
heights = motion.positions[:, k, 2]
print(json.dumps({
    "simulator": type(simulator).__name__, "notes": done.notes, "said": said, "start": start,
    "times": motion.times.tolist(), "heights": heights.tolist(),
}))
"""


def test_a_film_moves_by_mujoco_where_pybullet_is_not_installed():
    command = [sys.executable, "-c", SCRIPT]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["simulator"] == "MujocoSimulator"
    assert any("PyBullet is not installed" in note for note in told["notes"])
    assert "pip install pybullet" in told["said"]
    start, top = told["start"], told["heights"][0]
    falls = [
        (time - start, top - height)
        for time, height in zip(told["times"], told["heights"], strict=True)
        if start + 0.1 < time < start + 0.4
    ]
    assert len(falls) >= 5
    for secs, fallen in falls:
        assert fallen == pytest.approx(9.81 * secs**2 / 2, rel=0.01, abs=2e-3)
