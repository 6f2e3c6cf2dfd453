"""Assets as layout sees them: turned to stand, with areas, hollows and slopes."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import Asset, Cavity, Support
from scene_builder.build.leaning import flat_turn, leaning_of, matter_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.layout.items import Area, Hollow, Item, Slope
from scene_builder.layout.resting.turning import resting_turn
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider

ROUND_SLACK = 1.02
"""A footprint is a disc if no corner lies farther out than this times its half width."""

BOARD_M = 0.03
"""Thickness of a shelf's board [m], at most."""

HEIGHTS = 12
DIRECTIONS = 24
OUTLINE = 64
GIRTHS = 24

WALL_HUGGING = frozenset({
    "bookshelf", "cabinet", "cupboard", "door", "bed", "tv", "wall_panel", "sofa",
})  # fmt: skip
LEGIBLE_TAG = "lettered"
"""Tag of what bears words."""

PENDANT_TAG, PLANTED_TAG = "pendant", "planted"
"""Tags of what is upright because it hangs by an eye of its own, or has its foot in something."""

WALL_HUNG = frozenset({"picture_frame", "mirror", "window", "curtain"})


def item_of(
    asset: Asset,
    *,
    id: str,
    entity: str,
    laid: bool = False,
    across: bool = False,
    parked: bool = False,
    hung: bool = False,
) -> Item:
    """Return an asset as a thing to be placed.

    Args:
        asset: The asset.
        id: Body id.
        entity: Entity id.
        laid: Turned by a quarter about X: a can on its side, a coin on its edge.
        across: Lies across the way it faces: an egg rolls about its long axis, not over its tips.
        parked: Stands as it was made, though it would not by itself: a bicycle on its stand.
        hung: Hangs flat on a wall.
    """
    turn = _quarter_turn() if laid else Pose.identity() if parked else _stance(asset)
    if hung:
        turn = flat_turn(asset)
    elif across and not laid:
        turn = Pose.at(0.0, 0.0, 0.0, yaw_deg=90.0) @ turn
    turned = abs(float(turn.wxyz[0])) < 1.0
    solid = turn @ collider_points(asset.collider)
    shell = turn @ np.asarray(asset.mesh.vertices, np.float64)
    low = np.append(np.minimum(shell, solid.min(axis=0)).min(axis=0)[:2], solid[:, 2].min())
    high = np.maximum(shell.max(axis=0), solid.max(axis=0))
    # A turned thing is centred anew; one that stands keeps its frame.
    shift = np.append(-(low + high)[:2] / 2, -low[2]) if turned else np.zeros(3)
    upright = Pose(position=shift + turn.position, wxyz=turn.wxyz)
    return Item(
        id=id,
        entity=entity,
        low=low + shift,
        high=high + shift,
        upright=upright,
        round=not turned and LEGIBLE_TAG not in asset.tags and _is_round(shell, low, high),
        areas=() if turned else tuple(_area(one, asset.supports) for one in asset.supports),
        hollow=None if turned or asset.cavity is None else hollow_of(asset.mesh, asset.cavity),
        slope=None if turned or asset.incline is None else Slope(
            top=asset.incline.top, bottom=asset.incline.bottom, width=asset.incline.width
        ),
        furniture=asset.furniture,
        girths=_girths(np.vstack([shell, solid]) + shift, float(low[2] + shift[2])),
        outline=_outline((shell + shift)[:, :2]),
        wall_hugging=_shape_of(asset.noun) in WALL_HUGGING,
        legible=LEGIBLE_TAG in asset.tags,
        parts=_parts(asset.collider, upright),
        wall_hung=_shape_of(asset.noun) in WALL_HUNG,
        matter=matter_of(asset),
        leaning=leaning_of(asset),
        pendant=PENDANT_TAG in asset.tags,
    )  # fmt: skip


def _stance(asset: Asset) -> Pose:
    """Return how a thing lies by itself: an egg put on its tip rolls over."""
    held = {PENDANT_TAG, PLANTED_TAG} & set(asset.tags)
    if (
        held
        or asset.furniture
        or asset.cavity
        or asset.supports
        or (asset.collider.shape != "hulls")
    ):
        return Pose.identity()
    return resting_turn(collider_points(asset.collider), asset.center_of_mass)


def _shape_of(noun: str) -> str:
    """Return whose shape a thing has: a wardrobe is a cabinet."""
    match = resolve_noun(noun)
    return match.noun.shape if match else noun.replace(" ", "_")


def collider_points(collider: Collider) -> Float[Array, "n 3"]:
    """Return points whose box is the collider's box in any quarter turn (n 3) [m]."""
    if collider.shape == "hulls":
        return np.concatenate([np.asarray(h.vertices, np.float64) for h in collider.hulls])
    if collider.shape == "plane":
        return np.zeros((1, 3))
    if collider.shape == "box":
        signs = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, -1).T
        return np.asarray(collider.center + signs * np.array(collider.size) / 2)
    radius = collider.size[0]
    height = 2 * radius if collider.shape == "sphere" else collider.size[1]
    angles = np.arange(64) * 2 * np.pi / 64
    circle = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(64)]) * radius
    up = np.array([0.0, 0.0, height / 2])
    if collider.shape != "cylinder":
        # A capsule's or sphere's ring lies lower by the cap; its poles reach the full height.
        ring = up - [0.0, 0.0, radius]
        return np.asarray(collider.center + np.vstack([circle + ring, circle - ring, up, -up]))
    return np.asarray(collider.center + np.vstack([circle + up, circle - up]))


