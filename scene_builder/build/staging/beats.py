"""When things begin: a film first shows everything at rest."""

from scene_builder.build.staging.deeds import Deed

LEAD_SECS = 0.5
"""Everything is seen at rest for so long before the first thing happens [s]."""

LEAD_SHARE = 0.125
"""But for no more than this share of the film."""

HELD = frozenset({"drop", "bounce", "throw"})
"""What these start with hangs in the air, held by nothing that is seen."""

HELD_SHARE = 0.3
"""What hangs in the air is let go after this share of the beat: longer looks like a mistake."""

AT_ONCE = frozenset({"float"})
"""What hovers from the first frame on: at rest it would fall."""


def lead_secs(duration_secs: float) -> float:
    """Return how long a film of that length [s] shows everything at rest first [s]."""
    return min(LEAD_SECS, LEAD_SHARE * duration_secs)


def start_of(deed: Deed, lead: float) -> float:
    """Return when `deed` begins [s], in a film whose first beat lasts `lead` [s]."""
    if not has_open_start(deed):
        return deed.start_secs
    return lead * HELD_SHARE if deed.verb in HELD else lead


def has_open_start(deed: Deed) -> bool:
    """Return whether the words leave open when a deed begins."""
    return deed.start_secs == 0 and deed.verb not in AT_ONCE
