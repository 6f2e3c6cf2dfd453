"""Who carries whom: every thing has one parent, and the ground carries all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scene_builder.layout.items import Item
from scene_builder.layout.ties import Tie
from scene_builder.model.errors import RelationError
from scene_builder.model.stage import GROUND_ID

ParentKind = Literal["on", "inside", "slope", "hanging", "wall", "leaning", "fixed"]

PARENTING: dict[str, ParentKind] = {
    "on": "on", "inside": "inside", "hanging_from": "hanging", "attached_to": "wall",
}  # fmt: skip

COMPANY = frozenset(
    {"left_of", "right_of", "in_front_of", "behind", "beside", "near", "between", "around"}
)
"""Relations by which a thing with no place of its own joins the other's support."""

ROOM_SHARE = 0.6
"""A thing joins a support only if it is smaller than this share of the support's width."""
CROWDED_SHARE = 0.8
"""And only if all on it then cover no more than this share of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What carries or holds a thing: `kind` says how.

    Attributes:
        kind: How.
        id: Body id, or a reserved id.
        against: What a leaning thing leans against.
    """

    kind: ParentKind
    id: str
    against: str = ""


def parents_of(
    items: Mapping[str, Item],
    ties: Sequence[Tie],
    company: Sequence[tuple[str, str]] = (),
    busy: Collection[str] = (),
) -> dict[str, Parent]:
    """Return what carries each item; `ground` where nothing else does.

    Args:
        items: By body id.
        ties: All relations.
        company: Pairs of ids that belong on one support where the relations leave it open.
        busy: Ids of what takes part in an event: it does not lean.

    Raises:
        RelationError: If something would have to be in two places, or carry itself.
    """
    said = _said(items, ties)
    _refuse_loops(said)
    _stack(items, ties, said)
    _join(items, ties, company, said)
    _lean(items, ties, busy, said)
    return {name: said.get(name, Parent(kind="on", id=GROUND_ID)) for name in items}


def _said(items: Mapping[str, Item], ties: Sequence[Tie]) -> dict[str, Parent]:
    wanted: dict[str, list[Parent]] = {}
    for tie in ties:
        kind = PARENTING.get(tie.predicate)
        if kind is None:
            continue
        wanted.setdefault(tie.subject, []).append(_parent(kind, tie, items))
    _stand_vessels(wanted)
    said: dict[str, Parent] = {}
    for name, choices in wanted.items():
        said[name] = choices[0]
        for other in choices[1:]:
            said[name] = _nearer(name, said[name], other, wanted)
    return said


def _stand_vessels(wanted: dict[str, list[Parent]]) -> None:
    """Let a vessel stand on what its contents are said to be on: roses in a vase, on a table."""
    for choices in list(wanted.values()):
        vessels = [one.id for one in choices if one.kind == "inside" and one.id not in wanted]
        below = [one for one in choices if one.kind == "on" and one.id not in vessels]
        if len(vessels) == 1 and below:
            wanted[vessels[0]] = below


def _parent(kind: ParentKind, tie: Tie, items: Mapping[str, Item]) -> Parent:
    carrier = tie.objects[0]
    if carrier == "wall":
        return Parent(kind="wall", id="wall")
    if carrier == "ceiling":
        return Parent(kind="hanging", id="ceiling")
    if carrier == "camera":
        raise RelationError(f"{tie}: nothing can be put on the camera; name another thing")
    if carrier == GROUND_ID:
        return Parent(kind="on", id=GROUND_ID)
    if kind == "on" and items[carrier].slope is not None:
        return Parent(kind="slope", id=carrier)
    if kind == "wall":
        return Parent(kind="fixed", id=carrier)
    return Parent(kind=kind, id=carrier)


def _nearer(name: str, a: Parent, b: Parent, wanted: Mapping[str, list[Parent]]) -> Parent:
    """Of two carriers keep the one that the other carries; `inside` beats `on` the same one."""
    if a.id == b.id:
        return a if a.kind == "inside" else b
    if _carries(b.id, a.id, wanted):
        return a
    if _carries(a.id, b.id, wanted):
        return b
    raise RelationError(
        f"{name} cannot be {a.kind} {a.id} and {b.kind} {b.id} at once: drop one of the relations"
    )


