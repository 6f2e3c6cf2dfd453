"""The whole way from what the words say to a stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scene_builder.assets.source import AssetSource
from scene_builder.build.bodies import body_of, mobility_of
from scene_builder.build.cast import Cast, cast_of, is_on_edge
from scene_builder.build.cloths.choosing import cloths_of
from scene_builder.build.cloths.softening import with_softs
from scene_builder.build.cloths.spreading import with_cloths
from scene_builder.build.fluids.airborne import with_fluids
from scene_builder.build.fluids.floating import afloat_of, launched, watered, without_lifts
from scene_builder.build.fracture import with_pieces
from scene_builder.build.freedoms import freedoms_of
from scene_builder.build.hanging import Hanging, hanging_of
from scene_builder.build.items import WALL_HUNG
from scene_builder.build.jointed.apart import hinged_of, with_parts
from scene_builder.build.rooms import room_for, shell_around
from scene_builder.build.seating import seated
from scene_builder.build.setting.decor import decor_of
from scene_builder.build.setting.lights import environment_of, lights_of
from scene_builder.build.setting.places import Place, place_of
from scene_builder.build.setting.shell import shell_bodies
from scene_builder.build.showing import heights_of, shown_of, subjects_of
from scene_builder.build.staging.beats import lead_secs
from scene_builder.build.staging.choreography import company_of, cues_of, gravity_of
from scene_builder.build.staging.deeds import Deed, deeds_of
from scene_builder.build.staging.motions import Scene, actions_of
from scene_builder.build.staging.pouring import poured
from scene_builder.build.staging.pouring_path import tips_of, with_grains
from scene_builder.build.staging.pouring_vessels import sources_for
from scene_builder.build.staging.unserved import notes_of
from scene_builder.build.staging.wishes import wishes_of
from scene_builder.knowledge.materials import substance
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item, Placed, placed_item
from scene_builder.layout.lay_out import Layout, Problem, lay_out_rand
from scene_builder.layout.ties import Tie, ties_of
from scene_builder.model.chance import stream
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Stage, View
from scene_builder.model.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Built:
    """A stage, and one sentence about each choice and repair."""

    stage: Stage
    notes: tuple[str, ...] = ()


def build_stage(
    graph: SceneGraph,
    *,
    sources: Sequence[AssetSource],
    timeline: Timeline,
    seed: int,
    stands: Mapping[str, Pose] | None = None,
) -> Built:
    """Place, size, dress and set in motion everything that a graph names.

    Args:
        graph: What the words say.
        sources: Where shapes come from; the first that has one wins.
        timeline: Frames and seconds of the shot.
        seed: Seed of the run; the same one gives the same stage.
        stands: `world_from_body` of bodies of an earlier stage, which stay there if they can.

    Raises:
        SceneError: If a noun, a size, a speed or a colour is unknown.
        RelationError: If relations contradict each other.
        LayoutError: If something finds no place.
    """
    graph, pours, pour_notes = poured(graph)
    sources = sources_for(graph, pours, sources)
    deeds = deeds_of(graph)
    graph, water_notes = watered(graph, deeds)
    cast = cast_of(graph, sources, deeds, wishes_of(graph, deeds), seed=seed)
    cast, cloths, deeds = cloths_of(graph, deeds, cast)
    place, place_notes = place_of(graph)
    afloat = afloat_of(graph, deeds, cast.members, place)
    cues = without_lifts(cues_of(graph, deeds, cast.members), afloat, deeds, cast.members)
    items = {name: member.item for name, member in cast.members.items()}
    problem = _problem(graph, deeds, cast, cues, place)
    problem = replace(problem, kept=_items_from(stands or {}, items))
    layout = lay_out_rand(stream(seed, "layout"), problem)
    hangings = _hangings(cues, deeds, cast, layout, gravity_of(graph))
    poses = {**layout.poses, **{n: p for h in hangings for n, p in h.poses.items()}}
    poses, place = launched(poses, cast.members, afloat, place)
    tips, tip_notes = tips_of(pours, cast.members, poses, timeline, seed)
    for tip in tips:
        poses[tip.pour.vessel] = tip.poses[0] @ items[tip.pour.vessel].upright.inverse()
    placed = {name: placed_item(items[name], pose) for name, pose in poses.items()}
    bodies = seated(_bodies(cast, deeds, cues, poses), layout.parents)
    shell, focus = shell_around(placed, deeds, place, problem.room, hangings)
    closing = shell_bodies(
        place, shell, seed=seed, wall=_names(graph, "wall"),
        ceiling=bool(hangings) or _names(graph, "ceiling"),
    )  # fmt: skip
    decor = decor_of(graph, sources, place, shell, placed, focus, _acting(deeds), seed=seed)
    scene = _scene(graph, cast, layout, bodies, placed, place, timeline)
    stage = Stage(
        bodies=(*bodies.values(), *decor, *closing),
        joints=tuple(joint for hanging in hangings for joint in hanging.joints),
        actions=actions_of(deeds, scene),
        freedoms=freedoms_of(deeds, cues, layout, bodies, timeline.duration_secs),
        lights=lights_of(place, graph.setting, focus=focus, reach=float(shell.wall_y - focus[1])),
        environment=environment_of(place, graph.setting),
        shot=View(azimuth_deg=0.0, cues=graph.camera, subjects=subjects_of(graph)),
        timeline=timeline,
        gravity=np.array([0.0, 0.0, -gravity_of(graph)]),
    )
    stage, fluid_notes = with_fluids(stage, graph, deeds, afloat, place)
    stage, cloth_notes = with_cloths(stage, cloths)
    stage = with_parts(stage, cast.members, deeds)
    stage, whole_notes = with_pieces(stage, cast.members, deeds, graph, seed=seed)
    stage, soft_notes = with_softs(stage, graph, deeds, cast.members)
    stage = with_grains(stage, tips, seed)
    notes = (
        *place_notes,
        *water_notes,
        *cast.notes,
        *layout.notes,
        *notes_of(deeds, bodies, hinged_of(stage)),
    )
    return Built(
        stage=stage,
        notes=(
            *notes, *pour_notes, *tip_notes, *fluid_notes, *cloth_notes, *soft_notes, *whole_notes
        ),
    )  # fmt: skip


def _problem(
    graph: SceneGraph, deeds: Sequence[Deed], cast: Cast, cues: Sequence[Cue], place: Place
) -> Problem:
    items = {name: member.item for name, member in cast.members.items()}
    return Problem(
        items=items,
        ties=(*ties_of(graph), *_on_the_wall(graph, cast, place)),
        cues=cues,
        room=room_for(items, cues, place, graph),
        company=company_of(graph, deeds, cast.members),
        grip=substance(place.ground).friction,
        shown=shown_of(graph),
        elevations_deg=heights_of(graph),
    )


def _items_from(stands: Mapping[str, Pose], items: Mapping[str, Item]) -> dict[str, Pose]:
    """Return `world_from_item` of bodies that stood somewhere."""
    return {
        name: pose @ items[name].upright.inverse() for name, pose in stands.items() if name in items
    }


def _scene(
    graph: SceneGraph,
    cast: Cast,
    layout: Layout,
    bodies: Mapping[str, Body],
    placed: Mapping[str, Placed],
    place: Place,
    timeline: Timeline,
) -> Scene:
    return Scene(
        bodies=bodies,
        placed=placed,
        rolls={name: member.asset.rolls for name, member in cast.members.items()},
        sloped=frozenset(n for n, parent in layout.parents.items() if parent.kind == "slope"),
        gravity=gravity_of(graph),
        ground_friction=substance(place.ground).friction,
        lead_secs=lead_secs(timeline.duration_secs),
    )


def _on_the_wall(graph: SceneGraph, cast: Cast, place: Place) -> list[Tie]:
    """Hang pictures and windows that the words put nowhere on the back wall.

    What breaks stands before it: a pane in a wall has no pieces.
    """
    broken = {
        name
        for action in graph.actions
        if action.verb == "explode"
        for name in graph.body_ids(action.actor)
    }
    put = {
        name
        for relation in graph.relations
        if relation.predicate in ("on", "against", "attached_to", "hanging_from", "inside")
        for name in graph.body_ids(relation.subject)
    }
    return [
        Tie(subject=name, predicate="attached_to", objects=("wall",))
        for name, member in cast.members.items()
        if place.indoor
        and name not in put | broken
        and member.asset.noun.replace(" ", "_") in WALL_HUNG
    ]


def _hangings(
    cues: Sequence[Cue], deeds: Sequence[Deed], cast: Cast, layout: Layout, gravity: float
) -> list[Hanging]:
    items = {name: member.item for name, member in cast.members.items()}
    by_actor = {deed.actor: deed for deed in reversed(deeds)}
    return [
        hanging_of(cue, by_actor.get(cue.actor), items, layout.poses, gravity)
        for cue in cues
        if cue.kind == "swing"
    ]


def _bodies(
    cast: Cast, deeds: Sequence[Deed], cues: Sequence[Cue], poses: Mapping[str, Pose]
) -> dict[str, Body]:
    hung = {name for cue in cues if cue.kind == "swing" for name in (cue.actor, *cue.carriers)}
    spinning = {deed.actor for deed in deeds if deed.verb == "spin"}
    on_edge = {name for name in spinning & set(poses) if is_on_edge(cast.members[name])}
    return {
        name: body_of(
            member, poses[name], mobility_of(member, deeds, hung), on_edge=name in on_edge
        )
        for name, member in cast.members.items()
    }


def _names(graph: SceneGraph, reserved: str) -> bool:
    return any(ref.partition("#")[0] == reserved for _, ref in graph.references())


def _acting(deeds: Sequence[Deed]) -> tuple[str, ...]:
    """Return who does something, and to whom."""
    names = [name for deed in deeds for name in (deed.actor, *deed.targets, deed.landing) if name]
    return tuple(dict.fromkeys(names))
