"""The reader for Chinese prompts."""

from typing import final

from scene_builder.language.chinese.assembly import reading_of
from scene_builder.language.chinese.facts import stated_facts
from scene_builder.language.chinese.phrases.items import items_of
from scene_builder.language.chinese.segmentation.script import is_chinese, simplified
from scene_builder.language.chinese.segmentation.tokens import tokens_of
from scene_builder.language.chinese.walking.walk import walked
from scene_builder.language.chinese.written import attach_written
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Reader
from scene_builder.model.errors import PromptError
from scene_builder.model.reading import Reading

MAX_CHARACTERS = 4000
"""Longest Chinese prompt that is read; about as much as 2,000 English words."""

__all__ = ["ChineseReader", "is_chinese"]


@final
class ChineseReader(Reader):
    """Reads Chinese by rules, offline, in milliseconds; simplified and traditional alike.

    The prompt is turned into simplified characters letter by letter, segmented with the word
    lists of `knowledge.words.chinese`, and read clause by clause. Nouns, colours and all other
    words of the graph are the English ones, so that every later step is the same for both
    languages; spans point into the prompt as it was written. Words that it does not know are
    listed as not served.
    """

    name = "chinese"

    def read(self, prompt: str) -> Reading:
        """Return what `prompt` says.

        Raises:
            PromptError: If it holds nothing that can be filmed, counts none or too many, or is
                longer than 4,000 characters.
        """
        text = checked_prompt(prompt)
        if len(text) > MAX_CHARACTERS:
            raise PromptError(
                f"the prompt has {len(text):,} characters; a Chinese one may have "
                f"{MAX_CHARACTERS:,}: shorten it"
            )
        facts = stated_facts(simplified(text), text)
        scribe = walked(items_of(tokens_of(facts.rest)), facts)
        attach_written(scribe, facts.written)
        return reading_of(text, scribe, facts, reader=self.name)
