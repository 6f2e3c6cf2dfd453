"""How well prompts are read: `python benchmarks/reading.py --reader embedded --reader rules`.

Reads labelled prompts (default: the frozen English and Chinese test sets of the tests) with each
reader and prints recall and precision of atoms, whole graphs right, and the same by kind of atom.
An atom is one thing that the words say: an entity, a count, an attribute, a relation, an action,
a detail of an action, an outcome, a camera word, a setting.
"""

import argparse
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scene_builder.language.backends.transformers_lm import GrammarModel
from scene_builder.language.backends.weights import ADAPTER, model_folder
from scene_builder.language.embedded import EmbeddedReader
from scene_builder.language.mending.assembly import assembled
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.rules import RuleReader
from scene_builder.language.scoring.agreement import KINDS
from scene_builder.language.scoring.labels import labelled_prompts
from scene_builder.language.scoring.score import Score, scored
from scene_builder.language.tagged import TaggerReader
from scene_builder.language.voting_reader import VotingReader
from scene_builder.language.writer import NotationWriter
from scene_builder.model.graph import SceneGraph

SETS = Path(__file__).parent.parent / "tests" / "language" / "reading_sets"

READERS = ("rules", "tagger", "embedded", "vote", "model", "raw")
"""`model` is the language model without the rules, `raw` that without its adapter."""

log = logging.getLogger("reading")


def reader_of(name: str) -> Callable[[str], SceneGraph]:
    """Return what reads a prompt: one of `READERS`."""
    if name in {"raw", "model"}:
        return model_alone(adapted=name == "model")
    reader = {
        "rules": RuleReader,
        "tagger": TaggerReader,
        "embedded": EmbeddedReader,
        "vote": VotingReader,
    }[name]()
    return lambda prompt: reader.read(prompt).graph


def model_alone(*, adapted: bool) -> Callable[[str], SceneGraph]:
    """Return the language model by itself, mended and completed as every reading is."""
    model = GrammarModel(model_folder(adapter=ADAPTER if adapted else None))
    writer = NotationWriter(model)

    def read(prompt: str) -> SceneGraph:
        facts = stated_facts(prompt)
        return assembled(prompt, bare(writer.opinion(facts)), facts, reader="model").graph

    return read


def bare(document: dict[str, Any]) -> dict[str, Any]:
    """Return what the model says without how sure it is."""
    return {
        part: [{k: v for k, v in said.items() if k != "probability"} for said in listed]
        for part, listed in document.items()
    }


def report(name: str, score: Score, seconds: float) -> None:
    """Print the figures of one reader on one set."""
    whole = score.whole
    log.info(
        "%-9s recall %.3f  precision %.3f  whole graphs %d/%d (%.0f %%)  refused %d  %.2f s each",
        name, whole.recall, whole.precision, score.exact, score.total,
        100 * score.exact / max(score.total, 1), score.refused, seconds / max(score.total, 1),
    )  # fmt: skip
    kinds = [
        f"{kind} {100 * score.kinds[kind].recall:.0f}/{100 * score.kinds[kind].precision:.0f}"
        for kind in KINDS
    ]
    log.info("          %s", "  ".join(kinds))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the sets and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", action="append", choices=READERS)
    parser.add_argument("--set", action="append", type=Path, help="JSON files of labelled prompts")
    parser.add_argument("--first", type=int, help="read only so many prompts of each set")
    parser.add_argument("--show", type=int, default=0, help="wrong readings to show")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    paths = options.set or sorted(SETS.glob("test_*.json"))
    for name in options.reader or ("rules", "embedded"):
        read = reader_of(name)
        for path in paths:
            start = time.process_time()
            score = scored(read, labelled_prompts(path)[: options.first])
            log.info("%s:", path.stem)
            report(name, score, time.process_time() - start)
            for prompt, found in score.wrong[: options.show]:
                log.info("    %s", prompt.prompt)
                for word in ("missed", "invented"):
                    said = "; ".join(text for _, text in getattr(found, word))
                    if said:
                        log.info("        %s: %s", word, said)


if __name__ == "__main__":
    main()
