"""What things are made of: how heavy, how rough, how bouncy, and how it looks.

Bullet multiplies the coefficients of two bodies that touch, so the table holds values whose
*products* are right: a coefficient is near the square root of the one measured for the substance
against itself, and a pair is the product (wood on wood 0.63² = 0.40, rubber on wood 0.72, ice on
ice 0.006; a rubber ball keeps 0.95 · 0.75 = 0.71 of its speed when it bounces off a wooden floor).

Each row names where its figures come from. Two columns have sources of their own and hold orders of
magnitude: `damping` is from Cremer, Heckl, Structure-Borne Sound, 2nd ed. (1988), ch. III, and for
polymers, textiles and food from Ashby, Materials Selection in Mechanical Design, 4th ed. (2011),
ch. 4; `fracture_energy` is from Gordon, Structures (1978), ch. 5, and Ashby (2011), ch. 4. What no
table has takes the figure of what is nearest to it; what is loose, woven or liquid does not crack.

A blow breaks a thing where its energy pays for the cracks (Griffith 1921): ½·m·v² times the share
that goes into cracks is G·A, with A the area of cracks that cut a thing of size L and volume m / ρ
into some fourteen pieces, 3·(14^⅓ − 1)·(m / ρ) / L. The share is fitted to the thin things whose
speeds the table has, all but two: those of glass, crystal, ceramic, porcelain, clay, tile and
chocolate come out within a factor of 1.5 at 0.1 m. An egg's shell bears less, because all of the
egg presses on it; ice is measured in lumps and bears more. What takes more than `TOUGH` is dented,
torn or stretched by a blow that would pay for the cracks; it does not come apart.
"""

import csv
import difflib
import functools
import importlib.resources
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from scene_builder.knowledge.colors import linear_color, surface_color
from scene_builder.model.arrays import Array
from scene_builder.model.errors import UnknownNameError
from scene_builder.model.material import Material

EMISSION = 14.0
"""Strength of what glows by itself (flames, lamps), relative to a white surface."""

TOUGH = 500.0
"""What takes so much energy for its cracks does not come apart under a blow [J/m²]."""

CRACKS = 3 * (14 ** (1 / 3) - 1)
"""Area of the cracks that a break makes, times the size of the thing, over its volume."""

CRACKED_SHARE = 0.053
"""Share of the energy of a blow that goes into cracks; the rest is lost in sound and in heat."""

