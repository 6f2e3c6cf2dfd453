"""Nothing vanishes, and nothing leaves the world."""

from collections.abc import Iterator

import numpy as np

from physics.certifying.check import Check
from physics.observe.view import View
from scene_builder.model.stage import Body

FAR_M = 1000.0
"""What is further away than this from where it began has left the world [m]."""

SUNK_SHARE = 0.5
"""What lies below the ground by this share of its size has fallen through it."""


def check_permanence(view: View) -> Iterator[Check]:
    """Check that what is there stays there; what breaks makes way for its pieces."""
    present = view.trajectory.present
    for body in view.stage.bodies:
        here = present[:, view.trajectory.index(body.id)].astype(int)
        gone = np.flatnonzero(np.diff(here) < 0)
        frames = [int(k) + 1 for k in gone if not _breaks(view, body, int(k))]
        # A piece that never breaks off is there, inside of its whole.
        missing = not here.any() and body.piece_of is None
        text = f"{body.id} is there from first to last"
        if missing:
            text = f"{body.id} is on the stage and never in the film"
        elif frames:
            text = f"{body.id} vanishes at {view.times[frames[0]]:.2f} s"
        elif len(gone):
            text = f"{body.id} breaks at {view.times[gone[0] + 1]:.2f} s"
        yield Check(
            law="permanence", subject=body.id, measured=float(len(frames) + missing), limit=0.5,
            unit="1", text=text, frame=frames[0] if frames else None,
        )  # fmt: skip


def _breaks(view: View, body: Body, frame: int) -> bool:
    """Whether a body makes way for all of its pieces after that frame."""
    appear = np.diff(view.trajectory.present.astype(int), axis=0)[frame] > 0
    pieces = [view.trajectory.index(b.id) for b in view.stage.bodies if b.piece_of == body.id]
    return bool(pieces) and bool(appear[pieces].all())


def check_bounds(view: View) -> Iterator[Check]:
    """Check that every body stays in the world and above its ground."""
    grounds = [
        other.id
        for other in view.stage.bodies
        if other.collider.shape == "plane" and other.mobility == "static"
    ]
    for body in view.stage.bodies:
        if body.mobility == "static":
            continue
        center = view.center(body.id)
        away = float(np.linalg.norm(center - center[0], axis=1).max())
        sunk, size = 0.0, view.size(body.id)
        for ground in grounds:
            sunk = max(sunk, -float(view.inside(ground, center)[:, 2].min()))
        share = max(away / FAR_M, sunk / (SUNK_SHARE * size))
        text = f"{body.id} stays within {away:.2f} m of where it began"
        if sunk / (SUNK_SHARE * size) > 1:
            text = f"{body.id} is {sunk:.2f} m below the ground"
        yield Check(
            law="bounds", subject=body.id, measured=share, limit=1.0, unit="1", text=text,
        )  # fmt: skip
