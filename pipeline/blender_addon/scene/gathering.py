"""A door: what a user moved, scaled, coloured, marked, deleted or added in the open scene."""

import re
from collections.abc import Set
from itertools import count
from pathlib import Path

import bpy
import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from pipeline.blender_addon.restaging.edits import Addition, BodyEdit, Edits
from pipeline.blender_addon.scene import marks
from pipeline.blender_addon.scene.colors import edited_colors, slot_colors
from pipeline.blender_addon.scene.placing import bodies_in
from pipeline.blender_addon.scene.surfaces import drawn_extents, surface_of
from pipeline.run_folder.motion_files import read_trajectory
from pipeline.run_folder.stage_file import read_stage
from pipeline.steps.motion import TRAJECTORY
from pipeline.steps.stage import STAGE
from scene_builder.blender.assemble import ID_PROPERTY
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Body, Stage
from scene_builder.model.words import Mobility

REACH_M = 1000.0
"""Farthest from the origin that a body may be [m]."""

MOVED_M, TURNED_DEG, SCALED = 1e-4, 0.02, 1e-4
"""What differs by less is as it was: Blender keeps single precision."""

SHEARED = 1e-3
FLAT_M = 1e-6
LONGEST = 40
"""Letters of the beginning of an id, at most."""
DEFAULT_SUBSTANCE = "plastic"


def gather(scene: bpy.types.Scene, run: Path) -> Edits:
    """Return what differs in a scene from what its run's stage and motion say.

    Where the scene does not show frame 0, a body that was moved is moved by as much at frame 0.

    Args:
        scene: The open scene.
        run: Its run folder.

    Raises:
        SceneError: If an object was sheared, mirrored, or moved out of reach.
        DamagedError: If the run's files are missing or damaged.
    """
    stage = read_stage(run / STAGE)
    motion = read_trajectory(run / TRAJECTORY) if (run / TRAJECTORY).exists() else None
    if motion is not None and set(motion.body_ids) != set(stage.body_ids):
        motion = None
    bpy.context.view_layer.update()
    things = {name: o for name, o in bodies_in(scene).items() if name in stage.body_ids}
    if not things:
        return Edits()  # it is not shown any more: nobody has taken body by body away
    replaced = {name for name, o in things.items() if _is_another(o, stage.body(name))}
    edits = (
        _edit(things[body.id], body, _shown(body, motion, scene.frame_current), stage.deforming)
        for body in stage.bodies
        if body.id in things and body.id not in replaced
    )
    removed = tuple(b.id for b in stage.bodies if b.id not in things or b.id in replaced)
    ids = set(stage.body_ids) - replaced
    shown = {thing.as_pointer() for name, thing in things.items() if name not in replaced}
    added = []
    for thing in scene.objects:
        if thing.as_pointer() not in shown and (marks.id_of(thing) or marks.is_added(thing)):
            added.append(_added(thing, stage, ids))
            ids.add(added[-1].body)
    changed = tuple(edit for edit in edits if edit is not None)
    return Edits(bodies=changed, removed=removed, added=tuple(added))


def _is_another(thing: bpy.types.Object, body: Body) -> bool:
    """Whether an object of the user has another shape than the body that it was."""
    if not thing.get(marks.OWN):
        return False
    points, _ = surface_of(thing).seated(_placed(thing, thing.name)[1])
    was = body.mesh.vertices
    return points.shape != was.shape or bool(np.abs(points - was).max() > MOVED_M)


def _shown(body: Body, motion: Trajectory | None, frame: int) -> Pose:
    """Where a body is to be seen now if nobody moved it."""
    if motion is None:
        return body.pose
    return motion.pose(int(np.clip(frame, 0, motion.frame_count - 1)), body.id)


def _edit(thing: bpy.types.Object, body: Body, shown: Pose, deforming: Set[str]) -> BodyEdit | None:
    pose, scale = _placed(thing, body.id)
    growth = np.ones(3)
    if thing.get(marks.OWN):
        _, origin = surface_of(thing).seated(scale)
        pose = Pose(position=pose.position - pose.rotation @ origin, wxyz=pose.wxyz)
    elif body.id in deforming:
        growth = scale  # the form of what is not rigid is that of the frame
    else:
        growth = _growth(thing, body, scale)
    grown = bool(np.abs(growth - 1).max() > SCALED)
    mobility, mass_kg, friction = _marked(thing, body)
    edit = BodyEdit(
        body=body.id,
        pose=pose @ shown.inverse() @ body.pose if _differs(pose, shown) else None,
        scale=growth if grown else None,
        colors=edited_colors(thing, body),
        mobility=mobility, mass_kg=mass_kg, friction=friction,
    )  # fmt: skip
    kept = (edit.pose, edit.scale, mobility, mass_kg, friction)
    return edit if edit.colors or any(one is not None for one in kept) else None


