"""From what a reader found to a reading: mended, filtered, completed and validated."""

from typing import Any

from pydantic import ValidationError

from scene_builder.language.mending.bearing import attach_written
from scene_builder.language.mending.completion import completed
from scene_builder.language.mending.evidence import filtered, grounded
from scene_builder.language.mending.numbers import numbered
from scene_builder.language.mending.physical.coats import coated
from scene_builder.language.mending.physical.entering import entered
from scene_builder.language.mending.physical.nesting import (
    fruited,
    laid_out,
    nested,
    without_contents,
)
from scene_builder.language.mending.physical.numbered_parts import numbered_parts
from scene_builder.language.mending.physical.passing import passed
from scene_builder.language.mending.physical.rising import risen
from scene_builder.language.mending.physical.unhooked import unhooked
from scene_builder.language.mending.physical.waters import at_water, sailed
from scene_builder.language.mending.physical.wearing import worn
from scene_builder.language.mending.repair import repaired
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.quantities import attach, stated_quantities
from scene_builder.language.phrases.unserved import unserved
from scene_builder.language.phrases.wordings import Facts
from scene_builder.model.errors import PromptError, SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading, Span

_TITLE_LETTERS = 200


def assembled(
    prompt: str, document: dict[str, Any], facts: Facts, *, reader: str,
    repairs: tuple[str, ...] = (),
) -> Reading:  # fmt: skip
    """Return the reading of `prompt` whose entities and statements stand in `document`.

    Args:
        prompt: The prompt as it is read.
        document: Lists of entities, relations, actions and outcomes, as JSON values; it is
            changed.
        facts: What the closed wordings of the prompt say.
        reader: Name of the reader.
        repairs: What was mended before.

    Raises:
        PromptError: If no thing is left that could be filmed.
        SceneError: If the parts break the contract of scene graphs.
    """
    quantities, rest = stated_quantities(facts.rest)
    chunks = chunks_of(rest)
    mended = [*repairs, *filtered(document, rest, chunks), *repaired(document)]
    wet = at_water(document, facts, prompt)
    without_contents(document, rest.lower())
    fruit = fruited(document, facts)
    if not document["entities"]:
        raise PromptError(
            f"the prompt {_shortened(prompt)!r} names no thing that could be filmed; name at "
            "least one, for example: A red ball rolls off a table"
        )
    whole, refused = numbered_parts(document, rest.lower())
    taken = [
        *whole,
        *numbered(document, rest, chunks),
        *nested(document),
        *laid_out(document, facts),
    ]
    taken += [*entered(document, rest), *risen(document, rest.lower())]
    passed(document, rest.lower())
    unhooked(document, rest.lower())
    taken += worn(document, rest.lower())
    coated(document)
    sailed(document, prompt.lower())
    assumptions = [*wet, *fruit, *taken, *completed(document)]
    spans = [*facts.spans, *attach(document, quantities, rest, chunks)]
    spans += grounded(document, rest, chunks)
    spans += attach_written(document, facts.written, chunks)
    graph = _graph(prompt, document, facts)
    return Reading(
        graph=graph, spans=tuple(Span(path=p, start=s, end=e) for p, s, e in spans),
        assumptions=tuple(dict.fromkeys(assumptions)), repairs=tuple(dict.fromkeys(mended)),
        not_served=(*facts.not_served, *refused, *unserved(rest, wet=bool(wet))), reader=reader,
    )  # fmt: skip


def _camera(document: dict[str, Any], facts: Facts) -> list[dict[str, Any]]:
    ids = {entity["noun"]: entity["id"] for entity in reversed(document["entities"])}
    camera = []
    for cue in facts.camera:
        target = ids.get(cue.get("target", ""))
        named = {"target": target} if target else {}
        camera.append({**{k: v for k, v in cue.items() if k != "target"}, **named})
    return camera


def _graph(prompt: str, document: dict[str, Any], facts: Facts) -> SceneGraph:
    try:
        return SceneGraph.model_validate({
            "schema": "worldreel.scene/1", "title": _shortened(prompt), "prompt": prompt,
            "duration_secs": facts.duration_secs, "setting": facts.setting, **document,
            "camera": _camera(document, facts), "look": {"style": facts.style, "mood": facts.mood},
        })  # fmt: skip
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise SceneError(f"the words give no valid scene: {where}: {first['msg']}") from None


def _shortened(prompt: str) -> str:
    return prompt if len(prompt) <= _TITLE_LETTERS else prompt[: _TITLE_LETTERS - 1] + "…"
