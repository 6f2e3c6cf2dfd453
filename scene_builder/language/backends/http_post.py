"""One question to a server: bounded in time and in size, asked again where that may help."""

import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scene_builder.model.errors import ModelError

if TYPE_CHECKING:
    import httpx

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""What servers answer when asking again later may help."""
_LONGEST_WAIT_SECS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much.

    Attributes:
        connect_secs: Longest wait for a connection [s].
        answer_secs: Longest wait for one answer, from question to last byte [s].
        total_secs: Longest wait for all attempts together [s].
        retry_secs: Waits before asking again [s], where the server names none.
        max_bytes: Longest answer; what comes after is not read.
        max_tokens: Longest answer asked for.
    """

    connect_secs: float = 10.0
    answer_secs: float = 180.0
    total_secs: float = 600.0
    retry_secs: tuple[float, ...] = (1.0, 3.0, 9.0)
    max_bytes: int = 2_000_000
    max_tokens: int = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said.

    Attributes:
        status: The HTTP status.
        body: The text.
        retry_after_secs: When to ask again [s], if it says so.
    """

    status: int
    body: str
    retry_after_secs: float | None = None


class _TimedOutError(Exception):
    """No whole answer in time, or the connection broke off."""


def post(
    url: str, document: Mapping[str, Any], *, key: str | None, limits: Limits, deadline: float,
    again: Callable[[Answer], bool],
) -> Answer:  # fmt: skip
    """Send a JSON document and return the answer, whatever its status.

    Args:
        url: Where to.
        document: What.
        key: Sent as a bearer token.
        limits: How long and how much.
        deadline: When to give up, on the monotonic clock [s].
        again: Whether a busy server's answer is worth asking again.

    Raises:
        ModelError: If there is no server, no whole answer in time, or too long an answer.
    """
    waits = list(limits.retry_secs)
    timeouts = 0
    while True:
        try:
            answer = _posted(url, document, key=key, limits=limits, deadline=deadline)
        except _TimedOutError as error:
            timeouts += 1
            wait = waits.pop(0) if waits and timeouts == 1 else None
            if wait is None or time.monotonic() + wait >= deadline:
                raise ModelError(f"the chat server at {url} {error}; try again later") from error
        else:
            busy = answer.status in BUSY and again(answer)
            wait = (waits.pop(0) if waits else None) if busy else None
            if wait is not None and answer.retry_after_secs is not None:
                wait = min(answer.retry_after_secs, _LONGEST_WAIT_SECS)
            if wait is None or time.monotonic() + wait >= deadline:
                return answer
        time.sleep(wait)


def is_private(url: str) -> bool:
    """Whether what is sent there can be overheard by nobody: TLS, or this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _posted(
    url: str, document: Mapping[str, Any], *, key: str | None, limits: Limits, deadline: float
) -> Answer:
    import httpx

    until = min(deadline, time.monotonic() + limits.answer_secs)
    left = max(0.01, until - time.monotonic())
    headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    timeout = httpx.Timeout(left, connect=min(left, limits.connect_secs))
    # Proxies of the environment are for the world outside.
    outside = urlsplit(url).hostname not in {"localhost", "127.0.0.1", "::1"}
    content = json.dumps(document, ensure_ascii=False).encode()
    try:
        with (
            httpx.Client(timeout=timeout, trust_env=outside) as client,
            client.stream("POST", url, content=content, headers=headers) as response,
        ):
            body = _body(response, url, until=until, max_bytes=limits.max_bytes)
            wait = _seconds(response.headers.get("Retry-After"))
            return Answer(status=response.status_code, body=body, retry_after_secs=wait)
    except (httpx.TimeoutException, httpx.RemoteProtocolError, httpx.ReadError) as error:
        if isinstance(error, httpx.ConnectTimeout):
            raise _unreachable(url, error) from error
        raise _TimedOutError(f"gave no whole answer ({type(error).__name__})") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise _unreachable(url, error) from error


def _body(response: "httpx.Response", url: str, *, until: float, max_bytes: int) -> str:
    read = bytearray()
    for piece in response.iter_bytes():
        read += piece
        if len(read) > max_bytes:
            raise ModelError(
                f"the chat server at {url} answered with more than {max_bytes:,} bytes, which is "
                "no scene; the rest was not read: check the address and the model"
            )
        if time.monotonic() > until:
            raise _TimedOutError("answered too slowly")
    return read.decode("utf-8", errors="replace")


def _seconds(text: str | None) -> float | None:
    """Read a `Retry-After` of seconds; a date counts as none."""
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        return None


def _unreachable(url: str, error: Exception) -> ModelError:
    return ModelError(
        f"the chat server at {url} gave no answer ({type(error).__name__}: {error}); is it running?"
    )
