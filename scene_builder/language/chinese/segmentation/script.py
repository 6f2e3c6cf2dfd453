"""Scripts: which prompts are Chinese, and one form for simplified, traditional and wide letters."""

import functools
import re
from typing import Any

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_LEAST_SHARE = 0.5
_WIDE_FIRST, _WIDE_LAST, _WIDE_SHIFT = 0xFF01, 0xFF5E, 0xFEE0
_VARIANTS = {
    "著": "着", "妳": "你", "牠": "它", "祂": "它", "裏": "里", "佈": "布", "摺": "折", "盪": "荡",
    "檯": "台", "枱": "台", "羣": "群", "牀": "床", "乾": "干", "簷": "檐", "\u3000": " ",
    "“": '"', "”": '"', "「": '"', "」": '"',
}  # fmt: skip
"""Letters that a table for the letters of books leaves as they are."""


def is_chinese(prompt: str) -> bool:
    """Whether the Chinese reader reads `prompt`.

    It does where at least half of the units are Chinese characters, a word in Latin letters
    counting as one unit; so `一个 ball 从桌上滚下来` is Chinese and `a lantern with the sign 福` is
    not. Text with kana or hangul is Japanese or Korean, and not read as Chinese.
    """
    han = len(_HAN.findall(prompt))
    if not han or _KANA_OR_HANGUL.search(prompt):
        return False
    return han >= _LEAST_SHARE * (han + len(_LATIN_WORD.findall(prompt)))


def simplified(text: str) -> str:
    """Return `text` in simplified characters and narrow letters, every letter at its place.

    Characters are turned one by one with the tables of OpenCC (Carbo Kuo and others, 2010-2026),
    so that the result is as long as `text` and an offset in one is an offset in the other.
    """
    return "".join(map(_simplified_letter, text))


@functools.lru_cache(maxsize=8192)
def _simplified_letter(letter: str) -> str:
    if _WIDE_FIRST <= ord(letter) <= _WIDE_LAST:
        letter = chr(ord(letter) - _WIDE_SHIFT)
    if letter in _VARIANTS:
        return _VARIANTS[letter]
    if letter.isascii():
        return letter.lower()
    turned = str(_converter().convert(letter)) if _HAN.match(letter) else letter.lower()
    turned = _VARIANTS.get(turned, turned)
    return turned if len(turned) == 1 else letter


@functools.cache
def _converter() -> Any:  # noqa: ANN401 - its package has no annotations
    from opencc import OpenCC

    return OpenCC("t2s")
