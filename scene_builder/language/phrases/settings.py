"""Where and when it happens: place, ground, light, weather, gravity."""

import re

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.closed import PREPOSITIONS
from scene_builder.knowledge.words.nouns import FURNITURE, NOUNS, singular
from scene_builder.language.phrases.chunks import chunk_at
from scene_builder.language.phrases.wordings import Facts, blank, take
from scene_builder.language.phrases.words.context import Word
from scene_builder.language.phrases.words.tagging import tagged

_IN = r"(?:in|inside|at|on|through|across|along|over|onto|into|down)"
_INSIDE = frozenset({"in", "inside", "at", "on", "through", "across", "along", "down", "up", "into",
                     "over", "outside", "throughout", "around"})  # fmt: skip
_FURNISHINGS = FURNITURE | {"chair", "armchair", "door", "window", "floor", "sink", "drawer",
                            "lamp", "stairs", "wall", "step", "ladder"}  # fmt: skip
_WHOLE = r"(?<![\w-])(?:{})(?![\w-])"
_BEFORE_TIME = (
    r"(?:\b(?:in|at|on|by|during|under|with|through|until|every|this|one|early|late|the|an?|bright|"
    r"warm|cold|hot|dark|heavy|light|clear|quiet|soft|dim|strong|summer|winter|golden|"
    r"autumn|spring|violent|raging|gentle|howling)\s+)*"
)
_AFTER_TIME = r"(?:\s+(?:heat|sun|light|sky|air|glow|haze)\b)?"
_ADJECTIVE = re.compile(
    r"^(?:sunny|cloudy|rainy|snowy|foggy|misty|stormy|windy|breezy|hazy|gusty|"
    r"sunlit|overcast)$"
)
"""Words that stand before a noun: "a sunlit room"."""
_STONE = r"\s*(?:cube|block|sculpture|statue|castle|cream|lolly|pop|skate|hockey|axe|bucket|paper)"


def take_setting(facts: Facts) -> None:
    """Take place, ground, light, weather and gravity out of `facts.rest`, into the setting."""
    _gravity(facts)
    _phrases(facts, "weather", scenery.WEATHERS)
    _phrases(facts, "time_of_day", scenery.TIMES)
    _grounds(facts)
    _places(facts)


def _gravity(facts: Facts) -> None:
    number = re.search(r"gravity (?:of|is|at) (\d+(?:\.\d+)?)(?:\s*m/s(?:\^?2|²))?", facts.rest)
    if number:
        facts.setting["gravity"] = float(number[1])
        take(facts, "setting.gravity", number)
        return
    alone = re.match(r"\s*(?:somewhere on |on )?(mars|moon|the moon)\s*[.:,]", facts.rest)
    if alone:
        facts.setting["gravity"] = alone[1].removeprefix("the ")
        facts.spans.append(("setting.gravity", alone.start(1), alone.end(1)))
        blank(facts, alone.start(), alone.end(1))
    for gravity, wordings in scenery.GRAVITIES.items():
        ordered = sorted(wordings, key=len, reverse=True)
        match = re.search("(?:in |with )?" + _WHOLE.format("|".join(map(re.escape, ordered))),
                          facts.rest)  # fmt: skip
        after = facts.rest[match.end() :] if match else ""
        if match and not re.match(r"\s+(?:station|suit|ship|shuttle|rover|base)\b", after):
            facts.setting["gravity"] = gravity
            facts.spans.append(("setting.gravity", match.start(), match.end()))
            if gravity != "zero":
                facts.setting["place"] = gravity
            if "space" not in match[0]:
                blank(facts, match.start(), match.end())


def _phrases(facts: Facts, key: str, table: dict[str, tuple[str, ...]]) -> None:
    found = []
    for value, wordings in table.items():
        ordered = sorted(wordings, key=len, reverse=True)
        bare = [word for word in ordered if _ADJECTIVE.search(word)]
        full = [word for word in ordered if word not in bare]
        for lead, group, tail in ((_BEFORE_TIME, full, _AFTER_TIME), ("", bare, "")):
            pattern = lead + _WHOLE.format("|".join(map(re.escape, group))) + tail
            matches = re.finditer(pattern, facts.rest) if group else iter(())
            match = next((m for m in matches if not _describes(facts.rest, m)), None)
            if match is not None:
                found.append((value, match))
    for value, match in sorted(found, key=lambda f: f[1].start()):
        if facts.rest[match.start() : match.end()] == match[0]:
            facts.setting.setdefault(key, value)
            take(facts, f"setting.{key}", match)


