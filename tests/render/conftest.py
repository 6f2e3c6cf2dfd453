"""A table, a ball that rolls and falls, a cup, a floor."""

import pytest

from tests.render.stages import (
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
    make_track,
)


@pytest.fixture(scope="session")
def table_stage():
    return make_stage(
        [
            ground(),
            body("table#1", box_mesh(1.2, 0.7, 0.74), (0.35, 0.2, 0.1), (0, 0, 0),
                 mobility="static", material="wood"),
            body("ball#1", ball_mesh(0.08), (0.6, 0.02, 0.02), (-0.45, -0.1, 0.74)),
            body("cup#1", box_mesh(0.08, 0.08, 0.1), (0.02, 0.06, 0.5), (0.2, -0.1, 0.74)),
        ],
        subjects=("ball#1", "cup#1"),
    )  # fmt: skip


@pytest.fixture(scope="session")
def table_motion(table_stage):
    return make_motion(table_stage, {"ball#1": ((1.5, 0.1, 0.0), 12.0)})


@pytest.fixture(scope="session")
def table_track(table_stage):
    return make_track(table_stage.timeline.frame_count, drift=0.01)
