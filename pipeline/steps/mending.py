"""A look that breaks a bound is painted again, more weakly where it drifts."""

from collections.abc import Mapping

from pipeline.verify.drifting.bounds import BOUNDS
from pipeline.verify.drifting.record import Drift, offsets_px
from render.shot import Shot
from render.stylize.exemplar.kinds import judged_style

MOST_MENDINGS = 2
"""How often a film is painted again."""
LEAST_STRENGTH = 0.4
"""Below this share of its change a style is no longer itself: what still drifts is only told."""
_SAFETY = 0.92
"""By what more than is needed a strength is lowered: it does not act on all of the error."""
_WEAKER = 0.7
"""What a strength is multiplied by where nobody can say how much it takes."""


def weakened(drift: Drift, shot: Shot, strengths: Mapping[int, float]) -> dict[int, float]:
    """Return the strength of each body by body index with which a film may keep its bounds.

    Bodies (0 is the background) are painted more weakly by as much as their own warping error
    is too large, where their outlines lie off or are not found again, and where they have lost
    their colour; all of them if outlines are lost on the whole.

    Args:
        drift: What was measured.
        shot: What was filmed.
        strengths: What they were painted with; 1 where nothing is said.

    Returns:
        The new strengths; the same as before if nothing is left to be tried.
    """
    names = {figure.name for figure in drift.broken}
    factors: dict[int, float] = {}
    if names & {"style_warp_error_1", "style_warp_error_8"}:
        factors.update(_unsteady(drift))
    if "style_offset" in names:
        factors.update(_astray(drift, shot))
    if "style_color" in names:
        factors.update(_discolored(drift, shot))
    if any(name.endswith("_lost") for name in names):
        everything = range(len(shot.stage.bodies) + 1)
        factors = {k: min(factors.get(k, 1.0), _WEAKER) for k in everything}
    found = dict(strengths)
    for k, factor in factors.items():
        found[k] = max(LEAST_STRENGTH, strengths.get(k, 1.0) * factor)
    return found


def said_of(strengths: Mapping[int, float], drift: Drift, shot: Shot) -> tuple[str, ...]:
    """Return what was weakened and what still breaks a bound, one sentence each."""
    told = [f"the look drifts: {figure.text}" for figure in drift.broken]
    if strengths:
        parts = [f"{_name(k, shot)} {strength:.0%}" for k, strength in sorted(strengths.items())]
        more = f" and {len(parts) - _MOST_NAMED} others" if len(parts) > _MOST_NAMED else ""
        told.insert(0, "painted more weakly, to keep to the truth: "
                    f"{', '.join(parts[:_MOST_NAMED])}{more}")  # fmt: skip
    return tuple(told)


_MOST_NAMED = 6


def named(strengths: Mapping[int, float], shot: Shot) -> dict[str, float]:
    """Return strengths by body id; "" is the background."""
    ids = ("", *shot.stage.body_ids)
    return {ids[k]: round(strength, 3) for k, strength in sorted(strengths.items())}


def _name(index: int, shot: Shot) -> str:
    return shot.stage.body_ids[index - 1] if index else "the background"


def _unsteady(drift: Drift) -> dict[int, float]:
    """Return by what each body's change has to be multiplied to keep the warping bound."""
    bounds = BOUNDS[judged_style(drift.style).kind]
    figures = {figure.name: figure for figure in drift.figures}
    later = figures["style_warp_error_8"]
    # eight frames apart nothing is known of single bodies: all that is unsteady gets its part
    shared = 1.0
    if not later.ok and later.value and later.limit:
        shared = later.limit / later.value
    factors: dict[int, float] = {}
    for one in drift.bodies:
        if one.warp is None or one.plain_warp is None:
            continue
        limit = max(bounds.warp, bounds.warp_ratio * one.plain_warp)
        own = _allowed(limit, one.warp, one.plain_warp) if one.warp > limit else 1.0
        factor = min(own, shared)
        if factor < 1:
            factors[one.index] = _SAFETY * factor
    return factors


def _allowed(limit: float, styled: float, plain: float) -> float:
    """Return the share of the style's own error that a limit leaves room for."""
    if styled <= plain:
        return 1.0
    return min(max((limit - plain) / (styled - plain), 0.0), 1.0)


def _astray(drift: Drift, shot: Shot) -> dict[int, float]:
    most = BOUNDS[judged_style(drift.style).kind].offset_px
    return {
        shot.stage.body_ids.index(body) + 1: _WEAKER
        for body, off in offsets_px(drift.sightings).items()
        if off > most
    }


def _discolored(drift: Drift, shot: Shot) -> dict[int, float]:
    bodies = {figure.body for figure in drift.broken if figure.name == "style_color"}
    return {k + 1: _WEAKER for k, body in enumerate(shot.stage.body_ids) if body in bodies}
