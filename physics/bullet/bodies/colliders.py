"""Colliders as Bullet shapes, in the body's inertial frame and in Bullet's lengths."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from physics.bullet.engine import pybullet
from scene_builder.model.arrays import Array
from scene_builder.model.errors import UnsupportedBody
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Collider

HULL_MARGIN = 0.001
"""What Bullet adds around every convex hull, in its own lengths; hulls are drawn in by it."""

BOX_TOLERANCE = 1e-5
"""A hull whose corners are this near to those of its box (relative to its size) is a box."""

BOX_CORNERS = 8

FLAT = 1e-7
"""A hull thinner than this share of its size has no volume, and one narrower no area."""

ARRAY_ENTRIES = 16
"""Shapes that Bullet takes from an array; it drops the rest without a word."""

Vertices = Float[Array, "_ 3"]
"""Corners of one hull; as many as it has, so that several of them may meet in a signature."""


def create_shape(
    collider: Collider, inertial_from_body: Pose, scale: float, client: int, folder: Path
) -> int:
    """Create the Bullet shape of a collider and return its id.

    Args:
        collider: The solid, in the body's frame.
        inertial_from_body: From the body's frame to that of its principal axes [m].
        scale: Bullet lengths in a metre.
        client: Physics client.
        folder: For the files that Bullet reads hulls from, each as a new one; it reads them again
            when a body is made of the shape, so they have to stay until then.
    """
    if collider.shape == "plane":
        return int(
            pybullet.createCollisionShape(
                pybullet.GEOM_PLANE, planeNormal=[0, 0, 1], physicsClientId=client
            )
        )
    if collider.shape == "hulls":
        return _create_hulls(collider, inertial_from_body, scale, client, folder)
    frame = inertial_from_body @ Pose(position=collider.center, wxyz=np.array([1.0, 0, 0, 0]))
    return int(
        pybullet.createCollisionShape(
            **_primitive(collider, scale),
            collisionFramePosition=(frame.position * scale).tolist(),
            collisionFrameOrientation=xyzw(frame.wxyz),
            physicsClientId=client,
        )
    )


def is_boxes(collider: Collider) -> bool:
    """Whether Bullet knows all of a collider as boxes."""
    if collider.shape != "hulls":
        return collider.shape == "box"
    return not _sort_out([np.asarray(hull.vertices, np.float64) for hull in collider.hulls])[1]


def is_sudden(collider: Collider) -> bool:
    """Whether Bullet finds a ball's contact with a collider only once they overlap.

    Its own methods for balls look at boxes and balls without any margin.
    """
    return collider.shape == "sphere" or is_boxes(collider)


def xyzw(wxyz: Float[Array, "4"]) -> list[float]:
    """Return Bullet's order of a quaternion's numbers."""
    w, x, y, z = (float(value) for value in wxyz)
    return [x, y, z, w]


def _primitive(collider: Collider, scale: float) -> dict[str, Any]:
    size = [length * scale for length in collider.size]
    match collider.shape:
        case "sphere":
            return {"shapeType": pybullet.GEOM_SPHERE, "radius": size[0]}
        case "box":
            return {"shapeType": pybullet.GEOM_BOX, "halfExtents": [s / 2 for s in size]}
        case "cylinder":
            return {"shapeType": pybullet.GEOM_CYLINDER, "radius": size[0], "height": size[1]}
        case _:
            # Bullet's height of a capsule leaves the caps out.
            straight = max(size[1] - 2 * size[0], 0.0)
            return {"shapeType": pybullet.GEOM_CAPSULE, "radius": size[0], "height": straight}


def _create_hulls(
    collider: Collider, inertial_from_body: Pose, scale: float, client: int, folder: Path
) -> int:
    """One shape of all hulls: the first that are boxes exactly, all others from one file.

    Only an array can mix both kinds. Bullet silently drops what comes after its first entries,
    but one of them may be a file, and each of the file's groups becomes a hull of its own.
    """
    hulls = [np.asarray(hull.vertices, np.float64) for hull in collider.hulls]
    boxes, clouds = _sort_out(hulls)
    frame = inertial_from_body
    kinds = [pybullet.GEOM_BOX] * len(boxes)
    halves = [(half * scale).tolist() for _, half in boxes]
    places = [((frame @ center) * scale).tolist() for center, _ in boxes]
    names = [""] * len(boxes)
    if clouds:
        path = folder / f"hulls-{len(list(folder.iterdir()))}.obj"
        _write_hulls(path, [drawn_in(hull * scale, HULL_MARGIN) for hull in clouds])
        kinds.append(pybullet.GEOM_MESH)
        halves.append([1.0, 1.0, 1.0])
        places.append((frame.position * scale).tolist())
        names.append(str(path))
    return int(
        pybullet.createCollisionShapeArray(
            shapeTypes=kinds,
            halfExtents=halves,
            fileNames=names,
            meshScales=[[1, 1, 1]] * len(kinds),
            collisionFramePositions=places,
            collisionFrameOrientations=[xyzw(frame.wxyz)] * len(kinds),
            physicsClientId=client,
        )
    )


def _sort_out(hulls: Sequence[Vertices]) -> tuple[list[tuple[Array, Array]], list[Vertices]]:
    """Part hulls into boxes, as centres and half edges, and all others.

    Boxes that find no place in an array, next to the file of all others, go with those.
    """
    found = [(hull, _box_of(hull)) for hull in hulls]
    boxes = [box for _, box in found if box is not None]
    if len(boxes) == len(hulls) <= ARRAY_ENTRIES:
        return boxes, []
    boxes, clouds = [], []
    for hull, box in found:
        if box is not None and len(boxes) < ARRAY_ENTRIES - 1:
            boxes.append(box)
        else:
            clouds.append(hull)
    return boxes, clouds


def _box_of(hull: Vertices) -> tuple[Array, Array] | None:
    return _box_in(np.ascontiguousarray(hull, np.float64).tobytes())


@lru_cache(maxsize=4096)
def _box_in(points: bytes) -> tuple[Array, Array] | None:
    hull = np.frombuffer(points, np.float64).reshape(-1, 3)
    low, high = hull.min(axis=0), hull.max(axis=0)
    corners = np.unique(np.round((hull - low) / np.maximum(high - low, 1e-12), 5), axis=0)
    size = float((high - low).max())
    nearest = np.minimum(np.abs(hull - low), np.abs(hull - high)).max()
    if len(corners) != BOX_CORNERS or nearest > BOX_TOLERANCE * size:
        return None
    return (low + high) / 2, (high - low) / 2


def drawn_in(hull: Vertices, margin: float) -> Vertices:
    """Move every face of a convex hull inwards by `margin`, in the hull's lengths.

    What is thinner than that is moved by half of what it bears; what has no thickness at all stays,
    and the margin around it is its thickness.
    """
    points = np.ascontiguousarray(hull, np.float64)
    return _drawn_in(points.tobytes(), margin).copy()


@lru_cache(maxsize=4096)
def _drawn_in(points: bytes, margin: float) -> Vertices:
    from scipy.spatial import ConvexHull, HalfspaceIntersection

    hull = np.frombuffer(points, np.float64).reshape(-1, 3)
    if _spread(hull)[2] <= FLAT:
        return np.asarray(np.unique(hull, axis=0), np.float64)
    planes = np.unique(np.round(ConvexHull(hull).equations, 12), axis=0)
    center = hull.mean(axis=0)
    depth = float(-(planes[:, :3] @ center + planes[:, 3]).max())
    planes[:, 3] += min(margin, depth / 2)
    inner = HalfspaceIntersection(planes, center).intersections
    return np.asarray(np.unique(np.round(inner, 12), axis=0), np.float64)


def check_pieces(body: Body) -> None:
    """Refuse what no simulator can move.

    Raises:
        UnsupportedBody: If a piece of a body's collider is a line or a point.
    """
    for hull in body.collider.hulls if body.collider.shape == "hulls" else ():
        if _spread(hull.vertices)[1] <= FLAT:
            raise UnsupportedBody(
                f"body {body.id!r} has a collider piece that is a line or a point; allowed are "
                "pieces with an area, or with a volume for every simulator: use a box or a "
                "capsule as its collider"
            )


def _spread(points: Vertices) -> tuple[float, ...]:
    """Extents along the principal axes, longest first, as shares of the longest."""
    return _spread_of(np.ascontiguousarray(points, np.float64).tobytes())


@lru_cache(maxsize=4096)
def _spread_of(points: bytes) -> tuple[float, ...]:
    hull = np.frombuffer(points, np.float64).reshape(-1, 3)
    spread = np.zeros(3)
    found = np.linalg.svd(hull - hull.mean(axis=0), compute_uv=False)
    spread[: len(found)] = found
    return tuple((spread / max(float(spread[0]), 1e-300)).tolist())


def _write_hulls(path: Path, hulls: Sequence[Vertices]) -> None:
    """Write point clouds as the groups of an OBJ file, whose numbering runs on through it.

    The triangles only name every point once.
    """
    lines: list[str] = []
    first = 1
    for k, points in enumerate(hulls):
        lines.append(f"o h{k}")
        lines += [f"v {x:.17g} {y:.17g} {z:.17g}" for x, y, z in points]
        lines += [f"f {n} {n + 1} {n + 2}" for n in range(first, first + len(points) - 2)]
        first += len(points)
    path.write_text("\n".join(lines) + "\n")
