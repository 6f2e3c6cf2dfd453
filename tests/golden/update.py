"""Pin the golden films anew: `python -m tests.golden.update`. Say in the commit why they moved."""

import json
import os
import sys
import tempfile
from pathlib import Path

import bpy
import numpy as np
from PIL import Image

from tests.golden.making import (
    FRAMES,
    PINNED,
    PROMPTS,
    events_told,
    first_contact_frame,
    golden_film,
    stage_numbers,
)


def main() -> None:
    """Write what is pinned; pictures go into a folder of this Blender's version."""
    version = ".".join(map(str, bpy.app.version[:2]))
    pictures = PINNED / f"blender-{version}"
    pictures.mkdir(parents=True, exist_ok=True)
    only_pictures = "--pictures" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORLDREEL_DATA"] = str(Path(folder) / "data")  # no installed library counts
        for name in PROMPTS:
            with golden_film(name, Path(folder)) as film:
                if not only_pictures:
                    _pin_numbers(name, film)
                for frame, picture in enumerate(film.pictures):
                    if frame in FRAMES:
                        Image.fromarray(np.asarray(picture)).save(pictures / f"{name}_{frame}.png")


def _pin_numbers(name, film) -> None:
    graph = film.reading.graph.model_dump(mode="json", exclude_defaults=True)
    (PINNED / f"{name}.graph.json").write_text(json.dumps(graph, indent=1) + "\n")
    np.savez_compressed(PINNED / f"{name}.stage.npz", **stage_numbers(film.stage))
    until = first_contact_frame(film)
    np.savez_compressed(
        PINNED / f"{name}.motion.npz",
        until=until,
        positions=film.trajectory.positions[: until + 1],
        wxyz=film.trajectory.wxyz[: until + 1],
    )
    (PINNED / f"{name}.events.json").write_text(json.dumps(events_told(film), indent=1) + "\n")


if __name__ == "__main__":
    main()
