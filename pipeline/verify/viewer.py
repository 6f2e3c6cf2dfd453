"""The part of report.html that can be walked around: the run's exported page, inside of it."""

import re
from pathlib import Path

from pipeline.run_folder.atomic import write_text

VIEWER = Path("export") / "film.html"
"""The page that `worldreel export RUN --to html` makes."""
MAX_EMBEDDED_BYTES = 8 * 1024 * 1024
"""A larger page is linked, not embedded: a report can be sent by mail."""

_START, _END = "<!-- viewer -->", "<!-- end of viewer -->"
_TITLE = "Walk around it"


def viewer_section(run: Path) -> str:
    """Return the section of a run's report that plays its scene, as HTML.

    There is nothing in it but its marks if the scene was not exported as a page, or if the run
    has moved otherwise since.

    Args:
        run: The run folder.
    """
    page, motion = run / VIEWER, run / "trajectory.npz"
    inside = ""
    if page.is_file() and motion.is_file() and page.stat().st_mtime >= motion.stat().st_mtime:
        inside = f'<section class="walk">\n<h2>{_TITLE}</h2>\n{_shown(page)}\n</section>\n'
    return f"{_START}\n{inside}{_END}"


def _shown(page: Path) -> str:
    if page.stat().st_size > MAX_EMBEDDED_BYTES:
        return f'<p><a href="{VIEWER.as_posix()}">Open it as a page of its own</a></p>'
    text = page.read_text("utf-8").replace("&", "&amp;").replace('"', "&quot;")
    return f'<iframe title="{_TITLE}" loading="lazy" srcdoc="{text}"></iframe>'


def put_viewer_in(report: Path) -> bool:
    """Put the run's viewer into a report that was written before, or take it out.

    Args:
        report: The run's report.html.

    Returns:
        Whether there is a report with a place for it.

    Raises:
        RunFolderError: If the report cannot be written.
    """
    text = report.read_text("utf-8") if report.is_file() else ""
    found = re.search(f"{re.escape(_START)}.*?{re.escape(_END)}", text, re.DOTALL)
    if found is None:
        return False
    changed = text[: found.start()] + viewer_section(report.parent) + text[found.end() :]
    if changed != text:
        write_text(report, changed)
    return True
