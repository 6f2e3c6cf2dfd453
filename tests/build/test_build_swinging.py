"""Tests of what moves on its own hinges: seesaws tip, a cradle's balls hand on their swing."""

from fractions import Fraction

import numpy as np
import pytest

from physics.certificate import certify
from pipeline.plugins import create
from pipeline.steps.stage import build
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import rotation_from_wxyz

FPS = Fraction(24)


def filmed(noun, verb=None, *, secs=2.0, others=(), actions=()):
    """Return a stage with one thing that does something, and its motion."""
    acts = [{"actor": noun, "verb": verb}] if verb else []
    graph = SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "title": "t",
        "entities": [{"id": one, "noun": one} for one in (noun, *others)],
        "actions": [*acts, *actions],
    })  # fmt: skip
    simulator = create("simulator", "bullet")
    sources = (create("assets", "procedural", licence="any"),)
    stage = build(graph, sources, simulator, (secs, FPS), 0).record
    return stage, simulator.simulate(stage)


def angles(stage, motion, part):
    """Return how far a part's middle is from straight below its hinge (f) [deg]."""
    turned = rotation_from_wxyz(motion.wxyz[:, stage.body_ids.index(part)])
    arm = turned @ stage.body(part).center_of_mass
    return np.rad2deg(np.arctan2(arm[:, 0], -arm[:, 2]))


def tilt(stage, motion, part):
    """Return how far a part has turned since the first frame (f) [deg]."""
    turned = rotation_from_wxyz(motion.wxyz[:, stage.body_ids.index(part)])
    cosine = (np.einsum("ij,fij->f", turned[0], turned) - 1) / 2
    return np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))


def test_the_first_ball_of_a_cradle_hands_its_swing_to_the_last():
    stage, motion = filmed("newtons_cradle", "swing")
    first, *middle, last = (
        angles(stage, motion, f"newtons_cradle#1.ball_{k}") for k in range(1, 6)
    )
    assert first[0] == pytest.approx(-42, abs=1)
    assert np.abs(last[:8]).max() < 1  # it waits for its turn
    assert last.max() > 0.75 * 42
    struck = int(np.argmax(last))
    assert abs(first[struck]) < 4
    assert max(np.abs(one[: struck + 1]).max() for one in middle) < 4
    assert certify(stage, motion).ok


def test_a_cradle_that_does_nothing_hangs_still():
    stage, motion = filmed("newtons_cradle", secs=0.5)
    for k in range(1, 6):
        assert np.abs(angles(stage, motion, f"newtons_cradle#1.ball_{k}")).max() < 1


@pytest.mark.parametrize("how", ["by itself", "under a ball"])
def test_a_seesaw_tips_as_far_as_the_ground(how):
    if how == "by itself":
        stage, motion = filmed("seesaw", "fall")
    else:
        fall = {"actor": "ball", "verb": "fall", "target": "seesaw"}
        stage, motion = filmed("seesaw", others=("ball",), actions=[fall])
    turned = tilt(stage, motion, "seesaw#1.board")
    assert 12 < turned.max() < 16  # its edge is 0.15 m high and 0.6 m away
    assert stage.body("seesaw#1").mobility == "static"
    assert [check.text for check in certify(stage, motion).broken] == []


def test_a_seesaw_on_which_nothing_happens_stays_level():
    stage, motion = filmed("seesaw", secs=1.0)
    assert tilt(stage, motion, "seesaw#1.board").max() < 0.5


def test_a_pendulum_hangs_by_its_eye_and_its_lens_swings():
    stage, motion = filmed("pendulum", "swing", secs=1.5)
    (joint,) = stage.joints
    top = float(np.asarray(stage.body("pendulum#1").mesh.vertices)[:, 2].max())
    end = joint.child_from_joint.position
    assert end[2] == pytest.approx(top, abs=1e-3)
    swung = angles(stage, motion, "pendulum#1") + 180  # its middle is above its foot's frame
    assert np.ptp(np.unwrap(swung, period=360)) > 30
