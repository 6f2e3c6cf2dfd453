"""What the words leave open, as numbers that a search can turn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Freedom, Joint, Stage, StageAction

DialKind = Literal[
    "x", "y", "z", "yaw", "spread", "turn", "speed", "loft", "heading", "friction", "restitution",
    "delay",
]  # fmt: skip
PLACING: tuple[DialKind, ...] = ("x", "y", "z", "yaw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """One number that may be chosen.

    Attributes:
        kind: What it turns: a displacement [m], a yaw or heading [deg], a factor on distances or
            speeds (a loft: on the upward part), a turn of places about their middle [deg], a
            friction, a restitution, a delay [s].
        bodies: Whom; the first is the pivot of a yaw.
        low: Least value.
        high: Largest value.
        neutral: The value that leaves the stage as it is, inside of the interval.
    """

    kind: DialKind
    bodies: tuple[str, ...]
    low: float
    high: float
    neutral: float


def dials_of(stage: Stage) -> tuple[Dial, ...]:
    """Return every number that the stage's freedoms leave open."""
    groups: dict[str, list[Freedom]] = {}
    for freedom in stage.freedoms:
        groups.setdefault(freedom.group or f"#{freedom.body}", []).append(freedom)
    dials = [dial for members in groups.values() for dial in _placing(members)]
    dials += [dial for freedom in stage.freedoms for dial in _acting(freedom, stage)]
    dials += _rubbing(stage)
    dials += [
        _dial("restitution", (one.body,), one.restitution, stage.body(one.body).restitution)
        for one in stage.freedoms
        if one.restitution is not None
    ]
    # A delay of all that happens is pacing; one against another decides what they do together.
    if len({action.body for action in stage.actions}) > 1:
        dials += [_dial("delay", (one.body,), one.delay_secs, 0.0) for one in stage.freedoms]
    return tuple(dial for dial in dials if dial.high - dial.low > 0)


def apply_freedom(
    stage: Stage, dials: Sequence[Dial], values: Sequence[float] | Float[Array, " d"]
) -> Stage:
    """Return the stage with every dial turned to its value (clipped to its interval)."""
    chosen: dict[str, dict[DialKind, float]] = {}
    pivots: dict[str, str] = {}
    for dial, value in zip(dials, values, strict=True):
        for body_id in dial.bodies:
            inside = float(np.clip(value, dial.low, dial.high))
            chosen.setdefault(body_id, {})[dial.kind] = inside
            if dial.kind in (*PLACING, "spread", "turn"):
                pivots[body_id] = dial.bodies[0]
    for body_id in _facing_their_way(stage, dials):
        pivots[body_id] = body_id
        chosen[body_id]["yaw"] = chosen[body_id].get("yaw", 0.0) + chosen[body_id]["heading"]
    apart = _apart(stage, dials, chosen)
    facing = set(_facing_their_way(stage, dials))
    moves = {
        body_id: _move(
            stage.body(pivots[body_id]).pose.position,
            chosen[body_id],
            apart.get(body_id, np.zeros(3)),
        )
        for body_id in pivots
    }
    wholes = {body.id: body.piece_of or body.part_of or body.id for body in stage.bodies}
    return replace(
        stage,
        bodies=tuple(
            _turned(b, chosen.get(wholes[b.id], {}), moves.get(wholes[b.id])) for b in stage.bodies
        ),
        joints=tuple(_carried_along(joint, moves) for joint in stage.joints),
        actions=tuple(
            sorted(
                (
                    _carried_on(
                        action,
                        moves.get(action.body),
                        turned=action.body in facing,
                        chosen=chosen.get(wholes.get(action.body, action.body), {}),
                    )
                    for action in stage.actions
                ),
                key=lambda action: action.start_secs,
            )
        ),
    )


def _facing_their_way(stage: Stage, dials: Sequence[Dial]) -> list[str]:
    """Return what is turned with its way: what drives or rolls on its side goes where it faces."""
    together = {one for dial in dials if len(dial.bodies) > 1 for one in dial.bodies}
    return [
        dial.bodies[0]
        for dial in dials
        if dial.kind == "heading"
        and dial.bodies[0] not in together
        and stage.body(dial.bodies[0]).collider.shape != "sphere"
    ]


def _placing(members: Sequence[Freedom]) -> Iterator[Dial]:
    """A group moves as one, inside of what all its members allow."""
    bodies = tuple(freedom.body for freedom in members)
    low = np.max([freedom.offset_low for freedom in members], axis=0)
    high = np.min([freedom.offset_high for freedom in members], axis=0)
    intervals = [*zip(low, high, strict=True)]
    intervals.append((max(f.yaw_deg[0] for f in members), min(f.yaw_deg[1] for f in members)))
    for kind, (least, most) in zip(PLACING, intervals, strict=True):
        yield _dial(kind, bodies, (least, most), 0.0)
    if len(bodies) > 1:
        spread = max(f.spread[0] for f in members), min(f.spread[1] for f in members)
        yield _dial("spread", bodies, spread, 1.0)
        turn = max(f.turn_deg[0] for f in members), min(f.turn_deg[1] for f in members)
        yield _dial("turn", bodies, turn, 0.0)


