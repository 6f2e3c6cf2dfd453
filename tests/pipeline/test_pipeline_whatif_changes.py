"""What a change means: read, refused in one line, and made to a stage."""

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.shots.captions import cues_of
from pipeline.verify.things import judge_colors
from pipeline.whatif.altering import altered
from pipeline.whatif.changes import Change, label_of, question_of, slug_of
from pipeline.whatif.grid import MOST_WIDTH_PX, grid_for
from pipeline.whatif.looks import substance_of
from scene_builder.knowledge.materials import substance
from scene_builder.model.digest import digest
from scene_builder.model.errors import SettingsError
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage, StageAction


def change(text: str) -> Change:
    return question_of([text], []).variants[0][0]


def with_change(stage: Stage, graph: SceneGraph, *texts: str) -> Stage:
    return altered(stage, graph, [change(text) for text in texts], seed=0).stage


def of_rubber(stage: Stage) -> Stage:
    """The ball with the coefficients of rubber."""
    rubber = substance("rubber")
    ball = replace(
        stage.body("ball#1"), friction=rubber.friction, restitution=rubber.restitution,
        rolling_friction=rubber.rolling_friction, spinning_friction=rubber.spinning_friction,
    )  # fmt: skip
    return replace(stage, bodies=(ball, *stage.bodies[1:]))


def launched(stage: Stage, *actions: StageAction) -> Stage:
    return replace(stage, actions=actions)


ROLL = StageAction(
    kind="set_velocity", body="ball#1", start_secs=0.2, linear=np.array([3.0, 4.0, 0.0]),
    angular=np.array([-40.0, 30.0, 0.0]), verb="roll",
)  # fmt: skip
PUSH = StageAction(
    kind="apply_force", body="ball#1", duration_secs=0.5, linear=np.array([2.0, 0, 0]), verb="push"
)


def test_a_path_is_taken_apart_at_its_last_dot() -> None:
    found = change(" scenery_window_2.0.friction = 0.3 ")
    assert (found.target, found.name, found.value) == ("scenery_window_2.0", "friction", "0.3")
    assert found.label == "scenery_window_2.0.friction = 0.3"


def test_sweeps_combine_with_each_other_and_with_what_is_set() -> None:
    question = question_of(
        ["setting.gravity=moon"], ["ball.friction=0.1, 0.3", "ball.mass_kg=1,2,2"]
    )
    assert [label_of(changes) for changes in question.variants] == [
        "setting.gravity = moon, ball.friction = 0.1, ball.mass_kg = 1",
        "setting.gravity = moon, ball.friction = 0.1, ball.mass_kg = 2",
        "setting.gravity = moon, ball.friction = 0.3, ball.mass_kg = 1",
        "setting.gravity = moon, ball.friction = 0.3, ball.mass_kg = 2",
    ]
    assert question.slug == "setting.gravity-moon_ball.friction-0.1-0.3_ball.mass_kg-1-2"


def test_one_variant_and_its_comparison_share_a_folder() -> None:
    question = question_of(["cup#2.mass_kg=5"], [])
    assert question.slug == slug_of(question.variants[0]) == "cup-2.mass_kg-5"
    many = [f"cup#{k}.mass_kg=5" for k in range(1, 20)]
    long, other = question_of(many, []).slug, question_of([*many[:-1], "cup#19.mass_kg=6"], []).slug
    assert len(long) < 100
    assert long != other


