"""One small stage that every implementation of a seam has to cope with."""

from fractions import Fraction

import numpy as np
import pytest

from pipeline.plugins import create
from render.aim import aim
from render.shot import Shot
from scene_builder.build.stage import build_stage
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline

SIZE_PX = (64, 36)


@pytest.fixture(scope="session")
def graph() -> SceneGraph:
    """A ball that falls beside a box."""
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "entities": [
                {"id": "ball", "noun": "ball", "color": "red", "material": "rubber"},
                {"id": "box", "noun": "box", "color": "green"},
            ],
            "relations": [{"subject": "ball", "predicate": "left_of", "object": "box"}],
            "actions": [{"actor": "ball", "verb": "drop", "height_m": 0.3}],
        }
    )


@pytest.fixture(scope="session")
def stage(graph):
    """The stage of `graph`, six frames long."""
    timeline = Timeline.lasting(0.25, fps=Fraction(24))
    sources = [create("assets", "procedural")]
    return build_stage(graph, sources=sources, timeline=timeline, seed=3).stage


@pytest.fixture(scope="session")
def trajectory(stage):
    """Its motion."""
    return create("simulator", "bullet").simulate(stage)


@pytest.fixture(scope="session")
def track(stage, trajectory):
    """Its camera."""
    return aim(stage, trajectory, size_px=SIZE_PX, seed=3)


@pytest.fixture(scope="session")
def shot(stage, trajectory, track) -> Shot:
    """All three."""
    return Shot(stage=stage, trajectory=trajectory, track=track)


@pytest.fixture(scope="session")
def flat_frames(stage, trajectory, track):
    """Its frames, from the renderer that needs no Blender."""
    return list(create("renderer", "flat").render(stage, trajectory, track))


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator that a test may use up."""
    return np.random.default_rng(7)
