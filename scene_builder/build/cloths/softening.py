"""Which bodies of a stage give way: a soft ball, a pillow, a cube of jelly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.knowledge.materials import is_substance, substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.softs import (
    ADJECTIVES,
    AT_DENSITY,
    CALLED_SOFT,
    OF_DENSITY,
    SOFT_NOUNS,
    SOFT_STUFFS,
    YIELDING,
    Give,
)
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.graph import Entity, SceneGraph
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

_BETWEEN = r"(?:(?!(?:a|an|the|and|or|on|onto|in|into|of|to|at|with|from|by)\b)[\w'-]+\s+){0,2}"


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
        softs.append(_softness(body, give, float(np.linalg.norm(stage.gravity))))
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
    if material is not None and is_substance(material):
        stuff = SOFT_STUFFS.get(substance(material).name)
        if stuff is not None:
            return stuff
    if entity is not None and _is_called_soft(entity, graph):
        return _of_density(body)
    match = resolve_noun(member.asset.noun if entity is None else entity.noun)
    return SOFT_NOUNS.get(match.noun.name) if match and material is None else None


def _is_called_soft(entity: Entity, graph: SceneGraph) -> bool:
    """Whether the words put "soft" before a noun, or tell that it alone squashes."""
    words = graph.prompt.lower()
    head = re.escape(entity.noun.replace("_", " ").split()[-1].lower())
    alike = [e for e in graph.entities if e.noun == entity.noun]
    for found in re.finditer(
        rf"\b(?:{'|'.join(ADJECTIVES)})\s+({_BETWEEN}){head}(?:e?s)?\b", words
    ):
        if len(alike) == 1 or (entity.color or "") in found[1]:
            return True
    acting = {action.actor.partition("#")[0] for action in graph.actions}
    yields = re.search(rf"\b(?:{'|'.join(YIELDING)})\b", words) is not None
    return yields and acting == {entity.id} and not _is_hard(entity)


def _is_hard(entity: Entity) -> bool:
    match = resolve_noun(entity.noun)
    name = entity.material or (match.noun.substance if match else "")
    return not is_substance(name) or substance(name).shader not in ("rubber", "foam", "fabric")


def _of_density(body: Body) -> Give:
    density = body.mass_kg / (float(np.prod(body.mesh.extents)) * FULL_SHARE)
    modulus = AT_DENSITY * (density / OF_DENSITY) ** 2
    return replace(CALLED_SOFT, modulus=max(CALLED_SOFT.modulus, modulus))


def _softness(body: Body, give: Give, gravity: float) -> Softness:
    x, y, _ = (float(edge) for edge in body.mesh.extents)
    weighing = STANDING * gravity * body.mass_kg / (x * y * FULL_SHARE)  # ρ·g·h
    return Softness(
        body=body.id, youngs_modulus=float(f"{max(give.modulus, weighing):.4g}"),
        poisson_ratio=give.ratio, loss=give.loss,
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
