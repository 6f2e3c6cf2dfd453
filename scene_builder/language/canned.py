"""Doubles for tests and for runs without any model."""

from collections.abc import Mapping, Sequence
from typing import Any, final

from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Chat, Reader
from scene_builder.model.reading import Reading


@final
class CannedReader(Reader):
    """Gives one reading, whatever is asked; a prompt that no reader takes is refused here too."""

    name = "canned"

    def __init__(self, reading: Reading) -> None:
        """Give `reading` from now on."""
        self._reading = reading

    def read(self, prompt: str) -> Reading:
        """Return the reading that was given.

        Raises:
            PromptError: If `prompt` holds nothing that can be filmed.
        """
        checked_prompt(prompt)
        return self._reading


@final
class CannedChat(Chat):
    """Gives prepared answers in their order, the last one again and again.

    Attributes:
        asked: The messages of every call so far.
    """

    def __init__(self, *answers: str) -> None:
        """Give `answers`, at least one."""
        if not answers:
            raise ValueError("a canned chat needs at least one answer")
        self._answers = answers
        self.asked: list[list[dict[str, str]]] = []

    def reply(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the next prepared answer."""
        self.asked.append([dict(message) for message in messages])
        return self._answers[min(len(self.asked), len(self._answers)) - 1]
