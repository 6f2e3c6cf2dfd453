"""Whether something opens or closes: how far its parts turn on it."""

import numpy as np

from physics.observe.hinging import ways_of
from physics.observe.view import View
from scene_builder.model.stage import Joint

__all__ = ["closing", "opening", "ways_of"]

OPEN_RAD = np.deg2rad(60.0)
"""What is open by this angle is open, or nearly as far as it can."""

NEARLY = 0.85
"""So much of the way that a joint leaves is nearly as far as it can."""

SHUT_SHARE = 0.08
"""What is open by less than this share of its way is shut."""


def opening(view: View, body: str, start: int) -> tuple[bool, str]:
    """Return whether any part of a body opens from a frame on, and the measure that says so."""
    told = []
    for joint in _hinges(view, body):
        way = ways_of(view, joint)
        opened = float(way[-1]) >= _enough(joint) > float(way[start])
        told.append((opened, f"opens from {_said(joint, way[start])} to {_said(joint, way[-1])}"))
    return max(told, default=(False, "has nothing that could open"))


def closing(view: View, body: str, start: int) -> tuple[bool, str]:
    """Return whether every part of a body that was open is shut at the end."""
    told = []
    for joint in _hinges(view, body):
        way = ways_of(view, joint)
        shut = SHUT_SHARE * float(joint.upper or 0.0)
        closed = abs(float(way[-1])) <= shut < float(np.abs(way[start:]).max())
        told.append((closed, f"closes from {_said(joint, way[start])} to {_said(joint, way[-1])}"))
    return min(told, default=(False, "has nothing that could close"))


def _hinges(view: View, body: str) -> list[Joint]:
    return [j for j in view.stage.joints if j.parent == body and j.upper is not None]


def _enough(joint: Joint) -> float:
    most = NEARLY * float(joint.upper or 0.0)
    return most if joint.kind == "slider" else float(min(OPEN_RAD, most))


def _said(joint: Joint, way: float) -> str:
    return f"{way * 100:.0f} cm" if joint.kind == "slider" else f"{np.rad2deg(way):.0f}°"
