"""Whose work a film shows: the page credits.txt, and one line for the film's own metadata."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.manifest import Licence
from scene_builder.model.stage import AssetCredit, Stage

CREDITS = "credits.txt"
SURROUNDINGS = "environment"
"""What a panorama is listed as, where others are listed by the body that they are."""
OWN_AUTHOR = AssetCredit(name="", source="").author
"""What worldreel itself builds need not be named in the film."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Whose work a file shows.

    Attributes:
        text: The page `credits.txt`.
        line: The same in one line, for fields called copyright.
        works: One record a work: title, author, licence, licence_url, changes, seen_as.
    """

    text: str
    line: str
    works: tuple[dict[str, str], ...]


def credits_text(stages: Iterable[Stage]) -> str:
    """Return whose work the film shows, one asset a paragraph.

    Args:
        stages: The stage of each shot.
    """
    paragraphs = []
    for credit, bodies in _shown(stages).items():
        changed = f"\n  changed: {credit.changes}" if credit.changes else ""
        paragraphs.append(
            f"{credit.name} by {credit.author}\n  {credit.licence}, {credit.licence_url}{changed}"
            f"\n  seen as: {', '.join(dict.fromkeys(bodies))}"
        )
    head = "This film shows the work of these people.\n\n"
    return head + "\n\n".join(paragraphs) + "\n\nMade with worldreel and Blender.\n"


def credit_line(stages: Iterable[Stage]) -> str:
    """Return whose work the film shows besides worldreel's own, in one line; empty for nobody."""
    named = [_told(credit) for credit in _shown(stages) if credit.author != OWN_AUTHOR]
    return f"; shows {', '.join(named)}" if named else ""


def credits_of(stage: Stage) -> Credits:
    """Return whose work an export of a stage shows, in the forms that files have room for."""
    shown = _shown([stage])
    works = tuple(
        {
            "title": credit.name,
            "author": credit.author,
            "licence": credit.licence,
            "licence_url": credit.licence_url,
            "changes": credit.changes,
            "seen_as": ", ".join(dict.fromkeys(bodies)),
        }
        for credit, bodies in shown.items()
    )
    line = "; ".join(_told(credit) for credit in shown)
    return Credits(text=credits_text([stage]), line=line, works=works)


def _told(credit: AssetCredit) -> str:
    told = f"{credit.name} by {credit.author} ({credit.licence}, {credit.licence_url}"
    return told + (f", changed: {credit.changes})" if credit.changes else ")")


def licences_of(stage: Stage) -> tuple[Licence, ...]:
    """Return whose work each body of the stage shows, and its surroundings."""
    works = [(body.id, body.asset) for body in stage.bodies]
    panorama = _panorama(stage)
    return tuple(
        Licence(
            body=shown_as,
            name=work.name,
            author=work.author,
            licence=work.licence,
            licence_url=work.licence_url,
            changes=work.changes,
        )
        for shown_as, work in [*works, *([(SURROUNDINGS, panorama)] if panorama else [])]
    )


def _shown(stages: Iterable[Stage]) -> dict[AssetCredit, list[str]]:
    shown: dict[AssetCredit, list[str]] = {}
    for stage in stages:
        for body in stage.bodies:
            work = replace(body.asset, score=1.0, fallback=False)
            shown.setdefault(work, []).append(body.id)
        panorama = _panorama(stage)
        if panorama is not None:
            said = "reflections of the room" if stage.environment.indoor else "the sky"
            shown.setdefault(panorama, []).append(said)
    return shown


def _panorama(stage: Stage) -> AssetCredit | None:
    """Return whose picture lights the stage, or None where the light is drawn."""
    shown = stage.environment.panorama
    if shown is None:
        return None
    return AssetCredit(
        name=shown.title, source=shown.source, author=shown.author, licence=shown.licence,
        licence_url=shown.licence_url, changes=shown.changes,
    )  # fmt: skip
