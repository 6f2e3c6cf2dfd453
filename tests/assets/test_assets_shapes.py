"""The mesh tools."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.assets.shapes.boxes import box, chamfered_prism, prism, tapered_box
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.polygons import (
    circle,
    convex_pieces,
    rounded_loop,
    simplified,
    star,
)
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import arc, ball_of, curve, sphere, torus, tube
from scene_builder.assets.shapes.solid import Solid, carved, convex, fused, joined, support_points


def volume(solid: Solid) -> float:
    a, b, c = np.moveaxis(solid.vertices[solid.triangles], 1, 0)
    return float(np.einsum("ti,ti->", a, np.cross(b, c)) / 6)


def closed(solid: Solid) -> bool:
    t = solid.triangles
    edges = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]).astype(int)
    forward = sorted(map(tuple, edges.tolist()))
    return len(set(forward)) == len(forward) and forward == sorted((b, a) for a, b in forward)


def area(loop: np.ndarray) -> float:
    x, y = loop.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


SOLIDS = {
    "box": box(0.1, 0.2, 0.3),
    "tapered": tapered_box((0.1, 0.2), (0.05, 0.1), 0.3),
    "prism": prism(star(0.05, 0.02, 5), 0.01),
    "pierced": prism(circle(0.05), 0.01, circle(0.02)),
    "chamfered": chamfered_prism(circle(0.05, 12), 0.02, 0.003),
    "sphere": sphere(0.05),
    "ellipsoid": ball_of(0.01, 0.02, 0.03),
    "torus": torus(0.05, 0.01),
    "cup": lathe(vessel_profile([(0, 0), (0.03, 0, 0.004), (0.04, 0.09)], wall=0.003, floor=0.005)),
    "bottle": turned([(0.03, 0, 0.004), (0.03, 0.18, 0.03), (0.01, 0.24, 0.02), (0.01, 0.3)]),
    "tube": tube(arc((0, 0, 0), (0.02, 0, 0), (0, 0, 0.03), (-90, 90)), 0.004),
    "curve": tube(curve(np.array([(0, 0, 0), (0, 0.1, 0.1), (0.1, 0.1, 0.2)])), 0.004),
    "skin": skinned([np.column_stack([circle(0.1), np.full(48, z)]) for z in (0, 1)],
                    (0, 0, -0.1), (0, 0, 1.1)),
    "union": fused(box(0.1, 0.1, 0.1), sphere(0.06).moved(z=0.1)),
    "difference": carved(box(0.1, 0.1, 0.1), sphere(0.04).moved(z=0.1)),
    "both": joined(box(0.1, 0.1, 0.1), sphere(0.04)),
}  # fmt: skip


@pytest.mark.parametrize("name", SOLIDS)
def test_every_tool_makes_a_closed_outward_surface(name):
    solid = SOLIDS[name]
    assert closed(solid)
    assert volume(solid) > 0


@pytest.mark.parametrize("name", SOLIDS)
def test_turning_moving_and_mirroring_keep_it_so(name):
    solid = SOLIDS[name].turned("y", 33).moved(1, 2, 3).scaled(-1, 2, 0.5)
    assert closed(solid)
    assert volume(solid) == pytest.approx(volume(SOLIDS[name]), rel=1e-9)


def test_volumes_are_those_of_pappus():
    profile = np.array([(0.1, 0.0), (0.15, 0.0), (0.15, 0.2), (0.1, 0.2)])
    ring = lathe(profile, segments=256)
    assert volume(ring) == pytest.approx(2 * np.pi * 0.125 * 0.05 * 0.2, rel=2e-4)
    assert volume(torus(0.1, 0.02, segments=128, sides=64)) == pytest.approx(
        2 * np.pi**2 * 0.1 * 0.02**2, rel=3e-3
    )
    assert volume(SOLIDS["pierced"]) == pytest.approx(np.pi * 0.01 * (0.05**2 - 0.02**2), rel=5e-3)


@pytest.mark.parametrize("name", ["box", "prism", "pierced", "cup", "bottle", "tube", "torus"])
def test_convex_pieces_fill_the_solid(name):
    solid = SOLIDS[name]
    filled = sum(volume(convex(hull)) for hull in solid.hulls)
    assert filled == pytest.approx(volume(solid), rel=0.06)


radii = st.lists(st.floats(0.3, 1.0), min_size=5, max_size=14)


@settings(max_examples=25, deadline=None)
@given(radii=radii)
def test_pieces_of_a_polygon_are_convex_and_cover_it(radii):
    angle = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    loop = np.array(radii)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    pieces = convex_pieces([loop], 0.0)
    assert sum(map(area, pieces)) == pytest.approx(area(loop), rel=1e-6)
    for piece in pieces:
        edge = np.roll(piece, -1, axis=0) - piece
        after = np.roll(edge, -1, axis=0)
        assert (edge[:, 0] * after[:, 1] - edge[:, 1] * after[:, 0] > 0).all()


@settings(max_examples=25, deadline=None)
@given(radii=radii, tolerance=st.floats(0.0, 0.2))
def test_simplifying_keeps_every_dropped_corner_near(radii, tolerance):
    angle = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    loop = np.array(radii)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    short = simplified(loop, tolerance)
    start, end = short, np.roll(short, -1, axis=0)
    along = end - start
    share = np.einsum("pek,ek->pe", loop[:, None] - start, along) / (along**2).sum(axis=1)
    nearest = start + np.clip(share, 0, 1)[..., None] * along
    distance = np.linalg.norm(loop[:, None] - nearest, axis=2).min(axis=1)
    assert distance.max() <= 2 * tolerance + 1e-9


def test_rounded_corners_bend_gently_and_stay_inside():
    loop = rounded_loop([(0, 0, 0.2), (1, 0, 0.2), (1, 1, 0.2), (0, 1, 0.2)])
    edge = np.roll(loop, -1, axis=0) - loop
    heading = np.rad2deg(np.arctan2(edge[:, 1], edge[:, 0]))
    bend = (np.diff(np.append(heading, heading[0])) + 180) % 360 - 180
    assert bend.max() <= 24 + 1e-6
    assert bend.min() >= -1e-6
    assert area(loop) == pytest.approx(1 - (4 - np.pi) * 0.2**2, rel=5e-3)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_support_points_reach_as_far_as_the_points_do(seed):
    points = np.random.default_rng(seed).normal(size=(500, 3))
    few = support_points(points, 48)
    assert len(few) <= 49
    assert few[:, 2].min() == points[:, 2].min()
    assert (few.max(axis=0) >= 0.8 * points.max(axis=0)).all()


def test_painting_marks_the_triangles_that_are_meant():
    solid = box(1, 1, 1, bevel=0.0).painted(2, lambda c: c[:, 2] > 0.99)
    top = solid.vertices[solid.triangles][:, :, 2].min(axis=1) > 0.99
    assert (np.asarray(solid.slots) == np.where(top, 2, 0)).all()
