"""Whether the director keeps what is promised: `python benchmarks/outcomes/run.py [ID ...]`.

For each prompt of prompts.json: is the outcome met on the stage as built, in how many of eight
takes drawn at random from what the words leave open (the undirected rate), and by the director;
after how many takes and how much computing; and in what share of slightly changed takes it still
holds. Results are kept in results.json, one prompt at a time, and README.md is written anew.

Time is counted in one process, as seconds of its processor, so that what else a machine does
changes nothing; the search's own limits in seconds are off, its limit in takes is on.
"""

import argparse
import json
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from table import table_of

from physics.directing.freedoms import apply_freedom, dials_of
from physics.director import direct
from physics.outcomes import judge_all
from physics.simulator import Simulator
from pipeline.plugins import create
from pipeline.steps.stage import build
from scene_builder.model.chance import stream
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

HERE = Path(__file__).parent
RANDOM_TAKES = 8
FPS = Fraction(24)
NO_LIMIT = (1e9, 1e9)

log = logging.getLogger("outcomes")


@dataclass(frozen=True, kw_only=True)
class Row:
    """What came of one prompt.

    Attributes:
        id: The prompt's.
        prompt: The words.
        held_out: Whether it was left alone while the director was tuned.
        neutral: Whether the stage as built does it.
        undirected: Share of random takes that do it.
        met: Whether the director's take does it.
        first_take: Takes until one did it; None if none did.
        first_secs: Processor time until then [s].
        takes: Takes searched in all.
        secs: Processor time in all [s].
        robustness: Share of slightly changed takes that do it, too.
        note: What the director says.
    """

    id: str
    prompt: str
    held_out: bool
    neutral: bool = False
    undirected: float = 0.0
    met: bool = False
    first_take: int | None = None
    first_secs: float | None = None
    takes: int = 0
    secs: float = 0.0
    robustness: float | None = None
    note: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure prompts and write the table."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", help="prompts to measure (default: all of the set)")
    parser.add_argument("--set", choices=["all", "tuning", "held_out"], default="all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--takes", type=int, default=240)
    parser.add_argument("--kept", action="store_true", help="keep random takes measured earlier")
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    chosen = parser.parse_args(arguments)
    prompts = json.loads((HERE / "prompts.json").read_text("utf-8"))["prompts"]
    for prompt in prompts:
        in_set = chosen.set in ("all", "held_out" if prompt["held_out"] else "tuning")
        if prompt["id"] in chosen.ids or (in_set and not chosen.ids):
            earlier = _earlier(chosen.results, prompt["id"]) if chosen.kept else None
            row = measured(prompt, seed=chosen.seed, takes=chosen.takes, earlier=earlier)
            log.info("%s", json.dumps(asdict(row)))
            keep(chosen.results, row)
    rows = sorted(json.loads(chosen.results.read_text("utf-8")), key=lambda row: row["id"])
    (chosen.results.parent / "README.md").write_text(table_of(rows), "utf-8")
    return 0


def measured(
    prompt: dict[str, object], *, seed: int, takes: int, earlier: dict[str, Any] | None = None
) -> Row:
    """Build a prompt's stage, and direct it in every way; `earlier` knows the random takes."""
    row = Row(id=str(prompt["id"]), prompt=str(prompt["prompt"]), held_out=bool(prompt["held_out"]))
    graph = SceneGraph.model_validate(prompt["graph"])
    simulator: Simulator = create("simulator", "bullet")
    sources = tuple(create("assets", name, licence="any") for name in ("library", "procedural"))
    try:
        stage = build(graph, sources, simulator, (None, FPS), seed).record
    except WorldreelError as error:
        return replace(row, note=f"not built: {error}")
    row = replace(
        row,
        neutral=earlier["neutral"] if earlier else _meets(stage, graph, simulator),
        undirected=(
            earlier["undirected"] if earlier else _undirected(stage, graph, simulator, seed)
        ),
    )
    first: list[tuple[int, float]] = []
    began = time.process_time()

    def tell(done: int, most: int, best: float) -> None:
        log.info("%s: %d of %d takes, best %.3f", row.id, done, most, best)
        if best > 0 and not first:
            first.append((done, time.process_time() - began))

    take = direct(
        stage, graph, simulator, seed=seed, takes=takes, limits_secs=NO_LIMIT, progress=tell
    )
    return replace(
        row,
        met=take.reached,
        first_take=first[0][0] if first else None,
        first_secs=round(first[0][1], 2) if first else None,
        takes=take.tries,
        secs=round(time.process_time() - began, 2),
        robustness=take.robustness,
        note=take.note,
    )


def keep(path: Path, row: Row) -> None:
    """Enter a row into the results, in place of an earlier one."""
    rows = json.loads(path.read_text("utf-8")) if path.exists() else []
    rows = [one for one in rows if one["id"] != row.id] + [asdict(row)]
    lines = ",\n".join(json.dumps(one) for one in sorted(rows, key=lambda one: str(one["id"])))
    path.write_text(f"[\n{lines}\n]\n", "utf-8")


def _earlier(path: Path, prompt_id: str) -> dict[str, Any] | None:
    rows = json.loads(path.read_text("utf-8")) if path.exists() else []
    return next((row for row in rows if row["id"] == prompt_id), None)


def _undirected(stage: Stage, graph: SceneGraph, simulator: Simulator, seed: int) -> float:
    dials = dials_of(stage)
    met = 0
    for k in range(RANDOM_TAKES):
        rng = stream(seed, "undirected", k)
        values = [rng.uniform(dial.low, dial.high) for dial in dials]
        met += _meets(apply_freedom(stage, dials, np.array(values)), graph, simulator)
    return met / RANDOM_TAKES


def _meets(stage: Stage, graph: SceneGraph, simulator: Simulator) -> bool:
    verdicts = judge_all(graph, stage, simulator.simulate(stage))
    return all(verdict.holds is not False for verdict in verdicts)


if __name__ == "__main__":
    sys.exit(main())
