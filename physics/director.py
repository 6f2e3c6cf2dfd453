"""The director: tries what the words leave open until everything they promise happens, safely.

A take is a whole simulation; nothing is bent while it runs. Generations of takes are scored by
how safely every outcome holds (`directing/scoring.py`), and the search learns from them what to
try next (`directing/search.py`). What holds is tried again with small changes, cheaply at first;
what promises to be safe is shot as it is filmed, and the first take that holds in nearly all of
its small changes is chosen (`directing/robustness.py`). Other processes help
(`directing/crew.py`); they change how long it takes, and nothing else.
"""

from dataclasses import dataclass, replace

from physics.directing.crew import Crew
from physics.directing.direction import Direction, Progress
from physics.directing.pacing import paced
from physics.directing.rehearsal import Call, Rehearsal, Tried
from physics.directing.robustness import Trial
from physics.directing.scoring import score_of
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
        changed: How many slightly changed takes that were.
    """

    stage: Stage
    trajectory: Trajectory
    verdicts: tuple[Verdict, ...]
    note: str
    tries: int
    robustness: float | None = None
    changed: int = 0

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
    rehearsal = rehearsal.knowing(trajectory)
    call = Call(number=0, point=rehearsal.neutral)
    neutral = rehearsal.judged(call, stage, trajectory, verdicts)
    first = Take(stage=stage, trajectory=trajectory, verdicts=verdicts, note="", tries=1)
    if all(verdict.holds is None for verdict in verdicts):
        return replace(first, note="0 outcomes reached in 1 take")
    with Crew(rehearsal, jobs=jobs) as crew:
        direction = Direction(rehearsal, crew, (takes, changes), limits_secs, progress)
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
        changed=trial.tried,
    )


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


def _note(take: Take, direction: Direction, trial: Trial) -> str:
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
