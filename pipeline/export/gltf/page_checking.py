"""Whether a web page holds all that it shows, and shows what its run did."""

import base64
import binascii
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from pipeline.export.findings import Finding, broken
from pipeline.export.gltf.checking import compared, motion_beside
from pipeline.scene_page.page import player_script, policy, viewer_script

SCENE_ID, VIEWER_ID = "scene", "view"
_FETCHING = {
    "src", "href", "srcset", "data", "poster", "action", "formaction", "background",
    "environment-image", "skybox-image", "ios-src", "material-variants-src",
}  # fmt: skip
"""Attributes by which a page, or a viewer in it, loads or goes to something else."""
_WITHIN = ("data:", "#", "neutral", "legacy")
"""How values begin that need nothing from elsewhere; two are lights that <model-viewer> holds."""
_RUN = ("", "module", "text/javascript", "application/javascript")
"""Types of scripts that run; others are data."""
_STYLED = re.compile(r"url\(\s*['\"]?(?!data:)|@import", re.IGNORECASE)


class _Parts(HTMLParser):
    """What stands in a page: its scene, its scripts, what it may do, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.scenes: list[str] = []
        self.scripts: list[str] = []
        self.policies: list[str] = []
        self.viewers = 0
        self.loads: list[str] = []
        self._inside: list[str] | None = None
        self._styling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._styling = tag == "style"
        if tag == "script":
            runs = given.get("type", "") in _RUN
            self._inside = self.scripts if runs else self.scenes
            if runs or given.get("id") == SCENE_ID:
                self._inside.append("")
            else:
                self._inside = None
        elif tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append("" if self.scripts else given.get("content", ""))
        elif tag == "model-viewer" and given.get("id") == VIEWER_ID:
            self.viewers += 1
        for name in sorted(_FETCHING & set(given)):
            if not given[name].startswith(_WITHIN):
                self.loads.append(f"<{tag} {name}={given[name][:60]!r}>")
        if _STYLED.search(given.get("style", "")):
            self.loads.append(f"a picture in the style of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside, self._styling = None, False

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._inside[-1] += data
        elif self._styling and _STYLED.search(data):
            self.loads.append("a style sheet or picture in <style>")


def scene_in(page: str) -> bytes:
    """Return the GLB file that a page plays.

    Raises:
        ValueError: If it holds none, or several, or something else.
    """
    parts = _parts(page)
    if len(parts.scenes) != 1:
        raise ValueError(f"it holds {len(parts.scenes)} scenes; one is needed")
    try:
        return base64.b64decode(parts.scenes[0].strip(), validate=True)
    except binascii.Error as error:
        raise ValueError(f"its scene is damaged: {error}") from error


def findings_in(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a page; its scene is held against its run if it lies in one."""
    try:
        page = path.read_text("utf-8")
    except UnicodeDecodeError:
        return (broken("it is no text in UTF-8"),)
    return tuple(_findings(page, path))


def _findings(page: str, path: Path) -> Iterator[Finding]:
    parts = _parts(page)
    for load in dict.fromkeys(parts.loads):
        yield broken(f"it loads something from elsewhere: {load}")
    yield from (broken(text) for text in _player_faults(parts))
    try:
        scene = scene_in(page)
    except ValueError as error:
        yield broken(str(error))
        return
    yield from compared(scene, motion_beside(path))


def _player_faults(parts: _Parts) -> Iterator[str]:
    if parts.viewers != 1:
        yield f"it holds {parts.viewers} viewers; one <model-viewer> is needed"
    if parts.policies != [policy()]:
        yield "its content security policy, ahead of all scripts, is not what the exporter writes"
    if parts.scripts != [viewer_script(), player_script()]:
        yield "its scripts are not those of the exporter, and no browser runs them; export it again"


def _parts(page: str) -> _Parts:
    parts = _Parts()
    parts.feed(page)
    parts.close()
    return parts
