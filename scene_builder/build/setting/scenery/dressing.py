"""Which scenery a place has, by name, and all of it for one place."""

from collections.abc import Callable, Mapping

from scene_builder.build.setting.scenery import (
    bedroom,
    furniture,
    kitchen,
    land,
    streets,
    sunlight,
    undergrowth,
    walls,
    woods,
)
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.stage import Body

Builder = Callable[[Site], list[Body]]

BUILDERS: Mapping[str, Builder] = {
    builder.__name__: builder
    for builder in (
        bedroom.bed, bedroom.bed_prints, bedroom.rug,
        furniture.bookcases, furniture.desks, furniture.racks, furniture.rope_barrier,
        furniture.sofa, furniture.wall_bars, furniture.workbench, kitchen.kitchen_units,
        land.banks, land.craters, land.drifts, land.dunes, land.far_mountains, land.headland,
        land.hills, land.mountains,
        streets.field_fence, streets.guard_rail, streets.parapet, streets.row_of_houses,
        streets.skyline, streets.stands, streets.street_lamps,
        sunlight.sunlit_window,
        undergrowth.desert_pebbles, undergrowth.dry_sward, undergrowth.leaf_litter,
        undergrowth.pebbles, undergrowth.sward,
        walls.blackboard, walls.curtained_window, walls.paintings, walls.panels, walls.skirting,
        walls.shutter, walls.stage_curtain, walls.tiled_wall, walls.two_tone,
        walls.wainscot, walls.wide_windows,
        walls.window_left, walls.window_right,
        woods.hedge_row, woods.pines, woods.scattered_pines, woods.snowy_pines, woods.trunks,
    )
}  # fmt: skip


def scenery_of(site: Site) -> tuple[Body, ...]:
    """Return all scenery of a place, in order; each piece draws chance under its own name."""
    return tuple(body for name in site.place.scenery for body in BUILDERS[name](site))
