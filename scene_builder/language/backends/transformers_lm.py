"""A causal language model in this process, decoding greedily under a grammar."""

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
        max_new_tokens: int = MAX_NEW_TOKENS,
    ) -> str:  # fmt: skip
        """Return the likeliest continuation of `text`, token by token, that `grammar` allows.

        Args:
            text: The model's input, with its chat marks.
            grammar: A grammar in llguidance's form of Lark, or a JSON Schema.
            form: Which of both it is.
            max_new_tokens: Where the continuation is cut, if it has not ended before.
        """
        threads = self._torch.get_num_threads()
        self._torch.set_num_threads(1)
        try:
            with self._torch.inference_mode():
                matcher = _matcher(self._constraint_tokens, grammar, form)
                return self._decoded(text, matcher, max_new_tokens)
        finally:
            self._torch.set_num_threads(threads)

    def likelihood(self, text: str, continuation: str) -> float:
        """Return the log-likelihood of `continuation`, and then the end, after `text` [nat]."""
        torch = self._torch
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            asked = self._tokenizer(text, add_special_tokens=False)["input_ids"]
            said = self._tokenizer(continuation, add_special_tokens=False)["input_ids"]
            said = [*said, self._end]
            with torch.inference_mode():
                logits = self._model(
                    input_ids=torch.tensor([[*asked, *said]]), logits_to_keep=len(said) + 1
                ).logits[0, :-1]
            chosen = torch.tensor(said)[:, None]
            return float(torch.log_softmax(logits.float(), -1).gather(1, chosen).sum())
        finally:
            torch.set_num_threads(threads)

    def _decoded(self, text: str, matcher: Matcher, max_new_tokens: int) -> str:
        torch = self._torch
        ids = self._tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
        said: list[int] = []
        past = None
        while len(said) < max_new_tokens:
            result = self._model(
                input_ids=ids, past_key_values=past, use_cache=True, logits_to_keep=1
            )
            past = result.past_key_values
            scores = result.logits[0, -1].float()
            scores[~_allowed(torch, matcher, scores.shape[0])] = -torch.inf
            token = int(scores.argmax())
            if token == self._end:
                break
            said.append(token)
            matcher.consume_token(token)
            if matcher.is_stopped():
                break
            ids = torch.tensor([[token]])
        return str(self._tokenizer.decode(said, skip_special_tokens=True))


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
