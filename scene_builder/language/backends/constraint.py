"""Which tokens may come next, so that what a model writes follows a JSON Schema.

`llguidance` walks through the schema beside the model and masks every token that would break it
(Moskal et al., Guidance, 2024).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast, runtime_checkable

import numpy as np
from jaxtyping import Bool

from scene_builder.model.arrays import Array

_WRITING = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""JSON as Python writes it: no free white space, of which a small model may write no end."""


@runtime_checkable
class _Matcher(Protocol):
    """What llguidance calls an LLMatcher."""

    def compute_bitmask(self) -> bytes: ...
    def compute_ff_tokens(self) -> list[int]: ...
    def consume_tokens(self, tokens: list[int]) -> bool: ...
    def is_stopped(self) -> bool: ...


class SchemaConstraint:
    """One walk through a JSON Schema."""

    def __init__(self, tokens: object, schema: Mapping[str, Any]) -> None:
        """Begin a walk.

        Args:
            tokens: What `token_table` made of a tokenizer.
            schema: The JSON Schema.

        Raises:
            ValueError: If the schema cannot be held by masks.
        """
        from llguidance import LLMatcher

        grammar = LLMatcher.grammar_from_json_schema(json.dumps(schema), defaults=_WRITING)
        matcher = LLMatcher(tokens, grammar)
        if matcher.is_error():
            raise ValueError(matcher.get_error())
        self._matcher = cast("_Matcher", matcher)

    @property
    def finished(self) -> bool:
        """Whether nothing may follow."""
        return self._matcher.is_stopped()

    def allowed(self, size: int) -> Bool[Array, "size"]:
        """Return which of the `size` tokens may come next."""
        bits = np.unpackbits(
            np.frombuffer(self._matcher.compute_bitmask(), dtype=np.uint8), bitorder="little"
        )
        allowed = np.zeros(size, dtype=bool)
        allowed[: min(size, bits.size)] = bits[:size].astype(bool)
        return allowed

    def take(self, token: int) -> list[int]:
        """Go on by one token, and return those that the schema makes follow it."""
        self._matcher.consume_tokens([token])
        if self.finished:
            return []
        forced = list(self._matcher.compute_ff_tokens())
        if forced:
            self._matcher.consume_tokens(forced)
        return forced


def token_table(tokenizer: object, *, size: int, ends: Sequence[int]) -> object | None:
    """Return a tokenizer's tokens as llguidance wants them; None if it cannot read them."""
    import llguidance.hf

    try:
        return cast(
            "object",
            llguidance.hf.from_tokenizer(tokenizer, n_vocab=size, eos_token=list(ends) or None),
        )
    except (ValueError, TypeError, AttributeError, RuntimeError):
        return None
