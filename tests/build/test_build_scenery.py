"""Places: what makes each of them stands clear of the event, and follows hour and weather."""

from itertools import combinations

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.build.setting.air import Air, air_of
from scene_builder.build.setting.lights import environment_of, lights_of, sun_angles
from scene_builder.build.setting.places import _SYNONYMS, place_of
from scene_builder.build.setting.scenery.dressing import BUILDERS
from scene_builder.build.setting.table import PLACES
from scene_builder.build.stage import build_stage
from scene_builder.language.rules import RuleReader
from scene_builder.layout.checks import placed_bodies
from scene_builder.model.graph import Setting
from scene_builder.model.material import Material

EVENT = [("table", "table"), ("cup", "cup"), ("crate", "crate")]


def staged(graph_of, source, timeline, **setting):
    graph = graph_of(EVENT, [("cup", "on", "table")], setting=setting)
    return build_stage(graph, sources=[source], timeline=timeline, seed=4).stage


def scenery(stage):
    return [body for body in stage.bodies if body.id.startswith("scenery_")]


def is_solid(body):
    return body.collider.center[2] > 0


def gap_m(a, b):
    return float(np.maximum(a.low - b.high, b.low - a.high).max())


def test_there_are_at_least_25_places_and_every_synonym_means_one():
    assert len(PLACES) >= 25
    assert set(_SYNONYMS.values()) <= set(PLACES)
    assert not set(_SYNONYMS) & set(PLACES)


def test_every_piece_of_scenery_that_a_place_names_can_be_built():
    named = {name for place in PLACES.values() for name in place.scenery}
    assert named <= set(BUILDERS)


@pytest.mark.parametrize("name", PLACES)
def test_scenery_never_touches_the_event(name, graph_of, source, timeline):
    stage = staged(graph_of, source, timeline, place=name)
    placed = placed_bodies(stage)
    acting = [placed["table#1"], placed["cup#1"], placed["crate#1"]]
    for body in scenery(stage):
        assert body.mobility == "static"
        assert body.entity is None
        assert np.isfinite(body.mesh.vertices).all()
        if is_solid(body):
            assert all(gap_m(placed[body.id], thing) > 0.05 for thing in acting), body.id


@pytest.mark.parametrize("name", PLACES)
def test_solid_scenery_and_decor_stand_clear_of_each_other(name, graph_of, source, timeline):
    stage = staged(graph_of, source, timeline, place=name)
    placed = placed_bodies(stage)
    decor = [body.id for body in stage.bodies if body.id.startswith("decor_")]
    solid = [body.id for body in scenery(stage) if is_solid(body)]
    for a, b in combinations([*decor, *solid], 2):
        if not {a, b} <= set(solid) and "sea" not in a + b:
            assert gap_m(placed[a], placed[b]) > 0, (a, b)


@pytest.mark.parametrize("name", ["street", "forest", "kitchen", "desert"])
def test_the_same_seed_gives_the_same_scenery(name, graph_of, source, timeline):
    first, second = (scenery(staged(graph_of, source, timeline, place=name)) for _ in range(2))
    assert [body.id for body in first] == [body.id for body in second]
    for a, b in zip(first, second, strict=True):
        assert np.array_equal(a.mesh.vertices, b.mesh.vertices)
        assert [dict(m.parameters) for m in a.materials] == [
            dict(m.parameters) for m in b.materials
        ]


COVERED = {"park": "sward", "field": "sward", "forest": "leaves", "desert": "pebbles"}


@pytest.mark.parametrize(("name", "cover"), COVERED.items())
def test_what_covers_the_ground_hides_nothing_and_lies_under_nothing(
    name, cover, graph_of, source, timeline
):
    stage = staged(graph_of, source, timeline, place=name)
    placed = placed_bodies(stage)
    [body] = [body for body in scenery(stage) if body.id == f"scenery_{cover}"]
    assert not is_solid(body)
    things = [placed[name] for name in ("table#1", "cup#1", "crate#1")]
    assert body.mesh.high[2] <= 0.25 * min(float(t.high[2] - t.low[2]) for t in things)
    points = body.mesh.vertices + body.pose.position
    roots = points[points[:, 2] < 1e-6][:, :2]
    for thing in (placed["table#1"], placed["crate#1"]):
        # Blades and stones that stand at the rim may reach a little under it.
        low, high = thing.low[:2] + 0.03, thing.high[:2] - 0.03
        assert not ((roots > low) & (roots < high)).all(axis=1).any()


