"""Retrieval by meaning: which model of a library a noun and its description name.

Four ways are tried, and the first that finds anything decides:

1. the hand-written table (`kinds.py`), for the whole phrase, then with fewer words before its head;
2. the catalogue's titles, and its Chinese, Japanese and Russian names;
3. kin: what the knowledge takes the noun for, and what that is a kind of (a foal is a horse);
4. meaning: the sentence encoder's nearest title, if its head agrees.

Within a way, models are better that say what the words ask for (a wooden chair), that stand in
such a place, and whose size is that of the thing.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from scene_builder.assets.library.entry import Entry
from scene_builder.assets.library.kinds import (
    Asked,
    asked_for,
    is_unfit,
    names_entry,
    row_of,
    singulars,
    spaced,
)
from scene_builder.assets.library.meaning import near_titles
from scene_builder.assets.licences import LicencePolicy, accepts
from scene_builder.assets.source import Description
from scene_builder.knowledge.catalogue import Noun, nouns
from scene_builder.knowledge.encoder import PhraseEncoder
from scene_builder.knowledge.neighbours import nearest_noun
from scene_builder.knowledge.nouns import resolve_noun

How = Literal["table", "title", "kin", "meaning"]

LEAST_SCORE: Final = 0.6
"""What scores less is not taken: a stand-in that says so is the more honest thing."""
LEAST_LIKENESS: Final = 0.75
"""Cosine from which on the encoder is believed about a title."""
KIN_SCORE: Final = 0.85
ASIDE: Final = 0.97
"""What each word that is left aside leaves of the score."""
UNSAID: Final = 0.96
"""What each adjective that a title does not say leaves of the score."""
ELSEWHERE: Final = 0.98
"""What is left where a model belongs in another room."""
OCTAVE: Final = 0.985
"""What is left for each doubling or halving of the typical size."""
MOST_OCTAVES: Final = 4.0
TOO_SMALL: Final = 0.85
"""What is left where it is too small for what it has to carry."""
MARGIN: Final = 0.035
"""Models that score this little less than the best are as good: the seed draws among them."""
SLACK: Final = 1.25
"""Catalogues' sizes may leave the sensible range by this factor; beyond, a model is rescaled."""
MOST_OUT: Final = 3.0
"""A model that only its title speaks for may leave that range by this factor at most."""
LOOKING_ALIKE: Final = frozenset({"vehicles", "furniture", "clothing"})
"""Categories in which a thing that the table lacks is shown as what it is a kind of."""
COMMON_KINDS: Final = frozenset({"thing", "agent_thing", "living_thing"})
"""Kinds that say nothing: everything is of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A model that answers to a noun.

    Attributes:
        entry: The model.
        score: How well it fits, 0…1.
        how: By what it was found.
        kind: What is known about the thing that it is to be, or None.
        size_m: Extents that it is shown at [m]: the catalogue's, or within what is sensible.
    """

    entry: Entry
    score: float
    how: How
    kind: Noun | None
    size_m: tuple[float, float, float]


def ranked(
    noun: str,
    description: Description,
    entries: Iterable[Entry],
    *,
    licence: LicencePolicy = "any",
    limit: int = 8,
    encoder: PhraseEncoder | None = None,
) -> list[Choice]:
    """Return the models that a noun names, the best first; [] where none truly fits.

    Args:
        noun: A noun, with or without modifiers.
        description: What else the words say.
        entries: The models to choose among.
        licence: Which licences are accepted (`licences.accepts`).
        limit: How many, at most.
        encoder: Judges meanings; None for worldreel's own, if its weights are at hand.
    """
    usable = [entry for entry in entries if not is_unfit(entry)]
    allowed = [entry for entry in usable if accepts(licence, entry.licence)]
    asked = asked_for(noun, description)
    found = _named(asked, allowed)
    if found is None:
        found = _of_kin(asked, allowed) or _of_meaning(asked, usable, encoder)
        found = [choice for choice in found if accepts(licence, choice.entry.licence)]
    fitting = [_fitted(choice, asked, description) for choice in found]
    good = [choice for choice in fitting if choice is not None and choice.score >= LEAST_SCORE]
    return sorted(good, key=lambda choice: (-choice.score, choice.entry.key))[:limit]


def pick(choices: Sequence[Choice], rng: np.random.Generator) -> Choice:
    """Return one of those that are nearly as good as the best.

    Args:
        choices: At least one, the best first.
        rng: Draws.
    """
    least = choices[0].score - MARGIN
    good = [choice for choice in choices if choice.score >= least]
    return good[int(rng.integers(len(good)))]


def _named(asked: Asked, entries: Sequence[Entry]) -> list[Choice] | None:
    """Return what the table or a title names; [] where the table says that there is none."""
    for phrase, aside in asked.phrases:
        row = row_of(phrase)
        if row is not None:
            named = [entry for entry in entries if names_entry(row, entry)]
        else:
            named = [entry for entry in entries if _is_called(entry, singulars(phrase))]
        if row is not None or named:
            # Where the bare head has the same row, that row says nothing of the other words.
            head = phrase.split()[-1]
            said = {head} if row and row is row_of(head) else set(phrase.split())
            unsaid = [words for words in asked.wanted if not words & said]
            names = (phrase, row.noun) if row else (phrase,)
            how: How = "table" if row else "title"
            return [
                _choice(e, ASIDE**aside * _said(e, unsaid), how, _kind_for(e, names, asked))
                for e in named
            ]
    return None


