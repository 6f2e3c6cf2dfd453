"""A large language model in this process: where it is put, how it is loaded, how it answers."""

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from scene_builder.language.backends.addresses import ModelAddress
from scene_builder.language.backends.constraint import SchemaConstraint, token_table
from scene_builder.model.errors import MissingExtraError, ModelError

if TYPE_CHECKING:
    from torch import Tensor
    from torch import dtype as Dtype  # noqa: N812
else:  # the package is heavy, and types are looked up while tests run
    Tensor = Dtype = object

_PROBE_SECS = 0.1
_PROBE_WIDTH = 1024
_THOUGHT = "<think>"
_SHOWN_LETTERS = 160
_CIRCLES, _SHORTEST_PERIOD, _LONGEST_PERIOD = 5, 4, 64


class CausalModel:
    """An instruct model that answers messages, under a JSON Schema where that can be held.

    Weights are read from safetensors or GGUF; code that comes with a model is never run.
    """

    def __init__(self, address: ModelAddress) -> None:
        """Load a model onto the best device that there is.

        Raises:
            ModelError: If it cannot be loaded.
            MissingExtraError: If cutting weights needs a package that is not installed.
        """
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import torch

        self._torch = torch
        self.device = best_device(torch)
        # Packed GGUF weights are multiplied in float32, whatever is asked for.
        self.dtype = torch.float32 if address.gguf else dtype_for(torch, self.device)
        self._tokenizer, self._model = _loaded(torch, address, self.device, self.dtype)
        self._ends = _ends(self._tokenizer, self._model)
        self._table = token_table(
            self._tokenizer, size=len(self._tokenizer), ends=sorted(self._ends)
        )

    def reply(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], *,
        max_new_tokens: int,
    ) -> str:  # fmt: skip
        """Return the likeliest answer, token by token; it is cut where it grows too long.

        Raises:
            ModelError: If the messages are longer than the model can read.
        """
        text = chat_text(self._tokenizer, messages)
        ids = self._tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
        longest = getattr(self._model.config, "max_position_embeddings", None) or ids.shape[1] * 99
        room = min(max_new_tokens, longest - ids.shape[1])
        if room <= 0:
            raise ModelError(
                f"the question has {ids.shape[1]} tokens, the model reads {longest}; shorten the "
                "prompt, or take a model with a longer context"
            )
        try:
            with self._torch.inference_mode():
                said = self._decoded(ids, self._constraint(schema), room)
        except RuntimeError as error:  # above all: the device has no memory left
            raise ModelError(
                f"the language model failed on {self.device} ({_first(error)}); try "
                "?quantize=4bit, or a smaller model"
            ) from error
        return str(self._tokenizer.decode(said, skip_special_tokens=True))

    def _constraint(self, schema: Mapping[str, Any]) -> SchemaConstraint | None:
        try:
            return None if self._table is None else SchemaConstraint(self._table, schema)
        except ValueError:  # then the answer is only checked afterwards
            return None

    def _decoded(self, ids: Tensor, constraint: SchemaConstraint | None, room: int) -> list[int]:
        torch, said, past = self._torch, cast("list[int]", []), None
        while len(said) < room:
            result = self._model(
                input_ids=ids.to(self._model.device), past_key_values=past, use_cache=True,
                logits_to_keep=1,
            )  # fmt: skip
            past, scores = result.past_key_values, result.logits[0, -1].float()
            if constraint is not None:
                allowed = torch.from_numpy(constraint.allowed(scores.shape[0]))
                scores[~allowed.to(scores.device)] = -torch.inf
            token = int(scores.argmax())
            if token in self._ends:
                break
            fresh = [token, *(constraint.take(token) if constraint is not None else [])]
            said += fresh
            if (constraint is not None and constraint.finished) or runs_in_circles(said):
                break
            ids = torch.tensor([fresh])
        return [token for token in said if token not in self._ends]


def runs_in_circles(said: Sequence[int]) -> bool:
    """Whether the end of an answer says one thing for the fifth time; small models get caught."""
    for period in range(_SHORTEST_PERIOD, _LONGEST_PERIOD + 1):
        end = said[-period:]
        if len(said) >= _CIRCLES * period and list(said[-_CIRCLES * period :]) == _CIRCLES * [*end]:
            return True
    return False


