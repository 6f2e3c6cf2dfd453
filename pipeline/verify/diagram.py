"""The scene graph as a picture: things are nodes, what is said of two of them are arcs."""

import math
from html import escape

from scene_builder.model.graph import SceneGraph, canonical_id

WIDTH = 720
_NODE_HEIGHT, _STEP, _MARGIN, _LANE, _ROW = 34, 8, 12, 26, 18
_CHARACTER = 7.4
"""Mean width of a character of the label's font [px]."""


def diagram_svg(graph: SceneGraph) -> str:
    """Return an SVG that inherits the page's colours."""
    labels = {e.id: (f"{e.count} × {e.noun}" if e.count > 1 else e.noun) for e in graph.entities}
    edges = [edge for edge in _edges(graph) if edge[1] != edge[2]]
    alone = [edge for edge in _edges(graph) if edge[1] == edge[2]]
    for _, source, target, _ in edges:
        for name in (source, target):
            labels.setdefault(name, name)
    places = _places(labels)
    lanes = [_lane(edges[:k], edge, places) for k, edge in enumerate(edges)]
    top = _MARGIN + _LANE * (max(lanes, default=0) + 1)
    below = {name: [edge for edge in alone if edge[1] == name] for name in labels}
    rows = max((len(said) for said in below.values()), default=0)
    height = top + _NODE_HEIGHT + _MARGIN + _ROW * rows
    width = max(WIDTH, max(x + w for x, w in places.values()) + _MARGIN)
    parts = [_arc(edge, lane, places, top) for edge, lane in zip(edges, lanes, strict=True)]
    parts += [_node(labels[name], x, w, top) for name, (x, w) in places.items()]
    parts += [
        _remark(edge, k, places[name], top) for name in labels for k, edge in enumerate(below[name])
    ]
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="scene graph">'
        f"{''.join(parts)}</svg>"
    )


Edge = tuple[str, str, str, str]
"""Kind, source, target, label."""


def _edges(graph: SceneGraph) -> list[Edge]:
    edges: list[Edge] = []
    for relation in graph.relations:
        for ref in relation.object:
            label = relation.predicate.replace("_", " ")
            edges.append(("relation", _name(relation.subject), _name(ref), label))
    for action in graph.actions:
        target = _name(action.target or action.actor)
        edges.append(("action", _name(action.actor), target, action.verb))
    for outcome in graph.outcomes:
        target = _name(outcome.object or outcome.subject)
        label = ("not " if outcome.negated else "") + outcome.predicate.replace("_", " ")
        edges.append(("outcome", _name(outcome.subject), target, label))
    return edges


def _name(ref: str) -> str:
    return canonical_id(ref)


def _places(labels: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Return left edge and width of each node, in a row."""
    widths = {name: max(60.0, _CHARACTER * len(label) + 24) for name, label in labels.items()}
    free = WIDTH - 2 * _MARGIN - sum(widths.values())
    gap = max(40.0, free / max(1, len(widths) - 1)) if len(widths) > 1 else 0.0
    places, x = {}, float(_MARGIN)
    for name, width in widths.items():
        places[name] = (x, width)
        x += width + gap
    return places


def _span(edge: Edge, places: dict[str, tuple[float, float]]) -> tuple[float, float]:
    middle = [places[name][0] + places[name][1] / 2 for name in edge[1:3]]
    half = _CHARACTER * len(edge[3]) / 2 + _STEP
    center = sum(middle) / 2
    return min(*middle, center - half), max(*middle, center + half)


def _lane(earlier: list[Edge], edge: Edge, places: dict[str, tuple[float, float]]) -> int:
    """Return how many earlier arcs lie where this one wants to be."""
    low, high = _span(edge, places)
    spans = [_span(other, places) for other in earlier]
    return sum(low < other_high and other_low < high for other_low, other_high in spans)


def _arc(edge: Edge, lane: int, places: dict[str, tuple[float, float]], top: float) -> str:
    kind, source, target, label = edge
    (x0, w0), (x1, w1) = places[source], places[target]
    start, end = x0 + w0 / 2, x1 + w1 / 2
    y = top - _LANE * (lane + 0.6)
    path = (
        f"M{start:.1f} {top:.1f}V{y + 6:.1f}Q{start:.1f} {y:.1f} {_towards(start, end):.1f} {y:.1f}"
    )
    path += f"H{_towards(end, start):.1f}Q{end:.1f} {y:.1f} {end:.1f} {y + 6:.1f}V{top - 5:.1f}"
    head = f"M{end - 4:.1f} {top - 7:.1f}L{end:.1f} {top - 1:.1f}L{end + 4:.1f} {top - 7:.1f}Z"
    half = _CHARACTER * len(label) / 2 + 4
    center = (start + end) / 2
    return (
        f'<g class="{kind}"><path class="line" d="{path}"/><path class="head" d="{head}"/>'
        f'<rect x="{center - half:.1f}" y="{y - 9:.1f}" width="{2 * half:.1f}" height="18" rx="9"/>'
        f'<text x="{center:.1f}" y="{y + 4:.1f}">{escape(label)}</text></g>'
    )


def _remark(edge: Edge, row: int, place: tuple[float, float], top: float) -> str:
    """Write under a node what is said of it alone."""
    x, y = place[0] + place[1] / 2, top + _NODE_HEIGHT + _ROW * (row + 0.9)
    return f'<g class="{edge[0]}"><text x="{x:.1f}" y="{y:.1f}">{escape(edge[3])}</text></g>'


def _towards(here: float, there: float) -> float:
    return here + math.copysign(min(6.0, abs(there - here) / 2), there - here)


def _node(label: str, x: float, width: float, top: float) -> str:
    return (
        f'<g class="node"><rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" '
        f'height="{_NODE_HEIGHT}" rx="8"/><text x="{x + width / 2:.1f}" y="{top + 22:.1f}">'
        f"{escape(label)}</text></g>"
    )
