r"""Java's `.properties` text: `key=value` in Latin-1, with `\\uXXXX` for everything else."""

import re

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_SEPARATOR = re.compile(r"(?<!\\)[ \t\f]*[=: \t\f]")
Table = dict[str, dict[int, str]]
"""Values by field, then by number."""


def read_properties(content: bytes) -> dict[str, str]:
    """Return all keys and values of a `.properties` file.

    Args:
        content: The file's bytes.
    """
    found: dict[str, str] = {}
    pending = ""
    for raw in content.decode("latin-1").splitlines():
        line = pending + raw.lstrip(" \t\f")
        if not pending and line.startswith(("#", "!")):
            continue
        if (len(line) - len(line.rstrip("\\"))) % 2:
            pending = line[:-1]
            continue
        pending = ""
        if line.strip():
            key, value = _divided(line)
            found[key] = value
    return found


def numbered(properties: dict[str, str]) -> Table:
    """Return the values of keys such as `name#12`, by field and number."""
    table: Table = {}
    for key, value in properties.items():
        field, mark, number = key.partition("#")
        if mark and number.isdecimal():
            table.setdefault(field, {})[int(number)] = value
    return table


def _divided(line: str) -> tuple[str, str]:
    match = _SEPARATOR.search(line)
    if match is None:
        return _unescaped(line), ""
    return _unescaped(line[: match.start()]), _unescaped(line[match.end() :].lstrip(" \t\f"))


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        what = match.group(1)
        if len(what) > 1:
            return chr(int(what[1:], 16))
        return _PLAIN.get(what, what)

    return _ESCAPE.sub(plain, text)
