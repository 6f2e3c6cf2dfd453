"""The search: which takes to try next.

Generations of a fixed size, so that the number of processes changes nothing. The first ones fill
the freedoms evenly and mend what was missed by aiming; from their best take on the covariance
matrix adaptation evolution strategy (CMA-ES, Hansen 2016, arXiv:1604.00772) learns from the
ranking of takes in which direction, and how far, to go. Where it comes to nothing it starts anew
from the best of a fresh sweep.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from physics.directing.rehearsal import Tried
from physics.directing.strategy import CLOSE_STEP, FIRST_STEP, GENERATION, Strategy
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream

SWEEPS = 2
"""Generations that fill the freedoms evenly before the strategy begins, and at each new start."""

AIMED = 3
"""Takes of a generation that aim, at most, as long as the best take misses something."""

LEAST_STEP = 0.004
"""Steps smaller than this share lead nowhere."""

NEAR_STEP = 0.04
"""Half of the first generation stays near the take that was planned, by this share of each
interval: it is often a hair's breadth from what was wanted."""

PATIENCE = 6
"""Generations without a better take, after which the strategy starts anew."""


class Search:
    """Proposes generations of points, and learns from what came of them."""

    def __init__(
        self, dimensions: int, *, seed: int, hints: Sequence[Float[Array, " d"]] = ()
    ) -> None:
        """Begin a search.

        Args:
            dimensions: Of the unit cube (d).
            seed: Of the whole run.
            hints: Points that are worth a take of the first generation.
        """
        self._seed = seed
        self._hints = list(hints)
        self._sweep = _sweep_rand(stream(seed, "director", "sweep"), 4096, dimensions)
        self._swept = 0
        self._starts = 0
        self._sweeping = SWEEPS
        self._strategy: Strategy | None = None
        self._leader: Tried | None = None
        self._stale = 0

    def propose(self) -> list[Float[Array, " d"]]:
        """Return the next generation (GENERATION points of the unit cube)."""
        aims = list(self._leader.aims[:AIMED]) if self._leader is not None else []
        if self._strategy is None:
            near = [*self._hints, *self._near_rand((GENERATION - len(aims)) // 2)]
            near, self._hints = near[: (GENERATION - len(aims)) // 2], []
            fresh = GENERATION - len(aims) - len(near)
            points = [*near, *aims, *self._sweep[self._swept : self._swept + fresh]]
            self._swept += fresh
            return points
        return self._strategy.propose_rand(aims)

    def learn(self, tried: Sequence[Tried]) -> None:
        """Learn from what came of the generation that was proposed last."""
        best = max(tried, key=lambda take: take.score)
        better = self._leader is None or best.score > self._leader.score
        if better:
            self._leader = best
        if self._strategy is None:
            self._sweeping -= 1
            if self._sweeping <= 0 and self._leader is not None:
                self._strategy = self._begun(self._leader)
            return
        if len(tried) == GENERATION:
            self._strategy.learn([take.score for take in tried])
        self._stale = 0 if better else self._stale + 1
        if self._stale >= PATIENCE or self._strategy.step < LEAST_STEP:
            self._begin_anew()

    def consider(self, take: Tried) -> None:
        """Take a take into account that was shot before the first generation."""
        if self._leader is None or take.score > self._leader.score:
            self._leader = take

    def _near_rand(self, count: int) -> list[Float[Array, " d"]]:
        if self._leader is None or self._swept > 0:
            return []
        rng = stream(self._seed, "director", "near")
        steps = NEAR_STEP * rng.standard_normal((count, len(self._leader.point)))
        return [np.clip(self._leader.point + step, 0.0, 1.0) for step in steps]

    def _begin_anew(self) -> None:
        self._strategy, self._leader = None, None
        self._stale, self._sweeping = 0, SWEEPS

    def _begun(self, leader: Tried) -> Strategy:
        self._starts += 1
        rng = stream(self._seed, "director", "strategy", self._starts)
        return Strategy(rng, leader.point, CLOSE_STEP if leader.holds else FIRST_STEP)


def _sweep_rand(rng: np.random.Generator, count: int, dimensions: int) -> Float[Array, "n d"]:
    """Points that fill the unit cube evenly, shifted by chance (Roberts 2018, R-sequence)."""
    ratio = 2.0
    for _ in range(40):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    steps = ratio ** -np.arange(1.0, dimensions + 1)
    return np.asarray((rng.random(dimensions) + np.outer(np.arange(count), steps)) % 1.0)
