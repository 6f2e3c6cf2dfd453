"""Closed wordings around a verb: prepositions, directions, speeds, order, arrangements."""

from scene_builder.knowledge.words.qualities import SPEED_WORD_OF
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.relations import DIRECTION_OF, RELATION_OF
from scene_builder.language.phrases.words.context import Word
from scene_builder.model.words import Compare

MOTION_PREPOSITIONS = (
    "off of", "off", "onto", "into", "from", "down", "up", "across", "along", "towards", "toward",
    "at", "past", "through", "out of", "to", "from under", "out from under", "from behind",
    "out from behind", "from beneath", "from inside", "out from inside", "from out of", "with",
    "without", "against", "around", "round", "back to", "back into", "back onto", "down to",
    "down into", "down onto", "up to", "up onto", "up into", "over to", "away from", "off from",
    "out onto", "out into", "through to", "over", "down from", "up from", "of", "during", "for",
    "like", "beyond", "among", "amid", "throughout", "via", "aboard", "besides",
    "outside", "in the middle of", "in the center of", "in the centre of", "at the foot of",
    "at the base of", "at the top of", "at the bottom of", "on the edge of", "at the edge of",
    "on either side of", "on both sides of", "on each side of", "ahead of", "in towards",
    "up against", "across from", "down along", "down over", "up over", "up through", "in through",
    "out through", "down through", "just short of", "short of", "out over", "down past",
    "straight into", "in among", "up and over", "down across", "back down", "on board", "off onto",
    "off into", "over onto", "down upon", "down on", "down on top of", "down in", "out on",
    "right into", "right onto", "right on", "right off", "right in", "straight onto", "straight in",
    "straight at", "straight toward", "straight towards", "straight off", "clean off", "right at",
    "right past", "right through", "straight through", "straight past", "right over",
    "straight over", "right up to", "close to", "all over", "half under", "just past", "just off",
    "over into", "over on", "back in", "back on", "back from", "back off", "back off of",
    "on down", "on into", "on over", "up against", "inside of", "out past", "right to",
    "right against", "straight against", "smack into", "right from", "straight from",
    "out across", "because of", "instead of", "thanks to", "according to",
)  # fmt: skip
_PREPOSITIONS = sorted({*RELATION_OF, *MOTION_PREPOSITIONS}, key=lambda w: -len(w.split()))
_PREPOSITIONS = [word for word in _PREPOSITIONS if word.split(" ")[0] not in {
    "hanging", "suspended", "dangling", "hangs", "hang", "hung", "dangles", "dangle", "attached",
    "fixed", "glued", "mounted", "fastened", "bolted", "stuck", "tied", "chained", "faces", "face",
    "facing"}]  # fmt: skip
_DIRECTIONS = sorted(
    (w for w in DIRECTION_OF if w not in {"off", "up", "down", "left", "right"}),
    key=lambda w: -len(w.split()),
)  # fmt: skip
_SPEEDS = sorted(SPEED_WORD_OF, key=lambda w: -len(w.split()))
_ADVERBS_OF_PLACE = {
    "inside": "inside", "inside it": "inside", "on top": "on", "on top of it": "on", "on it": "on",
    "in it": "inside", "underneath": "under", "beneath": "under", "below": "under",
    "nearby": "near", "close by": "near", "above": "above", "overhead": "above",
    "behind": "behind", "in front": "in front of", "alongside": "beside",
    "to the left": "to the left of", "on the left": "to the left of",
    "to the right": "to the right of", "on the right": "to the right of",
    "on its left": "to the left of", "on its right": "to the right of",
    "to its left": "to the left of", "to its right": "to the right of", "at its side": "beside",
    "in between": "between", "next to it": "beside", "beside it": "beside",
    "underneath it": "under", "under it": "under", "around it": "around", "near it": "near",
    "behind it": "behind", "above it": "above", "all around it": "around",
    "in front of it": "in front of",
}  # fmt: skip
_PLACE_ADVERBS = sorted(_ADVERBS_OF_PLACE, key=lambda w: -len(w.split()))
ARRANGED = {
    "lined up": "in_row", "in a row": "in_row", "in a line": "in_row", "in line": "in_row",
    "in rows": "in_row", "in two rows": "in_row", "in single file": "in_row",
    "in a straight line": "in_row", "on top of each other": "stacked", "in a stack": "stacked",
    "in a pile": "stacked", "on top of one another": "stacked", "in a pyramid": "stacked",
    "into a pyramid": "stacked", "into a tower": "stacked", "in a tower": "stacked",
    "in the pyramid": "stacked", "into a house": "stacked", "in a heap": "stacked",
    "in the stack": "stacked", "in the row": "in_row", "in the pile": "stacked",
    "one on top of the other": "stacked", "side by side": "beside", "next to each other": "beside",
    "stacked": "stacked", "stacked up": "stacked", "piled up": "stacked", "piled high": "stacked",
    "piled": "stacked", "side-by-side": "beside", "face to face": "facing",
    "back to back": "beside",
    "end to end": "in_row", "one behind the other": "in_row", "one behind another": "in_row",
    "one after the other": "in_row", "shoulder to shoulder": "beside", "in a column": "in_row",
    "one beside the other": "beside", "one next to the other": "beside",
    "one on another": "stacked",
    "one upon another": "stacked", "one atop the other": "stacked", "one on the other": "stacked",
    "one on top of another": "stacked", "on top of one other": "stacked",
    "in single line": "in_row",
    "in a queue": "in_row", "into a row": "in_row", "into a line": "in_row",
    "as a pyramid": "stacked",
    "as a tower": "stacked", "into a stack": "stacked", "into a pile": "stacked",
    "beside one another": "beside", "next to one another": "beside",
    "beside each other": "beside", "in the tower": "stacked",
}  # fmt: skip
_ARRANGED = sorted(ARRANGED, key=lambda w: -len(w.split()))
COMPARES: dict[str, Compare] = {
    "at least": "at_least", "no fewer than": "at_least", "no less than": "at_least",
    "not less than": "at_least", "more than": "at_least", "at most": "at_most",
    "no more than": "at_most", "not more than": "at_most", "up to": "at_most",
    "fewer than": "at_most", "less than": "at_most", "exactly": "exactly", "only": "exactly",
    "just": "exactly", "about": "exactly", "around": "exactly", "almost": "exactly",
    "nearly": "exactly", "over": "at_least",
}  # fmt: skip
_COMPARE = sorted(COMPARES, key=len, reverse=True)
_VAGUE = frozenset({"over", "around", "about", "up to"})
_BETWEEN = ("between", "", "and")
THEN = ("then", "after that", "afterwards", "finally", "next", "and then", "eventually")
TIMES = {"once": 1, "twice": 2, "thrice": 3, "one times": 1, "a times": 1, "six times": 6,
         "many times": 3, "several times": 3, "two times": 2, "three times": 3, "four times": 4,
         "five times": 5}  # fmt: skip


