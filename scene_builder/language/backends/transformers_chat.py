"""Any instruct model that transformers can load, decoding under a JSON schema."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, final

from scene_builder.language.backends.transformers_lm import GrammarModel
from scene_builder.language.reader import Chat

MAX_NEW_TOKENS = 1500


@final
class TransformersChat(Chat):
    """Answers from a model in this process; what it writes follows the schema by construction.

    `llguidance` masks every token that would break the schema (Guidance, 2024).
    """

    def __init__(self, model: str | Path, *, max_new_tokens: int = MAX_NEW_TOKENS) -> None:
        """Load a model.

        Args:
            model: Folder of a checkpoint, or the id of one on the model hub.
            max_new_tokens: Longest answer.

        Raises:
            ModelError: If it cannot be loaded.
        """
        self._model = GrammarModel(model)
        self._max_new_tokens = max_new_tokens

    def reply(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the model's answer; it is cut where it grows too long."""
        text = self._model.chat_text([dict(message) for message in messages])
        return self._model.complete(
            text, json.dumps(schema), form="json_schema", max_new_tokens=self._max_new_tokens
        )
