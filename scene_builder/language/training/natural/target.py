"""From a prompt and its labels to what the embedded model should write about it.

Labels say what is true of every wording of a scene; the model writes in the words of this one:
the noun, colour and material as they stand in the prompt, and nothing that the closed wordings
(camera, setting, quantities) already say. What is optional in the labels is left out, so that the
model learns to say what the words say and no more.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.qualities import COLOR_PHRASES, MATERIAL_WORDS, SIZE_WORD_OF
from scene_builder.language.notation.grammar import Vocabulary, vocabulary_of
from scene_builder.language.notation.writing import COMPARE_SIGNS
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.scoring.equality import Value
from scene_builder.language.scoring.labels import Label, labels_of
from scene_builder.model.words import RESERVED_IDS

_TABLES = {"size": SIZE_WORD_OF, "color": COLOR_PHRASES, "material": MATERIAL_WORDS}
_SUBSETS = re.compile(r"#[1-9][0-9]*$")


@dataclass(frozen=True, slots=True)
class Target:
    """What the model should write, and what it cannot.

    Attributes:
        notation: Lines of the notation.
        missing: (kind, what) that the labels ask for and the decoder's grammar of this prompt
            does not offer.
    """

    notation: str
    missing: tuple[tuple[str, str], ...]


def target_of(prompt: str, lines: Sequence[str]) -> Target:
    """Return the training target of `prompt` with the labels `lines`.

    Raises:
        SceneError: For a line that is no label.
    """
    rest = stated_quantities(stated_facts(prompt).rest)[1]
    return _Writer(prompt.lower(), vocabulary_of(rest), labels_of(lines)).target()


class _Writer:
    def __init__(self, text: str, vocabulary: Vocabulary, labels: Sequence[Label]) -> None:
        self.text, self.vocabulary, self.labels = text, vocabulary, labels
        self.missing: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}

    def target(self) -> Target:
        named_once = {
            str(lb.head[0][0]): lb for lb in reversed(self.labels) if lb.kind == "entities"
        }
        entities = list(named_once.values())[::-1]
        for label in entities:
            own, taken = tuple(map(str, label.head[0])), set(self.names.values())
            names = (own[0], *(name for name in own[1:] if name not in taken))
            self.names[names[0]] = self._offered("noun", names, self.vocabulary.nouns)
        said = {
            kind: [
                line
                for label in self.labels
                if label.required and label.kind == kind and (line := write(label))
            ]
            for kind, write in (
                ("relations", self._relation), ("actions", self._action),
                ("outcomes", self._outcome),
            )
        }  # fmt: skip
        rest = [line for listed in said.values() for line in dict.fromkeys(listed)]
        named = {_SUBSETS.sub("", word.removeprefix(">")) for line in rest for word in line.split()}
        written = [
            self._entity(label)
            for label in sorted(entities, key=self._place)
            if label.required or self.names[str(label.head[0][0])] in named
        ]
        lines = dict.fromkeys([*written, *rest])
        return Target("".join(f"{line}\n" for line in lines), tuple(self.missing))

    def _place(self, label: Label) -> tuple[int, int]:
        """Where a thing is first named; things not found come last, as the labels have them."""
        nouns = [re.sub(r"_\d+$", "", str(name)).replace("_", " ") for name in label.head[0]]
        forms = [form for noun in nouns for form in (noun, plural(noun))]
        second = len(self.text) if re.search(r"_\d+$", str(label.head[0][0])) else 0
        found = [
            match.start()
            for form in forms
            if (match := re.search(rf"\b{'[ -]?'.join(map(re.escape, form.split()))}\b", self.text))
        ]
        return (min(found) + second if found else 3 * len(self.text)), self.labels.index(label)

    def _entity(self, label: Label) -> str:
        tokens = [self.names[str(label.head[0][0])]]
        needed, counts = label.details.get("count", (False, ()))
        count = next((c for c in counts if c in self.vocabulary.counts), None)
        if count is not None and count != 1:
            tokens.append(str(int(count)))
        elif needed and 1 not in counts:
            self.missing.append(("count", str(counts)))
        either = "color|material" in label.details
        for name in ("size", "color", "material"):
            needed, values = label.details.get(name, (False, ()))
            word = self._surface(name, values)
            if word and not (either and name == "material" and word in tokens):
                tokens.append(word)
            elif needed and not any(isinstance(v, float) for v in values):
                self.missing.append((name, str(values)))
        return " ".join(tokens)

    def _surface(self, name: str, values: Sequence[Value]) -> str | None:
        offered = getattr(self.vocabulary, f"{name}s")
        words = [w for w in offered if _TABLES[name].get(w.replace("_", " ")) in values]
        return max(words, key=len, default=None)

    def _relation(self, label: Label) -> str:
        subject, predicates, *objects = label.head
        predicate = self._offered("relation", predicates, self.vocabulary.relations)
        others = [self._ref(refs) for refs in (*objects, *label.loose)]
        if predicate in {"in_row", "stacked"}:
            return f"{self._ref(subject)} {predicate}"
        return " ".join([self._ref(subject), predicate, *others])

    def _action(self, label: Label) -> str:
        verb = self._offered("verb", label.head[1], self.vocabulary.verbs)
        tokens = [self._ref(label.head[0]), verb]
        for name in ("direction", "speed"):
            needed, values = label.details.get(name, (False, ()))
            offered = getattr(self.vocabulary, f"{name}s")
            words = [v for v in values if isinstance(v, str)]
            if needed and words:
                tokens.append(self._offered(name, words, offered))
        target = label.details.get("target", (False, ()))[1]
        return " ".join([*tokens, *([f">{self._ref(target)}"] if target else [])])

    def _outcome(self, label: Label) -> str:
        negated = label.head[1] == ("not",)
        subject, predicates, *objects = [part for part in label.head if part != ("not",)]
        if negated and not self.vocabulary.negation:
            self.missing.append(("not", ""))
        predicate = self._offered("outcome", predicates, self.vocabulary.outcomes)
        others = [self._ref(refs) for refs in (*objects, *label.loose)]
        tokens = [self._ref(subject), *(["not"] if negated else []), predicate, *others[:1]]
        needed, counts = label.details.get("count", (False, ()))
        count = next((c for c in counts if c in self.vocabulary.parts), None)
        if count is not None:
            compare = str(label.details.get("compare", (False, ("exactly",)))[1][0])
            tokens.append(f"{COMPARE_SIGNS[compare]}{int(count)}")
        elif needed:
            self.missing.append(("part", str(counts)))
        return " ".join(tokens)

    def _offered(self, kind: str, words: Iterable[object], offered: Sequence[str]) -> str:
        listed = [str(word) for word in words]
        found = next((word for word in listed if word in offered), None)
        if found is None:
            self.missing.append((kind, "|".join(listed)))
        return found or listed[0]

    def _ref(self, refs: Sequence[object]) -> str:
        """A reference in the words of this prompt; an individual stays one where it may."""
        name, mark, number = str(refs[0]).partition("#")
        own = name if name in RESERVED_IDS else self.names.get(name, name)
        return f"{own}{mark}{number}" if self.vocabulary.individuals else own
