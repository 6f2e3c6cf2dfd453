"""The director: tries what the words leave open until everything they promise happens, safely.

A take is a whole simulation; nothing is bent while it runs. Generations of takes are scored by
how safely every outcome holds (`directing/scoring.py`), and the search learns from them what to
try next (`directing/search.py`). What holds is tried again with small changes, and the first take
that holds in nearly all of them is filmed (`directing/robustness.py`). Other processes help
(`directing/crew.py`); they change how long it takes, and nothing else.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from physics.directing.crew import Crew
from physics.directing.pacing import paced
from physics.directing.rehearsal import OVERLAP_M, Call, Rehearsal, Tried
from physics.directing.robustness import Trial
from physics.directing.scoring import score_of
from physics.directing.search import Search
from physics.outcomes import Verdict
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

COMFORT = 0.2
"""A later beginning is worth no more margin than what is above this."""

SEARCH_SECS = 60.0
"""The search ends after this time, even if it may try more takes [s]."""

ROBUST_SECS = 30.0
"""Once a take holds, a more robust one is looked for no longer than this [s]."""

MORE_TAKES = 48
"""Nor in more takes than this."""

TRIED_AGAIN = 2
"""So many of a generation's takes that hold are tried with small changes."""

NUDGES_AT_ONCE = 4
"""Small changes that are tried before it is asked whether more are needed."""

NEAR = -0.15
"""What is worth more than this on the preview may hold in the film."""

DECEIVED = 3
"""If the preview is wrong about so many more takes than hold on both, it is not used."""

Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Take:
    """One try, simulated and judged.

    Attributes:
        stage: The stage as filmed.
        trajectory: Its motion.
        verdicts: One for each outcome of the graph.
        note: What the director has to say: how many takes, how robust, and what was not reached.
        tries: Takes simulated in search.
        robustness: Share of the slightly changed takes in which every outcome held, too; None if
            there was no outcome, or none to be tried again.
    """

    stage: Stage
    trajectory: Trajectory
    verdicts: tuple[Verdict, ...]
    note: str
    tries: int
    robustness: float | None = None

    @property
    def reached(self) -> bool:
        """Whether every outcome that can be judged holds."""
        return all(verdict.holds is not False for verdict in self.verdicts)


def direct(
    stage: Stage,
    graph: SceneGraph,
    simulator: Simulator,
    *,
    seed: int,
    takes: int = 240,
    changes: int = 96,
    jobs: int = 1,
    limits_secs: tuple[float, float] = (SEARCH_SECS, ROBUST_SECS),
    progress: Progress | None = None,
) -> Take:
    """Return a take in which every outcome holds, under small changes too, or the best one.

    The same seed gives the same take, on any number of processes, unless time ran out: the note
    then says so.

    Args:
        stage: A settled stage; take 0 is the stage as it is.
        graph: What has to happen.
        simulator: Moves the bodies.
        seed: Of the whole run.
        takes: Most takes searched, at least 1; small changes are not counted.
        changes: Most takes with small changes: what holds is filmed then, robust or not.
        jobs: How many processes may shoot takes at the same time.
        limits_secs: Most time until a take holds, and from then on for a more robust one [s].
        progress: Told (takes done, most takes, best score) again and again.
    """
    rehearsal = Rehearsal.of(stage, graph, simulator, seed=seed)
    trajectory, verdicts = rehearsal.film(stage, stage.timeline)
    allowed = max(OVERLAP_M, 1.05 * float(trajectory.penetration_m[0]))
    rehearsal = replace(rehearsal, overlap_allowed=allowed)
    call = Call(number=0, point=rehearsal.neutral)
    neutral = rehearsal.judged(call, stage, trajectory, verdicts)
    first = Take(stage=stage, trajectory=trajectory, verdicts=verdicts, note="", tries=1)
    if all(verdict.holds is None for verdict in verdicts):
        return replace(first, note="0 outcomes reached in 1 take")
    with Crew(rehearsal, jobs=jobs) as crew:
        direction = _Direction(rehearsal, crew, (takes, changes), limits_secs, progress)
        direction.search(neutral)
        chosen = direction.best
        take = first if chosen.number == 0 else _filmed(rehearsal, chosen)
        if take.reached and chosen.number not in direction.trials:
            direction.trials[chosen.number] = direction.tried_again(chosen)
    take = _well_paced(rehearsal, take)
    trial = direction.trials.get(chosen.number, Trial()) if take.reached else Trial()
    return replace(
        take,
        tries=direction.tries,
        note=_note(take, direction, trial),
        robustness=trial.share if trial.tried else None,
    )


