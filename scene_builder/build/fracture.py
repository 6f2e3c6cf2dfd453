"""Bodies that can break get the pieces that they break into."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scene_builder.assets.fracture.shattering import Piece, shattered_rand
from scene_builder.assets.mass import mass_of
from scene_builder.assets.shapes.solid import convex
from scene_builder.assets.source import Asset
from scene_builder.build.members import Member
from scene_builder.build.staging.beats import lead_secs, start_of
from scene_builder.build.staging.breaking import endangered, exploding, share_of, shattering
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.speeds import is_stated, speed_at_size
from scene_builder.knowledge.materials import Substance, material_for, substance
from scene_builder.knowledge.words.softs import SOFT_STUFFS
from scene_builder.model.chance import stream
from scene_builder.model.graph import SceneGraph
from scene_builder.model.material import Material
from scene_builder.model.stage import Body, Stage, StageAction

SHARDS, CHUNKS = 14, 12
"""Pieces of what is brittle, and of what bursts although it is not."""

MOST_PIECES = 60
"""Pieces on a stage, at most."""

SPLINTERS = (2.5, 1.0, 1.0)
"""Wood splits along its grain."""

FRAGILE_SPEED = 1.0
"""What the words break when it is struck bears no faster blow than this [m/s]."""

FASTEST = 15.0
"""What bears more than a fall from eleven metres gives stays whole, and needs no pieces [m/s]."""

LUMP_SHARE, LUMP_WIDTH, LUMP_FACTOR = 0.5, 0.3, 2.5
"""Substances' break speeds are those of thin things. What fills so much of its hull and is nowhere
thinner than this share of its length is a lump: it bends nowhere, and bears a faster blow."""

BURST_FACTOR = 1.6
"""What bursts sends its pieces off faster than a push of that pace would send the whole."""

ROUGH = 0.6
"""A broken face is at least so rough, unless one looks through it."""


def with_pieces(
    stage: Stage,
    members: Mapping[str, Member],
    deeds: Sequence[Deed],
    graph: SceneGraph,
    *,
    seed: int,
) -> tuple[Stage, tuple[str, ...]]:
    """Cut what the words break, and what is brittle and may be struck hard.

    A piece is called `vase#1.p3`; it is absent until the vase breaks.

    Args:
        stage: Everything, whole.
        members: The shapes of what the words name.
        deeds: Who does what.
        graph: What the words say.
        seed: Of the run.

    Returns:
        The stage with the pieces as its last bodies and with what bursts by itself, and a
        sentence about each body that should break and cannot.
    """
    told, struck = exploding(deeds), shattering(deeds)
    free = _free(stage) & members.keys()
    brittle = {name for name in endangered(deeds, graph) & free if _bears(members[name].asset)}
    counts = {
        body.id: SHARDS if _bears(members[body.id].asset) else CHUNKS
        for body in stage.bodies
        if body.id in brittle | (told & free)
    }
    changed: dict[str, Body] = {}
    pieces: list[Body] = []
    for name, count in share_of(counts, MOST_PIECES).items():
        asset, rng = members[name].asset, stream(seed, "fracture", name)
        cut = shattered_rand(
            rng, asset.mesh, asset.collider, mass_kg=asset.mass_kg, count=count,
            stretch=SPLINTERS if asset.materials[0].name == "wood" else (1.0, 1.0, 1.0),
        )  # fmt: skip
        if cut:
            speed = FRAGILE_SPEED if name in struck else _bears(asset)
            limit = None if speed is None else speed * asset.mass_kg
            changed[name] = replace(stage.body(name), break_impulse=limit)
            inner = _inner(asset, rng)
            pieces += [_body(changed[name], piece, k, inner) for k, piece in enumerate(cut, 1)]
    if not pieces:
        return stage, _sorry(stage, told)
    bursts = _bursts(stage, deeds, (told - struck) & changed.keys())
    whole = replace(
        stage,
        bodies=(*(changed.get(body.id, body) for body in stage.bodies), *pieces),
        actions=tuple(sorted((*stage.actions, *bursts), key=lambda action: action.start_secs)),
    )
    return whole, _sorry(stage, told - changed.keys())


def _free(stage: Stage) -> set[str]:
    """Return the bodies that the laws move and no joint holds."""
    held = {end for joint in stage.joints for end in (joint.parent, joint.child)}
    return {b.id for b in stage.bodies if b.mobility == "dynamic" and b.id not in held}


def _bursts(
    stage: Stage, deeds: Sequence[Deed], bursting: Collection[str]
) -> Iterator[StageAction]:
    lead = lead_secs(stage.timeline.duration_secs)
    for deed in deeds:
        if deed.verb == "explode" and deed.actor in bursting:
            speed = speed_at_size(deed.pace, float(stage.body(deed.actor).mesh.extents.max()))
            speed *= 1.0 if is_stated(deed.speed) else BURST_FACTOR
            yield StageAction(
                kind="burst", body=deed.actor, start_secs=start_of(deed, lead),
                linear=np.array([speed, 0.0, 0.0]), verb=deed.verb,
            )  # fmt: skip


def _sorry(stage: Stage, whole: Collection[str]) -> tuple[str, ...]:
    nouns = dict.fromkeys(body.noun for body in stage.bodies if body.id in whole)
    return tuple(f"The {noun} cannot break here: it stays whole." for noun in nouns)


def _bears(asset: Asset) -> float | None:
    """Return the speed of a straight blow on hard ground that breaks a thing [m/s].

    None for what gives way instead, and for what no film's blow breaks.
    """
    kind = substance(asset.substance)
    thin = kind.breaks_at(float(asset.mesh.extents.max()))
    if thin is None or thin > FASTEST or kind.name in SOFT_STUFFS:
        return None
    speed = thin * (LUMP_FACTOR if _is_lump(asset, kind) else 1.0)
    return speed if speed <= FASTEST else None


def _is_lump(asset: Asset, kind: Substance) -> bool:
    extents = asset.mesh.extents
    if extents.min() < LUMP_WIDTH * extents.max():
        return False
    hull = convex(np.asarray(asset.mesh.vertices, np.float64))
    full = mass_of(hull.vertices, hull.triangles, kind.density).mass_kg
    return asset.mass_kg > LUMP_SHARE * full


def _inner(asset: Asset, rng: np.random.Generator) -> Material:
    """Return the surface of a break: the bare substance."""
    outer = asset.materials[0]
    if outer.parameters.get("transmission", 0.0) > 0:
        return replace(outer, textures={})
    bare = material_for(asset.substance, None, rng)
    rough = max(bare.parameters.get("roughness", ROUGH), ROUGH)
    return replace(bare, parameters={**bare.parameters, "roughness": rough, "coat": 0.0})


def _body(whole: Body, piece: Piece, number: int, inner: Material) -> Body:
    """Return a piece as a body, in its whole's frame."""
    return replace(
        whole,
        id=f"{whole.id}.p{number}",
        noun=f"{whole.noun} piece",
        entity=None,
        mesh=piece.mesh,
        collider=piece.collider,
        materials=(*whole.materials, inner),
        mass_kg=piece.mass.mass_kg,
        center_of_mass=piece.mass.center_of_mass,
        inertia=piece.mass.inertia,
        linear_velocity=np.zeros(3),
        angular_velocity=np.zeros(3),
        break_impulse=None,
        color_asked=None,
        piece_of=whole.id,
    )
