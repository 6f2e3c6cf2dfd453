"""Things, relations and cues become poses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from scene_builder.layout.critic import Critic, Flaws
from scene_builder.layout.cues import Cue
from scene_builder.layout.forest import Parent, parents_of
from scene_builder.layout.items import Item
from scene_builder.layout.search import arrange_rand
from scene_builder.layout.solving.arrangement import Arrangement, Room
from scene_builder.layout.solving.refusals import NoPlaceError
from scene_builder.layout.ties import Tie
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID

ATTEMPTS = 30
"""Arrangements begun from nothing before giving up."""

FAITHFUL = 5
"""How many of them try to leave things where they stood before."""

MENDING, POLISHING = 16, 6
"""Further attempts when something needed is hidden, or a way is blocked; when it may be."""

TRIALS = 3
"""Attempts with one relation less."""

MOST_TRIED, MOST_GROUPS = 6, 3
"""Relations that are left aside one by one, then all of one kind together."""

MOST_DROPPED = 2
"""Most kinds of relations that give way together."""

YIELDING = frozenset(
    {"left_of", "right_of", "in_front_of", "behind", "beside", "near", "between", "facing",
     "against", "above", "under", "around"}
)  # fmt: skip
"""Relations without which a thing still has a place."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """What has to be laid out.

    Attributes:
        items: By body id.
        ties: All relations.
        cues: What the actions need.
        room: What closes the space.
        company: Pairs of ids that belong on one support where the relations leave it open.
        kept: `world_from_item` of what stood in an earlier arrangement, and stays if it can.
        grip: The ground's factor of Coulomb's coefficient.
        shown: What the camera has to see at the start.
        elevations_deg: Heights from which the camera may look [deg]; () for the usual ones.
    """

    items: Mapping[str, Item]
    ties: Sequence[Tie]
    cues: Sequence[Cue]
    room: Room
    company: Sequence[tuple[str, str]] = ()
    kept: Mapping[str, Pose] = field(default_factory=dict)
    grip: float = 0.6
    shown: Sequence[str] = ()
    elevations_deg: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Where everything stands.

    Attributes:
        poses: `world_from_item` by body id.
        parents: What carries each of them.
        units: Ids that are placed as one.
        state: The arrangement as the search left it.
        gave_way: Relations that do not hold, because no arrangement has them all.
        flaws: What hides a needed thing or blocks a way, because no arrangement without was found.
    """

    poses: Mapping[str, Pose]
    parents: Mapping[str, Parent]
    units: tuple[tuple[str, ...], ...]
    state: Arrangement
    gave_way: tuple[Tie, ...] = ()
    flaws: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each relation that gave way, and for each flaw."""
        return (
            *(
                f"No arrangement has all that was said, so '{tie}' gives way."
                for tie in self.gave_way
            ),
            *self.flaws,
        )


def lay_out_rand(rng: np.random.Generator, problem: Problem) -> Layout:
    """Find a collision-free arrangement at rest in which every relation holds.

    Method: constructive rejection sampling. Supports are filled from the ground up; each thing
    tries places that its relations and cues suggest, and the best free one is taken; if one
    finds none, the whole arrangement is begun anew with that one earlier (the weighting of
    Boussemart et al. 2004, "Boosting systematic search by weighting constraints"). Where no
    arrangement has all relations, the fewest give way that let one be found, and the layout
    names them. An arrangement in which something needed is hidden, or something stands in the
    way of an action, is kept only if no better one is found soon.

    Raises:
        RelationError: If relations contradict each other.
        LayoutError: If something finds no place.
    """
    problem = replace(problem, ties=(*problem.ties, *_implied(problem)))
    search = _Search(
        rng=rng, problem=problem, parents=_parents(problem),
        critic=Critic(problem.items, problem.cues, problem.shown, problem.elevations_deg),
    )  # fmt: skip
    found = search.run(problem.ties, ATTEMPTS)
    if found is not None:
        return found
    dropped: tuple[Tie, ...] = ()
    for _ in range(MOST_DROPPED):
        left = [tie for tie in problem.ties if tie not in dropped]
        doubtful = search.doubtful(left)
        for ties in doubtful:
            found = search.run([one for one in left if one not in ties], TRIALS)
            if found is not None:
                return replace(found, gave_way=_untrue((*dropped, *ties), found.state))
        dropped += doubtful[-1] if doubtful else ()
    raise search.failure()


def _parents(problem: Problem) -> dict[str, Parent]:
    busy = {
        name
        for cue in problem.cues
        for name in (cue.actor, *cue.targets, *cue.carriers, cue.support or "")
    }
    return parents_of(problem.items, problem.ties, problem.company, busy)


def _implied(problem: Problem) -> list[Tie]:
    """Return what other relations need: a picture above a sofa needs both at the wall."""
    parents = _parents(problem)
    hung = {name for name, parent in parents.items() if parent.kind == "wall"}
    return [
        Tie(subject=one, predicate="against", objects=("wall",))
        for tie in problem.ties
        if tie.predicate == "above" and tie.subject in hung
        for one in tie.objects
        if one in problem.items and one not in hung and parents[one].id == GROUND_ID
    ]


def _kind(name: str) -> str:
    return name.partition("#")[0]


def _untrue(ties: Sequence[Tie], state: Arrangement) -> tuple[Tie, ...]:
    """Return those of the relations left aside that are indeed not true."""
    checked = replace(state, ties=tuple(ties))
    return tuple(checked.unmet())


@dataclass(slots=True, kw_only=True)
class _Search:
    """Attempts at one problem, and what is learnt from those that fail."""

    rng: np.random.Generator
    problem: Problem
    parents: Mapping[str, Parent]
    critic: Critic
    urgency: Counter[str] = field(default_factory=Counter)
    blame: Counter[Tie] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def run(self, ties: Sequence[Tie], attempts: int) -> Layout | None:
        """Return a layout in which the given relations hold, or None."""
        best: Layout | None = None
        flaws = Flaws()
        left = attempts
        for attempt in range(attempts):
            if attempt >= left:
                break
            found = self._attempt(ties, attempt, attempts, wary=attempt > 0)
            if found is None:
                continue
            found_flaws = self.critic.flaws(found.state)
            if best is None:
                # What was said to stand as it stood is not moved for the picture's sake.
                left = attempt + 1 + (0 if self.problem.kept else MENDING)
            if not found_flaws.grave:
                left = min(left, max(attempt + 1, POLISHING))
            if best is None or found_flaws.weight < flaws.weight:
                best, flaws = found, found_flaws
            if not flaws.weight:
                break
        return best and replace(best, flaws=flaws.notes)

    def _attempt(
        self, ties: Sequence[Tie], attempt: int, attempts: int, *, wary: bool
    ) -> Layout | None:
        """Return what one attempt finds, or None, and note what stood in the way."""
        carriers = {name: _carriers(name, self.parents) for name in self.problem.items}
        state = Arrangement(
            items=self.problem.items, carriers=carriers, ties=ties, room=self.problem.room,
            kept=self.problem.kept if attempt < FAITHFUL else {}, urgency=self.urgency,
            grip=self.problem.grip, wary=wary,
        )  # fmt: skip
        try:
            units = arrange_rand(
                self.rng, state, self.parents, self.problem.cues, looseness=attempt / attempts
            )
        except NoPlaceError as error:
            self.urgency.update(error.names)
            self.said[str(error)] += 1
            if error.blame:
                self.blame[error.blame.most_common(1)[0][0]] += 1
            return None
        unmet = state.unmet()
        if not unmet:
            return Layout(poses=state.poses, parents=self.parents, units=units, state=state)
        self.blame.update(unmet)
        self.said[f"'{unmet[0]}' would not hold"] += 1
        return None

    def doubtful(self, ties: Sequence[Tie]) -> list[tuple[Tie, ...]]:
        """Return relations that may give way, single ones before those that were said in one.

        Those that stood in the way come before those of what found no place.
        """

        def doubt(tie: Tie) -> int:
            names = (tie.subject, *tie.objects)
            return 10 * self.blame[tie] + sum(self.urgency[name] for name in names)

        soft = [tie for tie in ties if tie.predicate in YIELDING and doubt(tie) > 0]
        soft.sort(key=doubt, reverse=True)
        together: dict[tuple[str, ...], tuple[Tie, ...]] = {}
        for tie in soft:
            key = (_kind(tie.subject), tie.predicate, *map(_kind, tie.objects[:1]))
            together[key] = (*together.get(key, ()), tie)
        groups = [group for group in together.values() if len(group) > 1][:MOST_GROUPS]
        return [*((tie,) for tie in soft[:MOST_TRIED]), *reversed(groups)]

    def failure(self) -> LayoutError:
        """Return the error that says what stood in the way most often."""
        why = self.said.most_common(1)[0][0]
        return LayoutError(f"{why}: ask for fewer or smaller things, or drop a relation")


def _carriers(name: str, parents: Mapping[str, Parent]) -> frozenset[str]:
    chain: list[str] = []
    current = name
    while current in parents:
        chain += [one for one in (parents[current].against,) if one]
        current = parents[current].id
        chain.append(current)
    return frozenset(chain)
