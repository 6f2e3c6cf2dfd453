"""How well things are placed: `python benchmarks/layout.py [--seed 1] [--scenes 100]`.

Lays out scene graphs drawn over all relation predicates, lets them settle in the physics engine and
prints: the share of relations that hold, the deepest interpenetration of the colliders, how far
settling moved things, and would move them once more, the median and 95 % time of the solver, and
what became of planted graphs that cannot be as said: each has to be named in one clear line. Graphs
with actions follow: in all of them, and in the others, what is named has to be seen at frame 0, and
an actor's way to its target has to be free of bystanders. `--all` prints every failure.
"""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import numpy as np
from layout_actions import action_scene_rand
from layout_impossible import IMPOSSIBLE, impossible_scene
from layout_scenes import scene_rand
from layout_seen import hidden_at_start, in_the_way, needed_of, piles_of

from physics.settle import settle
from pipeline.plugins import create
from pipeline.verify.relations import judge_relation
from scene_builder.build import blocking
from scene_builder.build.stage import build_stage
from scene_builder.layout.solids import overlap_depth, pieces_of
from scene_builder.model.chance import stream
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage
from scene_builder.model.timeline import Timeline

DEEP_M, DRIFT_M = 0.002, 0.01
"""What may overlap, and what settling may move things by [m]."""

TIMELINE = Timeline.lasting(2.0, fps=Fraction(24))

log = logging.getLogger("layout")


@dataclass
class Tally:
    """What was counted over all graphs."""

    held: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    depths: list[float] = field(default_factory=list)
    dressed: list[float] = field(default_factory=list)
    drifts: list[float] = field(default_factory=list)
    lasting: list[float] = field(default_factory=list)
    solving: list[float] = field(default_factory=list)
    building: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    needed: int = 0
    hidden: int = 0
    ways: int = 0
    blocked: int = 0
    unbuilt: int = 0


@contextmanager
def watched(seconds: list[float], notes: list[str]) -> Iterator[None]:
    """Note how long each call of the solver takes [s], and what it says gave way."""
    solver = blocking.lay_out_rand

    def clocked(*args: object) -> object:
        start = time.process_time()
        try:
            layout = solver(*args)  # type: ignore[arg-type]
            notes.extend(layout.notes)
            return layout
        finally:
            seconds.append(time.process_time() - start)

    blocking.lay_out_rand = clocked  # type: ignore[assignment]
    try:
        yield
    finally:
        blocking.lay_out_rand = solver


def measure(k: int, graph: SceneGraph, seed: int, tally: Tally) -> None:
    """Build one graph, let it settle, and count."""
    sources = [create("assets", "procedural")]
    start = time.process_time()
    tally.said.update(one.predicate for one in graph.relations)
    try:
        built = build_stage(graph, sources=sources, timeline=TIMELINE, seed=seed)
    except WorldreelError as error:
        tally.unbuilt += 1
        tally.failures.append(f"{k}: {error}")
        return
    finally:
        tally.building.append(time.process_time() - start)
    settled = settle(built.stage, create("simulator", "bullet"))
    stage = settled.stage
    again = settle(stage, create("simulator", "bullet")).moved if settled.moved else {}
    tally.lasting.append(max(again.values(), default=0.0))
    look_at(k, graph, stage, tally)
    drift = max(settled.moved.values(), default=0.0)
    tally.drifts.append(drift)
    if drift > DRIFT_M or settled.restless:
        far = {n: round(1000 * m) for n, m in settled.moved.items() if m > DRIFT_M}
        tally.failures.append(f"{k}: moved [mm] {far} restless {settled.restless}")
    for relation in graph.relations:
        verdict = judge_relation(relation, graph, stage)
        tally.held[relation.predicate] += verdict.holds is not False
        if verdict.holds is False:
            before = judge_relation(relation, graph, built.stage).holds
            when = "settling broke it" if before else "layout"
            tally.failures.append(f"{k}: {verdict.text}: {verdict.evidence} ({when})")
    depth, pair = deepest(stage)
    tally.depths.append(depth)
    if depth > DEEP_M:
        tally.failures.append(f"{k}: {pair} overlap by {1000 * depth:.1f} mm")
    depth, pair = deepest(stage, dressing=True)
    tally.dressed.append(depth)
    if depth > DEEP_M:
        tally.failures.append(f"{k}: {pair} overlap by {1000 * depth:.1f} mm")


def look_at(k: int, graph: SceneGraph, stage: Stage, tally: Tally) -> None:
    """Count what is hidden at the start, and what stands in the way of an action."""
    needed = needed_of(graph)
    motion = create("simulator", "bullet").simulate(stage) if graph.actions else None
    hidden = hidden_at_start(stage, needed, motion, piles=piles_of(graph))
    tally.needed += len(needed)
    tally.hidden += len(hidden)
    if hidden:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in hidden.items())
        tally.failures.append(f"{k}: hidden at the start, seen: {shares}")
    if motion is not None:
        met = in_the_way(graph, stage, motion)
        tally.ways += 1
        tally.blocked += bool(met)
        tally.failures.extend(f"{k}: blocked: {line}" for line in met)


