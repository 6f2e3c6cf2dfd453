"""Poses form a group, and quaternions agree with matrices."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scene_builder.model.pose import (
    Pose,
    multiply_wxyz,
    rotation_from_wxyz,
    wxyz_from_rotation,
)

coordinate = st.floats(-10, 10, allow_nan=False, width=64)
vectors = arrays(np.float64, 3, elements=coordinate)
quaternions = arrays(np.float64, 4, elements=st.floats(-1, 1, width=64)).filter(
    lambda q: np.linalg.norm(q) > 0.1
)
poses = st.tuples(vectors, quaternions)


def pose_of(drawn):
    position, wxyz = drawn
    return Pose(position=position, wxyz=wxyz)


@given(poses, poses, poses, vectors)
def test_composition_is_associative_and_acts_on_points(a, b, c, point):
    a, b, c = pose_of(a), pose_of(b), pose_of(c)
    left, right = (a @ b) @ c, a @ (b @ c)
    np.testing.assert_allclose(left @ point, right @ point, atol=1e-9)
    np.testing.assert_allclose(left @ point, a @ (b @ (c @ point)), atol=1e-9)


@given(poses, vectors)
def test_inverse_undoes(pose, point):
    pose = pose_of(pose)
    np.testing.assert_allclose(pose.inverse() @ (pose @ point), point, atol=1e-9)


@given(quaternions, quaternions)
def test_product_of_quaternions_is_product_of_rotations(p, q):
    p, q = p / np.linalg.norm(p), q / np.linalg.norm(q)
    np.testing.assert_allclose(
        rotation_from_wxyz(multiply_wxyz(p, q)),
        rotation_from_wxyz(p) @ rotation_from_wxyz(q),
        atol=1e-12,
    )


@given(quaternions)
def test_rotation_and_quaternion_are_inverse_maps(q):
    rotation = rotation_from_wxyz(q / np.linalg.norm(q))
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
    assert np.isclose(np.linalg.det(rotation), 1.0)
    np.testing.assert_allclose(
        rotation_from_wxyz(wxyz_from_rotation(rotation)), rotation, atol=1e-9
    )


def test_yaw_turns_x_towards_y():
    np.testing.assert_allclose(
        Pose.at(1, 2, 3, yaw_deg=90) @ np.array([1.0, 0, 0]), [1, 3, 3], atol=1e-12
    )
