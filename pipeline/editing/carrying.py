"""What an edit leaves as it was is carried over: the same motion, the same frames.

A step's key holds the whole of its input, so that any change would make it run again. An edit
knows more. A new style changes nothing before the stylizer; a new colour or another camera
changes what is seen and not how things move. The step's earlier result is then entered anew,
dressed as the edited stage is.
"""

from dataclasses import replace
from typing import TypeVar

import numpy as np

from pipeline.cache import Cache, Step
from pipeline.film import Film
from pipeline.run_folder.documents import DamagedError
from pipeline.steps.motion import AIM, SIMULATE
from pipeline.steps.render import STORYBOARD
from pipeline.steps.stage import BUILD, DIRECT
from scene_builder.model.digest import digest
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import Look, SceneGraph
from scene_builder.model.light import Environment
from scene_builder.model.material import Material
from scene_builder.model.stage import AssetCredit, Body, Stage

Record = TypeVar("Record")

_SEEN_ONLY = "leaves_frame"
"""An outcome that the camera has a part in."""


def carry_over(film: Film, before: SceneGraph) -> None:
    """Enter what earlier steps made, as far as the edited graph would have them make it again.

    Args:
        film: The run as edited, its folder still holding what the earlier steps made.
        before: The graph that they made it from.
    """
    after = film.reading.graph
    cache = film.cache
    earlier = _earlier(cache, BUILD)
    if earlier is None:
        return
    if only_styled(before, after):
        cache.adopt(BUILD, (after, *film.parts.building, film.reading.stands), earlier)
    if not _same_take(film, before, earlier):
        return
    stage = _earlier(cache, DIRECT)
    if stage is None:
        return
    dressed = as_dressed(stage, film.built)
    trajectory, track = _earlier(cache, SIMULATE), _earlier(cache, AIM)
    cache.adopt(DIRECT, (film.built, after, *film.parts.directing), dressed)
    if trajectory is None:
        return
    cache.adopt(SIMULATE, (film.stage, film.parts.simulator), trajectory)
    if track is not None and only_styled(before, after):
        inputs = (film.stage, film.trajectory, after, *film.parts.aiming)
        cache.adopt(AIM, inputs, track)
        drawn = _earlier(cache, STORYBOARD)
        if drawn is not None:
            cache.adopt(STORYBOARD, (film.reading, film.shot, film.parts.sketcher), drawn)


def only_styled(before: SceneGraph, after: SceneGraph) -> bool:
    """Whether two graphs differ at most in how the finished frames are to look."""
    return _staged(before) == _staged(after)


def as_dressed(stage: Stage, like: Stage) -> Stage:
    """Return a stage with the look, the light and the camera's orders of another.

    The bodies stand and move as they did on `stage`.
    """
    looks = {body.id: body for body in like.bodies}
    bodies = tuple(
        replace(body, materials=looks[body.id].materials, color_asked=looks[body.id].color_asked,
                asset=looks[body.id].asset, mesh=looks[body.id].mesh)
        for body in stage.bodies
    )  # fmt: skip
    return replace(
        stage, bodies=bodies, shot=like.shot, lights=like.lights, environment=like.environment
    )


def moves_alike(one: Stage, other: Stage) -> bool:
    """Whether two stages differ at most in what is seen of them."""
    return digest(_bare(one)) == digest(_bare(other))


def _same_take(film: Film, before: SceneGraph, built: Stage) -> bool:
    """Whether the director would choose the same take again."""
    after = film.reading.graph
    if _promised(before) != _promised(after):
        return False
    seen = any(outcome.predicate == _SEEN_ONLY for outcome in after.outcomes)
    if seen and before.camera != after.camera:
        return False
    return moves_alike(built, film.built)


def _earlier(cache: Cache, step: Step[Record]) -> Record | None:
    """Return what a step made, or None if it did not finish or its files are not whole."""
    record = cache.manifest.steps.get(step.name)
    if record is None or not record.finished:
        return None
    try:
        return step.load(cache.folder)
    except (DamagedError, WorldreelError):
        return None


def _staged(graph: SceneGraph) -> SceneGraph:
    """Return a graph without what nobody builds: its words, its title and its style."""
    return graph.model_copy(update={"title": "", "prompt": "", "look": Look()})


def _promised(graph: SceneGraph) -> SceneGraph:
    """Return a graph without what is only seen: colours, light, the camera and the style."""
    plain = tuple(e.model_copy(update={"color": None, "text": ""}) for e in graph.entities)
    setting = graph.setting.model_copy(update={"time_of_day": None, "weather": None})
    changes = {"entities": plain, "camera": (), "setting": setting}
    return _staged(graph).model_copy(update=changes)


def _bare(stage: Stage) -> Stage:
    bodies = tuple(_undressed(body) for body in stage.bodies)
    return replace(
        stage, bodies=bodies, shot=replace(stage.shot, cues=()), lights=(),
        environment=Environment(
            place="", indoor=False, time_of_day="", weather="", sky_color=np.zeros(3),
            sky_strength=0.0,
        ),
    )  # fmt: skip


def _undressed(body: Body) -> Body:
    plain = Material(name="", base_color=np.zeros(3))
    return replace(
        body, materials=(plain,) * len(body.materials), color_asked=None,
        asset=AssetCredit(name="", source=""),
    )  # fmt: skip
