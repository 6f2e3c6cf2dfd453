"""The paints of a file become our materials: its pictures stay, words re-colour its main paint."""

import re
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.assets.measuring.height_field import spread_over
from scene_builder.assets.pictures import (
    is_see_through,
    kept,
    mean_color,
    multiplied,
    tinted,
)
from scene_builder.assets.source import Description
from scene_builder.assets.surface import Paint, Picture, Surface
from scene_builder.knowledge.materials import is_substance, material_for, substance
from scene_builder.model.arrays import Array
from scene_builder.model.material import Material

CLEAR_BELOW = 0.9
"""Alpha below which a paint without a picture is taken for glass."""

METALLIC_FROM = 0.5
GRAY = 0.12
"""Saturation up to which a colour may be that of bare metal."""

GLOW = 4.0
"""Strength of what a file lets glow with strength 1, relative to a white surface."""

PLACES = 4096
"""Places at which a picture is looked up where a surface shows it."""

COLORED = frozenset({"gold", "brass", "bronze", "copper"})
_WORDS = {
    "chrome": "steel", "inox": "steel", "alu": "aluminium", "aluminum": "aluminium",
    "metallic": "metal", "mirror": "steel", "timber": "wood", "wooden": "wood", "holz": "wood",
    "bois": "wood", "verre": "glass", "glas": "glass", "tyre": "rubber", "tire": "rubber",
    "cloth": "fabric", "textile": "fabric", "cushion": "fabric", "pillow": "fabric",
    "transparent": "glass", "leaves": "leaf", "foliage": "leaf", "flower": "leaf",
    "porcelaine": "porcelain",
}  # fmt: skip
"""Words in names of paints that are no substances themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How an asset looks.

    Attributes:
        materials: One for each paint.
        substance: Name of the substance of the main paint.
    """

    materials: tuple[Material, ...]
    substance: str


def dressed_rand(
    rng: np.random.Generator,
    surface: Surface,
    description: Description,
    *,
    stated: str | None = None,
    usual: str | None = None,
) -> Dress:
    """Return the materials of a surface.

    Args:
        rng: Draws small variations of what the file leaves open.
        surface: The surface, in metres.
        description: The colour and the material that the words ask for; they hold for the main
            paint, which covers the largest area.
        stated: The substance that this very thing is made of, where it is known.
        usual: The substance that such things are made of.

    Raises:
        UnknownNameError: If a substance is unknown.
        SceneError: If the colour is none.
        AssetError: If a picture cannot be read.
    """
    chief = main_slot(surface)
    materials, chief_substance = [], "plastic"
    for slot, paint in enumerate(surface.paints):
        named = named_substance(paint)
        if slot == chief:
            made_of = description.material or stated or named or usual or "plastic"
            chief_substance = substance(made_of).name
            asked = description
        else:
            made_of, asked = named or "plastic", Description()
        look = _Look(paint=paint, made_of=made_of, named=named, seen=_seen(surface, slot))
        materials.append(_material_rand(rng, look, asked))
    return Dress(materials=tuple(materials), substance=chief_substance)


