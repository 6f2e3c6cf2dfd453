"""What a finished run shows: credits.txt, report.html, and the licences in its manifest."""

from pathlib import Path

from pipeline.credits import CREDITS, credits_text, licences_of
from pipeline.film import Film
from pipeline.run_folder.atomic import write_text
from pipeline.verify.page import page_text
from pipeline.verify.report import Report

PAGE = "report.html"


def publish(film: Film, report: Report | None = None) -> Path:
    """Write credits and the report's page, and return the page.

    Args:
        film: The film, as far as it has come.
        report: What is known about it; None judges it now.
    """
    report = report or film.report
    film.cache.update(licences=licences_of(film.stage))
    write_text(film.cache.folder / CREDITS, credits_text([film.stage]))
    page = film.cache.folder / PAGE
    manifest = film.cache.manifest
    write_text(page, page_text(film.cache.folder, manifest, film.reading, film.shot, report))
    return page
