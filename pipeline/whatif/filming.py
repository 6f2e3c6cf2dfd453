"""Filming: every version is rendered, and all stand beside each other in one film."""

from pathlib import Path

from pipeline.credits import credit_line
from pipeline.film import Film
from pipeline.publish import publish
from pipeline.run_folder.pictures import Pictures
from pipeline.whatif.asking import Answer, Asking
from pipeline.whatif.changes import label_of
from pipeline.whatif.grid import write_grid
from pipeline.whatif.originals import pictures_of

FILM = "whatif.mp4"


def filmed(asking: Asking, answer: Answer) -> Path:
    """Film every variant, and write whatif.mp4.

    Each variant becomes a whole run, with its own storyboard, film and report. The run's own
    pictures are used where they were made in the same way.

    Returns:
        The film.

    Raises:
        RenderError: If a frame could not be made.
    """
    films = [_first(asking, answer)]
    for changes in asking.question.variants:
        asking.progress.note(f"filming: {label_of(changes)}")
        with asking.opened(changes, None if asking.follow else answer.track) as film:
            films.append(_pictures(film))
            publish(film)
    original = asking.original
    words = original.graph.prompt or original.graph.title
    labels = [answer.comparison.as_filmed.label, *map(label_of, asking.question.variants)]
    comment = f"{words}; what if: {'; '.join(labels[1:])}; made with worldreel"
    tags = {
        "title": f"What if? {words}".strip(),
        "comment": comment + credit_line([original.stage]),
    }
    fps = original.stage.timeline.fps
    return write_grid(answer.table.with_name(FILM), films, labels, fps, tags, asking.progress)


def _first(asking: Asking, answer: Answer) -> Pictures:
    """The pictures of the take itself: the run's own, or made now."""
    own = pictures_of(asking.original, asking.settings) if answer.same else None
    if own is not None:
        return own
    asking.progress.note("filming: the take itself")
    with asking.opened((), answer.track) as film:
        return _pictures(film)


def _pictures(film: Film) -> Pictures:
    """Draw the storyboard first, then film."""
    film.storyboard  # noqa: B018 - drawn before the long work begins
    film.film  # noqa: B018 - every run has its film
    return film.pictures
