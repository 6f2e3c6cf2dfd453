"""Frames of the film as small pictures inside of the page."""

import base64
import io
from functools import lru_cache
from pathlib import Path

from pipeline.run_folder.pictures import picture_path

WIDTH_PX = 208
QUALITY = 72
BOARD_WIDTH_PX = 1600
"""A storyboard is drawn no wider than this."""


@lru_cache(maxsize=256)
def embedded_jpeg(path: Path, width_px: int = WIDTH_PX) -> str:
    """Return a picture as a JPEG no wider than `width_px`, as a data address; "" without one."""
    from PIL import Image

    try:
        with Image.open(path) as image:
            small = image.convert("RGB")
            if small.width > width_px:
                height = max(1, round(small.height * width_px / small.width))
                small = small.resize((width_px, height), Image.Resampling.LANCZOS)
            out = io.BytesIO()
            small.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    except (OSError, SyntaxError, ValueError):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


def thumbnail(styled: Path, frame: int) -> str:
    """Return the finished picture of a frame, small; "" where there is none."""
    return embedded_jpeg(picture_path(styled, frame))
