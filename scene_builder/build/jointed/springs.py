"""Springs that something hangs on: a joint that pulls, and a coil that is seen to stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.rounds import tube
from scene_builder.build.jointed.lines import mesh_of, rounded
from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.arrays import Array
from scene_builder.model.fabrics.coil import Coil
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import AssetCredit, Body, Joint, Stage
from scene_builder.model.words import Verb

SPRING = "spring"

BOBBING: frozenset[Verb] = frozenset({"bounce", "float", "slide", "launch", "roll"})
"""What is said of a thing on a spring that goes up and down."""

SAG_SHARE = 0.3
"""On earth a spring is stretched by this share of its length by what hangs on it: with 0.7 m it
swings once in 0.92 s."""

EARTH = 9.81
"""Springs are made for what hangs on them there [m/s²]."""

SWING_SHARE = 0.8
"""What bobs begins so much of that stretch higher: the spring is never slack."""

LOSS = 0.004
"""Share of critical damping: a steel spring rings for a hundred swings and more."""

THICK_SHARE, THICK_M, CHILD_SHARE = 0.09, (0.008, 0.045), 0.35
"""A coil's radius: of its length, least and most [m], and at most of what hangs on it."""

WIRE_SHARE, PITCH_WIRES = 0.15, 6.5
"""The wire's radius by the coil's; the way between its turns without load, by the wire's radius."""

STEEL = 7850.0
"""Density of the wire [kg/m³]; nothing in the motion asks for it."""

A_TURN, SIDES, END_TURNS = 20, 8, 1.5
"""Corners of a turn and of the wire; over so many turns both ends narrow to the axis."""


def with_springs(stage: Stage, members: Mapping[str, Member], deeds: Sequence[Deed]) -> Stage:
    """Return the stage in which what hangs from a spring is pulled by it, and may bob.

    A spring that hangs by a ball joint and holds something by another is one joint of kind
    `spring` instead; its body is a coil, which touches nothing. It is as strong as suits what
    hangs on it; that hangs in its place at rest, or begins above it if the words let it bob.

    Args:
        stage: Everybody in their places, with their joints and what they do.
        members: The shapes of what the words name.
        deeds: Who does what.
    """
    for upper in stage.joints:
        member = members.get(upper.child)
        lower = next((joint for joint in stage.joints if joint.parent == upper.child), None)
        if member is not None and lower is not None and _is_spring(member):
            bobs = any(d.actor == lower.child and d.verb in BOBBING for d in deeds)
            stage = _sprung(stage, upper, lower, bobs=bobs)
    return stage


def _is_spring(member: Member) -> bool:
    match = resolve_noun(member.entity.noun) if member.entity is not None else None
    return match is not None and match.noun.name == SPRING


def _sprung(stage: Stage, upper: Joint, lower: Joint, *, bobs: bool) -> Stage:
    """Replace a spring's two ball joints by one that pulls."""
    body, wire = stage.body(lower.child), stage.body(upper.child)
    top = _end(stage, upper)
    length = float(np.linalg.norm(top - body.pose @ lower.child_from_joint.position))
    stiffness = body.mass_kg * EARTH / (SAG_SHARE * length)
    gravity = float(np.linalg.norm(stage.gravity))
    sag = body.mass_kg * gravity / stiffness
    joint = replace(
        upper, id=f"{wire.id}_spring", kind="spring", child=body.id,
        child_from_joint=lower.child_from_joint, length_m=length - sag, stiffness=stiffness,
        damping=2 * LOSS * float(np.sqrt(stiffness * body.mass_kg)),
    )  # fmt: skip
    if bobs:
        rise = SWING_SHARE * SAG_SHARE * length * min(gravity / EARTH, 1.0)
        up = np.array([0.0, 0.0, rise])
        body = replace(body, pose=Pose(position=body.pose.position + up, wxyz=body.pose.wxyz))
    coil, turns = _coiled(wire, body, top, body.pose @ lower.child_from_joint.position, joint)
    changed = {wire.id: coil, body.id: body}
    names = {wire.id, body.id}
    return replace(
        stage,
        bodies=tuple(changed.get(one.id, one) for one in stage.bodies),
        joints=(*(one for one in stage.joints if one not in (upper, lower)), joint),
        actions=tuple(a for a in stage.actions if a.body not in names or a.verb not in BOBBING),
        freedoms=tuple(one for one in stage.freedoms if one.body not in names),
        coils=(*stage.coils, Coil(body=wire.id, joint=joint.id, turns=turns)),
    )


def _end(stage: Stage, joint: Joint) -> Float[Array, "3"]:
    """Return where a joint's parent holds it, in the world (3) [m]."""
    parent = Pose.identity() if joint.parent is None else stage.body(joint.parent).pose
    return np.asarray(parent @ joint.parent_from_joint.position)


def _coiled(
    wire: Body, hung: Body, top: Float[Array, "3"], foot: Float[Array, "3"], joint: Joint
) -> tuple[Body, float]:
    """Return a spring's body as a coil from what hangs on it to its upper end, and its turns."""
    way = top - foot
    length = float(np.linalg.norm(way))
    most = CHILD_SHARE * float(np.min(hung.mesh.extents[:2]))
    radius = min(float(np.clip(THICK_SHARE * joint.length_m, *THICK_M)), most)
    thick = WIRE_SHARE * radius
    turns = float(max(round(joint.length_m / (PITCH_WIRES * thick)), 4))
    up = way / length
    side = np.cross(up, np.eye(3)[int(np.abs(up).argmin())])
    side /= np.linalg.norm(side)
    axes = np.stack([side, np.cross(up, side), up], axis=1)
    coil = replace(
        wire,
        mesh=_helix(length, radius, thick, turns),
        collider=rounded(radius, length),
        materials=wire.materials[:1],
        mobility="static",
        mass_kg=STEEL * np.pi * thick**2 * turns * float(np.hypot(2 * np.pi * radius, 4 * thick)),
        center_of_mass=np.array([0.0, 0.0, length / 2]),
        pose=Pose(position=foot, wxyz=wxyz_from_rotation(axes)),
        break_impulse=None,
        asset=AssetCredit(name="coil spring", source="procedural"),
    )
    return coil, turns


def _helix(length: float, radius: float, thick: float, turns: float) -> Mesh:
    """Return a wire wound about Z from z = 0, whose ends narrow to the axis [m]."""
    share = np.linspace(0.0, 1.0, int(A_TURN * turns) + 1)
    wound = turns * share
    narrow = np.clip(np.minimum(wound, turns - wound) / END_TURNS, 0.0, 1.0)
    wide = 2 * thick + (radius - thick - 2 * thick) * narrow * narrow * (3 - 2 * narrow)
    angle = 2 * np.pi * wound
    path = np.stack([wide * np.cos(angle), wide * np.sin(angle), length * share], axis=1)
    mesh = mesh_of(tube(path, thick, sides=SIDES))
    # Its ends lie on what it joins.
    flat = np.asarray(mesh.vertices, np.float64)
    flat[:, 2] = np.clip(flat[:, 2], 0.0, length)
    return replace(mesh, vertices=flat)
