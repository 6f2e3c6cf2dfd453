"""Chains, ropes and threads as what they are: many short links, each a body, joined end to end."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import manifold3d
import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import Solid, joined, manifold_of, solid_of
from scene_builder.build.holding.cords import links_of
from scene_builder.build.members import Member
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Collider, Joint, Stage, StageAction

LINE_TAG = "line"
"""Tag of what hangs along its Z and has no stiffness: a rope, a chain."""

LINK_M, FEWEST, MOST = 0.11, 4, 12
"""A line has a link for so much of its length [m], at least and at most so many."""

GIVE_M = 1e-3
"""What hangs at a line's end stretches it by so much, so that it is always straight when it is
taut: of a line a tenth of a millimetre too long the middle would flutter aside by a centimetre."""

BAR_SHARE, WIDE_SHARE = 0.09, 0.26
"""Radius of a link's bar and half the width between its bars, by the link's length."""

SHORT = 0.4
"""A piece of a mesh that is shorter than this share of the line is a link of a chain."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Link:
    """One link, in the frame of the line: from `low` to `high` along Z [m]."""

    mesh: Mesh
    low: float
    high: float


def with_links(stage: Stage, members: Mapping[str, Member]) -> Stage:
    """Return the stage in which every line that something hangs on, or that hangs, has its links.

    A line of n links keeps its id for the uppermost; the others are its parts, `chain#1.link_2`
    and so on, each held to the one above by a ball joint. What hangs at its end is also kept within
    the line's length by a rope joint: the links carry themselves, however heavy that is.

    Args:
        stage: Everything; a line is one body that hangs by a ball joint.
        members: The shapes of what the words name.
    """
    for joint in stage.joints:
        member = members.get(joint.child)
        if joint.kind == "ball" and member is not None and LINE_TAG in member.asset.tags:
            stage = _linked(stage, joint, links_of(member.entity))
    return stage


def _linked(stage: Stage, upper: Joint, said: int | None) -> Stage:
    line = stage.body(upper.child)
    links = _links_of(line.mesh, said)
    if said is None and len(links) < FEWEST:
        return stage
    bodies = [_body(line, link, k) for k, link in enumerate(links)]
    joints = [
        replace(
            upper, child_from_joint=Pose.at(0.0, 0.0, -links[0].low) @ upper.child_from_joint
        )
    ]  # fmt: skip
    joints += [_between(*pair, bodies) for pair in itertools.pairwise(links)]
    lower = [joint for joint in stage.joints if joint.parent == line.id]
    last = Pose.at(0.0, 0.0, -links[-1].low)
    for joint in lower:
        held = replace(
            joint, parent=bodies[-1].id, parent_from_joint=last @ joint.parent_from_joint
        )
        joints += [held, _taut(upper, joint)]
    others = [joint for joint in stage.joints if joint is not upper and joint not in lower]
    return replace(
        stage,
        bodies=(*(bodies[0] if b.id == line.id else b for b in stage.bodies), *bodies[1:]),
        joints=(*others, *joints),
        actions=_let_go(stage.actions, [joint.child for joint in lower], bodies),
    )


def _taut(upper: Joint, lower: Joint) -> Joint:
    """Keep what hangs at a line's end within the line's length of where that begins."""
    length = np.linalg.norm(lower.parent_from_joint.position - upper.child_from_joint.position)
    return Joint(
        id=f"taut_{lower.child}", kind="rope", parent=upper.parent, child=lower.child,
        parent_from_joint=upper.parent_from_joint, child_from_joint=lower.child_from_joint,
        length_m=float(length) + GIVE_M,
    )  # fmt: skip


def _between(above: _Link, below: _Link, bodies: Sequence[Body]) -> Joint:
    """Join a link to the one above it, where they meet."""
    parent, child = (_body_of(link, bodies) for link in (above, below))
    return Joint(
        id=f"{child.id}_ball", kind="ball", parent=parent.id, child=child.id,
        parent_from_joint=Pose.identity(),
        child_from_joint=Pose.at(0.0, 0.0, below.high - below.low),
    )  # fmt: skip


def _body_of(link: _Link, bodies: Sequence[Body]) -> Body:
    return next(body for body in bodies if body.mesh is link.mesh)


def _let_go(
    actions: Sequence[StageAction], hung: Sequence[str], bodies: Sequence[Body]
) -> tuple[StageAction, ...]:
    """A line is let go when what hangs at its end is."""
    more = [
        replace(action, body=body.id, linear=np.zeros(3), angular=np.zeros(3))
        for action in actions
        if action.kind == "release" and action.body in hung
        for body in bodies
    ]
    return tuple(sorted((*actions, *more), key=lambda action: action.start_secs))


def _body(line: Body, link: _Link, k: int) -> Body:
    long = link.high - link.low
    share = long / float(line.mesh.extents[2])
    radius = min(float(link.mesh.extents[:2].max()) / 2, 0.45 * long)
    return replace(
        line,
        id=line.id if k == 0 else f"{line.id}.link_{k + 1}",
        noun=line.noun if k == 0 else f"{line.noun} link",
        entity=line.entity if k == 0 else None,
        part_of=None if k == 0 else line.id,
        mesh=link.mesh,
        collider=rounded(radius, long),
        pose=line.pose @ Pose.at(0.0, 0.0, link.low),
        mass_kg=line.mass_kg * share,
        center_of_mass=np.array([0.0, 0.0, long / 2]),
        inertia=rod_inertia(line.mass_kg * share, radius, long),
        break_impulse=None,
    )


