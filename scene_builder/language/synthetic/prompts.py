"""Whole prompts: one clause or several, with what people write around them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scene_builder.knowledge.words import scenery
from scene_builder.language.synthetic.families import FAMILIES, HELD_OUT
from scene_builder.language.synthetic.grammar import Clause, clause_rand, notation_of
from scene_builder.language.synthetic.things import mention_rand
from scene_builder.model.chance import stream

VERSION = "1"
"""Version of the grammar: raise it when pairs of a seed change."""

_WEIGHTS = {"off_and_hit": 1.6, "into": 1.6, "at_rest": 1.3, "groups": 1.3, "negation": 0.7,
            "moving": 1.2, "hang": 0.8}  # fmt: skip
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
_FILLERS = (
    "The light is soft and warm.", "Everything is quiet.", "It all happens very quickly.",
    "Nobody else is around.", "The scene feels calm and peaceful.", "Sunlight falls in.",
    "The colours are vivid.", "It is a beautiful moment.", "Long shadows stretch out.",
    "The whole thing takes just a moment.", "A gentle breeze blows.", "It looks real.",
)  # fmt: skip
_OPENINGS = (
    "A video of ", "A close-up of ", "A wide shot of ", "A watercolor painting of ",
    "A low-angle shot of ", "A photorealistic video of ", "A cinematic shot of ",
    "A scene where ", "Show ", "In slow motion, ", "Suddenly, ", "Imagine ", "Video: ",
    "A short clip in which ", "Here ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A prompt, the notation that says the same, and the family of its first template."""

    prompt: str
    notation: str
    family: str


def pairs(seed: int, *, held_out: bool = False) -> Iterator[Pair]:
    """Yield pairs without end; pair k depends on `seed` and k alone.

    Args:
        seed: Names the stream of pairs.
        held_out: Whether the first clause comes from the families kept for validation.
    """
    k = 0
    while True:
        pair = pair_rand(stream(seed, "synthetic", VERSION, k), held_out=held_out)
        if not _kept_apart(pair.notation):
            yield pair
        k += 1


def pair_rand(rng: np.random.Generator, *, held_out: bool = False) -> Pair:
    """Draw one pair."""
    trained = [name for name in FAMILIES if name not in HELD_OUT]
    weights = np.array([_WEIGHTS.get(name, 1.0) for name in trained])
    taken: set[str] = set()
    draw = rng.random()
    tense = "past" if draw < 0.08 else "gerund" if draw < 0.18 else "present"  # noqa: PLR2004
    texts, clauses, first = [], [], ""
    for k in range(2 if rng.random() < 0.12 else 1):  # noqa: PLR2004
        held = held_out and k == 0
        family = str(
            rng.choice(HELD_OUT) if held else rng.choice(trained, p=weights / weights.sum())
        )
        options = FAMILIES[family]
        template = options[int(rng.integers(len(options)))]
        text, clause = clause_rand(rng, template, taken, tense=tense)
        first = first or family
        texts.append(text)
        clauses.append(clause)
    prompt = _wrapped_rand(rng, _joined_rand(rng, texts), clauses[0])
    return Pair(prompt, notation_of(clauses), first)


def _kept_apart(notation: str) -> bool:
    words = [line.split(" ") for line in notation.splitlines()]
    ids = {line[0] for line in words}
    verbs = {line[1] for line in words if len(line) > 1}
    return any(nouns <= ids and verbs & said for nouns, said in _KEPT_APART)


def _joined_rand(rng: np.random.Generator, texts: list[str]) -> str:
    return str(rng.choice([". ", ". ", "; ", " while ", ", and ", ", while "])).join(texts)


def _wrapped_rand(rng: np.random.Generator, text: str, clause: Clause) -> str:
    before, after = "", ""
    if rng.random() < 0.45:  # noqa: PLR2004
        phrases = [_extra_rand(rng, clause) for _ in range(int(rng.integers(1, 4)))]
        front = rng.random() < 0.3  # noqa: PLR2004
        joined = str(rng.choice([", ", ". ", ", "])).join(phrases)
        before, after = (f"{joined}{rng.choice([', ', ': ', '. '])}", "") if front else ("", joined)
    elif clause.tense == "gerund" or rng.random() < 0.1:  # noqa: PLR2004
        before = str(rng.choice(_OPENINGS))
    separator = str(rng.choice([", ", ". ", ", ", " "])) if after else ""
    whole = f"{before}{text}{separator}{after}"
    if rng.random() < 0.8:  # noqa: PLR2004
        whole = whole.rstrip(". ") + "."
    if rng.random() < 0.06:  # noqa: PLR2004
        first = rng.random() < 0.5  # noqa: PLR2004
        filler = rng.choice(_FILLERS)
        whole = f"{filler} {whole}" if first else f"{whole} {filler}"
    return ". ".join(part[:1].upper() + part[1:] for part in whole.split(". "))


def _extra_rand(rng: np.random.Generator, clause: Clause) -> str:
    table = int(rng.integers(8))
    if table == 0:
        place = _word_rand(rng, scenery.PLACES)
        return (
            f"{rng.choice(['in', 'inside', 'in the middle of'])} {rng.choice(['a', 'the'])} {place}"
        )
    if table == 1:
        return _word_rand(rng, scenery.TIMES)
    if table == 2:  # noqa: PLR2004
        style = _word_rand(rng, scenery.STYLES)
        return str(
            rng.choice([style, f"{style} style", f"in {style} style", f"in the style of {style}"])
        )
    if table == 3:  # noqa: PLR2004
        return _word_rand(rng, scenery.FRAMINGS) + str(rng.choice(["", "", " of the scene"]))
    if table == 4:  # noqa: PLR2004
        return _word_rand(rng, scenery.ANGLES)
    if table == 5:  # noqa: PLR2004
        start = str(rng.choice(["the camera ", "while the camera "]))
        if rng.random() < 0.3 and clause.named:  # noqa: PLR2004
            thing = clause.named[int(rng.integers(len(clause.named)))]
            verb = rng.choice(["follows", "tracks", "circles", "orbits", "focuses on"])
            return f"{start}{verb} {mention_rand(rng, thing, 'the')}"
        return start + _word_rand(rng, scenery.MOVES)
    if table == 6:  # noqa: PLR2004
        ground = _word_rand(rng, scenery.GROUNDS)
        return f"on {rng.choice(['a', 'the'])} {ground}"
    seconds = int(rng.integers(2, 13))
    return str(rng.choice([f"{seconds} seconds", f"lasting {seconds} seconds", f"for {seconds}s",
                           _word_rand(rng, scenery.WEATHERS)]))  # fmt: skip


def _word_rand(rng: np.random.Generator, table: object) -> str:
    assert isinstance(table, dict)
    words = [word for group in table.values() for word in group]
    return str(rng.choice(words))
