"""Where each pixel's surface point was in any earlier frame, from the frames' own truth."""

import numpy as np
from jaxtyping import Bool, Float

from render.frames import FrameBuffers
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz

_SAME_DEPTH = 0.02
_FAR = 1e6


def motion_between(
    frame: FrameBuffers, earlier: FrameBuffers, shot: Shot
) -> tuple[Float[Array, "h w 2"], Bool[Array, "h w"]]:
    """Return where each pixel was in an earlier frame, and whether it was seen there.

    Rigid bodies go where their poses put them, and the background where the camera's turning
    takes it. Bodies that change their form count as unseen.

    Args:
        frame: Whose pixels.
        earlier: Any other frame of the shot.
        shot: The shot that both belong to.

    Returns:
        Places in the earlier frame minus places here (h w 2) [px], 0 where unknown; and whether
        the same body was seen there at the point's own depth.
    """
    lens, index = shot.track.lens, frame.body_index
    now, then = (shot.track.world_from_camera(f.frame) for f in (frame, earlier))
    inside = np.zeros((*index.shape, 3))
    sky = index == 0
    inside[sky] = lens.rays()[sky] @ now.rotation.T @ then.rotation
    world = _in_world(frame, earlier.frame, shot)
    inside[~sky] = then.inverse() @ world
    places = lens.pixels(inside)
    height, width = index.shape
    with np.errstate(invalid="ignore"):
        known = np.isfinite(places).all(-1) & (np.abs(places) < _FAR).all(-1)
        within = known & (places >= 0).all(-1) & (places <= [width - 1, height - 1]).all(-1)
    column, row = np.moveaxis(np.rint(np.where(within[..., None], places, 0)).astype(int), -1, 0)
    same = earlier.body_index[row, column] == index
    depth = -inside[..., 2]
    near = np.abs(np.where(sky, 0, earlier.depth[row, column]) - np.where(sky, 0, depth))
    here = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1)
    flow = np.where(within[..., None], places - here, 0).astype(np.float32)
    seen = within & same & (sky | (near <= _SAME_DEPTH * depth))
    return flow, seen & _rigid(frame, shot)


def _in_world(frame: FrameBuffers, at: int, shot: Shot) -> Float[Array, "n 3"]:
    """Return where a frame's surface points are in the world at another frame (n 3) [m]."""
    solid = frame.body_index > 0
    k = frame.body_index[solid] - 1
    motion = shot.trajectory
    rotations = rotation_from_wxyz(motion.wxyz[at])[k]
    turned = np.einsum("nij,nj->ni", rotations, frame.body_point[solid].astype(np.float64))
    return np.asarray(turned + motion.positions[at, k])


def _rigid(frame: FrameBuffers, shot: Shot) -> Bool[Array, "h w"]:
    soft = [shot.stage.body_ids.index(body) + 1 for body in shot.trajectory.deform]
    return ~np.isin(frame.body_index, soft)
