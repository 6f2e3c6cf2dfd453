"""How readings and edits are shown: colours on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.command_line.marking import Mark, marked_plain, marked_rich
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.patch import Operation
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading

_SIGNS = {"add": "+", "remove": "-", "change": "~"}
_COLORS = {"add": "green", "remove": "red", "change": "yellow"}
_QUIET = {"schema", "title", "prompt", "id", "entities", "relations", "actions", "outcomes"}


def show_edit(edit: Edit, graph: SceneGraph) -> None:
    """Print what an edit changes, and which of its words ask for it."""
    marks = [Mark(*o.span, o.op) for o in edit.patch.operations if o.span is not None]
    notes = [("assumed", edit.assumptions), ("not done", edit.not_served)]
    lines = [(_SIGNS[o.op], *_told(o, graph), _words(edit.text, o.span))
             for o in edit.patch.operations]  # fmt: skip
    if not sys.stdout.isatty():
        _plain([marked_plain(edit.text, marks), *(f"{s} {what}{words and f'  ← {words!r}'}"
                                                 for s, what, words in lines)], notes)  # fmt: skip
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, table = Console(), Table(box=None, show_header=False, pad_edge=False)
    console.print(marked_rich(edit.text, marks))
    for operation, (sign, what, words) in zip(edit.patch.operations, lines, strict=True):
        style = _COLORS[operation.op]
        table.add_row(Text(sign, style), Text(what, style), Text(words, "dim"))
    console.print(table)
    _rich_notes(notes)


def show_reading(reading: Reading) -> None:
    """Print a prompt with its words marked, what was read of it, and what was not."""
    graph = reading.graph
    document = graph.model_dump(mode="json", by_alias=True)
    marks = [Mark(s.start, s.end, s.path.split(".")[0]) for s in reading.spans]
    rows = [(path, _value(value), _said(reading, path)) for path, value in _parts(document)]
    notes = [("assumed", reading.assumptions), ("repaired", reading.repairs),
             ("not served", reading.not_served)]  # fmt: skip
    notes += [("edited", tuple(note.text for note in reading.edits))] if reading.edits else []
    if not sys.stdout.isatty():
        wide = max((len(path) for path, _, _ in rows), default=0)
        broad = max((len(value) for _, value, _ in rows), default=0)
        table = [f"{path:{wide}}  {value:{broad}}  {words}".rstrip() for path, value, words in rows]
        _plain([marked_plain(graph.prompt, marks), "", *table], notes)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.print(marked_rich(graph.prompt, marks))
    grid = Table("part", "value", "words", box=None, pad_edge=False, header_style="bold")
    for path, value, words in rows:
        grid.add_row(Text(path), Text(value), Text(words, "dim" if words == "(not said)" else ""))
    console.print(grid)
    _rich_notes(notes)


def _plain(lines: Sequence[str], notes: Sequence[tuple[str, Sequence[str]]]) -> None:
    told = [f"{name}: {note}" for name, said in notes for note in said]
    sys.stdout.write("\n".join([*lines, *([""] if told else []), *told]) + "\n")


def _rich_notes(notes: Sequence[tuple[str, Sequence[str]]]) -> None:
    from rich.console import Console
    from rich.text import Text

    for name, said in notes:
        for note in said:
            Console().print(Text.assemble((f"{name}: ", "bold"), note))


def _told(operation: Operation, graph: SceneGraph) -> tuple[str]:
    path = _readable(operation.path, graph)
    if operation.op == "change":
        return (f"{path}: {_value(operation.old)} → {_value(operation.new)}",)
    value = operation.new if operation.op == "add" else operation.old
    return (f"{path}: {_value(value)}",)


def _readable(path: str, graph: SceneGraph) -> str:
    """Return a path that says which statement it means: `outcomes.1 (ball knocks_over cup)`."""
    part, _, rest = path.partition(".")
    key, _, field = rest.partition(".")
    items: Sequence[Any] = getattr(graph, part, ()) if part != "entities" else ()
    if not (key.isdigit() and field and int(key) < len(items)):
        return path
    return f"{path} ({_value(items[int(key)].model_dump(mode='json'))})"


def _value(value: object) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, dict):
        return _statement(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _statement(item: dict[str, Any]) -> str:
    """Return an item in one line: who, what, whom, and whatever else is said of it."""
    heads = ("subject", "actor", "predicate", "verb", "object", "target", "noun")
    words = [_value(item[key]) for key in heads if item.get(key)]
    count = item.get("count")
    plain = {None, "", 0.0, "exactly"}
    rest = [f"{key} {_value(value)}" for key, value in item.items()
            if key not in {*heads, "id", "count"} and not isinstance(value, dict)
            and value not in plain]  # fmt: skip
    number = [] if count in (None, 1) and "predicate" not in item else [f"count {count}"]
    number = [] if count is None else number
    return ", ".join([" ".join(words), *number, *rest]).strip(", ")


def _parts(document: dict[str, Any], path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every stated field of a graph, statements in one piece."""
    for key, value in document.items():
        if not path and key in {"entities", "relations", "actions", "outcomes", "camera"}:
            for k, item in enumerate(value):
                yield from _item(f"{key}.{k}", item)
        elif isinstance(value, dict):
            yield from ((f"{key}.{name}", one) for name, one in value.items()
                        if one not in (None, "", "earth"))  # fmt: skip
        elif key not in _QUIET and value not in (None, ""):
            yield key, value


def _item(path: str, item: dict[str, Any]) -> Iterator[tuple[str, object]]:
    if not path.startswith(("entities", "camera")):
        yield path, item
        return
    for name, value in item.items():
        default = value in (None, "", 0.0) or (name == "count" and value == 1)
        if not default and name != "id":
            yield f"{path}.{name}", value


def _said(reading: Reading, path: str) -> str:
    """Return the words behind a part of the graph, in the order in which they stand."""
    own = [s for s in reading.spans if s.path == path or s.path.startswith(f"{path}.")]
    around = [s for s in reading.spans if path.startswith(f"{s.path}.")]
    places = sorted({(s.start, s.end) for s in own or around})
    words = [repr(reading.graph.prompt[start:end]) for start, end in places]
    for note in reading.edits:
        words += [f"edit: {note.text[s.start : s.end]!r}" for s in note.spans
                  if s.path == path or path.startswith(f"{s.path}.")
                  or s.path.startswith(f"{path}.")]  # fmt: skip
    return ", ".join(words) or "(not said)"


def _words(text: str, span: tuple[int, int] | None) -> str:
    return "" if span is None else text[span[0] : span[1]]
