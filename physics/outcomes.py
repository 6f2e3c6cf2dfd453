"""Judging: did what the words promise happen, and how safely?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from physics.observe import falling, landing, touching
from physics.observe.bouncing import counted_bounces
from physics.observe.finding import Finding
from physics.observe.view import View
from physics.trajectory import Trajectory
from scene_builder.model.graph import Outcome, SceneGraph
from scene_builder.model.solids.grains import MANY
from scene_builder.model.stage import Stage

Finder = Callable[[View, str, str, float], Finding]
LoneFinder = Callable[[View, str, str | None, float], Finding]

PAIR_FINDERS: dict[str, Finder] = {
    "touches": touching.touches,
    "avoids": touching.avoids,
    "knocks_over": falling.knocks_over,
    "stays_on": falling.stays_on,
    "lands_on": landing.lands_on,
    "lands_in": landing.lands_in,
}
LONE_FINDERS: dict[str, LoneFinder] = {
    "falls": falling.falls,
    "falls_off": falling.falls_off,
    "bounces": touching.bounces,
    "comes_to_rest": landing.comes_to_rest,
    "moves": landing.moves,
}
LASTING = ("avoids", "stays_on")
"""Predicates that have to be true of every other side, not of any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one outcome of the graph came to.

    Attributes:
        holds: Whether it is as the words say; None if it cannot be judged from motion alone.
        margin: How safely, −1…1; 0 if it cannot be judged.
        evidence: Sentences with times and ids.
        time_secs: When it came true [s], or None.
    """

    holds: bool | None
    margin: float
    evidence: str
    time_secs: float | None = None


def judge_all(graph: SceneGraph, stage: Stage, trajectory: Trajectory) -> tuple[Verdict, ...]:
    """Judge every outcome of a graph, in its order."""
    view = View(stage, trajectory)
    verdicts: list[Verdict] = []
    for outcome in graph.outcomes:
        earlier = None if outcome.after is None else verdicts[outcome.after]
        verdicts.append(_judge(outcome, graph, view, earlier))
    return tuple(verdicts)


def judge(outcome: Outcome, graph: SceneGraph, stage: Stage, trajectory: Trajectory) -> Verdict:
    """Judge one outcome of a graph (with those that it comes after)."""
    view = View(stage, trajectory)

    def verdict(item: Outcome) -> Verdict:
        earlier = None if item.after is None else verdict(graph.outcomes[item.after])
        return _judge(item, graph, view, earlier)

    return verdict(outcome)


def _judge(outcome: Outcome, graph: SceneGraph, view: View, earlier: Verdict | None) -> Verdict:
    since = 0.0
    if earlier is not None:
        if not earlier.holds or earlier.time_secs is None:
            return Verdict(
                holds=False if earlier.holds is not None else None,
                margin=min(earlier.margin, 0.0),
                evidence=f"what it comes after did not happen: {earlier.evidence}",
            )
        since = earlier.time_secs
    subjects = graph.body_ids(outcome.subject)
    objects = graph.body_ids(outcome.object) if outcome.object else ()
    missing = [ref for ref in (*subjects, *objects) if not view.has(ref)]
    if outcome.predicate == "leaves_frame" or missing:
        why = f"{', '.join(missing)} not on the stage" if missing else "it needs the camera"
        return Verdict(holds=None, margin=0.0, evidence=f"not judged from motion: {why}")
    if not objects and outcome.predicate in PAIR_FINDERS:
        return Verdict(
            holds=None, margin=0.0, evidence=f"{outcome.predicate} names nothing to be judged with"
        )
    if outcome.predicate == "bounces" and _counts_times(outcome, subjects):
        return _each_so_often(outcome, subjects, objects, view, since)
    return _count(outcome, _findings(outcome, subjects, objects, view, since))


def _counts_times(outcome: Outcome, subjects: Sequence[str]) -> bool:
    """Whether the count of an outcome says how often, rather than how many of several."""
    return outcome.count is not None and (len(subjects) == 1 or outcome.count > len(subjects))


def _each_so_often(
    outcome: Outcome, subjects: Sequence[str], objects: Sequence[str], view: View, since: float
) -> Verdict:
    """The worst of how often each of the subjects bounces."""
    targets: Sequence[str | None] = objects or (None,)
    asked = outcome.model_copy(update={"negated": False})
    verdicts: list[Verdict] = []
    for subject in subjects:
        found = [f for one in targets for f in counted_bounces(view, subject, one, since)]
        seen = sum(finding.holds for finding in found)
        never = Finding(margin=-1.0, time_secs=None, evidence=f"{subject} comes back no more")
        found += [never] * max((outcome.count or 1) - len(found), 0)
        verdict = _tallied(asked, found)
        said = f"{subject} bounces {seen} times: {verdict.evidence}"
        verdicts.append(replace(verdict, evidence=said))
    worst = min(verdicts, key=lambda verdict: verdict.margin)
    if not outcome.negated:
        return worst
    return replace(worst, holds=worst.margin <= 0, margin=-worst.margin, time_secs=None)


def _findings(
    outcome: Outcome, subjects: Sequence[str], objects: Sequence[str], view: View, since: float
) -> list[Finding]:
    """One finding for each individual of the side that is counted."""
    if outcome.predicate in LONE_FINDERS:
        find = LONE_FINDERS[outcome.predicate]
        if not objects:
            return [find(view, subject, None, since) for subject in subjects]
        table = [[find(view, s, o, since) for o in objects] for s in subjects]
    else:
        pair = PAIR_FINDERS[outcome.predicate]
        table = [[pair(view, s, o, since) for o in objects if o != s] for s in subjects]
    choose = min if outcome.predicate in LASTING else max
    if len(objects) > 1:
        columns = [[row[k] for row in table if k < len(row)] for k in range(len(objects))]
        return [choose(column, key=_margin) for column in columns if column]
    return [choose(row, key=_margin) for row in table if row]


def _margin(finding: Finding) -> float:
    return finding.margin


def _count(outcome: Outcome, findings: Sequence[Finding]) -> Verdict:
    """Compare how many findings hold with how many have to."""
    ranked = sorted(findings, key=_margin, reverse=True)
    if not ranked:
        return Verdict(holds=None, margin=0.0, evidence="there is nobody to judge")
    if outcome.negated and outcome.count is None:
        worst = ranked[0]
        return Verdict(holds=not worst.holds, margin=-worst.margin, evidence=worst.evidence)
    return _tallied(outcome, ranked)


def _tallied(outcome: Outcome, findings: Sequence[Finding]) -> Verdict:
    """Compare how many findings hold with the outcome's count; negated, how many do not."""
    if outcome.negated:
        findings = [finding.opposite() for finding in findings]
    ranked = sorted(findings, key=_margin, reverse=True)
    wanted = len(ranked) if outcome.count is None else outcome.count
    compare = "at_least" if outcome.count is None else outcome.compare
    margin = _count_margin([finding.margin for finding in ranked], wanted, compare)
    times = [f.time_secs for f in ranked[:wanted] if f.holds and f.time_secs is not None]
    shown = sorted(ranked, key=lambda f: (not f.holds, f.time_secs or 0.0))
    evidence = "; ".join(finding.evidence for finding in shown)
    if len(shown) >= MANY:
        held = sum(finding.holds for finding in shown)
        evidence = f"{held} of {len(shown)} do: {shown[0].evidence}; …; {shown[-1].evidence}"
    return Verdict(
        holds=margin > 0,
        margin=margin,
        evidence=evidence,
        time_secs=max(times, default=None) if margin > 0 else None,
    )


def _count_margin(margins: Sequence[float], wanted: int, compare: str) -> float:
    """Margin of "at least", "at most" or "exactly" so many of the margins being above 0.

    What is missing is averaged over all that are wanted: two of three are nearer than one. So is
    what is too much, over all that should not be.
    """
    enough = 1.0 if wanted == 0 else margins[wanted - 1] if wanted <= len(margins) else -1.0
    if enough <= 0 and wanted <= len(margins):
        enough = sum(min(margin, 0.0) for margin in margins[:wanted]) / wanted
    few = 1.0 if wanted >= len(margins) else -margins[wanted]
    if few <= 0:
        few = -sum(max(margin, 0.0) for margin in margins[wanted:]) / (len(margins) - wanted)
    match compare:
        case "at_least":
            return enough
        case "at_most":
            return few
        case _:
            return min(enough, few)
