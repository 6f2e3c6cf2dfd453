"""The built-in styles: what each is called, in whose words, and how it may be measured."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["flat", "soft", "stroke"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One look.

    Attributes:
        name: What it is called in the program.
        words: What it is, in words that a sentence encoder compares with a user's; the same
            in Chinese at the end.
        keeps_colors: Whether a red ball stays red in it.
        kind: `stroke` (texture of strokes), `soft` (washes), or `flat` (even areas): how much
            its texture may differ from frame to frame.
        painted: Whether a painter makes its training targets; if not, they are renders with
            many samples.
    """

    name: str
    words: str
    keeps_colors: bool
    kind: Kind
    painted: bool = True


STYLES: tuple[Style, ...] = (
    Style(
        name="oil", keeps_colors=True, kind="stroke",
        words="oil painting on canvas, thick impasto brush strokes, impressionist, Van Gogh, "
        "Monet, painterly, acrylic, palette knife; 油画 厚涂 印象派 梵高 莫奈",
    ),
    Style(
        name="watercolor", keeps_colors=True, kind="soft",
        words="watercolour painting on paper, aquarelle, wet wash, granulating pigment, soft "
        "bleeding edges, gouache, storybook illustration; 水彩 水彩画 绘本 晕染",
    ),
    Style(
        name="pencil", keeps_colors=False, kind="stroke",
        words="pencil drawing, graphite sketch, hatching on paper, charcoal, hand drawn, "
        "black and white sketchbook study; 铅笔画 素描 炭笔 手绘 速写",
    ),
    Style(
        name="ink", keeps_colors=False, kind="stroke",
        words="pen and ink drawing, cross-hatching, engraving, etching, woodcut, brush lines "
        "on warm paper, sumi-e, manga; 水墨 钢笔画 版画 木刻 漫画线稿",
    ),
    Style(
        name="toon", keeps_colors=True, kind="flat",
        words="cartoon, cel shading, anime, comic book, clean outlines and flat colours, "
        "animated series, Ghibli; 卡通 动画 动漫 赛璐璐 漫画",
    ),
    Style(
        name="clay", keeps_colors=True, kind="soft",
        words="claymation, plasticine, modelling clay, stop motion, fingerprints, Aardman, "
        "matte soft studio light, toy-like; 黏土 橡皮泥 定格动画 泥塑",
    ),
    Style(
        name="pixel", keeps_colors=True, kind="flat",
        words="pixel art, 8-bit, 16-bit, retro video game, low resolution sprites, limited "
        "palette, dithering; 像素 像素画 像素风 复古游戏",
    ),
    Style(
        name="papercut", keeps_colors=True, kind="flat",
        words="paper cut-out, layered construction paper, collage, kirigami, flat shapes with "
        "drop shadows, poster of bold flat colours, vintage propaganda poster; 剪纸 纸艺 拼贴 海报",
    ),
    Style(
        name="noir", keeps_colors=False, kind="soft",
        words="film noir, black and white film, high contrast, film grain, silent movie, "
        "vintage cinema, 1940s, moody; 黑白电影 老电影 胶片 黑色电影",
    ),
    Style(
        name="photoreal", keeps_colors=True, kind="soft", painted=False,
        words="photorealistic, realistic photograph, live action, natural light, cinematic, "
        "high fidelity render; 写实 逼真 照片 真实 电影感",
    ),
)  # fmt: skip
"""All styles; a model knows a style by its place here, so new ones go to the end."""
ON_A_GRID = ("pixel",)
"""Styles whose paint lies on the picture's own grid: carried along a motion it would blur."""


def style_named(name: str) -> Style:
    """Return a style.

    Raises:
        KeyError: If there is none of that name.
    """
    return {style.name: style for style in STYLES}[name]
