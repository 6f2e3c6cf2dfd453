"""Chat models behind an OpenAI-compatible HTTP interface."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, final

from scene_builder.language.backends.addresses import ServerAddress, server_address
from scene_builder.language.backends.http_post import Answer, Limits, is_private, post
from scene_builder.language.backends.server_habits import (
    RUNGS,
    Habits,
    recalled,
    remember,
    speaks_of_form,
)
from scene_builder.language.backends.weights import cache_folder
from scene_builder.language.reader import Chat
from scene_builder.model.errors import ModelError, SettingsError

_OK, _UNAUTHORISED, _FORBIDDEN, _ABSENT, _FAILED = 200, 401, 403, 404, 500
_SHOWN_LETTERS = 200


@final
class HttpChat(Chat):
    """Answers from a server, asked for JSON in the strictest way that it takes."""

    def __init__(
        self, url: str, model: str, *, key: str | None = None, limits: Limits | None = None,
        cache: Path | None = None,
    ) -> None:  # fmt: skip
        """Talk to a server; nothing is sent before the first question.

        Args:
            url: Address of the interface, for example `http://127.0.0.1:8080/v1`.
            model: The model's name there.
            key: A key, sent as a bearer token; it is kept in memory alone.
            limits: Time-outs, retries and the longest answer.
            cache: Cache folder, where the server's habits are remembered; None for the usual one.
        """
        self._base = url.rstrip("/")
        self._url = self._base + "/chat/completions"
        self._model = model
        self._key = key
        self._limits = limits or Limits()
        self._cache = cache
        self._habits: Habits | None = None

    @property
    def identity(self) -> str:
        """What answers depend on, as far as can be known from here."""
        return f"{self._base}#{self._model}"

    @property
    def rung(self) -> str:
        """The way to ask for JSON, of `RUNGS`, that is tried next."""
        return RUNGS[self._known().rung]

    def reply(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the model's answer.

        Raises:
            ModelError: If the server cannot be reached, refuses every form of the request, or
                answers with something else than a message.
        """
        deadline = time.monotonic() + self._limits.total_secs
        habits: Habits | None = self._known()
        while habits is not None:
            answer = self._asked(messages, schema, habits, deadline)
            if answer.status == _OK:
                content = self._content(answer.body)
                self._learn(habits)
                return content
            habits = habits.after(answer.status, answer.body)
        raise ModelError(self._refusal(answer))

    def _asked(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], habits: Habits,
        deadline: float,
    ) -> Answer:  # fmt: skip
        patience = [1]

        def again(answer: Answer) -> bool:
            """A defect may be a form that the server does not take: then once is enough."""
            if answer.status != _FAILED or habits.proven or habits.rung + 1 == len(RUNGS):
                return True
            if speaks_of_form(answer.body) or not patience:
                return False
            return bool(patience.pop())

        request = {
            "model": self._model, "messages": [dict(message) for message in messages],
            "stream": False, **habits.fields(dict(schema), max_tokens=self._limits.max_tokens),
        }  # fmt: skip
        return post(
            self._url, request, key=self._key, limits=self._limits, deadline=deadline, again=again
        )

    def _known(self) -> Habits:
        if self._habits is None:
            self._habits = recalled(self._folder, self._base, self._model)
        return self._habits

    def _learn(self, habits: Habits) -> None:
        if habits != self._habits or not habits.proven:
            self._habits = replace(habits, proven=True)
            remember(self._folder, self._base, self._model, self._habits)

    @property
    def _folder(self) -> Path:
        return self._cache or cache_folder()

    def _content(self, body: str) -> str:
        said: Any = None
        try:
            message = json.loads(body)["choices"][0]["message"]
            said = message.get("content")
            if isinstance(said, list):  # some servers answer in parts
                said = "".join(part["text"] for part in said if part.get("type") == "text")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            pass
        if not isinstance(said, str):
            raise ModelError(
                f"the chat server at {self._url} answered {self._shown(body)}, which is no message"
            )
        return said

    def _refusal(self, answer: Answer) -> str:
        mend = {
            _UNAUTHORISED: "put a valid key into WORLDREEL_API_KEY or OPENAI_API_KEY",
            _FORBIDDEN: "the key does not open this model",
            _ABSENT: "check the address (it often ends in /v1) and the model's name",
        }.get(answer.status, "check the address, the model's name and the key, or try again later")
        return (
            f"the chat server at {self._url} refused the request for {self._model!r} "
            f"(HTTP {answer.status}: {self._shown(answer.body)}); {mend}"
        )

    def _shown(self, body: str) -> str:
        """The beginning of an answer; servers like to repeat the key that they refuse."""
        return repr((body.replace(self._key, "…") if self._key else body)[:_SHOWN_LETTERS])


def chat_at(address: ServerAddress) -> HttpChat:
    """Return a chat with the model at an address, its key from the environment.

    `OPENAI_API_KEY` is sent over TLS or to this machine only; `WORLDREEL_API_KEY`, which is meant
    for this server, goes to any.
    """
    key = os.environ.get("WORLDREEL_API_KEY")
    if not key and is_private(address.url):
        key = os.environ.get("OPENAI_API_KEY")
    return HttpChat(address.url, address.model, key=key or None)


def chat_from_environment() -> HttpChat:
    """Return a chat with the server that the environment names.

    Raises:
        SettingsError: If it names none.
    """
    url, model = os.environ.get("OPENAI_BASE_URL"), os.environ.get("OPENAI_MODEL")
    if not url or not model:
        missing = "OPENAI_BASE_URL" if not url else "OPENAI_MODEL"
        raise SettingsError(
            f"the environment variable {missing} is not set; set OPENAI_BASE_URL (for example "
            "http://127.0.0.1:8080/v1), OPENAI_MODEL and, if the server wants one, OPENAI_API_KEY; "
            "or name the server: --reader openai:<base url>#<model>"
        )
    return chat_at(server_address(f"{url}#{model}"))
