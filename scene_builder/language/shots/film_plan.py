"""What a page became: the film's document, and the evidence for each shot."""

from dataclasses import dataclass

from scene_builder.language.prompt import plain_text
from scene_builder.language.shots.sentences import Page, page_of
from scene_builder.model.documents.film_document import MAX_SHOTS, FilmDocument, FilmShot, continued
from scene_builder.model.errors import PromptError
from scene_builder.model.reading import Reading

_TITLE_LETTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmPlan:
    """The shots of a film, with the evidence for each.

    Attributes:
        film: The document.
        readings: What was read for each shot; its graph is the shot's scene.
        notes: Sentences about what was joined, or not filmed.
    """

    film: FilmDocument
    readings: tuple[Reading, ...]
    notes: tuple[str, ...] = ()


def checked_page(text: str) -> Page:
    """Return the sentences of a page.

    Raises:
        PromptError: If it is empty, longer than 2,000 words, or no plain text.
    """
    plain_text(text)
    return page_of(text)


def check_number(count: int) -> None:
    """Check how many shots a page gives.

    Raises:
        PromptError: If there are none, or too many.
    """
    if not count:
        raise PromptError(
            "the page names nothing that could be filmed in any of its sentences; write at least "
            "one such as: A red ball rolls off a table"
        )
    if count > MAX_SHOTS:
        raise PromptError(
            f"the page gives {count} shots; a film may have {MAX_SHOTS}: shorten it, or make "
            "several films of it"
        )


def planned(
    text: str, title: str, readings: list[Reading], captions: list[str], notes: list[str]
) -> FilmPlan:
    """Return the plan whose shots are `readings`, one caption for each."""
    shots = tuple(
        FilmShot(scene=reading.graph, caption=caption)
        for reading, caption in zip(readings, captions, strict=True)
    )
    document = {"schema": "worldreel.film/1", "text": text, "shots": shots}
    document["title"] = (title or captions[0])[:_TITLE_LETTERS]
    film = continued(FilmDocument.model_validate(document))
    whole = [
        reading.model_copy(update={"graph": shot.scene})
        for reading, shot in zip(readings, film.shots, strict=True)
    ]
    return FilmPlan(film=film, readings=tuple(whole), notes=tuple(dict.fromkeys(notes)))
