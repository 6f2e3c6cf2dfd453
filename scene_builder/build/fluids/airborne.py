"""Air: wind and drag for light things, and helium in balloons that float."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.build.fluids.floating import Afloat, immersed, is_balloon
from scene_builder.build.setting.kinds import Place
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.ways.headings import OPEN_HEADING_DEG
from scene_builder.model.arrays import Array
from scene_builder.model.fluids.fluid import AIR_DENSITY, Fluid, Immersion
from scene_builder.model.graph import SceneGraph
from scene_builder.model.solids.displacement import cells_of
from scene_builder.model.stage import Body, Stage

WIND_SPEED: Mapping[str, float] = {"windy": 8.0, "storm": 21.0}
"""Mean wind by weather [m/s]: a fresh breeze and a strong gale (Beaufort 5 and 9)."""

DRAG_COEFFICIENT: Mapping[str, float] = {
    "sphere": 0.47, "capsule": 0.6, "cylinder": 0.8, "hulls": 0.8, "box": 1.05,
}  # fmt: skip
"""By form (Hoerner 1965, chapter 3)."""

FLAT_DRAG, FLAT_SHARE = 1.17, 0.15
"""What is thinner than this share of its length drags as a plate does."""

STILL_AIR_RATE, WIND_RATE = 0.1, 0.05
"""Air is felt where ½ ρ C A / m is at least this [1/m]: a beach ball, no tennis ball."""

FLYING = frozenset({"throw", "drop", "fall", "launch", "float", "bounce", "kick"})

RISING_SPEED, HOVERING_SPEED = 0.4, 0.06
"""A balloon that floats up is weighted to rise at this speed, one that floats at that [m/s]."""


def with_fluids(
    stage: Stage, graph: SceneGraph, deeds: Sequence[Deed], afloat: Afloat, place: Place
) -> tuple[Stage, tuple[str, ...]]:
    """Let water and air act on what feels them.

    Args:
        stage: With everything at its place.
        graph: What the words say.
        deeds: All deeds.
        afloat: What floats on water.
        place: The kind of place.

    Returns:
        The stage, and what was chosen.
    """
    stage, wet = immersed(stage, afloat, place)
    stage, blown = aired(stage, graph, deeds)
    return stage, (*wet, *blown, *_uncarried(stage, deeds))


def aired(stage: Stage, graph: SceneGraph, deeds: Sequence[Deed]) -> tuple[Stage, tuple[str, ...]]:
    """Let the air act on what is light enough to feel it.

    Args:
        stage: With everything at its place.
        graph: What the words say.
        deeds: All deeds.

    Returns:
        The stage, and what was chosen.
    """
    if stage.environment.place == "space":
        return stage, ()
    wind = _wind(stage, graph)
    floating = {deed.actor: deed for deed in deeds if deed.verb == "float"}
    flying = {deed.actor for deed in deeds if deed.verb in FLYING}
    wet = {one.body for one in stage.immersions}
    notes, felt, bodies = [], list[Immersion](), list[Body]()
    for body in stage.bodies:
        bodies.append(body)
        if body.mobility != "dynamic" or body.id in wet:
            continue
        if is_balloon(body.noun) and body.id in floating:
            filled = _filled(stage, graph, body, floating[body.id])
            bodies[-1] = filled
            felt.append(_in_air(filled, volume=cells_of(filled.collider, filled.mesh).volume))
            notes.append(f"The {body.noun} is filled with helium: {filled.mass_kg * 1000:.2g} g.")
        elif _rate(body) >= (WIND_RATE if wind.any() else STILL_AIR_RATE) and (
            body.id in flying or wind.any()
        ):
            felt.append(_in_air(body))
    if not felt:
        return stage, ()
    if wind.any():
        notes.append(f"The wind blows at {np.linalg.norm(wind):.0f} m/s, to the right.")
    air = Fluid(name="air", density=AIR_DENSITY, velocity=wind)
    stage = replace(
        stage, bodies=tuple(bodies), fluids=(*stage.fluids, air),
        immersions=(*stage.immersions, *felt),
    )  # fmt: skip
    return stage, tuple(notes)


def _uncarried(stage: Stage, deeds: Sequence[Deed]) -> list[str]:
    """Return a sentence about each thing that is said to float and that nothing carries."""
    felt = {one.body for one in stage.immersions}
    floating = {deed.actor for deed in deeds if deed.verb == "float"} - felt
    if not stage.gravity.any():
        return []
    return [
        f"No water or helium carries the {body.noun} (vessels are filled with none): it falls."
        for body in stage.bodies
        if body.id in floating and body.mobility == "dynamic"
    ]


def _wind(stage: Stage, graph: SceneGraph) -> Float[Array, "3"]:
    if stage.environment.indoor:
        return np.zeros(3)
    turn = np.deg2rad(OPEN_HEADING_DEG)
    speed = WIND_SPEED.get(graph.setting.weather or "", 0.0)
    return speed * np.array([np.cos(turn), np.sin(turn), 0.0])


def _in_air(body: Body, volume: float = 0.0) -> Immersion:
    return Immersion(
        body=body.id, fluid="air", drag_coefficient=_coefficient(body), area_m2=_shadow(body),
        volume_m3=volume,
    )  # fmt: skip


def _coefficient(body: Body) -> float:
    extents = body.mesh.extents
    if extents.min() < FLAT_SHARE * extents.max():
        return FLAT_DRAG
    return DRAG_COEFFICIENT.get(body.collider.shape, 1.0)


def _shadow(body: Body) -> float:
    """Return the mean of an ellipsoid's shadows along the axes of a body's box [m²]."""
    x, y, z = (float(edge) for edge in body.mesh.extents)
    return float(np.pi / 4 * (x * y + y * z + z * x) / 3)


def _rate(body: Body) -> float:
    return 0.5 * AIR_DENSITY * _coefficient(body) * _shadow(body) / body.mass_kg


def _filled(stage: Stage, graph: SceneGraph, body: Body, deed: Deed) -> Body:
    """Return a balloon with helium and a ribbon: a stated mass stays what it is."""
    entity = graph.entity(body.entity or "")
    gravity = float(np.linalg.norm(stage.gravity))
    if (entity is not None and entity.mass_kg is not None) or gravity == 0:
        return body
    speed = RISING_SPEED if deed.vertical == "up" else HOVERING_SPEED
    drag = 0.5 * AIR_DENSITY * _coefficient(body) * _shadow(body) * speed**2
    carried = AIR_DENSITY * cells_of(body.collider, body.mesh).volume
    mass = max(carried - drag / gravity, 0.5 * carried)
    return replace(body, mass_kg=mass, inertia=body.inertia * (mass / body.mass_kg))
