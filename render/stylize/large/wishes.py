"""What a user may say of how a large model is run: checked once, before anything is loaded."""

import shlex
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from render.stylize.large.controls import ControlName
from render.stylize.large.known import Route
from scene_builder.model.errors import SettingsError

Offload = Literal["none", "model", "sequential"]
Number = Literal["auto", "float32", "bfloat16", "float16"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a large model is run; what is None follows from the model's route.

    Attributes:
        prompt: What it is told; "" makes it of the style words and the scene's nouns.
        negative: What it is told to avoid.
        steps: Denoising steps.
        guidance: Scale of classifier-free guidance; 1 is off.
        denoise: Share of noise that a picture starts with, 0…1 (image route).
        control: Strength of the control pictures.
        controls: Which control pictures, joined by +: depth, edges, normals; "" for the usual.
        controlnet: Hub id or folder of the ControlNet that the model lacks.
        reference: Picture, or hub id or folder of an image model, that shows a video model
            the look; "" for none.
        every: Frames from one key frame to the next (image route).
        history: Share of the last key frame in what the next one starts from (image route).
        window: Frames that are painted together, 4k + 1 (video route).
        overlap: Frames that two windows share, 4k + 1 (video route).
        hold: Of these, how many the later window is given as they are (video route).
        independent: Share of noise that does not ride on surfaces.
        device: Where it runs: cuda, mps, cpu; "" takes the best there is.
        dtype: Its number format.
        offload: What waits in the computer's memory: none, each model that is not at work, or
            each layer (slow, least memory).
        revision: Branch or commit on the hub; "" for the usual one.
        variant: Which files of it, for example fp16; "" for the usual ones.
    """

    prompt: str = ""
    negative: str = ""
    steps: int | None = None
    guidance: float | None = None
    denoise: float = 0.6
    control: float | None = None
    controls: str = ""
    controlnet: str = ""
    reference: str = ""
    every: int = 8
    history: float = 0.5
    window: int | None = None
    overlap: int = 9
    hold: int = 1
    independent: float | None = None
    device: str = ""
    dtype: Number = "auto"
    offload: Offload = "none"
    revision: str = ""
    variant: str = ""

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise SettingsError(f"{name}={value} given; allowed are {least:g} to {most:g}")
        self._check_windows()

    @property
    def painting(self) -> dict[str, str | int | float | None]:
        """What pictures depend on: not where, and in which order, numbers are worked out."""
        left_out = ("device", "offload", "controlnet", "reference")
        return {
            field.name: getattr(self, field.name)
            for field in fields(self) if field.name not in left_out
        }  # fmt: skip

    def _check_windows(self) -> None:
        for name in ("window", "overlap"):
            value = getattr(self, name)
            if value is not None and value % 4 != 1:
                raise SettingsError(
                    f"{name}={value} given; allowed are 1, 5, 9, 13, …: video models take one "
                    "frame and then four at a time"
                )
        if not self.hold <= self.overlap:
            raise SettingsError(
                f"hold={self.hold} overlap={self.overlap} given; allowed are 0 to the overlap"
            )


_RANGES: dict[str, tuple[float, float]] = {
    "steps": (1, 1000), "guidance": (0, 50), "denoise": (0, 1), "control": (0, 2),
    "every": (1, 1000), "history": (0, 1), "window": (5, 1001), "overlap": (1, 997),
    "hold": (0, 997), "independent": (0, 1),
}  # fmt: skip


def controls_of(route: Route, wishes: Wishes) -> tuple[ControlName, ...]:
    """Return the control pictures that a model is asked with, in order.

    Raises:
        SettingsError: If the route does not take these.
    """
    known: dict[str, ControlName] = {name: name for name in get_args(ControlName)}
    if not wishes.controls:
        return tuple(known[name] for name in route.controls[: route.usual])
    names = [name.strip() for name in wishes.controls.split("+")]
    fits = len(set(names)) == len(names) <= route.joins
    if not fits or not all(name in route.controls for name in names):
        most = "one of" if route.joins == 1 else "joined by +"
        raise SettingsError(
            f"controls={wishes.controls} given; allowed are, {most}: {', '.join(route.controls)}"
        )
    return tuple(known[name] for name in names)


def wishes_from(text: str) -> Wishes:
    """Return what a line like `steps=30 offload=model prompt="oil on canvas"` wishes.

    Raises:
        SettingsError: If a word is no `name=value`, there is no such name, or a value is not
            allowed.
    """
    kinds = get_type_hints(Wishes)
    names = [field.name for field in fields(Wishes)]
    values: dict[str, Any] = {}
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise SettingsError(f"the model's options {text!r} cannot be read: {error}") from None
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in names:
            raise SettingsError(
                f"the model's option {word!r} is not known; write name=value, with the names "
                f"{', '.join(names)}"
            )
        values[name] = _value(name, value, kinds[name])
    return Wishes(**values)


def _value(name: str, text: str, kind: Any) -> str | int | float:  # noqa: ANN401 - a type
    if get_origin(kind) is Literal and text not in get_args(kind):
        raise SettingsError(f"{name}={text} given; allowed are {', '.join(get_args(kind))}")
    try:
        if kind in (int, int | None):
            return int(text)
        return float(text) if kind in (float, float | None) else text
    except ValueError:
        what = "a whole number" if kind in (int, int | None) else "a number"
        raise SettingsError(f"{name}={text} given; write {what}") from None
