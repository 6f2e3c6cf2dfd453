"""What the certificate of rigid motion says of cloth and soft bodies: nothing, and it says so."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from physics.certifying.check import Check, not_covered
from physics.trajectory import Contacts, Trajectory
from scene_builder.model.stage import Stage


def rigid_part(stage: Stage, trajectory: Trajectory) -> tuple[Stage, Trajectory, tuple[Check, ...]]:
    """Return a stage and its motion without what is not rigid, and rows for what is left out.

    What that moves is left out too, and what that touches in turn: its energy and momentum come
    from a body whose inner work no rigid law accounts for.
    """
    kinds = {one.body: "cloth" for one in stage.fabrics}
    kinds |= {one.body: "a soft body" for one in stage.softs}
    if not kinds and not stage.coils:
        return stage, trajectory, ()
    left_out = _reached(stage, trajectory, list(kinds))
    rows = tuple(
        not_covered(law, body_id, _why(body_id, kinds))
        for body_id in stage.body_ids
        if body_id in left_out
        for law in ("energy", "momentum", "free fall")
    )
    # A coil is only seen: its spring's energy is in the rows of what hangs on it.
    left_out |= {coil.body for coil in stage.coils}
    bodies = tuple(body for body in stage.bodies if body.id not in left_out)
    kept = [trajectory.index(body.id) for body in bodies]
    part = replace(
        stage, bodies=bodies, fabrics=(), softs=(), coils=(),
        joints=tuple(j for j in stage.joints if not left_out & {j.child, j.parent}),
        actions=tuple(a for a in stage.actions if a.body not in left_out),
        freedoms=tuple(f for f in stage.freedoms if f.body not in left_out),
        immersions=tuple(one for one in stage.immersions if one.body not in left_out),
    )  # fmt: skip
    motion = replace(
        trajectory, body_ids=part.body_ids, deform={}, contacts=_among(trajectory.contacts, kept),
        **{name: getattr(trajectory, name)[:, kept] for name in _BY_BODY},
    )  # fmt: skip
    return part, motion, rows


def _why(body_id: str, kinds: Mapping[str, str]) -> str:
    moves = " and ".join(dict.fromkeys(kinds.values()))
    return f"{body_id} is {kinds.get(body_id, f'moved by {moves}')}"


def _reached(stage: Stage, trajectory: Trajectory, deforming: list[str]) -> set[str]:
    """Return what is not rigid, and all dynamic bodies that touches lead to from them."""
    moving = {body.id for body in stage.bodies if body.mobility == "dynamic"}
    contacts, ids = trajectory.contacts, trajectory.body_ids
    pairs = np.unique(np.column_stack([contacts.a, contacts.b]), axis=0).tolist()
    reached = set(deforming)
    while True:
        more = {
            ids[j]
            for pair in pairs
            for i, j in (pair, pair[::-1])
            if ids[i] in reached and ids[j] in moving
        }
        if more <= reached:
            return reached
        reached |= more


def _among(contacts: Contacts, kept: list[int]) -> Contacts:
    number = {k: row for row, k in enumerate(kept)}
    rows = np.flatnonzero(np.isin(contacts.a, kept) & np.isin(contacts.b, kept))
    return Contacts(
        time=contacts.time[rows], point=contacts.point[rows], normal=contacts.normal[rows],
        impulse=contacts.impulse[rows],
        a=np.array([number[int(k)] for k in contacts.a[rows]], np.int32),
        b=np.array([number[int(k)] for k in contacts.b[rows]], np.int32),
    )  # fmt: skip


_BY_BODY = ("positions", "wxyz", "linear_velocities", "angular_velocities", "present")
