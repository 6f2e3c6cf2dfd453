"""Shots written by a chat model: which sentences make a shot, and the scene graph of each."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scene_builder.language.answers.checking import facts_of, reading_of
from scene_builder.language.answers.faults import faults_of
from scene_builder.language.answers.objects import object_in, tidied
from scene_builder.language.chat import ASKED_SCHEMA, INSTRUCTIONS, MAX_RETRIES, ChatReader
from scene_builder.language.shots.film_plan import FilmPlan, checked_page, planned
from scene_builder.language.shots.sentences import Page, text_of
from scene_builder.model.documents.film_document import MAX_SHOTS, FilmDocument, continued
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading

FILM_INSTRUCTIONS = f"""{INSTRUCTIONS}

Now you get a page of numbered sentences, and turn it into a film of several shots:
{{"shots": [{{"sentences": [1, 2], "scene": {{…}}}}, …]}}, in the order of the page.
- A shot is one event: mostly one sentence, two or three where they say one thing.
- A sentence that names no thing belongs to the shot beside it. Every sentence belongs to one shot.
- The same thing has the same id, noun and count in all shots. Say its color and material once.
- What a thing stands on in a shot is an entity of that shot, too.
- Pronouns mean things of earlier sentences: use their ids."""

_EXAMPLE_PAGE = (
    "1. A red ball lies on a shelf in a kitchen.\n2. It rolls off and hits two cups.\n3. What luck!"
)
_EXAMPLE: dict[str, Any] = {
    "shots": [
        {"sentences": [1], "scene": {
            "schema": "worldreel.scene/1", "setting": {"place": "kitchen"},
            "entities": [{"id": "ball", "noun": "ball", "color": "red"},
                         {"id": "shelf", "noun": "shelf"}],
            "relations": [{"subject": "ball", "predicate": "on", "object": "shelf"}]}},
        {"sentences": [2, 3], "scene": {
            "schema": "worldreel.scene/1",
            "entities": [{"id": "ball", "noun": "ball"}, {"id": "shelf", "noun": "shelf"},
                         {"id": "cup", "noun": "cup", "count": 2}],
            "relations": [{"subject": "ball", "predicate": "on", "object": "shelf"}],
            "actions": [{"actor": "ball", "verb": "roll", "direction": "off"}],
            "outcomes": [{"predicate": "touches", "subject": "ball", "object": "cup"}]}},
    ]
}  # fmt: skip


class _AskedShot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sentences: tuple[int, ...] = Field(min_length=1)
    scene: SceneGraph


class _AskedFilm(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    shots: tuple[_AskedShot, ...] = Field(min_length=1, max_length=MAX_SHOTS)


def film_by_chat(text: str, reader: ChatReader) -> FilmPlan:
    """Return the film of a page as a chat model writes it.

    Args:
        text: The page.
        reader: Whose model is asked.

    Raises:
        PromptError: If the page is empty, too long, or no plain text.
        SceneError: If the model gives no valid film after two corrections.
        ModelError: If the model cannot be reached.
    """
    page = checked_page(text)
    numbered = "\n".join(f"{k + 1}. {sentence}" for k, sentence in enumerate(page.sentences))
    messages = [
        {"role": "system", "content": FILM_INSTRUCTIONS},
        {"role": "user", "content": _EXAMPLE_PAGE},
        {"role": "assistant", "content": json.dumps(_EXAMPLE)},
        {"role": "user", "content": numbered},
    ]
    notes: list[str] = []
    faults: list[str] = []
    for attempt in range(MAX_RETRIES + 1):
        answer = reader.chat.reply(messages, _SCHEMA)
        try:
            return _plan(text, page, answer, reader, notes)
        except (SceneError, ValidationError) as error:
            faults = faults_of(error)
            notes.append(f"answer {attempt + 1} of the chat model was sent back: {faults[0]}")
            listed = "\n".join(f"- {fault}" for fault in faults)
            again = f"That is no valid film:\n{listed}\nGive the whole JSON object again."
            messages += [{"role": "assistant", "content": answer[:20_000]},
                         {"role": "user", "content": again}]  # fmt: skip
    raise SceneError(
        f"the chat model gave no valid film in {MAX_RETRIES + 1} answers; the last fault: "
        f"{faults[0]}; try a larger model, or --reader embedded, which makes a shot of a sentence"
    )


def _plan(text: str, page: Page, answer: str, reader: ChatReader, notes: list[str]) -> FilmPlan:
    mended: list[str] = []
    document = object_in(answer, wanted="shots")
    shots = document.get("shots")
    for shot in shots if isinstance(shots, list) else []:
        if isinstance(shot, dict) and isinstance(shot.get("scene"), dict):
            shot["scene"] = tidied(shot["scene"], mended) | {"schema": "worldreel.scene/1"}
            shot["scene"].pop("title", None)
    asked = _AskedFilm.model_validate(document)
    captions = _captions(page.sentences, [shot.sentences for shot in asked.shots])
    scenes = [{"scene": shot.scene} for shot in asked.shots]
    document = {"schema": "worldreel.film/1", "text": text, "shots": scenes}
    whole = continued(FilmDocument.model_validate(document))
    readings: list[Reading] = []
    for asked_shot, shot in zip(asked.shots, whole.shots, strict=True):
        words = text_of(page.sentences[k - 1] for k in sorted(set(asked_shot.sentences)))
        facts, scene = facts_of(words), shot.scene.model_dump(mode="json")
        if "gravity" not in {*facts.setting, *asked_shot.scene.setting.model_fields_set}:
            scene["setting"]["gravity"] = (
                readings[-1].graph.setting.gravity if readings else scene["setting"]["gravity"]
            )
        context = text_of(page.sentences)
        readings.append(reading_of(words, scene, facts, reader=reader.name, context=context))
    return planned(text, page.title, readings, captions, [*notes, *mended])


def _captions(sentences: tuple[str, ...], chosen: list[tuple[int, ...]]) -> list[str]:
    """The sentences of each shot; one that the model left out goes with the one before it.

    Raises:
        SceneError: If a shot names a sentence that there is not.
    """
    shot_of: dict[int, int] = {}
    for shot, numbers in enumerate(chosen):
        for number in numbers:
            if not 1 <= number <= len(sentences):
                raise SceneError(
                    f"shots.{shot}.sentences: given {number}; there are 1 to {len(sentences)}"
                )
            shot_of.setdefault(number, shot)
    captions: list[list[str]] = [[] for _ in chosen]
    current = 0
    for number, sentence in enumerate(sentences, start=1):
        current = shot_of.get(number, current)
        captions[current].append(sentence)
    return [text_of(said) for said in captions]


def _schema() -> Mapping[str, Any]:
    scene = {key: value for key, value in ASKED_SCHEMA.items() if key != "$defs"}
    numbers = {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 1}}
    shot = {
        "type": "object", "required": ["sentences", "scene"], "additionalProperties": False,
        "properties": {"sentences": numbers, "scene": scene},
    }  # fmt: skip
    shots = {"type": "array", "minItems": 1, "maxItems": MAX_SHOTS, "items": shot}
    return {
        "$defs": ASKED_SCHEMA["$defs"], "type": "object", "required": ["shots"],
        "additionalProperties": False, "properties": {"shots": shots},
    }  # fmt: skip


_SCHEMA = _schema()
