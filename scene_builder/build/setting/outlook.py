"""Where things will be in the picture: enough to keep what is behind clear of the event."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Placed
from scene_builder.model.arrays import Array

AZIMUTHS_DEG = (-6.0, 6.0)
"""From these sides a camera usually looks."""

ELEVATION_DEG = 14.0

HALF_WIDTH, HALF_HEIGHT = 0.34, 0.19
"""What a camera keeps in its picture spans so much of it to each side, at unit distance."""

NEAREST_M = 0.3

BESIDE_EYE_M = 0.05
"""What is nearer to the eye, or behind it, counts as so far away [m]."""

AIR_SHARE = 0.03
"""Free space that the event needs around itself, as a share of its width."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlook:
    """Cameras as they will probably stand, and the event in their pictures.

    Attributes:
        eyes: Where they stand (n 3) [m].
        axes: Their right, up and forward directions (n 3 3), in rows.
        event: The event's box in each picture (n 4): left, bottom, right, top, at unit distance.
    """

    eyes: Float[Array, "n 3"]
    axes: Float[Array, "n 3 3"]
    event: Float[Array, "n 4"]

    def keeps_clear(self, thing: Placed) -> bool:
        """Return whether a thing is beside or above the event in every picture."""
        for eye, turn, event in zip(self.eyes, self.axes, self.event, strict=True):
            air = AIR_SHARE * float(event[2] - event[0])
            box = _box(eye, turn, thing.low, thing.high)
            gap = np.maximum(event[:2] - box[2:], box[:2] - event[2:])
            if float(gap.max()) < air:
                return False
        return True


def outlook_on(things: Sequence[Placed]) -> Outlook:
    """Return the outlook on the things that an event is about."""
    low = np.min([one.low for one in things], axis=0)
    high = np.max([one.high for one in things], axis=0)
    half = (high - low) / 2
    away = max(float(half[0]) / HALF_WIDTH, float(half[2]) / HALF_HEIGHT, NEAREST_M)
    axes = np.stack([_axes(azimuth) for azimuth in AZIMUTHS_DEG])
    eyes = (low + high) / 2 - (away + float(half[1])) * axes[:, 2]
    boxes = [_box(eye, turn, low, high) for eye, turn in zip(eyes, axes, strict=True)]
    return Outlook(eyes=eyes, axes=axes, event=np.stack(boxes))


def _axes(azimuth_deg: float) -> Float[Array, "3 3"]:
    a, e = np.deg2rad(azimuth_deg), np.deg2rad(ELEVATION_DEG)
    forward = np.array([-np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), -np.sin(e)])
    right = np.array([np.cos(a), np.sin(a), 0.0])
    return np.stack([right, np.cross(right, forward), forward])


def _box(
    eye: Float[Array, "3"],
    axes: Float[Array, "3 3"],
    low: Float[Array, "3"],
    high: Float[Array, "3"],
) -> Float[Array, "4"]:
    """Return a box's outline in a picture (4): left, bottom, right, top, at unit distance."""
    pick = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.bool_)
    corners = (np.where(pick, high, low) - eye) @ axes.T
    places = corners[:, :2] / np.maximum(corners[:, 2:], BESIDE_EYE_M)
    return np.concatenate([places.min(axis=0), places.max(axis=0)])
