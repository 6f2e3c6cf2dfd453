"""One digest for every record: equality of records, names of meshes, keys of the cache."""

import dataclasses
import hashlib
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from pydantic import BaseModel


def digest(value: object) -> str:
    """Return 64 hexadecimal digits that name the content of `value`.

    Records (dataclasses, pydantic models), arrays, mappings, sequences and plain values are
    understood; two values have equal digests if and only if they hold the same content.

    Raises:
        TypeError: For a value that has no defined content, such as a function.
    """
    sha = hashlib.sha256()
    _feed(sha, value)
    return sha.hexdigest()


def _feed(sha: "hashlib._Hash", value: object) -> None:
    if isinstance(value, np.ndarray):
        contiguous = np.ascontiguousarray(value)
        _tag(sha, "array", f"{contiguous.dtype.str}{contiguous.shape}".encode())
        sha.update(contiguous.tobytes())
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        _tag(sha, "record", type(value).__name__.encode())
        for field in dataclasses.fields(value):
            _feed(sha, field.name)
            _feed(sha, getattr(value, field.name))
    elif isinstance(value, BaseModel):
        _tag(sha, "model", type(value).__name__.encode())
        _feed(sha, value.model_dump_json())
    elif isinstance(value, Mapping):
        _tag(sha, "mapping", str(len(value)).encode())
        for key in sorted(value, key=repr):
            _feed(sha, key)
            _feed(sha, value[key])
    elif isinstance(value, list | tuple):
        _tag(sha, "sequence", str(len(value)).encode())
        for item in value:
            _feed(sha, item)
    else:
        _feed_plain(sha, value)


def _feed_plain(sha: "hashlib._Hash", value: object) -> None:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bytes):
        _tag(sha, "bytes", value)
    elif value is None or isinstance(value, bool | int | float | str | Fraction):
        _tag(sha, type(value).__name__, repr(value).encode())
    else:
        raise TypeError(f"no digest for a {type(value).__name__}")


def _tag(sha: "hashlib._Hash", kind: str, content: bytes) -> None:
    sha.update(f"{kind}:{len(content)}:".encode())
    sha.update(content)
