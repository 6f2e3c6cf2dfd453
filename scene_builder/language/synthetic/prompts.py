"""Whole prompts: one construction or several, with what people write around them."""

from collections.abc import Iterator

import numpy as np

from scene_builder.language.synthetic.constructions.registry import FAMILIES, HELD_OUT
from scene_builder.language.synthetic.drawing.ties import decorate_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand, weighted_rand
from scene_builder.language.synthetic.labels import LabelledPair, labelled
from scene_builder.language.synthetic.script.world import Tense, Word, World
from scene_builder.language.synthetic.tables import prose
from scene_builder.language.synthetic.wording.extras import extra_rand, look_of_rand
from scene_builder.language.synthetic.wording.finish import finished_rand, slips_rand
from scene_builder.language.synthetic.wording.mentions import Speaker, spoken_rand
from scene_builder.model.chance import stream

VERSION = "2"
"""Version of the grammar: raise it when pairs of a seed change."""

Pair = LabelledPair
_KEPT_APART: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(nouns.split()), frozenset(verbs.split()))
    for nouns, verbs in (
        ("marble domino", "roll"), ("block stool ball", "throw"), ("apple bowl", "stay"),
        ("ball rope bottle", "swing"), ("toy_car ramp cone", "roll"),
        ("toy_car ramp traffic_cone", "roll"), ("marble jar book", "drop fall"),
        ("basketball chair bookshelf", "bounce"), ("crate barrel bench", "slide"),
        ("coin desk candle", "spin"), ("bowling_ball pin", "roll"), ("ball table cup", "roll"),
        ("bowling_ball bowling_pin", "roll"),
    )
)  # fmt: skip
"""Nouns and verbs of the sentences that the reader is judged by: no pair may hold them all."""
_TRAINED = tuple((weight, name) for name, (weight, _) in FAMILIES.items() if name not in HELD_OUT)
_TENSES: tuple[tuple[float, Tense], ...] = (
    (0.83, "present"), (0.07, "past"), (0.07, "progressive"), (0.03, "future"),
)  # fmt: skip
_MODALS = ("will", "will", "should", "must", "is going to", "can")
_NOUN_PHRASES = frozenset({"fragment", "turned_around", "gerund", "gerund_chain", "nominal",
                           "listed"})  # fmt: skip
_BARE = frozenset({"imperative", "wished", "telegram", "terse", "framed_thing", "framed_clause"})
_LINKS = frozenset({"in", "at", "on", "inside", "while", "as", "under", "for", "lasting", "by"})
_MOST_THINGS = 7


def pairs(seed: int, *, held_out: bool = False) -> Iterator[LabelledPair]:
    """Yield pairs without end; pair k depends on `seed` and k alone.

    Args:
        seed: Names the stream of pairs.
        held_out: Whether the first construction is one of those kept for validation.
    """
    k = 0
    while True:
        pair = pair_rand(stream(seed, "synthetic", VERSION, k), held_out=held_out)
        if not _kept_apart(pair.notation):
            yield pair
        k += 1


def pair_rand(rng: np.random.Generator, *, held_out: bool = False) -> LabelledPair:
    """Draw one pair."""
    world = World(tense=weighted_rand(rng, _TENSES))
    family = pick_rand(rng, HELD_OUT) if held_out else weighted_rand(rng, _TRAINED)
    draw = rng.random()
    count = 1 if draw < 0.86 else 2 if draw < 0.96 else 3  # noqa: PLR2004
    speaker = Speaker(tense=world.tense, modal=pick_rand(rng, _MODALS))
    words = _constructed_rand(rng, world, speaker, family)
    words = [*_opened_rand(rng, world, speaker, family, words[0]), *words]
    for _ in range(1, count):
        if len(world.things) < _MOST_THINGS:
            words += _further_rand(rng, world, speaker)
    words = _wrapped_rand(rng, world, speaker, words)
    capitals = not chance_rand(rng, 0.07)
    prompt, spans = finished_rand(rng, words, capitals=capitals, slips=slips_rand(rng))
    return labelled(prompt, spans, world, speaker.named, family)


