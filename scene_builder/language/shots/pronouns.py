"""Pronouns that point back over the end of a sentence become the things that they mean.

Only those are replaced before which nothing in their own sentence can be meant: the others are
understood by whoever reads the sentence.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.language.answers.checking import facts_of
from scene_builder.language.chinese.segmentation.script import is_chinese
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.model.graph import Entity

PEOPLE = frozenset({
    "man", "woman", "boy", "girl", "child", "kid", "toddler", "person", "baby", "clown", "chef",
    "soldier", "knight", "farmer", "worker", "player", "goalkeeper", "dancer", "pirate", "wizard",
    "teacher", "astronaut", "firefighter", "king", "queen", "prince", "princess", "waiter",
})  # fmt: skip
"""Who is he or she, and never it."""

_ONE = frozenset({"it", "itself", "this", "that"})
_ONE_PERSON = frozenset({"he", "she", "him", "her", "himself", "herself"})
_SEVERAL = frozenset({"they", "them", "themselves", "these", "those"})
_PRONOUN = re.compile(
    r"\b(it|itself|he|she|him|her|himself|herself|they|them|themselves|these|those|this|that)\b"
    r"(?!['’](?!s\b|ll\b|d\b|ve\b|re\b))",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    r"\s*(?:it|the (?:day|weather|sky))(?:['’]s\b|\s+(?:is|was|has|gets?|got|becomes?|became)\b)",
    re.IGNORECASE,
)
_VERB_FOLLOWS = re.compile(
    r"\s+(?:is|are|was|were|has|have|do|does|did|will|would|can|could|then|now|also|all|both|"
    r"slowly|quickly|suddenly|finally|soon|just|\w+(?:s|ed|ing))\b"
)
_CHINESE_PRONOUN = re.compile("[它牠他她](?:[们們])?")
_CHINESE_LEADS = re.compile(
    "^(?:(?:然后|然後|接着|接著|随后|隨後|最后|最後|于是|於是|之后|之後|这时|這時|突然|忽然)[，,]?)+"
)
_LEADS = re.compile(
    r"^(?:(?:and|but|so|then|next|now|afterwards?|after that|at last|at once|finally|meanwhile|"
    r"suddenly|soon|later|moments later|a moment later|in the end|eventually)\b,?\s+)+",
    re.IGNORECASE,
)


def without_lead(sentence: str) -> str:
    """Return a sentence without "Then" or "After that" in front; its order says it already."""
    plain = _CHINESE_LEADS.sub("", _LEADS.sub("", sentence))
    return plain[:1].upper() + plain[1:] if plain else sentence


def resolved(
    sentence: str, known: Sequence[Entity], called: Mapping[str, str] | None = None
) -> str:
    """Return a sentence in which pronouns of other sentences are written out.

    Args:
        sentence: A sentence, in English or in Chinese.
        known: What has been spoken of, the likeliest to be meant first.
        called: The words for things in a language that is not English, by id.
    """
    if is_chinese(sentence):
        return _resolved_chinese(sentence, known, called or {})
    lower = sentence.lower()
    if not known or len(lower) != len(sentence) or speaks_of_nothing(sentence):
        return sentence
    chunks = chunks_of(lower)
    pieces, at = [], 0
    used: dict[str, Entity] = {}
    for match in _PRONOUN.finditer(sentence):
        word = match[1].lower()
        if word in {"this", "that", "these", "those", "her"} and not _stands_alone(sentence, match):
            continue
        several = word in _SEVERAL
        if word not in used and any(c.end <= match.start() and c.several is several and
                                    c.noun for c in chunks):  # fmt: skip
            continue
        meant = used.get(word) or _meant(word, known, taken=tuple(used.values()))
        if meant is None:
            continue
        used[word] = meant
        phrase = named(meant, known)
        phrase = phrase[:1].upper() + phrase[1:] if match.start() == 0 else phrase
        pieces += [sentence[at : match.start()], phrase]
        at = match.end()
    return "".join([*pieces, sentence[at:]])


def named(entity: Entity, known: Sequence[Entity]) -> str:
    """Return a definite noun phrase: `the ball`, `the three cups`, `the red ball` of two."""
    twins = [other for other in known if other.noun == entity.noun and other.id != entity.id]
    color = f"{entity.color} " if twins and entity.color else ""
    if entity.count == 1:
        return f"the {color}{entity.noun}"
    number = next((w for w, n in NUMBER_WORDS.items() if n == entity.count), str(entity.count))
    return f"the {number} {color}{plural(entity.noun)}"


def _resolved_chinese(sentence: str, known: Sequence[Entity], called: Mapping[str, str]) -> str:
    """Write out 它, 他们 and the like, if nothing before them in their sentence can be meant."""
    pieces, at = [], 0
    for match in _CHINESE_PRONOUN.finditer(sentence):
        several = match[0][-1] in "们們"
        people = match[0][0] in "他她"
        fits = [e for e in known if (e.count > 1) is several and e.id in called]
        if not several:
            fits = [e for e in fits if (e.noun in PEOPLE) is people]
        if not fits or any(called[e.id] in sentence[: match.start()] for e in fits):
            continue
        pieces += [sentence[at : match.start()], called[fits[0].id]]
        at = match.end()
    return "".join([*pieces, sentence[at:]])


def setting_in(sentence: str) -> dict[str, Any]:
    """Return what a sentence says of place, light and weather, "It is night" included."""
    if is_chinese(sentence):
        return dict(facts_of(sentence).setting)
    said = stated_facts(sentence)
    found = dict(said.setting)
    match = _IT_IS.match(sentence)
    for field, table in (("time_of_day", scenery.TIMES), ("weather", scenery.WEATHERS)):
        for value in table if match else ():
            if re.search(rf"\b{value}", said.rest):
                found.setdefault(field, value)
    return found


def speaks_of_nothing(sentence: str) -> bool:
    """Whether "it" is nobody: "It is night", "It's raining"."""
    return bool(_IT_IS.match(sentence)) and bool(setting_in(sentence))


def _stands_alone(sentence: str, match: re.Match[str]) -> bool:
    """Whether "that" or "her" has no noun behind it."""
    rest = sentence[match.end() :]
    return not rest.strip(" ,.;:!?") or bool(_VERB_FOLLOWS.match(rest)) or rest[0] in ",.;:!?"


def _meant(word: str, known: Sequence[Entity], *, taken: Sequence[Entity]) -> Entity | None:
    free = [entity for entity in known if entity not in taken]
    if word in _ONE_PERSON:
        return next((e for e in free if e.noun in PEOPLE and e.count == 1), None)
    if word in _SEVERAL:
        return next((e for e in free if e.count > 1), None)
    assert word in _ONE
    return next((e for e in free if e.count == 1 and e.noun not in PEOPLE), None)
