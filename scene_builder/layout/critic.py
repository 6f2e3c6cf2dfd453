"""What is wrong with an arrangement in which every relation holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.layout.sight import SEEN_SHARE, Sightlines
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.lanes import blocked_ways

_SEEN_WELL = 0.55
"""The film's camera stands a little elsewhere: what is seen by less than this is doubtful."""

_DOUBT = 0.5
"""Weight of a doubt beside that of what is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaws:
    """What could be better.

    Attributes:
        blocked: Pairs of what stands in a way, and whose way it is.
        hidden: What is hidden at the start, and the share of its silhouette that is seen.
        doubtful: The same for what is seen, but hardly.
    """

    blocked: tuple[tuple[str, str], ...] = ()
    hidden: Mapping[str, float] = field(default_factory=dict)
    doubtful: Mapping[str, float] = field(default_factory=dict)

    @property
    def grave(self) -> bool:
        """Whether there are more than doubts."""
        return bool(self.blocked or self.hidden)

    @property
    def weight(self) -> float:
        """How bad they are; 0 if there are none."""
        hidden = sum(1.0 - part for part in self.hidden.values())
        doubts = sum(_DOUBT * (1.0 - part) for part in self.doubtful.values())
        return 2.0 * len(self.blocked) + hidden + doubts

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each."""
        return (
            *(f"{one} stands in the way of {actor}." for one, actor in self.blocked),
            *(
                f"Of {name}, {part:.0%} can be seen at the start."
                for name, part in self.hidden.items()
            ),
        )


class Critic:
    """Judges arrangements of one problem: are all ways free, is all seen that has to be?"""

    def __init__(
        self,
        items: Mapping[str, Item],
        cues: Sequence[Cue],
        shown: Sequence[str],
        elevations_deg: Sequence[float],
    ) -> None:
        """Take up what never changes: things, cues, what has to be seen, and from what heights."""
        self._items, self._cues, self._shown = items, cues, shown
        self._sightlines = Sightlines(items, elevations_deg)

    def flaws(self, state: Arrangement) -> Flaws:
        """Return the flaws of an arrangement with everything placed."""
        seen: Mapping[str, float] = {}
        if self._shown:
            seen = self._sightlines.hidden(
                self._shown, state.poses, kin=self._kin(state), share=_SEEN_WELL
            )
        return Flaws(
            blocked=tuple(blocked_ways(state, self._cues)),
            hidden={name: part for name, part in seen.items() if part < SEEN_SHARE},
            doubtful={name: part for name, part in seen.items() if part >= SEEN_SHARE},
        )

    def _kin(self, state: Arrangement) -> dict[str, frozenset[str]]:
        """Return by name what is piled with it: plates hide each other."""
        kin: dict[str, set[str]] = {}
        for name, carriers in state.carriers.items():
            for other in carriers & self._items.keys():
                if self._items[other].entity == self._items[name].entity:
                    kin.setdefault(name, set()).add(other)
                    kin.setdefault(other, set()).add(name)
        return {name: frozenset(others) for name, others in kin.items()}
