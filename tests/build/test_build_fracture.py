"""What breaks gets pieces; what nobody breaks gets none."""

import numpy as np
import pytest

from scene_builder.build.stage import build_stage
from scene_builder.knowledge.materials import substance


def _pieces(stage, whole):
    return [body for body in stage.bodies if body.piece_of == whole]


@pytest.fixture
def build(graph_of, source, timeline):
    def make(*graph, seed=0, **more):
        return build_stage(graph_of(*graph, **more), sources=[source], timeline=timeline, seed=seed)

    return make


def test_an_explosion_is_pieces_and_a_burst(build):
    built = build([("crate", "crate", {"material": "wood"})], [], [("crate", "explode")])
    stage = built.stage
    pieces, whole = _pieces(stage, "crate#1"), stage.body("crate#1")
    assert len(pieces) > 8
    assert stage.bodies[-len(pieces) :] == tuple(pieces)
    assert [piece.id for piece in pieces] == [f"crate#1.p{k + 1}" for k in range(len(pieces))]
    assert sum(piece.mass_kg for piece in pieces) == pytest.approx(whole.mass_kg)
    assert all(piece.entity is None and piece.mobility == "dynamic" for piece in pieces)
    assert all(len(piece.materials) == len(whole.materials) + 1 for piece in pieces)
    (burst,) = [action for action in stage.actions if action.kind == "burst"]
    assert burst.body == "crate#1"
    assert burst.linear[0] > 1
    assert not any("cannot break" in note for note in built.notes)


def test_what_falls_and_shatters_breaks_where_it_lands(build):
    built = build(
        [("jar", "jar", {"material": "glass"}), ("table", "table")],
        [("jar", "on", "table")],
        [("jar", "fall", {"direction": "off"}), ("jar", "explode")],
        [("jar", "falls_off", {"object": "table"})],
    )
    whole = built.stage.body("jar#1")
    assert len(_pieces(built.stage, "jar#1")) > 8
    assert not any(action.kind == "burst" for action in built.stage.actions)
    assert whole.break_impulse == pytest.approx(1.0 * whole.mass_kg)


def test_brittle_things_that_fall_may_break_and_others_do_not(build):
    stage = build(
        [("mug", "mug", {"material": "ceramic"}), ("block", "block", {"material": "wood"})],
        [], [("mug", "drop"), ("block", "drop")],
    ).stage  # fmt: skip
    assert _pieces(stage, "mug#1")
    assert stage.body("mug#1").break_impulse == pytest.approx(2.5 * stage.body("mug#1").mass_kg)
    assert not _pieces(stage, "block#1")


def test_a_lump_bears_more_than_a_thin_thing(build):
    stage = build([("marble", "marble", {"material": "glass"})], [], [("marble", "drop")]).stage
    marble = stage.body("marble#1")
    assert marble.break_impulse == pytest.approx(7.5 * marble.mass_kg)


def test_what_no_table_row_says_breaks_by_its_fracture_energy(build):
    stage = build([("brick", "brick"), ("ball", "ball", {"material": "steel"})], [],
                  [("brick", "drop"), ("ball", "drop")]).stage  # fmt: skip
    brick = stage.body("brick#1")
    assert len(_pieces(stage, "brick#1")) > 8
    assert 5 < brick.break_impulse / brick.mass_kg < 9  # a fall of two to four metres
    assert not _pieces(stage, "ball#1")


def test_what_is_soft_gives_way_and_has_no_pieces(build):
    stage = build([("block", "block", {"material": "jelly"})], [], [("block", "drop")]).stage
    assert not _pieces(stage, "block#1")
    assert [soft.loss for soft in stage.softs] == [substance("jelly").damping]


@pytest.mark.parametrize("name", ["demo", "apples", "jar", "pendulum", "pins"])
def test_what_is_knocked_over_holds_or_lies_stays_whole(name, ten, source, timeline):
    stage = build_stage(ten[name], sources=[source], timeline=timeline, seed=0).stage
    assert not any(body.piece_of for body in stage.bodies)


def test_the_same_seed_cuts_the_same_pieces(build):
    graph = ([("mug", "mug", {"material": "ceramic"})], [], [("mug", "drop")])
    one, two, other = build(*graph).stage, build(*graph).stage, build(*graph, seed=1).stage

    def masses(stage):
        return [piece.mass_kg for piece in _pieces(stage, "mug#1")]

    assert masses(one) == masses(two) != masses(other)
    assert np.isfinite(masses(one)).all()
