"""The stage that worldreel made, beside the one that a person has changed."""

from pathlib import Path

from pipeline.film import Film
from pipeline.run_folder.atomic import write_bytes
from pipeline.run_folder.checksums import FileRecord, is_intact
from pipeline.steps.stage import DIRECT, STAGE

MADE, EARLIER = "stage.made.json", "stage.earlier.json"
"""The director's own stage, and one that was changed since; both share meshes with `STAGE`."""


def set_made_aside(film: Film) -> None:
    """Remember the director's stage, so that building anew need not search for it again."""
    path, known = film.cache.folder / STAGE, _record(film)
    if known is not None and is_intact(path, known):
        write_bytes(_beside(film, MADE), path.read_bytes())


def build_anew(film: Film) -> bool:
    """Make the stage of the words; one that a person or another take has changed is set aside.

    Returns:
        Whether it is of the words; not if a stage was brought along that no step has made.
    """
    path, known = film.cache.folder / STAGE, _record(film)
    if known is not None and path.exists() and not is_intact(path, known):
        path.replace(_beside(film, EARLIER))
        made = _beside(film, MADE)
        if is_intact(made, known):
            write_bytes(path, made.read_bytes())
    film.stage  # noqa: B018 - made when asked for
    return _record(film) is not None


def _record(film: Film) -> FileRecord | None:
    record = film.cache.manifest.steps.get(DIRECT.name)
    return record.files.get(STAGE) if record is not None and record.finished else None


def _beside(film: Film, name: str) -> Path:
    return (film.cache.folder / STAGE).with_name(name)
