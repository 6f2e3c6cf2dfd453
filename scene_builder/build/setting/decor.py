"""What stands around: a few quiet things at the back, never in the event's way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import AssetSource, Description
from scene_builder.build.bodies import body_of
from scene_builder.build.items import WALL_HUNG, item_of
from scene_builder.build.members import Member
from scene_builder.build.setting.air import air_of
from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.lights import environment_of
from scene_builder.build.setting.outlook import Outlook, outlook_on
from scene_builder.build.setting.scenery.dressing import scenery_of
from scene_builder.build.setting.scenery.site import Site
from scene_builder.build.setting.shell import Shell
from scene_builder.layout.items import Placed, placed_item
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body

PIECES = 3
"""Most pieces of décor in a room."""

OUTDOOR_PIECES = 5

FLAT_M = 0.03
"""What is no higher, such as a rug, may lie under other things [m]."""

CLEAR_M = 0.15
"""Free distance between décor and everything else [m]."""

SIDE_SPREAD = (0.75, 0.95, 1.15, 1.35, 1.55, 1.75, 1.95, 2.2, 2.5)
"""Steps to the side of the event where décor is tried, as shares of the wall's distance."""

PICTURE_Z_M = 1.5
"""Height of the middle of what hangs on a wall [m]."""


def decor_of(
    graph: SceneGraph,
    sources: Sequence[AssetSource],
    place: Place,
    shell: Shell,
    placed: Mapping[str, Placed],
    focus: Float[Array, "3"],
    event: Sequence[str],
    *,
    seed: int,
    among: Collection[str] = (),
) -> tuple[Body, ...]:
    """Return scenery, then single things that the words do not name, where they suit the place.

    Each is drawn under its own name: one more moves no other. What no source has is left out.

    Args:
        graph: What the words say.
        sources: Where shapes come from.
        place: The kind of place.
        shell: Its inner faces.
        placed: What stands already.
        focus: Middle of the event (3) [m].
        event: Ids of what it is about: nothing stands right behind that in the picture.
        seed: Seed of the run.
        among: Ids of the décor that may be there; () for any.
    """
    site = _site(place, shell, placed, focus, seed)
    scenery = tuple(body for body in scenery_of(site) if _has_room(body, graph, placed))
    taken = [*placed.values(), *(_box_of(body) for body in scenery if not _is_far(body))]
    outlook = outlook_on([placed[name] for name in event if name in placed] or [*placed.values()])
    most, pieces = PIECES if place.indoor else OUTDOOR_PIECES, list[Body]()
    for k, noun in _wanted(place, graph):
        rng = stream(seed, "build", "decor", k, noun)
        asked = not among or _name(noun, k) in among
        member = _member(noun, k, sources, place, rng) if asked and len(pieces) < most else None
        if member is None:
            continue
        pose = _spot_rand(rng, member, place, shell, taken, focus, outlook, side=k % 2 * 2.0 - 1)
        if pose is not None:
            taken.append(placed_item(member.item, pose))
            pieces.append(_in_air(body_of(member, pose, "static"), site))
    return (*scenery, *pieces)


def _has_room(body: Body, graph: SceneGraph, placed: Mapping[str, Placed]) -> bool:
    """Whether a piece of scenery stays: what the words name, or stand in its place, comes first."""
    if any(entity.noun.replace("_", " ") == body.noun for entity in graph.entities):
        return False
    box = _box_of(body)
    if _is_far(body) or box.high[2] < FLAT_M:
        return True
    # Nor does it hide what hangs on the wall right behind it.
    back = box.high + np.array([0.0, CLEAR_M, 0.0])
    return not any((box.low < p.high).all() and (p.low < back).all() for p in placed.values())


def _wanted(place: Place, graph: SceneGraph) -> list[tuple[int, str]]:
    """Return the décor of a place that the words do not name, with its number."""
    named = {entity.noun for entity in graph.entities}
    return [(k, noun) for k, noun in enumerate(place.decor) if noun not in named]


