"""Chairs, benches, sofas, beds and pillows."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of, top
from scene_builder.assets.shapes.boxes import bar, box, tapered_box
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array


def chair(count: int = 4) -> Blueprint:
    """Return a dining chair with a slatted back (seat 0.45 m high); one sits facing the front.

    Args:
        count: Of its legs: four, or three, the third under the middle of its back.
    """
    seat = box(0.43, 0.42, 0.028, bevel=0.008).moved(0, -0.005, 0.425)
    front = [
        tapered_box((0.028, 0.028), (0.036, 0.036), 0.426).moved(s * 0.185, -0.185) for s in (-1, 1)
    ]
    places = (-0.178, 0.178) if count == 4 else (0.0,)  # noqa: PLR2004
    posts = [bar((x, 0.19, 0), (x, 0.19, 0.44), 0.032, 0.036) for x in places]
    uprights = [
        bar((s * 0.178, 0.19, 0.43), (s * 0.172, 0.262, 0.875), 0.03, 0.034) for s in (-1, 1)
    ]
    rail = box(0.39, 0.026, 0.075, bevel=0.007).turned("x", -9).moved(0, 0.25, 0.808)
    low = box(0.33, 0.02, 0.035, bevel=0.004).turned("x", -9).moved(0, 0.207, 0.52)
    slats = [
        bar((x, 0.21, 0.545), (x, 0.251, 0.815), 0.034, 0.012)
        for x in (-0.105, -0.035, 0.035, 0.105)
    ]
    aprons = [
        box(0.34, 0.02, 0.06, bevel=0.002).moved(0, -0.185, 0.366),
        box(0.34, 0.02, 0.06, bevel=0.002).moved(0, 0.19, 0.366),
        *(box(0.02, 0.35, 0.06, bevel=0.002).moved(s * 0.185, 0, 0.366) for s in (-1, 1)),
    ]
    rungs = [box(0.018, 0.35, 0.022, bevel=0.002).moved(s * 0.183, 0, 0.18) for s in (-1, 1)]
    rungs.append(box(0.35, 0.018, 0.022, bevel=0.002).moved(z=0.181))
    if count != 4:  # noqa: PLR2004
        rungs = [bar((s * 0.183, -0.18, 0.18), (0, 0.185, 0.18), 0.018, 0.022) for s in (-1, 1)]
    return Blueprint(
        parts=parts_of(seat, *front, *posts, *uprights, rail, low, *slats, *aprons, *rungs),
        supports=(top(0.453, 0.41, 0.33, at=(0, -0.04)),),
    )


def bench() -> Blueprint:
    """Return a slatted bench without a back."""
    x, z = 1.3, 0.45
    slats = [
        box(x, 0.085, 0.03, bevel=0.005).moved(0, y, z - 0.03)
        for y in (-0.145, -0.048, 0.048, 0.145)
    ]
    frames = []
    for s in (-1, 1):
        frames += [box(0.06, 0.34, 0.06, bevel=0.004).moved(s * 0.5, 0, z - 0.09)]
        frames += [box(0.06, 0.06, z - 0.09, bevel=0.004).moved(s * 0.5, y) for y in (-0.13, 0.13)]
    beam = box(0.94, 0.03, 0.06, bevel=0.003).moved(0, 0, 0.14)
    ties = [box(0.03, 0.2, 0.06, bevel=0.003).moved(s * 0.5, 0, 0.14) for s in (-1, 1)]
    return Blueprint(parts=parts_of(*slats, *frames, beam, *ties), supports=(top(z, x, 0.375),))


def armchair() -> Blueprint:
    """Return an upholstered armchair that faces the front."""
    return _upholstered(0.9, seats=1)


def sofa() -> Blueprint:
    """Return a sofa of three seats that faces the front."""
    return _upholstered(1.9, seats=3)


def bed() -> Blueprint:
    """Return a made bed, its head to the back."""
    frame = [box(0.06, 1.95, 0.16, bevel=0.006).moved(s * 0.49, 0, 0.2) for s in (-1, 1)]
    frame.append(box(1.04, 0.05, 0.26, bevel=0.008).moved(0, -1.0, 0.16))
    frame.append(box(1.04, 0.06, 0.85, bevel=0.01).moved(0, 1.0, 0.16))
    legs = [
        box(0.07, 0.07, 0.18, bevel=0.004).moved(sx * 0.48, y)
        for sx in (-1, 1)
        for y in (-0.99, 0.99)
    ]
    mattress = cushion(0.92, 1.92, 0.2).moved(0, 0, 0.25)
    quilt = cushion(1.0, 1.4, 0.1).moved(0, -0.25, 0.4)
    head = cushion(0.6, 0.38, 0.15).moved(0, 0.74, 0.43)
    return Blueprint(
        parts=(
            *parts_of(*frame, *legs, slot=1),
            Part(solid=quilt, fill=0.3),
            Part(solid=mattress, slot=2, fill=0.4),
            Part(solid=head, slot=2, fill=0.25),
        ),
        slots=(Slot(substance="fabric", color="#5d7a9c", dyed=True), Slot(),
               Slot(substance="fabric", color="#efece4")),
        supports=(top(0.5, 0.8, 1.1, at=(0, -0.3)),),
        contact="fabric",
    )  # fmt: skip


def pillow() -> Blueprint:
    """Return a pillow that lies flat: full in the middle, drawn in between its four corners."""
    ball = ball_of(1, 1, 1, detail=5)
    x, y, z = ball.vertices.T
    # The disc seen from above becomes a square; then its edges are drawn in.
    wider = np.hypot(x, y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-9)
    u, v = np.clip(x * wider, -1, 1), np.clip(y * wider, -1, 1)
    drawn_in = np.column_stack([1 - 0.11 * (1 - v**2), 1 - 0.11 * (1 - u**2)])
    across = np.column_stack([u, v]) * drawn_in * np.array([0.3, 0.22])
    full = np.sign(z) * ((1 - u**2) * (1 - v**2)) ** 0.42
    height = np.where(full > 0, 0.085 * full, np.maximum(0.07 * full, -0.05)) + 0.05
    solid = Solid(vertices=np.column_stack([across, height]), triangles=ball.triangles).with_hull()
    return Blueprint(
        parts=(Part(solid=solid, fill=0.25),),
        slots=(Slot(substance="fabric", color="#e9e4d8", dyed=True),),
    )


def _upholstered(x: float, *, seats: int) -> Blueprint:
    arm, deep = 0.15, 0.85
    inner = x - 2 * arm
    width = inner / seats
    base = box(x - 0.02, deep - 0.04, 0.2, bevel=0.02).moved(0, 0, 0.1)
    back = cushion(x - 0.06, 0.24, 0.72).turned("x", -6).moved(0, deep / 2 - 0.17, 0.16)
    arms = [cushion(arm, deep - 0.06, 0.46).moved(s * (x - arm) / 2, -0.01, 0.16) for s in (-1, 1)]
    places = (np.arange(seats) - (seats - 1) / 2) * width
    cushions = [cushion(width - 0.006, 0.62, 0.16).moved(c, -0.1, 0.29) for c in places]
    backs = [
        cushion(width - 0.02, 0.16, 0.44).turned("x", -10).moved(c, 0.17, 0.42) for c in places
    ]
    legs = [
        tapered_box((0.035, 0.035), (0.055, 0.055), 0.11).moved(
            sx * (x / 2 - 0.08), sy * (deep / 2 - 0.09)
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    soft = (base, back, *arms, *cushions, *backs)
    return Blueprint(
        parts=(*(Part(solid=s, fill=0.3) for s in soft), *parts_of(*legs, slot=1)),
        slots=(MAIN, Slot(substance="walnut")),
        supports=(top(0.45, inner * 0.94, 0.42, at=(0, -0.17)),),
    )


def cushion(x: float, y: float, z: float) -> Solid:
    """Return a soft box on z = 0: a box whose edges are rounded by a third of its thickness."""
    radius = 0.34 * min(x, y, z)
    ball = ball_of(1, 1, 1, detail=3)
    half = np.array([x, y, z]) / 2
    points = _soft(ball.vertices, half, radius) + np.array([0, 0, half[2]])
    return Solid(vertices=points, triangles=ball.triangles).with_hull()


def _soft(unit: Float[Array, "n 3"], half: Float[Array, "3"], radius: float) -> Float[Array, "n 3"]:
    # Directions near a face are pulled towards its middle, so that faces are covered evenly.
    core = np.clip(unit / 0.38, -1, 1) * (half - radius)
    return np.asarray(core + radius * unit)
