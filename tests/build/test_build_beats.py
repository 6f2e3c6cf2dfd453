"""When things begin, which way they go, how large tiny things are, and what stands behind them."""

from fractions import Fraction

import numpy as np
import pytest

from scene_builder.build.setting.outlook import outlook_on
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.beats import LEAD_SECS, lead_secs
from scene_builder.build.staging.deeds import deeds_of
from scene_builder.build.staging.ways.headings import OPEN_HEADING_DEG
from scene_builder.build.staging.wishes import COMPANY_SIZES, wishes_of
from scene_builder.layout.checks import placed_bodies
from scene_builder.layout.items import Placed
from scene_builder.model.timeline import Timeline


def staged(graph, source, *, secs=4.0, seed=0):
    timeline = Timeline.lasting(secs, fps=Fraction(24))
    return build_stage(graph, sources=[source], timeline=timeline, seed=seed).stage


@pytest.mark.parametrize("secs", [0.4, 2.0, 4.0, 20.0])
def test_films_begin_at_rest_for_a_share_of_their_length(secs, graph_of, source):
    graph = graph_of([("ball", "ball"), ("cup", "cup")], [], [("ball", "roll")])
    stage = staged(graph, source, secs=secs)
    starts = [action.start_secs for action in stage.actions]
    length = stage.timeline.duration_secs
    assert min(starts) == lead_secs(length) == min(LEAD_SECS, length / 8)
    assert not any(b.linear_velocity.any() or b.angular_velocity.any() for b in stage.bodies)
    (freedom,) = [one for one in stage.freedoms if one.body == "ball#1"]
    assert freedom.delay_secs == (0.0, pytest.approx(0.15 * length))


def test_a_stated_start_is_kept_and_nothing_may_delay_it(graph_of, source):
    graph = graph_of([("ball", "ball")], [], [("ball", "roll", {"start_secs": 1.5})])
    stage = staged(graph, source)
    assert [action.start_secs for action in stage.actions] == [1.5]
    assert all(freedom.delay_secs == (0.0, 0.0) for freedom in stage.freedoms)


def test_what_floats_or_stays_needs_no_beat(graph_of, source):
    graph = graph_of([("ball", "ball"), ("cup", "cup")], [], [("ball", "float"), ("cup", "stay")])
    assert {action.start_secs for action in staged(graph, source).actions} == {0.0}


@pytest.mark.parametrize(
    ("direction", "heading"), [(None, OPEN_HEADING_DEG), ("right", 0.0), ("left", 180.0)]
)
def test_only_an_open_way_goes_slantwise(direction, heading, graph_of):
    action = ("ball", "roll", {"target": "cup", "direction": direction})
    (deed,) = deeds_of(graph_of([("ball", "ball"), ("cup", "cup")], [], [action]))
    assert deed.heading_deg == heading


def test_on_a_table_things_go_along_its_edges(graph_of):
    graph = graph_of(
        [("ball", "ball"), ("table", "table")], [("ball", "on", "table")], [("ball", "roll")]
    )
    (deed,) = deeds_of(graph)
    assert deed.heading_deg == 0.0


def test_tiny_things_are_not_tinier_and_their_company_is_small(graph_of):
    graph = graph_of(
        [("marble", "marble", {"size": "small"}), ("jar", "jar"), ("book", "book")],
        [("jar", "beside", "book")],
        [("marble", "drop", {"target": "jar"})],
    )
    wishes = wishes_of(graph, deeds_of(graph))
    marble = wishes["marble"]
    assert marble.relative
    assert marble.size >= 0.02
    for name in ("jar", "book"):
        assert wishes[name].size <= max(COMPANY_SIZES * marble.size, 0.12) + 1e-9


def test_stated_metres_of_tiny_things_and_sizes_of_company_stay(graph_of):
    graph = graph_of(
        [("marble", "marble", {"size": 0.013}),
         ("jar", "jar", {"size": "large"})],
        [],
        [("marble", "drop", {"target": "jar"})],
    )  # fmt: skip
    wishes = wishes_of(graph, deeds_of(graph))
    assert wishes.get("marble") is None or wishes["marble"].size is None
    assert "jar" not in wishes or wishes["jar"].size is None


def box(name, center, half):
    return Placed(id=name, low=np.subtract(center, half), high=np.add(center, half))


def test_an_outlook_sees_what_is_right_behind_and_not_what_is_beside():
    event = [box("ball#1", (-0.3, 0, 0.1), (0.1, 0.1, 0.1)),
             box("cup#1", (0.3, 0, 0.1), (0.1, 0.1, 0.1))]  # fmt: skip
    outlook = outlook_on(event)
    assert not outlook.keeps_clear(box("plant", (0, 1.3, 0.4), (0.2, 0.2, 0.4)))
    assert outlook.keeps_clear(box("plant", (3.0, 1.3, 0.4), (0.2, 0.2, 0.4)))
    assert outlook.keeps_clear(box("plant", (-3.0, 1.3, 0.4), (0.2, 0.2, 0.4)))
    assert outlook.keeps_clear(box("picture", (0, 1.5, 2.0), (0.3, 0.02, 0.2)))
    # Perspective: the same step to the side is too little farther behind.
    assert outlook.keeps_clear(box("plant", (0.75, 0.1, 0.2), (0.1, 0.05, 0.2)))
    assert not outlook.keeps_clear(box("plant", (0.75, 0.8, 0.2), (0.1, 0.05, 0.2)))


@pytest.mark.parametrize("seed", range(4))
def test_no_decor_stands_behind_who_acts(seed, graph_of, source):
    graph = graph_of(
        [("ball", "ball"), ("cup", "cup")], [],
        [("ball", "roll", {"target": "cup"})],
    )  # fmt: skip
    stage = staged(graph, source, seed=seed)
    placed = placed_bodies(stage)
    outlook = outlook_on([placed["ball#1"], placed["cup#1"]])
    decor = [body.id for body in stage.bodies if body.id.startswith("decor_")]
    assert all(outlook.keeps_clear(placed[name]) for name in decor)
