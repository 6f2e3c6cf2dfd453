"""A stage with what was changed by hand: nothing is laid out or directed anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.blender_addon.restaging.added import body_of
from pipeline.blender_addon.restaging.edits import BodyEdit, Edits
from pipeline.blender_addon.restaging.growing import grown
from pipeline.blender_addon.restaging.joined import joints_moved, shifts_of_all
from scene_builder.model.errors import SceneError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID, Body, Stage


def edited(stage: Stage, edits: Edits) -> Stage:
    """Return a stage with edits made to it.

    What is a part of a moved body, a piece that it breaks into, or held to it by a joint goes along
    with it, unless it was moved itself.

    Args:
        stage: As it was shown.
        edits: What is otherwise.

    Raises:
        SceneError: If an edit names a body that there is not, or cannot be made.
        AssetError: If an added thing encloses nothing.
        UnknownNameError: If an added thing is made of no known substance.
    """
    for one in edits.bodies:
        stage.body(one.body)
    stage = _without(stage, edits.removed)
    mine = {edit.body: edit for edit in edits.bodies if edit.body in stage.body_ids}
    stage = grown(stage, {name: one.scale for name, one in mine.items() if one.scale is not None})
    shifts = shifts_of_all(stage, {
        body.id: edit.pose @ body.pose.inverse()
        for body in stage.bodies
        if (edit := mine.get(body.id)) is not None and edit.pose is not None
    })  # fmt: skip
    bodies = [_changed(_carried(body, shifts), mine.get(body.id)) for body in stage.bodies]
    taken = {body.id for body in bodies}
    for new in edits.added:
        if new.body in taken:
            raise SceneError(f"two bodies would be {new.body!r}; rename the added object")
        taken.add(new.body)
        bodies.append(body_of(new))
    return replace(stage, bodies=tuple(bodies), joints=joints_moved(stage, shifts))


def _carried(body: Body, shifts: Mapping[str, Pose]) -> Body:
    shift = shifts.get(body.id)
    return body if shift is None else replace(body, pose=shift @ body.pose)


def _changed(body: Body, edit: BodyEdit | None) -> Body:
    if edit is None:
        return body
    if edit.pose is not None:
        body = replace(body, pose=edit.pose)
    if edit.colors:
        colors = dict(edit.colors)
        body = replace(
            body,
            materials=tuple(
                replace(material, base_color=np.array(colors[k])) if k in colors else material
                for k, material in enumerate(body.materials)
            ),
        )
    if edit.mobility is not None:
        body = _moving(replace(body, mobility=edit.mobility))
    if edit.mass_kg is not None and body.mass_kg > 0:
        inertia = body.inertia * (edit.mass_kg / body.mass_kg)
        body = replace(body, mass_kg=edit.mass_kg, inertia=inertia)
    return body if edit.friction is None else replace(body, friction=edit.friction)


def _moving(body: Body) -> Body:
    if body.mobility == "dynamic" and (body.mass_kg <= 0 or body.collider.shape == "plane"):
        raise SceneError(f"{body.id} has no mass and cannot move; leave its role at static")
    return body


def _without(stage: Stage, removed: Sequence[str]) -> Stage:
    if not removed:
        return stage
    if GROUND_ID in removed:
        raise SceneError("the ground was deleted; everything stands on it: undo that, or hide it")
    gone = set(removed)
    gone |= {b.id for b in stage.bodies if b.piece_of in gone or b.part_of in gone}
    joints = tuple(j for j in stage.joints if j.child not in gone and j.parent not in gone)
    kept = {joint.id for joint in joints}
    shot = stage.shot
    return replace(
        stage,
        bodies=tuple(body for body in stage.bodies if body.id not in gone),
        joints=joints,
        actions=tuple(
            action for action in stage.actions
            if action.body not in gone and (action.joint is None or action.joint in kept)
        ),
        freedoms=tuple(freedom for freedom in stage.freedoms if freedom.body not in gone),
        immersions=tuple(one for one in stage.immersions if one.body not in gone),
        fabrics=tuple(fabric for fabric in stage.fabrics if fabric.body not in gone),
        softs=tuple(soft for soft in stage.softs if soft.body not in gone),
        coils=tuple(c for c in stage.coils if c.body not in gone and c.joint in kept),
        shot=replace(
            shot,
            subjects=tuple(one for one in shot.subjects if one not in gone),
            shown=tuple(one for one in shot.shown if one not in gone),
            actors=tuple(one for one in shot.actors if one not in gone),
        ),
    )  # fmt: skip
