"""Which styles a file of weights knows, read from its head: nothing heavy is imported for it."""

import json
from pathlib import Path

OWN_WEIGHTS = Path(__file__).parent / "weights" / "stylizer.safetensors"
"""Where the weights lie that come with worldreel."""
OWN_READY = frozenset({"oil", "pencil", "ink", "noir"})
"""Styles in which they are taken unasked: those that they paint at least as well as the painters
do, judged side by side. Others they paint only if `--stylizer diffusion` says so."""
_LENGTH_BYTES = 8
_MOST_HEAD = 100_000_000
"""Longest head that the format allows [B]."""


def styles_known(path: Path = OWN_WEIGHTS) -> tuple[str, ...]:
    """Return the names of the styles that weights were trained for; () if there are none.

    A safetensors file begins with the length of its head, 8 bytes, and the head as JSON.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            head = json.loads(file.read(length)) if length < _MOST_HEAD else {}
        return tuple(json.loads(head["__metadata__"]["shape"])["styles"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def styles_ready() -> tuple[str, ...]:
    """Return the names of the styles that our own weights are taken for unasked."""
    return tuple(name for name in styles_known() if name in OWN_READY)
