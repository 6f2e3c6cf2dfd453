"""Which bodies of a stage give way: a soft ball, a pillow, a cube of jelly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from scene_builder.build.members import Member
from scene_builder.build.softs.called_soft import fills, is_called_soft
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.knowledge.materials import Substance, is_substance, substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.softs import (
    AT_DENSITY,
    CALLED_SOFT,
    OF_DENSITY,
    SOFT_NOUNS,
    SOFT_STUFFS,
    UNKNOWN_LOSS,
    Give,
)
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.graph import SceneGraph
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Body, Stage

HEEDED = frozenset({"release", "set_velocity"})
"""Actions that soft bodies know."""

STANDING = 8.0
"""A modulus of at least so many times its own pressure, ρ·g·h: it sags by 6 % at most."""

FULL_SHARE = 0.55
"""Share of its box that a body fills, about (a ball: 0.52)."""

LEAST_HEIGHT_M = 0.004
"""What is flatter is no lump."""


def with_softs(
    stage: Stage, graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> tuple[Stage, tuple[str, ...]]:
    """Return the stage with its soft bodies, and a sentence about each kind.

    Soft is what is made of soft stuff, or is called soft, and takes part in something: what only
    carries others stays rigid.

    Args:
        stage: With its actions, joints, cloths and fluids.
        graph: What the words say.
        deeds: Who does what.
        members: All individuals.
    """
    acting = {name for d in deeds for name in (d.actor, *d.targets, d.landing) if name}
    bearing = set(supports_said(graph).values())
    softs, bodies, nouns = list[Softness](), list[Body](), list[str]()
    for body in stage.bodies:
        member = members.get(body.id)
        give = None
        if member is not None and body.id in acting - bearing and _may_give(stage, body):
            give = _give(body, member, graph)
        if give is None:
            bodies.append(body)
            continue
        bodies.append(replace(body, mesh=_welded(body)))
        stuff = substance(member.asset.substance) if member is not None else None
        gravity = float(np.linalg.norm(stage.gravity))
        softs.append(softness_of(body, give, stuff, gravity))
        nouns.append(body.noun)
    if not softs:
        return stage, ()
    soft = {one.body for one in softs}
    felt = tuple(one for one in stage.immersions if one.body not in soft)
    stage = replace(stage, bodies=tuple(bodies), softs=tuple(softs), immersions=felt)
    return stage, tuple(f"The {noun} is soft: it gives way." for noun in dict.fromkeys(nouns))


def _may_give(stage: Stage, body: Body) -> bool:
    """Whether nothing but gravity, throws and what it meets moves a body."""
    tied = {one for joint in stage.joints for one in (joint.parent, joint.child)}
    tied |= {one for other in stage.bodies for one in (other.part_of, other.piece_of)}
    wet = {f.name for f in stage.fluids if f.surface_z is not None}
    return (
        body.mobility == "dynamic"
        and body.id not in tied | stage.deforming
        and float(body.mesh.extents.min()) > LEAST_HEIGHT_M
        and all(a.kind in HEEDED for a in stage.actions if a.body == body.id)
        and not any(one.body == body.id and one.fluid in wet for one in stage.immersions)
    )


def _give(body: Body, member: Member, graph: SceneGraph) -> Give | None:
    entity = member.entity
    material = entity.material if entity is not None else None
    if entity is not None and material is not None and is_substance(material) and (
        not fills(entity)):  # fmt: skip
        stuff = SOFT_STUFFS.get(substance(material).name)
        if stuff is not None:
            return stuff
    if entity is not None and is_called_soft(entity, graph):
        return _of_density(body)
    match = resolve_noun(member.asset.noun if entity is None else entity.noun)
    return SOFT_NOUNS.get(match.noun.name) if match and material is None else None


def _of_density(body: Body) -> Give:
    density = body.mass_kg / (float(np.prod(body.mesh.extents)) * FULL_SHARE)
    modulus = AT_DENSITY * (density / OF_DENSITY) ** 2
    return replace(CALLED_SOFT, modulus=max(CALLED_SOFT.modulus, modulus))


def softness_of(body: Body, give: Give, stuff: Substance | None, gravity: float) -> Softness:
    """Return how a body gives way: no softer than what still stands under its own weight.

    Args:
        body: The body.
        give: How soft it is.
        stuff: Its substance, whose damping is its loss where `give` names none.
        gravity: [m/s²].
    """
    x, y, _ = (float(edge) for edge in body.mesh.extents)
    weighing = STANDING * gravity * body.mass_kg / (x * y * FULL_SHARE)  # ρ·g·h
    own = stuff.damping if stuff is not None else None
    loss = give.loss if give.loss is not None else own
    return Softness(
        body=body.id, youngs_modulus=float(f"{max(give.modulus, weighing):.4g}"),
        poisson_ratio=give.ratio, loss=UNKNOWN_LOSS if loss is None else loss,
    )  # fmt: skip


def _welded(body: Body) -> Mesh:
    """Return its mesh with one vertex where seams have several, if no picture lies on it."""
    mesh = body.mesh
    if any(material.textures for material in body.materials):
        return mesh
    places, numbers = np.unique(mesh.vertices, axis=0, return_inverse=True)
    triangles = numbers.reshape(-1)[mesh.triangles]
    kept = (triangles != np.roll(triangles, 1, axis=1)).all(axis=1)
    return replace(
        mesh, vertices=places, triangles=triangles[kept], uv=None,
        material_index=mesh.material_index[kept],
    )  # fmt: skip
