"""A page, or a film document that somebody wrote, becomes the plan of a film: film.json."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.cache import Done, Step
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.folder import FILM_DOCUMENT, RunFolder
from pipeline.shots.film_file import film_text, read_film, readings_of, write_shots
from scene_builder.language.reader import Reader
from scene_builder.language.shots.film_plan import FilmPlan
from scene_builder.model.documents.film_document import FilmDocument
from scene_builder.model.reading import Reading


def plan(source: str | FilmDocument, reader: Reader | None) -> Done[FilmPlan]:
    """Divide a page into shots; a film document is taken at its word.

    Raises:
        PromptError: If nothing in the page can be filmed, or it gives too many shots.
    """
    if isinstance(source, FilmDocument):
        readings = tuple(Reading(graph=s.scene, reader=FILM_DOCUMENT) for s in source.shots)
        return Done(FilmPlan(film=source, readings=readings))
    from scene_builder.language.shots.planning import film_of  # the word lists take their time

    assert reader is not None
    made = film_of(source, reader)
    repairs = tuple(
        f"shot {k}: {repair}" for k, r in enumerate(made.readings) for repair in r.repairs
    )
    return Done(made, notes=made.notes, repairs=repairs)


def _save(folder: RunFolder, made: FilmPlan) -> Sequence[Path]:
    write_shots(folder, made.readings)
    write_text(folder / FILM_DOCUMENT, film_text(made.film))
    return (folder / FILM_DOCUMENT,)


def _load(folder: RunFolder) -> FilmPlan:
    film = read_film(folder / FILM_DOCUMENT)
    return FilmPlan(film=film, readings=readings_of(folder, film))


PLAN = Step(
    name="plan", version=1, work=plan, save=_save, load=_load, document=FILM_DOCUMENT
)  # fmt: skip
