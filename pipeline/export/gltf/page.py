"""One web page that holds a GLB file and plays it: no network, no other file.

The player is our own (viewer.html, WebGL 2): it has to work from `file://`, where a page may load
nothing, and a third party's player would weigh more than most scenes.
"""

import base64
import html
from importlib.resources import files

SCENE_MARK, TITLE_MARK, CREDITS_MARK = "@SCENE@", "@TITLE@", "@CREDITS@"


def page_with(glb: bytes, *, title: str, credits: str = "") -> str:
    """Return a page that plays a GLB file.

    Args:
        glb: What it plays, as `glb_bytes` writes it.
        title: What it shows, in words.
        credits: Whose work it shows: a page of text.
    """
    page = files("pipeline.export.gltf").joinpath("viewer.html").read_text("utf-8")
    page = page.replace(TITLE_MARK, html.escape(title)).replace(CREDITS_MARK, html.escape(credits))
    return page.replace(SCENE_MARK, base64.b64encode(glb).decode())
