"""The default reader: a small language model, a tagger and the rules, voting in this process."""

from pathlib import Path
from typing import Protocol, final, runtime_checkable

from scene_builder.language.chinese.reader import ChineseReader, is_chinese
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.mending.voting import voted
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Reader
from scene_builder.language.voting_reader import VotingReader
from scene_builder.language.writer import Document, LineModel, NotationWriter
from scene_builder.model.digest import digest
from scene_builder.model.errors import SceneError
from scene_builder.model.reading import Reading

MAX_READ_WORDS = 300
"""Longest prompt that the model reads; it was trained on at most about seventy words."""


@runtime_checkable
class Voters(Protocol):
    """The other readers that have a vote."""

    @property
    def identity(self) -> str:
        """What their opinions depend on besides the code."""
        ...

    def opinions(self, facts: Facts) -> dict[str, Document]:
        """Return reader → what it says of a prompt with these facts taken out."""
        ...


@final
class EmbeddedReader(Reader):
    """Reads with SmolLM2-135M-Instruct and worldreel's adapter, a MiniLM tagger, and the rules.

    A statement is taken if statements of its kind, said by just these readers with just that
    certainty, were mostly right on labelled prompts. Fields with closed wordings (place, light,
    style, camera, length, quantities) come from the word lists.
    """

    name = "embedded"

    def __init__(
        self, model: LineModel | None = None, *, others: Voters | None = None,
        cache: Path | None = None,
    ) -> None:  # fmt: skip
        """Prepare a reader; nothing is loaded before the first prompt.

        Args:
            model: What writes notation; None for the packaged weights.
            others: The other voters; None for the packaged tagger and the rules.
            cache: Cache folder; None for the usual one.
        """
        self._writer = NotationWriter(model, cache=cache)
        self._others: Voters = others or VotingReader(cache=cache)

    @property
    def identity(self) -> str:
        """What readings depend on besides the code: which weights."""
        return digest(self._writer.identity + self._others.identity)

    def read(self, prompt: str) -> Reading:
        """Return what `prompt` says.

        Raises:
            PromptError: If it holds nothing that can be filmed.
            ModelError: If the weights are neither in the cache nor to be had.
        """
        if is_chinese(prompt):
            return ChineseReader().read(prompt)
        text = checked_prompt(prompt)
        facts = stated_facts(text)
        opinions = self._others.opinions(facts)
        opinion, note = self._written(text, facts)
        if opinion is not None:
            opinions["model"] = opinion
        document = voted(opinions)
        return assembled(text, document, facts, reader=self.name, repairs=(note,) if note else ())

    def _written(self, text: str, facts: Facts) -> tuple[Document | None, str]:
        """What the model says, or None and why it does not vote."""
        if len(text.split()) > MAX_READ_WORDS:
            return None, f"a prompt of over {MAX_READ_WORDS} words is too long for the model"
        try:
            return self._writer.opinion(facts), ""
        except SceneError as error:
            return None, f"the language model did not vote: {error}"