@pytest.mark.parametrize(
    ("sets", "sweeps", "told"),
    [
        ([], [], "--set ball.mass_kg=5"),
        (["ball"], [], "<what>.<property>=<value>"),
        (["ball.mass_kg="], [], "<what>.<property>=<value>"),
        (["mass_kg=5"], [], "<what>.<property>=<value>"),
        ([], ["ball.mass_kg=1,,2"], "commas"),
        (["ball.mass_kg=1"], ["ball.mass_kg=1,2"], "ball.mass_kg is given twice"),
        ([], [f"ball.mass_kg={','.join(map(str, range(1, 30)))}"], "29 variants"),
    ],
)
def test_what_is_no_question_is_refused(sets: list[str], sweeps: list[str], told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace(".", r"\.")) as error:
        question_of(sets, sweeps)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bal.mass_kg=5", "did you mean ball?"),
        ("block#3.mass_kg=5", "there is no 'block#3' on the stage"),
        ("ball.mas_kg=5", "did you mean mass_kg?"),
        ("ball.mass_kg=heavy", "'heavy' given; allowed are numbers"),
        ("ball.mass_kg=nan", "allowed are numbers"),
        ("ball.mass_kg=-1", "allowed are numbers"),
        ("ball.mass_kg=0", "allowed are numbers"),
        ("ball.restitution=1.5", "from 0 to 1"),
        ("ball.friction=inf", "allowed are numbers"),
        ("ground.mass_kg=5", "ground is static"),
        ("block.speed=2", "nothing sets block#1 going"),
        ("block.height_m=2", "does not hang free"),
        ("ball.material=unobtainium", "no substance named 'unobtainium'"),
        ("ball.color=blurple", "no colour named 'blurple'"),
        ("setting.gravity=venus", "earth, moon, mars, zero"),
        ("setting.gravity=-3", "m/s²"),
        ("setting.mood=3", "there are: gravity"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_one_line(
    stage: Stage, graph: SceneGraph, text: str, told: str
) -> None:
    with pytest.raises(SettingsError) as error:
        with_change(stage, graph, text)
    assert told in str(error.value)
    assert str(error.value).startswith(f"{text}: ")
    assert "\n" not in str(error.value)


def test_a_mass_takes_its_inertia_along_and_nothing_else(stage: Stage, graph: SceneGraph) -> None:
    heavy = with_change(stage, graph, "ball.mass_kg=5")
    before, after = stage.body("ball#1"), heavy.body("ball#1")
    assert after.mass_kg == 5
    np.testing.assert_allclose(after.inertia, before.inertia * 10, rtol=1e-12)
    undone = replace(after, mass_kg=before.mass_kg, inertia=before.inertia)
    assert digest(replace(heavy, bodies=(undone, *heavy.bodies[1:]))) == digest(stage)


def test_a_mass_is_that_of_a_whole_with_its_parts_and_its_pieces(
    stage: Stage, graph: SceneGraph
) -> None:
    ball, *others = stage.bodies
    wheel = replace(
        ball, id="ball#1.wheel", entity=None, part_of="ball#1", mass_kg=ball.mass_kg / 4,
        inertia=ball.inertia / 4,
    )  # fmt: skip
    shard = replace(ball, id="ball#1.p1", entity=None, piece_of="ball#1", mass_kg=ball.mass_kg / 10)
    jointed = replace(stage, bodies=(ball, wheel, shard, *others))
    heavy = with_change(jointed, graph, "ball.mass_kg=5")
    assert heavy.body("ball#1").mass_kg == pytest.approx(4.0)
    assert heavy.body(wheel.id).mass_kg == pytest.approx(1.0)
    assert heavy.body(shard.id).mass_kg == pytest.approx(0.4)
    ratio = 5 / (1.25 * ball.mass_kg)
    np.testing.assert_allclose(heavy.body(wheel.id).inertia, wheel.inertia * ratio, rtol=1e-12)
    alone = with_change(jointed, graph, "ball#1.wheel.mass_kg=0.3")
    assert alone.body(wheel.id).mass_kg == pytest.approx(0.3)
    assert alone.body("ball#1").mass_kg == ball.mass_kg


def test_an_entity_is_all_of_its_individuals_and_a_number_one(
    stage: Stage, graph: SceneGraph
) -> None:
    both = with_change(stage, graph, "block.friction=0.1")
    one = with_change(stage, graph, "block#2.friction=0.1")
    assert [body.friction for body in both.bodies] == [0.5, 0.1, 0.1, 0.8]
    assert [body.friction for body in one.bodies] == [0.5, 0.7, 0.1, 0.8]
    assert with_change(stage, graph, "floor.friction=0").body("ground").friction == 0


def test_gravity_is_a_word_or_a_number(stage: Stage, graph: SceneGraph) -> None:
    for value, down in (("moon", 1.62), ("zero", 0.0), ("3.5", 3.5)):
        found = altered(stage, graph, [change(f"setting.gravity={value}")], seed=0)
        np.testing.assert_array_equal(found.stage.gravity, [0, 0, -down])
        assert SceneGraph.model_validate_json(found.graph.model_dump_json()) == found.graph


def test_a_speed_scales_the_launch_with_its_spin(stage: Stage, graph: SceneGraph) -> None:
    rolling = launched(stage, ROLL)
    for text in ("ball.speed=10", "ball.speed=x2", "ball.speed=2x", "ball.speed=×2"):
        (action,) = with_change(rolling, graph, text).actions
        np.testing.assert_allclose(action.linear, [6, 8, 0], rtol=1e-12)
        np.testing.assert_allclose(action.angular, [-80, 60, 0], rtol=1e-12)
    (pushed,) = with_change(launched(stage, PUSH), graph, "ball.speed=1").actions
    assert np.linalg.norm(pushed.linear) * 0.5 / stage.body("ball#1").mass_kg == pytest.approx(1)


def test_what_spins_on_the_spot_takes_a_factor_only(stage: Stage, graph: SceneGraph) -> None:
    spinning = launched(stage, replace(ROLL, linear=np.zeros(3)))
    (action,) = with_change(spinning, graph, "ball.speed=x0.5").actions
    np.testing.assert_allclose(action.angular, [-20, 15, 0])
    with pytest.raises(SettingsError, match="give a factor, for example x2"):
        with_change(spinning, graph, "ball.speed=3")


def test_the_actions_of_others_stay_in_their_places(stage: Stage, graph: SceneGraph) -> None:
    other = replace(ROLL, body="block#1", start_secs=0.0)
    found = with_change(launched(stage, other, ROLL, other), graph, "ball.speed=x3").actions
    assert [action.body for action in found] == ["block#1", "ball#1", "block#1"]
    assert digest(found[0]) == digest(found[2]) == digest(other)


def test_a_height_is_that_of_the_lowest_point(stage: Stage, graph: SceneGraph) -> None:
    high = with_change(stage, graph, "ball.height_m=1.25").body("ball#1")
    assert (high.pose @ high.mesh.vertices)[:, 2].min() == pytest.approx(1.25, abs=1e-6)
    np.testing.assert_array_equal(high.pose.position[:2], stage.body("ball#1").pose.position[:2])


def test_a_material_is_weight_touch_and_look(stage: Stage, graph: SceneGraph) -> None:
    ball = of_rubber(stage).body("ball#1")
    found = altered(of_rubber(stage), graph, [change("ball.material=steel")], seed=0)
    after, steel, rubber = found.stage.body("ball#1"), substance("steel"), substance("rubber")
    ratio = steel.density / rubber.density
    assert after.mass_kg == pytest.approx(ball.mass_kg * ratio)
    np.testing.assert_allclose(after.inertia, ball.inertia * ratio)
    assert (after.friction, after.restitution) == (steel.friction, steel.restitution)
    assert after.materials[0].name == "metal"
    assert after.materials[0].parameters["metallic"] == 1
    assert "steel instead of rubber" in found.notes[0]
    assert found.graph.entities[0].material == "steel"


def test_a_mass_that_the_words_state_outlives_another_material(stage: Stage) -> None:
    entities = [{"id": "ball", "noun": "ball", "mass_kg": 0.5},
                {"id": "block", "noun": "block", "count": 2}]  # fmt: skip
    graph = SceneGraph.model_validate({"schema": "worldreel.scene/1", "entities": entities})
    after = with_change(of_rubber(stage), graph, "ball.material=lead").body("ball#1")
    assert after.mass_kg == 0.5


def test_what_breaks_does_so_at_the_same_speed_of_impact(stage: Stage, graph: SceneGraph) -> None:
    after = with_change(of_rubber(stage), graph, "ball.material=glass").body("ball#1")
    assert after.break_impulse == pytest.approx(substance("glass").break_speed * after.mass_kg)  # type: ignore[operator]
    assert math.isfinite(after.mass_kg)


def test_the_ground_can_be_of_ice(stage: Stage, graph: SceneGraph) -> None:
    ground = with_change(stage, graph, "ground.material=ice").body("ground")
    assert ground.friction == substance("ice").friction
    assert {material.name for material in ground.materials} == {"ice"}
    assert ground.mass_kg == stage.body("ground").mass_kg


def test_a_colour_is_seen_and_not_felt(stage: Stage, graph: SceneGraph) -> None:
    found = altered(stage, graph, [change("ball.color=green")], seed=0)
    (claim,) = (c for c in judge_colors(found.stage) if c.source == "ball.color")
    assert claim.text == "ball is green"
    assert claim.status == "held"
    ball, before = found.stage.body("ball#1"), stage.body("ball#1")
    same = replace(ball, materials=before.materials, color_asked=before.color_asked)
    assert digest(same) == digest(before)


def test_the_substance_is_found_from_how_a_body_behaves(stage: Stage, graph: SceneGraph) -> None:
    found = substance_of(of_rubber(stage).body("ball#1"), graph)
    assert found is not None
    assert found.name == "rubber"


@pytest.mark.parametrize("count", range(2, 26))
def test_a_grid_holds_every_picture_inside_of_the_page(count: int) -> None:
    for size in ((64, 36), (512, 288), (1920, 1080), (1080, 1920)):
        grid = grid_for(count, size)
        width, height = grid.size_px
        assert width <= max(MOST_WIDTH_PX, 2)
        assert width % 2 == height % 2 == 0
        assert grid.tile_px[0] / grid.tile_px[1] == pytest.approx(size[0] / size[1], rel=0.1)
        corners = {grid.corner(k) for k in range(count)}
        assert len(corners) == count
        assert all(x + grid.tile_px[0] <= width for x, _ in corners)
        assert all(y + grid.strip_px + grid.tile_px[1] <= height for _, y in corners)


def test_two_films_stand_beside_each_other() -> None:
    assert grid_for(2, (512, 288)).columns == 2
    assert (grid_for(4, (512, 288)).columns, grid_for(9, (512, 288)).columns) == (2, 3)
    assert cues_of(["ball.friction = 0.3"], [1], size_px=(320, 180))[0].lines


def test_a_soft_body_is_as_soft_as_its_new_stuff_or_rigid(stage: Stage, graph: SceneGraph) -> None:
    soft = replace(stage, softs=(Softness(body="ball#1", youngs_modulus=1234.0),))
    (foam,) = with_change(soft, graph, "ball.material=foam").softs
    assert foam.youngs_modulus >= 1.5e4
    assert (foam.poisson_ratio, foam.loss) == (0.2, 0.35)
    assert with_change(soft, graph, "ball.material=steel").softs == ()
    assert with_change(soft, graph, "block.material=steel").softs == soft.softs
    assert with_change(stage, graph, "ball.material=foam").softs == ()


@pytest.mark.parametrize(
    "name", ["restitution", "rolling_friction", "spinning_friction", "angular_damping"]
)
def test_what_a_soft_body_does_not_heed_is_refused(
    stage: Stage, graph: SceneGraph, name: str
) -> None:
    soft = replace(stage, softs=(Softness(body="ball#1", youngs_modulus=1234.0),))
    with pytest.raises(
        SettingsError, match=r"^ball\.\w+=0\.1: ball#1 is soft, .*try its material$"
    ):
        with_change(soft, graph, f"ball.{name}=0.1")
    assert with_change(soft, graph, f"block.{name}=0.1").softs == soft.softs
