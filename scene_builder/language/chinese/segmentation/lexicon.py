"""Every Chinese word that the reader knows, with what it may be."""

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from scene_builder.knowledge.words.chinese import common as words
from scene_builder.knowledge.words.chinese import qualities, scenery
from scene_builder.knowledge.words.chinese.verbs import COMPLEMENTS, PASSING, ROOTS
from scene_builder.language.chinese.segmentation.script import simplified

Senses = Mapping[str, Any]
"""Kind of word → what it says as such: `{"noun": ("ball", None)}`."""


@functools.cache
def lexicon() -> Mapping[str, Senses]:
    """Return every word, in simplified characters → its senses."""
    table: dict[str, dict[str, Any]] = {}
    for kind, entries in _valued():
        for word, value in entries.items():
            table.setdefault(simplified(word), {})[kind] = value
    for kind, plain in _marked():
        for word in plain:
            table.setdefault(simplified(word), {})[kind] = word
    return MappingProxyType(table)


def _valued() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Kinds of words that say a value."""
    return (
        ("noun", words.chinese_nouns()),
        ("color", qualities.COLORS),
        ("material", qualities.MATERIALS),
        ("size", qualities.SIZES),
        ("speed", qualities.SPEEDS),
        ("loc", words.LOCALIZERS),
        ("direction", words.DIRECTIONS),
        ("prep", words.PREPOSITIONS),
        ("compare", words.COMPARES),
        ("part", words.PARTS),
        ("pronoun", words.PRONOUNS),
        ("ground", words.GROUNDS),
        ("wall", words.WALLS),
        ("number", words.NUMBER_WORDS),
        ("vague", words.VAGUE_COUNTS),
        ("group", words.GROUP_MEASURES),
        ("verb", ROOTS),
        ("complement", COMPLEMENTS),
        ("place", scenery.PLACES),
        ("move", scenery.MOVES),
        ("shot", scenery.FRAMINGS),
        ("angle", scenery.ANGLES),
        ("freemove", scenery.FREE_MOVES),
        ("group_noun", _GROUP_NOUNS),
        ("mutual", {"面对面": "facing", "面对着面": "facing", "脸对脸": "facing"}),
    )


def _marked() -> tuple[tuple[str, Iterable[str]], ...]:
    """Kinds of words that only are of their kind."""
    return (
        ("plain", qualities.PLAIN_WORDS),
        ("skip", qualities.SKIPPED_PHRASES),
        ("join", words.CONJUNCTIONS),
        ("not", words.NEGATIONS),
        ("nearly", words.NEARLY),
        ("then", words.ORDER_WORDS),
        ("all", words.ALL_WORDS),
        ("nobody", words.NOBODY),
        ("sky", words.SKY),
        ("partnoun", words.PART_NOUNS),
        ("fluid", words.FLUIDS),
        ("multitude", words.MULTITUDES),
        ("measure", words.MEASURES),
        ("holds", words.CONTAINER_MEASURES),
        ("measure", words.CONTAINER_MEASURES),
        ("measure", words.GROUP_MEASURES),
        ("passing", PASSING),
        ("camera", scenery.CAMERA_WORDS),
        ("frame", scenery.FRAME_WORDS),
        ("skip", ("角度", "视角", "速度", "样子", "过程", "方向", "瞬间地", "力量", "力道")),
        ("height", ("高度", "地方", "处", "高处", "高空", "位置", "空中", "半空")),
        ("of", ("的",)),
        ("this", ("这", "那", "该", "此")),
        ("ordinal", ("第",)),
    )


_GROUP_NOUNS = {"队伍": "in_row", "队列": "in_row", "塔": "stacked", "积木塔": "stacked",
                "金字塔": "stacked", "高塔": "stacked", "骨牌阵": "in_row"}  # fmt: skip
"""Nouns for how several things stand."""
