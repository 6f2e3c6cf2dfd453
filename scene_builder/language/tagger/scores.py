"""What the network says about one text, as plain arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from jaxtyping import Float, Int

from scene_builder.model.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TokenScores:
    """Scores of the word pieces of a text.

    Attributes:
        offsets: First and one past the last character of each piece.
        tags: Probability of each of `TAGS`.
        classes: Statement head → probability of each of its `CLASSES`.
        arcs: For each of `ROLES`, from piece to piece, the arc's score as log odds [nat].
    """

    offsets: Int[Array, "n 2"]
    tags: Float[Array, "n tags"]
    classes: Mapping[str, Float[Array, "n classes"]]
    arcs: Float[Array, "roles n n"]


@runtime_checkable
class TokenScorer(Protocol):
    """What scores the words of a text."""

    def scores(self, text: str) -> TokenScores:
        """Return the scores of the word pieces of lower-case `text`."""
        ...
