"""film.json, and the folders of the shots beside it."""

from pathlib import Path

from pydantic import ValidationError

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import (
    DamagedError,
    evidence_text,
    explain,
    read_document,
    read_reading,
    read_scene,
    scene_text,
)
from pipeline.run_folder.folder import FILM_DOCUMENT, RunFolder
from pipeline.steps.read import EVIDENCE, SCENE
from scene_builder.model.documents.film_document import FilmDocument, continued
from scene_builder.model.errors import RunFolderError, SceneError
from scene_builder.model.reading import Reading

SHOTS = "shots"


def shot_folder(film: RunFolder, index: int) -> RunFolder:
    """Return the run folder of a shot, counted from 0."""
    return RunFolder(film / SHOTS / f"{index:02d}")


def is_film_folder(path: Path) -> bool:
    """Whether a folder holds a film of several shots."""
    return (path / FILM_DOCUMENT).exists() or (path / SHOTS).is_dir()


def read_film(path: Path) -> FilmDocument:
    """Read a film document, with everything written out in each shot that earlier shots say.

    Raises:
        DamagedError: If it is missing or is no JSON.
        SceneError: If a field is wrong, or a shot breaks the contract once all is written out.
    """
    try:
        return continued(read_document(path, FilmDocument))
    except ValidationError as error:
        raise SceneError(f"{path}: with what earlier shots say: {explain(error)}") from None


def film_text(film: FilmDocument) -> str:
    """Return a film document as text."""
    return film.model_dump_json(indent=2, by_alias=True) + "\n"


def write_shots(film: RunFolder, readings: tuple[Reading, ...]) -> None:
    """Write scene and evidence of every shot into its folder; what is the same stays."""
    for k, reading in enumerate(readings):
        folder = shot_folder(film, k)
        if not _holds(folder, reading):
            write_text(folder / EVIDENCE, evidence_text(reading))
            write_text(folder / SCENE, scene_text(reading.graph))


def mend_shots(film: RunFolder, readings: tuple[Reading, ...], *, film_rules: bool) -> list[str]:
    """Bring the shots' folders in line with the film, and say what was found.

    Args:
        film: The film's folder.
        readings: What the film says of each shot.
        film_rules: Whether film.json was edited by hand; if not, an edited scene of a shot stands.
    """
    notes = []
    for k, reading in enumerate(readings):
        path = shot_folder(film, k) / SCENE
        if not path.exists():
            write_shots(film, readings[: k + 1])
        elif read_scene(path) == reading.graph:
            continue
        elif film_rules:
            path.replace(path.with_name("scene.earlier.json"))
            write_shots(film, readings[: k + 1])
            notes.append(f"shots/{k:02d}/scene.json now follows film.json")
        else:
            notes.append(f"shots/{k:02d}/scene.json was edited and is taken as it stands")
    return notes


def readings_of(folder: RunFolder, film: FilmDocument) -> tuple[Reading, ...]:
    """Return what is known of each shot: its evidence, if that is about the same scene."""
    readings = []
    for k, shot in enumerate(film.shots):
        own = shot_folder(folder, k)
        try:
            reading = read_reading(own / EVIDENCE, own / SCENE)
        except (RunFolderError, SceneError):
            reading = None
        same = reading is not None and reading.graph == shot.scene
        readings.append(reading if same else Reading(graph=shot.scene, reader=FILM_DOCUMENT))
    return tuple(readings)  # type: ignore[arg-type]


def _holds(folder: RunFolder, reading: Reading) -> bool:
    try:
        return read_reading(folder / EVIDENCE, folder / SCENE) == reading
    except (DamagedError, SceneError):
        return False