def _in_air(piece: Body, site: Site) -> Body:
    return replace(piece, materials=tuple(site.air.over(made) for made in piece.materials))


def _site(
    place: Place, shell: Shell, placed: Mapping[str, Placed], focus: Float[Array, "3"], seed: int
) -> Site:
    things = list(placed.values())
    return Site(
        place=place,
        shell=shell,
        focus=focus,
        back_y=max(float(thing.high[1]) for thing in things),
        reach_m=max(
            max(float(thing.high[0] - focus[0]), float(focus[0] - thing.low[0])) for thing in things
        ),
        night=(place.setting.time_of_day or "day") in NIGHTS,
        air=air_of(environment_of(place, place.setting)),
        seed=seed,
        standing=tuple(things),
    )


NIGHTS = frozenset({"night", "evening", "midnight", "dusk"})
"""Hours at which windows and street lamps are lit."""


def _box_of(body: Body) -> Placed:
    """Return where scenery stands; it is never turned."""
    at = body.pose.position
    return Placed(id=body.id, low=at + body.mesh.low, high=at + body.mesh.high)


def _is_far(body: Body) -> bool:
    """Return whether scenery lies flat or far out, so that things may stand in its box."""
    return float(body.collider.center[2]) < 0


def is_decor(name: str) -> bool:
    """Return whether a body's id is that of a single thing that stands around."""
    return name.startswith(DECOR)


DECOR = "decor_"


def _name(noun: str, k: int) -> str:
    return f"{DECOR}{noun.replace(' ', '_')}#{k + 1}"


def _member(
    noun: str, k: int, sources: Sequence[AssetSource], place: Place, rng: np.random.Generator
) -> Member | None:
    for source in sources:
        asset = source.find(noun, Description(place=place.name), rng)
        if asset is not None and not asset.credit.fallback:
            name = _name(noun, k)
            item = item_of(asset, id=name, entity="decor")
            return Member(id=name, entity=None, asset=asset, item=item)
    return None


def _spot_rand(
    rng: np.random.Generator,
    member: Member,
    place: Place,
    shell: Shell,
    taken: Sequence[Placed],
    focus: Float[Array, "3"],
    outlook: Outlook,
    *,
    side: float,
) -> Pose | None:
    """Return a free place at the back, on the wanted side if possible."""
    item = member.item
    back = shell.wall_y if place.indoor else float(focus[1]) + 6.0
    way = max(back - float(focus[1]), 0.5)
    hung = member.asset.noun.replace(" ", "_") in WALL_HUNG
    for share in chain(*((side * step, -side * step) for step in SIDE_SPREAD)):
        jitter = float(rng.uniform(-0.08, 0.08))
        x = float(focus[0]) + (share + jitter) * way
        pose = _at(item.low, item.high, x, back, place, hung, rng)
        thing = placed_item(item, pose)
        inside = not place.indoor or (
            thing.low[0] > shell.left_x + CLEAR_M and thing.high[0] < shell.right_x
        )
        clear = outlook.keeps_clear(thing) and all(_apart(thing, other) for other in taken)
        if inside and clear:
            return pose
    return None


def _at(
    low: Float[Array, "3"],
    high: Float[Array, "3"],
    x: float,
    back: float,
    place: Place,
    hung: bool,
    rng: np.random.Generator,
) -> Pose:
    if not place.indoor:
        depth = float(rng.uniform(-1.0, 3.5))
        return Pose.at(x, back + depth, -float(low[2]), yaw_deg=float(rng.uniform(-180, 180)))
    # A finger's breadth from the wall, so that no two faces lie in one plane.
    y = back - float(high[1]) - (0.002 if hung else 0.03)
    if hung:
        middle = float(low[2] + high[2]) / 2
        return Pose.at(x, y, PICTURE_Z_M - middle)
    return Pose.at(x, y, -float(low[2]))


def _apart(a: Placed, b: Placed) -> bool:
    gap = np.maximum(a.low - b.high, b.low - a.high)
    return bool(gap.max() >= CLEAR_M)
