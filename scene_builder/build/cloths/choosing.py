"""Which members of the cast are cloth, and what piece each of them is cut from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scene_builder.assets.source import Asset
from scene_builder.build.cast import Cast
from scene_builder.build.cloths.cutting import sheet_mesh
from scene_builder.build.items import item_of
from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.cloths import CLOTHS
from scene_builder.model.graph import SceneGraph
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Collider

SPREAD: Mapping[str, tuple[float, float]] = {
    "blanket": (1.6, 1.3), "towel": (1.3, 0.7), "scarf": (1.6, 0.3), "flag": (1.5, 0.9),
}  # fmt: skip
"""Sizes of what an asset shows folded, or with other things [m]."""

FALLS = frozenset({"drop", "fall", "throw", "float", "bounce", "launch"})

STREAMS = frozenset({"fly", "float", "swing", "spin", "stay"})
"""What a flag does on its pole."""

FITTED = frozenset({"tablecloth", "cloth"})
"""What is cut to fit what it lies on, where the words give it no size."""

OVERHANG_M, OVERHANG_SHARE = 0.24, 0.6
"""A tablecloth hangs down so far, and at most so much of its table's height."""

FOOT_M = 0.24
"""Layout sees no more of a cloth that lies or falls on something than this middle of it [m]."""

POLE_RADIUS_M, POLE_HEIGHTS = 0.02, 2.6
"""A flag's own pole: its radius [m], and its height in heights of the flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One piece of cloth.

    Attributes:
        name: Body id.
        kind: Noun of the knowledge base.
        width: [m].
        height: [m].
        over: What it lies on at frame 0, or None.
    """

    name: str
    kind: str
    width: float
    height: float
    over: str | None = None


def cloths_of(
    graph: SceneGraph, deeds: Sequence[Deed], cast: Cast
) -> tuple[Cast, tuple[Cut, ...], tuple[Deed, ...]]:
    """Return the cast with its cloths cut, the cloths, and the deeds that are left to stage.

    Cloth is what falls, what lies on something smaller than itself, and a flag; what carries
    something, or lies beside something on the same table, stays the folded, rigid thing it is.
    """
    cuts = [cut for name in cast.members if (cut := _cut(name, graph, deeds, cast)) is not None]
    members = dict(cast.members)
    for cut in cuts:
        members[cut.name] = _member(members[cut.name], cut)
    flags = {cut.name for cut in cuts if cut.kind == "flag"}
    left = tuple(deed for deed in deeds if deed.actor not in flags)
    return Cast(members=members, notes=cast.notes), tuple(cuts), left


def _cut(name: str, graph: SceneGraph, deeds: Sequence[Deed], cast: Cast) -> Cut | None:
    member = cast.members[name]
    match = resolve_noun(member.asset.noun if member.entity is None else member.entity.noun)
    kind = match.noun.name if match else ""
    if kind not in CLOTHS or _is_needed_rigid(name, graph, deeds):
        return None
    mine = {deed.verb for deed in deeds if deed.actor == name}
    supports = supports_said(graph)
    over = supports.get(name)
    width, height = _size(member, kind)
    if kind == "flag":
        alone = over is None and not _is_related(name, graph)
        return Cut(name=name, kind=kind, width=width, height=height) if alone and (
            mine <= STREAMS
        ) else None  # fmt: skip
    if mine and mine <= FALLS:
        return Cut(name=name, kind=kind, width=width, height=height)
    carrier = cast.members.get(over or "")
    if mine or carrier is None or list(supports.values()).count(carrier.id) > 1:
        return None
    named = kind if member.entity is None else member.entity.noun.split()[-1]
    if named in FITTED and (member.entity is None or member.entity.size is None):
        x, y = carrier.item.extents[:2]
        hang = 2 * min(OVERHANG_M, OVERHANG_SHARE * float(carrier.item.extents[2]))
        width, height = float(x) + hang, float(y) + hang
    if width * height <= float(np.prod(carrier.item.extents[:2])):
        return None
    return Cut(name=name, kind=kind, width=width, height=height, over=carrier.id)


def _is_needed_rigid(name: str, graph: SceneGraph, deeds: Sequence[Deed]) -> bool:
    """Whether something stands on it, or acts on it."""
    if name in supports_said(graph).values():
        return True
    return any(name in (*deed.targets, deed.landing) for deed in deeds)


def _is_related(name: str, graph: SceneGraph) -> bool:
    return any(
        name in graph.body_ids(ref)
        for relation in graph.relations
        if relation.predicate in ("attached_to", "hanging_from", "inside", "on", "against")
        for ref in (relation.subject, *relation.object)
    )


def _size(member: Member, kind: str) -> tuple[float, float]:
    """Return how large it is spread out [m]: as asked for, else as such things are."""
    x, y, _ = sorted((float(edge) for edge in member.asset.mesh.extents), reverse=True)
    if kind not in SPREAD:
        return x, y
    wide, high = SPREAD[kind]
    asked = member.entity is not None and member.entity.size is not None
    scale = x / wide if asked else 1.0
    return scale * wide, scale * high


def _member(member: Member, cut: Cut) -> Member:
    """Return the member as a flat sheet; layout sees its middle, or a flag with its pole."""
    mesh = sheet_mesh(cut.width, cut.height)
    mass = CLOTHS[cut.kind] * cut.width * cut.height
    entity = member.entity
    if entity is not None and entity.mass_kg is not None:
        mass = entity.mass_kg
    size = (cut.width, cut.height, 0.01)
    moments = mass / 12 * np.array([cut.height**2, cut.width**2, cut.width**2 + cut.height**2])
    asset = replace(
        member.asset, mesh=mesh, collider=Collider(shape="box", size=size),
        materials=(_cloth_of(member.asset),), mass_kg=mass, center_of_mass=np.zeros(3),
        inertia=np.diag(moments), supports=(), cavity=None, incline=None, rolls=None,
        furniture=False,
    )  # fmt: skip
    foot = (min(cut.width, FOOT_M), min(cut.height, FOOT_M), 0.01)
    if cut.kind == "flag":
        foot = (cut.width, 2 * POLE_RADIUS_M, POLE_HEIGHTS * cut.height)
    seen = replace(asset, mesh=_block(foot), collider=_solid(foot))
    item = item_of(seen, id=member.id, entity=member.item.entity)
    return replace(member, asset=asset, item=item)


def _cloth_of(asset: Asset) -> Material:
    """Return an asset's main material, if it is cloth; else fabric of that colour."""
    main = asset.materials[0]
    soft = substance(main.name).friction >= substance("fabric").friction * SOFT_SHARE
    return main if soft else replace(main, name="fabric")


def _block(size: tuple[float, float, float]) -> Mesh:
    x, y, z = size
    signs = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (0, 2)])
    corners = signs * np.array([x, y, z]) / 2
    triangles = np.array([
        (0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1),
        (2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3),
    ])  # fmt: skip
    return Mesh(vertices=corners, triangles=triangles, material_index=np.zeros(12, np.int32))


def _solid(size: tuple[float, float, float]) -> Collider:
    return Collider(shape="box", size=size, center=np.array([0.0, 0.0, size[2] / 2]))


SOFT_SHARE = 0.8
"""What is rougher than this share of fabric is cloth, too: wool, felt."""
