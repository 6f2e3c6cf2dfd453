"""Other forms of things than the usual ones, and who makes them."""

from collections.abc import Callable, Mapping

from scene_builder.assets.procedural.blueprint import Blueprint, Builder, fixed
from scene_builder.assets.procedural.things.home import decor, storage
from scene_builder.assets.procedural.things.kitchen import cookware
from scene_builder.assets.procedural.things.open_air import kerbside
from scene_builder.assets.procedural.things.outdoors import plants, tools
from scene_builder.assets.procedural.things.standins import forms, living
from scene_builder.assets.procedural.things.toys import blocks, words
from scene_builder.assets.source import Variant

VARIANTS: Mapping[tuple[str, Variant], Builder] = {
    ("arrow_sign", "mounted"): fixed(kerbside.sign_board),
    ("box", "open"): fixed(storage.open_carton),
    ("flower", "cut"): plants.cut_flower_rand,
    ("hook", "mounted"): fixed(tools.wall_hook),
    ("nail", "mounted"): fixed(tools.wall_nail),
    ("pot", "open"): fixed(cookware.open_pot),
}
"""Shapes in another form than the usual one."""


WRITTEN: Mapping[str, Builder] = {
    "alphabet_block": fixed(blocks.block), "arrow_sign": fixed(kerbside.sign_on_posts),
    "picture_frame": fixed(decor.poster),
}  # fmt: skip
"""Shapes of what bears words."""

STANDING: Mapping[str, Callable[[str], Blueprint]] = {
    "word": words.standing_word, "block_letter": words.block_letter,
}  # fmt: skip
"""Shapes that are nothing but words."""

ORDINARY_STAND_INS: Mapping[str, Builder] = {
    "beast": fixed(living.beast),
    "bicycle_form": fixed(forms.two_wheeler),
    "bird": fixed(living.bird),
    "cone": fixed(forms.cone),
    "figure": fixed(living.figure),
    "fish": fixed(living.fish),
    "gem_form": fixed(forms.gem),
    "lying": fixed(forms.lying),
    "pawn": fixed(forms.pawn),
    "plain": fixed(forms.plain),
    "plane_form": fixed(forms.aircraft),
    "spool": fixed(forms.spool),
    "three_wheeler": fixed(forms.three_wheeler),
}
"""Who makes shapes that only stand in for nouns without builders of their own."""
