"""Typed, timed actions in SI units: all that moves bodies besides the laws."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from scene_builder.model.actions.path import TimedPath
from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.words import ActionKind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StageAction:
    """A typed, timed action in SI units.

    Attributes:
        kind: `set_velocity` replaces the velocities at `start_secs`; `apply_force`, `apply_torque`
            act for `duration_secs`; `drive_joint` moves `joint` at `linear[0]`; `burst` breaks a
            body: pieces fly apart at `linear[0]`; `follow_path` leads a body along `path`, whatever
            it meets, and holds it at the end; `attach` welds it to `other` as both stand then
            (one that lasts: at their first touch within that time);
            `release` lets a body go that kept its pose, was led, or was attached.
        body: Body id.
        start_secs: When it begins [s].
        duration_secs: How long it lasts [s]; 0 for an instant.
        linear: Velocity of the centre of mass [m/s], or force on it [N] (3), in the world.
        angular: Angular velocity [rad/s], or torque [N·m] (3), in the world.
        joint: Joint id, for `drive_joint`.
        verb: The graph's verb that it serves.
        other: Id of the body that it is attached to, for `attach`.
        path: The way, for `follow_path`. A body that is elsewhere by then keeps its distance.

    Raises:
        ValueError: If a path or another body is given to another kind, or is missing.
    """

    kind: ActionKind
    body: str
    start_secs: float = 0.0
    duration_secs: float = 0.0
    linear: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    angular: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    joint: str | None = None
    verb: str = "stay"
    other: str | None = None
    path: TimedPath | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "linear", np.float64, (3,))
        set_read_only(self, "angular", np.float64, (3,))
        if (self.kind == "follow_path") != (self.path is not None):
            raise ValueError("a path is given exactly when the kind is 'follow_path'")
        if (self.kind == "attach") != (self.other is not None):
            raise ValueError("another body is given exactly when the kind is 'attach'")


def led(body: str, start_secs: float, path: TimedPath, verb: str) -> StageAction:
    """Return the action that leads a body along a path from `start_secs` [s] on."""
    return StageAction(
        kind="follow_path", body=body, start_secs=start_secs, duration_secs=path.secs, path=path,
        verb=verb,
    )  # fmt: skip


def end_of(action: StageAction, actions: "tuple[StageAction, ...]") -> float:
    """Return until when an action has a hold of its body [s].

    What is led or attached is held until the next release of that body, if any.
    """
    if action.kind not in ("follow_path", "attach"):
        return action.start_secs + action.duration_secs
    freed = [
        one.start_secs
        for one in actions
        if one.kind == "release" and one.body == action.body and one.start_secs >= action.start_secs
    ]
    return min(freed, default=float("inf"))
