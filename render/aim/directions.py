"""From where to look: a turn before a climb, and outdoors with the horizon in the picture."""

from dataclasses import dataclass

from jaxtyping import Float

from render.aim.cues import ELEVATIONS_DEG, FILLS, Direction, cues_of
from render.aim.framing import LOW_IN_PICTURE, Frustum, axes, frustum, tightest, wxyz_of
from render.aim.outlook import Lookout
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Stage
from scene_builder.model.words import Angle

SEEN_SHARE = 0.45
"""Of every subject's silhouette, so much should be free when a shot begins."""

AZIMUTH_OFFSETS_DEG = (6.0, -6.0, 0.0, 9.0, -9.0, 3.0, -3.0, 12.0, -12.0, 14.0, -14.0)
"""Left and right have to stay what they are: a camera starts within 15° of the stage's azimuth."""

_FEW_OFFSETS_DEG = (6.0, -6.0, 0.0, 12.0, -12.0)

Height = tuple[float, float]
"""By how much a camera looks down [deg], and how low its subjects lie (see `Direction.low`)."""

_DEEP = 0.95
"""Subjects that lie this low are seen from higher up while the horizon stays where it is."""

_ROOM: tuple[tuple[Height, ...], ...] = (
    tuple((e, LOW_IN_PICTURE) for e in (10.0, 14.0, 18.0)),
    tuple((e, LOW_IN_PICTURE) for e in (23.0, 28.0)),
)
_OPEN_AIR: tuple[tuple[Height, ...], ...] = (
    tuple((e, LOW_IN_PICTURE) for e in (2.0, 5.0, 8.0, 11.0))
    + tuple((e, _DEEP) for e in (8.0, 11.0, 12.5)),
    tuple((e, low) for e in (15.0, 18.0) for low in (LOW_IN_PICTURE, _DEEP)),
    tuple((e, LOW_IN_PICTURE) for e in (21.0, 25.0)),
)
_STEEP: tuple[tuple[Height, ...], ...] = (
    tuple((e, LOW_IN_PICTURE) for e in (30.0, 40.0)),
    ((55.0, LOW_IN_PICTURE),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One direction, its tightest camera, and what it sees at first.

    Attributes:
        direction: From where.
        pose: The camera.
        hidden: How many subjects are hidden at first.
        least: The least share of any subject's silhouette that is seen at first.
        taste: How unusual it is.
    """

    direction: Direction
    pose: Pose
    hidden: int
    least: float
    taste: float


def directions(
    stage: Stage, lookout: Lookout, points: Float[Array, "n 3"], lens: Lens, third: float = 0.0
) -> list[Direction]:
    """Return directions from which to film, the best first.

    The camera climbs only if, from lower down, something is hidden when the shot begins however
    it turns: nobody understands a shot whose actor or aim is hidden when it begins. Outdoors the
    lowest heights keep the horizon in a wide picture. An angle that the words ask for is kept.

    Args:
        stage: What is there; its `shot` holds azimuth and cues.
        lookout: Who judges.
        points: What has to be held (n 3) [m].
        lens: The lens.
        third: On which third of the picture it lies (see `third_of`).
    """
    cue, indoor = cues_of(stage)[0], stage.environment.indoor
    usual_deg = _usual_deg(cue.angle, indoor=indoor)
    judged: list[tuple[float, Direction]] = []
    for heights in _tiers(cue.angle, indoor=indoor):
        looks: list[_Look] = []
        for elevation, low in heights:
            for offset in AZIMUTH_OFFSETS_DEG:
                direction = Direction(stage.shot.azimuth_deg + offset, elevation, low)
                view = frustum(lens, FILLS[cue.shot], low, third)
                pose = _tightest(direction, points, view)
                shares = lookout.shares_at_start(pose, lens)
                looks.append(
                    _Look(
                        direction=direction, pose=pose, least=min(shares, default=1.0),
                        hidden=sum(share < SEEN_SHARE for share in shares),
                        taste=_taste(direction, offset, usual_deg),
                    )
                )  # fmt: skip
        fewest = min(look.hidden for look in looks)
        best = sorted((one for one in looks if one.hidden == fewest), key=_unlikely)[:_JUDGED]
        found = [(_score(lookout, look, lens), look.direction) for look in best]
        judged += found
        if not fewest and max(score for score, _ in found) >= _GOOD_SCORE:
            break
    return [direction for _, direction in sorted(judged, key=lambda one: -one[0])]


def all_directions(stage: Stage) -> list[Direction]:
    """Return directions of all heights from which a film may begin, the most usual first."""
    cue, indoor = cues_of(stage)[0], stage.environment.indoor
    usual_deg = _usual_deg(cue.angle, indoor=indoor)
    found = [
        (Direction(stage.shot.azimuth_deg + offset, elevation, low), offset)
        for heights in _tiers(cue.angle, indoor=indoor)
        for elevation, low in heights
        for offset in _FEW_OFFSETS_DEG
    ]
    return [one for one, _ in sorted(found, key=lambda p: _taste(p[0], p[1], usual_deg))]


_JUDGED = 10
"""So many directions of a height are judged over the whole action."""
_GOOD_SCORE = 1.6
_BLOCKED = 10.0
_HIDDEN = 1.0
"""What a subject that is hidden at first takes from a direction's score."""
_OPEN, _OPEN_ENOUGH = 0.4, 0.7
"""Weight of what is seen at first of the subject that is seen least, and how much is enough."""
_TURN, _CLIMB, _SINK = 0.004, 0.012, 0.1
"""How unusual a degree of turn and of height is, and a subject at the very edge."""


def _tiers(angle: Angle | None, *, indoor: bool) -> tuple[tuple[Height, ...], ...]:
    """Return groups of heights; a group is looked at only if those before it hide something."""
    if angle is not None:
        return (tuple((e, LOW_IN_PICTURE) for e in ELEVATIONS_DEG[angle]),)
    return (*(_ROOM if indoor else _OPEN_AIR), *_STEEP)


def _usual_deg(angle: Angle | None, *, indoor: bool) -> float:
    """Return the height that is taken if all others show as much."""
    if angle is not None:
        return ELEVATIONS_DEG[angle][0]
    return 16.0 if indoor else 8.0


def _tightest(direction: Direction, points: Float[Array, "n 3"], view: Frustum) -> Pose:
    rotation = axes(direction.azimuth_deg, direction.elevation_deg)
    return Pose(position=tightest(points, rotation, view), wxyz=wxyz_of(rotation))


def _taste(direction: Direction, offset_deg: float, usual_deg: float) -> float:
    turn, climb = abs(abs(offset_deg) - 6.0), abs(direction.elevation_deg - usual_deg)
    return _TURN * turn + _CLIMB * climb + _SINK * (direction.low - LOW_IN_PICTURE)


def _unlikely(look: _Look) -> float:
    return look.taste - _OPEN * min(look.least, _OPEN_ENOUGH)


def _score(lookout: Lookout, look: _Look, lens: Lens) -> float:
    """Return how good a direction is: what is seen, first and later, then habit."""
    sight = lookout.sight([look.pose] * len(lookout.frames), lens)
    shown = sight.clear + sight.enough + 0.5 * sight.worst - (0.0 if sight.free else _BLOCKED)
    return shown - _unlikely(look) - _HIDDEN * look.hidden
