"""Things on and in each other touch where they rest: handles tilt, rims hold, bases balance."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from physics.settle import settle
from pipeline.plugins import create
from pipeline.steps.stage import build
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item, Matter, Placed, placed_item
from scene_builder.layout.lay_out import Problem, lay_out_rand
from scene_builder.layout.relations import holds
from scene_builder.layout.resting.lowering import FREE_M, nested_height, way_down
from scene_builder.layout.resting.nesting import handle_deg, tilts_inside
from scene_builder.layout.solving.units import stack
from scene_builder.layout.ties import Tie
from tests.layout.test_layout_leaning import box, graph_of, lean, staged
from tests.layout.test_layout_sight import cone

HANDLE_M = 0.03
"""The handle's lower end is so high above the foot of a beaker."""


def beaker(name, *, handle=True):
    """A steep funnel with a handle towards +X, which sinks into its like until that meets it."""
    plain = cone(name, slope=5.0, wall=0.004, height=0.1, sides=8)
    if not handle:
        return plain
    reach = float(plain.high[0])
    bar = box((0.03, 0.01, 0.05), (reach + 0.005, 0.0, HANDLE_M + 0.025))
    return replace(
        plain, round=False, high=plain.high + np.array([0.02, 0.0, 0.0]),
        matter=Matter(
            clouds=(*plain.matter.clouds, bar), center_of_mass=np.array([0.006, 0.0, 0.05])
        ),
    )  # fmt: skip


def solid(item, pose):
    return [pose @ cloud for cloud in item.matter.clouds]


@pytest.mark.parametrize("gap", [0.01, 0.3])
def test_a_box_is_let_down_by_exactly_the_air_below_it(gap):
    lower, upper = box((1, 1, 1)), box((0.2, 0.3, 0.4), (0.3, 0.2, 0.7 + gap))
    assert way_down([upper], [lower]) == pytest.approx(gap - FREE_M, abs=1e-9)
    assert way_down([upper + np.array([2.0, 0, 0])], [lower]) == np.inf


def test_a_handle_lifts_its_side_until_the_other_side_rests():
    low, up = beaker("beaker#1"), beaker("beaker#2")
    assert handle_deg(up) == pytest.approx(0.0)
    assert tilts_inside(low, up)
    assert not tilts_inside(beaker("beaker#1", handle=False), beaker("beaker#2", handle=False))
    pile = stack([replace(one, entity="beaker") for one in (low, up)])
    pose = pile.poses["beaker#2"]
    weight = pose @ up.matter.center_of_mass
    # Lower than level on the rim, and turned by half, so that the handle points to −X and up.
    assert weight[2] < nested_height(low, up, np.pi) + up.matter.center_of_mass[2] - 1e-3
    assert pose.rotation[0, 0] < -0.9
    assert pose.rotation[2, 0] > 0.03
    assert way_down(solid(up, pose), solid(low, pile.poses["beaker#1"])) < 2e-4


def test_handles_on_both_sides_keep_a_pile_straight():
    items = [replace(beaker(f"beaker#{k}"), entity="beaker") for k in range(1, 4)]
    poses = list(stack(items).poses.values())
    assert [round(float(np.sign(pose.rotation[0, 0]))) for pose in poses] == [1, -1, 1]
    assert all(pose.rotation[2, 2] > 0.9 for pose in poses)
    # On one side they would bend over farther with each.
    weights = [pose @ one.matter.center_of_mass for pose, one in zip(poses, items, strict=True)]
    assert np.ptp([weight[0] for weight in weights]) < 0.05


def plate():
    """A disc with a rim that rises by 2 cm, without a level area."""
    shell = cone("plate#1", slope=0.4, wall=0.01, height=0.02)
    floor = box((0.1, 0.1, 0.005), (0.0, 0.0, 0.0025))
    matter = Matter(clouds=(*shell.matter.clouds, floor), center_of_mass=np.zeros(3))
    return replace(shell, id="plate#1", entity="plate", hollow=None, matter=matter)


def candle(breadth):
    half = breadth / 2
    return Item(
        id="candle#1", entity="candle", low=np.array([-half, -half, 0]),
        high=np.array([half, half, 0.1]), round=True,
        matter=Matter(
            clouds=(box((breadth, breadth, 0.1), (0, 0, 0.05)),),
            center_of_mass=np.array([0, 0, 0.05]),
        ),
    )  # fmt: skip


def laid_out(room, items, ties, cues=(), seed=0):
    problem = Problem(items={one.id: one for one in items}, ties=ties, cues=cues, room=room)
    return lay_out_rand(np.random.default_rng(seed), problem)


def test_a_candle_stands_within_the_rim_of_its_plate(room):
    ties = (Tie(subject="candle#1", predicate="on", objects=("plate#1",)),)
    narrow = laid_out(room, [plate(), candle(0.06)], ties).poses["candle#1"]
    assert narrow.position[2] == pytest.approx(0.005 + FREE_M, abs=1e-6)
    # What is wider than the plate's floor stands on its rim.
    wide = laid_out(room, [plate(), candle(0.22)], ties).poses["candle#1"]
    assert wide.position[2] == pytest.approx(0.02, abs=1e-4)


