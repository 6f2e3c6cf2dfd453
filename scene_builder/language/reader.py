"""The seams for language: a prompt becomes a reading; a chat model answers messages."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from scene_builder.model.reading import Reading


@runtime_checkable
class Reader(Protocol):
    """Understands a prompt."""

    def read(self, prompt: str) -> Reading:
        """Return what `prompt` says.

        Raises:
            PromptError: If it holds nothing that can be filmed.
        """
        ...


@runtime_checkable
class Chat(Protocol):
    """A language model that answers messages in a given form."""

    def reply(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the model's answer to `messages`, as JSON that follows `schema`.

        Args:
            messages: `role` and `content` of each message, oldest first.
            schema: A JSON Schema.
        """
        ...
