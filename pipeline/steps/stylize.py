"""Frames become finished pictures: styled/."""

import shutil
from collections.abc import Sequence

from pipeline.cache import Done, Site, Step
from pipeline.run_folder.atomic import explained
from pipeline.run_folder.pictures import Pictures, picture_path, pictures_in, write_picture
from pipeline.steps.render import Frames
from render.shot import Shot
from render.stylize.stylizer import Stylizer
from scene_builder.model.chance import stream
from scene_builder.model.graph import Look

PLAIN = "plain"
STYLIZERS = {
    "toon": ("toon", "cartoon", "cel", "cel shaded", "comic", "anime", "drawn", "ink"),
    PLAIN: (PLAIN, "photoreal", "photorealistic", "realistic", "natural", "cinematic"),
}
"""Style words that a built-in stylizer serves."""


def stylize(
    shot: Shot, frames: Frames, look: Look, stylizer: Stylizer, seed: int, *, site: Site
) -> Done[Pictures]:
    """Give every frame its look."""
    folder = site.folder.styled
    with explained(folder):
        if folder.exists():
            shutil.rmtree(folder)
    total = shot.trajectory.frame_count
    pictures = stylizer.stylize(shot, frames, look, stream(seed, "stylize"))
    for k, picture in enumerate(pictures):
        write_picture(picture_path(folder, k), picture)
        site.progress.frames("stylize", k + 1, total, None)
    return Done(pictures_in(folder), repairs=_unserved(look.style, stylizer))


def stylizer_for(style: str | None, offers: Sequence[str]) -> str:
    """Return the name of the stylizer that serves a style word.

    Args:
        style: What the words or the user ask for; None for no wish.
        offers: Names of all stylizers that there are.
    """
    if style is None:
        return PLAIN
    word = _plain_word(style)
    if word in offers:
        return word
    return next((name for name, words in STYLIZERS.items() if word in words), PLAIN)


def _unserved(style: str | None, stylizer: Stylizer) -> tuple[str, ...]:
    """Say so if tone mapping stands in for a style that nothing draws."""
    plain = type(stylizer).__name__.lower().startswith(PLAIN)
    if style is None or not plain or _plain_word(style) in STYLIZERS[PLAIN]:
        return ()
    return (f"no stylizer draws {style!r} yet; the frames are tone-mapped and nothing else",)


def _plain_word(style: str) -> str:
    word = style.strip().lower().replace("_", " ").replace("-", " ")
    return word.removesuffix(" style").strip()


STYLIZE: Step[Pictures] = Step(
    name="stylize", version=3, work=stylize, streams=True,
    save=lambda folder, pictures: pictures.paths, load=lambda folder: pictures_in(folder.styled),
)  # fmt: skip
