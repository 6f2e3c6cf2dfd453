"""Verbs, speeds, deeds and places."""

from dataclasses import replace

import numpy as np
import pytest

from scene_builder.build.setting.lights import environment_of, looking
from scene_builder.build.setting.places import place_of
from scene_builder.build.stage import build_stage
from scene_builder.build.staging.deeds import deeds_of
from scene_builder.build.staging.speeds import (
    drop_height,
    speed_at_size,
    speed_interval,
    stopping_way,
)
from scene_builder.build.staging.unserved import NOT_SERVED
from scene_builder.layout.checks import placed_bodies
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import Setting
from scene_builder.model.words import SPEED_WORDS, VERBS


def test_speed_words_are_ordered_and_scale_like_froude():
    speeds = [speed_at_size(word, 0.1) for word in ("slow", "gentle", "medium", "fast", "hard")]
    assert speeds == sorted(speeds)
    for word in SPEED_WORDS:
        assert speed_at_size(word, 0.4) == pytest.approx(2 * speed_at_size(word, 0.1))
    assert speed_at_size(2.5, 0.4) == 2.5
    with pytest.raises(SceneError, match="no speed 'plaid'"):
        speed_at_size("plaid", 0.1)


def test_intervals_hold_one_and_stated_speeds_are_fixed():
    for word in (None, *SPEED_WORDS):
        low, high = speed_interval(word)
        assert low < 1 < high
    assert speed_interval(3.0) == (1.0, 1.0)


def test_falls_take_between_a_seventh_and_half_a_second():
    for size in (0.01, 0.1, 0.5):
        assert 0.14 <= np.sqrt(2 * drop_height(size) / 9.81) <= 0.52
    assert stopping_way(2.0, 4.0) == 0.5


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_staged_or_noted(verb, graph_of, source, timeline):
    graph = graph_of(
        [("ball", "ball"), ("table", "table")], [], [("ball", verb)], setting={"place": "studio"}
    )
    built = build_stage(graph, sources=[source], timeline=timeline, seed=0)
    acts = [action for action in built.stage.actions if action.body == "ball#1"]
    noted = any("ball" in note for note in built.notes)
    if verb in NOT_SERVED:
        assert noted
    elif verb not in ("stay", "stack", "open", "close", "swing"):
        assert acts
        assert all(action.verb == verb for action in acts)


def test_an_order_of_events_decides_where_the_targets_stand(graph_of, source, timeline):
    def cups(outcomes):
        graph = graph_of(
            [("ball", "ball"), ("table", "table"), ("cup", "cup", {"count": 2})],
            [("ball", "on", "table")],
            [("ball", "roll")],
            outcomes,
        )
        stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
        return placed_bodies(stage)["cup#1"].low[2]

    knocked = ("ball", "knocks_over", {"object": "cup"})
    first = cups([("ball", "falls_off", {"object": "table"}), knocked])
    last = cups([knocked, ("ball", "falls_off", {"object": "table", "after": 0})])
    assert first == pytest.approx(0, abs=1e-6)
    assert last > 0.3


def test_outcomes_without_actions_imply_a_deed(graph_of):
    graph = graph_of(
        [("ball", "ball"), ("cup", "cup")], outcomes=[("ball", "knocks_over", {"object": "cup"})]
    )
    (deed,) = deeds_of(graph)
    assert (deed.actor, deed.verb, deed.targets, deed.eager) == ("ball#1", "roll", ("cup#1",), True)


@pytest.mark.parametrize(
    ("relation", "heading"),
    [("left_of", 0.0), ("right_of", 180.0), ("in_front_of", 90.0), ("behind", 270.0)],
)
def test_an_actor_goes_towards_the_side_where_its_target_is(relation, heading, graph_of):
    graph = graph_of(
        [("ball", "ball"), ("cup", "cup")],
        [("ball", relation, "cup")],
        [("ball", "roll", {"target": "cup"})],
    )
    assert deeds_of(graph)[0].heading_deg == heading


def test_actions_follow_each_other(graph_of, source, timeline):
    graph = graph_of(
        [("a", "ball"), ("b", "ball")],
        [],
        [("a", "roll", {"start_secs": 0.5}), ("b", "drop", {"after": 0})],
    )
    stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
    starts = {action.body: action.start_secs for action in stage.actions}
    assert starts["a#1"] == 0.5
    assert starts["b#1"] > 0.9


def test_places_follow_the_words(graph_of):
    def place(entities=(("cup", "cup"),), **setting):
        return place_of(graph_of(list(entities), setting=setting))

    assert place()[0].name == "room"
    assert place([("tree", "tree")])[0].indoor is False
    assert place(place="kitchen")[0].ground == "tile"
    assert place(place="beach")[0].ground == "sand"
    assert place(place="kitchen", ground="concrete")[0].ground == "concrete"
    unknown, notes = place(place="inside a whale")
    assert unknown.indoor
    assert "whale" in notes[0]


@pytest.mark.parametrize(
    ("noun", "weather", "place"),
    [("cup", "rain", "street"), ("cup", "fog", "park"), ("tree", "rain", "park"),
     ("cup", "snow", "snow field"), ("cup", "overcast", "room"), ("window", "rain", "room")],
)  # fmt: skip
def test_weather_that_falls_is_shown_out_of_doors(graph_of, noun, weather, place):
    found, notes = place_of(graph_of([(noun, noun)], setting={"weather": weather}))
    assert found.name == place
    hidden = any("none of it is seen" in note for note in notes)
    assert hidden == (noun == "window")


def test_night_is_darker_than_day(graph_of):
    place, _ = place_of(graph_of([("cup", "cup")]))
    day = environment_of(place, Setting())
    night = environment_of(place, Setting(time_of_day="night"))
    assert night.sky_strength < 0.3 * day.sky_strength


def test_lamps_look_at_the_event():
    pose = looking(np.array([2.0, -1.0, 3.0]), np.array([0.5, 0.0, 0.5]))
    ahead = pose.rotation @ np.array([0.0, 0.0, -1.0])
    way = np.array([0.5, 0.0, 0.5]) - [2.0, -1.0, 3.0]
    assert ahead == pytest.approx(way / np.linalg.norm(way))


def test_decor_stands_at_the_back_and_touches_nothing(graph_of, source, timeline):
    graph = graph_of(
        [("ball", "ball"), ("cup", "cup")], actions=[("ball", "roll", {"target": "cup"})]
    )
    stage = build_stage(graph, sources=[source], timeline=timeline, seed=0).stage
    placed = placed_bodies(stage)
    decor = [body for body in stage.bodies if body.id.startswith("decor_")]
    assert decor
    for body in decor:
        assert body.mobility == "static"
        assert body.entity is None
        assert placed[body.id].low[1] > placed["ball#1"].high[1]
        assert placed[body.id].high[1] < placed["wall"].low[1]


def test_a_picture_that_is_put_nowhere_hangs_on_the_wall(graph_of, source, timeline):
    class WithPicture:
        def find(self, noun, description, rng):
            found = source.find("book" if noun == "picture frame" else noun, description, rng)
            return replace(found, noun="picture_frame") if noun == "picture frame" else found

    graph = graph_of([("picture", "picture frame"), ("cup", "cup")])
    stage = build_stage(graph, sources=[WithPicture()], timeline=timeline, seed=0).stage
    placed = placed_bodies(stage)
    assert placed["picture#1"].high[1] == pytest.approx(placed["wall"].low[1], abs=1e-3)
    assert placed["picture#1"].low[2] > 1.0
