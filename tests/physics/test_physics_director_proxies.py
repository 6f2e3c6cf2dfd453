"""What the search may simplify, and how far what stands together may be spread."""

from dataclasses import replace

import numpy as np
import pytest

from physics.directing.freedoms import apply_freedom, dials_of
from physics.directing.proxies import proxies_of
from physics.directing.rehearsal import Call, Rehearsal
from physics.directing.scoring import cut_at, settled_secs
from physics.outcomes import Verdict
from scene_builder.model.graph import SceneGraph
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider, Freedom
from tests.physics.physics_stages import ball, box, graph, ground, stage

KNOCK = [{"predicate": "knocks_over", "subject": "ball", "object": "box"}]
CORNERS = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
SIDES = np.array(
    [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1],
     [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]], np.int32
)  # fmt: skip


def piece(low, high):
    low, high = np.array(low, np.float32), np.array(high, np.float32)
    return Mesh(vertices=low + CORNERS * (high - low), triangles=SIDES,
                material_index=np.zeros(12, np.int32))  # fmt: skip


def post(angle, gap=0.0, count=12):
    """One of the slabs of a round wall, and its neighbour's."""
    radii, ends = (0.04, 0.045), angle + np.array([gap, 2 * np.pi / count])
    flat = [(r * np.cos(a), r * np.sin(a)) for a in ends for r in radii]
    points = np.array([[x, y, z] for x, y in flat for z in (0.01, 0.1)], np.float32)
    return replace(piece((0, 0, 0), (1, 1, 1)), vertices=points)


def cup(name="box#1", gap=0.0, **more):
    wall = tuple(post(angle, gap) for angle in np.arange(12) * np.pi / 6)
    floor = piece((-0.02, -0.02, 0.0), (0.02, 0.02, 0.01))
    return replace(box(name, **more), collider=Collider(shape="hulls", hulls=(floor, *wall)))


def test_a_closed_wall_becomes_one_piece_and_a_row_of_posts_does_not():
    words = graph(KNOCK, ball=1, box=1)
    closed = proxies_of(stage(ground(), ball(), cup()), words)["box#1"]
    assert len(closed.hulls) == 2
    whole = np.concatenate([hull.vertices for hull in closed.hulls])
    before = np.concatenate([hull.vertices for hull in cup().collider.hulls])
    assert whole.min(axis=0) == pytest.approx(before.min(axis=0))
    assert whole.max(axis=0) == pytest.approx(before.max(axis=0))
    assert proxies_of(stage(ground(), ball(), cup(gap=0.3)), words) == {}


def test_hulls_of_proxies_look_outwards():
    hull = proxies_of(stage(cup()), graph(KNOCK, ball=1, box=1))["box#1"].hulls[1]
    a, b, c = (hull.vertices[hull.triangles[:, k]].astype(np.float64) for k in range(3))
    middle = hull.vertices.mean(axis=0)
    assert (np.einsum("ij,ij->i", np.cross(b - a, c - a), a - middle) > 0).all()


def test_what_has_to_catch_something_stays_hollow():
    lands = [{"predicate": "lands_in", "subject": "ball", "object": "box"}]
    assert proxies_of(stage(ground(), ball(), cup()), graph(lands, ball=1, box=1)) == {}
    inside = graph(KNOCK, ball=1, box=1).model_dump(mode="json", by_alias=True)
    inside["relations"] = [{"subject": "ball", "predicate": "inside", "object": ["box"]}]
    assert proxies_of(stage(ball(), cup()), SceneGraph.model_validate(inside)) == {}
    fixed = cup(mobility="static")
    assert proxies_of(stage(ball(), fixed), graph(KNOCK, ball=1, box=1)) == {}


def test_only_the_search_sees_proxies(simulator):
    scene = stage(ground(), ball(at=(0.3, 0, 0)), cup(), secs=0.1)
    rehearsal = Rehearsal.of(scene, graph(KNOCK, ball=1, box=1), simulator, seed=0)
    seen = []

    class Watching:
        def simulate(self, shown):
            seen.append(len(shown.body("box#1").collider.hulls))
            return simulator.simulate(shown)

    watched = replace(rehearsal, simulator=Watching())
    watched.shoot(Call(number=0, point=rehearsal.neutral))
    watched.shoot(Call(number=0, point=rehearsal.neutral, proves=True))
    assert seen == [2, 13]


def test_proxies_that_overlap_where_pieces_do_not_are_not_used(simulator):
    scene = stage(ground(), cup(), ball(at=(0, 0, 0.02), radius=0.02), secs=0.1)
    rehearsal = Rehearsal.of(scene, graph(KNOCK, ball=1, box=1), simulator, seed=0)
    assert rehearsal.proxies
    assert not rehearsal.knowing(simulator.simulate(scene)).proxies
    apart = replace(scene, bodies=(*scene.bodies[:2], ball(at=(1, 0, 0))))
    simple = Rehearsal.of(apart, rehearsal.graph, simulator, seed=0)
    assert simple.knowing(simulator.simulate(apart)).proxies


def test_a_group_is_spread_about_its_middle():
    free = [Freedom(body=f"box#{k}", group="three", spread=(0.5, 2.0)) for k in (1, 2, 3)]
    scene = stage(
        box("box#1", at=(0, 0, 0)), box("box#2", at=(0.3, 0, 0)), box("box#3", at=(0, 0.3, 0)),
        freedoms=tuple(free),
    )  # fmt: skip
    dials = dials_of(scene)
    assert [dial.kind for dial in dials] == ["spread"]
    wide = apply_freedom(scene, dials, [2.0])
    places = [[body.pose.position for body in one.bodies] for one in (scene, wide)]
    assert np.mean(places[1], axis=0) == pytest.approx(np.mean(places[0], axis=0))
    assert places[1][1] - places[1][0] == pytest.approx([0.6, 0, 0])
    assert apply_freedom(scene, dials, [1.0]).bodies[2].pose.position == pytest.approx([0, 0.3, 0])


def verdict(time, *, holds=True):
    return Verdict(holds=holds, margin=0.5 if holds else -0.5, evidence="", time_secs=time)


def test_only_what_cannot_be_undone_settles_a_film():
    words = graph(KNOCK * 2, ball=1, box=1)
    assert settled_secs([verdict(0.5), verdict(0.8)], words) == pytest.approx(1.05)
    assert settled_secs([verdict(0.5), verdict(None, holds=False)], words) is None
    for change in ({"negated": True}, {"predicate": "stays_on"}, {"predicate": "comes_to_rest"}):
        assert settled_secs([verdict(0.5)], graph([{**KNOCK[0], **change}], ball=1, box=1)) is None
    some = {**KNOCK[0], "count": 1}
    assert settled_secs([verdict(0.5)], graph([some], ball=1, box=3)) is None
    assert settled_secs([verdict(0.5)], graph([{**some, "compare": "at_least"}], ball=1, box=3))


def test_a_cut_film_keeps_its_steps():
    timeline = stage(box(), secs=2).timeline
    short = cut_at(0.5, timeline)
    assert short.frame_count < timeline.frame_count
    assert short.step_secs == timeline.step_secs
    assert short.duration_secs >= 0.5
    assert cut_at(9.0, timeline).frame_count == timeline.frame_count