def _kind_for(entry: Entry, names: tuple[str, ...], asked: Asked) -> Noun | None:
    """Return what is known about a model that was found by one of these names, or None."""
    for name in names:
        match = resolve_noun(name, outdoors=not asked.model)
        if match is not None and match.exact:
            return match.noun
    if asked.kind is None or asked.model:
        return asked.kind
    # What only its head is known of may be quite another thing: a hot tub is no tub.
    out = _scale(max(entry.size_m), asked.kind, model=False)[1]
    return asked.kind if out <= SLACK else None


def _is_called(entry: Entry, forms: tuple[str, ...]) -> bool:
    names = (entry.title, *(name for name in entry.names if not name.isascii()))
    return any(spaced(name) in forms for name in names)


def _of_kin(asked: Asked, entries: Sequence[Entry]) -> list[Choice]:
    """Return models of what the noun is a kind of, unless our own builder knows the noun."""
    near = nearest_noun(asked.phrase, outdoors=not asked.model)
    if near is None or (near.how == "name" and near.noun.likeness):
        return []
    name = near.noun.name
    if near.how == "name":
        if near.noun.category not in LOOKING_ALIKE or near.noun.hypernym not in nouns():
            return []
        name = near.noun.hypernym
    row = row_of(spaced(name))
    if row is None or row.first == "built":
        return []
    how: How = "meaning" if near.how == "meaning" else "kin"
    score = KIN_SCORE * (1.0 if near.how == "name" else near.score)
    return [
        _choice(e, score * _said(e, asked.wanted), how, near.noun)
        for e in entries
        if names_entry(row, e)
    ]


def _of_meaning(
    asked: Asked, entries: Sequence[Entry], encoder: PhraseEncoder | None
) -> list[Choice]:
    if asked.exact:  # the table was written with all that the knowledge knows in view
        return []
    phrase = asked.phrase
    near = near_titles(phrase, entries, encoder)
    return [
        _choice(entry, likeness * _said(entry, asked.wanted), "meaning", asked.kind)
        for entry, likeness in near
        if likeness >= LEAST_LIKENESS and _heads_agree(phrase, entry, asked.kind)
    ]


def _heads_agree(phrase: str, entry: Entry, kind: Noun | None) -> bool:
    """Whether a title and a phrase name things of one kind.

    A wine glass is no wine bottle: words before the head count for nothing.
    """
    title = spaced(entry.title).partition(" of ")[0]
    heads = set(singulars(phrase.partition(" of ")[0].split()[-1]))
    if heads & set(singulars(title.split()[-1])):
        return True
    if set(phrase.split()) & set(title.split()):
        return False
    match = resolve_noun(title, outdoors=True)
    if match is None or kind is None:
        return kind is None
    return match.noun.hypernym == kind.hypernym and kind.hypernym not in COMMON_KINDS


def _choice(entry: Entry, score: float, how: How, kind: Noun | None) -> Choice:
    return Choice(entry=entry, score=score, how=how, kind=kind, size_m=entry.size_m)


def _fitted(choice: Choice, asked: Asked, description: Description) -> Choice | None:
    """Return a choice at a sensible size, its score with all that speaks against it."""
    score = choice.score
    if asked.room and choice.entry.category.casefold() != asked.room.casefold():
        score *= ELSEWHERE
    size = choice.size_m
    if choice.kind is not None:
        scale, out = _scale(max(size), choice.kind, model=asked.model)
        if out > MOST_OUT and choice.how != "table" and not asked.model:
            return None
        size = (size[0] * scale, size[1] * scale, size[2] * scale)
        score *= OCTAVE ** _octaves(max(size), choice.kind, 1.0 if asked.model else out)
    if description.partner_size_m is not None and min(size[:2]) < description.partner_size_m:
        score *= TOO_SMALL
    return replace(choice, score=score, size_m=size)


def _octaves(largest: float, kind: Noun | None, out: float) -> float:
    """Return how far a size is from the typical one, and the catalogue's from what is sensible."""
    if kind is None:
        return 0.0
    wrong = 1.0 + math.log2(out) if out > SLACK else 0.0
    return min(abs(math.log2(largest / kind.size_m)) + wrong, MOST_OCTAVES)


def _scale(largest: float, kind: Noun, *, model: bool) -> tuple[float, float]:
    """Return how a model is rescaled, and by what factor it left the sensible range.

    What is too small grows to the smallest sensible size (a folded towel), what is too large
    becomes as large as usual.
    """
    out = max(largest / kind.high_m, kind.low_m / largest, 1.0)
    if out <= SLACK:
        return 1.0, out
    wanted = kind.low_m if largest < kind.low_m and not model else kind.size_m
    return wanted / largest, out


def _said(entry: Entry, unsaid: Sequence[frozenset[str]]) -> float:
    """Return what adjectives leave of a score: less for each that the catalogue does not say."""
    words = set(" ".join((entry.title, *entry.tags)).casefold().replace(",", " ").split())
    return float(UNSAID ** sum(not words & alike for alike in unsaid))
