"""Where everybody stands when the film begins: actors' blocking, as a stage calls it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from scene_builder.build.bodies import body_of, mobility_of
from scene_builder.build.cast import Cast, is_on_edge
from scene_builder.build.fluids.floating import launched
from scene_builder.build.hanging import Hanging, hanging_of
from scene_builder.build.holding.landscape import let_in
from scene_builder.build.holding.mounting import mounted_of
from scene_builder.build.items import WALL_HUNG
from scene_builder.build.rooms import room_for
from scene_builder.build.script import Script
from scene_builder.build.seating import seated
from scene_builder.build.setting.kinds import Place
from scene_builder.build.showing import heights_of, shown_of
from scene_builder.build.staging.choreography import company_of, gravity_of
from scene_builder.build.staging.pouring_path import Tip, tips_of
from scene_builder.knowledge.materials import substance
from scene_builder.layout.items import Item, Placed, placed_item
from scene_builder.layout.lay_out import Layout, Problem, lay_out_rand
from scene_builder.layout.solving.arrangement import Room
from scene_builder.layout.ties import Tie, ties_of
from scene_builder.model.chance import stream
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body
from scene_builder.model.timeline import Timeline

SAME = 1e-9
"""Poses that differ by no more than this are one, but for rounding [m, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocking:
    """Everybody of a script in their places.

    Attributes:
        layout: How the relations were met.
        room: The room that the layout had.
        hangings: What hangs, and on what.
        tips: The way of each vessel that pours.
        place: The place, with the water that something floats on.
        placed: The box of each individual, by id.
        bodies: Each individual as a body, by id.
        tip_notes: A sentence about each vessel that can pour nothing.
    """

    layout: Layout
    room: Room
    hangings: tuple[Hanging, ...]
    tips: tuple[Tip, ...]
    place: Place
    placed: Mapping[str, Placed]
    bodies: Mapping[str, Body]
    tip_notes: tuple[str, ...]


def blocking_of(
    script: Script, *, timeline: Timeline, seed: int, stands: Mapping[str, Pose]
) -> Blocking:
    """Return where everybody of a script stands.

    Args:
        script: Who is there, and what happens.
        timeline: Frames and seconds of the shot.
        seed: Seed of the run.
        stands: `world_from_body` of bodies of an earlier stage, which stay there if they can.

    Raises:
        RelationError: If relations contradict each other.
        LayoutError: If something finds no place.
    """
    items, cast = script.items, script.cast
    problem = _problem(script, stands)
    layout = lay_out_rand(stream(seed, "layout"), problem)
    hangings = _hangings(script, layout)
    poses = {**layout.poses, **{n: p for h in hangings for n, p in h.poses.items()}}
    poses, place = launched(poses, cast.members, script.afloat, script.place)
    tips, tip_notes = tips_of(script.pours, cast.members, poses, timeline, seed)
    for tip in tips:
        poses[tip.pour.vessel] = tip.poses[0] @ items[tip.pour.vessel].upright.inverse()
    return Blocking(
        layout=layout,
        room=problem.room,
        hangings=tuple(hangings),
        tips=tuple(tips),
        place=place,
        placed={name: placed_item(items[name], pose) for name, pose in poses.items()},
        bodies=_as_they_stood(_seated(script, poses, layout), stands),
        tip_notes=tuple(tip_notes),
    )


def _seated(script: Script, poses: Mapping[str, Pose], layout: Layout) -> Mapping[str, Body]:
    return let_in(seated(_bodies(script, poses), layout.parents), layout.parents)


def _problem(script: Script, stands: Mapping[str, Pose]) -> Problem:
    graph, items, place = script.graph, script.items, script.place
    return Problem(
        items=items,
        ties=(*ties_of(graph), *_on_the_wall(graph, script.cast, place)),
        cues=script.cues,
        room=room_for(items, script.cues, place, graph),
        company=company_of(graph, script.deeds, script.cast.members),
        grip=substance(place.ground).friction,
        shown=shown_of(graph),
        elevations_deg=heights_of(graph),
        kept=_items_from(stands, items),
    )


def _items_from(stands: Mapping[str, Pose], items: Mapping[str, Item]) -> dict[str, Pose]:
    """Return `world_from_item` of bodies that stood somewhere."""
    return {
        name: pose @ items[name].upright.inverse() for name, pose in stands.items() if name in items
    }


def _as_they_stood(bodies: Mapping[str, Body], stands: Mapping[str, Pose]) -> Mapping[str, Body]:
    """Return bodies that stay where they stood to the last bit: rounding moves nothing."""
    return {
        name: replace(body, pose=stands[name]) if _is_there(body, stands.get(name)) else body
        for name, body in bodies.items()
    }


def _is_there(body: Body, pose: Pose | None) -> bool:
    return (
        pose is not None
        and np.allclose(body.pose.position, pose.position, rtol=0, atol=SAME)
        and np.allclose(body.pose.wxyz, pose.wxyz, rtol=0, atol=SAME)
    )


def _on_the_wall(graph: SceneGraph, cast: Cast, place: Place) -> list[Tie]:
    """Hang pictures and windows that the words put nowhere on the back wall.

    What breaks stands before it: a pane in a wall has no pieces. So does what is to fall over.
    """
    broken = {
        name
        for action in graph.actions
        if action.verb == "explode"
        for name in graph.body_ids(action.actor)
    }
    broken |= {
        name
        for outcome in graph.outcomes
        if not outcome.negated and outcome.predicate in ("knocks_over", "falls")
        for name in graph.body_ids(outcome.object or outcome.subject)
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


def _hangings(script: Script, layout: Layout) -> list[Hanging]:
    by_actor = {deed.actor: deed for deed in reversed(script.deeds)}
    gravity = gravity_of(script.graph)
    return [
        hanging_of(cue, by_actor.get(cue.actor), script.items, layout.poses, gravity)
        for cue in script.cues
        if cue.kind == "swing"
    ]


def _bodies(script: Script, poses: Mapping[str, Pose]) -> dict[str, Body]:
    members, deeds = script.cast.members, script.deeds
    swings = [cue for cue in script.cues if cue.kind == "swing"]
    hung = {name for cue in swings for name in (cue.actor, *cue.carriers)}
    ties = (*ties_of(script.graph), *_on_the_wall(script.graph, script.cast, script.place))
    fixed = {tie.subject for tie in ties if tie.predicate == "attached_to"}
    leant = {tie.subject for tie in ties if tie.predicate == "against"}
    # Furniture only stands there.
    hung |= {name for name in leant if not members[name].asset.furniture}
    mounted = mounted_of(script.graph)
    spinning = {deed.actor for deed in deeds if deed.verb == "spin"}
    on_edge = {name for name in spinning & set(poses) if is_on_edge(members[name])}
    return {
        name: body_of(
            member,
            poses[name],
            mobility_of(member, deeds, hung, fixed, mounted),
            on_edge=name in on_edge,
        )
        for name, member in members.items()
    }