def test_where_the_shore_is_in_front_of_everything_no_pebbles_lie(timeline):
    graph = RuleReader().read("A whale floats in the sea.").graph
    stage = build_stage(graph, sources=[ProceduralSource()], timeline=timeline, seed=4).stage
    assert {body.noun for body in scenery(stage)} == {"headland"}


def test_no_grass_grows_where_snow_lies(graph_of, source, timeline):
    stage = staged(graph_of, source, timeline, place="park", weather="snow")
    assert "scenery_sward" not in {body.id for body in stage.bodies}


def test_windows_and_street_lamps_are_lit_by_night_alone(graph_of, source, timeline):
    def shines(stage):
        bodies = [b for b in stage.bodies if b.id in ("scenery_houses", "scenery_lamp_post#1")]
        return [any(m.parameters.get("emission", 0) > 0 for m in b.materials) for b in bodies]

    assert shines(staged(graph_of, source, timeline, place="street")) == [False, False]
    night = staged(graph_of, source, timeline, place="street", time_of_day="night")
    assert shines(night) == [True, True]
    assert {light.id for light in night.lights} == {"sun", "lamp", "lamp_far"}


def test_snow_that_falls_lies_on_the_ground(graph_of):
    white, _ = place_of(graph_of(EVENT, [], setting={"place": "park", "weather": "snow"}))
    asked, _ = place_of(
        graph_of(EVENT, [], setting={"place": "park", "weather": "snow", "ground": "grass"})
    )
    assert (white.ground, asked.ground) == ("snow", "grass")


@pytest.mark.parametrize(
    ("nouns", "more", "place"),
    [
        ("snowball snowman", {}, "snow field"),
        ("bowling ball|pin", {}, "bowling alley"),
        ("ball|toy boat|cup", {}, "room"),
        ("ball|cup|table", {}, "room"),
        ("teddy bear|bed", {}, "bedroom"),
        ("egg|frying pan|stove", {}, "kitchen"),
        ("tree|sofa|lamp|tv", {}, "living room"),
        ("snowman|window", {}, "room"),
        ("sofa", {"weather": "rain"}, "street"),
        ("cow", {"weather": "rain"}, "farm"),
        ("cow", {"ground": "sand"}, "beach"),
        ("crocodile", {}, "park"),
        ("snowman", {"place": "desert"}, "desert"),
    ],
)
def test_a_place_that_is_not_named_is_where_things_are_at_home(graph_of, nouns, more, place):
    names = nouns.split("|") if "|" in nouns else nouns.split()
    graph = graph_of([(f"thing{k}", noun) for k, noun in enumerate(names)], setting=more)
    assert place_of(graph)[0].name == place


def test_a_bedroom_has_one_bed(graph_of):
    assert "bed" in place_of(graph_of(EVENT, setting={"place": "bedroom"}))[0].scenery
    assert "bed" not in place_of(graph_of([("bed", "bed"), ("ball", "ball")]))[0].scenery


def test_fog_hides_what_is_far_and_clear_air_does_not():
    park = PLACES["park"]
    clear, fog = (air_of(environment_of(park, Setting(weather=word))) for word in ("clear", "fog"))
    assert np.exp(-40 / clear.reach_m) > 0.95
    assert np.exp(-60 / fog.reach_m) < 0.05
    assert air_of(environment_of(PLACES["kitchen"], Setting())).reach_m == 0
    assert air_of(environment_of(PLACES["space"], Setting())).reach_m == 0


def test_air_is_written_into_materials_but_not_into_lamps():
    air = Air(reach_m=50.0, color=np.array([0.5, 0.6, 0.7]))
    wall = Material(name="brick", base_color=np.ones(3))
    lamp = Material(name="light", base_color=np.ones(3), parameters={"emission": 4.0})
    assert air.over(wall).parameters == {
        "haze_m": 50.0, "haze_r": 0.5, "haze_g": 0.6, "haze_b": 0.7,
    }  # fmt: skip
    assert air.over(lamp) is lamp
    assert Air(reach_m=0.0, color=np.zeros(3)).over(wall) is wall


