"""Where it happens: phrases with a preposition, fragments, and places named by the way."""

import re
from dataclasses import replace

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.closed import PREPOSITIONS
from scene_builder.knowledge.words.nouns import FURNITURE, NOUNS, singular
from scene_builder.knowledge.words.places import (
    COMPOUND_HEADS,
    HOUSES,
    NAMED_ALSO,
    ONLY_THINGS,
    OPEN_FLOORS,
    PLACE_PARTS,
    PURE_PLACES,
    QUALIFYING,
    WATERS,
)
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.chunks import chunk_at
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.wordings import Facts, blank, take
from scene_builder.language.phrases.words.context import Word
from scene_builder.language.phrases.words.tagging import tagged

_INSIDE = frozenset({"in", "inside", "at", "on", "through", "across", "along", "down", "up", "into",
                     "over", "outside", "throughout", "around", "round", "aboard", "within",
                     "above"})  # fmt: skip
_WITHIN = frozenset({"in", "inside", "at", "throughout", "aboard", "within", "through"})
_PASSED = frozenset({"across", "through", "over", "around", "round"})
_FURNISHINGS = FURNITURE | {"chair", "armchair", "door", "window", "floor", "sink", "drawer",
                            "lamp", "stairs", "wall", "step", "ladder"}  # fmt: skip
_VAGUE = frozenset({"site", "yard", "lot", "course", "market", "park", "garden"})
_FLAT_WORDS = frozenset({"flat", "bench", "well", "track", "court", "square", "bar", "mine", "ring",
                         "tent", "bank", "deck", "bridge"})  # fmt: skip
_LOOSE_LINKS = re.compile(r"(?<!door )\b(?:from|to|of|near|outside|by|behind)\s*$")
_ENDING = re.compile(
    r"\b(?:land(?:s|ed|ing)?|fall(?:s|ing|en)?|fell|drop(?:s|ped|ping)?|sink(?:s|ing)?|plunges?|"
    r"splash(?:es|ing)?|ends? up|comes? down|crash(?:es|ing)?|thrown?|throws|tossed|hurled|rolls?|"
    r"jumps?|dives?)(?:\s+(?:down|back|right|off|softly|flat|up))?\s*$"
)
_SETTING = re.compile(r"\b(?:setting|place|location|backdrop)\s*(?:is|'s|:|=)\s*$|\bwe see\s*$")
_FRAME = re.compile(
    r"\b(?:(?:the\s+)?(?:setting|place|location|scene|backdrop)\s*(?:is|'s|:|=)|imagine|picture|"
    r"we see|we are in|set in|takes place in|show(?: me)?|take|i see|there's|there is)\s*$"
)
_NAMED_THINGS = frozenset({("cellar", "door"), ("bathroom", "scale"), ("bathroom", "scales")})
"""Compounds that say what a thing is for, not where it stands."""
_PART_NAMES = "|".join(
    map(re.escape, sorted(PURE_PLACES | HOUSES | {"mountain"}, key=len, reverse=True))
)
_PART = re.compile(rf"\b({_PART_NAMES})(?:'s)?\s+(?:{'|'.join(sorted(PLACE_PARTS))})\b")


def take_places(facts: Facts) -> None:
    """Take the place out of `facts.rest`, into the setting."""
    words = _tagged(facts.rest)
    for k, word in enumerate(words):
        opens = word.text in PREPOSITIONS and word.tag in {"prep", "adverb"} and word.text != "of"
        whole = word.text == "of" and k and words[k - 1].text in {
            "floor", "ground", "wall", "walls", "roof", "edge", "middle", "corner", "gravity",
            "side"}  # fmt: skip
        if opens or whole:
            _take_phrase(facts, words, k)
        apart = k == 0 or words[k - 1].tag == "mark" or facts.rest[: word.start].endswith("  ")
        shown = word.text == "of" and apart
        if k == 0 or word.tag == "mark" or shown:
            _take_fragment(facts, words, k + (word.tag == "mark" or shown))
    if "place" not in facts.setting:
        _take_subject(facts)
    _take_rooms(facts)


def _tagged(text: str) -> list[Word]:
    """Return tagged words; "library" and "canteen" only look like adjectives."""
    words = tagged(text)
    for k, word in enumerate(words):
        ends = k + 1 == len(words) or words[k + 1].tag not in {"noun", "adj"}
        if word.tag == "adj" and ends and word.text in NAMED_ALSO:
            words[k] = replace(word, tag="noun")
    return words