def _carries(lower: str, upper: str, wanted: Mapping[str, list[Parent]], depth: int = 0) -> bool:
    if lower == GROUND_ID:
        return True
    return depth < len(wanted) and any(
        parent.id == lower or _carries(lower, parent.id, wanted, depth + 1)
        for parent in wanted.get(upper, ())
    )


def _refuse_loops(said: Mapping[str, Parent]) -> None:
    for start in said:
        seen = [start]
        while (parent := said.get(seen[-1])) is not None:
            if parent.id in seen:
                raise RelationError(
                    f"{start} and {seen[-1]} would carry each other "
                    f"({start} {said[start].kind} {said[start].id}, "
                    f"{seen[-1]} {parent.kind} {parent.id}): drop one of the relations"
                )
            seen.append(parent.id)


def stacks_of(ties: Sequence[Tie]) -> list[tuple[str, ...]]:
    """Return the ids of each stack, lowest first."""
    piles = {
        tuple(sorted((tie.subject, *tie.objects), key=_number))
        for tie in ties
        if tie.predicate == "stacked"
    }
    return sorted(piles)


def _number(name: str) -> tuple[str, int]:
    entity, _, number = name.partition("#")
    return entity, int(number or 0)


def _stack(items: Mapping[str, Item], ties: Sequence[Tie], said: dict[str, Parent]) -> None:
    for pile in stacks_of(ties):
        for lower, upper in pairwise(pile):
            if upper in items:
                said[upper] = Parent(kind="on", id=lower)


def _join(
    items: Mapping[str, Item],
    ties: Sequence[Tie],
    company: Sequence[tuple[str, str]],
    said: dict[str, Parent],
) -> None:
    pairs = [
        (tie.subject, one) for tie in ties if tie.predicate in COMPANY for one in tie.objects
    ] + list(company)
    for _ in range(len(items)):
        changed = False
        for a, b in pairs:
            for newcomer, friend in ((a, b), (b, a)):
                parent = said.get(friend)
                if newcomer in said or newcomer not in items or parent is None:
                    continue
                others = [items[one] for one, its in said.items() if its == parent and one in items]
                if _fits_on(items[newcomer], parent, items, others):
                    said[newcomer] = parent
                    changed = True
        if not changed:
            return


def _lean(
    items: Mapping[str, Item],
    ties: Sequence[Tie],
    busy: Collection[str],
    said: dict[str, Parent],
) -> None:
    """Let what does not stand by itself lean on what it is said to be against.

    It stands on what carries that, if it is small enough; what carries something does not lean.
    """
    carrying = {parent.id for parent in said.values()}
    for tie in ties:
        name = tie.subject
        if tie.predicate != "against" or items[name].leaning is None:
            continue
        other = tie.objects[0]
        floor = said.get(name) or said.get(other)
        if name in busy or name in carrying or (other not in items and other != "wall"):
            continue
        if said.get(other, Parent(kind="on", id=GROUND_ID)).kind != "on":
            continue
        if floor is None or (name not in said and not _fits_on(items[name], floor, items)):
            floor = Parent(kind="on", id=GROUND_ID)
        if floor.kind == "on":
            said[name] = Parent(kind="leaning", id=floor.id, against=other)


def _fits_on(
    item: Item, parent: Parent, items: Mapping[str, Item], others: Sequence[Item] = ()
) -> bool:
    """Return whether a thing finds room on a support beside others: a pedestal is for one."""
    carrier = items.get(parent.id)
    if parent.kind != "on" or carrier is None or item.furniture or not carrier.furniture:
        return False
    taken = sum(float(one.extents[:2].prod()) for one in (*others, item))
    room = sum(float((2 * area.half_extents).prod()) for area in carrier.areas)
    narrow = item.breadth <= ROOM_SHARE * float(carrier.extents[:2].min())
    return narrow and taken <= CROWDED_SHARE * (room or float(carrier.extents[:2].prod()))