def _constructed_rand(
    rng: np.random.Generator, world: World, speaker: Speaker, family: str
) -> list[Word]:
    items = FAMILIES[family][1](rng, world)
    for thing in list(world.things):
        done = thing.trail or thing.twin or any(thing is other for other in speaker.named)
        room = len(world.things) < _MOST_THINGS and family not in {"telegram", "terse"}
        if room and not done and chance_rand(rng, 0.05):
            decorate_rand(rng, world, thing)
    if chance_rand(rng, 0.05):
        items = [*items, Word(","), Word(pick_rand(rng, prose.ABOUT))]
    return spoken_rand(rng, items, speaker)


def _further_rand(rng: np.random.Generator, world: World, speaker: Speaker) -> list[Word]:
    family = weighted_rand(rng, _TRAINED)
    while family in _BARE or family in _NOUN_PHRASES:
        family = weighted_rand(rng, _TRAINED)
    joins = (".", ".", ".", ";", ", while", ", and", "while", ". Meanwhile,", ". Then", ". Nearby,",
             ". At the same time,", ", as")  # fmt: skip
    head, _, rest = pick_rand(rng, joins).partition(" ")
    start = [Word(head), *([Word(rest)] if rest else [])]
    return [*start, *_constructed_rand(rng, world, speaker, family)]


def _opened_rand(
    rng: np.random.Generator, world: World, speaker: Speaker, family: str, first: Word
) -> list[Word]:
    """What stands before the first construction; it depends on whether that is a noun phrase."""
    draw = rng.random()
    if family in _BARE or draw > 0.3:  # noqa: PLR2004
        return [Word("please")] if family in _BARE and draw > 0.96 else []  # noqa: PLR2004
    is_clause = first.text.startswith("there") or any(t.kind == "relation" for t in first.tags)
    if family in _NOUN_PHRASES and not is_clause:
        if draw < 0.15:  # noqa: PLR2004
            return spoken_rand(rng, look_of_rand(rng, world), speaker)
        return [Word(pick_rand(rng, prose.SHOWING))]
    if draw < 0.12:  # noqa: PLR2004
        return [Word(pick_rand(rng, prose.TELLING))]
    return []


def _wrapped_rand(
    rng: np.random.Generator, world: World, speaker: Speaker, words: list[Word]
) -> list[Word]:
    before: list[Word] = []
    after: list[Word] = []
    draw = rng.random()
    extras = 0 if draw < 0.58 else 1 if draw < 0.82 else 2 if draw < 0.94 else 4  # noqa: PLR2004
    for _ in range(extras):
        front = chance_rand(rng, 0.25)
        items, clause = extra_rand(rng, world, [] if front else speaker.named)
        if not items:
            continue
        said = spoken_rand(rng, items, speaker)
        if front:
            sign = "." if clause else pick_rand(rng, (",", ",", ".", ":"))
            before += [*said, Word(sign)]
        else:
            signs = (".", ".", ";", ",") if clause else (",", ",", ".")
            sign = pick_rand(rng, signs)
            if said[0].text.split(" ")[0] in _LINKS and chance_rand(rng, 0.5):
                sign = ""
            after += [*([Word(sign)] if sign else []), *said]
    whole = [*before, *words, *after]
    if not chance_rand(rng, 0.2):
        asked = words[0].text.startswith(("can you", "could you"))
        whole.append(Word("?" if asked else "!" if chance_rand(rng, 0.03) else "."))
    return _with_prose_rand(rng, whole)


def _with_prose_rand(rng: np.random.Generator, words: list[Word]) -> list[Word]:
    draw = rng.random()
    count = 0 if draw < 0.84 else 1 if draw < 0.94 else 2 if draw < 0.975 else 4  # noqa: PLR2004
    for _ in range(count):
        table = prose.STORIES if chance_rand(rng, 0.45) else prose.SENTENCES
        sentence = Word(pick_rand(rng, table))
        first = chance_rand(rng, 0.3)
        words = [sentence, *words] if first else [*words, Word("."), sentence]
    return words


def _kept_apart(notation: str) -> bool:
    lines = [line.split(" ") for line in notation.splitlines()]
    ids = {line[0] for line in lines}
    verbs = {line[1] for line in lines if len(line) > 1}
    return any(nouns <= ids and verbs & said for nouns, said in _KEPT_APART)
