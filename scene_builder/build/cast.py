"""Every individual of the graph gets its shape."""

from collections.abc import Callable, Mapping, Sequence
from colorsys import rgb_to_hsv
from dataclasses import dataclass, replace
from functools import partial

from scene_builder.assets.source import COUNTED_TAG, Asset, AssetSource, Description
from scene_builder.build.holding.balance import balanced
from scene_builder.build.holding.bareheaded import bareheaded, hatted_by_words
from scene_builder.build.holding.cords import ROPES
from scene_builder.build.holding.mounting import mounted_of
from scene_builder.build.holding.sizes import noun_of
from scene_builder.build.items import LEGIBLE_TAG, item_of
from scene_builder.build.jointed.opening import OPENING
from scene_builder.build.leaning import is_two_wheeled
from scene_builder.build.members import ON_SIDE_TAG, Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.wishes import Wish
from scene_builder.knowledge.colors import COLORFUL, LIVELY, colors_of
from scene_builder.knowledge.nouns import known_nouns, suggestions
from scene_builder.knowledge.parts import counted_parts
from scene_builder.model.chance import stream
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import Entity, SceneGraph

UPRIGHT = 0.5
"""A disc whose axis is less upright than this stands on its edge."""

HUES, MANY_HUES, BRIGHT = 6, 3, 0.5
"""Of so many hues a colourful thing shows so many, of at least that saturation."""

OBLONG = 1.1
"""What is so much longer than wide rolls about its length."""

ROOMY, MOST_GROWTH = 1.2, 1.8
"""A box that holds something leaves it so much room, and grows at most so much for that."""

SLAB_SHARE = 0.35
"""What is flatter than this share of its breadth spins on its edge."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cast:
    """All individuals, in the graph's order, and what was chosen for them."""

    members: Mapping[str, Member]
    notes: tuple[str, ...]


def cast_of(
    graph: SceneGraph,
    sources: Sequence[AssetSource],
    deeds: Sequence[Deed],
    wishes: Mapping[str, Wish],
    *,
    seed: int,
) -> Cast:
    """Find a shape for every entity; its individuals share it, but for what is colourful.

    Raises:
        SceneError: If no source knows a noun.
    """
    members: dict[str, Member] = {}
    notes: list[str] = []
    mounted, capped = mounted_of(graph), hatted_by_words(graph)
    for k, entity in enumerate(graph.entities):
        wish = wishes.get(entity.id, Wish())
        opens = any(d.verb in OPENING and d.actor in graph.body_ids(entity.id) for d in deeds)
        find = partial(_find, k, graph=graph, sources=sources, wish=wish, seed=seed, opens=opens)
        found, said = _dressed(entity, find, seed)
        notes += said
        for name, (colored, loose) in zip(graph.body_ids(entity.id), found, strict=True):
            asset = bareheaded(loose) if entity.id in capped else balanced(loose)
            laid = _lies(asset, [deed for deed in deeds if deed.actor == name])
            laid = laid or (_is_limp(entity) and not _hangs(graph, name))
            across = _is_long(asset) and any(d.actor == name and d.verb == "roll" for d in deeds)
            parked = is_two_wheeled(asset) and not _happens(deeds, name)
            hung = name in mounted and not _happens(deeds, name)
            item = item_of(
                asset, id=name, entity=entity.id, laid=laid, across=across, parked=parked, hung=hung
            )
            members[name] = Member(id=name, entity=colored, asset=asset, item=item)
    return Cast(members=members, notes=tuple(notes))


def _dressed(
    entity: Entity, find: Callable[[Entity], tuple[Asset, list[str]]], seed: int
) -> tuple[list[tuple[Entity, Asset]], list[str]]:
    """Return each individual with its own colour, and its shape.

    Of what is colourful every individual gets another colour; a single thing keeps its own
    colours where it has many.
    """
    if entity.color == COLORFUL and entity.count == 1:
        plain = entity.model_copy(update={"color": None})
        asset, said = find(plain)
        if _is_many_colored(asset):
            return [(plain, asset)], said
    first = int(stream(seed, "colors", entity.id).integers(len(LIVELY)))
    assets: dict[tuple[str | None, str], Asset] = {}
    found, notes = list[tuple[Entity, Asset]](), list[str]()
    colors = colors_of(entity.color, entity.count, first=first)
    for look in zip(colors, texts_of(entity), strict=True):
        one = entity.model_copy(update={"color": look[0], "text": look[1]})
        if look not in assets:
            assets[look], said = find(one)
            notes += [note for note in said if note not in notes]
        found.append((one, assets[look]))
    return found, notes


def texts_of(entity: Entity) -> tuple[str, ...]:
    """Return the words of each individual: their own where bars part as many as there are."""
    own = tuple(part.strip() for part in entity.text.split("|"))
    if len(own) == entity.count > 1:
        return own
    return (entity.text,) * entity.count


def _is_many_colored(asset: Asset) -> bool:
    """Whether a thing has several bright colours by itself, as a beach ball has."""
    hues = {
        round(hue * HUES) % HUES
        for hue, saturation, _ in (rgb_to_hsv(*one.base_color) for one in asset.materials)
        if saturation >= BRIGHT
    }
    return len(hues) >= MANY_HUES


