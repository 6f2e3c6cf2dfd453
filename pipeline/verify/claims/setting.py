"""Whether the place, its gravity, and what things are made of are as the words say."""

from collections.abc import Iterator

import numpy as np

from pipeline.verify.claims.sight import Sight, best_secs
from pipeline.verify.report import Claim, status_of
from scene_builder.model.graph import Entity, SceneGraph
from scene_builder.model.stage import Body, Stage
from scene_builder.model.words import GRAVITY_WORDS

NUMBER_TOLERANCE = 0.02
"""Largest relative error of a number that the words state."""


def judge_setting(graph: SceneGraph, stage: Stage, sight: Sight | None = None) -> Iterator[Claim]:
    """Yield one claim for each word of the setting, and one for a stated length.

    Args:
        graph: What the words say.
        stage: The stage as filmed.
        sight: What can be seen: the frame that shows most of the place stands for it; None leaves
            the moments out.
    """
    when = None if sight is None else float(sight.times[sight.emptiest_frame()])
    setting = graph.setting
    wanted = setting.gravity
    due = GRAVITY_WORDS[wanted] if isinstance(wanted, str) else float(wanted)
    size = float(np.linalg.norm(stage.gravity))
    yield Claim(
        kind="setting", source="setting.gravity", text=f"gravity is {wanted}",
        status=status_of(abs(size - due) <= NUMBER_TOLERANCE * max(due, 0.1)),
        evidence=f"it is {size:.2f} m/s²", time_secs=when,
    )  # fmt: skip
    place = stage.environment
    words = (("place", setting.place, place.place), ("weather", setting.weather, place.weather),
             ("time_of_day", setting.time_of_day, place.time_of_day))  # fmt: skip
    for name, asked, there in words:
        if asked is not None:
            same = asked.replace(" ", "_") == there.replace(" ", "_")
            yield Claim(
                kind="setting", source=f"setting.{name}",
                text=f"{name.replace('_', ' ')}: {asked}", status=status_of(same or None),
                evidence=f"it is {there}" if same else f"{asked!r} became {there!r}",
                time_secs=when,
            )  # fmt: skip
    if graph.duration_secs is not None:
        length = stage.timeline.duration_secs
        off = abs(length - graph.duration_secs)
        yield Claim(
            kind="setting", source="duration_secs", text=f"{graph.duration_secs:g} s long",
            status=status_of(off <= stage.timeline.frame_secs), evidence=f"it lasts {length:.2f} s",
            time_secs=float((stage.timeline.frame_count - 1) / stage.timeline.fps),
        )  # fmt: skip


def judge_nature(graph: SceneGraph, stage: Stage, sight: Sight | None = None) -> Iterator[Claim]:
    """Yield one claim for each stated size, mass and material, with the moment that shows it."""
    for k, entity in enumerate(graph.entities):
        bodies = [body for body in stage.bodies if body.entity == entity.id]
        if not bodies:
            continue
        when = {"time_secs": best_secs(sight, [body.id for body in bodies])}
        if isinstance(entity.size, int | float):
            sizes = [float(body.mesh.extents.max()) for body in bodies]
            size = _number(k, entity, "size", float(entity.size), sizes, "m")
            yield size.model_copy(update=when)
        if entity.mass_kg is not None:
            masses = [_whole_mass(body, stage) for body in bodies]
            mass = _number(k, entity, "mass_kg", entity.mass_kg, masses, "kg")
            yield mass.model_copy(update=when)
        if entity.material is not None:
            yield _material(k, entity, bodies).model_copy(update=when)


def _whole_mass(body: Body, stage: Stage) -> float:
    """Return what a body weighs with its parts [kg]."""
    return body.mass_kg + sum(part.mass_kg for part in stage.bodies if part.part_of == body.id)


def _number(
    k: int, entity: Entity, field: str, due: float, values: list[float], unit: str
) -> Claim:
    off = max(abs(value - due) for value in values) / due
    low, high = min(values), max(values)
    told = f"{low:.3g} {unit}" if high - low < 1e-3 * high else f"{low:.3g} to {high:.3g} {unit}"
    return Claim(
        kind="nature", source=f"entities.{k}.{field}",
        text=f"{entity.id}: {field.replace('_kg', '')} {due:g} {unit}",
        status=status_of(off <= NUMBER_TOLERANCE), evidence=f"it is {told}",
        margin=NUMBER_TOLERANCE - off,
    )  # fmt: skip


def _material(k: int, entity: Entity, bodies: list[Body]) -> Claim:
    word = str(entity.material)
    lacking = [
        body.id
        for body in bodies
        if not any(word in part.name or part.name in word for part in body.materials)
    ]
    names = sorted({part.name for body in bodies for part in body.materials})
    return Claim(
        kind="nature", source=f"entities.{k}.material", text=f"{entity.id} is of {word}",
        status=status_of(None if lacking else True), evidence=f"its surfaces: {', '.join(names)}",
    )  # fmt: skip
