"""Any instruct model that transformers can load, decoding under a JSON schema."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, final

from scene_builder.language.backends.addresses import ModelAddress
from scene_builder.language.backends.causal_model import CausalModel
from scene_builder.language.reader import Chat
from scene_builder.model.digest import digest

MAX_NEW_TOKENS = 1500


@final
class TransformersChat(Chat):
    """Answers from a model in this process; what it writes follows the schema by construction."""

    def __init__(
        self, model: str | Path | ModelAddress, *, max_new_tokens: int = MAX_NEW_TOKENS
    ) -> None:
        """Prepare a chat; nothing is loaded before the first question.

        Args:
            model: Folder of a checkpoint, the id of one on the model hub, or either with options.
            max_new_tokens: Longest answer.
        """
        if not isinstance(model, ModelAddress):
            model = ModelAddress(model=str(model))
        self._address = model
        self._max_new_tokens = max_new_tokens
        self._model: CausalModel | None = None

    @property
    def identity(self) -> str:
        """What answers depend on: the model, and if it is a folder, the files in it."""
        folder = Path(self._address.model)
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        held = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        return digest([self._address, held])

    def reply(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the model's answer; it is cut where it grows too long.

        Raises:
            ModelError: If the model cannot be loaded, or the messages are too long for it.
            MissingExtraError: If loading needs a package that is not installed.
        """
        if self._model is None:
            self._model = CausalModel(self._address)
        return self._model.reply(messages, schema, max_new_tokens=self._max_new_tokens)
