"""Whether everything that the words name is there, in the colours that they say."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from pipeline.verify.claims.sight import Sight
from pipeline.verify.report import Claim, status_of
from scene_builder.knowledge.colors import COLORFUL, LIVELY
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.solids.grains import MANY
from scene_builder.model.stage import Body, Stage

HUE_DEG, LIGHTNESS, GREY_CHROMA = 35.0, 35.0, 18.0
"""How far a surface may be from the colour that its word means, in CIELAB (CIE 015:2018)."""

LEAST_SHARE = 0.01
"""Least share of the picture that what does something covers at its best moment, all together."""

SEEN_OF_MANY = 0.5
"""Least share of very many that are seen at some time: those in the middle of a heap never are."""

LEAST_RIGHT = 0.9
"""Least share of the frames in which all that should be seen are seen."""

_XYZ_FROM_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
_WHITE = _XYZ_FROM_RGB.sum(axis=1)
_LAB_EDGE = (6 / 29) ** 3


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


def judge_variety(graph: SceneGraph, stage: Stage) -> Iterator[Claim]:
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
        )  # fmt: skip


def judge_colors(stage: Stage) -> Iterator[Claim]:
    """Yield one claim for each colour that the words name: that its surfaces have it."""
    asked: dict[tuple[str, str], list[Body]] = {}
    for body in stage.bodies:
        if body.color_asked:
            whole = stage.body(body.part_of) if body.part_of else body
            asked.setdefault((whole.entity or whole.id, body.color_asked), []).append(body)
    for (entity, color), bodies in asked.items():
        try:
            wrong = [body.id for body in bodies if not _has_color(body, color)]
        except SceneError as error:
            holds, evidence = None, str(error)
        else:
            holds = not wrong
            evidence = (
                f"the largest surface of {', '.join(wrong)} has another hue" if wrong
                else f"the largest surface of {', '.join(b.id for b in bodies)} is {color}"
            )  # fmt: skip
        yield Claim(
            kind="color", source=f"{entity}.color", text=f"{entity} is {color}",
            status=status_of(holds), evidence=evidence,
        )  # fmt: skip


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


def _has_color(body: Body, color: str) -> bool:
    from scene_builder.knowledge.colors import linear_color

    asked, shown = _lab(linear_color(color)), _lab(_main_color(body))
    asked_chroma, shown_chroma = (float(np.hypot(*lab[1:])) for lab in (asked, shown))
    if abs(asked[0] - shown[0]) > LIGHTNESS:
        return False
    if asked_chroma < GREY_CHROMA:
        return shown_chroma < 2 * GREY_CHROMA
    turn = np.arctan2(asked[2], asked[1]) - np.arctan2(shown[2], shown[1])
    apart = abs((np.rad2deg(turn) + 180) % 360 - 180)
    return shown_chroma > GREY_CHROMA / 2 and bool(apart <= HUE_DEG)


def _main_color(body: Body) -> Float[Array, "3"]:
    """Return the base colour of the material that covers most of the body."""
    mesh = body.mesh
    a, b, c = (mesh.vertices[mesh.triangles[:, k]].astype(np.float64) for k in range(3))
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    by_slot = np.bincount(mesh.material_index, weights=areas, minlength=len(body.materials))
    return body.materials[int(by_slot.argmax())].base_color


def _lab(rgb: Float[Array, "3"]) -> Float[Array, "3"]:
    """Return CIELAB of linear light (CIE 015:2018, section 8.2.1)."""
    t = (_XYZ_FROM_RGB @ np.asarray(rgb, np.float64)) / _WHITE
    f = np.where(t > _LAB_EDGE, np.cbrt(t), t * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
