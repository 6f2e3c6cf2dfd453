"""The whole way from what the words say to a stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scene_builder.assets.source import AssetSource
from scene_builder.build.blocking import Blocking, blocking_of
from scene_builder.build.cloths.spreading import with_cloths
from scene_builder.build.fluids.airborne import with_fluids
from scene_builder.build.fracture import with_pieces
from scene_builder.build.freedoms import freedoms_of
from scene_builder.build.jointed.apart import hinged_of, with_parts
from scene_builder.build.jointed.fastening import with_fastenings
from scene_builder.build.jointed.springs import with_springs
from scene_builder.build.rooms import shell_around
from scene_builder.build.script import Script, script_of
from scene_builder.build.setting.decor import decor_of, is_decor
from scene_builder.build.setting.lights import environment_of, lights_of
from scene_builder.build.setting.shell import shell_bodies
from scene_builder.build.showing import view_of
from scene_builder.build.softs.softening import with_softs
from scene_builder.build.staging.beats import lead_secs
from scene_builder.build.staging.choreography import gravity_of
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.acting import GOING
from scene_builder.build.staging.going.scene import Scene
from scene_builder.build.staging.motions import actions_of
from scene_builder.build.staging.pouring_path import with_grains
from scene_builder.build.staging.unserved import notes_of
from scene_builder.knowledge.materials import substance
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Stage
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
    script = script_of(graph, sources, seed=seed)
    blocking = blocking_of(script, timeline=timeline, seed=seed, stands=stands or {})
    graph, deeds, members = script.graph, script.deeds, script.cast.members
    known = frozenset(filter(is_decor, stands or {}))
    stage = _furnished(script, blocking, timeline, seed, known)
    stage, fluid_notes = with_fluids(stage, graph, deeds, script.afloat, blocking.place)
    stage, cloth_notes = with_cloths(stage, script.cloths)
    stage = with_parts(with_springs(stage, members, deeds), members, deeds, graph.prompt)
    stage, whole_notes = with_pieces(stage, members, deeds, graph, seed=seed)
    stage = with_fastenings(stage, graph, deeds, members)
    stage, soft_notes = with_softs(stage, graph, deeds, members)
    stage = with_grains(stage, blocking.tips, seed)
    deed_notes = notes_of(deeds, blocking.bodies, hinged_of(stage))
    notes = (
        *script.notes, *blocking.layout.notes, *deed_notes, *script.pour_notes,
        *blocking.tip_notes, *fluid_notes, *cloth_notes, *soft_notes, *whole_notes,
    )  # fmt: skip
    return Built(stage=stage, notes=notes)


def _furnished(
    script: Script, blocking: Blocking, timeline: Timeline, seed: int, known: frozenset[str]
) -> Stage:
    """Return a stage of rigid bodies: everybody in their places, with the place around them."""
    graph, deeds, place, placed = script.graph, script.deeds, blocking.place, blocking.placed
    hangings, layout, bodies = blocking.hangings, blocking.layout, blocking.bodies
    shell, focus = shell_around(placed, deeds, place, blocking.room, hangings)
    closing = shell_bodies(
        place, shell, seed=seed, wall=_names(graph, "wall"),
        ceiling=bool(hangings) or _names(graph, "ceiling"),
    )  # fmt: skip
    decor = decor_of(
        graph, script.sources, place, shell, placed, focus, _acting(deeds), seed=seed, among=known
    )
    return Stage(
        bodies=(*bodies.values(), *decor, *closing),
        joints=tuple(joint for hanging in hangings for joint in hanging.joints),
        actions=actions_of(deeds, _scene(script, blocking, timeline, (*decor, *closing))),
        freedoms=freedoms_of(deeds, script.cues, layout, bodies, timeline.duration_secs),
        lights=lights_of(place, graph.setting, focus=focus, reach=float(shell.wall_y - focus[1])),
        environment=environment_of(place, graph.setting),
        shot=view_of(graph),
        timeline=timeline,
        gravity=np.array([0.0, 0.0, -gravity_of(graph)]),
    )


def _scene(script: Script, blocking: Blocking, timeline: Timeline, around: Sequence[Body]) -> Scene:
    parents = blocking.layout.parents
    return Scene(
        bodies=blocking.bodies,
        placed=blocking.placed,
        rolls={name: member.asset.rolls for name, member in script.cast.members.items()},
        sloped=frozenset(n for n, parent in parents.items() if parent.kind == "slope"),
        gravity=gravity_of(script.graph),
        ground_friction=substance(blocking.place.ground).friction,
        lead_secs=lead_secs(timeline.duration_secs),
        around=around,
        duration_secs=timeline.duration_secs,
        moving=frozenset(deed.actor for deed in script.deeds if deed.verb in GOING),
        bending=frozenset(cut.name for cut in script.cloths),
    )


def _names(graph: SceneGraph, reserved: str) -> bool:
    return any(ref.partition("#")[0] == reserved for _, ref in graph.references())


def _acting(deeds: Sequence[Deed]) -> tuple[str, ...]:
    """Return who does something, and to whom."""
    names = [name for deed in deeds for name in (deed.actor, *deed.targets, deed.landing) if name]
    return tuple(dict.fromkeys(names))
