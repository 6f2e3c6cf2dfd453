"""Where a large model lies: a folder or the hub, safetensors only, and what it needs besides.

What is missing is said in one line with what to install or which name to try. Nothing is fetched
and nothing is loaded here.
"""

import importlib.util
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from render.frames import Picture
from render.stylize.large.known import Route, branches_of
from render.stylize.large.wishes import Wishes, controls_of
from scene_builder.model.errors import SettingsError

INDEX = "model_index.json"
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.msgpack")
_NEEDED = ("diffusers", "ftfy")
"""ftfy mends prompts in the video pipelines, which call it without looking whether it is there."""


_COSMOS = ("torchvision", "cosmos_guardrail")
"""What resizes its masks, and the safety checker, without which it may not be run."""


def check_installed() -> None:
    """Check that what runs large models is there; nothing is imported.

    Raises:
        SettingsError: If something is missing; the message says how to install it.
    """
    for name in _NEEDED:
        if importlib.util.find_spec(name) is None:
            raise SettingsError(
                f"large models need the package {name!r}, which is not installed: "
                "pip install 'worldreel[large]'"
            )


def check_checker() -> None:
    """Check that what Cosmos needs besides is there: NVIDIA's licence requires its safety checker.

    Raises:
        SettingsError: If something is not installed.
    """
    missing = [name for name in _COSMOS if importlib.util.find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"cosmos needs {' and '.join(missing)}, which this computer does not have: "
            f"pip install {' '.join(missing)}, or try --stylizer wan"
        )


def check_source(source: str, *, download: bool, revision: str = "") -> None:
    """Check that a model is there, without reading its weights.

    Args:
        source: Folder or hub id.
        download: Whether it may be fetched.
        revision: Branch or commit on the hub; "" for the usual one.

    Raises:
        SettingsError: If it is not there, or holds only what could run code when it is read.
    """
    folder = folder_of(source)
    if folder is not None:
        _check_folder(folder, source)
    elif not download:
        _check_cached(source, revision)


def check_sources(route: Route, source: str, wishes: Wishes, *, download: bool) -> None:
    """Check that a model is there, and the ControlNet that it lacks; see `check_source`."""
    check_source(source, download=download, revision=wishes.revision or branches_of(source).model)
    _check_kind(route, source)
    controlnet = controlnet_of(route, source, wishes)
    if controlnet is not None:
        check_source(controlnet.source, download=download, revision=controlnet.revision)


def folder_of(source: str) -> Path | None:
    """Return the folder that a source names; None if it is a hub id.

    Raises:
        SettingsError: If it is written like a folder, and there is none.
    """
    path = Path(source).expanduser()
    if path.is_dir():
        return path
    if path.is_absolute() or source.startswith((".", "~")) or source.count("/") != 1:
        raise SettingsError(
            f"there is no model in {source!r}; give a folder with a {INDEX}, or a hub id such as "
            "Wan-AI/Wan2.1-VACE-1.3B-diffusers"
        )
    return None


def is_picture(source: str) -> bool:
    """Return whether a source is written like a picture."""
    return source.lower().endswith(PICTURES)


def read_picture(source: str, size_px: tuple[int, int]) -> Picture:
    """Return a picture file, cut to a width and height [px].

    Raises:
        SettingsError: If it cannot be read.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(Path(source).expanduser()) as image:
            return np.array(ImageOps.fit(image.convert("RGB"), size_px))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"reference={source} given; it cannot be read as a picture: {error}"
        ) from error


class Branch(NamedTuple):
    """A hub id or folder, and its branch on the hub; "" for the usual one."""

    source: str
    revision: str = ""


def controlnet_of(route: Route, source: str, wishes: Wishes) -> Branch | None:
    """Return the ControlNet that is added to a model; None if it needs none, or has its own."""
    if not route.controlnet:
        return None
    folder = folder_of(source)
    if folder is not None and not wishes.controlnet:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        if "controlnet" in index:
            return None
    name = wishes.controlnet or route.controlnet
    return Branch(name, branches_of(name, controls_of(route, wishes)[0]).controlnet)


def _check_folder(folder: Path, source: str) -> None:
    index = folder / INDEX
    if not index.is_file() and not (folder / "config.json").is_file():
        raise SettingsError(
            f"{source!r} holds no model: there is no {INDEX}; give the folder that "
            "save_pretrained of diffusers wrote"
        )
    parts = [part for part in (folder, *sorted(folder.iterdir())) if part.is_dir()]
    for part in parts:
        pickles = sorted(name for kind in _PICKLES for name in part.glob(kind))
        if pickles and not any(part.glob("*.safetensors")):
            raise SettingsError(
                f"{pickles[0]} could run code when it is read; only safetensors are read: "
                "save the model with safe_serialization=True, or give another"
            )
    if not any(folder.rglob("*.safetensors")):
        raise SettingsError(f"{source!r} holds no safetensors weights; give another folder or id")


def _check_kind(route: Route, source: str) -> None:
    """Check that a folder's model is of a route; a base model of SDXL will do for SDXL."""
    folder = folder_of(source)
    if folder is None:
        return
    try:
        kind = json.loads((folder / INDEX).read_text(encoding="utf-8")).get("_class_name", "")
    except (OSError, ValueError, AttributeError) as error:
        raise SettingsError(f"{folder / INDEX} cannot be read: {error}") from None
    if not str(kind).startswith(route.kinds):
        raise SettingsError(
            f"{source!r} holds a {kind or 'model without a name'}; wanted is a {route.kinds}…"
        )


def _check_cached(source: str, revision: str) -> None:
    from huggingface_hub import try_to_load_from_cache

    names = (INDEX, "config.json")
    try:
        found = [try_to_load_from_cache(source, name, revision=revision or None) for name in names]
    except ValueError:
        raise SettingsError(f"{source!r} is neither a folder nor a hub id") from None
    if not any(isinstance(path, str) for path in found):
        raise SettingsError(
            f"the model {source!r} is not on this computer; add --download to fetch it, or give "
            "the folder of one that is"
        )