def _take_rooms(facts: Facts) -> None:
    """Read "kitchen table" and "museum shelf": they stand in a kitchen, in a museum."""
    for match in re.finditer(
        rf"\b(?:{'|'.join(scenery.ROOM_ADJECTIVES)})(?=\s+([a-z]+))", facts.rest
    ):
        if _stands_in_room(match[1]) and (match[0], match[1]) not in _NAMED_THINGS:
            facts.setting.setdefault("place", _known_name(match[0]))
            take(facts, "setting.place", match)
    part = _PART.search(facts.rest) if "place" not in facts.setting else None
    if part is not None:
        facts.setting["place"] = _known_name(part[1])
        facts.spans.append(("setting.place", part.start(1), part.end(1)))
        owned = part.end(1) + len("'s") * (facts.rest[part.end(1) :].startswith("'s"))
        blank(facts, part.start(1), owned)


def _take_phrase(facts: Facts, words: list[Word], k: int) -> None:
    """Take "in a hardware store" out, if it says where all of it happens."""
    start = k + 1
    while [w.text for w in words[start : start + 3]][1:] == ["of", "the"] or (
        start + 1 < len(words) and words[start].text in {"the", "middle", "corner", "edge", "end"}
        and words[start + 1].text in {"middle", "corner", "edge", "of", "end"}):  # fmt: skip
        start += 1
    found = chunk_at(words, start) if start < len(words) else None
    if found is None:
        return
    chunk, after = found
    noun, last = chunk.noun, chunk.noun.rsplit(" ", maxsplit=1)[-1]
    if not (_can_be_place(noun, last) or _qualifier(words, chunk)) or not _holds_all(
        facts.rest, words, k, chunk
    ):
        return
    named = after < len(words) and words[after].tag == "noun" and words[after].text not in FORMS
    if _counted(words, chunk) or named:
        return
    _set_place(facts, words, chunk, words[k].start)


def _take_fragment(facts: Facts, words: list[Word], k: int) -> None:
    """Take "Castle." and "An old kitchen: ..." out: nothing is said of them."""
    found = chunk_at(words, k) if k < len(words) else None
    if found is None:
        return
    chunk, after = found
    noun, last = chunk.noun, chunk.noun.rsplit(" ", maxsplit=1)[-1]
    house = chunk.bare and not _made(chunk) and noun in NAMED_ALSO - ONLY_THINGS - _FLAT_WORDS
    room = last in COMPOUND_HEADS - {"court"} and (
        noun in NAMED_ALSO - {last} or _qualifier(words, chunk) != "")  # fmt: skip
    if not (noun in PURE_PLACES or last in PURE_PLACES or house or room):
        return
    ends = after >= len(words) or words[after].tag in {"mark", "prep", "clause", "relative"}
    seen = after < len(words) and (
        words[after].tag == "there"
        or words[after].text.endswith("ing")
        or words[after].text in {"seen", "filmed", "shot", "interior", "exterior", "scene"}
    )
    if _counted(words, chunk) or not (ends or seen):
        return
    if (house or room) and chunk.bare and after < len(words) and words[after].tag == "prep":
        return
    _set_place(facts, words, chunk, words[k].start)


def _take_subject(facts: Facts) -> None:
    """Read "The theatre is old" and "The place is a white gallery"."""
    words = _tagged(facts.rest)
    for k in range(len(words)):
        found = chunk_at(words, k) if words[k].tag in {"det", "adj", "noun"} else None
        if found is None or _counted(words, found[0]) or _noun_at(words, found[1]):
            continue
        chunk, after = found
        last = chunk.noun.rsplit(" ", maxsplit=1)[-1]
        pure = chunk.noun in PURE_PLACES or last in PURE_PLACES
        house = (chunk.noun in HOUSES or last in HOUSES) and not _made(chunk)
        framed = _FRAME.search(facts.rest[: chunk.start]) is not None
        told = after < len(words) and (words[after].tag == "be" or words[after].text == "has")
        set_there = _SETTING.search(facts.rest[: chunk.start]) is not None
        shown = (framed and pure) or (set_there and house)
        by_the_way = pure and chunk.noun != "garage" and not _counted(words, chunk)
        if by_the_way and _LOOSE_LINKS.search(facts.rest[: chunk.start]):
            facts.setting["place"] = _named_place(chunk.noun)
            facts.spans.append(("setting.place", chunk.start, chunk.end))
            return
        if shown or (chunk.definite and not chunk.owner and told and (pure or house)):
            _set_place(facts, words, chunk, chunk.start)
            return


def _noun_at(words: list[Word], k: int) -> bool:
    return k < len(words) and words[k].tag == "noun"


