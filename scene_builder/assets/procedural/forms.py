"""Other forms of things than the usual ones, and who makes them."""

from collections.abc import Mapping

from scene_builder.assets.procedural.blueprint import Builder, fixed
from scene_builder.assets.procedural.things.home import storage
from scene_builder.assets.procedural.things.kitchen import cookware
from scene_builder.assets.procedural.things.open_air import kerbside
from scene_builder.assets.procedural.things.outdoors import plants, tools
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


WRITTEN: Mapping[str, Builder] = {"arrow_sign": fixed(kerbside.sign_on_posts)}
"""Shapes of what bears words."""
