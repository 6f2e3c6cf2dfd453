"""What the camera has to show of a graph, at the start and later, and from what height."""

from collections.abc import Mapping, Sequence

from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import View
from scene_builder.model.words import Angle

HEIGHTS_DEG: Mapping[Angle, Sequence[float]] = {
    "eye_level": (9.0, 5.0, 13.0), "high": (32.0, 40.0), "low": (3.0, 0.0), "top": (80.0,),
}  # fmt: skip
"""Heights of the camera [deg], by what the words call its angle."""


def view_of(graph: SceneGraph) -> View:
    """Return the view that shows what a graph says."""
    subjects, carrying = subjects_of(graph), _carrying(graph)
    return View(
        azimuth_deg=0.0,
        cues=graph.camera,
        subjects=subjects,
        shown=tuple(n for n in shown_of(graph) if n not in subjects and n not in carrying),
        actors=_bodies(graph, [action.actor for action in graph.actions]),
    )


def subjects_of(graph: SceneGraph) -> tuple[str, ...]:
    """Return the bodies that have to be seen, in order; all bodies if nothing acts.

    They are those that actions and outcomes name, and those that relations compare in the
    picture (beside, between, inside, …); what merely carries something may be cut.
    """
    refs = [ref for action in graph.actions for ref in (action.actor, action.target) if ref]
    refs += [ref for outcome in graph.outcomes for ref in (outcome.subject, outcome.object) if ref]
    if refs:
        shown = [rel for rel in graph.relations if rel.predicate not in _CARRIED]
        refs += [ref for relation in shown for ref in (relation.subject, *relation.object)]
    refs = refs or [entity.id for entity in graph.entities]
    return _bodies(graph, refs)


_CARRIED = frozenset({"on", "stacked", "in_row", "attached_to", "hanging_from", "against"})


def _carrying(graph: SceneGraph) -> frozenset[str]:
    """Return the bodies that something is said to be on or against: the picture may cut them."""
    carried = [relation for relation in graph.relations if relation.predicate in _CARRIED]
    refs = [ref for relation in carried for ref in relation.object]
    return frozenset(_bodies(graph, refs))


def _bodies(graph: SceneGraph, refs: Sequence[str]) -> tuple[str, ...]:
    names = [name for ref in refs if graph.entity(ref) for name in graph.body_ids(ref)]
    return tuple(dict.fromkeys(names))


def shown_of(graph: SceneGraph) -> tuple[str, ...]:
    """Return the bodies that must not be hidden at the first frame.

    They are those that actions, outcomes and relations name; what lies inside of another thing is
    as visible as that lets it be.
    """
    inside = {
        name
        for relation in graph.relations
        if relation.predicate == "inside"
        for name in graph.body_ids(relation.subject)
    }
    named = _bodies(graph, [ref for _, ref in graph.references()])
    return tuple(name for name in named if name not in inside)


def heights_of(graph: SceneGraph) -> Sequence[float]:
    """Return the heights [deg] that the camera may have at the start; () where nothing is said."""
    first = min(graph.camera, key=lambda cue: cue.start_secs, default=None)
    return HEIGHTS_DEG.get(first.angle, ()) if first is not None and first.angle else ()
