"""Large models from a folder or the hub: safetensors only, no code of theirs is ever run.

Nothing is fetched unless the user says so.
"""

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from render.stylize.large.known import Route, branches_of
from render.stylize.large.sources import check_installed, check_sources, controlnet_of
from render.stylize.large.wishes import Wishes
from scene_builder.model.errors import SettingsError


def load_pipeline(
    route: Route,
    source: str,
    wishes: Wishes,
    *,
    download: bool,
    components: dict[str, Any] | None = None,
) -> Any:  # noqa: ANN401 - a pipeline of diffusers
    """Return a model, ready to be called.

    Args:
        route: Which pipeline it is for.
        source: Folder or hub id.
        wishes: How it is run.
        download: Whether it may be fetched.
        components: Parts that the model does not hold itself.

    Raises:
        SettingsError: If it is not there, is something else, or does not fit into memory.
    """
    check_installed()
    check_sources(route, source, wishes, download=download)
    import diffusers
    import torch

    device = device_of(wishes)
    number = number_of(wishes, device, route)
    kind = getattr(diffusers, route.pipeline)
    parts = dict(components or {})
    controlnet = controlnet_of(route, source, wishes)
    given = {"local_files_only": not download, "use_safetensors": True}
    with _readable(source, route.pipeline):
        if controlnet:
            parts["controlnet"] = _controlnet_class(route).from_pretrained(
                controlnet.source, dtype=number, **given, **_revision(controlnet.revision)
            )
        variant = {"variant": wishes.variant} if wishes.variant else {}
        pipeline = kind.from_pretrained(
            source, dtype=_numbers(number, route), **given, **variant,
            **_revision(wishes.revision or branches_of(source).model), **parts,
        )  # fmt: skip
        pipeline.set_progress_bar_config(disable=True)
        if wishes.offload == "none" or device == "cpu":
            pipeline.to(torch.device(device))
        elif wishes.offload == "model":
            pipeline.enable_model_cpu_offload(device=device)
        else:
            pipeline.enable_sequential_cpu_offload(device=device)
    return pipeline


def released() -> None:
    """Give back the memory of a model that nobody holds any more."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def device_of(wishes: Wishes) -> str:
    """Return where a model runs.

    Raises:
        SettingsError: If there is no such device.
    """
    import torch

    if not wishes.device:
        if torch.cuda.is_available():
            return "cuda"
        return "mps" if torch.backends.mps.is_available() else "cpu"
    kind = wishes.device.partition(":")[0]
    there = {
        "cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(),
    }  # fmt: skip
    if not there.get(kind, False):
        offers = ", ".join(name for name, is_there in there.items() if is_there)
        raise SettingsError(f"device={wishes.device} given; this computer has: {offers}")
    return wishes.device


def number_of(wishes: Wishes, device: str, route: Route) -> Any:  # noqa: ANN401 - a torch.dtype
    """Return the number format of a model's weights."""
    import torch

    if wishes.dtype != "auto":
        return getattr(torch, wishes.dtype)
    if device == "cpu":
        return torch.float32
    return torch.float16 if route.window == 1 else torch.bfloat16


@contextmanager
def enough_memory(source: str) -> Iterator[None]:
    """Say in one line that a model does not fit into memory.

    Raises:
        SettingsError: If there is too little memory.
    """
    import torch

    try:
        yield
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise SettingsError(_too_big(source)) from error
    except RuntimeError as error:
        if not any(words in str(error).lower() for words in _NO_MEMORY):
            raise
        raise SettingsError(_too_big(source)) from error


_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


@contextmanager
def _readable(source: str, what: str) -> Iterator[None]:
    """Say in one line why diffusers cannot read a model."""
    try:
        with enough_memory(source):
            yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        first = " ".join(str(error).split())[:_MOST_SAID]
        raise SettingsError(f"{source!r} cannot be loaded as {what}: {first}") from error


_MOST_SAID = 300


def _too_big(source: str) -> str:
    return (
        f"{source!r} does not fit into memory; try offload=model or offload=sequential, "
        "dtype=bfloat16, a shorter window=, or a smaller --size"
    )


def _controlnet_class(route: Route) -> Any:  # noqa: ANN401 - a class of diffusers
    name = "CosmosControlNetModel" if "Cosmos" in route.pipeline else "ControlNetUnionModel"
    return getattr(importlib.import_module("diffusers"), name)


def _numbers(number: Any, route: Route) -> Any:  # noqa: ANN401 - a torch.dtype, or one for each
    """Return formats as `from_pretrained` wants them: video decoders lose detail in 16 bits."""
    import torch

    if route.window == 1 or number == torch.float32:
        return number
    return {"default": number, "vae": torch.float32}


def _revision(name: str) -> dict[str, str]:
    return {"revision": name} if name else {}
