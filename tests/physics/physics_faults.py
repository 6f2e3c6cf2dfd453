"""Faults, planted into a motion that was honest: each is as small as its size says."""

from dataclasses import replace

import numpy as np

from physics.trajectory import Contacts


def changed(motion, **arrays):
    return replace(motion, **arrays)


def moved(motion, body_id, offset, frames=slice(None)):
    """A body elsewhere, in some frames; velocities are left as they were."""
    positions = motion.positions.copy()
    positions[frames, motion.index(body_id)] += offset
    return replace(motion, positions=positions)


def without_touches(motion, body_id, since=0.0):
    """The same motion, but nothing is told of what touches a body."""
    c, k = motion.contacts, motion.index(body_id)
    kept = ~(((c.a == k) | (c.b == k)) & (c.time >= since))
    return replace(motion, contacts=_rows(c, kept))


def _rows(c, kept):
    return Contacts(time=c.time[kept], a=c.a[kept], b=c.b[kept], point=c.point[kept],
                    normal=c.normal[kept], impulse=c.impulse[kept])  # fmt: skip


def floating(motion, body_id, size):
    """It rests, or moves, higher than what it touches."""
    return moved(motion, body_id, [0, 0, size])


def sunk(motion, body_id, size):
    """It rests, or moves, inside of what it touches."""
    return moved(motion, body_id, [0, 0, -size])


def teleporting(motion, body_id, size, frame):
    """It jumps sideways once, and stays there."""
    return moved(motion, body_id, [0, size, 0], slice(frame, None))


def blinking(motion, body_id, size, frame):
    """It is gone for so many frames."""
    present = motion.present.copy()
    present[frame : frame + int(size), motion.index(body_id)] = False
    return replace(motion, present=present)


def gaining(motion, body_id, size, frame):
    """From a frame on it moves faster by this share, and its positions follow."""
    k, positions = motion.index(body_id), motion.positions.copy()
    linear = motion.linear_velocities.copy()
    start = positions[frame, k]
    positions[frame:, k] = start + (positions[frame:, k] - start) * (1 + size)
    linear[frame:, k] *= 1 + size
    return replace(motion, positions=positions, linear_velocities=linear)


def drifting(motion, body_id, size, frame):
    """From a frame on it has this much more of velocity [m/s], and its positions follow."""
    k, positions = motion.index(body_id), motion.positions.copy()
    linear = motion.linear_velocities.copy()
    linear[frame:, k, 1] += size
    positions[frame:, k, 1] += size * (motion.times[frame:] - motion.times[frame])
    return replace(motion, positions=positions, linear_velocities=linear)


def with_gravity(motion, body_id, g, frames):
    """In these frames it falls with another gravity; positions and velocities agree."""
    k, positions = motion.index(body_id), motion.positions.copy()
    linear = motion.linear_velocities.copy()
    chosen = slice(frames[0], frames[1] + 1)
    t = motion.times[chosen] - motion.times[frames[0]]
    positions[chosen, k, 2] += (9.81 - g) * t**2 / 2
    linear[chosen, k, 2] += (9.81 - g) * t
    return replace(motion, positions=positions, linear_velocities=linear)


def frozen(motion, body_id, frames, frame):
    """It stands still in the air for so many frames, then goes on from there."""
    k = motion.index(body_id)
    arrays = {}
    for name in ("positions", "wxyz", "linear_velocities", "angular_velocities"):
        values = getattr(motion, name).copy()
        late = values[frame:-frames, k].copy()
        values[frame : frame + frames, k] = values[frame, k]
        values[frame + frames :, k] = late
        if name.endswith("velocities"):
            values[frame : frame + frames, k] = 0
        arrays[name] = values
    c = motion.contacts
    mine = (c.a == k) | (c.b == k)
    later = mine & (c.time > motion.times[frame])
    time = np.where(later, c.time + motion.times[frames], c.time)
    order = np.argsort(time, kind="stable")
    order = order[time[order] <= motion.times[-1]]
    contacts = Contacts(time=time[order], a=c.a[order], b=c.b[order], point=c.point[order],
                        normal=c.normal[order], impulse=c.impulse[order])  # fmt: skip
    return replace(motion, contacts=contacts, **arrays)


def turned(motion, body_id, degrees, frame):
    """It is turned about the vertical at one frame, and stays so."""
    from scene_builder.model.pose import multiply_wxyz

    half = np.deg2rad(degrees) / 2
    k, wxyz = motion.index(body_id), motion.wxyz.copy()
    turn = np.array([np.cos(half), 0, 0, np.sin(half)])
    wxyz[frame:, k] = multiply_wxyz(np.tile(turn, (len(wxyz) - frame, 1)), wxyz[frame:, k])
    return replace(motion, wxyz=wxyz)
