"""Cloths on the stage: spread above what they lie on, and flags on their poles in the wind."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scene_builder.build.cloths.choosing import (
    POLE_HEIGHTS,
    POLE_RADIUS_M,
    Cut,
)
from scene_builder.build.cloths.cutting import pole_mesh
from scene_builder.build.staging.ways.headings import OPEN_HEADING_DEG
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.words.cloths import CLOTHS
from scene_builder.model.fabrics.fabric import Fabric
from scene_builder.model.fluids.fluid import AIR_DENSITY, Fluid
from scene_builder.model.material import Material
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage

THICKNESS_M = 0.006
"""How far the middle of a cloth stays away from what it touches [m]."""

BREEZE = 6.0
"""The wind in which a flag streams where the words name none [m/s]."""

POLE_COLOR = (0.55, 0.56, 0.58)


def with_cloths(stage: Stage, cuts: Sequence[Cut]) -> tuple[Stage, tuple[str, ...]]:
    """Return the stage with its cloths as fabrics, in air, and what was chosen.

    Args:
        stage: With every cloth as a flat body at the place that layout gave it.
        cuts: The cloths.
    """
    if not cuts:
        return stage, ()
    by_name = {cut.name: cut for cut in cuts}
    bodies, poles, notes = list[Body](), list[Body](), list[str]()
    for body in stage.bodies:
        cut = by_name.get(body.id)
        if cut is None:
            bodies.append(body)
        elif cut.kind == "flag":
            bodies.append(_hoisted(body, cut))
            poles.append(_pole(body, cut))
            notes.append(f"The {body.noun} streams from a pole of its own.")
        else:
            bodies.append(_spread(body, cut, stage))
    air = _air(stage, breeze=bool(poles))
    if poles:
        notes.append(f"The wind blows at {np.linalg.norm(air.velocity):.0f} m/s, to the right.")
    dry = tuple(one for one in stage.immersions if one.body not in by_name)
    fluids = tuple(fluid for fluid in stage.fluids if fluid.name != air.name)
    # Poles come last: who stands before them keeps its number in the pictures.
    stage = replace(
        stage, bodies=(*bodies, *poles), fluids=(*fluids, air), immersions=dry,
        fabrics=tuple(_fabric(body, by_name[body.id]) for body in bodies if body.id in by_name),
    )  # fmt: skip
    return stage, tuple(notes)


def _fabric(body: Body, cut: Cut) -> Fabric:
    pins: tuple[int, ...] = ()
    if cut.kind == "flag" and body.mesh.uv is not None:
        pins = tuple(np.flatnonzero(body.mesh.uv[:, 0] == 0).tolist())
    return Fabric(
        body=body.id, size_m=(cut.width, cut.height), thickness_m=THICKNESS_M, pins=pins,
        areal_density=body.mass_kg / (cut.width * cut.height),
        bending_stiffness=BENDING * CLOTHS[cut.kind] ** 2,
    )  # fmt: skip


BENDING = 1.2e-3
"""Bending stiffness over the square of the areal density: 5e-5 N·m for 0.2 kg/m² (as measured by
Kawabata 1980 for cotton; heavier cloth is thicker)."""


def _spread(body: Body, cut: Cut, stage: Stage) -> Body:
    """Lift a sheet just above everything that it would cut through.

    What lies on something is lifted above all of that: it comes down over a chair's back too.
    """
    lift = THICKNESS_M
    if cut.over is not None:
        carrier = stage.body(cut.over)
        top = float((carrier.pose @ carrier.mesh.vertices)[:, 2].max())
        lift = max(lift, top + THICKNESS_M - float(body.pose.position[2]))
    position = body.pose.position + np.array([0.0, 0.0, lift])
    return replace(body, pose=Pose(position=position, wxyz=body.pose.wxyz))


def _hoisted(body: Body, cut: Cut) -> Body:
    """Turn a level sheet upright, its left edge along the upper part of its pole."""
    flat = np.asarray(body.mesh.vertices, np.float64)
    upright = np.column_stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]])
    middle = np.array([0.0, 0.0, (POLE_HEIGHTS - 0.53) * cut.height])
    # A little loose to leeward, so that the wind gets behind it.
    turn = np.deg2rad(OPEN_HEADING_DEG)
    from_edge = upright[:, 0] + cut.width / 2
    upright[:, 0] = from_edge * np.cos(turn)
    upright[:, 1] = from_edge * np.sin(turn)
    edge = np.array([-cut.width / 2 + POLE_RADIUS_M + THICKNESS_M, 0.0, 0.0])
    place = upright + edge
    shift = place.mean(axis=0)
    mesh = replace(body.mesh, vertices=(place - shift).astype(np.float32))
    pose = Pose(position=body.pose @ (shift + middle), wxyz=body.pose.wxyz)
    return replace(body, mesh=mesh, pose=pose)


def _pole(flag: Body, cut: Cut) -> Body:
    height = POLE_HEIGHTS * cut.height
    kind = substance("steel")
    mass = kind.density * np.pi * POLE_RADIUS_M**2 * height
    foot = flag.pose @ np.array([-cut.width / 2, 0.0, 0.0])
    across = mass * (3 * POLE_RADIUS_M**2 + height**2) / 12
    return Body(
        id=f"{flag.id}.pole", noun="pole", mesh=pole_mesh(POLE_RADIUS_M, height),
        collider=Collider(
            shape="cylinder", size=(POLE_RADIUS_M, height), center=np.array([0, 0, height / 2])
        ),
        materials=(Material(name="steel", base_color=np.array(POLE_COLOR)),), mass_kg=float(mass),
        center_of_mass=np.array([0.0, 0.0, height / 2]),
        inertia=np.diag([across, across, mass * POLE_RADIUS_M**2 / 2]),
        pose=Pose(position=foot, wxyz=flag.pose.wxyz), mobility="static",
        asset=AssetCredit(name="pole", source="procedural"), friction=kind.friction,
        restitution=kind.restitution,
    )  # fmt: skip


def _air(stage: Stage, *, breeze: bool) -> Fluid:
    found = next((fluid for fluid in stage.fluids if fluid.name == "air"), None)
    air = found or Fluid(name="air", density=AIR_DENSITY)
    if breeze and not air.velocity.any():
        turn = np.deg2rad(OPEN_HEADING_DEG)
        air = replace(air, velocity=BREEZE * np.array([np.cos(turn), np.sin(turn), 0.0]))
    return air
