"""What the words set in motion is taken apart at its joints: one body for each part."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import Mechanism, MovingPart, RigidPart
from scene_builder.build.jointed.drawers import chest_of, drawer_said, has_drawers
from scene_builder.build.jointed.lines import with_links
from scene_builder.build.jointed.opening import OPENING, Course, courses_of, drives_of
from scene_builder.build.members import ON_SIDE_TAG, Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.knowledge.materials import substance
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Joint, Stage, StageAction
from scene_builder.model.words import ActionKind, Verb

ON_WHEELS: frozenset[Verb] = frozenset({
    "roll", "slide", "push", "pull", "kick", "drop", "fall", "bounce", "throw", "launch", "stay",
})  # fmt: skip
"""What something on wheels does while its wheels turn; what spins or flies stays one body."""

BEARING = 0.03
"""Share of a wheel's load that resists it, with a surface of friction 1: with what the floor adds
about 4 % (Gillespie 1992, Fundamentals of Vehicle Dynamics, for small tyres and bearings)."""

LEVEL = 0.2
"""What moves by less than this share of its speed up or down, and is as upright, drives."""

ON_THE_SPOT: frozenset[Verb] = frozenset({
    "fall", "bounce", "swing", "turn", "spin", "push", "pull", "stay", "stack",
})  # fmt: skip
"""What is done by a thing whose parts move on it while it stays where it is: a seesaw tips."""

TIP_SPEED = 0.8
"""So fast begins to turn what turns by itself [rad/s]."""


def with_parts(
    stage: Stage, members: Mapping[str, Member], deeds: Sequence[Deed], words: str = ""
) -> Stage:
    """Take apart what drives, what opens or closes, and a door that something is sent against.

    So is what moves on its own axle or threads whatever the words say: a seesaw, a cradle's balls;
    and the lines that something hangs on.

    A part is called `car#1.wheel_rear_left`; the base keeps the whole's id, and with it all that
    the words say about it.

    Args:
        stage: Everything, each thing as one body.
        members: The shapes of what the words name.
        deeds: Who does what.
        words: The prompt, for which drawer it speaks of.
    """
    wet = {one.body for one in stage.immersions}
    held = {end for joint in stage.joints for end in (joint.parent, joint.child)}
    for body in stage.bodies:
        member = members.get(body.id)
        if member is None or body.id in wet | held:
            continue
        mine = [deed for deed in deeds if deed.actor == body.id]
        if has_drawers(member, mine) and _is_upright(member):
            chest = chest_of(body, member, drawer_said(words))
            courses = courses_of(mine, stage.timeline.duration_secs)
            stage = _taken_apart(stage, chest.body, chest.mechanism, courses)
        if member.asset.mechanism is None:
            continue
        hit = any(body.id in deed.targets for deed in deeds)
        if member.asset.mechanism.loose:
            if {deed.verb for deed in mine} <= ON_THE_SPOT and _is_upright(member):
                stage = _moving_by_itself(stage, body, member.asset.mechanism, mine)
        elif _turns_wheels(body, member, mine, hit=hit):
            stage = _taken_apart(stage, body, member.asset.mechanism, [])
        elif _opens(member.asset.mechanism, mine, hit=hit):
            courses = courses_of(mine, stage.timeline.duration_secs)
            stage = _taken_apart(stage, body, member.asset.mechanism, courses)
    return with_links(stage, members)


def hinged_of(stage: Stage) -> set[str]:
    """Return the bodies that a part of theirs opens or closes on."""
    parts = {body.id: body.part_of for body in stage.bodies if body.part_of}
    found = (parts.get(j.child) for j in stage.joints if j.upper is not None)
    return {whole for whole in found if whole is not None}


def _turns_wheels(body: Body, member: Member, mine: Sequence[Deed], *, hit: bool) -> bool:
    mechanism = member.asset.mechanism
    if mechanism is None or any(part.radius is None for part in mechanism.parts):
        return False
    verbs = {deed.verb for deed in mine}
    acts = hit or bool(verbs - {"stay"})
    upright = _is_upright(member)
    return body.mobility == "dynamic" and acts and upright and verbs <= ON_WHEELS


def _is_upright(member: Member) -> bool:
    stands = bool(abs(member.item.upright.wxyz[0]) > 1 - 1e-9)
    return stands and ON_SIDE_TAG not in member.asset.tags


def _opens(mechanism: Mechanism, mine: Sequence[Deed], *, hit: bool) -> bool:
    if all(part.upper is None for part in mechanism.parts):
        return False
    return any(deed.verb in OPENING for deed in mine) or (hit and mechanism.anchored)


def _moving_by_itself(
    stage: Stage, whole: Body, mechanism: Mechanism, mine: Sequence[Deed]
) -> Stage:
    """Take apart what is never in one piece; what is drawn aside is let go where it swings.

    What it does itself is done by its parts: they turn about their hinges, or are let go.
    """
    going = next((deed for deed in mine if deed.verb != "stay"), None)
    if going is None or going.verb != "swing":
        parts = tuple(replace(part, drawn_at=0.0, asset_from_part=part.asset_from_part @ _turned(
            part, -part.drawn_at)) for part in mechanism.parts)  # fmt: skip
        mechanism = replace(mechanism, parts=parts)
    first = next((a.start_secs for a in stage.actions if a.body == whole.id), 0.0)
    others = tuple(action for action in stage.actions if action.body != whole.id)
    stage = _taken_apart(replace(stage, actions=others), whole, mechanism, [])
    if going is None:
        return stage
    raised = any(part.drawn_at for part in mechanism.parts)
    actions = []
    for part in mechanism.parts:
        body = stage.body(f"{whole.id}.{part.name}")
        turn = np.zeros(3) if raised else TIP_SPEED * body.pose.rotation[:, 2]
        linear = np.cross(turn, body.pose.rotation @ body.center_of_mass)
        kind: ActionKind = "release" if raised else "set_velocity"
        actions.append(StageAction(
            kind=kind, body=body.id, start_secs=first, linear=linear, angular=turn,
            verb=going.verb,
        ))  # fmt: skip
    ordered = sorted((*stage.actions, *actions), key=lambda action: action.start_secs)
    return replace(stage, actions=tuple(ordered))


def _taken_apart(
    stage: Stage, whole: Body, mechanism: Mechanism, courses: Sequence[Course]
) -> Stage:
    base = replace(
        _shaped(whole, mechanism.base),
        mobility="static" if mechanism.anchored else whole.mobility,
        friction=_bare_friction(whole),
        color_asked=whole.color_asked if _is_main(mechanism.base) else None,
    )
    dyed = None if base.color_asked else whole.color_asked
    names = {part.name: f"{whole.id}.{part.name}" for part in mechanism.parts}
    joints = [_joint(part, whole.id, names[part.name], courses) for part in mechanism.parts]
    bodies = [
        _part_body(base, part, joint, courses[0].begin_at(part) if courses else part.drawn_at, dyed)
        for part, joint in zip(mechanism.parts, joints, strict=True)
    ]
    actions: list[StageAction] = []
    for action in stage.actions:
        actions += _shared(action, whole, (base, *bodies)) if action.body == whole.id else [action]
    by_id = {body.id: body for body in bodies}
    radii = {names[p.name]: p.radius for p in mechanism.parts if p.radius is not None}
    actions = list(_rolling(actions, by_id, radii))
    for part, joint in zip(mechanism.parts, joints, strict=True):
        actions += drives_of(courses, part, joint)
    return replace(
        stage,
        bodies=(*(base if b.id == whole.id else b for b in stage.bodies), *bodies),
        joints=(*stage.joints, *joints),
        actions=tuple(sorted(actions, key=lambda action: action.start_secs)),
        freedoms=tuple(
            replace(free, friction=None) if free.body == whole.id else free
            for free in stage.freedoms
        ),
    )


def _shaped(body: Body, shape: RigidPart) -> Body:
    return replace(
        body,
        mesh=shape.mesh,
        collider=shape.collider,
        mass_kg=shape.mass.mass_kg,
        center_of_mass=shape.mass.center_of_mass,
        inertia=shape.mass.inertia,
        break_impulse=None,
    )


def _bare_friction(whole: Body) -> float:
    """Friction of what a base is made of: only its wheels are as easy to push as wheels."""
    name = whole.materials[0].name
    return max(whole.friction, substance(name).friction)


def _joint(part: MovingPart, base: str, name: str, courses: Sequence[Course]) -> Joint:
    back = _turned(part, -part.drawn_at)
    free = not courses and part.upper is not None
    return Joint(
        id=f"{name}_{part.kind}",
        kind=part.kind,
        parent=base,
        child=name,
        parent_from_joint=part.asset_from_part @ back,
        child_from_joint=Pose.identity(),
        # What nobody drives may be pushed either way: the door of a saloon.
        lower=_lower(part, free=free),
        upper=part.upper,
        damping=part.damping,
    )


def _lower(part: MovingPart, *, free: bool) -> float | None:
    if part.upper is None or part.lower is not None:
        return part.lower
    return -part.upper if free else 0.0


def _turned(part: MovingPart, way: float) -> Pose:
    if part.kind == "slider":
        return Pose.at(0.0, 0.0, way)
    return Pose.at(0.0, 0.0, 0.0, yaw_deg=float(np.rad2deg(way)))


def _is_main(shape: RigidPart) -> bool:
    """Whether most of a part's surface wears the main material: the one that colours mean."""
    corners = np.asarray(shape.mesh.vertices, np.float64)[shape.mesh.triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    areas = np.bincount(shape.mesh.material_index, weights=np.linalg.norm(cross, axis=1))
    return int(areas.argmax()) == 0


def _part_body(base: Body, part: MovingPart, joint: Joint, at: float, dyed: str | None) -> Body:
    wheel = part.radius is not None
    friction = substance("rubber").friction if wheel else base.friction
    return replace(
        _shaped(base, part.shape),
        id=joint.child,
        noun=f"{base.noun} {part.name.replace('_', ' ')}",
        entity=None,
        pose=base.pose @ joint.parent_from_joint @ _turned(part, at),
        mobility="dynamic",
        friction=friction,
        rolling_friction=BEARING * part.radius if part.radius is not None else 0.0,
        restitution=base.restitution if part.restitution is None else part.restitution,
        color_asked=dyed if _is_main(part.shape) else None,
        part_of=base.id,
    )


def _shared(action: StageAction, whole: Body, bodies: Sequence[Body]) -> Iterator[StageAction]:
    """Yield what an action on a whole means for its base and for each of its parts."""
    if action.kind not in ("release", "set_velocity"):
        yield action
        return
    center = whole.pose @ whole.center_of_mass
    for body in bodies:
        arm = body.pose @ body.center_of_mass - center
        linear = action.linear + np.cross(action.angular, arm)
        yield replace(action, body=body.id, linear=linear, angular=action.angular)


def _rolling(
    actions: Collection[StageAction], bodies: Mapping[str, Body], radii: Mapping[str, float]
) -> tuple[StageAction, ...]:
    """Let wheels that are sent off along the ground turn as fast as they go."""
    return tuple(
        replace(action, angular=action.angular + _spin(action, bodies[action.body], radius))
        if action.kind == "set_velocity" and (radius := radii.get(action.body)) is not None
        else action
        for action in actions
    )


def _spin(action: StageAction, wheel: Body, radius: float) -> Float[Array, "3"]:
    """Rolling without slipping, as far as the axle allows it: ω = n × v / r."""
    axle = wheel.pose.rotation[:, 2]
    speed = float(np.linalg.norm(action.linear))
    if abs(axle[2]) > LEVEL or abs(float(action.linear[2])) > LEVEL * speed:
        return np.zeros(3)
    return np.asarray(axle * (axle @ np.cross([0.0, 0.0, 1.0], action.linear)) / radius)
