"""The reader for any chat model: it writes the scene graph itself, as JSON."""

import json
import re
from typing import Any, final

from pydantic import ValidationError

from scene_builder.language.mending.assembly import with_facts
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Chat, Reader
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading

MAX_RETRIES = 2
MAX_ERRORS_SHOWN = 5

INSTRUCTIONS = """You turn a sentence into a scene graph: one JSON object that follows the schema.
- entities: every thing that is named, once, with an id made of its noun. A group (a row, a stack,
  "three cups") is one entity with a count. The floor, the ground and the walls are no entities.
- Give color, material, size and count only where the words say them.
- relations: how things stand at the beginning; a row: {"subject": "cup", "predicate": "in_row"}.
- actions: who moves how, with a target where it is aimed at something. What rolls off a table
  stands on the table first, and has the direction "off".
- outcomes: what has to happen: touches, knocks_over, falls_off, lands_in, falls, bounces …
- Leave out everything that the words do not say."""

_EXAMPLE_PROMPT = (
    "Two green bottles stand on a shelf, and a ball thrown from the left hits one of them."
)
_EXAMPLE: dict[str, Any] = {
    "schema": "worldreel.scene/1",
    "entities": [
        {"id": "bottle", "noun": "bottle", "count": 2, "color": "green"},
        {"id": "shelf", "noun": "shelf"},
        {"id": "ball", "noun": "ball"},
    ],
    "relations": [{"subject": "bottle", "predicate": "on", "object": "shelf"}],
    "actions": [
        {"actor": "bottle", "verb": "stay"},
        {"actor": "ball", "verb": "throw", "direction": "right", "target": "bottle"},
    ],
    "outcomes": [{"predicate": "touches", "subject": "ball", "object": "bottle", "count": 1}],
}


@final
class ChatReader(Reader):
    """Asks a chat model for the graph, and sends back what is wrong with its answer."""

    name = "chat"

    def __init__(self, chat: Chat | None = None) -> None:
        """Ask `chat` from now on.

        Args:
            chat: What answers; None for the server that `OPENAI_BASE_URL`, `OPENAI_API_KEY` and
                `OPENAI_MODEL` name.

        Raises:
            SettingsError: If none is given and the environment names no server.
        """
        if chat is None:
            from scene_builder.language.backends.openai_http import chat_from_environment

            chat = chat_from_environment()
        self._chat = chat

    def read(self, prompt: str) -> Reading:
        """Return what `prompt` says.

        Raises:
            PromptError: If it holds nothing that can be filmed.
            SceneError: If the model gives no valid scene after two corrections.
            ModelError: If the model cannot be reached.
        """
        text = checked_prompt(prompt)
        schema = SceneGraph.model_json_schema(by_alias=True)
        messages = _opening(text)
        repairs: list[str] = []
        for attempt in range(MAX_RETRIES + 1):
            answer = self._chat.reply(messages, schema)
            try:
                document = _object(answer)
                document |= {"schema": "worldreel.scene/1", "prompt": text}
                return with_facts(
                    text, document, stated_facts(text), reader=self.name, repairs=tuple(repairs)
                )
            except (SceneError, ValidationError, ValueError) as error:
                faults = _faults(error)
                repairs.append(f"answer {attempt + 1} of the chat model was sent back: {faults[0]}")
                messages += _correction(answer, faults)
        raise SceneError(
            f"the chat model gave no valid scene in {MAX_RETRIES + 1} answers; the last fault: "
            f"{faults[0]}; try a larger model, or --reader embedded"
        )


def _opening(text: str) -> list[dict[str, str]]:
    return [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": _EXAMPLE_PROMPT},
        {"role": "assistant", "content": json.dumps(_EXAMPLE)},
        {"role": "user", "content": text},
    ]


def _correction(answer: str, faults: list[str]) -> list[dict[str, str]]:
    listed = "\n".join(f"- {fault}" for fault in faults)
    return [
        {"role": "assistant", "content": answer[:8000]},
        {
            "role": "user",
            "content": f"That is no valid scene:\n{listed}\nGive the whole JSON object again.",
        },
    ]


def _object(answer: str) -> dict[str, Any]:
    """Return the JSON object of an answer, with or without thoughts and fences around it."""
    plain = re.sub(r"<think>.*?</think>", "", answer, flags=re.DOTALL)
    start, end = plain.find("{"), plain.rfind("}")
    if start < 0 or end < start:
        raise SceneError("the answer holds no JSON object")
    try:
        value = json.loads(plain[start : end + 1])
    except ValueError as error:
        raise SceneError(f"the answer is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise SceneError("the answer is no JSON object")
    return value


def _faults(error: Exception) -> list[str]:
    if isinstance(error, ValidationError):
        errors = error.errors(include_url=False)[:MAX_ERRORS_SHOWN]
        return [f"{'.'.join(map(str, e['loc'])) or 'scene'}: {e['msg']}" for e in errors]
    return [str(error)]
