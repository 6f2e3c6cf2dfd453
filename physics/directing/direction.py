"""What the director knows so far, and what is tried next because of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from physics.directing.calming import calmer
from physics.directing.crew import Crew
from physics.directing.rehearsal import Call, Rehearsal, Tried
from physics.directing.robustness import Trial
from physics.directing.search import Search

MORE_TAKES = 96
"""Once a take holds, a more robust one is looked for in no more takes than this."""

TRIED_AGAIN = 2
"""So many of a generation's takes that hold are tried with small changes as they are filmed."""

PREVIEWED_AGAIN = 3
"""And so many on the preview, to find out which."""

ROUNDS, A_ROUND = 3, 2
"""Rounds of small changes on the preview, and changes in each; what fails in one is left."""

UNTRIED = 0.5
"""What holds and was not tried again is worth this share of its score."""

AFTER_SECS = 0.6
"""What happens so much later than in the take itself is not what was promised any more [s]."""

NUDGES_AT_ONCE = 4
"""Small changes that are tried before it is asked whether more are needed."""

NEAR = -0.15
"""What is worth more than this on the preview, and more than all before, may hold in the film."""

DECEIVED = 3
"""If the preview is wrong about so many more safe takes than hold on both, it is not used."""

Progress = Callable[[int, int, float], None]