def main_slot(surface: Surface) -> int:
    """Return the paint that covers the largest area; what is clear counts for little."""
    corners = surface.vertices[surface.triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    areas = np.bincount(surface.slots, np.linalg.norm(cross, axis=1), minlength=len(surface.paints))
    clear = np.array([paint.alpha < CLEAR_BELOW for paint in surface.paints])
    return int(np.argmax(np.where(clear, 0.3, 1.0)[: len(areas)] * areas))


def named_substance(paint: Paint) -> str | None:
    """Return the substance that a paint's name and look tell, or None."""
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", paint.name).lower())
    for word in words:
        known = _WORDS.get(str(word), str(word))
        if is_substance(known):
            return known
    is_clear = paint.alpha < CLEAR_BELOW and paint.picture is None
    if is_clear or any(w.endswith("glass") for w in words):
        return "glass"
    return "metal" if (paint.metallic or 0.0) >= METALLIC_FROM else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Look:
    """A paint with what is known about it.

    Attributes:
        paint: As the file has it.
        made_of: The substance that it gets.
        named: The substance that its name tells, or None.
        seen: Places (n 2) in uv that the surface shows of its picture, or None.
    """

    paint: Paint
    made_of: str
    named: str | None
    seen: Float[Array, "n 2"] | None

    @property
    def picture(self) -> Picture | None:
        return None if self.seen is None else self.paint.picture


def _material_rand(rng: np.random.Generator, look: _Look, asked: Description) -> Material:
    plain = material_for(look.made_of, asked.color, rng)
    picture = look.picture
    if asked.material is not None and not _is_of(look.named, asked.material):
        picture = None  # the picture shows another substance
    elif asked.color is None and picture is None:
        plain = _with_color(plain, look.paint.base_color, look)
    parameters = dict(plain.parameters) | _stated(look, asked)
    name = plain.name
    if name == "metal" and parameters.get("metallic", 1.0) < METALLIC_FROM:
        name = "paint"  # a car's body is steel, but what one sees is its paint
    if picture is None:
        return Material(name=name, base_color=plain.base_color, parameters=parameters)
    picture = _recolored(picture, look, plain, asked)
    textures = {"base_color": kept(picture)}
    if is_see_through(picture, look.seen):
        textures["alpha"] = textures["base_color"]
    elif look.paint.alpha < 1:
        parameters["alpha"] = look.paint.alpha
    parameters["transmission"] = 0.0
    base = plain.base_color if asked.color else mean_color(picture, look.seen)
    return Material(name=name, base_color=base, parameters=parameters, textures=textures)


def _recolored(picture: Picture, look: _Look, plain: Material, asked: Description) -> Picture:
    if asked.color is not None:
        return tinted(picture, plain.base_color, look.seen)
    return multiplied(picture, look.paint.base_color)


def _with_color(plain: Material, color: Float[Array, "3"], look: _Look) -> Material:
    """Return a material in the file's own colour; glass lets most of the light through."""
    if plain.parameters.get("transmission", 0.0) > 0:
        # Viewers show glass as a dark film over what is behind; its own colour is lighter.
        color = 1 - (1 - np.clip(color, 0, 1)) * (0.25 + 0.5 * look.paint.alpha)
    return Material(
        name=plain.name, base_color=np.clip(color, 0.0, 0.9), parameters=plain.parameters
    )


def _stated(look: _Look, asked: Description) -> dict[str, float]:
    """Return the shader's parameters that the file states, unless the words overrule them."""
    paint, stated = look.paint, {}
    if asked.material is None:
        if paint.roughness is not None:
            stated["roughness"] = float(np.clip(paint.roughness, 0.02, 1.0))
        if paint.metallic is not None:
            stated["metallic"] = float(np.clip(paint.metallic, 0.0, 1.0))
        elif look.named is None and not _may_be_metal(look):
            stated["metallic"] = 0.0
    if paint.emission > 0:
        stated["emission"] = GLOW * paint.emission
    return stated


def _may_be_metal(look: _Look) -> bool:
    """Whether what is known to be of metal may look it: a picture or a bright colour is paint."""
    if look.picture is not None:
        return False
    if look.made_of in COLORED:
        return True
    color = look.paint.base_color
    return float(color.max() - color.min()) <= GRAY


def _is_of(named: str | None, asked: str) -> bool:
    return named is not None and substance(named).shader == substance(asked).shader


def _seen(surface: Surface, slot: int) -> Float[Array, "n 2"] | None:
    """Return places (n 2) in uv that a slot's triangles show, by their area; None without uv."""
    if surface.uv is None or surface.paints[slot].picture is None:
        return None
    mine = surface.triangles[surface.slots == slot]
    if len(mine) == 0:
        return None
    return spread_over(surface.vertices, mine, PLACES, np.asarray(surface.uv, np.float64))
