"""A text, its word pieces, and where phrases stand in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jaxtyping import Int

from scene_builder.language.tagger.scores import TokenScores
from scene_builder.model.arrays import Array


@dataclass(slots=True)
class ScoredText:
    """A text with its word pieces and what the network says of them.

    Attributes:
        text: Lower-case text, closed wordings blanked out.
        offsets: First and one past the last character of each piece.
        scores: What the network says of the pieces.
    """

    text: str
    offsets: Int[Array, "pieces 2"]
    scores: TokenScores

    def pieces(self, start: int, end: int) -> list[int]:
        """Word pieces that stand between two characters."""
        return [k for k, (a, b) in enumerate(self.offsets) if b > a and a < end and b > start]

    def found(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Where any of these phrases stands, longer ones first, none inside of another."""
        taken: list[tuple[int, int]] = []
        for phrase in sorted(set(words), key=len, reverse=True):
            pattern = r"[ -]+".join(map(re.escape, re.split(r"[ _-]", phrase)))
            for match in re.finditer(rf"(?<![\w]){pattern}(?![\w])", self.text):
                if all(match.end() <= a or match.start() >= b for a, b in taken):
                    taken.append(match.span())
        return iter(sorted(taken))
