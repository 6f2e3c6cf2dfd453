"""What a finished run shows: credits.txt, report.html, and the licences in its manifest."""

from pathlib import Path

from pipeline.film import Film
from pipeline.manifest import Licence, licences_of
from pipeline.run_folder.atomic import write_text
from pipeline.verify.page import page_text
from pipeline.verify.report import Report
from scene_builder.model.stage import Stage

CREDITS, PAGE = "credits.txt", "report.html"


def publish(film: Film, report: Report | None = None) -> Path:
    """Write credits and the report's page, and return the page.

    Args:
        film: The film, as far as it has come.
        report: What is known about it; None judges it now.
    """
    report = report or film.report
    licences = licences_of(film.stage)
    film.cache.update(licences=licences)
    write_text(film.cache.folder / CREDITS, credits_text(film.stage, licences))
    page = film.cache.folder / PAGE
    manifest = film.cache.manifest
    write_text(page, page_text(film.cache.folder, manifest, film.reading, film.shot, report))
    return page


def credits_text(stage: Stage, licences: tuple[Licence, ...]) -> str:
    """Return whose work the film shows, one asset a paragraph."""
    by_asset: dict[tuple[str, str, str, str], list[str]] = {}
    for entry in licences:
        key = (entry.name, entry.author, entry.licence, entry.licence_url)
        by_asset.setdefault(key, []).append(entry.body)
    changes = {body.asset.name: body.asset.changes for body in stage.bodies}
    paragraphs = []
    for (name, author, licence, url), bodies in by_asset.items():
        changed = f"\n  changed: {changes[name]}" if changes.get(name) else ""
        paragraphs.append(
            f"{name} by {author}\n  {licence}, {url}{changed}\n  seen as: {', '.join(bodies)}"
        )
    head = "This film shows the work of these people.\n\n"
    return head + "\n\n".join(paragraphs) + "\n\nMade with worldreel and Blender.\n"
