"""What is to be shown: who is there, what each of them does, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from scene_builder.assets.source import AssetSource
from scene_builder.build.cast import Cast, cast_of
from scene_builder.build.cloths.choosing import Cut, cloths_of
from scene_builder.build.fluids.floating import Afloat, afloat_of, watered, without_lifts
from scene_builder.build.holding.landscape import with_landscape
from scene_builder.build.holding.mounting import with_fixtures
from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.places import place_of
from scene_builder.build.staging.choreography import cues_of
from scene_builder.build.staging.deeds import Deed, deeds_of
from scene_builder.build.staging.pouring import Pour, poured
from scene_builder.build.staging.pouring_vessels import sources_for
from scene_builder.build.staging.wishes import wishes_of
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.model.graph import SceneGraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script:
    """Everything that is decided before anything has a place.

    Attributes:
        graph: What the words say, with what is poured and the water that they imply.
        sources: Where shapes come from.
        deeds: Who does what.
        cast: Everybody and everything that is there.
        cloths: What of it is cloth.
        pours: What is poured out of what.
        place: The kind of place.
        afloat: What floats there.
        cues: What the deeds ask of the layout.
        notes: A sentence about each choice.
        pour_notes: The same, about what is poured.
    """

    graph: SceneGraph
    sources: Sequence[AssetSource]
    deeds: tuple[Deed, ...]
    cast: Cast
    cloths: tuple[Cut, ...]
    pours: tuple[Pour, ...]
    place: Place
    afloat: Afloat
    cues: tuple[Cue, ...]
    notes: tuple[str, ...]
    pour_notes: tuple[str, ...]

    @property
    def items(self) -> dict[str, Item]:
        """What the layout knows about everybody, by id."""
        return {name: member.item for name, member in self.cast.members.items()}


def script_of(graph: SceneGraph, sources: Sequence[AssetSource], *, seed: int) -> Script:
    """Return who is there and what happens.

    Raises:
        SceneError: If a noun, a size, a speed or a colour is unknown.
    """
    graph, pours, pour_notes = poured(graph)
    sources = sources_for(graph, pours, sources)
    graph = with_landscape(with_fixtures(graph))
    deeds = deeds_of(graph)
    graph, water_notes = watered(graph, deeds)
    cast = cast_of(graph, sources, deeds, wishes_of(graph, deeds), seed=seed)
    cast, cloths, deeds = cloths_of(graph, deeds, cast)
    place, place_notes = place_of(graph)
    afloat = afloat_of(graph, deeds, cast.members, place)
    loose = {n for n, m in cast.members.items() if m.asset.mechanism and m.asset.mechanism.loose}
    cues = without_lifts(cues_of(graph, deeds, cast.members), afloat, deeds, cast.members)
    return Script(
        graph=graph,
        sources=sources,
        deeds=tuple(deeds),
        cast=cast,
        cloths=tuple(cloths),
        pours=tuple(pours),
        place=place,
        afloat=afloat,
        # What moves on its own stand needs no place to swing at.
        cues=tuple(cue for cue in cues if cue.actor not in loose),
        notes=(*place_notes, *water_notes, *cast.notes),
        pour_notes=tuple(pour_notes),
    )
