"""Rocks and logs: what lies on the ground."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import torus
from scene_builder.assets.shapes.solid import Solid, convex, joined
from scene_builder.model.arrays import Array


def rock_rand(rng: np.random.Generator) -> Blueprint:
    """Return a rock: the convex hull of a handful of points, its faces broken up a little."""
    directions = rng.normal(size=(26, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    size = np.array([0.15, 0.12, 0.09])
    points = directions * size * rng.uniform(0.82, 1.0, (26, 1))
    points[:, 2] = np.maximum(points[:, 2], -0.055)
    hull = convex(points)
    body = convex(
        np.concatenate(
            [hull.vertices[t] * 0.84 + 0.16 * hull.vertices[t].mean(axis=0) for t in hull.triangles]
        )
    )
    return Blueprint(parts=(Part(solid=(body.with_hull(48)).seated()),))


def log() -> Blueprint:
    """Return a felled log along X, its cut ends pale with year rings."""
    r, long = 0.13, 0.7
    t = np.linspace(0, 2 * np.pi, 49)[:-1]
    bark = r * (1 + 0.025 * np.sin(9 * t) + 0.015 * np.sin(23 * t + 1))
    ring = np.column_stack([bark * np.cos(t), bark * np.sin(t), np.zeros(48)])
    wood, far = 0.9 * ring, np.array([0, 0, long])
    skin = skinned([wood, ring, ring + far, wood + far], (0, 0, 0), (0, 0, long))

    def cut(c: Array) -> Array:
        # A cut face's middle lies inside of the wood's rim, the bark's ring outside of it.
        inside = np.hypot(c[:, 0], c[:, 1]) < 0.8 * r
        return np.asarray(inside & ((c[:, 2] < 1e-9) | (c[:, 2] > long - 1e-9)))  # noqa: PLR2004

    body = Solid(
        vertices=skin.vertices,
        triangles=skin.triangles,
        hulls=(np.concatenate([ring[::2], ring[::2] + far]),),
    ).painted(1, cut)
    lines = [
        torus(r * share, 0.0008, segments=32, sides=4).moved(z=end)
        for end in (0.0002, long - 0.0002)
        for share in (0.25, 0.45, 0.65)
    ]
    lift = -float(body.turned("y", 90).vertices[:, 2].min())
    whole, marks = (
        solid.turned("y", 90).moved(x=-long / 2, z=lift)
        for solid in (body, joined(*lines).without_hulls())
    )
    return Blueprint(
        parts=(Part(solid=whole), Part(solid=marks, slot=2, fill=0.01)),
        slots=(
            MAIN, Slot(substance="pine", color="#cfa873"), Slot(substance="pine", color="#8f6a42"),
        ),
    )  # fmt: skip
