"""What stands behind the colon of `--reader openai:…` and `--reader transformers:…`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from scene_builder.model.errors import SettingsError

Quantize = Literal["4bit", "8bit"]
HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
_SERVER_EXAMPLE = "openai:http://127.0.0.1:8080/v1#qwen3-4b"
_MODEL_EXAMPLE = "transformers:Qwen/Qwen3-4B-Instruct-2507"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """A model on a server.

    Attributes:
        url: Address of the interface, without the last slash.
        model: The model's name there.
    """

    url: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAddress:
    """A model that is loaded into this process.

    Attributes:
        model: A folder, or an id of the model hub.
        quantize: Number of bits that weights are cut to while they are loaded; None for none.
        gguf: Name of the GGUF file that holds the weights; empty for safetensors.
    """

    model: str
    quantize: Quantize | None = None
    gguf: str = ""


def server_address(text: str) -> ServerAddress:
    """Return the server that `<base url>#<model>` names.

    Raises:
        SettingsError: If it names none, or holds a key or a password.
    """
    url, _, model = text.partition("#")
    parts = urlsplit(url)
    try:
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if "@" in parts.netloc or parts.query:
        raise SettingsError(  # the address stands in the run folder: nothing secret may be in it
            "--reader openai:… holds a user, a password or a query; give the address alone, and "
            "put the key into WORLDREEL_API_KEY or OPENAI_API_KEY"
        )
    if parts.scheme not in {"http", "https"} or not host or not model.strip():
        raise SettingsError(
            f"--reader 'openai:{text}' given; write openai:<base url>#<model>, for example "
            f"{_SERVER_EXAMPLE}"
        )
    plain = url.rstrip("/").removesuffix("/chat/completions")
    return ServerAddress(url=plain, model=model.strip())


def model_address(text: str) -> ModelAddress:
    """Return the model that `<hub id or folder>[?quantize=4bit|8bit][&gguf=FILE]` names.

    Raises:
        SettingsError: If it names none; a folder has to be there.
    """
    name, _, query = text.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(options.keys() - {"quantize", "gguf"})
    quantize = options.get("quantize")
    if unknown or (query and not options) or quantize not in {None, "4bit", "8bit"}:
        raise SettingsError(
            f"--reader 'transformers:{text}' given; behind the question mark may stand "
            f"quantize=4bit, quantize=8bit and gguf=FILE, for example "
            f"{_MODEL_EXAMPLE}?quantize=4bit"
        )
    gguf = options.get("gguf", "")
    folder = Path(name).expanduser()
    if name.endswith(".gguf"):
        folder, gguf = folder.parent, folder.name
        name = str(folder)
    if _is_path(name):
        _check_folder(folder, gguf)
        name = str(folder)
    elif not HUB_ID.fullmatch(name) or Path(gguf).name != gguf:
        raise SettingsError(
            f"--reader 'transformers:{text}' given; write transformers:<hub id or folder>, for "
            f"example {_MODEL_EXAMPLE}"
        )
    return ModelAddress(model=name, quantize=quantize, gguf=gguf)  # type: ignore[arg-type]


def _is_path(name: str) -> bool:
    return name.startswith(("/", ".", "~")) or "\\" in name or Path(name).is_dir()


def _check_folder(folder: Path, gguf: str) -> None:
    wanted = gguf or "config.json"
    if not (folder / wanted).is_file():
        raise SettingsError(
            f"--reader transformers: the folder {str(folder)!r} holds no {wanted}; give the folder "
            "of a transformers checkpoint, a .gguf file, or an id of the model hub"
        )