def _set_place(facts: Facts, words: list[Word], chunk: Chunk, start: int) -> None:
    first = _qualifier(words, chunk)
    noun = chunk.noun
    last = noun.rsplit(" ", maxsplit=1)[-1]
    if " " in noun and last in ONLY_THINGS | PLACE_PARTS and noun not in NAMED_ALSO:
        named, end = noun.split(" ", maxsplit=1)[0], chunk.head[0]
        end = facts.rest.rfind(named, chunk.start, chunk.end) + len(named)
        start = facts.rest.rfind(named, chunk.start, chunk.end)
        first, noun = "", named
    else:
        end = chunk.end
    facts.setting.setdefault("place", _named_place(f"{first} {noun}" if first else noun))
    facts.spans.append(("setting.place", start, end))
    blank(facts, start, end)


def _can_be_place(noun: str, last: str) -> bool:
    if noun in ONLY_THINGS:
        return False
    return noun in NAMED_ALSO or last in NAMED_ALSO or last in COMPOUND_HEADS - _VAGUE


def _counted(words: list[Word], chunk: Chunk) -> bool:
    """Whether several are meant: then they are things, but for words that know no singular."""
    many = chunk.several and not any(
        w.text in NAMED_ALSO for w in words if chunk.start <= w.start < chunk.end
    )
    return many or (chunk.count or 1) > 1


def _made(chunk: Chunk) -> bool:
    """Whether it is described as one describes a thing: "a red tent", "a stone tunnel"."""
    small = chunk.size is not None and chunk.size[0] in {"tiny", "small", "short"}
    return chunk.color is not None or chunk.material is not None or small


def _holds_all(text: str, words: list[Word], k: int, chunk: Chunk) -> bool:
    """Whether a phrase says where all of it happens, and not which thing is meant."""
    preposition, noun = words[k].text, chunk.noun
    last = noun.rsplit(" ", maxsplit=1)[-1]
    before = text[: words[k].start].rstrip()
    opens = not before or before[-1] in ".;:!?"
    if noun == "room" and preposition in _PASSED:
        return False
    if noun in WATERS or last in WATERS:
        return opens and preposition in {"in", "on", "at", "by"} and not _made(chunk)
    if noun in OPEN_FLOORS or last in OPEN_FLOORS:
        fine = preposition in {"on", "at", "in", "along", "down"}
        return fine and not _made(chunk) and _ENDING.search(before) is None
    if noun in HOUSES or last in HOUSES:
        within = preposition in _WITHIN or before.endswith(("floor", "middle"))
        return bool(within) and not _made(chunk) and _ENDING.search(before) is None
    if last in ONLY_THINGS:
        return preposition in _INSIDE and noun.split(" ")[0] in PURE_PLACES | HOUSES
    if noun in scenery.PLACE_OR_THING or last in scenery.PLACE_OR_THING or noun in NOUNS:
        return preposition in {"in", "inside", "at"} and noun not in NOUNS
    return preposition in _INSIDE or preposition == "of"


def _qualifier(words: list[Word], chunk: Chunk) -> str:
    """The word that a place is named after, where the noun phrase holds it as an adjective."""
    if chunk.noun not in COMPOUND_HEADS:
        return ""
    if chunk.owner and chunk.owner not in {"its", "his", "her", "their"} and chunk.noun == "shop":
        return f"{chunk.owner}'s"
    inside = [w for w in words if chunk.start <= w.start and w.end <= chunk.end]
    at = next((i for i, w in enumerate(inside) if singular(w.text) == chunk.noun), 0)
    before = inside[at - 1] if at else None
    if before is None or before.tag not in {"adj", "noun", "verb"}:
        return ""
    named = before.text in QUALIFYING or before.tag == "noun" or before.text.endswith("ing")
    return before.text if named else ""


def _named_place(noun: str) -> str:
    """The place that a noun phrase names: of "space station galley", the space station."""
    parts = noun.split(" ")
    runs = [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 2, len(parts) + 1)]
    named = next((run for run in runs if run in NAMED_ALSO), noun)
    if named == noun and parts[-1] in PURE_PLACES - COMPOUND_HEADS:
        named = parts[-1]
    return _known_name(named)


def _known_name(noun: str) -> str:
    return next((p for p, w in scenery.PLACES.items() if noun in w), noun)


def _stands_in_room(words: str) -> bool:
    """Whether what follows "kitchen" is a thing that stands there, such as a table."""
    one = words.split(" ", maxsplit=1)[0]
    return any(singular(word) in _FURNISHINGS or word in _FURNISHINGS for word in (words, one))
