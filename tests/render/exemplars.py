"""Pictures to paint after, made here: dabs of many colours, hatching on paper, a flat poster."""

import numpy as np
from PIL import Image, ImageDraw

SIZE_PX = (320, 240)


def dabs(seed: int = 0) -> Image.Image:
    """Level dabs of a brush: violets, blues and greens, some rose."""
    rng = np.random.default_rng(seed)
    width, height = SIZE_PX
    picture = Image.new("RGB", (2 * width, 2 * height), (96, 120, 150))
    draw = ImageDraw.Draw(picture)
    inks = np.array([(120, 150, 190), (70, 110, 130), (170, 160, 200), (90, 130, 90),
                     (215, 175, 190), (60, 85, 120)])  # fmt: skip
    for _ in range(5200):
        x, y = rng.uniform(0, 2 * width), rng.uniform(0, 2 * height)
        tone = 60 * (y / (2 * height) - 0.5)
        ink = inks.mean(0) + 0.75 * (inks[rng.integers(len(inks))] - inks.mean(0))
        ink = np.clip(ink + tone + rng.normal(0, 9, 3), 0, 255)
        length, slant = rng.uniform(10, 20), rng.normal(0, 0.25)
        ahead = length * np.cos(slant), length * np.sin(slant)
        draw.line([x - ahead[0], y - ahead[1], x + ahead[0], y + ahead[1]],
                  fill=tuple(ink.astype(int).tolist()), width=int(rng.integers(7, 12)))  # fmt: skip
    return picture.resize(SIZE_PX, Image.Resampling.LANCZOS)


def hatching(seed: int = 0) -> Image.Image:
    """Pencil on paper, all strokes down to the left, denser towards the right."""
    rng = np.random.default_rng(seed)
    width, height = SIZE_PX
    picture = Image.new("L", (2 * width, 2 * height), 246)
    draw = ImageDraw.Draw(picture)
    for _ in range(2600):
        x, y = 2 * width * np.sqrt(rng.uniform()), rng.uniform(0, 2 * height)
        length, slant = rng.uniform(14, 34), -0.9 + rng.normal(0, 0.06)
        ahead = length * np.cos(slant), length * np.sin(slant)
        draw.line([x - ahead[0], y - ahead[1], x + ahead[0], y + ahead[1]],
                  fill=int(rng.uniform(122, 200)), width=3)  # fmt: skip
    return picture.resize(SIZE_PX, Image.Resampling.LANCZOS)


def poster() -> Image.Image:
    """Five even colours with hard borders."""
    width, height = SIZE_PX
    picture = Image.new("RGB", SIZE_PX, (240, 226, 196))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 0), (width * 0.7, 0), (0, height * 0.6)], fill=(229, 160, 60))
    draw.ellipse([90, 40, 220, 170], fill=(206, 54, 40))
    draw.rectangle([0, 150, width, height], fill=(24, 95, 104))
    draw.rectangle([180, 100, 260, height], fill=(20, 40, 66))
    return picture
