"""Figures of people and animals, like those that artists draw from: still, and all of a piece."""

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import bar, box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid, fused, joined

EYE = Slot(substance="plastic", color="#101012")
SIDES = (-1, 1)


def figure() -> Blueprint:
    """Return a person, 1.7 m tall, who stands and looks to the front."""
    feet = [box(0.1, 0.25, 0.07, bevel=0.015).moved(s * 0.1, -0.04) for s in SIDES]
    legs = [bar((s * 0.1, 0.02, 0.03), (s * 0.09, 0, 0.88), 0.13, 0.14) for s in SIDES]
    arms = [bar((s * 0.27, -0.03, 0.82), (s * 0.2, 0, 1.4), 0.08, 0.09) for s in SIDES]
    hands = [_ball((0.045, 0.05, 0.07), (s * 0.275, -0.035, 0.79)) for s in SIDES]
    body = [
        _ball((0.17, 0.12, 0.14), (0, 0, 0.93)), _ball((0.2, 0.125, 0.29), (0, 0, 1.19)),
        _ball((0.22, 0.1, 0.1), (0, 0, 1.38)), bar((0, 0, 1.4), (0, -0.01, 1.52), 0.1, 0.1),
        _ball((0.09, 0.11, 0.13), (0, -0.015, 1.57)),
    ]  # fmt: skip
    nose = _ball((0.014, 0.02, 0.022), (0, -0.125, 1.56)).without_hulls()
    return _dressed(fused(*feet, *legs, *arms, *hands, *body, nose), *_eyes(0.035, -0.112, 1.6))


def beast() -> Blueprint:
    """Return a four-legged animal, 0.9 m long, that stands and looks to the front."""
    legs = [
        bar((s * 0.09, y, 0.0), (s * 0.08, y, 0.32), 0.065, 0.07)
        for s in SIDES
        for y in (-0.22, 0.24)
    ]
    body = [
        _ball((0.13, 0.3, 0.13), (0, 0.02, 0.37)), _ball((0.125, 0.14, 0.14), (0, -0.2, 0.39)),
        bar((0, -0.22, 0.4), (0, -0.34, 0.54), 0.12, 0.13),
        _ball((0.085, 0.11, 0.085), (0, -0.36, 0.56)),
        _ball((0.045, 0.07, 0.042), (0, -0.45, 0.53)),
    ]  # fmt: skip
    ears = [_ball((0.025, 0.014, 0.05), (s * 0.06, -0.33, 0.635)) for s in SIDES]
    tail = bar((0, 0.29, 0.4), (0, 0.42, 0.3), 0.035, 0.035)
    skin = fused(*legs, *body, *ears, tail)
    return _dressed(
        skin, *_eyes(0.045, -0.445, 0.585), _ball((0.018, 0.012, 0.013), (0, -0.52, 0.54))
    )


def bird() -> Blueprint:
    """Return a bird, 0.25 m long, that stands and looks to the front."""
    feet = [box(0.03, 0.07, 0.012, bevel=0.003).moved(s * 0.03, -0.01) for s in SIDES]
    legs = [bar((s * 0.03, 0, 0.006), (s * 0.026, 0.005, 0.08), 0.012, 0.012) for s in SIDES]
    body = [
        _ball((0.055, 0.09, 0.055), (0, 0.01, 0.12)),
        _ball((0.038, 0.04, 0.038), (0, -0.07, 0.185)),
        bar((0, -0.04, 0.13), (0, -0.065, 0.18), 0.055, 0.055),
        bar((0, 0.07, 0.125), (0, 0.17, 0.1), 0.05, 0.014),
    ]  # fmt: skip
    wings = [_ball((0.014, 0.075, 0.035), (s * 0.052, 0.025, 0.125)) for s in SIDES]
    bill = turned([(0.013, 0, 0.002), (0.002, 0.04, 0.001)], segments=16).turned("x", 90)
    return Blueprint(
        parts=(
            Part(solid=fused(*body, *wings)),
            Part(solid=fused(*feet, *legs), slot=1),
            Part(solid=bill.moved(0, -0.1, 0.182).without_hulls(), slot=1),
            Part(solid=joined(*_eyes(0.03, -0.088, 0.2, size=0.006)).without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="bone", color="#e0962a"), EYE),
    )


def fish() -> Blueprint:
    """Return a fish, 0.3 m long, that lies on its belly and looks to the front."""
    body = _ball((0.035, 0.11, 0.055), (0, -0.03, 0.06))
    fins = [bar((s * 0.03, -0.04, 0.05), (s * 0.065, 0.01, 0.03), 0.04, 0.008) for s in SIDES]
    back = bar((0, -0.01, 0.1), (0, 0.02, 0.135), 0.01, 0.07)
    tail = [bar((0, 0.06, 0.06), (0, 0.135, 0.06 + 0.04 * s), 0.012, 0.035) for s in SIDES]
    skin = fused(body, *fins, back, *tail)
    return _dressed(skin, *_eyes(0.025, -0.105, 0.075, size=0.008))


def _ball(axes: tuple[float, float, float], at: tuple[float, float, float]) -> Solid:
    return ball_of(*axes, detail=2).moved(*at)


def _eyes(x: float, y: float, z: float, *, size: float = 0.013) -> list[Solid]:
    return [ball_of(size, size, size, detail=1).moved(s * x, y, z) for s in SIDES]


def _dressed(skin: Solid, *marks: Solid) -> Blueprint:
    """Return a creature of one skin, with dark marks that nothing collides with."""
    low = float(skin.vertices[:, 2].min())
    return Blueprint(
        parts=(
            Part(solid=skin.moved(z=-low)),
            Part(solid=joined(*(mark.moved(z=-low) for mark in marks)).without_hulls(), slot=1),
        ),
        slots=(MAIN, EYE),
    )
