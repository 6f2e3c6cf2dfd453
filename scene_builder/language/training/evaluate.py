"""How well a reader reads: field by field, on pairs of the synthetic grammar or on gold graphs.

::

    python -m scene_builder.language.training.evaluate --reader rules --pairs 200 --held-out
"""

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from scene_builder.language.embedded import EmbeddedReader
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.notation.reading import document_from_notation, graph_from_notation
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.reader import Reader
from scene_builder.language.rules import RuleReader
from scene_builder.language.synthetic.prompts import pairs
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph

FIELDS = ("entities", "attributes", "counts", "relations", "actions", "outcomes")
VALIDATION_SEED = 900_001
log = logging.getLogger("evaluate")


@dataclass(slots=True)
class Score:
    """Right, written and wanted statements of one field."""

    right: int = 0
    written: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        both = self.written + self.wanted
        return 200 * self.right / both if both else 100.0


@dataclass(slots=True)
class Evaluation:
    """Scores of a reader.

    Attributes:
        fields: Score of each of `FIELDS`.
        exact: Prompts of which every field was right.
        core: Prompts of which entities, attributes, counts, relations and actions were right.
        total: Prompts in all.
        wrong: (prompt, missing, extra) of the others.
    """

    fields: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    exact: int = 0
    core: int = 0
    total: int = 0
    wrong: list[tuple[str, list[str], list[str]]] = field(default_factory=list)


def evaluated(reader: Reader, cases: Iterable[tuple[str, SceneGraph]]) -> Evaluation:
    """Return how well `reader` reads prompts whose graphs are known."""
    result = Evaluation()
    for prompt, gold in cases:
        try:
            graph = reader.read(prompt).graph
        except WorldreelError:
            graph = None
        wanted = statements(gold)
        written = statements(graph) if graph else {name: set() for name in FIELDS}
        for name in FIELDS:
            score = result.fields[name]
            score.right += len(wanted[name] & written[name])
            score.written += len(written[name])
            score.wanted += len(wanted[name])
        same = {name: wanted[name] == written[name] for name in FIELDS}
        result.total += 1
        result.exact += all(same.values())
        result.core += all(same[name] for name in FIELDS[:-1])
        if not all(same.values()):
            missing = sorted(str(s) for name in FIELDS for s in wanted[name] - written[name])
            extra = sorted(str(s) for name in FIELDS for s in written[name] - wanted[name])
            result.wrong.append((prompt, missing, extra))
    return result


def statements(graph: SceneGraph) -> dict[str, set[Any]]:
    """Return what a graph says as sets, field by field; ids are replaced by what they name."""
    names = {e.id: e.id if e.id.endswith(("_2", "_3")) else e.noun for e in graph.entities}

    def name(ref: str | None) -> str | None:
        return names.get(ref, ref) if ref else None

    attributes = {
        (name(e.id), key, value)
        for e in graph.entities
        for key, value in (("color", e.color), ("material", e.material), ("size", e.size))
        if value is not None
    }
    relations = {(name(r.subject), r.predicate, *map(name, r.object)) for r in graph.relations}
    actions = {(name(a.actor), a.verb, name(a.target), a.direction, a.speed) for a in graph.actions}
    counts = {e.id: e.count for e in graph.entities}
    outcomes = set()
    for o in graph.outcomes:
        everyone = o.compare == "exactly" and o.count == counts.get(o.object or o.subject)
        part = None if everyone else o.count
        outcomes.add((name(o.subject), o.predicate, name(o.object), part, o.compare, o.negated))
    return {
        "entities": {name(e.id) for e in graph.entities},
        "attributes": attributes,
        "counts": {(name(e.id), e.count) for e in graph.entities},
        "relations": relations,
        "actions": actions,
        "outcomes": outcomes,
    }


def synthetic_cases(
    count: int, *, held_out: bool, seed: int = VALIDATION_SEED
) -> list[tuple[str, SceneGraph]]:
    """Return prompts of the grammar that no adapter was trained on, with their graphs."""
    cases = []
    for pair in islice(pairs(seed, held_out=held_out), count):
        document = document_from_notation(pair.notation)
        parts = {key: document[key] for key in ("entities", "relations", "actions", "outcomes")}
        reading = assembled(pair.prompt, parts, stated_facts(pair.prompt), reader="gold")
        cases.append((pair.prompt, reading.graph))
    return cases


def gold_cases(path: Path) -> list[tuple[str, SceneGraph]]:
    """Return prompts with graphs written by hand: JSON objects with `prompt` and `notation`."""
    gold = json.loads(path.read_text())
    return [(g["prompt"], graph_from_notation("\n".join(g["notation"]))) for g in gold]


def report(name: str, result: Evaluation) -> str:
    """Return one line of figures."""
    figures = "  ".join(f"{field} {result.fields[field].f1:.0f}" for field in FIELDS)
    return (
        f"{name}: {figures}  core {result.core}/{result.total}  exact {result.exact}/{result.total}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Evaluate the reader that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=("rules", "embedded"), default="embedded")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--held-out", action="store_true", help="families that were kept apart")
    parser.add_argument("--seed", type=int, default=VALIDATION_SEED)
    parser.add_argument("--gold", type=Path, help="JSON file of gold graphs")
    parser.add_argument("--show", type=int, default=0, help="wrong readings to show")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    reader: Reader = RuleReader() if options.reader == "rules" else EmbeddedReader()
    cases = (
        gold_cases(options.gold)
        if options.gold
        else synthetic_cases(options.pairs, held_out=options.held_out, seed=options.seed)
    )
    result = evaluated(reader, cases)
    log.info(report(options.reader, result))
    for prompt, missing, extra in result.wrong[: options.show]:
        log.info("%s\n    missing %s\n    extra %s", prompt, missing, extra)


if __name__ == "__main__":
    main()