def _find(
    index: int,
    entity: Entity,
    *,
    graph: SceneGraph,
    sources: Sequence[AssetSource],
    wish: Wish,
    seed: int,
    opens: bool,
) -> tuple[Asset, list[str]]:
    """Return an entity's shape; what opens or closes, or holds, rather gets one that can."""
    description = Description(
        color=entity.color,
        material=entity.material,
        size=wish.size if _yields(entity.size, wish) else entity.size,
        mass_kg=entity.mass_kg,
        place=graph.setting.place,
        partner_size_m=wish.partner_size_m,
        variant=wish.variant,
        text=entity.text,
    )
    nouns = [entity.noun]
    if wish.noun is not None and entity.size is None:
        nouns.insert(0, wish.noun)
    if wish.form is not None:
        nouns.insert(0, wish.form)
    rigid: tuple[str, Asset] | None = None
    for noun in nouns:
        for source in sources:
            asset = source.find(noun, description, stream(seed, "build", entity.id))
            if asset is None:
                continue
            more = _room_needed(asset, wish, entity)
            if more > 1.0:
                larger = replace(description, size=more * float(asset.mesh.extents.max()))
                asset = source.find(noun, larger, stream(seed, "build", entity.id)) or asset
            serves = _serves(asset, opens=opens, holds=wish.variant == "open")
            if serves and _bears(entity, noun, asset):
                return asset, _notes(entity, noun, asset, wish)
            rigid = rigid or (noun, asset)
    if rigid is not None:
        return rigid[1], _notes(entity, *rigid, wish)
    near = suggestions(entity.noun) or known_nouns()[:8]
    raise SceneError(
        f"entities.{index}.noun is {entity.noun!r}, and no asset source has one; "
        f"the nearest known are {', '.join(near)}: use one of these"
    )


def _room_needed(asset: Asset, wish: Wish, entity: Entity) -> float:
    """Return how many times larger an open box has to be for what lies in it."""
    noun = noun_of(entity)
    if noun is None or noun.shape != "box" or entity.size is not None or asset.cavity is None:
        return 1.0
    if wish.variant != "open" or wish.partner_size_m is None:
        return 1.0
    room = 2 * asset.cavity.radius
    return float(min(ROOMY * wish.partner_size_m / room, MOST_GROWTH)) if room else 1.0


def _serves(asset: Asset, *, opens: bool, holds: bool) -> bool:
    """Whether a shape can do what it is there for: open, or have something in it."""
    if opens and (asset.mechanism is None or asset.credit.fallback):
        return False
    return not holds or asset.cavity is not None or len(asset.supports) > 1


def _bears(entity: Entity, noun: str, asset: Asset) -> bool:
    """Whether a shape has the words and the number of parts that are asked for."""
    written = bool(entity.text) and LEGIBLE_TAG not in asset.tags
    counted = any(counted_parts(name) is not None for name in (noun, entity.noun))
    return not written and (not counted or COUNTED_TAG in asset.tags)


def _yields(said: str | float | None, wish: Wish) -> bool:
    """Whether a wish decides on a size: words like small are relative, numbers are not."""
    return said is None or (wish.relative and isinstance(said, str))


def _notes(entity: Entity, noun: str, asset: Asset, wish: Wish) -> list[str]:
    notes = []
    if entity.text and LEGIBLE_TAG not in asset.tags:
        notes.append(f"The {entity.noun} stays bare: nothing of it could bear {entity.text!r}.")
    if noun != entity.noun:
        notes.append(f"The {entity.noun} is a {noun}: {wish.reason}.")
    elif wish.size is not None and _yields(entity.size, wish):
        notes.append(f"The {entity.noun} is made {wish.size:.2g} m large: {wish.reason}.")
    if asset.credit.fallback:
        notes.append(f"A stand-in is used for {entity.noun!r}: {asset.credit.name}.")
    return notes


def _lies(asset: Asset, deeds: Sequence[Deed]) -> bool:
    """Whether it starts on its side: what rolls about its axis, and slabs that spin or roll."""
    verbs = {deed.verb for deed in deeds}
    if "roll" in verbs and ON_SIDE_TAG in asset.tags:
        return True
    return bool(_is_disc(asset) and verbs & {"spin", "roll"})


def _happens(deeds: Sequence[Deed], name: str) -> bool:
    """Whether something is done by it or to it."""
    return any(
        (deed.actor == name and deed.verb != "stay") or name in deed.targets for deed in deeds
    )


def _is_long(asset: Asset) -> bool:
    """Whether it rolls, but not any way as well: a melon, a lemon."""
    long, wide, _ = asset.mesh.extents
    return asset.rolls == "any" and bool(long > OBLONG * wide)


def _is_limp(entity: Entity) -> bool:
    """Whether it cannot stand upright: a rope."""
    noun = noun_of(entity)
    return noun is not None and noun.name in ROPES


def _hangs(graph: SceneGraph, name: str) -> bool:
    """Whether something hangs from it, or it from something."""
    return any(
        name in graph.body_ids(ref)
        for relation in graph.relations
        if relation.predicate in ("hanging_from", "attached_to")
        for ref in (relation.subject, *relation.object)
    )


def is_on_edge(member: Member) -> bool:
    """Return whether a disc was laid so that it stands on its edge."""
    return _is_disc(member.asset) and abs(float(member.item.upright.rotation[2, 2])) < UPRIGHT


def _is_disc(asset: Asset) -> bool:
    x, y, z = asset.mesh.extents
    return bool(abs(x - y) < 0.1 * x and z < SLAB_SHARE * x and asset.cavity is None)
