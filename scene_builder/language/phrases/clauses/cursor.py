"""Where the parser stands, and what it sees from there."""

from abc import ABC, abstractmethod

from scene_builder.knowledge.words.verbs import Form, form_of
from scene_builder.language.phrases.clauses.tree import Clause, Phrase, Place
from scene_builder.language.phrases.words.context import Word

ENDS = frozenset({".", ";", "!", "?", ":", "(", ")", "—", "–"})
"""Marks that end a sentence or a main clause."""


class Cursor(ABC):
    """A place in a row of words; the parts of the parser build on it."""

    def __init__(self, words: list[Word]) -> None:
        """Begin at the first word."""
        self.words = words
        self.k = 0
        self.skipped: set[int] = set()

    @abstractmethod
    def group(self, *, object_of: Clause | None = None) -> list[Phrase]:
        """Read phrases joined by "and" and commas, with what hangs on each of them."""

    @abstractmethod
    def place(
        self, found: tuple[str, int], *, deep: bool, fronted: bool = False
    ) -> Place | None:  # fmt: skip
        """Read a preposition and what it governs."""

    @abstractmethod
    def complements(self, clause: Clause) -> None:
        """Read objects, places, manner and dependent clauses behind a verb (or "is")."""

    @abstractmethod
    def predicate(self, clause: Clause) -> list[Clause]:
        """Read verbs and what belongs to them, then further verbs of the same subject."""

    def verb_here(self) -> bool:
        """Whether a verb stands here."""
        return self.tag() == "verb"

    def form(self, ahead: int = 0) -> Form:
        """The form of the verb here."""
        return form_of(self.text(ahead))[1]

    def tag(self, ahead: int = 0) -> str:
        """The class of the word here, or so many further on."""
        at = self.k + ahead
        return self.words[at].tag if 0 <= at < len(self.words) else ""

    def text(self, ahead: int = 0) -> str:
        """The word here, or so many further on."""
        return self.word(self.k + ahead)

    def word(self, k: int) -> str:
        """The word at `k`, or nothing."""
        return self.words[k].text if 0 <= k < len(self.words) else ""

    def note_particle(self, clause: Clause, word: str) -> None:
        """Note the word here as a preposition without a noun, and pass it."""
        here = self.words[self.k]
        clause.particle = clause.particle or (word, here.start, here.end)
        self.k += 1