_LOOK = (
    "roughness", "metallic", "transmission", "ior", "coat", "subsurface", "sheen",
    "pattern_scale_m",
)  # fmt: skip
_METAL_COLORS = {
    "gold": "gold", "golden": "gold", "goldenrod": "gold", "darkgoldenrod": "brass",
    "silver": "silver", "copper": "copper", "bronze": "bronze", "brass": "brass",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """One substance.

    Attributes:
        name: Its name.
        shader: Its family: the name of the pattern that pictures use (`Material.name`).
        density: Mass per volume of the solid substance [kg/m³].
        friction: Coulomb's coefficient; a pair's is the product.
        rolling_friction: Rolling resistance, as the lever of the normal force [m].
        spinning_friction: Resistance to spinning about the contact's normal [m].
        restitution: Share of speed kept in a bounce; a pair's is the product.
        damping: Loss factor [1]: the share of the energy of a vibration that turns into heat in
            each radian, which is how fast soft things of it stop wobbling; None where it is not
            known.
        break_speed: Speed of impact on a hard floor above which thin things of it break, as
            measured [m/s]; None where `breaks_at` derives it.
        fracture_energy: Energy that makes two surfaces where there was none, for each area of the
            crack [J/m²]; None for what does not crack.
        colors: The colours that it has by nature, `#rrggbb`.
        parameters: Principled shader parameters.
        source: Where the figures come from.
    """

    name: str
    shader: str
    density: float
    friction: float
    rolling_friction: float
    spinning_friction: float
    restitution: float
    damping: float | None
    break_speed: float | None
    fracture_energy: float | None
    colors: tuple[str, ...]
    parameters: Mapping[str, float]
    source: str

    def breaks_at(self, size_m: float) -> float | None:
        """Return the speed of a blow on hard ground that breaks a thin thing of it [m/s].

        Args:
            size_m: The thing's largest extent [m].

        Returns:
            The measured speed, or what its fracture energy gives: larger things break at lower
            speeds, since energy grows with the volume and cracks with the area. None for never.
        """
        if self.break_speed is not None:
            return self.break_speed
        if self.fracture_energy is None or self.fracture_energy >= TOUGH:
            return None
        paid = CRACKED_SHARE * self.density * size_m / (2 * CRACKS)
        return math.sqrt(self.fracture_energy / paid)

    def break_impulse(self, mass_kg: float, size_m: float) -> float | None:
        """Return the impulse [N·s] above which a thin body breaks; None for never.

        Args:
            mass_kg: Its mass [kg].
            size_m: Its largest extent [m].
        """
        speed = self.breaks_at(size_m)
        return None if speed is None else speed * mass_kg


def known_substances() -> tuple[str, ...]:
    """Return the names of all substances, without their synonyms."""
    return tuple(_table())


def is_substance(name: str) -> bool:
    """Whether `name` is a substance or a synonym of one."""
    return _key(name) in _synonyms()


def substance(name: str) -> Substance:
    """Return the substance of that name or synonym (`oak`, `wooden`, `china`, …).

    Raises:
        UnknownNameError: If there is none.
    """
    found = _synonyms().get(_key(name))
    if found is None:
        near = difflib.get_close_matches(_key(name), _synonyms(), n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        known = ", ".join(known_substances())
        raise UnknownNameError(f"no substance named {name!r}{hint} There are: {known}")
    return _table()[found]


def material_for(name: str, color: str | None, rng: np.random.Generator) -> Material:
    """Return the surface of a thing made of the substance `name`.

    Args:
        name: A substance or a synonym.
        color: A CSS name or `#rrggbb`; None takes one of the substance's own colours.
        rng: Draws the substance's own colour and a variation of a few per cent.

    Raises:
        UnknownNameError: If there is no such substance.
        SceneError: If `color` is no colour.
    """
    kind = substance(name)
    # Every call draws the same amount, so that a colour that is asked for moves nothing else.
    pick, brightness, wear = rng.random(3)
    if color is None:
        base = linear_color(kind.colors[int(pick * len(kind.colors))])
        base = base * (0.94 + 0.12 * brightness)
    else:
        base = _dyed(kind, color) * (0.98 + 0.04 * brightness)
    parameters = dict(kind.parameters)
    parameters["roughness"] = float(np.clip(parameters["roughness"] * (0.93 + 0.14 * wear), 0, 1))
    if kind.shader == "emission":
        parameters["emission"] = EMISSION
    return Material(name=kind.shader, base_color=np.clip(base, 0, 1), parameters=parameters)


def _dyed(kind: Substance, color: str) -> Float[Array, "3"]:
    own = _METAL_COLORS.get(color.lower())
    if kind.parameters["metallic"] > 0 and own is not None:
        return linear_color(substance(own).colors[0])
    if kind.parameters["transmission"] > 0:
        # Coloured glass lets some of every colour through, or it would look black; black does not.
        wanted = linear_color(color)
        return 0.02 + 0.1 * min(1.0, 4 * float(wanted.max())) + 0.86 * wanted
    if kind.shader == "emission":
        return linear_color(color)
    return surface_color(color)


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


@functools.cache
def _table() -> Mapping[str, Substance]:
    text = importlib.resources.files("scene_builder.knowledge").joinpath("substances.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({row["name"]: _substance_of(row) for row in rows})


def _substance_of(row: Mapping[str, str]) -> Substance:
    return Substance(
        name=row["name"],
        shader=row["shader"],
        density=float(row["density"]),
        friction=float(row["friction"]),
        rolling_friction=float(row["rolling_friction"]),
        spinning_friction=float(row["spinning_friction"]),
        restitution=float(row["restitution"]),
        damping=_if_known(row["damping"]),
        break_speed=_if_known(row["break_speed"]),
        fracture_energy=_if_known(row["fracture_energy"]),
        colors=tuple(row["colors"].split()),
        parameters=MappingProxyType({name: float(row[name]) for name in _LOOK}),
        source=row["source"],
    )


def _if_known(text: str) -> float | None:
    return float(text) if text else None


@functools.cache
def _synonyms() -> Mapping[str, str]:
    text = importlib.resources.files("scene_builder.knowledge").joinpath("substances.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return {word: row["name"] for row in rows for word in (*row["synonyms"].split(), row["name"])}
