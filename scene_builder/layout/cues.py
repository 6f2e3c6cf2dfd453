"""What an action needs of the arrangement, so that it can happen at all."""

from dataclasses import dataclass
from typing import Literal

CueKind = Literal["run", "edge", "slope", "air", "above", "swing", "lift"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Where an actor has to be for its action.

    Attributes:
        kind: `run`: on the targets' surface, `distance` away from them. `edge`: on top of
            `support`, `distance` from the edge that it will pass, the targets standing below,
            `reach` from the edge. `slope`: at the top of `support`'s slope, the targets
            `distance` behind its foot. `air`: in the air, `distance` from the targets, at
            their height plus `height`. `above`: `height` over the targets. `swing`: hanging so
            that it touches the targets at its lowest point. `lift`: `height` over where it
            would stand.
        actor: Body id.
        targets: Body ids; together they are hit, missed, or landed on.
        heading_deg: Which way the action goes, counter-clockwise from +X.
        distance: Free way from the actor to the targets, or to the edge [m].
        reach: Free way from the edge to the targets [m].
        height: See `kind` [m].
        support: What the actor stands on, for `edge` and `slope`.
        gate: Each target has to be touched by the actor itself.
        clearance: Free way between the actor's course and the targets, which it passes on the
            camera's side [m]; 0 for a course that leads to them.
        carriers: Bodies that the actor hangs from, uppermost first, for `swing`.
    """

    kind: CueKind
    actor: str
    targets: tuple[str, ...] = ()
    heading_deg: float = 0.0
    distance: float = 0.0
    reach: float = 0.0
    height: float = 0.0
    support: str | None = None
    gate: bool = False
    clearance: float = 0.0
    carriers: tuple[str, ...] = ()
