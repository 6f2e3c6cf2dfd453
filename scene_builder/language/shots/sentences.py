"""A page as sentences, and its title."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ENDS = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]]))\s+(?=[\"'“‘(\[]?[^\W_])|(?<=[。！？])\s*|(?<=[。！？][」』”])\s*"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|prof|vs|etc|e\.g|i\.e|approx|no|fig|jr|sr)|\b[A-Z])\.$", re.IGNORECASE
)
_WIDE_MARKS = "。！？…」』”"
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|[-*+•]\s+|\d{1,2}[.)]\s+|>\s*)")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_CLOSED = re.compile(r"[.!?…。！？:;][\"'”’)\]」』]*$")
_TITLE_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of words.

    Attributes:
        title: Its first line, if that is no sentence.
        sentences: Its sentences, white space made plain.
    """

    title: str
    sentences: tuple[str, ...]


def page_of(text: str) -> Page:
    """Return the sentences of a page, in English or Chinese.

    Paragraphs and list items end a sentence. A short first line without a full stop is the title.
    """
    blocks = _blocks(text)
    title = ""
    if len(blocks) > 1 and not _CLOSED.search(blocks[0]) and _is_short(blocks[0]):
        title, blocks = blocks[0], blocks[1:]
    sentences = [sentence for block in blocks for sentence in _split(block)]
    return Page(title=title, sentences=tuple(sentences))


def text_of(sentences: Iterable[str]) -> str:
    """Return sentences as running text, with a space where their script has one."""
    text = ""
    for sentence in sentences:
        text += sentence if not text or text[-1] in _WIDE_MARKS else f" {sentence}"
    return text


def _blocks(text: str) -> list[str]:
    """Paragraphs, headings and list items; a line inside of one goes on with it."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        plain = _MARKUP.sub("", line)
        if plain != line or not plain.strip():
            blocks.append([])
        if plain.strip():
            blocks[-1].append(plain.strip())
        if _HEADING.match(line):
            blocks.append([])
    return [re.sub(r"\s+", " ", " ".join(block)) for block in blocks if block]


def _split(block: str) -> list[str]:
    sentences: list[str] = []
    for piece in _ENDS.split(block):
        if sentences and _ABBREVIATED.search(sentences[-1]):
            sentences[-1] = f"{sentences[-1]} {piece}"
        elif piece and piece.strip():
            sentences.append(piece.strip())
    return sentences


def _is_short(line: str) -> bool:
    return len(line.split()) <= _TITLE_WORDS
