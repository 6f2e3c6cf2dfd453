"""Six frames of a shot on one page, long before the film is done."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from physics.trajectory import Contacts, Trajectory
from render.camera_track import CameraTrack
from render.frames import Picture
from render.renderer import Renderer
from render.stylize.plain import printed, shot_exposure_stops
from scene_builder.model.lens import Lens
from scene_builder.model.stage import Stage

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

PANELS = 6
COLUMNS = 3
PANEL_WIDTH_PX = 384
DRAFT_SAMPLES = 3


def storyboard(
    stage: Stage,
    trajectory: Trajectory,
    track: CameraTrack,
    path: Path,
    *,
    captions: Sequence[tuple[float, str]] = (),
    renderer: Renderer | None = None,
) -> None:
    """Draw six telling frames as one PNG with captions.

    Args:
        stage: What is there.
        trajectory: How it moves.
        track: Who looks at it.
        path: Where the picture goes, whatever its suffix.
        captions: What happens when: (time [s], words). Those moments are shown first.
        renderer: Who renders; None is Blender's Cycles with very few samples.

    Raises:
        RenderError: If the frames cannot be made.
    """
    frames = telling_frames(trajectory, [time for time, _ in captions])
    draft = renderer or _draft_renderer()
    small = replace(_excerpt_track(track, frames), lens=_panel_lens(track))
    excerpt = _excerpt_motion(trajectory, frames)
    pictures: list[Picture] = []
    stops = 0.0
    for frame in draft.render(stage, excerpt, small):
        if not pictures:
            stops = shot_exposure_stops(stage, frame)
        pictures.append(printed(frame.rgb, stops))
    times = [float(trajectory.times[k]) for k in frames]
    _draw(path, pictures, times, _texts(times, captions))


def telling_frames(trajectory: Trajectory, moments_secs: Sequence[float]) -> list[int]:
    """Return up to six frames: the first, given moments [s], and others evenly between.

    Args:
        trajectory: The motion.
        moments_secs: What should be seen [s]; the earliest count most.
    """
    last = trajectory.frame_count - 1
    wanted = [int(np.abs(trajectory.times - moment).argmin()) for moment in sorted(moments_secs)]
    frames = {0, *dict.fromkeys(wanted)} if len(wanted) < PANELS else {0, *wanted[: PANELS - 1]}
    if len(frames) < PANELS:
        frames.add(last)
    while len(frames) < min(PANELS, trajectory.frame_count):
        ordered = sorted(frames)
        gaps = [after - before for before, after in itertools.pairwise(ordered)]
        widest = int(np.argmax(gaps))
        frames.add(ordered[widest] + gaps[widest] // 2)
    return sorted(frames)


_BACKGROUND = (17, 18, 20)
_TIME_COLOR = (150, 154, 160)
_TEXT_COLOR = (236, 237, 239)
_MARGIN_PX = 16
_CAPTION_PX = 34
_FONT_PX = 15
_SAME_MOMENT_SECS = 0.05


def _draft_renderer() -> Renderer:
    from render.blender.renderer import BlenderRenderer

    return BlenderRenderer(samples=DRAFT_SAMPLES, denoise=True)


def _panel_lens(track: CameraTrack) -> Lens:
    width, height = track.lens.size_px
    panel = (PANEL_WIDTH_PX, max(1, round(PANEL_WIDTH_PX * height / width)))
    return replace(track.lens, size_px=panel)


def _excerpt_track(track: CameraTrack, frames: list[int]) -> CameraTrack:
    return replace(track, positions=track.positions[frames], wxyz=track.wxyz[frames])


def _excerpt_motion(motion: Trajectory, frames: list[int]) -> Trajectory:
    """Return the motion at some frames only, as if they followed each other."""
    return Trajectory(
        body_ids=motion.body_ids,
        times=motion.times[frames],
        positions=motion.positions[frames],
        wxyz=motion.wxyz[frames],
        linear_velocities=motion.linear_velocities[frames],
        angular_velocities=motion.angular_velocities[frames],
        present=motion.present[frames],
        contacts=Contacts(),
        penetration_m=motion.penetration_m[frames],
    )


def _texts(times: list[float], captions: Sequence[tuple[float, str]]) -> list[str]:
    """Return the words for each panel: of the moments that it is nearest to."""
    texts = [""] * len(times)
    for moment, words in captions:
        nearest = int(np.argmin([abs(time - moment) for time in times]))
        if abs(times[nearest] - moment) <= _SAME_MOMENT_SECS:
            texts[nearest] = f"{texts[nearest]}, {words}" if texts[nearest] else words
    return texts


def _draw(path: Path, pictures: list[Picture], times: list[float], texts: list[str]) -> None:
    from PIL import Image, ImageDraw

    height, width, _ = pictures[0].shape
    rows = -(-len(pictures) // COLUMNS)
    columns = min(COLUMNS, len(pictures))
    page = Image.new(
        "RGB",
        (
            columns * (width + _MARGIN_PX) + _MARGIN_PX,
            rows * (height + _CAPTION_PX + _MARGIN_PX) + _MARGIN_PX,
        ),
        _BACKGROUND,
    )
    drawing = ImageDraw.Draw(page)
    for k, picture in enumerate(pictures):
        row, column = divmod(k, COLUMNS)
        left = _MARGIN_PX + column * (width + _MARGIN_PX)
        top = _MARGIN_PX + row * (height + _CAPTION_PX + _MARGIN_PX)
        page.paste(Image.fromarray(picture), (left, top))
        _caption(drawing, (left, top + height), width, times[k], texts[k])
    page.save(path, format="PNG")


def _caption(
    drawing: "ImageDraw", corner: tuple[int, int], width: int, time_secs: float, text: str
) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default(_FONT_PX)
    left, top = corner
    middle = top + _CAPTION_PX // 2
    stamp = f"{time_secs:.2f} s"
    drawing.text((left, middle), stamp, font=font, fill=_TIME_COLOR, anchor="lm")
    start = left + int(drawing.textlength(stamp + "  ", font=font))
    room = left + width - start
    while text and drawing.textlength(text, font=font) > room:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
        if text == "…":
            text = ""
    drawing.text((start, middle), text, font=font, fill=_TEXT_COLOR, anchor="lm")
