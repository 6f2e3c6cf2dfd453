"""One web page that holds a GLB file and plays it with <model-viewer>: no network, no other file.

The viewer lies in the package as its authors publish it (model_viewer/about.json says where), and
goes into every page whole: opened as `file://`, a page may load nothing.
"""

import base64
import gzip
import hashlib
import html
import re
from functools import cache
from importlib.resources import files

_MARK = re.compile("@([A-Z]+)@")
_MAP_COMMENT = "\n//# sourceMappingURL="


def page_with(glb: bytes, *, title: str, credits: str = "") -> str:
    """Return a page that plays a GLB file.

    Args:
        glb: What it plays, as `glb_bytes` writes it.
        title: What it shows, in words.
        credits: Whose work it shows: a page of text.
    """
    inside = {
        "TITLE": html.escape(title),
        "CREDITS": html.escape(credits),
        "NOTICES": html.escape(_vendored("notices.txt").decode()),
        "POLICY": policy(),
        "SCENE": base64.b64encode(glb).decode(),
        "VIEWER": viewer_script(),
        "PLAYER": player_script(),
    }
    page = files("pipeline.scene_page").joinpath("viewer.html").read_text("utf-8")
    return _MARK.sub(lambda found: inside[found[1]], page)


def policy() -> str:
    """Return what a page may do, as a content security policy says it: nothing but play itself."""
    return f"default-src 'none'; style-src 'unsafe-inline'; {playing_policy()}"


def playing_policy() -> str:
    """Return what playing needs, as directives of a content security policy.

    The two scripts that are written in the page run, and read the scene and its pictures out of
    it; a decoder in <model-viewer> that no scene of ours needs is WebAssembly. A page in a frame is
    held to the policy of the page around it as well.
    """
    scripts = " ".join(script_hash(script) for script in (viewer_script(), player_script()))
    return f"script-src {scripts} 'wasm-unsafe-eval'; img-src data: blob:; connect-src blob:"


def script_hash(script: str) -> str:
    """Return a script as a policy's `script-src` names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def viewer_script() -> str:
    """Return the script of <model-viewer>, without the address of its source map."""
    return gzip.decompress(_vendored("model-viewer.min.js.gz")).decode().partition(_MAP_COMMENT)[0]


@cache
def player_script() -> str:
    """Return the script of the page's own controls."""
    return files("pipeline.scene_page").joinpath("player.js").read_text("utf-8")


def _vendored(name: str) -> bytes:
    return files("pipeline.scene_page").joinpath("model_viewer", name).read_bytes()
