"""The default reader: a small language model, tuned to write scene graphs, in this process."""

import importlib.resources
from pathlib import Path
from typing import Any, Protocol, final, runtime_checkable

from scene_builder.language.chinese.reader import ChineseReader, is_chinese
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.mending.candidates import (
    filled,
    lacks_entity,
    likeliest,
    rule_notation,
)
from scene_builder.language.mending.combination import combined
from scene_builder.language.notation.dialogue import plain, question
from scene_builder.language.notation.grammar import lark_grammar, vocabulary_of
from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.walk import draft_of
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Reader
from scene_builder.language.rules import RuleReader
from scene_builder.model.digest import digest
from scene_builder.model.errors import SceneError
from scene_builder.model.reading import Reading

MAX_READ_WORDS = 300
"""Longest prompt that the model reads; it was trained on at most about fifty words."""


@runtime_checkable
class Completer(Protocol):
    """What answers under a grammar."""

    def complete(self, text: str, grammar: str) -> str:
        """Return a continuation of `text` in the language of `grammar`."""
        ...

    def likelihood(self, text: str, continuation: str) -> float:
        """Return the log-likelihood of `continuation` after `text` [nat]."""
        ...


@final
class EmbeddedReader(Reader):
    """Reads with SmolLM2-135M-Instruct and worldreel's adapter.

    The model writes line notation under a grammar made for the prompt. It is then shown the
    rules' reading too, and its own with what it left out put in; the likeliest of the three is
    taken, mended, filtered by evidence, completed and validated. Fields with closed wordings
    (place, light, style, camera, length, quantities) come from the word lists.
    """

    name = "embedded"

    def __init__(self, model: Completer | None = None, *, cache: Path | None = None) -> None:
        """Prepare a reader; nothing is loaded before the first prompt.

        Args:
            model: What completes; None for the packaged weights.
            cache: Cache folder; None for the usual one.
        """
        self._model = model
        self._cache = cache

    @property
    def identity(self) -> str:
        """What readings depend on besides the code: which adapter, of which training."""
        about = importlib.resources.files("scene_builder.language.backends.adapter")
        return digest(about.joinpath("about.json").read_text(encoding="utf-8"))

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
        if len(text.split()) > MAX_READ_WORDS:
            return _by_rules(text, f"a prompt of over {MAX_READ_WORDS} words is too long for it")
        try:
            said, notes = self._chosen(facts)
            document = _document(said)
            notes += combined(document, facts)
            return assembled(text, document, facts, reader=self.name, repairs=tuple(notes))
        except SceneError as error:
            return _by_rules(text, f"it wrote no valid scene ({error})")

    def notation(self, facts: Facts) -> str:
        """Return what the model itself writes for a prompt with these facts taken out."""
        rest = stated_quantities(facts.rest)[1]
        grammar = lark_grammar(vocabulary_of(rest))
        return self._loaded().complete(question(plain(facts.rest)), grammar)

    def _chosen(self, facts: Facts) -> tuple[str, list[str]]:
        """The notation to take, and notes on what the model's own lacked."""
        said = self.notation(facts)
        _document(said)
        rest = stated_quantities(facts.rest)[1]
        ruled = rule_notation(draft_of(rest), rest)
        options = (said, filled(said, ruled), ruled)
        if not ruled or options[1] == said == ruled:
            return said, []
        asked, model = question(plain(facts.rest)), self._loaded()
        scores = [model.likelihood(asked, option) for option in options]
        index = likeliest(scores, lacking=lacks_entity(said, ruled))
        own = set(said.splitlines())
        added = [line for line in options[index].splitlines() if line not in own]
        lost = [line for line in said.splitlines() if line not in options[index].splitlines()]
        notes = [f"the model left out {line!r}, which the words say" for line in added]
        return options[index], notes + [f"{line!r} was taken back as less likely" for line in lost]

    def _loaded(self) -> Completer:
        if self._model is None:
            from scene_builder.language.backends.transformers_lm import GrammarModel
            from scene_builder.language.backends.weights import model_folder

            self._model = GrammarModel(model_folder(cache=self._cache))
        return self._model


def _document(said: str) -> dict[str, Any]:
    document = document_from_notation(said)
    parts = {key: document[key] for key in ("entities", "relations", "actions", "outcomes")}
    if not parts["entities"]:
        raise SceneError("it names no entity")
    return parts


def _by_rules(text: str, reason: str) -> Reading:
    reading = RuleReader().read(text)
    note = f"the language model's answer was not used: {reason}; the rules read the prompt instead"
    return reading.model_copy(update={"repairs": (note, *reading.repairs)})
