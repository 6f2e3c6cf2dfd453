"""How long a film's motion takes to simulate: `python benchmarks/simulation_cost.py [--write]`.

Two films of four seconds with thirty bodies that can move, five of them concave, most of them hit
by something. In the first they are as large as boxes, balls and buckets; in the second as small as
dominoes, mugs and apples, whose shortest steps are half as long (`physics.pace`). Measured
are processor seconds and wall seconds of one process, simulation alone; both engines, the better
of two runs. Promised: faster than real time on one core with the usual simulator. `--write` writes
simulation_cost.md.
"""

import argparse
import sys
import time
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import numpy as np

from physics.pace import refinement
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from pipeline.plugins import create
from pipeline.steps.stage import build
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

HERE = Path(__file__).parent
SECS, FPS, RUNS = 4.0, Fraction(24), 2
CONCAVE_PIECES = 2
"""A body of at least so many convex pieces is concave."""

FAR_M = 0.02
"""What goes farther has been moved by something [m]."""

SCENES = MappingProxyType({
    "large": {
        "entities": [
            {"id": "ball", "noun": "bowling ball", "count": 1},
            {"id": "box", "noun": "box", "count": 10, "material": "cardboard"},
            {"id": "bucket", "noun": "bucket", "count": 5},
            {"id": "cube", "noun": "cube", "count": 6, "material": "wood"},
            {"id": "basketball", "noun": "basketball", "count": 8},
        ],
        "relations": [
            {"subject": "box", "predicate": "in_row"},
            {"subject": "cube", "predicate": "stacked"},
        ],
        "actions": [
            {"actor": "ball", "verb": "roll", "target": "box"},
            {"actor": "basketball", "verb": "drop"}, {"actor": "bucket", "verb": "push"},
        ],
    },
    "small": {
        "entities": [
            {"id": "ball", "noun": "ball", "count": 1, "material": "steel"},
            {"id": "domino", "noun": "domino", "count": 10},
            {"id": "mug", "noun": "mug", "count": 5},
            {"id": "brick", "noun": "brick", "count": 6},
            {"id": "apple", "noun": "apple", "count": 8},
        ],
        "relations": [
            {"subject": "domino", "predicate": "in_row"},
            {"subject": "brick", "predicate": "stacked"},
        ],
        "actions": [
            {"actor": "ball", "verb": "roll", "target": "domino"},
            {"actor": "apple", "verb": "drop"}, {"actor": "mug", "verb": "push"},
        ],
    },
})  # fmt: skip


def stage(name: str) -> Stage:
    """Return the thirty bodies of a scene, at rest."""
    graph = SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "title": "thirty bodies", **SCENES[name]}
    )
    sources = (create("assets", "procedural", licence="any"),)
    return build(graph, sources, create("simulator", "bullet"), (SECS, FPS), 0).record


def measured(simulator: Simulator, scene: Stage) -> tuple[Trajectory, float, float]:
    """Return a motion, and the processor and wall seconds of the better of some runs [s]."""
    found = []
    for _ in range(RUNS):
        began = time.process_time(), time.perf_counter()
        motion = simulator.simulate(scene)
        found.append((time.process_time() - began[0], time.perf_counter() - began[1]))
    return motion, *min(found)


def rows(name: str) -> list[str]:
    """Measure a scene, and return its rows of the table."""
    scene = stage(name)
    moving = [body for body in scene.bodies if body.mobility == "dynamic"]
    concave = sum(len(body.collider.hulls) >= CONCAVE_PIECES for body in moving)
    steps = float(scene.timeline.fps) * scene.timeline.substeps * refinement(scene)
    found = []
    for engine in ("bullet", "mujoco"):
        motion, cpu, wall = measured(create("simulator", engine), scene)
        ways = [motion.positions[:, scene.body_ids.index(body.id)] for body in moving]
        far = sum(bool(np.ptp(way, axis=0).max() > FAR_M) for way in ways)
        cells = (
            name, engine, len(moving), concave, far, f"{steps:.0f}", f"{cpu:.2f}", f"{wall:.2f}",
            f"{cpu / SECS:.2f}",
        )  # fmt: skip
        found.append("| " + " | ".join(map(str, cells)) + " |")
    return found


def main() -> int:
    """Measure both scenes with both engines, and say so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    lines = [
        "# What simulating costs", "",
        "Made by `python benchmarks/simulation_cost.py --write`, which says what is measured. "
        f"{SECS:g} s of film, {FPS} frames a second, one process.", "",
        "| scene | engine | bodies that can move | concave | go farther than 2 cm "
        "| most steps [1/s] | processor [s] | wall [s] | of real time (processor) |",
        "|---|---|---|---|---|---|---|---|---|",
        *(row for name in SCENES for row in rows(name)),
    ]  # fmt: skip
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if write:
        (HERE / "simulation_cost.md").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
