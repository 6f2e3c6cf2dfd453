"""Touches as rows of plain numbers."""

import math
from array import array
from collections.abc import Sequence
from typing import final

import numpy as np

from physics.stepping.records import Numbers, Touch, Touches
from physics.trajectory import Contacts

Row = tuple[float, int, int, Numbers, Numbers, float]
"""When, which two, where, along which normal, how much."""


@final
class Book:
    """Rows of touches in plain arrays: as objects, a film's would keep the collector busy."""

    def __init__(self) -> None:
        self._pairs = array("i")
        self._numbers = array("d")

    def merge(self, time: float, touches: Touches) -> None:
        """Write one row for each pair: impulses add up, and weigh points and normals."""
        pairs, numbers = self._pairs, self._numbers
        for pair, group in touches.by_pair.items():
            point, normal, impulse = weighed(group)
            pairs.extend(pair)
            numbers.extend((time, *point, *normal, impulse))

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows as they are."""
        for time, a, b, (x, y, z), (u, v, w), impulse in rows:
            self._pairs.extend((a, b))
            self._numbers.extend((time, x, y, z, u, v, w, impulse))

    def contacts(self) -> Contacts:
        """Return all that was written."""
        if not self._pairs:
            return Contacts()
        pairs = np.array(self._pairs, np.int32).reshape(-1, 2)
        numbers = np.array(self._numbers, np.float64).reshape(-1, 8)
        return Contacts(
            time=numbers[:, 0],
            a=pairs[:, 0],
            b=pairs[:, 1],
            point=numbers[:, 1:4],
            normal=numbers[:, 4:7],
            impulse=numbers[:, 7],
        )


def summed(touches: Sequence[tuple[float, Touch]]) -> list[Row]:
    """One row for each pair over several steps, with the vector sum of its impulses.

    Its moment is the impulses' mean one, so that it moves both bodies as far as they all did.
    """
    pairs: dict[tuple[int, int], list[tuple[float, Touch]]] = {}
    for secs, touch in touches:
        pairs.setdefault((touch.a, touch.b), []).append((secs, touch))
    rows = []
    for (a, b), group in pairs.items():
        point, normal, total = weighed([touch for _, touch in group])
        mean = sum(secs * touch.impulse for secs, touch in group) / total
        ways = (sum(t.impulse * t.normal[k] for _, t in group) for k in range(3))
        rows.append((mean, a, b, point, normal, math.sqrt(sum(way * way for way in ways))))
    return sorted(rows, key=lambda row: row[0])


def weighed(group: Sequence[Touch]) -> tuple[Numbers, Numbers, float]:
    """Point, unit normal and sum of the impulses of a pair's touches, in plain numbers."""
    if len(group) == 1:
        return group[0].point, group[0].normal, group[0].impulse
    total = x = y = z = u = v = w = 0.0
    for _, _, (px, py, pz), (nx, ny, nz), _, impulse in group:
        total += impulse
        x, y, z = x + impulse * px, y + impulse * py, z + impulse * pz
        u, v, w = u + impulse * nx, v + impulse * ny, w + impulse * nz
    length = math.sqrt(u * u + v * v + w * w)
    normal = (u / length, v / length, w / length) if length > 0 else group[0].normal
    return (x / total, y / total, z / total), normal, total
