"""What the user chose: options, presets, and what follows from both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

import tyro

from physics.simulator import usual_simulator
from render.stylize.large.known import ROUTES, is_large
from scene_builder.model.errors import SettingsError

PresetName = Literal["draft", "standard", "final"]
DEFAULT_SECS = 4.0
LICENCES = ("cc0", "attribution", "any")
"""What `--licence` may be: nothing to name, authors to name, or whatever may be used."""

MAX_PIXELS = 8192
MAX_SAMPLES = 4096
MAX_JOBS = 64
MAX_TAKES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """How much work a film is worth.

    Attributes:
        samples: Light paths for each pixel.
        size_px: Width and height [px].
        fps: Frames per second.
        takes: Most takes that the director may try.
        changes: Most small changes with which it may prove that a take was no luck.
    """

    samples: int
    size_px: tuple[int, int]
    fps: int = 24
    takes: int = 160
    changes: int = 32


PRESETS: dict[PresetName, Preset] = {
    "draft": Preset(samples=4, size_px=(512, 288)),
    "standard": Preset(samples=32, size_px=(1280, 720), takes=240, changes=96),
    "final": Preset(samples=128, size_px=(1920, 1080), takes=320, changes=192),
}


def _option(metavar: str) -> Any:  # noqa: ANN401 - tyro's own type
    return tyro.conf.arg(metavar=metavar, help_behavior_hint="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is not given follows from the preset."""

    seed: Annotated[int | None, _option("N")] = None
    """Seed of everything that is left to chance (0 unless given)."""
    preset: Annotated[str | None, _option("NAME")] = None
    """draft (512x288, 4 samples), standard (1280x720, 32) or final (1920x1080, 128)."""
    size: Annotated[str | None, _option("WxH")] = None
    """Width and height in pixels, even numbers, for example 640x360."""
    fps: Annotated[str | None, _option("RATE")] = None
    """Frames per second, for example 24, 29.97 or 24000/1001."""
    duration: Annotated[float | None, _option("SECS")] = None
    """Length in seconds; what the words say, or 4, unless given."""
    samples: Annotated[int | None, _option("N")] = None
    """Light paths for each pixel."""
    style: Annotated[str | None, _option("WORD")] = None
    """How it should look, for example photoreal or toon."""
    style_image: Annotated[str | None, _option("FILE")] = None
    """A picture whose palette and strokes the film takes on (docs/styles.md)."""
    renderer: Annotated[str | None, _option("NAME")] = None
    """What makes the frames; `worldreel parts` lists what there is."""
    simulator: Annotated[str | None, _option("NAME")] = None
    """What moves the bodies."""
    reader: Annotated[str | None, _option("NAME")] = None
    """What understands the words."""
    stylizer: Annotated[str | None, _option("NAME")] = None
    """What gives frames their look; follows --style unless given."""
    model: Annotated[str | None, _option("ID|DIR")] = None
    """With --stylizer sdxl, wan or cosmos: the model, a hub id or a folder."""
    model_options: Annotated[str | None, _option("NAME=VALUE")] = None
    """How that model is run, for example "steps=20 offload=model" (docs/models/large.md)."""
    download: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Fetch that model from the hub if it is not on this computer."""
    assets: Annotated[str | None, _option("DIR")] = None
    """A folder of your own models (cup.glb, chair.obj, …); they are used first."""
    licence: Annotated[str | None, _option("NAME")] = None
    """Licences that libraries' models may have: cc0, attribution (CC-BY, MIT, …) or any."""
    takes: Annotated[int | None, _option("N")] = None
    """Most takes that the director may try."""
    jobs: Annotated[int | None, _option("N")] = None
    """Processes that render at the same time (unless given: as many as pay here)."""
    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for a run.

    Attributes:
        out: The run folder; None derives it from the words.
        seed: Seed of everything that is left to chance.
        preset: Name of the preset that the rest starts from.
        size_px: Width and height [px], even.
        fps: Frames per second, exact.
        duration_secs: Length [s]; None for what the words say.
        samples: Light paths for each pixel.
        style: Style word; None for what the words say.
        style_image: The picture that the film is painted after; it beats all words.
        renderer: Name of the renderer.
        simulator: Name of the simulator.
        reader: Name of the reader.
        stylizer: Name of the stylizer; None to follow the style.
        model: Hub id or folder of a large stylizer's model; None for its own.
        model_options: How that model is run; None for the usual.
        download: Whether that model may be fetched.
        assets: Folder of the user's own models; None for none.
        licence: Which licences libraries' models may have, of `LICENCES`.
        takes: Most takes that the director may try.
        jobs: Processes that render at the same time; None for as many as pay.
    """

    out: Path | None = None
    seed: int = 0
    preset: PresetName = "draft"
    size_px: tuple[int, int] = PRESETS["draft"].size_px
    fps: Fraction = Fraction(24)
    duration_secs: float | None = None
    samples: int = PRESETS["draft"].samples
    style: str | None = None
    style_image: str | None = None
    renderer: str = "cycles"
    simulator: str = field(default_factory=usual_simulator)
    reader: str = "embedded"
    stylizer: str | None = None
    model: str | None = None
    model_options: str | None = None
    download: bool = False
    assets: str | None = None
    licence: str = "any"
    takes: int = PRESETS["draft"].takes
    jobs: int | None = None

    def __post_init__(self) -> None:
        _check(self)


def settings_from(
    options: Options, *, out: Path | None = None, earlier: Settings | None = None
) -> Settings:
    """Return the settings of a run: an option beats the preset, which beats an earlier run.

    Args:
        options: What the user typed.
        out: The run folder, if the user named one.
        earlier: The settings that the run folder was made with.

    Raises:
        SettingsError: If an option is outside of what is allowed; the message names it.
    """
    chosen = earlier or Settings()
    if options.preset is not None:
        preset_name = _preset_name(options.preset)
        preset = PRESETS[preset_name]
        chosen = replace(
            chosen, preset=preset_name, size_px=preset.size_px, fps=Fraction(preset.fps),
            samples=preset.samples, takes=preset.takes,
        )  # fmt: skip
    typed = {field.name: getattr(options, field.name) for field in fields(options)}
    typed["size_px"] = None if options.size is None else _size(options.size)
    typed["fps"] = None if options.fps is None else _rate(options.fps)
    typed["duration_secs"] = options.duration
    typed["download"] = options.download or None
    if options.style_image is not None:
        typed["style_image"] = str(Path(options.style_image).expanduser().absolute())
    chosen = _without_other_style(options, chosen)
    if options.stylizer is not None:  # another one knows nothing of this one's model
        chosen = replace(chosen, model=None, model_options=None, download=False)
    for name in ("size", "duration", "preset", "debug"):
        typed.pop(name)
    given = {name: value for name, value in typed.items() if value is not None}
    chosen = replace(chosen, out=out, **given)
    _check_model(chosen, given)
    return chosen


def _check_model(chosen: Settings, given: Mapping[str, object]) -> None:
    """Check that what is said of a large model is said to a stylizer that has one."""
    for name in ("model", "model_options", "download"):
        if name in given and not is_large(chosen.stylizer or ""):
            raise SettingsError(
                f"--{name.replace('_', '-')} is for large models; add --stylizer "
                f"{', '.join(list(ROUTES)[:-1])} or {list(ROUTES)[-1]}"
            )


def _without_other_style(options: Options, earlier: Settings) -> Settings:
    """Return earlier settings without the look whose place another one takes."""
    if options.style_image is None:
        other = options.style is not None or options.stylizer not in {None, "exemplar"}
        return replace(earlier, style_image=None) if other else earlier
    if options.style is not None:
        raise SettingsError(
            f"--style {options.style!r} and --style-image {options.style_image} both say how it "
            "should look; give one of them"
        )
    return replace(
        earlier, style=None, stylizer=None, model=None, model_options=None, download=False
    )


def _check(settings: Settings) -> None:
    width, height = settings.size_px
    if any(edge % 2 or not 0 < edge <= MAX_PIXELS for edge in (width, height)):
        raise SettingsError(
            f"--size {width}x{height} given; both must be even numbers from 2 to {MAX_PIXELS}"
        )
    duration = settings.duration_secs
    if duration is not None and not 0 < duration <= 1000:  # noqa: PLR2004 - as the text says
        raise SettingsError(
            f"--duration {duration:g} given; allowed are seconds above 0, up to 1000"
        )
    for name, most in (("samples", MAX_SAMPLES), ("jobs", MAX_JOBS), ("takes", MAX_TAKES)):
        value = getattr(settings, name)
        if value is not None and not 1 <= value <= most:
            raise SettingsError(f"--{name} {value} given; allowed are 1 to {most}")
    if not 1 <= settings.fps <= 240:  # noqa: PLR2004 - as the text says
        raise SettingsError(f"--fps {settings.fps} given; allowed are 1 to 240")
    if settings.licence not in LICENCES:
        raise SettingsError(
            f"--licence {settings.licence!r} given; allowed are {', '.join(LICENCES)}"
        )
    if settings.style is not None and not settings.style.strip():
        raise SettingsError("--style is empty; give a word such as photoreal or toon")


def _preset_name(text: str) -> PresetName:
    for name in PRESETS:
        if text == name:
            return name
    raise SettingsError(f"--preset {text!r} given; there are: {', '.join(PRESETS)}")


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})\s*[x×*]\s*(\d{1,6})", text.strip().lower())
    if match is None:
        raise SettingsError(f"--size {text!r} given; write width x height, for example 640x360")
    return int(match[1]), int(match[2])


def _rate(text: str) -> Fraction:
    """Read a frame rate; 23.976, 29.97 and 59.94 mean the broadcast rates n·1000/1001."""
    try:
        rate = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise SettingsError(f"--fps {text!r} given; write 24, 29.97 or 24000/1001") from None
    for whole in (24, 30, 60):
        broadcast = Fraction(whole * 1000, 1001)
        if rate != whole and abs(rate - broadcast) < Fraction(1, 500):
            return broadcast
    return rate.limit_denominator(1001)