def best_device(torch: ModuleType) -> str:
    """Return `cuda`, `mps` or `cpu`: the first that there is."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def dtype_for(torch: ModuleType, device: str) -> Dtype:
    """Return the number type for a device: bfloat16 where it is fast."""
    if device == "cpu":
        counts = {dtype: _products(torch, dtype) for dtype in (torch.bfloat16, torch.float32)}
        return cast("Dtype", max(counts, key=lambda dtype: counts[dtype]))
    if device == "cuda":
        has_bfloat16 = torch.cuda.is_bf16_supported()
    else:
        has_bfloat16 = torch.backends.mps.is_macos_or_newer(14, 0)
    return cast("Dtype", torch.bfloat16 if has_bfloat16 else torch.float16)


def chat_text(tokenizer: Any, messages: Sequence[Mapping[str, str]]) -> str:  # noqa: ANN401
    """Return a model's input for `messages`, by its own chat template if it has one.

    Thinking is switched off where the template can do that, and cut short where it cannot.
    """
    from jinja2 import TemplateError

    told = [dict(message) for message in messages]
    if tokenizer.chat_template is None:
        said = [f"{message['role']}: {message['content']}" for message in told]
        return "\n".join([*said, "assistant: "])
    try:
        text = _templated(tokenizer, told)
    except TemplateError:  # some templates know no system message
        system, first, *rest = told
        joined = {"role": "user", "content": f"{system['content']}\n\n{first['content']}"}
        text = _templated(tokenizer, [joined, *rest])
    if text.rstrip().endswith(_THOUGHT):
        text = f"{text.rstrip()}\n\n</think>\n\n"
    return text


def _templated(tokenizer: Any, messages: list[dict[str, str]]) -> str:  # noqa: ANN401
    return str(
        tokenizer.apply_chat_template(
            messages, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
    )


def _loaded(torch: ModuleType, address: ModelAddress, device: str, dtype: Dtype) -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    if Path(address.model).is_dir():  # a download shows how far it is
        logging.disable_progress_bar()
    source: dict[str, Any] = {"trust_remote_code": False}
    if address.gguf:
        source["gguf_file"] = address.gguf
    weights = {"dtype": dtype, **_placement(address, device), **_cut(address, dtype)}
    if not address.gguf:
        weights["use_safetensors"] = True
    try:
        tokenizer = AutoTokenizer.from_pretrained(address.model, **source)
        model = AutoModelForCausalLM.from_pretrained(address.model, **source, **weights).eval()
    except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
        raise ModelError(
            f"the language model {address.model!r} cannot be loaded ({_first(error)}); give the "
            "folder of a transformers checkpoint with safetensors, a .gguf file, or a hub id, and "
            "a connection for the first time"
        ) from error
    if device == "mps":
        model = model.to(device)
    return tokenizer, model


def _placement(address: ModelAddress, device: str) -> dict[str, Any]:
    """On CUDA, what does not fit on one device goes to the next, then to main memory."""
    if device == "cuda" or address.quantize:
        return {"device_map": "auto"}
    return {}


def _cut(address: ModelAddress, dtype: Dtype) -> dict[str, Any]:
    if address.quantize is None:
        return {}
    import importlib.util

    if importlib.util.find_spec("bitsandbytes") is None:
        raise MissingExtraError(
            f"?quantize={address.quantize} needs the package 'bitsandbytes': "
            "pip install bitsandbytes, or leave quantize away"
        )
    from transformers import BitsAndBytesConfig

    if address.quantize == "8bit":
        return {"quantization_config": BitsAndBytesConfig(load_in_8bit=True)}
    config = BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=dtype
    )
    return {"quantization_config": config}


def _ends(tokenizer: Any, model: Any) -> frozenset[int]:  # noqa: ANN401 - transformers' own
    named = getattr(model.generation_config, "eos_token_id", None)
    several = named if isinstance(named, list) else [named]
    return frozenset(int(e) for e in (*several, tokenizer.eos_token_id) if e is not None)


def _products(torch: ModuleType, dtype: Dtype) -> int:
    """How often a step of decoding can be computed in a tenth of a second."""
    left = torch.ones(1, _PROBE_WIDTH, dtype=dtype)
    right = torch.ones(_PROBE_WIDTH, 4 * _PROBE_WIDTH, dtype=dtype)
    (left @ right).sum()
    end, count = time.perf_counter() + _PROBE_SECS, 0
    while time.perf_counter() < end:
        left @ right
        count += 1
    return count


def _first(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:_SHOWN_LETTERS]
