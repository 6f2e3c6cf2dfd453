"""The table of substances: whole, sourced, and in the order that everybody knows."""

import math

import pytest

from scene_builder.knowledge.materials import Substance, known_substances, substance

ALL = [substance(name) for name in known_substances()]
BRITTLE_J_PER_M2 = 300.0
"""Gordon (1978): what shatters takes less than a few hundred joules for a square metre of crack."""


def test_at_least_thirty_substances_have_every_figure_with_its_source() -> None:
    whole = [
        kind.name for kind in ALL
        if kind.source and kind.damping is not None and kind.fracture_energy is not None
        and min(kind.density, kind.friction, kind.rolling_friction, kind.spinning_friction) > 0
    ]  # fmt: skip
    assert len(whole) >= 30, whole


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_figures_are_possible(kind: Substance) -> None:
    assert kind.source
    assert 0.5 < kind.density < 22_600  # nothing on Earth is denser than osmium
    assert 0 < kind.friction <= 1.2
    assert 0 <= kind.spinning_friction <= kind.rolling_friction * 3 <= 0.06
    assert 0 <= kind.restitution <= 1
    assert kind.damping is None or 1e-5 < kind.damping < 1
    assert kind.break_speed is None or 0.1 < kind.break_speed < 20
    assert kind.fracture_energy is None or 0.01 < kind.fracture_energy < 1e6
    assert all(map(math.isfinite, kind.parameters.values()))


def test_what_breaks_is_brittle() -> None:
    for kind in ALL:
        if kind.break_speed is not None:
            assert kind.fracture_energy is not None, kind.name
            assert kind.fracture_energy < BRITTLE_J_PER_M2, kind.name


@pytest.mark.parametrize(
    ("figure", "names"),
    [
        ("density", ("foam", "cork", "pine", "ice", "glass", "steel", "lead", "gold")),
        ("friction", ("water", "ice", "steel", "wood", "rubber")),
        ("rolling_friction", ("steel", "wood", "rubber", "carpet", "sand")),
        ("restitution", ("snow", "lead", "copper", "steel", "rubber")),
        ("damping", ("aluminium", "steel", "copper", "wood", "lead", "rubber")),
        ("fracture_energy", ("snow", "ice", "glass", "concrete", "bone", "wood", "steel")),
    ],
)
def test_substances_stand_in_the_order_that_everybody_knows(
    figure: str, names: tuple[str, ...]
) -> None:
    values = [getattr(substance(name), figure) for name in names]
    assert values == sorted(values)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [
        (("wood", "wood"), 0.25, 0.5),  # Oberg, Machinery's Handbook
        (("steel", "steel"), 0.15, 0.6),  # dry, clean
        (("rubber", "concrete"), 0.6, 1.0),
        (("ice", "steel"), 0.01, 0.06),
        (("leather", "wood"), 0.3, 0.6),
    ],
)
def test_pairs_rub_as_measured(pair: tuple[str, str], low: float, high: float) -> None:
    one, other = map(substance, pair)
    assert low <= one.friction * other.friction <= high
