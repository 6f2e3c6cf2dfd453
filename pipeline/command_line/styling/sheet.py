"""A contact sheet: one still in every style."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.progress import Progress
from pipeline.run import open_film
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.frame_store import stored_frames
from pipeline.settings import Options
from pipeline.steps.motion import AIM, SIMULATE
from pipeline.steps.stage import DIRECT
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.stylizer import Stylizer
from scene_builder.model.chance import stream
from scene_builder.model.errors import RenderError, SettingsError
from scene_builder.model.graph import Look, SceneGraph

COLUMNS = 3
LABEL_PX = 22
GAP_PX = 8
_INK, _PAPER = (35, 33, 30), (246, 245, 241)
SCENE = SceneGraph.model_validate({
    "schema": "worldreel.scene/1",
    "title": "A still life",
    "duration_secs": 0.5,
    "entities": [
        {"id": "table", "noun": "table", "material": "wood"},
        {"id": "bowl", "noun": "bowl", "color": "blue"},
        {"id": "apple", "noun": "apple", "color": "red", "count": 2},
        {"id": "book", "noun": "book", "color": "green"},
    ],
    "relations": [
        {"subject": "bowl", "predicate": "on", "object": "table"},
        {"subject": "apple", "predicate": "on", "object": "table"},
        {"subject": "book", "predicate": "on", "object": "table"},
    ],
    "actions": [], "outcomes": [],
})  # fmt: skip
"""What is shown unless a run is given."""
SCENE_OPTIONS = Options(size="384x216", samples=12, takes=1)


@dataclass(frozen=True, slots=True)
class Still:
    """One frame of a shot.

    Attributes:
        shot: The shot.
        frame: One of its frames.
    """

    shot: Shot
    frame: FrameBuffers


def still_of_run(path: Path) -> Still:
    """Return the middle frame of a rendered run; nothing is rendered for it.

    Raises:
        DamagedError: If the run has no frames yet, or if they are damaged.
    """
    run = RunFolder(path)
    shot = Shot(stage=DIRECT.load(run), trajectory=SIMULATE.load(run), track=AIM.load(run))
    store = stored_frames(run.frames, shot.trajectory.frame_count)
    return Still(shot, store.read(shot.trajectory.frame_count // 2))


def still_of_scene(folder: Path, progress: Progress) -> Still:
    """Return a frame of the built-in still life, rendered now.

    Args:
        folder: A new folder for its run.
        progress: Who hears about the work.

    Raises:
        RenderError: If no frame comes of it.
    """
    with open_film(SCENE, SCENE_OPTIONS, out=folder, progress=progress) as film:
        shot, renderer = film.shot, film.parts.renderer
        for frame in renderer.render(shot.stage, shot.trajectory, shot.track, frames=range(1)):
            return Still(shot, frame)
    raise RenderError("the still life could not be rendered; give --run with a finished run")


def write_sheet(still: Still, stylizers: Mapping[str, Stylizer], path: Path) -> None:
    """Write a picture that shows a still in several styles, each with its name.

    Args:
        still: What is shown.
        stylizers: What paints it, by the name that stands below.
        path: A `.png` or `.jpg` file.

    Raises:
        SettingsError: If the file cannot be written.
    """
    from PIL import Image, ImageDraw, ImageFont

    width, height = still.frame.size_px
    rows = -(-len(stylizers) // COLUMNS)
    across, down = width + GAP_PX, height + LABEL_PX + GAP_PX
    sheet = Image.new("RGB", (COLUMNS * across + GAP_PX, rows * down + GAP_PX), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    for k, (name, stylizer) in enumerate(stylizers.items()):
        left, top = GAP_PX + k % COLUMNS * across, GAP_PX + k // COLUMNS * down
        sheet.paste(Image.fromarray(np.ascontiguousarray(_picture(still, stylizer))), (left, top))
        draw.text((left + 2, top + height + 2), name, _INK, font)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(path, quality=92)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be written ({error}); give a .png or .jpg") from error


def _picture(still: Still, stylizer: Stylizer) -> Picture:
    """Return the still as a stylizer paints it."""
    rng = stream(0, "stylize")
    return next(iter(stylizer.stylize(still.shot, iter([still.frame]), Look(), rng)))
