"""CMA-ES in the unit cube: the covariance matrix adaptation evolution strategy (Hansen 2016)."""

import warnings
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array

GENERATION = 8
"""Takes that are shot before anything is learnt from them."""

FIRST_STEP = 0.2
"""First standard deviation, as a share of each interval."""


CLOSE_STEP = 0.08
"""And where the start holds already, and a safer take is looked for around it."""


class Strategy:
    """CMA-ES in the unit cube; its random numbers are `rng`'s, never global ones."""

    def __init__(
        self, rng: np.random.Generator, start: Float[Array, " d"], step: float = FIRST_STEP
    ) -> None:
        self._dimensions = len(start)
        options: dict[str, Any] = {
            "popsize": GENERATION, "bounds": [0.0, 1.0], "seed": np.nan, "verbose": -9,
            "verb_log": 0, "verb_disp": 0, "randn": lambda *shape: rng.standard_normal(shape),
        }  # fmt: skip
        self._strategy = _cma().CMAEvolutionStrategy(self._padded(start), step, options)
        self._asked: list[Array] = []

    @property
    def step(self) -> float:
        """How far it looks now, as a share of each interval."""
        return float(self._strategy.sigma)

    def propose_rand(self, aims: Sequence[Float[Array, " d"]]) -> list[Float[Array, " d"]]:
        """Return a generation in which `aims` have a place."""
        self._strategy.inject([self._padded(aim) for aim in aims], force=True)
        self._asked = self._strategy.ask()
        return [np.array(point[: self._dimensions]) for point in self._asked]

    def learn(self, scores: Sequence[float]) -> None:
        """Learn from the scores of the generation that was proposed last."""
        self._strategy.tell(self._asked, [-score for score in scores])

    def _padded(self, point: Float[Array, " d"]) -> Float[Array, " n"]:
        # It knows no single dimension: a second one is there, and turns nothing.
        more = max(2 - self._dimensions, 0)
        return np.append(np.clip(point, 0.0, 1.0), np.full(more, 0.5))


def _cma() -> ModuleType:
    with warnings.catch_warnings():
        # It misses matplotlib, which it would only draw with.
        warnings.filterwarnings("ignore", message="Could not import matplotlib")
        import cma
    module: ModuleType = cma
    return module
