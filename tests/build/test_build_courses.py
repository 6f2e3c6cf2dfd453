"""Down stairs, past things, off walls and heads; buildings in a landscape."""

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.cast import cast_of
from scene_builder.build.holding.bareheaded import bareheaded
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.deeds import deeds_of
from scene_builder.layout.checks import placed_bodies


@pytest.fixture(scope="module")
def built_source():
    return ProceduralSource()


def stage_of(graph, source, timeline, seed=0):
    built = build_stage(graph, sources=[source], timeline=timeline, seed=seed)
    return built.stage, placed_bodies(built.stage)


@pytest.mark.parametrize("way", ["down", "left"])
def test_a_ball_starts_on_the_top_step_and_the_box_stands_past_the_last(
    graph_of, built_source, timeline, way
):
    graph = graph_of(
        [("ball", "basketball"), ("stairs", "stairs"), ("box", "box")],
        [("ball", "on", "stairs")],
        [("ball", "bounce", {"target": "box", "direction": way})],
        [("ball", "lands_in", {"object": "box"})],
        setting={"place": "studio"},
    )
    stage, placed = stage_of(graph, built_source, timeline)
    ball, stairs, box = (placed[f"{name}#1"] for name in ("ball", "stairs", "box"))
    side = -1.0 if way == "left" else 1.0
    assert ball.low[2] == pytest.approx(stairs.high[2], abs=1e-3)
    assert box.low[2] == pytest.approx(0.0, abs=1e-3)
    assert side * (box.center[0] - stairs.center[0]) > (box.size[0] + stairs.size[0]) / 2
    assert abs(box.center[1] - ball.center[1]) < 0.1
    [sent] = [one for one in stage.actions if one.body == "ball#1"]
    assert side * sent.linear[0] > 0.5
    [free] = [one for one in stage.freedoms if one.body == "ball#1"]
    assert free.speed_scale[1] <= 1.1  # it does not fly over the steps


def test_what_goes_up_the_stairs_or_stays_on_them_is_not_sent_down(graph_of):
    parts = [("ball", "ball"), ("stairs", "stairs")], [("ball", "on", "stairs")]
    [up] = deeds_of(graph_of(*parts, [("ball", "roll", {"direction": "up"})]))
    stays = [("ball", "stays_on", {"object": "stairs"})]
    [still] = deeds_of(graph_of(*parts, [("ball", "roll")], stays))
    [down] = deeds_of(graph_of(*parts, [("ball", "roll")]))
    assert (up.leaves, still.leaves, down.leaves) == (None, None, "stairs#1")


@pytest.mark.parametrize(("actor", "other"), [("toy_car", "crate"), ("ball", "cup")])
def test_what_passes_a_thing_starts_beside_its_way_and_goes_beyond(
    graph_of, source, timeline, actor, other
):
    graph = graph_of(
        [("actor", actor), ("other", other)],
        [],
        [("actor", "roll", {"target": "other"})],
        [("actor", "avoids", {"object": "other"})],
        setting={"place": "studio"},
    )
    stage, placed = stage_of(graph, source, timeline)
    mine, theirs = placed["actor#1"], placed["other#1"]
    [sent] = [one for one in stage.actions if one.body == "actor#1"]
    way = sent.linear[:2] / np.linalg.norm(sent.linear[:2])
    across = np.array([-way[1], way[0]])
    gap = theirs.center[:2] - mine.center[:2]
    clear = abs(across @ gap) - np.abs(across) @ (mine.size + theirs.size)[:2] / 2
    assert clear > 0.02
    assert way @ gap > np.abs(way) @ (mine.size + theirs.size)[:2] / 2
    assert mine.center[1] < theirs.center[1]  # on the camera's side


def test_what_has_to_hit_one_and_avoid_another_is_still_aimed(graph_of):
    [deed] = deeds_of(
        graph_of(
            [("ball", "ball"), ("cup", "cup"), ("pin", "pin")],
            [],
            [("ball", "roll", {"target": "pin"})],
            [("ball", "avoids", {"object": "cup"}), ("ball", "knocks_over", {"object": "pin"})],
        )
    )
    assert not deed.passes
    assert "pin#1" in deed.targets


def test_a_clock_that_falls_off_the_wall_hangs_there_first(graph_of, built_source, timeline):
    graph = graph_of(
        [("clock", "clock")],
        [("clock", "on", ["wall"])],
        [("clock", "fall", {"direction": "off"}), ("clock", "explode")],
    )
    stage, placed = stage_of(graph, built_source, timeline)
    clock = stage.body("clock#1")
    assert clock.asset.name == "wall_clock"
    assert placed["clock#1"].low[2] > 1.0
    kinds = [one.kind for one in stage.actions if one.body == "clock#1" and one.verb == "fall"]
    assert kinds == ["release", "set_velocity"]
    assert sum(body.piece_of == "clock#1" for body in stage.bodies) >= 3


def test_a_hat_of_its_own_takes_the_place_of_the_one_it_is_made_with(
    graph_of, built_source, timeline
):
    worn = graph_of([("snowman", "snowman"), ("hat", "hat")], [("hat", "on", "snowman")])
    stage, placed = stage_of(worn, built_source, timeline)
    usual, _ = stage_of(graph_of([("snowman", "snowman")]), built_source, timeline)
    bare, hatted = stage.body("snowman#1"), usual.body("snowman#1")
    assert bare.mesh.high[2] < hatted.mesh.high[2] - 0.1
    assert len(bare.collider.hulls) < len(hatted.collider.hulls)
    assert placed["hat#1"].low[2] == pytest.approx(placed["snowman#1"].high[2], abs=0.03)


def test_what_wears_nothing_stays_as_it_is(graph_of, source):
    graph = graph_of([("table", "table")])
    cast = cast_of(graph, [source], [], {}, seed=0)
    asset = cast.members["table#1"].asset
    assert bareheaded(asset) is asset


def test_what_is_blown_off_a_thing_falls_off_it(graph_of):
    parts = [("hat", "hat"), ("post", "table"), ("bird", "bird")]
    graph = graph_of(
        parts,
        [("hat", "on", "post"), ("bird", "on", "post")],
        [("hat", "fly", {"direction": "off"}), ("bird", "fly", {"direction": "off"})],
    )
    assert [(deed.actor, deed.verb) for deed in deeds_of(graph)] == [
        ("hat#1", "fall"), ("bird#1", "fly"),
    ]  # fmt: skip


def test_a_lighthouse_on_a_rock_is_a_building_that_stands_fast(graph_of, built_source, timeline):
    graph = graph_of([("light", "lighthouse"), ("rock", "rock")], [("light", "on", "rock")])
    stage, placed = stage_of(graph, built_source, timeline)
    light, rock = placed["light#1"], placed["rock#1"]
    assert light.size[2] > 5.0
    assert rock.size[0] > light.size[0]
    assert light.low[2] < rock.high[2]  # its whole foot is in the rock
    assert {stage.body(name).mobility for name in ("light#1", "rock#1")} == {"static"}
    assert stage.environment.place == "beach"


@pytest.mark.parametrize("noun", ["toy lighthouse", "lighthouse"])
def test_a_lighthouse_among_other_things_is_a_toy(graph_of, built_source, timeline, noun):
    more = [("cup", "cup")] if noun == "lighthouse" else []
    graph = graph_of([("light", noun), ("rock", "rock"), *more], [("light", "on", "rock")])
    _, placed = stage_of(graph, built_source, timeline)
    assert placed["light#1"].size[2] < 1.0