@pytest.mark.parametrize("hour", ["day", "sunset", "night"])
def test_lamp_and_sky_have_their_sun_in_one_place(hour):
    for name in ("desert", "beach", "street"):
        setting = Setting(time_of_day=hour)
        sun = lights_of(PLACES[name], setting, focus=np.zeros(3), reach=1.0)[0]
        way = sun.pose.rotation @ np.array([0.0, 0.0, 1.0])
        elevation, azimuth = sun_angles(PLACES[name], hour)
        assert np.rad2deg(np.arcsin(way[2])) == pytest.approx(elevation, abs=1e-6)
        assert np.rad2deg(np.arctan2(way[1], way[0])) == pytest.approx(azimuth, abs=1e-6)
        assert environment_of(PLACES[name], setting).sun_azimuth_deg == azimuth


@pytest.mark.parametrize("hour", ["morning", "day", "sunset"])
def test_the_sun_reaches_a_room_through_its_window_and_the_event_stands_in_it(
    hour, graph_of, source, timeline
):
    stage = staged(graph_of, source, timeline, place="kitchen", time_of_day=hour)
    [sun] = [light for light in stage.lights if light.kind == "sun"]
    [wall] = [body for body in scenery(stage) if body.id == "scenery_sunlit_window"]
    assert not is_solid(wall)
    corners = wall.mesh.vertices[wall.mesh.triangles] + wall.pose.position
    to_sun = sun.pose.rotation @ np.array([0.0, 0.0, 1.0])
    table = stage.body("table#1").pose.position
    around = [table + np.array([x, y, 0.3]) for x in (-0.3, 0, 0.3) for y in (-0.2, 0, 0.2)]
    lit = [not meets(point, to_sun, corners) for point in around]
    assert any(lit)
    far = table + np.array([0.0, -4.0, 0.3])
    assert meets(far, to_sun, corners)


def test_no_sun_shines_into_rooms_by_night_nor_in_rain(graph_of, source, timeline):
    for setting in ({"time_of_day": "night"}, {"weather": "rain"}):
        stage = staged(graph_of, source, timeline, place="kitchen", **setting)
        assert not [light for light in stage.lights if light.kind == "sun"]
        assert "scenery_sunlit_window" not in stage.body_ids


def test_a_low_sun_lights_the_fronts_of_houses(graph_of):
    street, desert = (sun_angles(PLACES[name], "sunset") for name in ("street", "desert"))
    assert street[1] < 0 < desert[1]


def meets(point, way, corners):
    """Return whether a ray meets any triangle (Möller and Trumbore 1997)."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    across = np.cross(way, second)
    share = np.einsum("ni,ni->n", first, across)
    share = np.where(np.abs(share) < 1e-12, np.inf, share)
    off = point - corners[:, 0]
    u = np.einsum("ni,ni->n", off, across) / share
    turned = np.cross(off, first)
    v = (turned @ way) / share
    t = np.einsum("ni,ni->n", second, turned) / share
    return bool(((u >= 0) & (v >= 0) & (u + v <= 1) & (t > 1e-6)).any())


def test_pictures_above_a_bed_hang_beside_the_window_s_curtain(graph_of, source, timeline):
    stage = staged(graph_of, source, timeline, place="bedroom")
    placed = placed_bodies(stage)
    prints, curtains, bed = (placed[f"scenery_{n}"] for n in ("prints", "curtains", "bed"))
    assert prints.high[0] < curtains.low[0]
    assert prints.low[2] > bed.high[2]


def test_covers_lie_on_the_mattress_and_never_reach_the_floor(graph_of, source, timeline):
    stage = staged(graph_of, source, timeline, place="bedroom")
    (bed,) = [body for body in scenery(stage) if body.id == "scenery_bed"]
    cloth = {k for k, m in enumerate(bed.materials) if m.name in ("fabric", "carpet")}
    used = bed.mesh.triangles[np.isin(bed.mesh.material_index, list(cloth))]
    heights = bed.mesh.vertices[np.unique(used), 2]
    assert heights.min() > 0.15
    assert 0.55 < heights.max() < 0.75
