"""textures/: the pictures that a stage's materials wear, so that a run is whole by itself."""

from pathlib import Path

from pipeline.run_folder.atomic import write_bytes
from scene_builder.assets.decompose import cache_folder
from scene_builder.model.errors import RunFolderError, SceneError
from scene_builder.model.stage import Stage


def texture_names(stage: Stage) -> tuple[str, ...]:
    """Return the picture files of a stage's materials, relative to the run folder, each once."""
    return tuple(
        dict.fromkeys(
            material.textures[channel]
            for body in stage.bodies
            for material in body.materials
            for channel in sorted(material.textures)
        )
    )


def texture_path(folder: Path, name: str) -> Path:
    """Return where a picture lies in a run folder.

    Raises:
        SceneError: If it would lie outside of it.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SceneError(f"{name!r} lies outside of the run folder; textures stay inside of it")
    return folder / name


def bring_texture(folder: Path, name: str) -> Path:
    """Copy a picture from the cache into a run folder, unless it is there.

    Raises:
        RunFolderError: If it is neither here nor there, or the disk is full.
        SceneError: If it would lie outside of the folder.
    """
    path = texture_path(folder, name)
    if path.is_file():
        return path
    try:
        content = (cache_folder() / name).read_bytes()
    except OSError:
        raise RunFolderError(
            f"{path} is missing, and {cache_folder()} does not keep it; build the stage again "
            "from its assets (worldreel make, with --assets if they were your own)"
        ) from None
    write_bytes(path, content)
    return path
