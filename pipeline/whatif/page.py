"""whatif.html: the films beside each other, and what differs, in one file."""

import base64
from pathlib import Path

from pipeline.run_folder.atomic import write_text
from pipeline.whatif.comparing import Comparison
from pipeline.whatif.filming import FILM
from scene_builder.model.graph import SceneGraph

PAGE, _TEMPLATE = "whatif.html", "page.html"
MAX_EMBEDDED_BYTES = 25 * 1024 * 1024
"""A larger film is linked, not embedded."""


def write_page(graph: SceneGraph, comparison: Comparison, folder: Path) -> Path:
    """Write the page of a comparison, with the film if there is one.

    Args:
        graph: What the words say.
        comparison: What differs.
        folder: Where the comparison lies.

    Returns:
        The page.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pipeline.whatif", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template(_TEMPLATE).render(
        prompt=graph.prompt or graph.title,
        labels=[comparison.as_filmed.label, *(version.label for version in comparison.variants)],
        comparison=comparison,
        changed=[event for event in comparison.events if event.changed],
        same=sum(not event.changed for event in comparison.events),
        film=_film(folder / FILM),
    )
    write_text(folder / PAGE, text)
    return folder / PAGE


def _film(path: Path) -> str:
    if not path.exists():
        return ""
    if path.stat().st_size > MAX_EMBEDDED_BYTES:
        return path.name
    return f"data:video/mp4;base64,{base64.b64encode(path.read_bytes()).decode()}"
