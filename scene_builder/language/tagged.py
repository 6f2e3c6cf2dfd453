"""The reader that marks words: fast, and every statement points to the words that say it."""

import importlib.resources
from pathlib import Path
from typing import final

from scene_builder.language.chinese.reader import ChineseReader, is_chinese
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Reader
from scene_builder.language.tagger.decoding import LEAST, Tagging, decoded
from scene_builder.language.tagger.scores import TokenScorer
from scene_builder.model.digest import digest
from scene_builder.model.reading import Reading


@final
class TaggerReader(Reader):
    """Reads English with a MiniLM tagger; fields with closed wordings come from the word lists."""

    name = "tagger"

    def __init__(self, model: TokenScorer | None = None, *, cache: Path | None = None) -> None:
        """Prepare a reader; nothing is loaded before the first prompt.

        Args:
            model: What scores words; None for the packaged weights.
            cache: Cache folder; None for the usual one.
        """
        self._model = model
        self._cache = cache

    @property
    def identity(self) -> str:
        """What readings depend on besides the code: which weights."""
        room = importlib.resources.files("scene_builder.language.tagger")
        return digest(room.joinpath("weights", "about.json").read_text(encoding="utf-8"))

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
        return assembled(text, self.tagging(facts).document, facts, reader=self.name)

    def tagging(self, facts: Facts, *, least: float = LEAST) -> Tagging:
        """Return what the network reads in a prompt with these facts taken out.

        Args:
            facts: What the closed wordings of the prompt say.
            least: Least probability of a statement that is read.
        """
        rest = stated_quantities(facts.rest)[1]
        return decoded(rest, self._loaded().scores(rest), least=least)

    def _loaded(self) -> TokenScorer:
        if self._model is None:
            from scene_builder.knowledge.encoder import encoder_folder
            from scene_builder.language.backends.tagger_model import TaggerModel

            self._model = TaggerModel(encoder_folder(cache=self._cache))
        return self._model
