"""Captions: which words stand under which frames, and how they are drawn into the pictures.

They are drawn into the film, because browsers and many players show no subtitle track.
"""

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import UInt8

from render.frames import Picture
from scene_builder.model.arrays import Array

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont
else:  # types are looked up while tests run
    FreeTypeFont = ImageFont = object

MAX_LINES = 2
LINE_SHARE = 0.055
"""Height of the letters, as a share of the picture's."""
_SMALLEST_PX = 7
_WIDTH_SHARE, _MARGIN_SHARE = 0.88, 0.05
_OVERSAMPLING = 3
_NARROWINGS = tuple(0.4 + 0.05 * k for k in range(12))
_VEIL = (0, 0, 0, 150)
_INK = (255, 255, 255, 255)
_LATIN, _EAST_ASIAN = "Inter.woff2", "Noto Sans CJK Regular.woff2"
_NEVER_FIRST = "，。！？；：、」』”’）》〉】…,.!?;:)"
_EAST_ASIA = ((0x2E80, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that stand under the frames `start` … `end` - 1 of the film."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(self.lines)


def cues_of(
    captions: Sequence[str], frame_counts: Sequence[int], *, size_px: tuple[int, int]
) -> tuple[Cue, ...]:
    """Return the cues of a film whose shots have these captions and lengths.

    A caption that takes more than two lines is shown in several parts, each for as long as its
    share of the letters.
    """
    cues: list[Cue] = []
    first = 0
    for caption, count in zip(captions, frame_counts, strict=True):
        lines = _wrapped(caption, size_px)
        parts = [tuple(lines[k : k + MAX_LINES]) for k in range(0, len(lines), MAX_LINES)][:count]
        letters = np.cumsum([0, *(sum(map(len, part)) for part in parts)])
        bounds = [first + round(count * int(n) / max(1, int(letters[-1]))) for n in letters]
        cues += [
            Cue(start=start, end=end, lines=part)
            for start, end, part in zip(bounds, bounds[1:], parts, strict=False)
            if end > start
        ]
        first += count
    return tuple(cues)


def drawn(picture: Picture, lines: tuple[str, ...]) -> Picture:
    """Return a picture (h w 3) uint8 with lines of words at its lower edge."""
    height, width = picture.shape[:2]
    overlay = _overlay(lines, (width, height)).astype(np.float32)
    alpha = overlay[..., 3:] / 255
    mixed = overlay[..., :3] * alpha + picture * (1 - alpha)
    return np.asarray(np.rint(mixed), np.uint8)


def srt_of(cues: Sequence[Cue], fps: float) -> str:
    """Return cues as a subtitle file (SubRip), for players and search engines."""
    blocks = [
        f"{k}\n{_clock(cue.start / fps)} --> {_clock(cue.end / fps)}\n" + "\n".join(cue.lines)
        for k, cue in enumerate(cues, start=1)
    ]
    return "\n\n".join(blocks) + "\n"


@lru_cache(maxsize=4)
def _overlay(lines: tuple[str, ...], size_px: tuple[int, int]) -> UInt8[Array, "h w 4"]:
    """The veil and the words on it, drawn large and made small: letters keep their distances."""
    from PIL import Image, ImageDraw

    width, height = (_OVERSAMPLING * edge for edge in size_px)
    letter = _OVERSAMPLING * _letter_px(size_px[1])
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    font = _font("".join(lines), letter)
    step, pad = 1.3 * letter, 0.35 * letter
    bottom = height * (1 - _MARGIN_SHARE)
    top = bottom - step * len(lines) - 2 * pad
    half = max(font.getlength(line) for line in lines) / 2 + 2 * pad
    box = (width / 2 - half, top, width / 2 + half, bottom)
    draw.rounded_rectangle(box, radius=2 * pad, fill=_VEIL)
    for k, line in enumerate(lines):
        place = (width / 2, top + pad + step * (k + 0.5))
        draw.text(place, line, font=font, fill=_INK, anchor="mm")
    return np.asarray(image.resize(size_px, Image.Resampling.BOX))


def _wrapped(text: str, size_px: tuple[int, int]) -> list[str]:
    """The fewest lines that hold a caption, each about as long as the others."""
    width, height = size_px
    font = _font(text, _OVERSAMPLING * _letter_px(height))
    room = _OVERSAMPLING * width * _WIDTH_SHARE
    fewest = _lines(text, font, room)
    narrower = (_lines(text, font, room * share) for share in _NARROWINGS)
    return next((lines for lines in narrower if len(lines) == len(fewest)), fewest)


def _lines(text: str, font: FreeTypeFont | ImageFont, room: float) -> list[str]:
    """A caption in lines; where there are no spaces, as in Chinese, broken between any letters."""
    lines: list[str] = []
    for piece in _pieces(text):
        joined = lines[-1] + piece if lines else piece.lstrip()
        if lines and font.getlength(joined.rstrip()) <= room:
            lines[-1] = joined
        elif lines or piece.strip():
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """What may not be broken: words, or East Asian letters with the marks behind them."""
    pieces: list[str] = []
    for word in text.split():
        letters = [word]
        if any(map(_is_east_asian, word)):
            letters = re.findall(rf".[{_NEVER_FIRST}]*", word)
        pieces += [" " + letters[0], *letters[1:]]
    return pieces


def _letter_px(height: int) -> int:
    return max(_SMALLEST_PX, round(height * LINE_SHARE))


def _is_east_asian(letter: str) -> bool:
    return any(low <= ord(letter) <= high for low, high in _EAST_ASIA)


def _font(text: str, size_px: int) -> FreeTypeFont | ImageFont:
    return _font_named(_EAST_ASIAN if any(map(_is_east_asian, text)) else _LATIN, size_px)


@lru_cache(maxsize=8)
def _font_named(name: str, size_px: int) -> FreeTypeFont | ImageFont:
    """A font that comes with Blender; without Blender, the one of the picture library."""
    from PIL import ImageFont

    spec = importlib.util.find_spec("bpy")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).glob(f"*/datafiles/fonts/{name}")):
            return ImageFont.truetype(path, size_px)
    return ImageFont.load_default(size_px)


def _clock(seconds: float) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, secs = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{secs:02d},{milliseconds:03d}"