def deepest(stage: Stage, *, dressing: bool = False) -> tuple[float, str]:
    """Return the deepest overlap [m] of two bodies of which the graph names one.

    Args:
        stage: The stage.
        dressing: Judge what is there to dress the place, instead of the graph's things alone.
    """
    joined = {frozenset((joint.parent or "", joint.child)) for joint in stage.joints}
    worst, pair = 0.0, ""
    # Pieces lie in the whole that they will come from.
    whole = [body for body in stage.bodies if body.piece_of is None]
    pieces = {body.id: pieces_of(body) for body in whole}
    for a, b in combinations(whole, 2):
        if frozenset((a.id, b.id)) in joined or not (a.entity or b.entity):
            continue
        if dressing == bool((a.entity and b.entity) or "ground" in (a.id, b.id)):
            continue
        planes = [one for one in (a, b) if one.collider.shape == "plane"]
        if planes:
            other = b if planes[0] is a else a
            lows = [float(piece.low[2]) for piece in pieces[other.id]]
            depth = float(planes[0].pose.position[2]) - min(lows, default=np.inf)
        else:
            depth = overlap_depth(pieces[a.id], pieces[b.id])
        if depth > worst:
            worst, pair = depth, f"{a.id} and {b.id}"
    return worst, pair


def name_impossible(seed: int) -> tuple[int, list[str]]:
    """Return how many planted graphs were named, and a line for each."""
    lines, named = [], 0
    for what, entities, relations in IMPOSSIBLE:
        graph = impossible_scene(entities, relations)
        start = time.process_time()
        try:
            sources = [create("assets", "procedural")]
            with watched([], notes := []):
                build_stage(graph, sources=sources, timeline=TIMELINE, seed=seed)
            said = " ".join(notes)
        except WorldreelError as error:
            said = str(error)
        seconds = time.process_time() - start
        clear = "\n" not in said and any(f"{name}#" in said for name in entities)
        named += clear
        verdict = "named" if clear else "SILENT"
        lines.append(f"  {verdict} {what} ({seconds:.1f} s): {said or 'nothing said'}")
    return named, lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenes", type=int, default=100)
    parser.add_argument("--actions", type=int, default=42, help="graphs with an action")
    parser.add_argument("--only", type=int, nargs="*", help="numbers of graphs to look at")
    parser.add_argument("--all", action="store_true", help="print every failure")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    tally = Tally()
    many = 0
    with watched(tally.solving, tally.notes):
        for k in range(options.scenes):
            if options.only and k not in options.only:
                continue
            graph = scene_rand(stream(options.seed, "scene", k), k)
            many += any(entity.count > 1 for entity in graph.entities)
            measure(k, graph, options.seed, tally)
        for k in range(options.actions):
            if options.only and options.scenes + k not in options.only:
                continue
            graph = action_scene_rand(stream(options.seed, "action scene", k), k)
            measure(options.scenes + k, graph, options.seed, tally)
    if options.all:
        sys.stdout.write("".join(f"  {line}\n" for line in tally.failures))
    report(tally, options.scenes + options.actions, many)
    named, lines = name_impossible(options.seed)
    sys.stdout.write(f"impossible graphs named: {named} of {len(lines)}\n")
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def report(tally: Tally, scenes: int, many: int) -> None:
    """Print what was counted."""
    gave = len(tally.notes)
    held, said = sum(tally.held.values()), sum(tally.said.values())
    rows = [
        f"{scenes} graphs ({many} with counts above 1), {tally.unbuilt} not built, {gave} gave way"
    ]
    rows.append(f"relations that hold after settling: {held} of {said} = {held / said:.1%}")
    short = [f"{p} {tally.held[p]}/{n}" for p, n in sorted(tally.said.items())]
    rows.append("  " + ", ".join(short))
    deep = sum(depth > DEEP_M for depth in tally.depths)
    rows.append(f"deepest overlap {1000 * max(tally.depths):.2f} mm; {deep} graphs over 2 mm")
    deep = sum(depth > DEEP_M for depth in tally.dressed)
    rows.append(f"with the place's dressing {1000 * max(tally.dressed):.2f} mm; {deep} over 2 mm")
    far = sum(drift > DRIFT_M for drift in tally.drifts)
    rows.append(f"largest drift {1000 * max(tally.drifts):.1f} mm; {far} graphs over 1 cm")
    rows.append(f"largest drift of what has settled: {1000 * max(tally.lasting):.1f} mm")
    rows.append(f"hidden at the start: {tally.hidden} of {tally.needed} that have to be seen")
    rows.append(f"blocked ways: {tally.blocked} of {tally.ways}")
    for name, seconds in (("solver", tally.solving), ("whole build", tally.building)):
        middle, high = np.percentile(seconds, [50, 95])
        rows.append(f"{name}: median {middle:.2f} s, 95 % {high:.2f} s, most {max(seconds):.2f} s")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
