"""The table of substances: whole, sourced, and in the order that everybody knows."""

import math
from dataclasses import replace

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


def test_fracture_energy_gives_the_break_speeds_that_were_measured_on_thin_things() -> None:
    measured = [kind for kind in ALL if kind.break_speed is not None]
    thin = [kind for kind in measured if kind.name not in {"shell", "ice"}]
    assert len(thin) == len(measured) - 2 >= 7
    for kind in thin:
        derived = replace(kind, break_speed=None).breaks_at(0.1)
        assert derived is not None
        assert 1 / 1.5 < derived / float(kind.break_speed or 0) < 1.5, kind.name


def test_what_has_no_measured_break_speed_breaks_by_its_fracture_energy() -> None:
    stone = substance("stone")
    assert stone.break_speed is None
    small, large = stone.break_impulse(2.0, 0.1), stone.break_impulse(2.0, 0.4)
    assert small == pytest.approx(2 * large)  # type: ignore[operator]  # energy over area: √L
    assert stone.break_impulse(4.0, 0.1) == pytest.approx(2 * small)  # type: ignore[operator]
    order = [substance(name).breaks_at(0.2) for name in ("snow", "plaster", "stone", "wax")]
    assert order == sorted(order)  # type: ignore[type-var]
    for name in ("steel", "rubber", "lead", "leather", "wood", "sand"):
        assert substance(name).breaks_at(0.2) is None


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
