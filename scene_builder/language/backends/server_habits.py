"""How a chat server wants to be asked; found once, and remembered between runs."""

import contextlib
import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

RUNGS = ("json_schema", "json_object+schema", "json_object", "none")
"""Ways to ask for JSON, the strictest first; servers differ in what they take."""

TOKEN_FIELDS = ("max_tokens", "max_completion_tokens")
REFUSING = frozenset({400, 415, 422, 500, 501})
"""What servers answer to a form of request that they do not take."""

_SPEAKS_OF_FORM = re.compile(
    r"response_format|json_schema|json_object|json mode|grammar|guided|structured", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a server wants to be asked.

    Attributes:
        rung: Index in `RUNGS` of the way to ask for JSON.
        token_field: What the longest answer is called.
        temperature: Whether a temperature may be given.
        proven: Whether the server has answered to such a request.
    """

    rung: int = 0
    token_field: str = TOKEN_FIELDS[0]
    temperature: bool = True
    proven: bool = False

    def fields(self, schema: dict[str, Any], *, max_tokens: int) -> dict[str, Any]:
        """Return what a request holds besides the model's name and the messages."""
        sampling = {"temperature": 0} if self.temperature else {}
        return {self.token_field: max_tokens, **sampling, **_form(RUNGS[self.rung], schema)}

    def after(self, status: int, body: str) -> "Habits | None":
        """Return what to try after a refusal; None where nothing is left to try."""
        if status not in REFUSING:
            return None
        if TOKEN_FIELDS[1] in body and self.token_field != TOKEN_FIELDS[1]:
            return replace(self, token_field=TOKEN_FIELDS[1], proven=False)
        if "temperature" in body and self.temperature:
            return replace(self, temperature=False, proven=False)
        if self.rung + 1 < len(RUNGS):
            return replace(self, rung=self.rung + 1, proven=False)
        return None


def speaks_of_form(body: str) -> bool:
    """Whether a refusal is about the form of the answer, so that asking again is of no use."""
    return bool(_SPEAKS_OF_FORM.search(body))


def recalled(folder: Path, url: str, model: str) -> Habits:
    """Return what is remembered of a server, or the strictest way to ask."""
    try:
        kept = json.loads(_file(folder, url, model).read_text(encoding="utf-8"))
        rung, field, temperature = kept["rung"], kept["token_field"], kept["temperature"]
    except (OSError, ValueError, LookupError, TypeError):
        return Habits()
    if rung not in range(len(RUNGS)) or field not in TOKEN_FIELDS:
        return Habits()
    return Habits(rung=rung, token_field=field, temperature=bool(temperature), proven=True)


def remember(folder: Path, url: str, model: str, habits: Habits) -> None:
    """Remember what a server took; where the cache cannot be written, nothing is remembered."""
    path = _file(folder, url, model)
    document = {"url": url, "model": model, **asdict(habits)}
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_suffix(f".{os.getpid()}.part")
        written.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        written.replace(path)


def _file(folder: Path, url: str, model: str) -> Path:
    name = hashlib.sha256(f"{url}#{model}".encode()).hexdigest()[:16]
    return folder / "servers" / f"{name}.json"


def _form(rung: str, schema: dict[str, Any]) -> dict[str, Any]:
    if rung == "json_schema":
        wanted = {"name": "scene", "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": wanted}}
    if rung == "json_object+schema":
        return {"response_format": {"type": "json_object", "schema": schema}}
    if rung == "json_object":
        return {"response_format": {"type": "json_object"}}
    return {}
