"""From what was found to a reading: mended, completed and validated as English readings are."""

from typing import Any

from pydantic import ValidationError

from scene_builder.language.chinese.walking.scribe import Evidence, Scribe
from scene_builder.language.mending.completion import completed
from scene_builder.language.mending.repair import repaired
from scene_builder.language.phrases.wordings import Facts
from scene_builder.model.errors import PromptError, SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading, Span

_TITLE_LETTERS = 200
_PARTS = ("entities", "relations", "actions", "outcomes")


def reading_of(prompt: str, scribe: Scribe, facts: Facts, *, reader: str) -> Reading:
    """Return the reading of `prompt`.

    Args:
        prompt: The prompt as it is read.
        scribe: What the walk found, with the words that say it.
        facts: What closed wordings say; setting fields that places say are added.
        reader: Name of the reader.

    Raises:
        PromptError: If no thing is left that could be filmed.
        SceneError: If the parts break the contract of scene graphs.
    """
    draft = scribe.draft
    document: dict[str, Any] = {
        "entities": draft.entities, "relations": draft.relations, "actions": draft.actions,
        "outcomes": draft.outcomes,
    }  # fmt: skip
    if not document["entities"]:
        raise PromptError(_nothing(prompt, scribe))
    for name, (value, where) in scribe.setting.items():
        if name not in facts.setting:
            facts.setting[name] = value
            facts.spans.append((f"setting.{name}", *where))
    repairs = repaired(document)
    assumptions = completed(document)
    graph = _graph(prompt, document, facts)
    spans = [*facts.spans, *_spans(document, scribe.evidence)]
    return Reading(
        graph=graph, spans=tuple(Span(path=p, start=s, end=e) for p, s, e in spans),
        assumptions=tuple(dict.fromkeys(assumptions)), repairs=tuple(dict.fromkeys(repairs)),
        not_served=tuple(dict.fromkeys([*facts.not_served, *scribe.not_served])), reader=reader,
    )  # fmt: skip


def _nothing(prompt: str, scribe: Scribe) -> str:
    unread = [note for note in scribe.not_served if "no word" in note]
    why = f" ({unread[0]})" if unread else ""
    return (
        f"the prompt {_shortened(prompt)!r} names no thing that could be filmed{why}; name at "
        "least one, for example: 一个红球从桌子上滚下来"
    )


def _spans(document: dict[str, Any], evidence: list[Evidence]) -> list[tuple[str, int, int]]:
    places = {id(part): (name, k) for name in _PARTS for k, part in enumerate(document[name])}
    spans = []
    for said in evidence:
        found = places.get(id(said.part))
        if found is not None and said.part.get(said.field) is not None:
            spans.append((f"{found[0]}.{found[1]}.{said.field}", *said.where))
    return spans


def _graph(prompt: str, document: dict[str, Any], facts: Facts) -> SceneGraph:
    ids = {entity["id"] for entity in document["entities"]}
    camera = [
        {key: value for key, value in cue.items() if key != "target" or value in ids}
        for cue in facts.camera
    ]
    try:
        return SceneGraph.model_validate({
            "schema": "worldreel.scene/1", "title": _shortened(prompt), "prompt": prompt,
            "duration_secs": facts.duration_secs, "setting": facts.setting, **document,
            "camera": [cue for cue in camera if cue],
            "look": {"style": facts.style, "mood": facts.mood},
        })  # fmt: skip
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise SceneError(f"the words give no valid scene: {where}: {first['msg']}") from None


def _shortened(prompt: str) -> str:
    return prompt if len(prompt) <= _TITLE_LETTERS else prompt[: _TITLE_LETTERS - 1] + "…"
