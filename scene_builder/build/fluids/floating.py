"""What floats on water: a lake for it, its waterline, and the shore before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.build.fluids.plunging import plunging_of
from scene_builder.build.holding.sizes import noun_of
from scene_builder.build.members import Member
from scene_builder.build.setting.homes import open_air_of
from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.shell import SEA_M
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import placed_item
from scene_builder.model.arrays import Array
from scene_builder.model.fluids.fluid import WATER_DENSITY, Fluid, Immersion
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.solids.displacement import Cells, cells_of
from scene_builder.model.stage import GROUND_ID, Body, Collider, Stage

WATERCRAFT = frozenset({"watercraft", "boat", "toy_boat", "toy_canoe", "toy_ship"})
UPRIGHT = WATERCRAFT | {"rubber_duck", "duck", "goose"}
"""These are built, or grown, so that they float upright."""

AT_HOME = UPRIGHT | {"cork", "ice_piece", "ice_cube"}
"""Where the words name no place, these float on a lake."""

SEA_ID = "decor_sea"

DEPTH_M, LAND_M = 3.0, 120.0
"""How deep the water is at least, and how far the land before it reaches [m]."""

FORM_DRAG = 1.0
"""Quadratic drag coefficient of blunt things in water (Hoerner 1965, chapter 3)."""

SURF_M, SHORE_M = 20.0, 2.5
"""How far out surf is drawn, and how far before lone floating things the shore lies [m]."""

KEEL_SHARE = 0.2
"""What is made to float is weighted at this share of its height."""

HALVINGS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Afloat:
    """What is put on the water.

    Attributes:
        ids: Bodies that float.
        riders: What stands on or in each of them, by body id.
        plunging: Those that fall in from above.
    """

    ids: tuple[str, ...] = ()
    riders: Mapping[str, str]
    plunging: frozenset[str] = frozenset()


def watered(graph: SceneGraph, deeds: Sequence[Deed]) -> tuple[SceneGraph, tuple[str, ...]]:
    """Return the graph at a place for its water or wind if it names none, and what was assumed.

    Args:
        graph: What the words say.
        deeds: All deeds.
    """
    if graph.setting.place is not None:
        return graph, ()
    # What lands in named ground lands in grass or sand.
    if graph.setting.ground is None and plunging_of(graph, deeds):
        return _at(graph, "lake"), ("Something falls into water: the place is a lake.",)
    carried = supports_said(graph)
    for deed in (one for one in deeds if _on_the_level(one) and one.actor not in carried):
        entity = graph.entity(deed.actor.partition("#")[0])
        if (noun := noun_of(entity)) and AT_HOME & {noun.name, *hypernyms_of(noun.name)}:
            note = f"The {noun.name.replace('_', ' ')} floats on water: the place is a lake."
            return _at(graph, "lake"), (note,)
    if graph.setting.weather == "windy":
        place = open_air_of(graph)
        return _at(graph, place), (f"The wind is felt outdoors: the place is a {place}.",)
    return graph, ()


def _at(graph: SceneGraph, place: str) -> SceneGraph:
    setting = graph.setting.model_copy(update={"place": place})
    return graph.model_copy(update={"setting": setting})


def afloat_of(
    graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member], place: Place
) -> Afloat:
    """Return what floats on the water of a place.

    Args:
        graph: What the words say.
        deeds: All deeds.
        members: All individuals.
        place: The kind of place; without a shore it has no water.
    """
    if place.shore_m is None or graph.setting.gravity == "zero":
        return Afloat(riders={})
    carried = supports_said(graph)
    plunging = frozenset(plunging_of(graph, deeds) & members.keys() - carried.keys())
    lying = {deed.actor for deed in deeds if _on_the_level(deed)} & members.keys() - carried.keys()
    lying -= {name for name in lying if is_balloon(members[name].asset.noun)}
    ids = tuple(dict.fromkeys(d.actor for d in deeds if d.actor in plunging | lying))
    riders = {rider: below for rider, below in carried.items() if rider in members and below in ids}
    return Afloat(ids=ids, riders=riders, plunging=plunging)


def without_lifts(
    cues: Sequence[Cue], afloat: Afloat, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> tuple[Cue, ...]:
    """Return the cues of what neither floats on water nor rises from where it stands.

    Args:
        cues: All cues.
        afloat: What floats on water.
        deeds: All deeds.
        members: All individuals.
    """
    rising = {
        deed.actor
        for deed in deeds
        if deed.verb == "float" and deed.vertical == "up" and deed.height_m is None
        and deed.actor in members and is_balloon(members[deed.actor].asset.noun)
    }  # fmt: skip
    return tuple(
        cue
        for cue in cues
        if cue.kind != "lift" or cue.actor not in (rising | {*afloat.ids}) - afloat.plunging
    )


def is_balloon(noun: str) -> bool:
    """Whether a thing of that name is filled with helium when it floats."""
    return "balloon" in noun and "water" not in noun


def launched(
    poses: Mapping[str, Pose], members: Mapping[str, Member], afloat: Afloat, place: Place
) -> tuple[dict[str, Pose], Place]:
    """Put what floats behind a shore, each at its waterline.

    Args:
        poses: `world_from_item` of everything, as layout made them.
        members: All individuals.
        afloat: What floats.
        place: The kind of place, with a shore.

    Returns:
        The poses, and the place with its shore behind all that stands and before all that floats.
    """
    moved = dict(poses)
    if not afloat.ids:
        return moved, place
    boxes = {name: placed_item(members[name].item, pose) for name, pose in poses.items()}
    dry = [boxes[name] for name in poses if name not in afloat.ids and name not in afloat.riders]
    wet = [boxes[name] for name in afloat.ids]
    size = max(float((box.high - box.low).max()) for box in wet)
    front = min(float(box.low[1]) for box in wet)
    shore = max([float(box.high[1]) + 0.3 for box in dry], default=front - max(1.5 * size, SHORE_M))
    behind = max(0.0, shore + 0.4 * size - front)
    for name in afloat.ids:
        riders = [one for one, below in afloat.riders.items() if below == name]
        load = sum(members[one].asset.mass_kg for one in riders)
        lift = 0.0
        if name not in afloat.plunging:
            lift = _waterline(members[name], poses[name], load)
        for one in (name, *riders):
            place_of_one = poses[one].position + np.array([0.0, behind, lift])
            moved[one] = Pose(position=place_of_one, wxyz=poses[one].wxyz)
    # No bush grows in the water; scenery stands beyond it.
    return moved, replace(place, shore_m=shore, decor=())


def immersed(stage: Stage, afloat: Afloat, place: Place) -> tuple[Stage, tuple[str, ...]]:
    """Let water carry what floats, and give it a bed to sink to.

    Args:
        stage: With everything at its place.
        afloat: What floats.
        place: The kind of place, with a shore.

    Returns:
        The stage, and a sentence about each thing that will sink.
    """
    if not afloat.ids or place.shore_m is None:
        return stage, ()
    notes, felt = [], list[Immersion]()
    for body in stage.bodies:
        if body.id not in (*afloat.ids, *afloat.riders) or body.mobility != "dynamic":
            continue
        hollow = _keeps_dry(body.noun, body.asset.name)
        cells = cells_of(body.collider, body.mesh, hollow=hollow)
        area = float(body.mesh.extents[0] * body.mesh.extents[1])
        felt.append(
            Immersion(
                body=body.id, fluid="water", drag_coefficient=FORM_DRAG, area_m2=area,
                volume_m3=cells.volume, hollow=hollow,
            )
        )  # fmt: skip
        load = sum(stage.body(one).mass_kg for one, on in afloat.riders.items() if on == body.id)
        if body.id in afloat.ids and body.mass_kg + load >= WATER_DENSITY * cells.volume:
            notes.append(
                f"The {body.noun} with its load is heavier than the water it displaces: it sinks."
            )
    water = Fluid(
        name="water", density=WATER_DENSITY, surface_z=SEA_M, shore_y=float(place.shore_m)
    )
    depth = max(DEPTH_M, *(3 * float(stage.body(name).mesh.extents.max()) for name in afloat.ids))
    bodies = tuple(
        _dug(_weighted(body) if body.id in afloat.ids else body, float(place.shore_m), depth)
        for body in stage.bodies
    )
    stage = replace(
        stage, bodies=bodies, fluids=(*stage.fluids, water),
        immersions=(*stage.immersions, *felt),
    )  # fmt: skip
    return stage, tuple(notes)


def _weighted(body: Body) -> Body:
    """Put the centre of mass of what is made to float below the middle of its draught.

    Boats and bath toys are ballasted so; their shapes here have walls of one density.
    """
    match = resolve_noun(body.noun)
    if match is None or not UPRIGHT & {match.noun.name, *hypernyms_of(match.noun.name)}:
        return body
    cells = cells_of(body.collider, body.mesh, hollow=_keeps_dry(body.noun, body.asset.name))
    heights = (body.pose @ cells.centers)[:, 2] - SEA_M
    share = cells.covered(body.pose.rotation, heights)
    if not share.any():
        return body
    center = (cells.centers * share[:, None]).sum(axis=0) / share.sum()
    keel = float(body.mesh.low[2] + KEEL_SHARE * body.mesh.extents[2])
    center[2] = min(float(body.center_of_mass[2]), keel)
    return replace(body, center_of_mass=center)


def _dug(body: Body, shore: float, depth: float) -> Body:
    """Let the land end at the shore, and the water reach down to its bed."""
    if body.id == GROUND_ID:
        size = (2 * LAND_M, LAND_M, depth + 1.0)
        center = np.array([0.0, shore - LAND_M / 2, -size[2] / 2])
        return replace(body, collider=Collider(shape="box", size=size, center=center))
    if body.id == SEA_ID:
        size = (2 * LAND_M, LAND_M, 1.0)
        center = np.array([0.0, shore + LAND_M / 2, -SEA_M - depth - 0.5])
        # Foam and breakers are drawn up to this far from a shore: what floats has calm water.
        [water] = body.materials
        calm = replace(water, parameters={**water.parameters, "shore_y_m": shore - SURF_M})
        collider = Collider(shape="box", size=size, center=center)
        return replace(body, collider=collider, materials=(calm,))
    return body


def _on_the_level(deed: Deed) -> bool:
    return deed.verb == "float" and deed.vertical != "up" and deed.height_m is None


def _keeps_dry(*names: str) -> bool:
    """Whether what is called so is open above and closed below, and holds no water."""
    return any(word in name for name in names for word in _OPEN_ABOVE)


_OPEN_ABOVE = ("boat", "canoe", "ship", "bowl", "cup", "bucket")


def _waterline(member: Member, pose: Pose, load: float) -> float:
    """Return how far a member is to be lifted to float with a load [kg]: its weight displaced."""
    asset = member.asset
    noun = asset.noun if member.entity is None else member.entity.noun
    hollow = _keeps_dry(noun, asset.credit.name)
    cells = cells_of(asset.collider, asset.mesh, hollow=hollow)
    world_from_body = pose @ member.item.upright
    heights = (world_from_body @ cells.centers)[:, 2]
    wanted = (asset.mass_kg + load) / WATER_DENSITY
    low = float(heights.min()) - float(cells.edges.max())
    high = float(heights.max()) + float(cells.edges.max())
    if wanted >= cells.volume:
        return SEA_M - low
    for _ in range(HALVINGS):
        level = (low + high) / 2
        if _displaced(cells, world_from_body, heights - level) < wanted:
            low = level
        else:
            high = level
    return SEA_M - level


def _displaced(cells: Cells, pose: Pose, heights: Float[Array, " n"]) -> float:
    return float(cells.covered(pose.rotation, heights).mean() * cells.volume)
