"""What has to be seen is seen at the start, and ways are free."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from scene_builder.layout import lay_out
from scene_builder.layout.critic import Flaws
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Hollow, Item, Matter, placed_item
from scene_builder.layout.relations import holds
from scene_builder.layout.resting.lowering import FREE_M, nested_height
from scene_builder.layout.sight import Sightlines
from scene_builder.layout.solids import half_spaces_of
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.lanes import blocked_ways, ways_hindered
from scene_builder.layout.solving.units import stack
from scene_builder.model.pose import Pose
from tests.layout.conftest import item

BLOCKED = {"edge": 50, "air": 0}
HIDDEN = 16
"""Seeds with which the first arrangement has the flaw."""
HIDING = (
    {"cup": ("cup", 1), "crate": ("crate", 3), "lamp": ("lamp", 1)},
    [("cup", "near", "crate")],
)


def box(name, x, y, z):
    half = np.array([x / 2, y / 2, 0.0])
    return Item(id=name, entity=name, low=-half, high=half + np.array([0.0, 0.0, z]))


def test_rays_enter_a_cube_where_they_meet_its_face():
    signs = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, -1).T
    cube = half_spaces_of([1.0 * signs, signs + np.array([10.0, 0, 0])])
    origins = np.array([[-3.0, 0.2, 0.3], [0.0, 0.0, 5.0], [-3.0, 1.1, 0.0], [5.0, 0.0, 0.0]])
    ways = np.array([[1.0, 0, 0], [0, 0, -2.0], [1.0, 0, 0], [1.0, 0, 0]])
    np.testing.assert_allclose(cube.entries(origins, ways), [2.0, 2.0, np.inf, 4.0])


def test_rays_enter_nothing_where_all_is_flat():
    flat = half_spaces_of([np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]])])
    assert flat.entries(np.array([[0.5, 0.5, 5.0]]), np.array([[0, 0, -1.0]])).tolist() == [np.inf]


def test_what_is_behind_a_wall_is_hidden_and_what_is_beside_it_is_not():
    items = {"wide": box("wide", 1.0, 0.1, 1.0), "small": box("small", 0.1, 0.1, 0.1)}
    lines = Sightlines(items)
    behind = {"wide": Pose.identity(), "small": Pose.at(0.0, 0.3, 0.0)}
    assert lines.hidden(("small", "wide"), behind) == {"small": 0.0}
    assert lines.hidden(("small",), {**behind, "small": Pose.at(0.8, 0.3, 0.0)}) == {}
    assert lines.hidden(("small",), {**behind, "small": Pose.at(0.0, -0.3, 0.0)}) == {}
    assert lines.hidden(("small",), behind, kin={"small": frozenset({"wide"})}) == {}


def test_half_of_what_a_board_covers_is_seen():
    items = {"board": box("board", 2.0, 0.01, 0.5), "post": box("post", 0.1, 0.01, 1.0)}
    poses = {"board": Pose.identity(), "post": Pose.at(0.0, 0.02, 0.0)}
    assert Sightlines(items).shares(("post",), poses, 0.0, 0.0)["post"] == pytest.approx(
        0.5, abs=0.07
    )


def test_layout_hides_nothing_that_has_to_be_seen(arrange, monkeypatch):
    shown = ("cup#1", "crate#1", "crate#2", "crate#3")

    def hidden(seed):
        _, layout = arrange(*HIDING, seed=seed, shown=shown)
        return Sightlines(layout.state.items).hidden(shown, layout.poses)

    assert not hidden(HIDDEN)
    monkeypatch.setattr(lay_out, "MENDING", 0)
    assert hidden(HIDDEN)


@pytest.mark.parametrize("kind", ["edge", "air"])
def test_bystanders_leave_the_way_free(arrange, monkeypatch, kind):
    entities = {"table": ("table", 1), "ball": ("ball", 1), "bowl": ("bowl", 1),
                "chair": ("chair", 3)}  # fmt: skip
    relations = [("chair", "near", "bowl")]
    if kind == "edge":
        relations.append(("ball", "on", "table"))
    cue = Cue(
        kind=kind, actor="ball#1", targets=("bowl#1",), distance=0.8, reach=0.5, height=0.3,
        support="table#1" if kind == "edge" else None,
    )  # fmt: skip

    def blocked(seed):
        _, layout = arrange(entities, relations, seed=seed, cues=(cue,))
        assert not layout.state.unmet()
        return list(blocked_ways(layout.state, [cue]))

    assert not blocked(BLOCKED[kind])
    monkeypatch.setattr(lay_out, "MENDING", 0)
    assert blocked(BLOCKED[kind])


def test_what_cannot_be_mended_is_said():
    flaws = Flaws(blocked=(("chair#1", "ball#1"),), hidden={"cup#1": 0.25})
    assert flaws.notes == (
        "chair#1 stands in the way of ball#1.", "Of cup#1, 25% can be seen at the start."
    )  # fmt: skip
    assert flaws.weight > Flaws(hidden={"cup#1": 0.0}).weight > Flaws().weight == 0


def test_what_is_hardly_seen_is_a_doubt_but_said_only_if_it_is_hidden():
    doubt = Flaws(doubtful={"cup#1": 0.5})
    assert doubt.notes == ()
    assert not doubt.grave
    assert 0 < doubt.weight < Flaws(hidden={"cup#1": 0.35}).weight


def test_an_actor_starts_where_its_way_is_free(room):
    items = {name: item(name) for name in ("ball", "cup", "crate")}
    items = {one.id: one for one in items.values()}
    state = Arrangement(items=items, carriers={name: frozenset() for name in items}, ties=(),
                        room=room)  # fmt: skip
    state.put({"cup#1": Pose.identity(), "crate#1": Pose.at(-0.6, 0.0, 0.0)})
    cue = Cue(kind="run", actor="ball#1", targets=("cup#1",), distance=1.0)
    assert ways_hindered([cue], {"ball#1": Pose.at(-1.2, 0.0, 0.0)}, state) == 1
    assert ways_hindered([cue], {"ball#1": Pose.at(-0.8, -1.2, 0.0)}, state) == 0


def test_what_flies_does_not_fly_between_the_legs_of_a_chair(room):
    legs = [(np.array([x - 0.02, y - 0.02, 0.0]), np.array([x + 0.02, y + 0.02, 0.5]))
            for x in (-0.2, 0.2) for y in (-0.2, 0.2)]  # fmt: skip
    seat = (np.array([-0.22, -0.22, 0.45]), np.array([0.22, 0.22, 0.5]))
    chair = replace(item("chair"), parts=np.array([*legs, seat]))
    items = {one.id: one for one in (item("ball"), item("cup"), chair)}
    state = Arrangement(items=items, carriers={name: frozenset() for name in items}, ties=(),
                        room=room)  # fmt: skip
    state.put({"cup#1": Pose.at(0.8, 0.0, 0.0), "chair#1": Pose.identity(),
               "ball#1": Pose.at(-0.8, 0.0, 0.1)})  # fmt: skip
    rolls, flies = (
        Cue(kind=kind, actor="ball#1", targets=("cup#1",), distance=1.4) for kind in ("run", "air")
    )
    assert list(blocked_ways(state, [rolls])) == []
    assert list(blocked_ways(state, [flies])) == [("chair#1", "ball#1")]


def cone(name, *, slope, wall, height, sides=24):
    """A funnel whose wall is `wall` thick, measured level, and rises `slope` per metre out."""
    angles = np.arange(sides + 1) * 2 * np.pi / sides
    levels = np.array([0.0, height])
    clouds = tuple(
        np.array([
            (r * np.cos(a), r * np.sin(a), z)
            for a in pair for z in levels for r in (0.05 + z / slope, 0.05 + z / slope + wall)
        ])
        for pair in pairwise(angles)
    )  # fmt: skip
    reach = 0.05 + height / slope + wall
    return Item(
        id=name, entity="funnel", low=np.array([-reach, -reach, 0.0]),
        high=np.array([reach, reach, height]), round=True,
        hollow=Hollow(floor=np.zeros(3), heights=levels, radii=0.05 + levels / slope),
        matter=Matter(clouds=clouds, center_of_mass=np.array([0.0, 0.0, height / 2])),
    )  # fmt: skip


@pytest.mark.parametrize(("slope", "wall"), [(1.0, 0.01), (2.0, 0.006), (0.5, 0.02)])
def test_funnels_sink_into_each_other_until_their_walls_meet(slope, wall):
    # Moved up by h, a wall that rises `slope` per metre stands h / slope farther in.
    a, b = (cone(f"funnel#{k}", slope=slope, wall=wall, height=0.1) for k in (1, 2))
    assert nested_height(a, b, 0.0) == pytest.approx(slope * wall + FREE_M, abs=1e-6)


def test_what_nests_is_still_stacked_and_what_is_solid_stands_on_top():
    piles = stack([cone(f"funnel#{k}", slope=1.0, wall=0.01, height=0.1) for k in range(3)])
    heights = [float(pose.position[2]) for pose in piles.poses.values()]
    np.testing.assert_allclose(np.diff(heights), 0.01, atol=1e-3)
    blocks = stack([item("block", k) for k in range(3)])
    np.testing.assert_allclose(np.diff([p.position[2] for p in blocks.poses.values()]), 0.07)


def test_a_nested_pile_is_stacked_but_a_thing_inside_of_another_is_not():
    low = placed_item(cone("funnel#1", slope=1.0, wall=0.01, height=0.1), Pose.identity())
    step = np.array([0, 0, 0.01])
    up = replace(low, id="funnel#2", low=low.low + step, high=low.high + step)
    assert holds("stacked", low, (up,))
    small = replace(up, low=up.low * [0.5, 0.5, 1], high=up.high * [0.5, 0.5, 1])
    assert not holds("stacked", low, (small,))
