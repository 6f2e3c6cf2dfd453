"""Does a run name author, source and licence of everything that it shows?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pipeline.credits import SURROUNDINGS
from pipeline.run_folder.documents import MAX_DOCUMENT_BYTES
from scene_builder.model.errors import RunFolderError

STAGE: Final = "stage.json"
MANIFEST: Final = "manifest.json"
_NEEDED: Final = ("name", "source", "author", "licence")
_NOTHING: Final = frozenset({"", "unknown", "none", "n/a", "?", "tbd", "todo"})
_WITH_ADDRESS: Final = ("CC-", "CC0", "Zlib", "SCEA", "MIT", "BSD", "Apache")


def stages_of(run: Path) -> tuple[Path, ...]:
    """Return the folders of a run's stages: its own, or those of its shots.

    Args:
        run: A run folder, or the folder of a film of several shots.

    Raises:
        RunFolderError: If it holds neither.
    """
    folders = [run, *sorted((run / "shots").glob("*"))]
    found = tuple(folder for folder in folders if (folder / STAGE).is_file())
    if not found:
        raise RunFolderError(f"{run} holds no {STAGE}; build it first: `worldreel build {run}`")
    return found


def faults_of(folder: Path) -> Iterator[str]:
    """Yield what a run does not say about an asset that it shows, one sentence each.

    Args:
        folder: Holds stage.json, and manifest.json once it is finished.

    Raises:
        RunFolderError: If a file cannot be read.
    """
    stage = _document(folder / STAGE)
    bodies = stage.get("bodies")
    if not isinstance(bodies, list):
        raise RunFolderError(f"{folder / STAGE} lists no bodies; build the run anew")
    works = [*map(_work, bodies, range(len(bodies))), *_surroundings(stage)]
    for who, asset in works:
        yield from _lacking(f"{folder / STAGE}: {who}", asset)
    if (folder / MANIFEST).is_file():
        yield from _unlisted(folder, works)


def asset_count(folder: Path) -> int:
    """Return how many bodies a run shows."""
    bodies = _document(folder / STAGE).get("bodies")
    return len(bodies) if isinstance(bodies, list) else 0


def _work(body: object, number: int) -> tuple[str, dict[str, Any]]:
    """Return a body's id and whose work it shows, as far as the file says so."""
    row = body if isinstance(body, dict) else {}
    asset = row.get("asset")
    return str(row.get("id") or f"body {number}"), asset if isinstance(asset, dict) else {}


def _surroundings(stage: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the panorama that lights a stage, if any does."""
    environment = stage.get("environment")
    panorama = environment.get("panorama") if isinstance(environment, dict) else None
    if panorama is not None:
        row = panorama if isinstance(panorama, dict) else {}
        yield SURROUNDINGS, row | {"name": row.get("title")}


def _lacking(who: str, asset: dict[str, Any]) -> Iterator[str]:
    for name in _NEEDED:
        if _is_nothing(asset.get(name)):
            yield f"{who} has no {name}"
    licence = str(asset.get("licence", ""))
    if licence.startswith(_WITH_ADDRESS) and _is_nothing(asset.get("licence_url")):
        yield f"{who} has no address of its licence {licence}"


def _unlisted(folder: Path, works: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Yield what the manifest of a published run does not list, or lists otherwise."""
    rows = _document(folder / MANIFEST).get("licences")
    if not isinstance(rows, list) or not rows:
        return  # the run is not finished: its manifest lists nothing yet
    listed = {str(row.get("body")): row for row in rows if isinstance(row, dict)}
    for name, asset in works:
        if name not in listed:
            yield f"{folder / MANIFEST}: {name} is not among the licences"
            continue
        for field in ("author", "licence"):
            if listed[name].get(field) != asset.get(field):
                yield f"{folder / MANIFEST}: {name} has another {field} than in {STAGE}"


def _is_nothing(value: object) -> bool:
    return not isinstance(value, str) or value.strip().casefold() in _NOTHING


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise RunFolderError(f"{path} is too large to be read")
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise RunFolderError(f"{path} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise RunFolderError(f"{path} is no document of a run")
    return document