def test_a_cup_is_on_a_coin_though_its_handle_draws_its_middle_away():
    coin = Placed(id="coin#1", low=np.array([-0.01, -0.01, 0]), high=np.array([0.01, 0.01, 0.002]))
    cup = Placed(id="cup#1", low=np.array([-0.04, -0.04, 0.002]), high=np.array([0.08, 0.04, 0.1]))
    far = np.array([0.06, 0.0, 0.0])
    aside = replace(cup, low=cup.low + far, high=cup.high + far)
    assert holds("on", cup, (coin,))
    assert holds("stacked", cup, (coin,))
    assert not holds("on", aside, (coin,))


def test_a_photograph_with_a_strut_stands_by_itself_at_the_wall(room):
    wedge = np.array([[x, y, z] for x in (-0.07, 0.07) for y, z in ((0.07, 0), (-0.07, 0))]
                     + [[-0.07, -0.06, 0.2], [0.07, -0.06, 0.2]])  # fmt: skip
    photograph = Item(
        id="photograph#1", entity="photograph", low=wedge.min(axis=0), high=wedge.max(axis=0),
        leaning="tilted", wall_hung=True,
        matter=Matter(clouds=(wedge,), center_of_mass=np.array([0.0, -0.03, 0.07])),
    )  # fmt: skip
    pose = lean(room, [photograph], "wall").poses["photograph#1"]
    assert pose.rotation[2, 2] == pytest.approx(1.0)
    assert (pose @ wedge)[:, 1].max() == pytest.approx(room.wall_y, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_a_run_begins_elsewhere_if_something_has_to_stand_behind_its_start(room, make_item, seed):
    things = {"ball": 1, "cup": 3, "table": 1, "lamp": 1}
    items = [make_item(name, k + 1) for name, count in things.items() for k in range(count)]
    ties = tuple(
        Tie(subject=one.id, predicate="on", objects=("table#1",))
        for one in items if one.entity != "table"
    )  # fmt: skip
    behind = Tie(subject="lamp#1", predicate="left_of", objects=("ball#1",))
    targets = ("cup#1", "cup#2", "cup#3")
    cue = Cue(kind="run", actor="ball#1", targets=targets, distance=0.5, gate=True)
    layout = laid_out(room, items, (*ties, behind), (cue,), seed)
    assert layout.gave_way == ()
    box_of = {name: placed_item(layout.state.items[name], p) for name, p in layout.poses.items()}
    assert box_of["lamp#1"].center[0] < box_of["ball#1"].center[0]
    assert box_of["ball#1"].high[0] < min(box_of[name].low[0] for name in targets)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entities", "relations"),
    [
        ([("cup", 3), ("table", 1)], [("cup", "stacked", "table")]),
        ([("bucket", 3)], [("bucket", "stacked", "bucket")]),
        ([("rose", 3), ("vase", 1)], [("rose", "inside", "vase")]),
        ([("candle", 1), ("plate", 1)], [("candle", "on", "plate")]),
        ([("cup", 1), ("coin", 1)], [("cup", "on", "coin")]),
    ],
)
def test_settling_hardly_moves_what_rests_on_its_like(entities, relations):
    settled = settle(staged(entities, relations), create("simulator", "bullet"))
    assert max(settled.moved.values(), default=0.0) < 0.005
    assert settled.restless == ()
    assert settled.going == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("noun", "count", "vessel"),
    [
        ("lemon", 3, "bowl"), ("egg", 4, "bowl"), ("banana", 3, "bowl"), ("apple", 5, "basket"),
        ("orange", 6, "bowl"), ("pear", 2, "bowl"), ("coin", 5, "cup"), ("marble", 7, "bowl"),
    ],
)  # fmt: skip
def test_the_stage_keeps_what_lies_in_a_vessel_where_it_came_to_rest(noun, count, vessel):
    graph = graph_of([(noun, count), (vessel, 1)], [(noun, "inside", vessel)])
    simulator = create("simulator", "bullet")
    sources = (create("assets", "procedural"),)
    stage = build(graph, sources, simulator, (1.0, Fraction(24)), seed=0).record
    again = settle(stage, simulator)
    assert max(again.moved.values(), default=0.0) < 0.01
    assert again.restless == ()


def test_a_vessel_stands_on_what_its_contents_are_said_to_be_on(arrange):
    things = {"ball": ("ball", 1), "bowl": ("bowl", 1), "table": ("table", 1)}
    relations = [("ball", "inside", "bowl"), ("ball", "on", "table")]
    for said in (relations, relations[::-1]):
        _, layout = arrange(things, said)
        assert layout.parents["ball#1"].id == "bowl#1"
        assert layout.parents["bowl#1"].id == "table#1"