def _describes(text: str, match: re.Match[str]) -> bool:
    """Whether the word only describes a thing: "a rain barrel", "the night train"."""
    if _ADJECTIVE.search(match[0]) or match[0].endswith("ing"):
        return False
    after = re.match(r"\s+([a-z]+)", text[match.end() :])
    if after is None:
        return False
    words = tagged(text[match.start() : match.end() + len(after[0]) + 1])
    return words[-1].tag == "noun" and after[1] not in {"light", "sky", "style", "scene", "heat"}


def _grounds(facts: Facts) -> None:
    for ground, wordings in scenery.GROUNDS.items():
        ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
        match = re.search(
            rf"\b{_IN}\s+(?:a|an|the|some|green|smooth)?\s*(?:{ordered})(?![\w-])", facts.rest
        )
        if match and not re.match(_STONE, facts.rest[match.end() :]):
            facts.setting["ground"] = ground
            facts.spans.append(("setting.ground", match.start(), match.end()))
            return


def _places(facts: Facts) -> None:
    words = tagged(facts.rest)
    for k, word in enumerate(words):
        opens = word.text in PREPOSITIONS and word.tag in {"prep", "adverb"} and word.text != "of"
        whole = (
            word.text == "of" and k and words[k - 1].text in {"floor", "ground", "wall", "walls"}
        )
        if (opens or whole) and _take_place(facts, words, k):
            continue
    for match in re.finditer(
        rf"\b(?:{'|'.join(scenery.ROOM_ADJECTIVES)})(?=\s+([a-z]+))", facts.rest
    ):
        if _stands_in_room(match[1]):
            place = next((p for p, w in scenery.PLACES.items() if match[0] in w), match[0])
            facts.setting.setdefault("place", place)
            take(facts, "setting.place", match)


def _take_place(facts: Facts, words: list[Word], k: int) -> bool:
    """Take "in a hardware store" out, if it says where all of it happens."""
    start = k + 1
    while [w.text for w in words[start : start + 3]][1:] == ["of", "the"] or (
        start + 1 < len(words) and words[start].text in {"the", "middle", "corner", "edge", "end"}
        and words[start + 1].text in {"middle", "corner", "edge", "of", "end"}):  # fmt: skip
        start += 1
    found = chunk_at(words, start) if start < len(words) else None
    if found is None:
        return False
    chunk, after = found
    noun = chunk.noun
    last = noun.rsplit(" ", maxsplit=1)[-1]
    if noun not in scenery.PLACE_NOUNS and last not in scenery.PLACE_NOUNS:
        return False
    thing = noun in NOUNS or noun in scenery.PLACE_OR_THING or last in scenery.PLACE_OR_THING
    if thing and not _holds_all(words[k].text, noun, last):
        return False
    described = chunk.several or (chunk.count or 1) > 1 or chunk.color is not None
    if described or (after < len(words) and words[after].tag == "noun"):
        return False
    place = _named_place(noun)
    facts.setting.setdefault("place", place)
    facts.spans.append(("setting.place", words[k].start, chunk.end))
    blank(facts, words[k].start, chunk.end)
    return True


def _holds_all(preposition: str, noun: str, last: str) -> bool:
    """Whether a word for a place and a thing ("bridge", "kiosk") is the place of it all."""
    either = noun in scenery.PLACE_OR_THING or last in scenery.PLACE_OR_THING
    if either:
        return preposition in {"in", "inside", "at"} and noun not in NOUNS
    return preposition in _INSIDE


def _named_place(noun: str) -> str:
    """The place that a noun phrase names: of "space station galley", the space station."""
    parts = noun.split(" ")
    runs = [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 2, len(parts) + 1)]
    named = next((run for run in runs if run in scenery.PLACE_NOUNS), noun)
    return next((p for p, w in scenery.PLACES.items() if named in w), named)


def _stands_in_room(words: str) -> bool:
    """Whether what follows "kitchen" is a thing that stands there, such as a table."""
    one = words.split(" ", maxsplit=1)[0]
    return any(singular(word) in _FURNISHINGS or word in _FURNISHINGS for word in (words, one))
