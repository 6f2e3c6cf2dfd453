"""The sound of a run: heard from where it happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pxr import Gf, Sdf, UsdGeom, UsdMedia

from scene_builder.model.errors import EncodeError

NAMES = ("sound.m4a", "sound.mp3", "sound.wav")
"""What a run's sound may be called; the first that is there is taken."""
PRIM = "Sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One sound, that begins with the film.

    Attributes:
        file: Its path in the package.
        content: The whole file.
    """

    file: str
    content: bytes


def sound_in(run: Path) -> Sound | None:
    """Return the sound that lies in a run folder, or None if it has none.

    Raises:
        EncodeError: If the file holds no sound.
    """
    import av

    path = next((run / name for name in NAMES if (run / name).is_file()), None)
    if path is None:
        return None
    try:
        with av.open(str(path)) as container:
            heard = len(container.streams.audio)
    except av.error.FFmpegError:
        heard = 0
    if not heard:
        raise EncodeError(f"{path} holds no sound; give one as {', '.join(NAMES)}, or remove it")
    return Sound(file=f"sounds/{path.name}", content=path.read_bytes())


def add_sound(stage: Any, root: str, sound: Sound, place_m: Sequence[float]) -> None:  # noqa: ANN401
    """Add a sound to a scene; it begins with the first frame.

    Args:
        stage: The scene (`Usd.Stage`).
        root: Path of its root.
        sound: What is heard.
        place_m: From where, with Y up (3) [m].
    """
    heard = UsdMedia.SpatialAudio.Define(stage, f"{root}/{PRIM}")
    heard.CreateFilePathAttr(Sdf.AssetPath(sound.file))
    heard.CreateAuralModeAttr(UsdMedia.Tokens.spatial)
    heard.CreatePlaybackModeAttr(UsdMedia.Tokens.onceFromStart)
    place = UsdGeom.Xformable(heard).AddTranslateOp(UsdGeom.XformOp.PrecisionFloat)
    place.Set(Gf.Vec3f(*map(float, place_m)))
