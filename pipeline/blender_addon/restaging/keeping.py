"""Edits by hand outlive a new build and another take."""

import shutil
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.blender_addon.restaging.documents import read_edits, write_edits
from pipeline.blender_addon.restaging.edits import Addition, BodyEdit, Edits
from scene_builder.model.stage import GROUND_ID, Body, Freedom, Stage

KEPT = Path("by_hand") / "edits.json"
"""All that was changed by hand since the words, in the run folder."""


def read_kept(run: Path) -> Edits:
    """Return what a run keeps of earlier edits by hand; none where it keeps nothing.

    Raises:
        SceneError: If the file breaks its contract.
    """
    return read_edits(run / KEPT) if (run / KEPT).is_file() else Edits()


def write_kept(run: Path, edits: Edits) -> None:
    """Keep edits in a run, in place of what it kept before."""
    shutil.rmtree((run / KEPT).parent, ignore_errors=True)
    if edits:
        write_edits(run / KEPT, edits)


def composed(first: Edits, then: Edits, after: Stage) -> Edits:
    """Return edits that do at once what two did one after the other.

    Args:
        first: What was changed earlier.
        then: What was changed on the stage that came of it.
        after: The stage that came of both: it says how everything is now.
    """
    new = {one.body for one in then.added}
    gone = {*first.removed, *then.removed} - ({one.body for one in first.added} - new)
    earlier = {edit.body: edit for edit in first.bodies}
    later = {edit.body: edit for edit in then.bodies}
    there = set(after.body_ids)
    added = [one for one in first.added if one.body in there and one.body not in new]
    brought = {one.body for one in (*added, *then.added)}
    bodies = tuple(
        _both(earlier.get(name), later.get(name), after.body(name))
        for name in dict.fromkeys((*earlier, *later))
        if name in there and name not in brought
    )
    return Edits(
        bodies=bodies,
        removed=tuple(sorted(gone)),
        added=(*(_as_it_is(one, after.body(one.body)) for one in added), *then.added),
    )


def fitting(edits: Edits, stage: Stage) -> tuple[Edits, tuple[str, ...]]:
    """Return the edits that can be made to a stage, and the ids of bodies whose edits cannot.

    Args:
        edits: Made to an earlier stage.
        stage: Built anew.
    """
    there = set(stage.body_ids)
    left = there - set(edits.removed)
    lost = [edit.body for edit in edits.bodies if edit.body not in left]
    lost += [one.body for one in edits.added if one.body in left]
    kept = Edits(
        bodies=tuple(edit for edit in edits.bodies if edit.body in left),
        removed=tuple(name for name in edits.removed if name in there and name != GROUND_ID),
        added=tuple(one for one in edits.added if one.body not in left),
    )
    return kept, tuple(lost)


def pinned(stage: Stage, edits: Edits) -> Stage:
    """Return a stage on which nobody but the user decides what the user has decided.

    Args:
        stage: With the edits.
        edits: What was changed: bodies that were moved stay where they were put, and friction
            that was set stays.
    """
    moved = {edit.body for edit in edits.bodies if edit.pose is not None}
    rubbed = {edit.body for edit in edits.bodies if edit.friction is not None}
    freedoms = tuple(_pinned(one, stage, moved, rubbed) for one in stage.freedoms)
    return replace(stage, freedoms=freedoms)


def _pinned(one: Freedom, stage: Stage, moved: Set[str], rubbed: Set[str]) -> Freedom:
    if one.body in rubbed:
        one = replace(one, friction=None)
    if one.body not in moved:
        return one
    # What is not round is turned with its way.
    turns = stage.body(one.body).collider.shape == "sphere"
    return replace(
        one, offset_low=np.zeros(3), offset_high=np.zeros(3), yaw_deg=(0.0, 0.0), group="",
        spread=(1.0, 1.0), turn_deg=(0.0, 0.0),
        heading_deg=one.heading_deg if turns else (0.0, 0.0),
    )  # fmt: skip


def _both(first: BodyEdit | None, then: BodyEdit | None, now: Body) -> BodyEdit:
    edits = [edit for edit in (first, then) if edit is not None]
    scales = [edit.scale for edit in edits if edit.scale is not None]
    slots = sorted({slot for edit in edits for slot, _ in edit.colors})
    weighed = any(edit.mass_kg is not None for edit in edits)
    return BodyEdit(
        body=now.id,
        pose=now.pose if any(edit.pose is not None for edit in edits) else None,
        scale=np.prod(scales, axis=0) if scales else None,
        colors=tuple((slot, _color(now, slot)) for slot in slots if slot < len(now.materials)),
        mobility=now.mobility if any(edit.mobility is not None for edit in edits) else None,
        mass_kg=now.mass_kg if weighed else None,
        friction=now.friction if any(edit.friction is not None for edit in edits) else None,
    )


def _as_it_is(one: Addition, now: Body) -> Addition:
    return replace(
        one, vertices=now.mesh.vertices, triangles=now.mesh.triangles,
        slots=now.mesh.material_index,
        colors=tuple(_color(now, slot) for slot in range(len(now.materials))),
        mobility=now.mobility, pose=now.pose, mass_kg=now.mass_kg, friction=now.friction,
    )  # fmt: skip


def _color(body: Body, slot: int) -> tuple[float, float, float]:
    r, g, b = (float(value) for value in body.materials[slot].base_color)
    return r, g, b