class Direction:
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
        self._hopes: dict[int, Trial] = {}
        self._nearest = NEAR

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
        if neutral.holds and self.free:
            self._preview_rounds([neutral])
        [scored] = self._enter([neutral], proved=True)
        if not self.free:
            return
        rehearsal = self._rehearsal
        search = Search(len(rehearsal.dials), seed=rehearsal.seed, hints=rehearsal.bold)
        search.consider(scored)
        while self._may_go_on():
            points = search.propose()[: self.takes - self.tries]
            calls = [
                Call(number=self.tries + k, point=point, proves=self._deceived >= DECEIVED)
                for k, point in enumerate(points)
            ]
            tried = self._crew.shoot(calls)
            search.learn(self._enter(tried, proved=calls[0].proves))
        if self.satisfied:
            self._calm_down()

    def _calm_down(self) -> None:
        """Take the calmest of the best take's calmer likes that holds as safely, if one does."""
        rehearsal = self._rehearsal
        points = calmer(self.best.point, rehearsal.neutral, rehearsal.dials)
        calls = [
            Call(number=self.tries + k, point=point, proves=True) for k, point in enumerate(points)
        ]
        tried = self._crew.shoot(calls)
        self.tries += len(tried)
        for take in tried:
            trial = self.tried_again(take) if take.holds else Trial()
            if trial.decided:
                self.trials[take.number], self._best = trial, take
                return

    def _enter(self, tried: Sequence[Tried], *, proved: bool) -> list[Tried]:
        """Remember a generation; return it scored by how robustly its best takes hold."""
        self.tries += len(tried)
        self.refused += sum(take.refused for take in tried)
        known = {take.number: take for take in tried}
        holding = sorted((t for t in tried if t.holds), key=lambda take: -take.score)
        holding = holding[:TRIED_AGAIN] if proved else self._proved(self._worth_proving(tried))
        known |= {take.number: take for take in holding}
        for take in holding:
            if take.holds and not self.satisfied:
                self._keep(take)
        for take in (*holding, *(take for take in tried if not take.holds)):
            if not take.holds and (self._best is None or take.score > self._best.score):
                self._best = take
        if self._progress is not None:
            self._progress(self.tries, self.takes, self.best.score)
        return [self._by_trial(take) for take in known.values()]

    def _worth_proving(self, tried: Sequence[Tried]) -> list[Tried]:
        """Return the takes that promise most: what holds safely on the preview, best first.

        Until something has held in the film, what holds at all, or nearly, has to do.
        """
        holding = sorted((t for t in tried if t.holds), key=lambda take: -take.score)
        holding = holding[:PREVIEWED_AGAIN]
        safe = self._preview_rounds(holding)
        holding.sort(key=lambda take: -self._hopes.get(take.number, Trial()).belief)
        if safe:
            return safe[:TRIED_AGAIN]
        if self._held_at is not None:
            known = self._belief(self.best)
            return [take for take in holding[:1] if self._belief(take) > known]
        best = max(tried, key=lambda take: take.score)
        if not holding and best.score > self._nearest:
            self._nearest = best.score
            return [best]
        return holding[:1]

    def _preview_rounds(self, takes: Sequence[Tried]) -> list[Tried]:
        """Try small changes on the preview; return the takes that hold in all of them.

        If no small change may be tried, or time is up, nothing is known to be safe.
        """
        safe = list(takes)
        for number in range(ROUNDS):
            if self._changes <= 0 or time.monotonic() >= self._end:
                return safe if number else []
            nudges = range(number * A_ROUND, (number + 1) * A_ROUND)
            calls = [
                Call(number=take.number, point=take.point, nudge=k) for take in safe for k in nudges
            ]
            for one in self._crew.shoot(calls):
                hope = self._hopes.get(one.number, Trial())
                self._hopes[one.number] = Trial(hope.held + one.holds, hope.tried + 1)
            safe = [take for take in safe if self._hopes[take.number].share == 1.0]
        return safe

    def _proved(self, takes: Sequence[Tried]) -> list[Tried]:
        """Shoot takes as they are filmed."""
        proofs = self._crew.shoot(
            [Call(number=take.number, point=take.point, proves=True) for take in takes]
        )
        for take, proof in zip(takes, proofs, strict=True):
            hope = self._hopes.get(take.number, Trial())
            safe = hope.share == 1.0
            self._deceived += int(safe and not proof.holds) - int(take.holds and proof.holds)
        return proofs

    def _keep(self, take: Tried) -> None:
        """Remember a take that holds in the film; find out how safely if it promises to be.

        It promises to be if the preview says so, or says better of it than is known of the best.
        """
        self._note_held(take)
        hope, best = self._hopes.get(take.number), self._best
        better = best is not None and best.holds and self._belief(take) > self._belief(best)
        if hope is None or hope.share == 1.0 or (better and self._changes > 0):
            self.trials[take.number] = self.tried_again(take)
        if best is None or not best.holds or self._worth(take) > self._worth(best):
            self._best = take

    def _note_held(self, take: Tried) -> None:
        if self._held_at is None:
            self._held_at = self.tries
            self._end = time.monotonic() + self._robust_secs
            if self._progress is not None:
                self._progress(self.tries, self.takes, take.score)

    def _belief(self, take: Tried) -> float:
        """What to expect of a take if it is changed a little."""
        trial = self.trials.get(take.number) or self._hopes.get(take.number)
        return UNTRIED if trial is None else trial.belief

    def _worth(self, take: Tried) -> tuple[bool, float, float]:
        return take.number in self.trials, self._belief(take), take.score

    def tried_again(self, take: Tried) -> Trial:
        """Try small changes of a take, until it is decided whether it is robust."""
        trial = Trial()
        until = None if take.settled_secs is None else take.settled_secs + AFTER_SECS
        while trial.decided is None and self._changes > 0:
            if trial.tried and time.monotonic() >= self._end:
                break
            calls = [
                Call(
                    number=take.number, point=take.point, proves=True, nudge=trial.tried + k,
                    until_secs=until,
                )
                for k in range(min(NUDGES_AT_ONCE, self._changes))
            ]  # fmt: skip
            self._changes -= len(calls)
            trial = trial.after([one.holds for one in self._crew.shoot(calls)])
        return trial

    def _by_trial(self, take: Tried) -> Tried:
        """What holds by luck is worth less."""
        if not take.holds:
            return take
        return replace(take, score=take.score * self._belief(take))

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
