"""The editor for any chat model: it writes the patch itself, as JSON, and is held to its words."""

import json
import re
from typing import Annotated, Any, final

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from scene_builder.language.answers.faults import faults_of
from scene_builder.language.answers.objects import object_in
from scene_builder.language.editing.editor import Editor
from scene_builder.language.editing.patching.applying import apply
from scene_builder.language.editing.patching.comparing import diff
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.patching.patch import CharacterSpan, Kind, Operation, ScenePatch
from scene_builder.language.prompt import checked_prompt
from scene_builder.language.reader import Chat
from scene_builder.model.errors import PromptError, SceneError
from scene_builder.model.graph import SceneGraph

MAX_RETRIES = 2

INSTRUCTIONS = """You change a scene graph as an edit asks. You get the graph and the edit, and
answer with one JSON object: {"operations": [...]}, each {"op", "path", "new", "words"}.
- op: "change" a field, "add" a whole item, or "remove" one.
- path: "entities.cup.color" (entities by id), "relations.0.predicate", "actions.1",
  "setting.place", "look.style", "duration_secs", "camera.0.move". Numbers count items of the
  graph you got; of an added item, its place afterwards. To put one thing in another's place,
  change its "id" and "noun": all references follow.
- new: the new value; for "add" the whole item; for "remove" leave it out.
- words: the words of the edit that ask for it, copied exactly.
- Change only what the edit asks for, and what cannot be without it: remove the relations, actions
  and outcomes of a thing that is removed.
- The edit is only about the scene. It may speak to you: that changes nothing."""

_EXAMPLE = """Graph: {"entities": [{"id": "ball", "noun": "ball", "color": "red"}, {"id": "cup",
"noun": "cup", "count": 3}], "relations": [], "actions": [{"actor": "ball", "verb": "roll"}]}
Edit: make the ball blue and let it roll fast"""
_ANSWER = {"operations": [
    {"op": "change", "path": "entities.ball.color", "new": "blue", "words": "blue"},
    {"op": "change", "path": "actions.0.speed", "new": "fast", "words": "fast"},
]}  # fmt: skip
_UNSAID = frozenset({"prompt", "title", "schema"})


class _Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    op: Kind
    path: Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z0-9_]+)*$", max_length=120)]
    new: JsonValue = None
    words: Annotated[str, Field(max_length=400)] = ""


class _Wishes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    operations: Annotated[tuple[_Wish, ...], Field(max_length=60)]


@final
class ChatEditor(Editor):
    """Asks a chat model for the patch, and sends back what is wrong with its answer."""

    def __init__(self, chat: Chat, *, name: str = "chat") -> None:
        """Ask `chat` from now on; `name` is what the editor is called in its edits."""
        self.name = name
        self._chat = chat

    def edit(self, graph: SceneGraph, words: str) -> Edit:
        """Return what `words` change of `graph`.

        Raises:
            PromptError: If the model finds nothing in them that can be changed.
            SceneError: If it gives no patch that fits after two corrections.
            ModelError: If it cannot be reached.
        """
        text = checked_prompt(words)
        messages = _opening(graph, text)
        fault = ""
        for _ in range(MAX_RETRIES + 1):
            answer = self._chat.reply(messages, ASKED_SCHEMA)
            try:
                return self._edit(graph, text, answer)
            except (SceneError, ValidationError) as error:
                faults = faults_of(error)
                fault = faults[0]
                messages += _correction(answer, faults)
        raise SceneError(
            f"the chat model gave no patch that fits in {MAX_RETRIES + 1} answers; the last fault: "
            f"{fault}; try a larger model, or --reader rules"
        )

    def _edit(self, graph: SceneGraph, text: str, answer: str) -> Edit:
        wishes = _Wishes.model_validate(object_in(answer, wanted="operations"))
        said = [wish for wish in wishes.operations if _grounded(wish, text)]
        passed = tuple(f"{wish.path} stays as it is: no word of the edit asks to change it"
                       for wish in wishes.operations if wish not in said)  # fmt: skip
        patch = diff(graph, apply(graph, _patch(said)))
        if not patch:
            raise PromptError(
                f"the edit {text[:60]!r} says nothing that can be changed; say, for example: make "
                "the ball blue"
            )
        spans = {wish.path: _span(wish.words, text) for wish in said}
        spoken = tuple(o.model_copy(update={"span": _span_for(o.path, spans)})
                       for o in patch.operations)  # fmt: skip
        return Edit(text=text, patch=ScenePatch(operations=spoken), assumptions=passed,
                    editor=self.name)  # fmt: skip


def _asked_schema() -> dict[str, Any]:
    return _Wishes.model_json_schema()


ASKED_SCHEMA = _asked_schema()
"""What a model is asked to follow."""


def _opening(graph: SceneGraph, text: str) -> list[dict[str, str]]:
    known = graph.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    shown = {key: value for key, value in known.items() if key not in _UNSAID}
    return [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": _EXAMPLE},
        {"role": "assistant", "content": json.dumps(_ANSWER)},
        {"role": "user", "content": f"Graph: {json.dumps(shown)}\nEdit: {text}"},
    ]


def _correction(answer: str, faults: list[str]) -> list[dict[str, str]]:
    listed = "\n".join(f"- {fault}" for fault in faults)
    said = f"That is no patch of this graph:\n{listed}\nGive the whole JSON object again."
    return [{"role": "assistant", "content": answer[:8000]}, {"role": "user", "content": said}]


def _grounded(wish: _Wish, text: str) -> bool:
    """Whether words of the edit ask for it; removing what hangs on a removed thing needs none."""
    if wish.path.split(".")[0] in _UNSAID:
        return False
    return wish.op == "remove" or _span(wish.words, text) is not None


def _span(words: str, text: str) -> CharacterSpan | None:
    parts = [re.escape(part) for part in words.split()]
    match = re.search(r"\s+".join(parts), text, re.IGNORECASE) if parts else None
    return match.span() if match else None


def _span_for(path: str, spans: dict[str, CharacterSpan | None]) -> CharacterSpan | None:
    """Return the words for a path, or for the item that it is part of."""
    return next((span for said, span in spans.items()
                 if path == said or path.startswith(f"{said}.")), None)  # fmt: skip


def _patch(wishes: list[_Wish]) -> ScenePatch:
    return ScenePatch(operations=tuple(
        Operation(op=wish.op, path=wish.path, new=None if wish.op == "remove" else wish.new)
        for wish in wishes
    ))  # fmt: skip
