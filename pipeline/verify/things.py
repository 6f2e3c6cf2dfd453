"""Whether everything that the words name is there, in the colours that they say."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from pipeline.verify.claims.hues import ReadFrame, has_color, shown_color
from pipeline.verify.claims.sight import Sight, best_secs
from pipeline.verify.report import Claim, status_of
from scene_builder.knowledge.colors import COLORFUL, LIVELY
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.solids.grains import MANY
from scene_builder.model.stage import Body, Stage

LEAST_SHARE = 0.01
"""Least share of the picture that what does something covers at its best moment, all together."""

SEEN_OF_MANY = 0.5
"""Least share of very many that are seen at some time: those in the middle of a heap never are."""

LEAST_RIGHT = 0.9
"""Least share of the frames in which all that should be seen are seen."""


def judge_nouns(graph: SceneGraph, stage: Stage, sight: Sight | None) -> Iterator[Claim]:
    """Yield one claim for each entity: that it is what the words name, and large enough to see."""
    for k, entity in enumerate(graph.entities):
        bodies = [body for body in stage.bodies if body.entity == entity.id]
        holds, evidence, time = _named(bodies, entity.noun)
        if holds and sight is not None:
            ids = [body.id for body in bodies]
            share = sight.share(ids)
            best = int(share.argmax())
            time = float(sight.times[best])
            evidence += f"; at most {share[best]:.2%} of the picture"
            if not set(ids).isdisjoint(stage.shot.subjects):
                holds = bool(share[best] >= LEAST_SHARE)
                evidence += f" ({LEAST_SHARE:.0%} needed)"
        yield Claim(
            kind="noun", source=f"entities.{k}.noun", text=entity.noun, status=status_of(holds),
            evidence=evidence, time_secs=time,
        )  # fmt: skip


def _named(bodies: list[Body], noun: str) -> tuple[bool, str, float | None]:
    if not bodies:
        return False, f"no {noun} is on the stage", None
    standing_in = [body for body in bodies if body.asset.fallback]
    if standing_in:
        what = standing_in[0].asset.name
        return False, f"there is no model of it: {what} stands in for {noun}", None
    other = [body.id for body in bodies if body.noun != noun]
    if other:
        return False, f"{', '.join(other)} is something else", None
    names = sorted({body.asset.name for body in bodies})
    return True, f"{', '.join(names)}, from {bodies[0].asset.source}", None


def judge_counts(graph: SceneGraph, stage: Stage, sight: Sight | None) -> Iterator[Claim]:
    """Yield one claim for each entity: that as many as the words say can be seen."""
    for k, entity in enumerate(graph.entities):
        bodies = [body.id for body in stage.bodies if body.entity == entity.id]
        holds, evidence, time = _seen(bodies, entity.count, sight)
        yield Claim(
            kind="count", source=f"entities.{k}.count", text=f"{entity.count} × {entity.noun}",
            status=status_of(holds), evidence=evidence, time_secs=time,
        )  # fmt: skip


def judge_variety(graph: SceneGraph, stage: Stage, sight: Sight | None = None) -> Iterator[Claim]:
    """Yield one claim for each entity that is said to be colourful: that it has many colours."""
    for k, entity in enumerate(graph.entities):
        if entity.color != COLORFUL:
            continue
        bodies = [body for body in stage.bodies if body.entity == entity.id]
        shown = {
            body.color_asked or tuple(one.base_color.round(1))
            for body in bodies
            for one in body.materials
        }
        due = min(entity.count, len(LIVELY))
        yield Claim(
            kind="color", source=f"entities.{k}.color", text=f"{entity.id} is {COLORFUL}",
            status=status_of(len(shown) >= due),
            evidence=f"{len(shown)} colours are there ({due} needed)",
            time_secs=best_secs(sight, [body.id for body in bodies]),
        )  # fmt: skip


def judge_colors(
    stage: Stage, sight: Sight | None = None, read_frame: ReadFrame | None = None
) -> Iterator[Claim]:
    """Yield one claim for each colour that the words name.

    Its surfaces have it by their materials, and the frames show it wherever they show enough.

    Args:
        stage: The stage as filmed.
        sight: What can be seen; None if nothing has been rendered.
        read_frame: Gives a rendered frame; None if there is none.

    Raises:
        DamagedError: If a frame cannot be read.
    """
    asked: dict[tuple[str, str], list[Body]] = {}
    for body in stage.bodies:
        if body.color_asked:
            whole = stage.body(body.part_of) if body.part_of else body
            asked.setdefault((whole.entity or whole.id, body.color_asked), []).append(body)
    for (entity, color), bodies in asked.items():
        try:
            holds, evidence = _colored(bodies, color)
            if holds and sight is not None and read_frame is not None:
                shown = shown_color(bodies, color, stage, sight, read_frame)
                holds, evidence = shown.holds is not False, f"{evidence}; {shown.text}"
        except SceneError as error:
            holds, evidence = None, str(error)
        yield Claim(
            kind="color", source=f"{entity}.color", text=f"{entity} is {color}",
            status=status_of(holds), evidence=evidence,
            time_secs=best_secs(sight, [body.id for body in bodies]),
        )  # fmt: skip


def _colored(bodies: list[Body], color: str) -> tuple[bool | None, str]:
    """Return whether the material that covers most of each body has a colour, and why."""
    wrong = [body.id for body in bodies if not has_color(_main_color(body), color)]
    names = ", ".join(wrong or [body.id for body in bodies])
    told = "has another hue" if wrong else f"is {color}"
    return not wrong, f"the largest surface of {names} {told}"


def _seen(
    bodies: list[str], count: int, sight: Sight | None
) -> tuple[bool | None, str, float | None]:
    """Whether every individual is seen once, and wherever geometry says that it should be."""
    if len(bodies) != count:
        return False, f"{len(bodies)} are on the stage, {count} were asked for", None
    if sight is None:
        return None, "no frames have been rendered yet", None
    seen = np.array([sight.pixels(body) > 0 for body in bodies])
    if count >= MANY:
        best, ever = int(seen.sum(axis=0).argmax()), int(seen.any(axis=1).sum())
        told = f"all {count} are on the stage; they lie on each other: {seen[:, best].sum()} can "
        told += f"be seen at {sight.times[best]:.2f} s, {ever} at some time"
        return ever >= SEEN_OF_MANY * count, told, float(sight.times[best])
    due = np.array([sight.expected(body) for body in bodies])
    ever = int(seen.any(axis=1).sum())
    best = int(seen.sum(axis=0).argmax())
    time = float(sight.times[best])
    told = "it can be seen" if count == 1 else f"{seen[:, best].sum()} of {count} can be seen"
    told += f" at {time:.2f} s"
    if ever < count:
        return False, f"{ever} of {count} can ever be seen", time
    asked = due.any(axis=0)
    if not asked.any():
        return True, f"{told}; other things are before it", time
    right = float((seen | ~due).all(axis=0)[asked].mean())
    told += f"; all that should be are seen in {right:.0%} of {asked.sum()} frames"
    return right >= LEAST_RIGHT, told, time


def _main_color(body: Body) -> Float[Array, "3"]:
    """Return the base colour of the material that covers most of the body."""
    mesh = body.mesh
    a, b, c = (mesh.vertices[mesh.triangles[:, k]].astype(np.float64) for k in range(3))
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    by_slot = np.bincount(mesh.material_index, weights=areas, minlength=len(body.materials))
    return body.materials[int(by_slot.argmax())].base_color
