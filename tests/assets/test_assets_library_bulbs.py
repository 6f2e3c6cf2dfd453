"""Lamps of libraries have bulbs that glow, where their catalogue has lights."""

import numpy as np

from scene_builder.assets.library.bulbs import lit
from scene_builder.assets.library.sweethome3d.catalogue import _bulbs
from scene_builder.assets.surface import Paint, Surface


def lamp():
    corners = [(x, y, z) for x in (-0.1, 0.1) for y in (-0.15, 0.15) for z in (0.0, 0.4)]
    return Surface(
        vertices=np.array(corners), triangles=np.array([(0, 1, 2), (1, 3, 2)]),
        slots=np.zeros(2, np.int32), paints=(Paint(name="iron", base_color=np.full(3, 0.1)),),
    )  # fmt: skip


def test_a_bulb_is_a_closed_ball_that_glows_where_the_catalogue_says():
    shone = lit(lamp(), [(0.02, -0.05, 0.3, 0.06)])
    ball = shone.triangles[shone.slots == 1]
    points = shone.vertices[np.unique(ball)]
    np.testing.assert_allclose(points.mean(axis=0), (0.02, -0.05, 0.3), atol=1e-6)
    np.testing.assert_allclose(np.ptp(points, axis=0), 0.06, rtol=0.05)
    assert shone.paints[1].emission > 0
    assert (shone.slots[:2] == 0).all()


def test_what_is_not_within_the_lamp_is_left_out_and_no_bulb_fills_it():
    assert len(lit(lamp(), []).paints) == len(lit(lamp(), [(0.5, 0, 0.2, 0.05)]).paints) == 1
    large = lit(lamp(), [(0.0, 0.0, 0.2, 0.19)])
    ball = large.vertices[np.unique(large.triangles[large.slots == 1])]
    assert np.ptp(ball, axis=0).max() < 0.3 * 0.2 + 1e-6


def test_a_catalogue_counts_from_left_front_and_base_in_centimetres():
    row = {"lightSourceX": "6.85 1", "lightSourceY": "5.8 x", "lightSourceZ": "40.5 2",
           "lightSourceDiameter": "4.0 3"}  # fmt: skip
    assert _bulbs(row, (0.137, 0.342, 0.45)) == ((0.0, -0.113, 0.405, 0.04),)
    assert _bulbs({}, (1.0, 1.0, 1.0)) == ()
