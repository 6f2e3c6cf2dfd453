"""Pictures become film.mp4."""

from fractions import Fraction
from pathlib import Path

from pipeline.cache import Done, Site, Step
from pipeline.credits import credit_line
from pipeline.encode.mp4 import encode_mp4
from pipeline.run_folder.pictures import Pictures
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

FILM = "film.mp4"


def encode(pictures: Pictures, fps: Fraction, tags: dict[str, str], *, site: Site) -> Done[Path]:
    """Encode the film, with its words and seed in the metadata."""
    return Done(encode_mp4(site.folder / FILM, pictures, fps=fps, tags=tags))


def tags_of(graph: SceneGraph, stage: Stage, seed: int) -> dict[str, str]:
    """Return the film's metadata: players show `title` and `comment`."""
    words = graph.prompt or graph.title
    comment = f"prompt: {words}; seed: {seed}; made with worldreel{credit_line([stage])}"
    return {"title": graph.title or graph.prompt or "worldreel", "comment": comment}


ENCODE: Step[Path] = Step(
    name="encode", version=1, work=encode, streams=True,
    save=lambda folder, path: (path,), load=lambda folder: folder / FILM,
)  # fmt: skip
