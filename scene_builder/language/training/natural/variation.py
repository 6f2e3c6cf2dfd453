"""Variations of hand-written prompts: other things of the same kind, colours and numbers.

A few thousand wordings teach how people say things only if their nouns do not give the answer
away; so nouns, colours and numbers are exchanged in the prompt and in the labels at once.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from scene_builder.knowledge.catalogue import nouns
from scene_builder.knowledge.words.nouns import NOUNS, plural
from scene_builder.knowledge.words.qualities import COLOR_PHRASES
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, VERBS

_COLORS = ("red", "blue", "green", "yellow", "black", "white", "purple", "pink", "brown", "gray")
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_VALUES = dict(zip(_NUMBERS, (*range(2, 11), 12), strict=True))
_NUMBER_WORDS = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|one|once|twice|first|second|third|half|both|pair|dozen|all but|"
    r"\d+)\b"
)
_TOKEN = re.compile(r"^(\??>?|\?)(.*)$")


def varied_rand(
    rng: np.random.Generator, prompt: str, labels: Sequence[str], *, chance: float = 0.5
) -> tuple[str, tuple[str, ...]]:
    """Return a prompt and its labels with some words exchanged.

    Args:
        rng: Source of randomness.
        prompt: The prompt.
        labels: Its labels.
        chance: How probable an exchange is, for each word that may be exchanged.
    """
    prompt, said = _numbers_rand(rng, *_colors_rand(rng, prompt, tuple(labels), chance), chance)
    for names in list(_entities(said)):
        if chance_rand(rng, chance):
            prompt, said = _renamed_rand(rng, prompt, said, names)
    return prompt, said


def _entities(labels: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The names of each thing; things that share their noun with another are passed over."""
    closed = re.compile(r"^\??(camera|[a-z_]+=)")
    lines = [line.removeprefix("?").strip().split() for line in labels if not closed.match(line)]
    heads = [line[0] for line in lines if _is_entity(line)]
    for head in heads:
        if not re.search(r"_\d+(\||$)", head) and f"{head.split('|')[0]}_2" not in " ".join(heads):
            yield tuple(head.split("|"))


def _is_entity(tokens: Sequence[str]) -> bool:
    second = tokens[1].removeprefix("?").split("|")[0] if len(tokens) > 1 else ""
    return second not in (*OUTCOME_PREDICATES, *PREDICATES, *VERBS, "not")


def _renamed_rand(
    rng: np.random.Generator, prompt: str, labels: tuple[str, ...], names: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    known = next((name for name in names if name in nouns()), None)
    taken = {name for line in labels for name in re.split(r"[ |?>#]", line)} - set(names)
    heads = {name.split("_")[-1] for name in names}
    if known is None or heads & {name.split("_")[-1] for name in taken}:
        return prompt, labels
    new = pick_rand(rng, _alike(nouns()[known].category, nouns()[known].furniture))
    text = prompt
    longest = sorted({n.replace("_", " ") for n in names} | heads, key=len, reverse=True)
    for one in longest:
        for old, other in ((plural(one), plural(new)), (one, new)):
            text = _replaced(text, old, other)
    if text == prompt or re.search(rf"\b{new}\b", prompt.lower()):
        return prompt, labels
    new_id = new.replace(" ", "_")
    return text, tuple(_relabelled(line, names, new_id) for line in labels)


@cache
def _alike(category: str, furniture: bool) -> tuple[str, ...]:
    """Nouns that stand in for one another; one-form plurals and rare compounds stay out."""
    return tuple(
        name.replace("_", " ")
        for name, noun in nouns().items()
        if noun.category == category and noun.furniture == furniture
        and name.replace("_", " ") in NOUNS and plural(name) != name
    )  # fmt: skip


def _replaced(text: str, old: str, new: str) -> str:
    """Exchange a word or a phrase, its article and its capital with it."""
    pattern = re.compile(
        rf"(?:\b(an?)(\s+))?(?<![\w-]){'[ -]'.join(map(re.escape, old.split()))}(?![\w-])",
        re.IGNORECASE,
    )

    def put(match: re.Match[str]) -> str:
        whole = match.group()
        word = new.capitalize() if not match[1] and whole[0].isupper() else new
        if not match[1]:
            return word
        article = "an" if new[0] in "aeiou" else "a"
        return (article.capitalize() if match[1][0].isupper() else article) + match[2] + word

    return pattern.sub(put, text)


def _relabelled(line: str, names: Sequence[str], new: str) -> str:
    """Rename a thing where the line names things: a slide is none in `ball slide`."""
    tokens = line.split(" ")
    other = _is_other(tokens)
    return " ".join(
        _retold(token, names, new)
        if (k == 0 and tokens[0].removeprefix("?") != "camera") or ">" in token or (other and k > 1)
        else token
        for k, token in enumerate(tokens)
    )


def _is_other(tokens: Sequence[str]) -> bool:
    """Whether a line is a relation or an outcome: things may stand behind its predicate."""
    second = tokens[1].removeprefix("?").split("|")[0] if len(tokens) > 1 else ""
    return second in (*OUTCOME_PREDICATES, *PREDICATES, "not")


def _retold(token: str, names: Sequence[str], new: str) -> str:
    match = _TOKEN.match(token)
    if match is None:
        return token
    told = []
    for alternative in match[2].split("|"):
        name, mark, number = alternative.partition("#")
        told.append(f"{new}{mark}{number}" if name in names else alternative)
    return match[1] + "|".join(dict.fromkeys(told))


def _colors_rand(
    rng: np.random.Generator, prompt: str, labels: tuple[str, ...], chance: float
) -> tuple[str, tuple[str, ...]]:
    found = [c for c in _COLORS if len(re.findall(rf"\b{c}\b", prompt.lower())) == 1]
    for old in found:
        said = " ".join(labels)
        new = pick_rand(rng, _COLORS)
        exact = len(re.findall(rf"(?<![\w|?]){old}(?![\w|])", said)) == 1 == said.count(old)
        phrase = re.search(rf"\b(\w+)[ -]{old}\b", prompt.lower())
        shaded = phrase is not None and f"{phrase[1]} {old}" in COLOR_PHRASES
        if exact and not shaded and new not in prompt.lower() and chance_rand(rng, chance):
            prompt = _replaced(prompt, old, new)
            labels = tuple(re.sub(rf"(?<![\w|?]){old}(?![\w|])", new, line) for line in labels)
    return prompt, labels


def _numbers_rand(
    rng: np.random.Generator, prompt: str, labels: tuple[str, ...], chance: float
) -> tuple[str, tuple[str, ...]]:
    """Exchange the only number of a prompt, if every number of its labels is that one."""
    found = _NUMBER_WORDS.findall(prompt.lower())
    if len(found) != 1 or found[0] not in _VALUES or not chance_rand(rng, chance):
        return prompt, labels
    old, new = found[0], pick_rand(rng, _NUMBERS)
    said = re.findall(r"\d+", " ".join(labels))
    if not said or set(said) != {str(_VALUES[old])} or "#" in " ".join(labels):
        return prompt, labels
    changed = tuple(re.sub(r"\b\d+\b", str(_VALUES[new]), line) for line in labels)
    return _replaced(prompt, old, new), changed
