"""Which way an action goes, as the words have it, or where they leave it open."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph
from scene_builder.model.words import Direction, Verb

HEADINGS: dict[Direction, float] = {
    "right": 0.0, "forward": 0.0, "away": 90.0, "left": 180.0, "backward": 180.0,
    "toward_camera": 270.0,
}  # fmt: skip
"""Directions on the level, counter-clockwise from +X [deg]."""

OPEN_HEADING_DEG = 26.0
"""Where no one says, things go to the right and a little away from the camera: what acts is seen
in front of what it acts upon, and a way that is seen from its end fills less of the picture."""

SIDES = {"left_of": 0.0, "right_of": 180.0, "in_front_of": 90.0, "behind": 270.0}
"""A thing that starts on this side of its target goes this way [deg]."""

_CROSSING = frozenset({"roll", "slide", "push", "kick", "run", "walk"})


def heading_said(
    graph: SceneGraph, actor: str, others: tuple[str, ...], direction: Direction | None
) -> float | None:
    """Return the way [deg] that the words give, by a direction or by who stands where; or None.

    Args:
        graph: What the words say.
        actor: Body id of who acts.
        others: What it goes to.
        direction: What is said of the action.
    """
    if direction in HEADINGS:
        return HEADINGS[direction]
    for relation in graph.relations:
        if relation.predicate not in SIDES:
            continue
        subjects = graph.body_ids(relation.subject)
        objects = [one for ref in relation.object for one in graph.body_ids(ref)]
        if actor in subjects and set(objects) & set(others):
            return SIDES[relation.predicate]
        if actor in objects and set(subjects) & set(others):
            return (SIDES[relation.predicate] + 180.0) % 360.0
    return None


def open_heading(verb: Verb, *, bound: bool) -> float:
    """Return the way [deg] of what is free to go anywhere.

    Args:
        verb: What it does.
        bound: It goes along the edges of what carries it, or past the front of something.
    """
    return 0.0 if bound or verb not in _CROSSING else OPEN_HEADING_DEG


def across_along(size: Float[Array, "2"], heading_deg: float) -> float:
    """Return how long a rectangle (2) [m] along the axes is along a heading [m]."""
    way = np.deg2rad(heading_deg)
    return float(abs(np.cos(way)) * size[0] + abs(np.sin(way)) * size[1])
