"""The reader that needs no model: noun phrases, patterns and word lists."""

from typing import final

from scene_builder.language.chinese.reader import ChineseReader, is_chinese
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.walk import draft_of
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Reader
from scene_builder.model.reading import Reading


@final
class RuleReader(Reader):
    """Reads by rules alone, in milliseconds; the floor under every other reader."""

    name = "rules"

    def read(self, prompt: str) -> Reading:
        """Return what `prompt` says.

        Raises:
            PromptError: If it holds nothing that can be filmed.
        """
        if is_chinese(prompt):
            return ChineseReader().read(prompt)
        text = checked_prompt(prompt)
        facts = stated_facts(text)
        draft = draft_of(stated_quantities(facts.rest)[1])
        document = {
            "entities": draft.entities, "relations": draft.relations, "actions": draft.actions,
            "outcomes": draft.outcomes,
        }  # fmt: skip
        return assembled(text, document, facts, reader=self.name)
