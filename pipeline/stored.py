"""A film as it lies in its run folder: nothing is made again that is there and can be read."""

from typing import TypeVar

from pipeline.cache import Step
from pipeline.film import Film
from pipeline.run_folder.documents import DamagedError
from pipeline.steps.motion import AIM, SIMULATE, checked
from pipeline.steps.read import READ
from pipeline.steps.stage import DIRECT
from scene_builder.model.errors import SceneError

Record = TypeVar("Record")


def take_as_stored(film: Film) -> None:
    """Take reading, stage, motion and camera from the run's files, whoever wrote them.

    What is missing or damaged, and all that depends on it, is left to be made.

    Args:
        film: The film that is to be looked at as it is.

    Raises:
        RunFolderError: If the motion is not that of the stage.
    """
    reading = _stored(film, READ)
    if reading is not None:
        film.reading = reading
    stage = _stored(film, DIRECT)
    if stage is None:
        return
    film.stage = stage
    motion = _stored(film, SIMULATE)
    if motion is None:
        return
    film.trajectory = checked(stage, motion)
    track = _stored(film, AIM)
    if track is not None:
        film.track = track


def _stored(film: Film, step: Step[Record]) -> Record | None:
    try:
        return step.load(film.cache.folder)
    except (DamagedError, SceneError):  # whoever makes it again says what is wrong with it
        return None
