"""Teddy bears, ducks, snowmen and kites."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.shapes.boxes import prism
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, fused, joined
from scene_builder.model.arrays import Array

EYE = Slot(substance="plastic", color="#101012")


def teddy_bear() -> Blueprint:
    """Return a sitting teddy bear that looks to the front."""
    blobs = [
        _blob(0.085, 0.075, 0.1, (0, 0, 0.1)), _blob(0.072, 0.066, 0.066, (0, -0.005, 0.238)),
        *(_blob(0.024, 0.014, 0.024, (s * 0.056, 0.004, 0.294)) for s in (-1, 1)),
        *(_blob(0.034, 0.06, 0.034, (s * 0.062, -0.09, 0.036)) for s in (-1, 1)),
        *(_blob(0.028, 0.028, 0.06, (s * 0.098, -0.022, 0.145)).turned("y", 0) for s in (-1, 1)),
    ]  # fmt: skip
    pale = [
        _blob(0.032, 0.03, 0.026, (0, -0.062, 0.222)),
        *(_blob(0.025, 0.006, 0.025, (s * 0.062, -0.148, 0.036)) for s in (-1, 1)),
        _blob(0.055, 0.02, 0.066, (0, -0.062, 0.1)),
    ]
    dark = [
        *(_blob(0.0075, 0.005, 0.0075, (s * 0.026, -0.066, 0.256)) for s in (-1, 1)),
        _blob(0.011, 0.006, 0.008, (0, -0.091, 0.23)),
    ]
    return Blueprint(
        parts=(
            Part(solid=fused(*blobs)),
            *(Part(solid=p.without_hulls(), slot=1) for p in pale),
            *(Part(solid=d.without_hulls(), slot=2) for d in dark),
        ),
        slots=(MAIN, Slot(substance="felt", color="#d9bd93"), EYE),
    )


def rubber_duck() -> Blueprint:
    """Return a rubber duck that looks to the right."""
    body = _blob(0.05, 0.038, 0.032, (0, 0, 0.032))
    tail = _blob(0.02, 0.018, 0.012, (-0.047, 0, 0.05)).without_hulls()
    head = _blob(0.027, 0.026, 0.026, (0.024, 0, 0.078))
    wings = [_blob(0.026, 0.008, 0.016, (-0.01, s * 0.034, 0.036)) for s in (-1, 1)]
    bill = _blob(0.016, 0.014, 0.006, (0.052, 0, 0.073))
    eyes = [_blob(0.004, 0.003, 0.005, (0.042, s * 0.0165, 0.086)) for s in (-1, 1)]
    return Blueprint(
        parts=(
            Part(solid=_flat_footed(fused(body, tail, head, *wings)), wall=0.004),
            Part(solid=bill, slot=1),
            Part(solid=joined(*eyes).without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#e8731a"), EYE),
    )


def snowman() -> Blueprint:
    """Return a snowman with hat, carrot, coal and arms of sticks."""
    balls = [
        _blob(0.33, 0.33, 0.32, (0, 0, 0.3)), _blob(0.25, 0.25, 0.24, (0, 0, 0.74)),
        _blob(0.18, 0.18, 0.17, (0, 0, 1.06)),
    ]  # fmt: skip
    coal = [(s * 0.062, -0.165, 1.1) for s in (-1, 1)]
    coal += [(0.0, -0.242, 0.82), (0.0, -0.255, 0.72), (0.0, -0.242, 0.62)]
    coal += [(x, -0.166 + 0.3 * x * x, 0.99 + 1.6 * x * x) for x in (-0.07, -0.035, 0, 0.035, 0.07)]
    lumps = [ball_of(0.018, 0.014, 0.018, detail=1).moved(*at) for at in coal]
    carrot = turned([(0.028, 0, 0.006), (0.004, 0.16, 0.003)], segments=24)
    brim = turned([(0.2, 0, 0.006), (0.2, 0.02, 0.006)]).moved(z=1.19)
    crown = turned([(0.125, 0), (0.13, 0.2, 0.012)]).moved(z=1.2)
    arms = [
        tube(
            curve(
                np.array([(s * 0.2, 0, 0.8), (s * 0.38, -0.02, 0.92), (s * 0.52, -0.02, 1.06)]), 8
            ),
            0.012,
            sides=8,
        )
        for s in (-1, 1)
    ]
    return Blueprint(
        parts=(
            Part(solid=_flat_footed(fused(*balls))),
            Part(solid=joined(*lumps).without_hulls(), slot=1),
            Part(solid=carrot.turned("x", 90).moved(0, -0.15, 1.05), slot=2),
            *parts_of(brim, crown, slot=3),
            *parts_of(*arms, slot=4),
        ),
        slots=(
            MAIN, Slot(substance="stone", color="#1a1a1c"),
            Slot(substance="skin_of_fruit", color="#e0701a"), Slot(substance="felt",
            color="#202024"),
            Slot(substance="bark"),
        ),
    )  # fmt: skip


def kite() -> Blueprint:
    """Return a kite that stands on its point, with its cross of sticks."""
    sail = prism(np.array([(0, 0), (0.3, 0.52), (0, 0.8), (-0.3, 0.52)]), 0.002).turned("x", 90)
    sail = sail.painted(1, lambda c: (c[:, 0] > 0) == (c[:, 2] > 0.52))  # noqa: PLR2004
    spars = [
        tube(np.array([(0, 0.004, 0.0), (0, 0.004, 0.8)]), 0.005, sides=8, pieces=1),
        tube(np.array([(-0.3, 0.004, 0.52), (0.3, 0.004, 0.52)]), 0.005, sides=8, pieces=1),
    ]
    return Blueprint(
        parts=(Part(solid=sail), Part(solid=joined(*spars).without_hulls(), slot=2)),
        slots=(MAIN, Slot(color="#f2c21a"), Slot(substance="pine")),
    )


def _blob(x: float, y: float, z: float, at: tuple[float, float, float]) -> Solid:
    return ball_of(x, y, z, detail=3).moved(*at)


def _flat_footed(solid: Solid) -> Solid:
    """Return it with its lowest part pressed flat, so that it stands on z = 0."""
    low = float(solid.vertices[:, 2].min())
    floor = low + 0.03 * float(np.ptp(solid.vertices[:, 2]))

    def pressed(points: Array) -> Array:
        flat = points.copy()
        flat[:, 2] = np.maximum(flat[:, 2], floor) - floor
        return flat

    return Solid(
        vertices=pressed(solid.vertices),
        triangles=solid.triangles,
        hulls=tuple(pressed(hull) for hull in solid.hulls),
    )
