"""How, how often and in which direction: adverbs and wordings behind a verb."""

from scene_builder.knowledge.words.qualities import SPEED_WORD_OF
from scene_builder.knowledge.words.relations import DIRECTION_OF
from scene_builder.language.phrases.clauses.naming import phrase_at
from scene_builder.language.phrases.clauses.tree import Clause
from scene_builder.language.phrases.clauses.wordings import (
    THEN,
    TIMES,
    arranged_at,
    direction_at,
    preposition_at,
    speed_at,
    times_at,
)
from scene_builder.language.phrases.words.context import Word


def read_manner(words: list[Word], k: int, clause: Clause, *, force: bool = False) -> int | None:
    """Read manner at word `k` into `clause`; return the word after it, or None for none.

    Args:
        words: All words.
        k: Where to read.
        clause: What it is said of.
        force: Whether a direction counts though a preposition stands there, too.
    """
    if k >= len(words):
        return None
    arranged = arranged_at(words, k)
    if arranged is not None:
        clause.grouped = (arranged[0], words[k].start, words[arranged[1] - 1].end)
        return arranged[1]
    times = times_at(words, k)
    if times is not None:
        clause.times = TIMES[times[0]]
        return times[1]
    speed = speed_at(words, k)
    if speed is not None and words[k].tag != "noun" and not _describes(words, speed[1]):
        clause.speed = (SPEED_WORD_OF[speed[0]], words[k].start, words[speed[1] - 1].end)
        return speed[1]
    direction = direction_at(words, k)
    if direction is not None and (force or not _governs(words, k)):
        clause.direction = (DIRECTION_OF[direction[0]], words[k].start, words[direction[1] - 1].end)
        return direction[1]
    ahead = words[k + 1].text if k + 1 < len(words) else ""
    if (
        words[k].text in {"left", "right"}
        and ahead != "of"
        and words[k].tag != "prep"
        and clause.sense is not None
    ):
        clause.direction = (DIRECTION_OF[words[k].text], words[k].start, words[k].end)
        return k + 1
    if words[k].text in THEN and words[k].tag == "adverb" and ahead != "to":
        clause.then = True
        return k + 1
    return None


def _governs(words: list[Word], k: int) -> bool:
    found = preposition_at(words, k)
    longer = direction_at(words, k)
    if found is None or longer is None:
        return False
    return longer[1] <= found[1] and phrase_at(words, found[1]) is not None


def _describes(words: list[Word], k: int) -> bool:
    """Whether "slow", "hard" and the like stand before a noun."""
    return words[k - 1].tag == "adj" and k < len(words) and words[k].tag == "noun"
