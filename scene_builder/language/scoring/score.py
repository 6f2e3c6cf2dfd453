"""Figures over many prompts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scene_builder.language.scoring.agreement import KINDS, Agreement
from scene_builder.language.scoring.atoms import agreement
from scene_builder.language.scoring.labels import LabelledPrompt, labels_of
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph


@dataclass(slots=True)
class Tally:
    """Counts of atoms."""

    found: int = 0
    missed: int = 0
    allowed: int = 0
    invented: int = 0

    @property
    def recall(self) -> float:
        """Share of what had to be read that was read."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def precision(self) -> float:
        """Share of what was read that the words say."""
        held = self.found + self.allowed
        return held / max(held + self.invented, 1)


@dataclass(slots=True)
class Score:
    """How a reader does on a set.

    Attributes:
        whole: All atoms.
        kinds: Atoms of each of `KINDS`.
        exact: Prompts read wholly right.
        total: Prompts in all.
        refused: Prompts that gave an error.
        wrong: The others, with their agreement.
    """

    whole: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    exact: int = 0
    total: int = 0
    refused: int = 0
    wrong: list[tuple[LabelledPrompt, Agreement]] = field(default_factory=list)


def scored(read: Callable[[str], SceneGraph], prompts: Iterable[LabelledPrompt]) -> Score:
    """Return how well `read` reads `prompts`; an error counts as having read nothing."""
    score = Score()
    for prompt in prompts:
        try:
            graph = read(prompt.prompt)
        except WorldreelError:
            graph = None
        result = agreement(labels_of(prompt.labels), graph)
        score.total += 1
        score.refused += graph is None
        score.exact += result.exact
        for name in ("found", "missed", "allowed", "invented"):
            for kind, _ in getattr(result, name):
                for tally in (score.whole, score.kinds[kind]):
                    setattr(tally, name, getattr(tally, name) + 1)
        if not result.exact:
            score.wrong.append((prompt, result))
    return score
