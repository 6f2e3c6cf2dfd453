"""Arrangements: nothing overlaps, everything stands, every relation holds."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import placed_item
from scene_builder.layout.lay_out import Layout
from scene_builder.layout.relations import holds
from scene_builder.layout.slack import carried_by, slack_of
from scene_builder.layout.solving.footprints import Footprint, footprint, separation
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose

THINGS = st.sampled_from(["cup", "book", "block", "lamp", "ball", "chair", "crate"])
DIRECTIONS = st.sampled_from(
    ["left_of", "right_of", "in_front_of", "behind", "beside", "near", "facing"]
)


def placed_of(layout: Layout):
    items = layout.state.items
    return {name: placed_item(items[name], pose) for name, pose in layout.poses.items()}


def assert_sound(layout: Layout, ties) -> None:
    """Nothing overlaps, everything stands exactly on what carries it, all relations hold."""
    items, poses = layout.state.items, layout.poses
    placed = placed_of(layout)
    for a, b in combinations(poses, 2):
        related = b in layout.state.carriers[a] or a in layout.state.carriers[b]
        level = placed[a].low[2] < placed[b].high[2] - 1e-6 and (
            placed[b].low[2] < placed[a].high[2] - 1e-6
        )
        if not related and level:
            gap = separation(footprint(items[a], poses[a]), footprint(items[b], poses[b]))
            assert gap > 0, (a, b, gap)
    for name, parent in layout.parents.items():
        if parent.kind == "on":
            top = 0.0 if parent.id == "ground" else placed[parent.id].high[2]
            assert placed[name].low[2] == pytest.approx(top, abs=1e-9)
    world = {**layout.state.placed, **placed}
    for tie in ties:
        objects = tuple(world[one] for one in tie.objects)
        assert layout.state.tie_holds(tie, world[tie.subject], objects), str(tie)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(THINGS, min_size=2, max_size=6, unique=True),
    st.lists(DIRECTIONS, min_size=1, max_size=5),
    st.integers(0, 10_000),
    st.booleans(),
)
def test_random_small_scenes_are_sound(arrange, things, predicates, seed, tabled):
    # Each thing relates to one before it, so that nothing contradicts itself.
    relations = [
        (things[k + 1], predicate, things[k // 2])
        for k, predicate in enumerate(predicates[: len(things) - 1])
    ]
    entities = {name: (name, 1) for name in things}
    if tabled:
        entities["table"] = ("table", 1)
        relations += [(n, "on", "table") for n in things if n in ("cup", "book", "block")]
    try:
        _, layout = arrange(entities, relations, seed=seed)
    except LayoutError:
        # A chair cannot be left of a cup on a table and near the wall as well: a clear refusal.
        return
    assert_sound(layout, layout.state.ties)


def test_plain_scenes_never_fail(arrange):
    for seed in range(4):
        _, layout = arrange(
            {"table": ("table", 1), "cup": ("cup", 3), "book": ("book", 2), "chair": ("chair", 2)},
            [("cup", "on", "table"), ("book", "on", "table"), ("chair", "beside", "table")],
            seed=seed,
        )
        assert_sound(layout, layout.state.ties)


def test_the_same_seed_gives_the_same_poses(arrange):
    scene = ({"table": ("table", 1), "cup": ("cup", 4)}, [("cup", "on", "table")])
    first, second = (arrange(*scene, seed=7)[1] for _ in range(2))
    other = arrange(*scene, seed=8)[1]
    for name, pose in first.poses.items():
        assert (pose.position == second.poses[name].position).all()
        assert (pose.wxyz == second.poses[name].wxyz).all()
    assert any((p.position != other.poses[n].position).any() for n, p in first.poses.items())


def test_sixty_things_find_their_places(arrange):
    _, layout = arrange({"cup": ("cup", 28), "block": ("block", 30), "chair": ("chair", 2)}, [])
    assert len(layout.poses) == 60
    assert_sound(layout, ())


def test_what_cannot_fit_is_refused(arrange):
    with pytest.raises(LayoutError, match=r"crate#\d+ finds no place on cup#1"):
        arrange({"cup": ("cup", 1), "crate": ("crate", 30)}, [("crate", "on", "cup")])
    with pytest.raises(LayoutError, match="do not fit inside"):
        arrange({"cup": ("cup", 1), "ball": ("ball", 9)}, [("ball", "inside", "cup")])


def test_a_stack_is_centred_and_touches(arrange):
    _, layout = arrange({"block": ("block", 4), "table": ("table", 1)},
                        [("block", "stacked"), ("block", "on", "table")])  # fmt: skip
    poses = [layout.poses[f"block#{k}"] for k in range(1, 5)]
    for lower, upper in pairwise(poses):
        assert (upper.position - lower.position) == pytest.approx([0, 0, 0.07], abs=1e-12)
    assert poses[0].position[2] == pytest.approx(0.74)


def test_dominoes_stand_half_their_height_apart_with_the_thin_side_along(arrange):
    _, layout = arrange({"domino": ("domino", 6)}, [("domino", "in_row")])
    placed = placed_of(layout)
    x = [placed[f"domino#{k}"].center[0] for k in range(1, 7)]
    assert np.diff(x) == pytest.approx(0.025)
    assert placed["domino#1"].size[0] == pytest.approx(0.008)


def test_things_around_a_table_look_at_it(arrange):
    _, layout = arrange(
        {"chair": ("chair", 4), "table": ("table", 1)}, [("chair", "around", "table")]
    )
    placed = placed_of(layout)
    for k in range(1, 5):
        assert holds("facing", placed[f"chair#{k}"], (placed["table#1"],))
        assert holds("around", placed[f"chair#{k}"], (placed["table#1"],))
    assert_sound(layout, layout.state.ties)


def test_several_balls_lie_in_one_bowl_without_overlap(arrange):
    _, layout = arrange(
        {"ball": ("ball", 2), "bowl": ("bowl", 1), "table": ("table", 1)},
        [("ball", "inside", "bowl"), ("bowl", "on", "table")],
    )
    placed = placed_of(layout)
    a, b = placed["ball#1"], placed["ball#2"]
    assert np.linalg.norm(a.center - b.center) >= 0.1
    for ball in (a, b):
        assert holds("inside", ball, (placed["bowl#1"],))
        assert np.linalg.norm(ball.center[:2] - placed["bowl#1"].center[:2]) + 0.05 <= 0.125 + 1e-6


def test_an_actor_starts_its_distance_before_the_targets(arrange):
    cue = Cue(kind="run", actor="ball#1", targets=("cup#1", "cup#2", "cup#3"), distance=0.8)
    _, layout = arrange({"ball": ("ball", 1), "cup": ("cup", 3)}, [], cues=(cue,))
    placed = placed_of(layout)
    near = min(placed[f"cup#{k}"].low[0] for k in (1, 2, 3))
    assert near - placed["ball#1"].high[0] == pytest.approx(0.8, abs=1e-6)


def test_targets_below_an_edge_stand_where_the_actor_lands(arrange):
    cue = Cue(
        kind="edge", actor="ball#1", targets=("cup#1",), support="table#1", distance=0.3, reach=0.4
    )
    _, layout = arrange(
        {"ball": ("ball", 1), "cup": ("cup", 1), "table": ("table", 1)},
        [("ball", "on", "table")], cues=(cue,),
    )  # fmt: skip
    placed = placed_of(layout)
    edge = placed["table#1"].high[0]
    assert edge - placed["ball#1"].high[0] == pytest.approx(0.3, abs=1e-6)
    assert placed["cup#1"].low[0] - edge == pytest.approx(0.4, abs=1e-6)
    assert placed["cup#1"].low[2] == pytest.approx(0.0)
    assert placed["ball#1"].low[2] == pytest.approx(0.74)


def test_a_pendulum_touches_its_target_at_its_lowest_point(arrange):
    cue = Cue(kind="swing", actor="ball#1", targets=("lamp#1",), distance=0.01,
              carriers=("rope#1",))  # fmt: skip
    _, layout = arrange(
        {"ball": ("ball", 1), "rope": ("block", 1), "lamp": ("lamp", 1)},
        [("ball", "hanging_from", "rope")], cues=(cue,),
    )  # fmt: skip
    placed = placed_of(layout)
    assert placed["lamp#1"].low[0] - placed["ball#1"].high[0] == pytest.approx(0.01, abs=1e-6)
    assert placed["rope#1"].low[2] == pytest.approx(placed["ball#1"].high[2])
    assert 0.2 < placed["ball#1"].center[2] < 0.3


def test_slack_keeps_everything_true(arrange):
    _, layout = arrange(
        {"table": ("table", 1), "cup": ("cup", 3), "book": ("book", 1)},
        [("cup", "on", "table"), ("book", "on", "table"), ("cup#1", "left_of", "book")],
    )
    for name in ("cup#1", "cup#2", "book#1"):
        half = slack_of((name,), layout, np.full(2, 0.2))
        assert (half >= 0).all()
        for corner in ((-1, -1), (1, 1), (-1, 1), (1, -1)):
            step = np.append(half * corner, 0.0)
            moved = Pose(position=layout.poses[name].position + step, wxyz=layout.poses[name].wxyz)
            assert layout.state.clash({name: moved}) is None
            assert layout.state.broken({name: moved}) is None
    assert set(carried_by(("table#1",), layout)) == set(layout.poses)


angles = st.floats(-np.pi, np.pi)
places = st.tuples(st.floats(-1, 1), st.floats(-1, 1))
halves = st.tuples(st.floats(0.05, 0.5), st.floats(0.05, 0.5))


@given(places, halves, angles, st.booleans(), halves, angles)
def test_separation_is_never_more_than_the_distance_of_sampled_points(c, h, yaw, disc, h2, yaw2):
    half = np.array([h[0], h[0]]) if disc else np.array(h)
    a = Footprint(center=np.array(c), half=half, yaw=yaw, round=disc)
    b = Footprint(center=np.zeros(2), half=np.array(h2), yaw=yaw2)
    grid = np.stack(np.meshgrid(*[np.linspace(-1, 1, 15)] * 2), axis=-1).reshape(-1, 2)
    if disc:
        points_a = a.center + grid[np.linalg.norm(grid, axis=1) <= 1] * half
    else:
        points_a = a.center + (grid * half) @ a.axes
    points_b = b.center + (grid * b.half) @ b.axes
    nearest = np.linalg.norm(points_a[:, None] - points_b[None], axis=-1).min()
    assert separation(a, b) <= nearest + 1e-9