class _Direction:
    """The takes so far, and what is known about them."""

    def __init__(
        self,
        rehearsal: Rehearsal,
        crew: Crew,
        most: tuple[int, int],
        limits_secs: tuple[float, float],
        progress: Progress | None,
    ) -> None:
        self.takes, self._changes = most
        self.free, self.graph = bool(rehearsal.dials), rehearsal.graph
        self.tries, self.refused, self.timed_out = 0, 0, False
        self.trials: dict[int, Trial] = {}
        self._rehearsal, self._crew, self._progress = rehearsal, crew, progress
        self._end = time.monotonic() + limits_secs[0]
        self._robust_secs = limits_secs[1]
        self._best: Tried | None = None
        self._held_at: int | None = None
        self._deceived = 0

    @property
    def best(self) -> Tried:
        """The most robust take, or the one that came nearest; there is one from the first on."""
        assert self._best is not None
        return self._best

    @property
    def satisfied(self) -> bool:
        """Whether the best take holds robustly."""
        trial = self.trials.get(self.best.number) if self._best else None
        return trial is not None and bool(trial.decided)

    def search(self, neutral: Tried) -> None:
        """Try takes until one holds robustly, or nothing more may be spent."""
        self._enter([neutral], proved=True)
        if not self.free:
            return
        search = Search(len(self._rehearsal.dials), seed=self._rehearsal.seed)
        search.consider(neutral)
        while self._may_go_on():
            points = search.propose()[: self.takes - self.tries]
            calls = [
                Call(number=self.tries + k, point=point, proves=self._deceived >= DECEIVED)
                for k, point in enumerate(points)
            ]
            tried = self._crew.shoot(calls)
            search.learn(self._enter(tried, proved=calls[0].proves))

    def _enter(self, tried: Sequence[Tried], *, proved: bool) -> list[Tried]:
        """Remember a generation; return it scored by how robustly its best takes hold."""
        self.tries += len(tried)
        self.refused += sum(take.refused for take in tried)
        known = {take.number: take for take in tried}
        holding = sorted((t for t in tried if t.score > NEAR), key=lambda take: -take.score)
        holding = holding[:TRIED_AGAIN] if proved else self._proved(holding[:TRIED_AGAIN])
        known |= {take.number: take for take in holding}
        for take in holding:
            if take.holds and not self.satisfied:
                self._keep(take, self.tried_again(take))
        for take in (*holding, *(take for take in tried if not take.holds)):
            if not take.holds and (self._best is None or take.score > self._best.score):
                self._best = take
        if self._progress is not None:
            self._progress(self.tries, self.takes, self.best.score)
        return [self._by_trial(take) for take in known.values()]

    def _proved(self, holding: Sequence[Tried]) -> list[Tried]:
        """Shoot takes that hold on the preview, or nearly do, as they are filmed."""
        proofs = self._crew.shoot(
            [Call(number=take.number, point=take.point, proves=True) for take in holding]
        )
        for take, proof in zip(holding, proofs, strict=True):
            self._deceived += int(take.holds != proof.holds) - int(take.holds and proof.holds)
        return proofs

    def _keep(self, take: Tried, trial: Trial) -> None:
        self.trials[take.number] = trial
        earlier = self.trials.get(self._best.number) if self._best else None
        if earlier is None or (trial.belief, take.score) > (earlier.belief, self.best.score):
            self._best = take

    def tried_again(self, take: Tried) -> Trial:
        """Try small changes of a take, until it is decided whether it is robust."""
        if self._held_at is None:
            self._held_at = self.tries
            self._end = time.monotonic() + self._robust_secs
            if self._progress is not None:
                self._progress(self.tries, self.takes, take.score)
        trial = Trial()
        while trial.decided is None and self._changes > 0 and time.monotonic() < self._end:
            calls = [
                Call(number=take.number, point=take.point, proves=True, nudge=trial.tried + k)
                for k in range(min(NUDGES_AT_ONCE, self._changes))
            ]
            self._changes -= len(calls)
            trial = trial.after([one.holds for one in self._crew.shoot(calls)])
        return trial

    def _by_trial(self, take: Tried) -> Tried:
        """What holds by luck is worth less."""
        trial = self.trials.get(take.number)
        return take if trial is None else replace(take, score=take.score * trial.belief)

    def _may_go_on(self) -> bool:
        if self.satisfied or self.tries >= self.takes:
            return False
        spent = self._held_at is not None and (
            self.tries >= self._held_at + MORE_TAKES or self._changes <= 0
        )
        if spent:
            return False
        self.timed_out = time.monotonic() >= self._end
        return not self.timed_out


def _filmed(rehearsal: Rehearsal, chosen: Tried) -> Take:
    """Return a take at the film's full length."""
    stage = rehearsal.staged(chosen.point)
    trajectory, verdicts = rehearsal.film(stage, stage.timeline)
    return Take(stage=stage, trajectory=trajectory, verdicts=verdicts, note="", tries=0)


def _well_paced(rehearsal: Rehearsal, take: Take) -> Take:
    """Return a take whose rests before and after the event suit each other, if it holds."""
    later = paced(take.stage, take.trajectory, take.verdicts)
    if later is take.stage:
        return take
    trajectory, verdicts = rehearsal.film(later, later.timeline)
    score = score_of(verdicts, rehearsal.graph)
    if score < min(score_of(take.verdicts, rehearsal.graph), COMFORT):
        return take
    return replace(take, stage=later, trajectory=trajectory, verdicts=verdicts)


def _note(take: Take, direction: _Direction, trial: Trial) -> str:
    """Say honestly what was reached, after how much, and how safely."""
    missed = [
        f"outcome {k} ({outcome.predicate}): {verdict.evidence}"
        for k, (outcome, verdict) in enumerate(
            zip(direction.graph.outcomes, take.verdicts, strict=True)
        )
        if verdict.holds is False
    ]
    tried = f"{direction.tries} take" + ("s" if direction.tries > 1 else "")
    if direction.refused:
        tried += f" ({direction.refused} of them refused: bodies would overlap)"
    if direction.timed_out:
        tried += ", when time ran out"
    if missed:
        free = "" if direction.free else "; the words leave nothing open to search"
        return f"not reached in {tried}{free}: " + " | ".join(missed)
    judged = sum(verdict.holds is not None for verdict in take.verdicts)
    held = (
        ""
        if not trial.tried
        else f"; so it was in {trial.held} of {trial.tried} slightly changed takes"
    )
    return f"{judged} outcome{'s' if judged != 1 else ''} reached in {tried}{held}"
