"""What comes after a place of a sentence: whether its subject still waits for a verb."""

from scene_builder.knowledge.words.verbs import form_of, senses_of
from scene_builder.language.phrases.clauses.complements import ComplementReader
from scene_builder.language.phrases.clauses.cursor import ENDS
from scene_builder.language.phrases.clauses.naming import phrase_at
from scene_builder.language.phrases.clauses.wordings import preposition_at

_PARTICIPLES = frozenset({"participle", "past"})
_DEEPEST = 6
"""How many places and participles may stand between a subject and its verb."""


class LookaheadReader(ComplementReader):
    """Looks ahead."""

    def _before_verb(self, k: int) -> bool:
        """Whether the words before `k` are still the subject (no verb came yet)."""
        for word in reversed(self.words[:k]):
            if word.text in ENDS or word.tag == "clause":
                return True
            if word.tag in {"verb", "be"}:
                return False
        return True

    def _list_goes_on(self, k: int) -> bool:
        """Whether "and" ends the list that a comma goes on with."""
        for word in self.words[k:]:
            if word.tag == "join":
                return True
            if word.text != "," and word.tag in {"verb", "be", "mark", "clause"}:
                return False
        return False

    def _finite_after(self, k: int) -> bool:
        """Whether the phrase that ends at `k` is the subject of a verb of its own."""
        for _ in range(_DEEPEST):
            tag = self.words[k].tag if k < len(self.words) else ""
            if tag == "relative":
                return self._verbs_until_mark(k) > 1
            if tag in {"be", "modal", "have"}:
                return True
            if tag == "verb" and not self._reduced(k):
                return True
            found = preposition_at(self.words, k)
            if found is not None:
                inner = phrase_at(self.words, found[1])
                k = inner[1] if inner else found[1]
            elif tag in {"verb", "adverb", "not"}:
                k += 1
            else:
                return False
        return False

    def _verbs_until_mark(self, k: int) -> int:
        count = 0
        for word in self.words[k:]:
            if word.tag in {"mark", "join", "clause"}:
                break
            finite = word.tag == "verb" and form_of(word.text)[1] != "gerund"
            count += word.tag == "be" or finite
        return count

    def _reduced(self, k: int) -> bool:
        """Whether the verb at `k` describes the noun before: "a cup painted by hand"."""
        base, form = form_of(self.word(k))
        if form == "gerund":
            return True
        kinds = {sense.kind for sense in senses_of(base)}
        alone = phrase_at(self.words, k + 1) is None
        return form in _PARTICIPLES and alone and bool(
            kinds & {"handle", "put", "relate", "contact"})  # fmt: skip
