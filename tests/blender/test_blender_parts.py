import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.blender.parts import part_axes
from scene_builder.model.mesh import Mesh


def joined(*meshes):
    vertices, triangles, count = [], [], 0
    for mesh in meshes:
        vertices.append(mesh.vertices)
        triangles.append(mesh.triangles + count)
        count += len(mesh.vertices)
    triangles = np.concatenate(triangles)
    return Mesh(
        vertices=np.concatenate(vertices),
        triangles=triangles,
        material_index=np.zeros(len(triangles), np.int32),
    )


def test_each_piece_has_its_own_axis_and_centre(build):
    top = build.box_mesh(1.2, 0.7, 0.04)
    leg = build.box_mesh(0.05, 0.05, 0.7, center=(2, 0))
    parts = part_axes(joined(top, leg))
    assert np.array_equal(parts.axes[:8], np.tile([1, 0, 0], (8, 1)))
    assert np.array_equal(parts.axes[8:], np.tile([0, 0, 1], (8, 1)))
    np.testing.assert_allclose(parts.centres[:8], np.tile([0, 0, 0.02], (8, 1)), atol=1e-6)
    np.testing.assert_allclose(parts.centres[8:], np.tile([2, 0, 0.35], (8, 1)), atol=1e-6)


@given(order=st.permutations(range(12)))
def test_the_order_of_triangles_and_split_seams_change_nothing(order):
    from math import isclose

    box = _split_box()
    mixed = Mesh(
        vertices=box.vertices, triangles=box.triangles[order], material_index=box.material_index
    )
    parts = part_axes(mixed)
    assert np.array_equal(parts.axes, np.tile([0, 1, 0], (len(box.vertices), 1)))
    assert isclose(float(np.ptp(parts.centres, axis=0).max()), 0.0)


def _split_box():
    """A box 1 × 2 × 0.5 whose triangles share no vertex."""
    low = np.array([[i & 1, 2 * (i >> 1 & 1), 0.5 * (i >> 2)] for i in range(8)])
    quads = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    triangles = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))])
    return Mesh(
        vertices=low[triangles.ravel()],
        triangles=np.arange(36).reshape(12, 3),
        material_index=np.zeros(12, np.int32),
    )
