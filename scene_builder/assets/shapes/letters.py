"""Words as raised letters."""

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import manifold3d
import numpy as np
from jaxtyping import Bool

from scene_builder.assets.shapes.polygons import convex_pieces, simplified
from scene_builder.assets.shapes.solid import Solid, solid_of
from scene_builder.model.arrays import Array

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

FONTS = ("Inter.woff2", "Noto Sans CJK Regular.woff2")
"""Fonts that come with Blender: for Latin, Greek and Cyrillic letters, and for East Asian ones."""

EAST_ASIA = 0x2E80
"""Letters from here on are East Asian."""

LETTER_PX = 320
"""Height at which a line is drawn before its outlines are taken."""

SMOOTH_PX = 0.9
"""Outlines keep to the drawn edge as well as this: the steps of its pixels are gone."""

CORNERS = 3
"""Fewer enclose nothing."""

MOST_LINES = 4
MOST_LETTERS = 80

PIECES_SHARE = 0.01
"""Dents of letters up to this share of their height are filled in what others touch."""

LINE_SPACE = 1.25
"""From one line to the next, in heights of a line."""

BOLD_SEGMENTS = 16
"""Corners of a circle about the ends of broadened strokes."""


def letters(
    text: str, width: float, height: float, depth: float, *, bold: float = 0.0
) -> Solid | None:
    """Return words as letters that stand up from z = 0, centred, as large as fits.

    Args:
        text: What they say; East Asian text is one line, other text breaks between words.
        width: Room along X [m].
        height: Room along Y [m].
        depth: How far they stand up [m].
        bold: By how much their strokes are broadened at each side [m].

    Returns:
        Closed letters without convex pieces; None where nothing of the text can be drawn.
    """
    section = _set(text, width, height, MOST_LINES)
    if section is None:
        return None
    if bold > 0:
        round_corners = manifold3d.JoinType.Round
        section = section.offset(bold, round_corners, circular_segments=BOLD_SEGMENTS)
        section = section.simplify(bold / BOLD_SEGMENTS)
    return solid_of(manifold3d.Manifold.extrude(section, depth))


def thick_letters(text: str, height: float, depth: float) -> Solid | None:
    """Return one line of words as letters that stand up from z = 0, with convex pieces.

    Args:
        text: What they say.
        height: Of the line, along Y, which is centred [m].
        depth: How far they stand up [m].

    Returns:
        Closed letters; None where nothing of the text can be drawn.
    """
    section = _set(text, np.inf, LINE_SPACE * height, 1)
    if section is None:
        return None
    body = solid_of(manifold3d.Manifold.extrude(section, depth))
    tolerance = PIECES_SHARE * height
    loops = [simplified(np.asarray(loop), tolerance / 2) for loop in section.to_polygons()]
    hulls = tuple(
        np.concatenate([np.column_stack([p, np.full(len(p), z)]) for z in (0.0, depth)])
        for p in convex_pieces(loops, tolerance)
    )
    return Solid(vertices=body.vertices, triangles=body.triangles, hulls=hulls)


def _set(text: str, width: float, height: float, most_lines: int) -> manifold3d.CrossSection | None:
    """Return words as outlines about the origin, as large as fits [m]."""
    words = text[:MOST_LETTERS].split()
    best: tuple[float, list[str]] | None = None
    for count in range(1, min(most_lines, len(words)) + 1):
        lines = _lines(words, count)
        widest = max(_mask(line).shape[1] for line in lines)
        scale = min(width / max(widest, 1), height / (LINE_SPACE * LETTER_PX * len(lines)))
        if best is None or scale > best[0]:
            best = scale, lines
    if best is None:
        return None
    scale, lines = best
    rows: list[manifold3d.CrossSection] = []
    for k, line in enumerate(lines):
        mask = _mask(line)
        section = _outline(mask)
        down = ((len(lines) - 1) / 2 - k) * LINE_SPACE * LETTER_PX
        rows.append(section.translate((-mask.shape[1] / 2, down - mask.shape[0] / 2)))
    whole = manifold3d.CrossSection.batch_boolean(rows, manifold3d.OpType.Add)
    return None if whole.is_empty() else whole.scale((scale, scale))


def _lines(words: list[str], count: int) -> list[str]:
    """Return words on so many lines of about the same length."""
    total = sum(len(word) + 1 for word in words)
    lines: list[str] = [""]
    for word in words:
        full = len(lines[-1]) + len(word) / 2 > total / count
        if lines[-1] and full and len(lines) < count:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@lru_cache(maxsize=64)
def _mask(line: str) -> Bool[Array, "h w"]:
    """Return where a line's ink is, its rows from top to bottom."""
    from PIL import Image, ImageDraw

    font = _font(line)
    left, high, right, low = (int(edge) for edge in font.getbbox(line))
    picture = Image.new("L", (max(right - left, 1) + 2, max(low - high, 1) + 2))
    ImageDraw.Draw(picture).text((1 - left, 1 - high), line, fill=255, font=font)
    return np.asarray(picture) > 127  # noqa: PLR2004


def _outline(mask: Bool[Array, "h w"]) -> manifold3d.CrossSection:
    """Return the ink of a line as outlines, Y up [px]: rows of it joined, and their steps cut."""
    height = mask.shape[0]
    bars = []
    for row, ink in enumerate(mask):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], ink.astype(np.int8), [0]])))
        for start, end in edges.reshape(-1, 2).tolist():
            y = height - 1 - row
            bars.append(np.array([(start, y), (end, y), (end, y + 1), (start, y + 1)], np.float64))
    if not bars:
        return manifold3d.CrossSection()
    stepped = manifold3d.CrossSection(bars, manifold3d.FillRule.NonZero)
    loops = [simplified(np.asarray(loop), SMOOTH_PX) for loop in stepped.to_polygons()]
    loops = [np.array(loop, np.float64, order="C") for loop in loops if len(loop) >= CORNERS]
    return manifold3d.CrossSection(loops, manifold3d.FillRule.Positive)


@lru_cache(maxsize=8)
def _font(line: str) -> "FreeTypeFont | ImageFont":
    from PIL import ImageFont

    name = FONTS[any(ord(letter) >= EAST_ASIA for letter in line)]
    spec = importlib.util.find_spec("bpy")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).glob(f"*/datafiles/fonts/{name}")):
            return ImageFont.truetype(path, LETTER_PX)
    return ImageFont.load_default(LETTER_PX)
