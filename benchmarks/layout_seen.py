"""What a camera sees at the first frame, and what stands in an actor's way, by measurement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.still import StillSimulator
from physics.trajectory import Trajectory
from render.aim import aim
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

SIZE_PX = (256, 144)
SEEN_SHARE = 0.4
"""So much of a silhouette has to be seen at frame 0."""

RAYS = 48

UNDER_WAY_SECS = 0.05
"""What is touched before is what one stands on or in [s]."""


def hidden_at_start(
    stage: Stage,
    needed: Sequence[str],
    motion: Trajectory | None = None,
    *,
    piles: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, float]:
    """Return bodies of which less than `SEEN_SHARE` is seen at frame 0, and that share.

    Args:
        stage: As filmed, at rest.
        needed: Bodies that have to be seen.
        motion: How it moves; None where nothing does.
        piles: By name, what may hide it: plates that the words stack lie in each other.
    """
    if motion is None:
        stage = replace(stage, timeline=replace(stage.timeline, frame_count=2), actions=())
        motion = StillSimulator().simulate(stage)
    track = aim(stage, motion, size_px=SIZE_PX, seed=0)
    caster = SurfaceCaster(stage, motion)

    found = {}
    for name in needed:
        pile = [motion.index(one) for one in piles.get(name, ())]
        points = motion.vertices(0, name, stage.body(name).mesh.vertices)
        share = _seen_share(caster, motion.index(name), pile, track, track.pixels(0, points))
        if share < SEEN_SHARE:
            found[name] = share
    return found


def piles_of(graph: SceneGraph) -> dict[str, tuple[str, ...]]:
    """Return by name the bodies of its kind that it is stacked with."""
    return {
        name: graph.body_ids(relation.subject)
        for relation in graph.relations
        if relation.predicate == "stacked"
        for name in graph.body_ids(relation.subject)
    }


def _seen_share(
    caster: SurfaceCaster, k: int, pile: Sequence[int], track: CameraTrack, places: NDArray[Any]
) -> float:
    """Return the share of a body's silhouette that nothing hides but its pile, at frame 0.

    However small it is, `RAYS` rays go across what of the box around its `places` [px] lies in the
    picture, and down it.
    """
    pose, size = track.world_from_camera(0), np.array(track.lens.size_px)
    if not np.isfinite(places).all():  # some of it is behind the camera: it may be anywhere
        places = np.array([[0, 0], size]) - 0.5
    low, high = (np.clip(f(places, axis=0), -0.5, size - 0.5) for f in (np.min, np.max))
    steps = (np.arange(RAYS) + 0.5) / RAYS
    across, down = np.meshgrid(*(low[i] + steps * (high[i] - low[i]) for i in (0, 1)))
    pixels = np.stack([across.ravel(), down.ravel()], axis=-1)
    alone, _, _ = caster.first_hits(0, pose, track.lens, pixels, only=k)
    mine = alone > 0
    if not mine.any():
        return 0.0
    seen, _, _ = caster.first_hits(0, pose, track.lens, pixels[mine])
    return float(np.isin(seen, [k + 1, *(one + 1 for one in pile)]).mean())


def needed_of(graph: SceneGraph) -> tuple[str, ...]:
    """Return the bodies that actions, outcomes or relations name, but what lies inside of one."""
    refs = [ref for _, ref in graph.references() if graph.entity(ref)]
    names = [name for ref in refs for name in graph.body_ids(ref)]
    inside = {
        name
        for relation in graph.relations
        if relation.predicate == "inside"
        for name in graph.body_ids(relation.subject)
    }
    return tuple(name for name in dict.fromkeys(names) if name not in inside)


def in_the_way(graph: SceneGraph, stage: Stage, motion: Trajectory) -> list[str]:
    """Return a line for each bystander that an actor meets before its target."""
    lines = []
    for action in graph.actions:
        if action.target is None:
            continue
        actors, targets = graph.body_ids(action.actor), graph.body_ids(action.target)
        named = {one for ref in _refs(graph) if graph.entity(ref) for one in graph.body_ids(ref)}
        named |= _carriers(graph, actors)
        for actor in actors:
            first, met = _meetings(stage, motion, actor, set(targets))
            first = min(first, _nearest_secs(motion, actor, targets))
            early = [name for name, secs in met if secs < first and name not in named]
            lines += [f"{actor} meets {name} before {targets[0]}" for name in early[:1]]
    return lines


def _refs(graph: SceneGraph) -> Iterable[str]:
    for action in graph.actions:
        yield from (ref for ref in (action.actor, action.target) if ref)
    for outcome in graph.outcomes:
        yield from (ref for ref in (outcome.subject, outcome.object) if ref)


def _carriers(graph: SceneGraph, names: Sequence[str]) -> set[str]:
    """Return what is said to carry things: they roll on it for a while."""
    return {
        one
        for relation in graph.relations
        if relation.predicate == "on" and set(graph.body_ids(relation.subject)) & set(names)
        for ref in relation.object
        for one in graph.body_ids(ref)
    }


def _nearest_secs(motion: Trajectory, actor: str, targets: Sequence[str]) -> float:
    """Return when an actor is as near to its targets' places as it ever comes [s].

    What it meets later, because it missed, did not stand in its way.
    """
    middle = np.mean([motion.positions[0, motion.index(one)] for one in targets], axis=0)
    away = np.linalg.norm((motion.positions[:, motion.index(actor)] - middle)[:, :2], axis=1)
    return float(motion.times[int(away.argmin())])


def _meetings(
    stage: Stage, motion: Trajectory, actor: str, targets: set[str]
) -> tuple[float, list[tuple[str, float]]]:
    """Return when an actor first touches a target [s], and whom else it touches when."""
    contacts, k = motion.contacts, motion.index(actor)
    mine = (contacts.a == k) | (contacts.b == k)
    others = np.where(contacts.a == k, contacts.b, contacts.a)[mine]
    times = contacts.time[mine]
    first: dict[str, float] = {}
    for other, secs in zip(others.tolist(), times.tolist(), strict=True):
        first.setdefault(motion.body_ids[other], secs)
    hit = min((secs for name, secs in first.items() if name in targets), default=np.inf)
    still = {body.id for body in stage.bodies if body.id.startswith(("ground", "wall", "ceiling"))}
    return float(hit), [
        (name, secs)
        for name, secs in first.items()
        if secs > UNDER_WAY_SECS and name not in targets and name not in still
    ]