def preposition_at(words: list[Word], k: int) -> tuple[str, int] | None:
    """Return the preposition at word `k` and the word after it, or None."""
    if k >= len(words) or words[k].tag == "verb" or compared_at(words, k) is not None:
        return None
    return _longest(words, k, _PREPOSITIONS)


def compared_at(words: list[Word], k: int) -> tuple[Compare, int] | None:
    """Return how "at least", "no more than" before a number compares, and the word after it."""
    between = [w.text for w in words[k : k + 3]]
    if len(between) == len(_BETWEEN) and (between[0], between[2]) == _BETWEEN[::2] and (
        number_from_word(between[1]) is not None):  # fmt: skip
        return "at_least", k + 1
    for wording in _COMPARE:
        length = wording.count(" ") + 1
        if " ".join(w.text for w in words[k : k + length]) != wording:
            continue
        follows = words[k + length].text if k + length < len(words) else ""
        counts = number_from_word(follows) is not None or follows in {"all", "both", "half"}
        if counts and not (wording in _VAGUE and words[k].tag == "prep"
                           and k and words[k - 1].tag == "verb"):  # fmt: skip
            return COMPARES[wording], k + length
    return None


def direction_at(words: list[Word], k: int) -> tuple[str, int] | None:
    """Return the wording of a direction at word `k` and the word after it, or None."""
    found = _longest(words, k, _DIRECTIONS)
    after = words[found[1]].text if found and found[1] < len(words) else ""
    return None if after in {"of", "side", "hand"} else found


def adverb_of_place_at(words: list[Word], k: int) -> tuple[str, int] | None:
    """Return the preposition behind "underneath", "on top", "nearby", and the word after it."""
    found = _longest(words, k, _PLACE_ADVERBS)
    return None if found is None else (_ADVERBS_OF_PLACE[found[0]], found[1])


def speed_at(words: list[Word], k: int) -> tuple[str, int] | None:
    """Return the wording of a speed at word `k` and the word after it, or None."""
    return _longest(words, k, _SPEEDS)


def arranged_at(words: list[Word], k: int) -> tuple[str, int] | None:
    """Return "in a row" or the like at word `k` and the word after it, or None."""
    found = _longest(words, k, _ARRANGED)
    after = words[found[1]].text if found and found[1] < len(words) else ""
    return None if after == "of" else found


def times_at(words: list[Word], k: int) -> tuple[str, int] | None:
    """Return "twice" or the like at word `k` and the word after it, or None."""
    return _longest(words, k, list(TIMES))


def _longest(words: list[Word], k: int, wordings: list[str]) -> tuple[str, int] | None:
    if k >= len(words):
        return None
    for wording in wordings:
        parts = wording.split(" ")
        if words[k].text == parts[0] and [w.text for w in words[k : k + len(parts)]] == parts:
            return wording, k + len(parts)
    return None