def _parts(collider: Collider, upright: Pose) -> Float[Array, "p 2 3"] | None:
    """Return boxes around a solid's convex pieces (p 2 3) [m], or None if it is one piece."""
    if len(collider.hulls) < 2:  # noqa: PLR2004
        return None
    clouds = [upright @ np.asarray(hull.vertices, np.float64) for hull in collider.hulls]
    return np.array([(cloud.min(axis=0), cloud.max(axis=0)) for cloud in clouds])


def _quarter_turn() -> Pose:
    half = np.sqrt(0.5)
    return Pose(position=np.zeros(3), wxyz=np.array([half, half, 0.0, 0.0]))


def _is_round(shell: Float[Array, "n 3"], low: Float[Array, "3"], high: Float[Array, "3"]) -> bool:
    half = (high - low)[:2] / 2
    middle = (high + low)[:2] / 2
    reach = float(np.linalg.norm(shell[:, :2] - middle, axis=1).max())
    centred = float(np.abs(middle).max()) < 1e-3 * reach + 1e-6
    return centred and reach <= ROUND_SLACK * float(half.min())


def _outline(points: Float[Array, "n 2"]) -> Float[Array, "k 2"]:
    """Return the points that lie farthest out in any of many directions (k 2) [m]."""
    angles = np.arange(OUTLINE) * 2 * np.pi / OUTLINE
    ways = np.stack([np.cos(angles), np.sin(angles)])
    return np.asarray(points[np.unique((points @ ways).argmax(axis=0))])


def _girths(points: Float[Array, "n 3"], base: float) -> Float[Array, "k 2"]:
    """Return the largest radius of a cloud in each slice of its height (k 2) [m].

    Slices without points take what lies between their neighbours; the ends are kept exactly.
    """
    heights = points[:, 2] - base
    radii = np.hypot(points[:, 0], points[:, 1])
    edges = np.linspace(0.0, max(float(heights.max()), 1e-6), GIRTHS + 1)
    rows = []
    for low, high in pairwise(edges):
        inside = (heights >= low - 1e-9) & (heights <= high + 1e-9)
        if inside.any():
            rows += [(low, float(radii[inside].max())), (high, float(radii[inside].max()))]
    table = np.array(rows)
    levels = np.unique(table[:, 0])
    return np.array([(z, table[table[:, 0] == z, 1].max()) for z in levels])


def _area(support: Support, others: tuple[Support, ...]) -> Area:
    def covers(other: Support) -> bool:
        gap = np.abs(other.center[:2] - support.center[:2])
        return bool(
            (gap < other.half_extents + support.half_extents).all()
            and other.center[2] > support.center[2] + BOARD_M
        )

    above = [float(other.center[2] - support.center[2]) for other in others if covers(other)]
    return Area(
        center=support.center,
        half_extents=support.half_extents,
        round=support.round,
        headroom=min(above) - BOARD_M if above else np.inf,
    )


def hollow_of(mesh: Mesh, cavity: Cavity) -> Hollow:
    """Return a cavity with its free radius at each height, measured on the mesh.

    Rays from the cavity's axis to the nearest wall (Möller and Trumbore 1997).
    """
    heights = np.linspace(0.0, cavity.depth, HEIGHTS)
    # Not exactly on the floor nor on the rim, where a ray would run inside of a surface.
    probes = np.clip(heights, 0.05 * cavity.depth, 0.97 * cavity.depth)
    angles = (np.arange(DIRECTIONS) + 0.37) * 2 * np.pi / DIRECTIONS
    ways = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(DIRECTIONS)])
    corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
    radii = []
    for probe in probes:
        hits = _first_hits(cavity.floor + np.array([0.0, 0.0, probe]), ways, corners)
        radii.append(float(hits.min()))
    free = np.where(np.isfinite(radii), radii, cavity.radius)
    # The given radius fits down to the floor, so nothing below it is a wall.
    return Hollow(floor=cavity.floor, heights=heights, radii=np.maximum(free, cavity.radius))


def _first_hits(
    start: Float[Array, "3"], ways: Float[Array, "w 3"], corners: Float[Array, "t 3 3"]
) -> Float[Array, " w"]:
    level = (corners[:, :, 2].min(axis=1) <= start[2]) & (corners[:, :, 2].max(axis=1) >= start[2])
    a, b, c = np.moveaxis(corners[level], 1, 0)
    if len(a) == 0:
        return np.full(len(ways), np.inf)
    ab, ac = b - a, c - a
    p = np.cross(ways[:, None], ac[None])
    det = np.einsum("wtk,tk->wt", p, ab)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = 1.0 / det
        s = start - a
        u = np.einsum("wtk,tk->wt", p, s) * inverse
        q = np.cross(s, ab)
        v = (ways @ q.T) * inverse
        distance = np.einsum("tk,tk->t", q, ac)[None] * inverse
        hit = (u >= 0) & (v >= 0) & (u + v <= 1) & (distance > 0)
    return np.asarray(np.where(hit, distance, np.inf).min(axis=1))
