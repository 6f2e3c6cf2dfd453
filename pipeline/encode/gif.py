"""Animated GIF: for where no film can be shown."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from pipeline.run_folder.atomic import write_with
from render.frames import Picture
from scene_builder.model.errors import EncodeError

_CENTISECONDS = 100
_LEAST_DELAY = 2
"""Browsers slow down what asks for less than 2/100 s a picture."""


def encode_gif(
    path: Path, pictures: Iterable[Picture], *, fps: Fraction, comment: str = ""
) -> Path:
    """Write pictures as a GIF that repeats for ever.

    GIF counts in 1/100 s; pictures that come too fast for it are left out evenly, and delays
    alternate so that the whole lasts as long as the film.

    Args:
        path: Where.
        pictures: What is shown.
        fps: Pictures per second.
        comment: What the file says about itself; empty for nothing.

    Raises:
        EncodeError: If there are no pictures.
        RunFolderError: If the file cannot be written.
    """
    from PIL import Image

    images: list[Image.Image] = []
    starts: list[int] = []
    count = 0
    for k, picture in enumerate(pictures):
        start = round(_CENTISECONDS * k / fps)
        if not starts or start - starts[-1] >= _LEAST_DELAY:
            palette = Image.Palette.ADAPTIVE
            images.append(Image.fromarray(picture).convert("P", palette=palette, colors=256))
            starts.append(start)
        count = k + 1
    if not images:
        raise EncodeError("there are no pictures to encode; stylize first")
    ends = [*starts[1:], max(round(_CENTISECONDS * count / fps), starts[-1] + _LEAST_DELAY)]
    delays = [10 * (end - start) for start, end in zip(starts, ends, strict=True)]
    write_with(
        path,
        lambda temporary: images[0].save(
            temporary,
            "GIF",
            save_all=True,
            append_images=images[1:],
            duration=delays,
            loop=0,
            comment=comment.encode(),
        ),
    )
    return path
