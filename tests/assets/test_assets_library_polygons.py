import numpy as np
import pytest

from scene_builder.assets.library.meshes.polygons import triangles_of


def area(flat):
    x, y = flat.T
    return 0.5 * float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())


def tilted(flat):
    turn = np.linalg.qr(np.random.default_rng(3).normal(size=(3, 3)))[0]
    return np.pad(flat, ((0, 0), (0, 1))) @ turn.T + 2.0


def ring(sides):
    """A ring whose outer and inner circle one cut joins, as modelling programs write holes."""
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return np.concatenate([circle, 0.8 * circle[::-1]])


L_SHAPE = np.array([[0, 0], [3, 0], [3, 1], [1, 1], [1, 3], [0, 3]], float)
COMB = np.array(
    [p for k in range(9) for p in ((k, 4.0), (k + 0.2, 0.5), (k + 0.8, 0.5))]
    + [(9, 4.0), (9, 0), (0, 0)], float,
)[::-1]  # fmt: skip
STAR = np.array(
    [(r * np.cos(t), r * np.sin(t)) for k in range(10) for r, t in [(1 - 0.6 * (k % 2), k * 0.628)]]
)


@pytest.mark.parametrize("flat", [L_SHAPE, COMB, STAR, ring(24), ring(113)])
def test_triangles_cover_a_polygon_that_is_not_convex_once(flat):
    shape = tilted(flat)
    found = triangles_of(shape[None], len(flat))[0]
    assert found.shape == (len(flat) - 2, 3)
    parts = [area(flat[list(triangle)]) for triangle in found]
    whole = area(flat)
    assert sum(parts) == pytest.approx(whole)
    assert sum(map(abs, parts)) == pytest.approx(abs(whole))  # none covers what is outside


def test_convex_polygons_are_fans_and_all_corners_are_used():
    turn = np.linspace(0, 2 * np.pi, 9)[:-1]
    shapes = np.stack([tilted(np.stack([np.cos(turn), s * np.sin(turn)], 1)) for s in (1, 0.3)])
    found = triangles_of(shapes, 8)
    assert found.shape == (2, 6, 3)
    assert all(set(polygon.ravel()) == set(range(8)) for polygon in found)


def test_an_outline_that_crosses_itself_still_gives_triangles():
    bow = np.array([[0, 0], [2, 2], [2, 0], [0, 2], [-1, 1]], float)
    assert triangles_of(tilted(bow)[None], 5).shape == (1, 3, 3)
