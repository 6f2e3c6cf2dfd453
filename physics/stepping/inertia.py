"""The frame in which an engine moves a body: its centre of mass and its principal axes."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Body

ALREADY_DIAGONAL = 1e-6
"""Products of inertia below this share of the largest moment are none."""


def principal_frame(body: Body) -> tuple[Pose, Float[Array, "3"]]:
    """Return `body_from_inertial` and the principal moments (3) [kg·m²].

    Axes that are principal already are kept, so that boxes stay boxes.
    """
    inertia = (body.inertia + body.inertia.T) / 2
    diagonal = np.diag(inertia)
    products = np.abs(inertia - np.diag(diagonal)).max()
    if products <= ALREADY_DIAGONAL * diagonal.max():
        return Pose(position=body.center_of_mass, wxyz=np.array([1.0, 0, 0, 0])), diagonal
    moments, axes = np.linalg.eigh(inertia)
    if np.linalg.det(axes) < 0:
        axes[:, 0] *= -1
    return Pose(position=body.center_of_mass, wxyz=wxyz_from_rotation(axes)), moments