def _growth(thing: bpy.types.Object, body: Body, scale: Float[Array, "3"]) -> Float[Array, "3"]:
    """Return by what an object is larger than its body on the stage, along its axes (3)."""
    drawn = drawn_extents(thing) * scale
    thick = body.mesh.extents > FLAT_M
    return np.where(thick, drawn / np.where(thick, body.mesh.extents, 1.0), 1.0)


def _marked(
    thing: bpy.types.Object, body: Body
) -> tuple[Mobility | None, float | None, float | None]:
    role = thing.get(marks.ROLE, body.mobility)
    if role not in marks.ROLES:
        raise SceneError(f"{body.id} has the role {role!r}; allowed are {', '.join(marks.ROLES)}")
    numbers = []
    for name, was in ((marks.MASS, body.mass_kg), (marks.FRICTION, body.friction)):
        value = thing.get(name, was)
        if not isinstance(value, int | float) or not np.isfinite(value):
            raise SceneError(f"{body.id} has {name} = {value!r}; it must be a finite number")
        differs = abs(value - was) > 1e-6 * max(1.0, abs(was))
        numbers.append(float(value) if differs else None)
    return (role if role != body.mobility else None), numbers[0], numbers[1]


def _differs(pose: Pose, shown: Pose) -> bool:
    away = float(np.linalg.norm(pose.position - shown.position))
    cosine = min(1.0, abs(float(pose.wxyz @ shown.wxyz)))
    return away > MOVED_M or bool(np.rad2deg(2 * np.arccos(cosine)) > TURNED_DEG)


def _placed(thing: bpy.types.Object, name: str) -> tuple[Pose, Float[Array, "3"]]:
    """Return where an object is in the world, and its scale (3).

    Raises:
        SceneError: If it was sheared, mirrored, flattened or moved out of reach.
    """
    matrix = np.array(thing.matrix_world, np.float64)
    linear, position = matrix[:3, :3], matrix[:3, 3]
    if not np.isfinite(matrix).all() or np.abs(position).max() > REACH_M:
        raise SceneError(
            f"{name} stands at {position.round(3).tolist()}; at most {REACH_M:g} m from the origin "
            "is allowed: move it back"
        )
    scale = np.linalg.norm(linear, axis=0)
    if scale.min() < 1e-4 or np.linalg.det(linear) <= 0:  # noqa: PLR2004 - as the text says
        raise SceneError(f"{name} was mirrored or flattened; give it a scale above 0")
    turn = linear / scale
    if np.abs(turn.T @ turn - np.eye(3)).max() > SHEARED:
        raise SceneError(f"{name} was sheared (a scaled parent?); apply its scale, or unparent it")
    return Pose(position=position, wxyz=wxyz_from_rotation(turn)), scale


def _added(thing: bpy.types.Object, stage: Stage, taken: set[str]) -> Addition:
    """Return an object as a new body, and mark it as the user's own one."""
    pose, scale = _placed(thing, thing.name)
    surface = surface_of(thing)
    points, origin = surface.seated(scale)
    original = marks.id_of(thing)
    noun = _word(stage.body(original).noun if original in stage.body_ids else thing.name)
    known = original if thing.get(marks.OWN) and original not in taken else None
    body_id = known or next(n for k in count(1) if (n := f"{noun}#{k}") not in taken)
    mass_kg, friction = thing.get(marks.MASS), thing.get(marks.FRICTION)
    thing[ID_PROPERTY], thing[marks.OWN] = body_id, True
    return Addition(
        body=body_id, noun=noun,
        vertices=points,
        triangles=surface.triangles, slots=surface.slots,
        colors=slot_colors(thing, int(surface.slots.max()) + 1),
        substance=str(thing.get(marks.SUBSTANCE, DEFAULT_SUBSTANCE)),
        mobility=thing.get(marks.ROLE, "dynamic"),
        pose=Pose(position=pose.position - pose.rotation @ origin, wxyz=pose.wxyz),
        mass_kg=float(mass_kg) if mass_kg else None,
        friction=None if friction is None else float(friction),
    )  # fmt: skip


def _word(name: str) -> str:
    """Return an object's name as the beginning of a body's id."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower().split(".")[0]).strip("_")[:LONGEST]
    return plain if re.match(r"[a-z]", plain) else f"thing_{plain}".rstrip("_")