def rounded(radius: float, long: float) -> Collider:
    """Return a capsule that ends a little before its joints do: neighbours but one are not met."""
    height = max(long - 0.2 * radius, 2.02 * radius)
    return Collider(shape="capsule", size=(radius, height), center=np.array([0, 0, long / 2]))


def rod_inertia(mass_kg: float, radius: float, long: float) -> Float[Array, "3 3"]:
    """Return the inertia (3 3) [kg·m²] of a massive cylinder about its middle, along Z."""
    across = mass_kg * (radius**2 / 4 + long**2 / 12)
    return np.diag([across, across, mass_kg * radius**2 / 2])


def _links_of(mesh: Mesh, said: int | None) -> list[_Link]:
    """Cut a line that lies along Z into links, uppermost first; a chain has as many as are said."""
    points = np.asarray(mesh.vertices, np.float64)
    low, high = float(points[:, 2].min()), float(points[:, 2].max())
    count = said or int(np.clip(round((high - low) / LINK_M), FEWEST, MOST))
    piece_of = _pieces(mesh)
    middles = np.bincount(piece_of, points[:, 2]) / np.bincount(piece_of)
    reach = max(float(np.ptp(points[piece_of == k, 2])) for k in range(len(middles)))
    edges = np.linspace(high, low, count + 1)
    if reach > SHORT * (high - low):
        return list(_sliced(mesh, edges))
    if said is not None and len(middles) != said:
        return _links_of(_rings(mesh, said), said)
    rank = np.zeros(len(middles), np.int64)
    rank[np.argsort(-middles)] = np.arange(len(middles))
    count = min(count, len(middles))
    return list(_grouped(mesh, rank[piece_of] * count // len(middles), count))


def _rings(mesh: Mesh, count: int) -> Mesh:
    """Return a chain of so many links in a chain's place: of round bars, each across the next."""
    low, high = float(mesh.vertices[:, 2].min()), float(mesh.vertices[:, 2].max())
    link = (high - low) / (1 + (count - 1) * (1 - 4 * BAR_SHARE))
    bar = BAR_SHARE * link
    turn = np.linspace(0, 2 * np.pi, 33)[:-1]
    oval = np.column_stack(
        [WIDE_SHARE * link * np.cos(turn), 0 * turn, (0.5 * link - bar) * np.sin(turn)]
    )
    ring = tube(oval, bar, closed=True, sides=10, pieces=1).without_hulls()
    rings = [
        ring.turned("z", 90 * (k % 2)).moved(z=low + link / 2 + k * (link - 4 * bar))
        for k in range(count)
    ]
    return mesh_of(joined(*rings))


def _pieces(mesh: Mesh) -> Int[Array, " v"]:
    """Return which connected piece of a surface each corner belongs to (v)."""
    edges = mesh.triangles[:, [0, 1, 1, 2]].reshape(-1, 2)
    size = len(mesh.vertices)
    joined = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(size, size))
    return np.asarray(connected_components(joined, directed=False)[1])


def _grouped(mesh: Mesh, group_of: Int[Array, " v"], count: int) -> Iterator[_Link]:
    """Yield a chain's rings in groups, which meet in the middle of their overlap."""
    points = np.asarray(mesh.vertices, np.float64)
    lows = [float(points[group_of == k, 2].min()) for k in range(count)]
    highs = [float(points[group_of == k, 2].max()) for k in range(count)]
    meets = [(low + high) / 2 for low, high in zip(lows[:-1], highs[1:], strict=True)]
    for k, (high, low) in enumerate(zip((highs[0], *meets), (*meets, lows[-1]), strict=True)):
        yield _Link(mesh=_only(mesh, group_of == k, low), low=low, high=high)


def _only(mesh: Mesh, kept: Bool[Array, " v"], low: float) -> Mesh:
    """Return the part of a mesh on some of its corners, lowered by `low` [m]."""
    number = np.cumsum(kept) - 1
    faces = kept[mesh.triangles].all(axis=1)
    return replace(
        mesh,
        vertices=np.asarray(mesh.vertices)[kept] - np.array([0.0, 0.0, low]),
        triangles=number[mesh.triangles[faces]],
        material_index=mesh.material_index[faces],
        uv=None if mesh.uv is None else mesh.uv[kept],
    )


def _sliced(mesh: Mesh, edges: Float[Array, " n"]) -> Iterator[_Link]:
    """Yield the slices of a closed surface between planes across Z, uppermost first."""
    whole = manifold_of(Solid(vertices=mesh.vertices, triangles=mesh.triangles))
    if whole.status() != manifold3d.Error.NoError:
        return
    for high, low in itertools.pairwise(edges):
        cut = whole.trim_by_plane((0.0, 0.0, 1.0), float(low))
        cut = cut.trim_by_plane((0.0, 0.0, -1.0), -float(high))
        yield _Link(
            mesh=mesh_of(solid_of(cut).moved(z=-float(low))), low=float(low), high=float(high)
        )


def mesh_of(solid: Solid) -> Mesh:
    """Return a solid of one material as a mesh."""
    return Mesh(
        vertices=solid.vertices,
        triangles=solid.triangles,
        material_index=np.zeros(len(solid.triangles), np.int32),
    )
