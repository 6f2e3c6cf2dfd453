"""Where the surface point of every pixel is in another frame, exactly."""

import numpy as np
from jaxtyping import Bool, Float, Int

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from render.truth.deforming import Deforming
from render.truth.surfaces import SurfaceCaster, Surfaces
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz


def places_at(
    frame: int,
    surfaces: Surfaces,
    motion: Trajectory,
    track: CameraTrack,
    deforming: Deforming | None = None,
) -> tuple[Float[Array, "n 2"], Float[Array, " n"]]:
    """Return where surface points are in the picture of a frame.

    Args:
        frame: Which frame; outside of the shot nothing is anywhere.
        surfaces: The points, in their bodies' frames (n).
        motion: How the bodies move.
        track: How the camera moves.
        deforming: The bodies that are not rigid; None for none.

    Returns:
        Places (n 2) [px] and depths (n) [m]; NaN for the background, for bodies that are not
        there at that frame, and for points behind the camera.
    """
    places = np.full((len(surfaces.depth), 2), np.nan)
    depths = np.full(len(surfaces.depth), np.nan)
    if not 0 <= frame < motion.frame_count:
        return places, depths
    known = np.flatnonzero(_there(surfaces.body_index, motion.present[frame]))
    k = surfaces.body_index[known] - 1
    rotations = rotation_from_wxyz(motion.wxyz[frame])[k]
    turned = np.einsum("nij,nj->ni", rotations, surfaces.body_point[known])
    world = turned + motion.positions[frame, k]
    if deforming is not None:
        for bent in deforming.indices:
            here = k == bent
            point, triangle = surfaces.body_point[known[here]], surfaces.triangle[known[here]]
            world[here] = deforming.places(frame, bent, triangle, point)
    in_camera = track.world_from_camera(frame).inverse() @ world
    places[known] = track.lens.pixels(in_camera)
    depths[known] = np.where(in_camera[:, 2] < 0, -in_camera[:, 2], np.nan)
    return places, depths


def seen_at(
    frame: int,
    surfaces: Surfaces,
    places: Float[Array, "n 2"],
    depths: Float[Array, " n"],
    caster: SurfaceCaster,
    track: CameraTrack,
) -> Bool[Array, " n"]:
    """Return which surface points could be seen in the picture of a frame.

    A point is seen if it lies inside of the picture and the ray through its very place meets
    its own body at its own depth first: no pixel of the other frame is interpolated.

    Args:
        frame: Which frame.
        surfaces: The points (n).
        places: Where they are in that frame (n 2) [px].
        depths: How deep they are in that frame (n) [m].
        caster: Sees what is there.
        track: How the camera moves.
    """
    width, height = track.lens.size_px
    with np.errstate(invalid="ignore"):
        inside = ((places >= _EDGE_PX) & (places <= np.array([width, height]) + _EDGE_PX)).all(-1)
    seen = np.zeros(len(places), np.bool_)
    asked = np.flatnonzero(inside)
    if len(asked):
        camera = track.world_from_camera(frame)
        index, _, depth = caster.first_hits(frame, camera, track.lens, places[asked])
        same_depth = np.abs(depth - depths[asked]) <= _SAME_DEPTH * depths[asked]
        seen[asked] = same_depth & (index == surfaces.body_index[asked])
    return seen


def _there(body_index: Int[Array, " n"], present: Bool[Array, " b"]) -> Bool[Array, " n"]:
    return np.concatenate([[False], present])[body_index]


_EDGE_PX = -0.5
"""The picture's left and top edge: pixel (0, 0) is the centre of the first pixel."""

_SAME_DEPTH = 1e-4
"""Share by which two depths of one point may differ: above float32, below any wall's thickness."""
