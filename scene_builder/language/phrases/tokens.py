"""Words and marks, where they stand."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from scene_builder.knowledge.words.closed import listed

DETERMINERS = listed("""
a an the this that these those its his her their my your our another each every all both no
""")
STOPS = listed("""
on off in into onto inside under above over below beneath behind beside between near by from of
at to toward towards against around across along down up through past with without and or but
then while when as until before after which that who it they them he she him is are was were be
been being has have had does do did not there out upon atop within next left right front if
because so also than where one it's alongside underneath during for
""")
_TOKEN = re.compile(
    r"(?:that|what|who|which|where|here|something|nothing|one)(?='s\b)|"
    r"[a-z0-9'][a-z0-9'-]*|[^\sa-z0-9]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, where it stands."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of lower-case text, letters without their accents."""
    plain = "".join(map(_plain, text))
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(plain)]


@cache
def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0]
    return bare if letter.isalpha() and bare.isascii() else letter
