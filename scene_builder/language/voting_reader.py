"""The quick reader: rules and tagger vote on every statement."""

from pathlib import Path
from typing import Any, final

from scene_builder.language.chinese.reader import ChineseReader, is_chinese
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.mending.opinions import rules_opinion, tagger_opinion
from scene_builder.language.mending.voting import voted
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.walk import draft_of
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Reader
from scene_builder.language.tagged import TaggerReader
from scene_builder.model.reading import Reading

_LEAST = 0.3
"""Least probability of a statement of the tagger that is voted on."""


@final
class VotingReader(Reader):
    """Reads with rules and tagger; they vote. It takes a tenth of a second.

    A statement is taken if statements of its kind, said by just these readers, were mostly right
    on labelled prompts.
    """

    name = "vote"

    def __init__(
        self, tagger: TaggerReader | None = None, *, cache: Path | None = None
    ) -> None:  # fmt: skip
        """Prepare a reader; nothing is loaded before the first prompt.

        Args:
            tagger: The tagger; None for the packaged one.
            cache: Cache folder; None for the usual one.
        """
        self._tagger = tagger or TaggerReader(cache=cache)

    @property
    def identity(self) -> str:
        """What readings depend on besides the code: which weights."""
        return self._tagger.identity

    def read(self, prompt: str) -> Reading:
        """Return what `prompt` says.

        Raises:
            PromptError: If it holds nothing that can be filmed.
            ModelError: If weights are neither in the cache nor to be had.
        """
        if is_chinese(prompt):
            return ChineseReader().read(prompt)
        text = checked_prompt(prompt)
        facts = stated_facts(text)
        document = voted(self.opinions(facts))
        return assembled(text, document, facts, reader=self.name)

    def opinions(self, facts: Facts) -> dict[str, dict[str, Any]]:
        """Return reader → what it says of a prompt with these facts taken out."""
        rest = stated_quantities(facts.rest)[1]
        return {
            "rules": rules_opinion(draft_of(rest), rest),
            "tagger": tagger_opinion(self._tagger.tagging(facts, least=_LEAST)),
        }
