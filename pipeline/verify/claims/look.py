"""What could be seen in the plain pictures has to be seen in the finished ones: picture claims."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.verify.drifting.record import Drift, Sighting
from pipeline.verify.report import Claim, status_of
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

LEAST_FOUND = 0.8
"""Least share of the places at which the plain picture shows a thing that have to show it."""
_SIDES = {"left_of": 1.0, "right_of": -1.0}


def judge_look(graph: SceneGraph, stage: Stage, drift: Drift) -> Iterator[Claim]:
    """Yield claims about the finished pictures, judged by what is found in them.

    A thing is found by its outline; what the plain picture does not show clearly is not asked for.

    Args:
        graph: What the words say.
        stage: The stage as filmed.
        drift: What was measured of the finished pictures.
    """
    by_frame: dict[int, dict[str, Sighting]] = defaultdict(dict)
    for one in drift.sightings:
        by_frame[one.frame][one.body] = one
    for k, entity in enumerate(graph.entities):
        ids = [body.id for body in stage.bodies if body.entity == entity.id]
        visible = _visible(f"entities.{k}", entity.noun, ids, drift.sightings)
        counted = _counted(f"entities.{k}", entity.noun, ids, by_frame)
        best = _best(ids, by_frame)
        when = None if best is None else float(best / stage.timeline.fps)
        yield visible.model_copy(update={"time_secs": when})
        yield counted.model_copy(update={"time_secs": when})
    for k, relation in enumerate(graph.relations):
        if relation.predicate in _SIDES:
            yield _side(k, graph, stage, by_frame)
    if drift.keeps_colors:
        yield from _colors(stage, drift)


def _visible(source: str, noun: str, ids: Sequence[str], sightings: Sequence[Sighting]) -> Claim:
    due = [one for one in sightings if one.body in ids]
    found = [one for one in due if one.found_px is not None]
    holds = len(found) >= LEAST_FOUND * len(due) if due else None
    told = "the plain picture shows no whole outline of it"
    if due:
        off = max((one.off_px or 0.0 for one in found), default=0.0)
        told = f"its outline is found at {len(found)} of {len(due)} places that the plain picture "
        told += f"shows, at most {off:.2f} px from where it is"
    return Claim(
        kind="look", source=f"{source}.visible", text=f"{noun} is still to be seen",
        status=status_of(holds), evidence=told,
    )  # fmt: skip


def _counted(
    source: str, noun: str, ids: Sequence[str], by_frame: dict[int, dict[str, Sighting]]
) -> Claim:
    """Judge the count where the plain picture shows most of them."""
    best = _best(ids, by_frame)
    most = [by_frame[best][one] for one in ids if one in by_frame[best]] if best is not None else []
    found = sum(one.found_px is not None for one in most)
    told = "the plain picture shows no whole outline of it"
    if most:
        told = f"{found} of the {len(most)} that the plain picture shows at frame {best} are found"
    return Claim(
        kind="look", source=f"{source}.count", text=f"as many × {noun} are counted as before",
        status=status_of(found == len(most) if most else None), evidence=told,
    )  # fmt: skip


def _best(ids: Sequence[str], by_frame: dict[int, dict[str, Sighting]]) -> int | None:
    """Return the first frame that clearly shows most of some bodies; None if none shows one."""
    due = {k: sum(one in seen for one in ids) for k, seen in by_frame.items()}
    best = max(due, key=due.__getitem__, default=None)
    return best if best is not None and due[best] else None


def _side(
    k: int, graph: SceneGraph, stage: Stage, by_frame: dict[int, dict[str, Sighting]]
) -> Claim:
    """Judge who is left of whom, at the first frame: that is when relations hold."""
    relation = graph.relations[k]
    seen = by_frame.get(0, {})
    entity_of = {body.id: body.entity for body in stage.bodies}
    one, other = (
        [at.found_px[0] for body, at in seen.items()
         if at.found_px is not None and entity_of[body] in names]
        for names in ((relation.subject,), relation.object)
    )  # fmt: skip
    text = f"{relation.subject} is still {relation.predicate.replace('_', ' ')} "
    text += " and ".join(relation.object)
    holds, told = None, "not both of them are found at the first frame"
    if one and other:
        apart = _SIDES[relation.predicate] * (sum(other) / len(other) - sum(one) / len(one))
        holds, told = apart > 0, f"they are found {abs(apart):.0f} px apart from side to side"
    return Claim(
        kind="look", source=f"relations.{k}", text=text, status=status_of(holds), evidence=told,
        time_secs=0.0,
    )  # fmt: skip


def _colors(stage: Stage, drift: Drift) -> Iterator[Claim]:
    asked = {body.id: body.color_asked for body in stage.bodies}
    for figure in drift.figures:
        if figure.name == "style_color":
            yield Claim(
                kind="look", source=f"{figure.body}.color",
                text=f"{figure.body} is still {asked[figure.body]}",
                status=status_of(figure.ok), evidence=figure.text,
            )  # fmt: skip
