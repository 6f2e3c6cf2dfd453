"""Cups, vases and bottles in other forms than the ordinary one."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, hollow, parts_of
from scene_builder.assets.procedural.things.kitchen.vessels import handle
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.solid import Solid, fused

Outline = list[tuple[float, ...]]


def tea_cup_rand(rng: np.random.Generator) -> Blueprint:
    """Return a wide, low tea cup with a thin ear."""
    high, mouth = about(rng, 0.064), about(rng, 0.046, 0.05)
    outline: Outline = [
        (0, 0), (0.022, 0, 0.002), (0.023, 0.006, 0.004), (mouth - 0.006, 0.022, 0.022),
        (mouth, high),
    ]  # fmt: skip
    body = lathe(vessel_profile(outline, wall=0.0042, floor=0.0065), segments=64)
    ear = handle(
        [(mouth - 0.006, 0.026), (mouth + 0.012, 0.024), (mouth + 0.02, 0.04),
         (mouth + 0.012, high - 0.012), (mouth - 0.003, high - 0.014)], 0.0033,
    )  # fmt: skip
    return Blueprint(parts=parts_of(fused(body, ear)), cavity=hollow(0.012, 0.022, high - 0.012))


def slender_vase_rand(rng: np.random.Generator) -> Blueprint:
    """Return a slender vase, widest at its shoulder, with a narrow neck."""
    wide, shoulder = about(rng, 0.056), about(rng, 0.175, 0.06)
    outline: Outline = [
        (0, 0), (0.034, 0, 0.003), (0.036, 0.01, 0.01), (wide, shoulder, 0.05),
        (0.024, shoulder + 0.045, 0.025), (0.024, 0.245, 0.01), (0.033, 0.26),
    ]  # fmt: skip
    return _vase(outline, neck=0.017)


def trumpet_vase_rand(rng: np.random.Generator) -> Blueprint:
    """Return a vase that opens like a trumpet above a round foot."""
    mouth, waist = about(rng, 0.062), about(rng, 0.03)
    outline: Outline = [
        (0, 0), (0.046, 0, 0.004), (0.046, 0.012, 0.006), (waist, 0.05, 0.05),
        (waist + 0.006, 0.16, 0.1), (mouth, 0.26),
    ]  # fmt: skip
    return _vase(outline, neck=waist - 0.008, floor=0.05)


def globe_vase_rand(rng: np.random.Generator) -> Blueprint:
    """Return a round vase with a short neck."""
    wide = about(rng, 0.098)
    outline: Outline = [
        (0, 0), (0.05, 0, 0.004), (wide * 0.95, 0.06, 0.06), (wide, 0.115, 0.08),
        (0.05, 0.2, 0.05), (0.036, 0.225, 0.016), (0.045, 0.26),
    ]  # fmt: skip
    return _vase(outline, neck=0.027)


def _vase(outline: Outline, *, neck: float, floor: float = 0.014) -> Blueprint:
    profile = vessel_profile(outline, wall=0.0045, floor=0.009)
    body = lathe(profile, segments=64, sides=12, tolerance=0.002)
    high = outline[-1][1]
    return Blueprint(parts=parts_of(body), cavity=hollow(floor, neck, high - floor))


def sloping_bottle_rand(rng: np.random.Generator) -> Blueprint:
    """Return a wine bottle with sloping shoulders (Burgundy), a cork and a label."""
    wide, shoulder = about(rng, 0.041, 0.05), about(rng, 0.15, 0.05)
    outer: Outline = [
        (wide - 0.007, 0.0), (wide, 0.0, 0.004), (wide, shoulder, 0.06), (0.0155, 0.245, 0.05),
        (0.0138, 0.285), (0.0157, 0.286, 0.001), (0.0157, 0.294, 0.002), (0.0105, 0.2945),
    ]  # fmt: skip
    cork = turned([(0.0095, 0), (0.01, 0.018, 0.001)], segments=24).moved(z=0.284)
    return _bottle(outer, cork, wide, (0.035, shoulder - 0.04), Slot(substance="cork"))


def crown_bottle_rand(rng: np.random.Generator) -> Blueprint:
    """Return a bottle with a long neck and a crown cap, as beer comes in."""
    wide, shoulder = about(rng, 0.038, 0.05), about(rng, 0.16, 0.05)
    outer: Outline = [
        (wide - 0.005, 0.0), (wide, 0.0, 0.004), (wide, shoulder, 0.03),
        (0.0165, shoulder + 0.055, 0.03), (0.0132, 0.278), (0.015, 0.28, 0.001),
        (0.0142, 0.293, 0.002), (0.0105, 0.2935),
    ]  # fmt: skip
    cap = turned([(0.0162, 0, 0.0005), (0.0155, 0.0055, 0.002), (0.0, 0.0065)], segments=42)
    slot = Slot(substance="steel")
    return _bottle(outer, cap.moved(z=0.289), wide, (0.04, shoulder - 0.035), slot)


def _bottle(
    outer: Outline, stopper: Solid, wide: float, label: tuple[float, float], stuff: Slot
) -> Blueprint:
    low, high = label
    band = [
        (wide - 0.0005, low),
        (wide + 0.0003, low),
        (wide + 0.0003, high),
        (wide - 0.0005, high),
    ]
    paper = lathe(np.array(band), segments=64)
    return Blueprint(
        parts=(
            Part(solid=turned(outer, segments=64), wall=0.004),
            Part(solid=stopper.without_hulls(), slot=1),
            Part(solid=paper.without_hulls(), slot=2, fill=0.3),
        ),
        slots=(MAIN, stuff, Slot(substance="paper")),
        rolls="x",
        tags=("on_side",),
    )
