"""Nouns whose things come in several forms, each as likely as the others."""

from collections.abc import Mapping
from types import MappingProxyType

from scene_builder.assets.procedural.blueprint import Builder, fixed
from scene_builder.assets.procedural.things.home import (
    chairs,
    lamp_forms,
    lights,
    seats,
    shelves,
    storage,
    tables,
)
from scene_builder.assets.procedural.things.kitchen import vessel_forms, vessels
from scene_builder.assets.procedural.things.toys import lettered
from scene_builder.assets.procedural.variety import one_of

IN_SEVERAL_FORMS: Mapping[str, Builder] = MappingProxyType({
    "book": one_of(fixed(shelves.book), shelves.slim_book_rand, shelves.thick_book_rand),
    "bottle": one_of(
        fixed(vessels.bottle), vessel_forms.sloping_bottle_rand, vessel_forms.crown_bottle_rand
    ),
    "box": one_of(fixed(storage.closed_box), storage.carton_rand),
    "chair": one_of(
        fixed(seats.chair), chairs.ladder_back_rand, chairs.panel_back_rand, chairs.padded_rand
    ),
    "lamp": one_of(fixed(lights.lamp), lamp_forms.urn_lamp_rand, lamp_forms.column_lamp_rand),
    "table": one_of(fixed(tables.table), tables.parsons_rand, tables.trestle_rand),
    "vase": one_of(
        fixed(vessels.vase), vessel_forms.slender_vase_rand, vessel_forms.trumpet_vase_rand,
        vessel_forms.globe_vase_rand,
    ),
})  # fmt: skip

IN_ONE_FORM: Mapping[str, Builder] = MappingProxyType({
    "alphabet_block": lettered.alphabet_block_rand,
    "bowl": fixed(vessels.bowl),
    "cup": fixed(vessels.cup),
    "teacup": vessel_forms.tea_cup_rand,
})  # fmt: skip
"""How these topple, and what they hold, is often the point of a film: they keep their form."""
