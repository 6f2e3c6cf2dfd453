"""What is said of each part of a group: "one red, the other blue"."""

from scene_builder.knowledge.words.qualities import COLOR_WORDS, MATERIAL_WORDS
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.language.phrases.attributes import qualities_of
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.words.context import Word

_ONES = frozenset({"one", "ones"})


def split_at(words: list[Word], k: int) -> tuple[list[Chunk], int] | None:
    """Read "one red, the other blue" or "five red and five clear" at word `k`.

    Returns:
        What is said of each part, with its number, and the word after it; or None.
    """
    parts: list[Chunk] = []
    while k < len(words):
        found = _share(words, k)
        if found is None:
            break
        parts.append(found[0])
        k = found[1]
        ahead = k
        while ahead < len(words) and words[ahead].text in {",", "and"}:
            ahead += 1
        if ahead == k or _share(words, ahead) is None:
            break
        k = ahead
    return (parts, k) if len(parts) > 1 else None


def _share(words: list[Word], k: int) -> tuple[Chunk, int] | None:
    number, at = 1, k
    if (
        words[at].text == "the"
        and at + 1 < len(words)
        and words[at + 1].text in {"other", "others"}
    ):
        at += 2
    elif (count := number_from_word(words[at].text)) is not None:
        number, at = count, at + 1
    elif words[at].text in {"a", "an", "another"}:
        at += 1
    else:
        return None
    while at < len(words) and words[at].text in {
        "is",
        "are",
        "made",
        "of",
        "from",
        "in",
        "painted",
    }:
        at += 1
    end = at
    while end < len(words) and (words[end].tag == "adj" or words[end].text in MATERIAL_WORDS
                                or words[end].text in COLOR_WORDS):  # fmt: skip
        end += 1
    if end > at and end < len(words) and words[end].text in _ONES:
        chunk = qualities_of(words, at, end)
        chunk.count = number
        return chunk, end + 1
    if end == at or (end < len(words) and words[end].tag == "noun"):
        return None
    chunk = qualities_of(words, at, end)
    chunk.count = number
    return chunk, end
