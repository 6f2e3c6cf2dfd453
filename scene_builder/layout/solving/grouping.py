"""Which things are placed as one."""

from collections.abc import Iterator, Mapping, Sequence

from scene_builder.layout.cues import Cue
from scene_builder.layout.forest import stacks_of
from scene_builder.layout.items import Item
from scene_builder.layout.solving.units import (
    Unit,
    circle,
    circle_radius,
    cluster,
    row,
    single,
    stack,
)
from scene_builder.layout.ties import Tie

STACK_TURN_DEG = 7.0
"""Largest turn of a stacked thing against the one below."""


def units_of(
    members: Sequence[str], items: Mapping[str, Item], ties: Sequence[Tie], cues: Sequence[Cue]
) -> list[Unit]:
    """Return the units that the things standing on one surface form.

    Args:
        members: Ids of what stands on the surface itself.
        items: All items.
        ties: All relations.
        cues: All cues.
    """
    left = dict.fromkeys(members)
    units: list[Unit] = []
    for names, unit in _groups(items, ties, cues):
        anchors = names[:1] if unit.ids[0] == names[0] and _is_pile(names, ties) else names
        if all(name in left for name in anchors):
            units.append(unit)
            for name in names:
                left.pop(name, None)
    for cue in cues:
        names = tuple(name for name in cue.targets if name in left)
        if len(names) > 1:
            group = [items[name] for name in names]
            hit = float(items[cue.actor].extents[:2].min())
            units.append(cluster(group, heading_deg=cue.heading_deg, hitter=hit, gate=cue.gate))
            for name in names:
                left.pop(name)
    units.extend(single(items[name]) for name in left)
    return units


def _groups(
    items: Mapping[str, Item], ties: Sequence[Tie], cues: Sequence[Cue]
) -> Iterator[tuple[tuple[str, ...], Unit]]:
    for pile in stacks_of(ties):
        yield pile, stack([items[name] for name in pile], turn_deg=STACK_TURN_DEG)
    for names in _rows(ties):
        yield names, row([items[name] for name in names], along_deg=_heading(names, cues))
    for center, names in _circles(ties):
        if center in items:
            ring = [items[name] for name in names]
            radius = circle_radius(items[center], ring)
            yield (center, *names), circle(items[center], ring, radius=radius)


def _is_pile(names: tuple[str, ...], ties: Sequence[Tie]) -> bool:
    return names in stacks_of(ties)


def _rows(ties: Sequence[Tie]) -> list[tuple[str, ...]]:
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for tie in ties:
        if tie.predicate == "in_row":
            names = (tie.subject, *tie.objects)
            found.setdefault(frozenset(names), names)
    return list(found.values())


def _circles(ties: Sequence[Tie]) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for tie in ties:
        if tie.predicate == "around" and len(tie.objects) == 1:
            found.setdefault(tie.objects[0], []).append(tie.subject)
    return [(center, tuple(names)) for center, names in found.items() if len(names) > 1]


def _heading(names: Sequence[str], cues: Sequence[Cue]) -> float:
    for cue in cues:
        if any(name in cue.targets for name in names):
            return cue.heading_deg
    return 0.0
