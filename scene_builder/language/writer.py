"""The language model as one of several readers: it writes line notation, line by line."""

import importlib.resources
from pathlib import Path
from typing import Any, Protocol, final, runtime_checkable

from scene_builder.language.notation.dialogue import plain, question
from scene_builder.language.notation.grammar import lark_grammar, vocabulary_of
from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.wordings import Facts
from scene_builder.model.digest import digest
from scene_builder.model.errors import SceneError

MAX_SECS = 20.0
"""Wall time after which the model is cut short [s]; what it wrote by then is read."""

Document = dict[str, Any]
_PARTS = ("entities", "relations", "actions", "outcomes")


@runtime_checkable
class LineModel(Protocol):
    """What answers in lines under a grammar, and says how sure it is of each."""

    def lines(self, text: str, grammar: str, *, max_secs: float) -> list[tuple[str, float]]:
        """Return the lines that follow `text`, each with its probability."""
        ...


@final
class NotationWriter:
    """SmolLM2-135M-Instruct with worldreel's adapter, asked what a prompt says.

    It writes line notation under a grammar made for the prompt, so that it can name nothing that
    the prompt has no word for.
    """

    def __init__(self, model: LineModel | None = None, *, cache: Path | None = None) -> None:
        """Prepare a writer; nothing is loaded before the first prompt.

        Args:
            model: What writes; None for the packaged weights.
            cache: Cache folder; None for the usual one.
        """
        self._model = model
        self._cache = cache

    @property
    def identity(self) -> str:
        """Which adapter, of which training."""
        about = importlib.resources.files("scene_builder.language.backends.adapter")
        return digest(about.joinpath("about.json").read_text(encoding="utf-8"))

    def lines(self, facts: Facts) -> list[tuple[str, float]]:
        """Return what the model writes for a prompt with these facts taken out."""
        grammar = lark_grammar(vocabulary_of(stated_quantities(facts.rest)[1]))
        asked = question(plain(facts.rest))
        return self._loaded().lines(asked, grammar, max_secs=MAX_SECS)

    def opinion(self, facts: Facts) -> Document:
        """Return the same as a document; each statement holds the `probability` of its fields.

        Raises:
            SceneError: If it wrote no scene.
        """
        document: Document = {part: [] for part in _PARTS}
        for line, sure in self.lines(facts):
            read = document_from_notation(line)
            for part in _PARTS:
                for said in read[part]:
                    said["probability"] = dict.fromkeys(said, sure)
                    document[part].append(said)
        if not document["entities"]:
            raise SceneError("it names no entity")
        return document

    def _loaded(self) -> LineModel:
        if self._model is None:
            from scene_builder.language.backends.transformers_lm import GrammarModel
            from scene_builder.language.backends.weights import model_folder

            self._model = GrammarModel(model_folder(cache=self._cache))
        return self._model
