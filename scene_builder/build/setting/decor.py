"""What stands around: a few quiet things at the back, never in the event's way."""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import AssetSource, Description
from scene_builder.build.bodies import body_of
from scene_builder.build.items import WALL_HUNG, item_of
from scene_builder.build.members import Member
from scene_builder.build.setting.outlook import Outlook, outlook_on
from scene_builder.build.setting.places import Place
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
) -> tuple[Body, ...]:
    """Return static things that the words do not name, where they suit the place.

    Each is drawn under its own name, so that one more moves no other. A noun that no source
    has, or that the words use themselves, is left out.

    Args:
        graph: What the words say.
        sources: Where shapes come from.
        place: The kind of place.
        shell: Its inner faces.
        placed: What stands already.
        focus: Middle of the event (3) [m].
        event: Ids of what it is about: nothing stands right behind that in the picture.
        seed: Seed of the run.
    """
    named = {entity.noun for entity in graph.entities}
    taken = list(placed.values())
    bodies: list[Body] = []
    outlook = outlook_on([placed[name] for name in event if name in placed] or taken)
    most = PIECES if place.indoor else OUTDOOR_PIECES
    for k, noun in enumerate(place.decor):
        if noun in named or len(bodies) == most:
            continue
        rng = stream(seed, "build", "decor", k, noun)
        member = _member(noun, k, sources, place, rng)
        if member is None:
            continue
        side = 1.0 if k % 2 else -1.0
        pose = _spot_rand(rng, member, place, shell, taken, focus, outlook, side=side)
        if pose is None:
            continue
        taken.append(placed_item(member.item, pose))
        bodies.append(body_of(member, pose, "static"))
    return tuple(bodies)


def _member(
    noun: str, k: int, sources: Sequence[AssetSource], place: Place, rng: np.random.Generator
) -> Member | None:
    for source in sources:
        asset = source.find(noun, Description(place=place.name), rng)
        if asset is not None and not asset.credit.fallback:
            name = f"decor_{noun.replace(' ', '_')}#{k + 1}"
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
