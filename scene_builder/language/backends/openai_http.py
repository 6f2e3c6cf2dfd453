"""Chat models behind an OpenAI-compatible HTTP interface."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, final

from scene_builder.language.reader import Chat
from scene_builder.model.errors import ModelError, SettingsError

RUNGS = ("json_schema", "json_object+schema", "json_object", "none")
"""Ways to ask for JSON, the strictest first; servers differ in what they take."""

_REFUSED = frozenset({400, 404, 415, 422, 500, 501})
_OK = 200


@final
class HttpChat(Chat):
    """Answers from a server, asked for JSON in the strictest way that it takes.

    Attributes:
        rung: Index in `RUNGS` of the way that works; it is remembered for the next call.
    """

    def __init__(
        self, url: str, model: str, *, key: str | None = None, timeout_secs: float = 120.0
    ) -> None:
        """Talk to a server.

        Args:
            url: Address of the interface, for example `http://127.0.0.1:8080/v1`.
            model: The model's name there.
            key: A key, sent as a bearer token.
            timeout_secs: Longest wait for one answer [s].
        """
        self._url = url.rstrip("/") + "/chat/completions"
        self._model = model
        self._key = key
        self._timeout_secs = timeout_secs
        self.rung = 0

    def reply(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the model's answer.

        Raises:
            ModelError: If the server cannot be reached, refuses every form of the request, or
                answers with something else than a message.
        """
        said = ""
        while self.rung < len(RUNGS):
            status, body = self._post(messages, schema)
            if status == _OK:
                return _content(body, self._url)
            said = f"HTTP {status}: {body[:200]!r}"
            if status not in _REFUSED:
                break
            self.rung += 1
        self.rung = min(self.rung, len(RUNGS) - 1)
        raise ModelError(
            f"the chat server at {self._url} refused the request for {self._model!r} ({said}); "
            "check the address, the model's name and the key"
        )

    def _post(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> tuple[int, str]:
        import httpx

        request = {
            "model": self._model, "messages": [dict(message) for message in messages],
            "temperature": 0, "max_tokens": 2000, **_form(RUNGS[self.rung], schema),
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            answer = httpx.post(
                self._url, json=request, headers=headers, timeout=self._timeout_secs
            )
        except httpx.HTTPError as error:
            raise ModelError(
                f"the chat server at {self._url} gave no answer ({type(error).__name__}: {error}); "
                "is it running?"
            ) from error
        return answer.status_code, answer.text


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
            "http://127.0.0.1:8080/v1), OPENAI_MODEL and, if the server wants one, OPENAI_API_KEY"
        )
    return HttpChat(url, model, key=os.environ.get("OPENAI_API_KEY"))


def _form(rung: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    if rung == "json_schema":
        wanted = {"name": "scene", "schema": dict(schema)}
        return {"response_format": {"type": "json_schema", "json_schema": wanted}}
    if rung == "json_object+schema":
        return {"response_format": {"type": "json_object", "schema": dict(schema)}}
    if rung == "json_object":
        return {"response_format": {"type": "json_object"}}
    return {}


def _content(body: str, url: str) -> str:
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError):
        content = None
    if not isinstance(content, str):
        raise ModelError(f"the chat server at {url} answered {body[:200]!r}, which is no message")
    return content
