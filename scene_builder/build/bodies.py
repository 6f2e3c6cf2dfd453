"""Members of the cast become bodies of the stage."""

from collections.abc import Collection, Sequence

import numpy as np

from scene_builder.build.leaning import is_two_wheeled
from scene_builder.build.members import ON_SIDE_TAG, Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.acting import keeps_way
from scene_builder.knowledge.materials import substance
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body
from scene_builder.model.words import Mobility

WHEEL_FRICTION = 0.06
"""Most friction of what stands on wheels: with a floor of 0.6 a resistance of 3.6 %."""

EDGE_FRICTION, EDGE_RADIUS_M = 0.15, 2e-6
"""Of what spins on a hard, polished edge, as a coin does: it turns on hardly more than a point."""

SELF_MOVING = frozenset({"walk", "run", "fly"})


def body_of(
    member: Member, world_from_item: Pose, mobility: Mobility, *, on_edge: bool = False
) -> Body:
    """Return a member as a body at a pose.

    Args:
        member: The individual.
        world_from_item: Where layout put it.
        mobility: How it may move.
        on_edge: Whether it spins on its edge.
    """
    asset, entity = member.asset, member.entity
    kind = substance(asset.substance)
    wheels = asset.rolls == "x" and ON_SIDE_TAG not in asset.tags
    friction = WHEEL_FRICTION if wheels else EDGE_FRICTION if on_edge else kind.friction
    resisting = EDGE_RADIUS_M if on_edge else np.inf
    return Body(
        id=member.id,
        noun=asset.noun if entity is None else entity.noun,
        entity=None if entity is None else entity.id,
        mesh=asset.mesh,
        collider=asset.collider,
        materials=asset.materials,
        mass_kg=asset.mass_kg,
        center_of_mass=asset.center_of_mass,
        inertia=asset.inertia,
        pose=world_from_item @ member.item.upright,
        mobility=mobility,
        asset=asset.credit,
        friction=min(kind.friction, friction),
        rolling_friction=min(kind.rolling_friction, resisting),
        spinning_friction=min(kind.spinning_friction, resisting),
        restitution=kind.restitution,
        break_impulse=kind.break_impulse(asset.mass_kg, float(asset.mesh.extents.max())),
        color_asked=None if entity is None else entity.color,
    )


def mobility_of(
    member: Member,
    deeds: Sequence[Deed],
    hung: Collection[str],
    fixed: Collection[str] = (),
    mounted: Collection[str] = (),
) -> Mobility:
    """Return how a member may move.

    What the words say comes first. Furniture, and a bicycle on its stand, stays unless something
    acts on it or it acts itself; what walks, runs or flies moves by command; everything else obeys
    the laws.

    Args:
        member: The individual.
        deeds: Who does what.
        hung: Who swings, and who leans.
        fixed: Who is fastened to a wall.
        mounted: Who is on the wall, or hangs on a hook there.
    """
    if member.entity is not None and member.entity.mobility is not None:
        return member.entity.mobility
    mine = [deed for deed in deeds if deed.actor == member.id]
    if any(deed.verb in SELF_MOVING and deed.leaves is None for deed in mine):
        return "kinematic"
    acts = any(deed.verb not in ("stay", "stack") for deed in mine)
    near = [deed for deed in deeds if member.id in deed.targets]
    hit = any(not keeps_way(deed) and not deed.passes for deed in near)
    # What hangs on a wall stays there, whatever hits it.
    hit = hit and member.id not in fixed
    if member.id in mounted and not acts and not hit:
        return "static"
    stays = member.asset.furniture or is_two_wheeled(member.asset)
    if stays and not acts and not hit and member.id not in hung:
        return "static"
    return "dynamic"
