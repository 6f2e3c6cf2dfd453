"""A causal language model in this process, decoding greedily under a grammar."""

import math
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal, Protocol, cast, runtime_checkable

from scene_builder.model.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor
    from torch import dtype as Dtype  # noqa: N812
else:  # the package is heavy, and types are looked up while tests run
    Tensor = Dtype = object

MAX_NEW_TOKENS = 400
"""Longest answer; the longest of the synthetic grammar has about 120."""
_PROBE_SECS = 0.25


@runtime_checkable
class Matcher(Protocol):
    """What llguidance calls an LLMatcher: it walks through a grammar, token by token."""

    def compute_bitmask(self) -> bytes:
        """Return one bit for each token of the vocabulary: whether it may come next."""
        ...

    def consume_token(self, token: int) -> bool:
        """Go on by one token."""
        ...

    def is_stopped(self) -> bool:
        """Whether nothing may follow."""
        ...


class GrammarModel:
    """A small model that answers in a language given by a grammar.

    One thread, because a model this small is slower on two (15 against 10 tokens a second), and
    passive waiting, because spinning threads collapse on a busy machine.
    """

    def __init__(self, folder: str | Path) -> None:
        """Load the model and its tokenizer from `folder`, or by an id of the model hub.

        Raises:
            ModelError: If the folder holds no model that transformers can load.
        """
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import llguidance.hf
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        self._torch = torch
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            self.dtype = _faster_dtype(torch)
            self._tokenizer = AutoTokenizer.from_pretrained(folder)
            self._model = AutoModelForCausalLM.from_pretrained(folder, dtype=self.dtype).eval()
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"the language model {str(folder)!r} cannot be loaded ({str(error)[:160]}); "
                "give the folder of a transformers checkpoint, or remove the cached one to have it "
                "made anew"
            ) from error
        finally:
            torch.set_num_threads(threads)
        end = self._tokenizer.eos_token_id
        self._end = int(end if end is not None else len(self._tokenizer) - 1)
        self._constraint_tokens = llguidance.hf.from_tokenizer(
            self._tokenizer, n_vocab=len(self._tokenizer), eos_token=self._end
        )

    def chat_text(self, messages: Sequence[Mapping[str, str]]) -> str:
        """Return the model's input for `messages`, by its own chat template if it has one."""
        if self._tokenizer.chat_template is None:
            said = [f"{message['role']}: {message['content']}" for message in messages]
            return "\n".join([*said, "assistant: "])
        return str(
            self._tokenizer.apply_chat_template(
                list(messages), tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
        )

    def complete(
        self, text: str, grammar: str, *, form: Literal["lark", "json_schema"] = "lark",
        max_new_tokens: int = MAX_NEW_TOKENS, max_secs: float = math.inf,
    ) -> str:  # fmt: skip
        """Return the likeliest continuation of `text`, token by token, that `grammar` allows.

        Args:
            text: The model's input, with its chat marks.
            grammar: A grammar in llguidance's form of Lark, or a JSON Schema.
            form: Which of both it is.
            max_new_tokens: Where the continuation is cut, if it has not ended before.
            max_secs: Wall time after which it is cut [s]; at least one token is written.
        """
        matcher = _matcher(self._constraint_tokens, grammar, form)
        tokens, _ = self._decoded(text, matcher, max_new_tokens, max_secs)
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True))

    def lines(
        self, text: str, grammar: str, *, max_secs: float = math.inf
    ) -> list[tuple[str, float]]:
        """Return what `complete` writes as whole lines, each with how sure the model was.

        The second of a pair is the probability that the model gives to the line, before the
        grammar has its say: small where the grammar forbade what the model wanted to write.
        """
        matcher = _matcher(self._constraint_tokens, grammar, "lark")
        tokens, logs = self._decoded(text, matcher, MAX_NEW_TOKENS, max_secs)
        lines: list[tuple[str, float]] = []
        begun = 0
        for k, token in enumerate(tokens):
            if "\n" in self._tokenizer.decode([token]):
                line = self._tokenizer.decode(tokens[begun:k], skip_special_tokens=True)
                lines.append((str(line), math.exp(sum(logs[begun : k + 1]))))
                begun = k + 1
        return lines

    def _decoded(
        self, text: str, matcher: Matcher, max_new_tokens: int, max_secs: float
    ) -> tuple[list[int], list[float]]:
        threads = self._torch.get_num_threads()
        self._torch.set_num_threads(1)
        try:
            with self._torch.inference_mode():
                return self._greedy(text, matcher, max_new_tokens, time.perf_counter() + max_secs)
        finally:
            self._torch.set_num_threads(threads)

    def _greedy(
        self, text: str, matcher: Matcher, max_new_tokens: int, end: float
    ) -> tuple[list[int], list[float]]:
        """The likeliest tokens, one after the other, and the logarithm of each one's share."""
        torch = self._torch
        ids = self._tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
        said: list[int] = []
        logs: list[float] = []
        past = None
        while len(said) < max_new_tokens:
            result = self._model(
                input_ids=ids, past_key_values=past, use_cache=True, logits_to_keep=1
            )
            past = result.past_key_values
            scores = result.logits[0, -1].float()
            total = float(torch.logsumexp(scores, 0))
            scores[~_allowed(torch, matcher, scores.shape[0])] = -torch.inf
            token = int(scores.argmax())
            if token == self._end:
                break
            said.append(token)
            logs.append(float(scores[token]) - total)
            matcher.consume_token(token)
            if matcher.is_stopped() or time.perf_counter() > end:
                break
            ids = torch.tensor([[token]])
        return said, logs


def _matcher(tokens: object, grammar: str, form: str) -> Matcher:
    from llguidance import LLMatcher

    if form == "lark":
        compiled = LLMatcher.grammar_from_lark(grammar)
    else:  # without free white space, of which a small model may write no end
        compiled = LLMatcher.grammar_from_json_schema(
            grammar, defaults={"whitespace_flexible": False}
        )
    matcher = LLMatcher(tokens, compiled)
    if matcher.is_error():
        raise ModelError(f"the decoding grammar is refused: {matcher.get_error()}")
    return cast("Matcher", matcher)


def _allowed(torch: ModuleType, matcher: Matcher, size: int) -> Tensor:
    import numpy as np

    bits = np.unpackbits(
        np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8), bitorder="little"
    )
    allowed = np.zeros(size, dtype=bool)
    allowed[: min(size, bits.size)] = bits[:size].astype(bool)
    return cast("Tensor", torch.from_numpy(allowed))


def _faster_dtype(torch: ModuleType) -> Dtype:
    """Return the number type that multiplies faster on this processor, tried for half a second."""
    counts = {}
    for dtype in (torch.bfloat16, torch.float32):
        left, right = torch.ones(32, 576, dtype=dtype), torch.ones(576, 1536, dtype=dtype)
        (left @ right).sum()
        end, count = time.perf_counter() + _PROBE_SECS, 0
        while time.perf_counter() < end:
            left @ right
            count += 1
        counts[dtype] = count
    return cast("Dtype", max(counts, key=lambda dtype: counts[dtype]))
