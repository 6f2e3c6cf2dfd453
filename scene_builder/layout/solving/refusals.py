"""Why a unit may not stand somewhere, and what to blame when it may stand nowhere."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from scene_builder.layout.solving.arrangement import Arrangement, unit_poses
from scene_builder.layout.solving.surfaces import Surface, stands_on
from scene_builder.layout.solving.units import Unit
from scene_builder.layout.ties import Tie
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose


class NoPlaceError(LayoutError):
    """One arrangement led nowhere; the next may do better.

    Attributes:
        names: Ids of what found no place.
        blame: How often each relation stood in the way.
    """

    def __init__(
        self, message: str, *, names: tuple[str, ...] = (), blame: Counter[Tie] | None = None
    ) -> None:
        super().__init__(message)
        self.names = names
        self.blame: Counter[Tie] = blame or Counter()


@dataclass(slots=True)
class Refusals:
    """What was refused for one unit, and how often."""

    reasons: Counter[str] = field(default_factory=Counter)
    ties: Counter[Tie] = field(default_factory=Counter)

    def poses_at(
        self,
        unit: Unit,
        at: tuple[float, float, float],
        level: float,
        surface: Surface,
        state: Arrangement,
    ) -> dict[str, Pose] | None:
        """Return the poses of a unit at (x, y, yaw) [m, rad], or None, and note why not.

        Args:
            unit: What is placed.
            at: Where its origin would be, and its turn.
            level: Height of its origin [m].
            surface: What carries it.
            state: What stands already.
        """
        reason = _outside(unit, at, surface, state)
        if reason:
            self.reasons[reason] += 1
            return None
        poses = unit_poses(unit, at[0], at[1], level, at[2])
        blocker = state.clash(poses)
        if blocker is not None:
            self.reasons[f"{blocker} is in the way"] += 1
            return None
        tie = state.broken(poses, firm=True)
        if tie is not None:
            self.ties[tie] += 1
            self.reasons[f"'{tie}' would not hold"] += 1
            return None
        return poses

    def no_place(self, unit: Unit, where: str) -> NoPlaceError:
        """Return the error that says that a unit finds no place, and the commonest reason."""
        common = self.reasons.most_common(1)
        why = f" ({common[0][0]})" if common else ""
        return NoPlaceError(
            f"{unit.ids[0]} finds no place on {where}{why}", names=unit.ids, blame=self.ties
        )


def _outside(
    unit: Unit, at: tuple[float, float, float], surface: Surface, state: Arrangement
) -> str:
    """Return that a unit would leave the room, or its support's area, or nothing."""
    outline = unit.footprint(*at)
    if surface.area is None:
        corners = outline.corners
        if (corners < np.array(state.room.low) - 1e-6).any() or (
            corners > np.array(state.room.high) + 1e-6
        ).any():
            return "there is no more room"
    elif not stands_on(unit, outline, surface, spot=at[:2]):
        return "it would stand over the edge"
    return ""
