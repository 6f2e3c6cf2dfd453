"""The graph's relations, said of individuals."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scene_builder.model.errors import RelationError
from scene_builder.model.graph import Relation, SceneGraph
from scene_builder.model.words import Predicate

GROUP_PREDICATES = frozenset({"stacked", "in_row"})
"""Relations that hold among the individuals of a group."""

ORDERED = {
    "left_of": (0, 1), "right_of": (0, -1), "in_front_of": (1, 1), "behind": (1, -1),
    "under": (2, 1), "above": (2, -1), "on": (2, -1),
}  # fmt: skip
"""Relations that put two things in an order: (axis, +1 if the subject comes first)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One relation between individuals.

    Attributes:
        subject: Body id.
        predicate: The graph's predicate.
        objects: Body ids or reserved ids; the other individuals for group predicates.
    """

    subject: str
    predicate: Predicate
    objects: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {' and '.join(self.objects)}".strip()


def ties_of(graph: SceneGraph) -> tuple[Tie, ...]:
    """Return the relations of a graph, individual by individual.

    Raises:
        RelationError: If a thing relates to itself, or an order runs in a circle.
    """
    ties = tuple(tie for relation in graph.relations for tie in _expand(graph, relation))
    unique = tuple(dict.fromkeys(ties))
    _refuse_circles(unique)
    return unique


def _expand(graph: SceneGraph, relation: Relation) -> Iterator[Tie]:
    subjects = graph.body_ids(relation.subject)
    objects = tuple(one for ref in relation.object for one in graph.body_ids(ref))
    predicate = relation.predicate
    if predicate in GROUP_PREDICATES:
        yield from _group(subjects, predicate, objects)
        return
    if set(subjects) == set(objects) and len(subjects) > 1 and predicate == "on":
        yield from _group(subjects, "stacked", ())
        return
    for k, subject in enumerate(subjects):
        others = tuple(one for one in objects if one != subject)
        if not others:
            raise RelationError(
                f"{subject} cannot be {predicate} itself: relate it to another thing"
                if objects
                else f"relation {subject} {predicate} names no object: name what it relates to"
            )
        if predicate in ("on", "inside", "hanging_from") and len(others) > 1:
            others = (others[k % len(others)],)
        yield Tie(subject=subject, predicate=predicate, objects=others)


def _group(
    subjects: tuple[str, ...], predicate: Predicate, objects: tuple[str, ...]
) -> Iterator[Tie]:
    members = tuple(dict.fromkeys([*subjects]))
    base = tuple(one for one in objects if one not in members)
    if predicate == "stacked" and len(members) == 1 and base:
        yield Tie(subject=members[0], predicate="on", objects=base)
        return
    for member in members:
        others = tuple(one for one in members if one != member)
        if others:
            yield Tie(subject=member, predicate=predicate, objects=others)
        if base:
            meaning: Predicate = "on" if predicate == "stacked" else "near"
            yield Tie(subject=member, predicate=meaning, objects=base)


def _refuse_circles(ties: tuple[Tie, ...]) -> None:
    for axis in range(3):
        after: dict[str, dict[str, Tie]] = defaultdict(dict)
        for tie in ties:
            order = ORDERED.get(tie.predicate)
            if order is None or order[0] != axis:
                continue
            for one in tie.objects:
                first, second = (tie.subject, one) if order[1] > 0 else (one, tie.subject)
                after[first][second] = tie
        _refuse_circle(after)


def _refuse_circle(after: dict[str, dict[str, Tie]]) -> None:
    done: set[str] = set()
    for start in list(after):
        path: list[str] = []
        _walk(start, after, path, done)


def _walk(name: str, after: dict[str, dict[str, Tie]], path: list[str], done: set[str]) -> None:
    if name in path:
        circle = [*path[path.index(name) :], name]
        said = list(dict.fromkeys(str(after[a][b]) for a, b in pairwise(circle)))
        raise RelationError(f"these relations contradict each other: {'; '.join(said)}: drop one")
    if name in done:
        return
    path.append(name)
    for other in after.get(name, {}):
        _walk(other, after, path, done)
    path.pop()
    done.add(name)