def _acting(freedom: Freedom, stage: Stage) -> Iterator[Dial]:
    body, start = (freedom.body,), stage.body(freedom.body)
    acts = any(action.body == freedom.body for action in stage.actions)
    if acts or start.linear_velocity.any() or start.angular_velocity.any():
        yield _dial("speed", body, freedom.speed_scale, 1.0)
        yield _dial("loft", body, freedom.loft_scale, 1.0)
        yield _dial("heading", body, freedom.heading_deg, 0.0)


def _rubbing(stage: Stage) -> Iterator[Dial]:
    """What is of one kind has one friction."""
    alike: dict[tuple[str, tuple[float, float], float], list[str]] = {}
    for freedom in stage.freedoms:
        if freedom.friction is not None:
            key = freedom.group, freedom.friction, stage.body(freedom.body).friction
            alike.setdefault(key if freedom.group else (freedom.body, *key[1:]), []).append(
                freedom.body
            )
    for (_, interval, neutral), bodies in alike.items():
        yield _dial("friction", tuple(bodies), interval, neutral)


def _dial(
    kind: DialKind, bodies: tuple[str, ...], interval: tuple[float, float], neutral: float
) -> Dial:
    low, high = float(interval[0]), float(interval[1])
    return Dial(
        kind=kind, bodies=bodies, low=low, high=high, neutral=float(np.clip(neutral, low, high))
    )


def _apart(
    stage: Stage, dials: Sequence[Dial], chosen: Mapping[str, Mapping[DialKind, float]]
) -> dict[str, Float[Array, "3"]]:
    """How far each body of a group goes, from or towards or round the group's middle (3) [m]."""
    found: dict[str, Float[Array, 3]] = {}
    for bodies in {dial.bodies for dial in dials if dial.kind in ("spread", "turn")}:
        places = np.array([stage.body(body_id).pose.position for body_id in bodies])
        said = chosen[bodies[0]]
        turn = Pose.at(0.0, 0.0, 0.0, yaw_deg=said.get("turn", 0.0))
        arms = (places - places.mean(axis=0)) * [1.0, 1.0, 0.0]
        steps = said.get("spread", 1.0) * (turn @ arms) - arms
        found.update(zip(bodies, steps, strict=True))
    return found


def _move(
    pivot: Float[Array, "3"], chosen: Mapping[DialKind, float], apart: Float[Array, "3"]
) -> Pose:
    """`world_after_from_world_before`: a turn about the pivot's vertical and displacements."""
    turn = Pose.at(0.0, 0.0, 0.0, yaw_deg=chosen.get("yaw", 0.0))
    offset = np.array([chosen.get("x", 0.0), chosen.get("y", 0.0), chosen.get("z", 0.0)])
    return Pose(position=pivot + offset + turn @ apart - turn @ pivot, wxyz=turn.wxyz)


def _turned(body: Body, chosen: Mapping[DialKind, float], move: Pose | None) -> Body:
    if not chosen:
        return body
    return replace(
        body,
        pose=body.pose if move is None else move @ body.pose,
        friction=body.friction if body.part_of else chosen.get("friction", body.friction),
        restitution=chosen.get("restitution", body.restitution),
        linear_velocity=_steer(body.linear_velocity, chosen, lofted=True),
        angular_velocity=_steer(body.angular_velocity, chosen),
    )


def _carried_on(
    action: StageAction, move: Pose | None, chosen: Mapping[DialKind, float], *, turned: bool
) -> StageAction:
    """Steer an action; a path goes with its body, which may be turned with its way already."""
    action = _steered(action, chosen)
    if action.path is None:
        return action
    path = action.path if move is None else action.path.moved(move)
    if not turned and "heading" in chosen:
        turn, start = Pose.at(0.0, 0.0, 0.0, yaw_deg=chosen.get("heading", 0.0)), path.positions[0]
        path = path.moved(Pose(position=start - turn @ start, wxyz=turn.wxyz))
    path = path.hurried(chosen.get("speed", 1.0))
    return replace(action, path=path, duration_secs=path.secs)


def _steered(action: StageAction, chosen: Mapping[DialKind, float]) -> StageAction:
    if not chosen:
        return action
    if "delay" in chosen:
        action = replace(action, start_secs=action.start_secs + chosen["delay"])
    if action.kind in ("drive_joint", "burst"):
        return replace(action, linear=action.linear * chosen.get("speed", 1.0))
    return replace(
        action,
        linear=_steer(action.linear, chosen, lofted=True),
        angular=_steer(action.angular, chosen),
    )


def _steer(
    vector: Float[Array, "3"], chosen: Mapping[DialKind, float], *, lofted: bool = False
) -> Float[Array, "3"]:
    turn = Pose.at(0.0, 0.0, 0.0, yaw_deg=chosen.get("heading", 0.0))
    steered = (turn @ vector) * chosen.get("speed", 1.0)
    return np.asarray(steered * [1.0, 1.0, chosen.get("loft", 1.0) if lofted else 1.0])


def _carried_along(joint: Joint, moves: Mapping[str, Pose]) -> Joint:
    """A joint with the world moves with its child."""
    if joint.parent is not None or joint.child not in moves:
        return joint
    return replace(joint, parent_from_joint=moves[joint.child] @ joint.parent_from_joint)
