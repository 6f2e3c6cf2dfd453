"""Previews of assets: each thing alone, from above its left shoulder, before nothing."""

from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np
from jaxtyping import Float

from render.blender.settings import set_engine
from render.blender.theatre import Theatre
from render.camera_track import CameraTrack
from scene_builder.blender.session import quiet
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RenderError
from scene_builder.model.lens import Lens
from scene_builder.model.light import Environment, Light
from scene_builder.model.pose import Pose, wxyz_from_rotation

EDGE_PX = 160
SAMPLES = 12
AZIMUTH_DEG, ELEVATION_DEG = -32.0, 24.0
"""Where the camera stands: counter-clockwise from −Y, and above the horizon [deg]."""
FIELD_DEG = 26.0
MARGIN = 1.06

LENS_AT_ORIGIN = CameraTrack(
    positions=np.zeros((1, 3)), wxyz=np.array([[1.0, 0.0, 0.0, 0.0]]),
    lens=Lens(
        focal_length_mm=18.0 / float(np.tan(np.deg2rad(FIELD_DEG / 2))), sensor_width_mm=36.0,
        size_px=(EDGE_PX, EDGE_PX),
    ),
)  # fmt: skip


def _turned(azimuth_deg: float, elevation_deg: float) -> Float[Array, "3 3"]:
    """Return the rotation (3 3) of what looks at the origin from there, −Z ahead and Y up."""
    azimuth, elevation = np.deg2rad([azimuth_deg, elevation_deg])
    back = np.array([
        np.sin(azimuth) * np.cos(elevation), -np.cos(azimuth) * np.cos(elevation),
        np.sin(elevation),
    ])  # fmt: skip
    right = np.cross([0.0, 0.0, 1.0], back)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(back, right), back], axis=1)


def _sun(name: str, azimuth_deg: float, elevation_deg: float, power: float) -> Light:
    pose = Pose(position=np.zeros(3), wxyz=wxyz_from_rotation(_turned(azimuth_deg, elevation_deg)))
    return Light(
        id=name, kind="sun", pose=pose, color=np.ones(3), power=power, size=float(np.deg2rad(12))
    )


SUNS = (_sun("key", -75.0, 48.0, 2.6), _sun("rim", 140.0, 35.0, 1.4))
"""Parallel light falls alike on a needle and on a house."""

SKY = Environment(
    place="studio", indoor=True, time_of_day="day", weather="clear", sky_color=np.ones(3),
    sky_strength=0.7,
)  # fmt: skip


class Studio:
    """Takes the portraits of what stands in a theatre.

    Args:
        theatre: Whose scene it is; nothing else films there.
        folder: Where a picture may lie for a moment.
    """

    def __init__(self, theatre: Theatre, folder: Path) -> None:
        self._scene, self._camera = theatre.scene, theatre.camera
        self._path = folder / "portrait.png"
        set_engine(self._scene, engine="cycles", samples=SAMPLES, denoise=True, device="cpu")
        render = self._scene.render
        render.resolution_x = render.resolution_y = EDGE_PX
        render.resolution_percentage = 100
        render.film_transparent = True
        render.image_settings.file_format = "PNG"
        render.image_settings.color_mode = "RGBA"
        render.filepath = str(self._path)

    def portray(self, thing: bpy.types.Object, all_things: Sequence[bpy.types.Object]) -> None:
        """Give a thing a preview that shows it alone.

        Raises:
            RenderError: If Blender renders nothing.
        """
        for other in all_things:
            other.hide_render = other != thing
        corners = np.array([tuple(corner) for corner in thing.bound_box], np.float64)
        self._aim(corners)
        self._path.unlink(missing_ok=True)
        try:
            with quiet():
                bpy.ops.render.render(write_still=True, scene=self._scene.name)
        except RuntimeError as error:
            raise RenderError(f"Blender could not render a preview: {error}") from error
        self._give(thing)

    def _aim(self, corners: Float[Array, "8 3"]) -> None:
        """Stand where the box of a thing just fills the picture."""
        turn = _turned(AZIMUTH_DEG, ELEVATION_DEG)
        middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
        seen = (corners - middle) @ turn
        slope = float(np.tan(np.deg2rad(FIELD_DEG / 2))) / MARGIN
        away = float((np.abs(seen[:, :2]).max(axis=1) / slope + seen[:, 2]).max())
        self._camera.location = (middle + turn[:, 2] * away).tolist()
        self._camera.rotation_quaternion = wxyz_from_rotation(turn).tolist()
        self._camera.data.clip_start, self._camera.data.clip_end = away * 1e-3, away * 10

    def _give(self, thing: bpy.types.Object) -> None:
        image = bpy.data.images.load(str(self._path), check_existing=False)
        try:
            pixels = np.zeros(4 * EDGE_PX * EDGE_PX, np.float32)
            image.pixels.foreach_get(pixels)
        finally:
            bpy.data.images.remove(image)
        preview = thing.preview_ensure()
        preview.image_size = (EDGE_PX, EDGE_PX)
        preview.image_pixels_float.foreach_set(pixels)
