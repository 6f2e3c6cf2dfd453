"""Whether a web page holds all that it shows, and shows what its run did."""

import base64
import binascii
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from pipeline.export.findings import Finding, broken
from pipeline.export.gltf.checking import compared, motion_beside

SCENE_ID = "scene"
_FETCHING = {"src", "href", "srcset", "data", "poster", "action", "formaction", "background"}
"""Attributes by which a page loads, or goes to, something else."""
_STYLED = re.compile(r"url\(\s*['\"]?(?!data:)|@import", re.IGNORECASE)


class _Parts(HTMLParser):
    """What stands in a page: its scene, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.scenes: list[str] = []
        self.loads: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = f"{tag} {given.get('id', '')}" if tag in ("script", "style") else ""
        if self._inside == f"script {SCENE_ID}":
            self.scenes.append("")
        for name in _FETCHING & set(given):
            value = given[name] or ""
            if not value.startswith(("data:", "#")):
                self.loads.append(f"<{tag} {name}={value[:60]!r}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == f"script {SCENE_ID}":
            self.scenes[-1] += data
        elif self._inside.startswith("style") and _STYLED.search(data):
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
    for load in dict.fromkeys(_parts(page).loads):
        yield broken(f"it loads something from elsewhere: {load}")
    try:
        scene = scene_in(page)
    except ValueError as error:
        yield broken(str(error))
        return
    yield from compared(scene, motion_beside(path))


def _parts(page: str) -> _Parts:
    parts = _Parts()
    parts.feed(page)
    parts.close()
    return parts
