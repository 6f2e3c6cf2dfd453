"""What a reader understood of a prompt, and what of it the words themselves say."""

from pydantic import BaseModel, ConfigDict

from scene_builder.model.graph import SceneGraph


class Span(BaseModel):
    """Characters `start`…`end` of the prompt say `path` of the graph, e.g. `entities.0.color`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    start: int
    end: int


class Stand(BaseModel):
    """Where a body stood before an edit: `world_from_body`, in [m] and as a unit quaternion."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    body: str
    position: tuple[float, float, float]
    wxyz: tuple[float, float, float, float]


class EditNote(BaseModel):
    """Words by which a scene was changed after it was read.

    Attributes:
        text: The words.
        spans: Which of them changed which part of the graph; `removed.entities.1` names what is
            gone by its place before.
        assumptions: Sentences about what was chosen although the words leave it open.
        not_served: Sentences about what they ask for and was not done.
        editor: Name of the editor that read them.
        stands: Where bodies stood that the edit does not touch; they stay there if they can.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    spans: tuple[Span, ...] = ()
    assumptions: tuple[str, ...] = ()
    not_served: tuple[str, ...] = ()
    editor: str = ""
    stands: tuple[Stand, ...] = ()


class Reading(BaseModel):
    """A scene graph with its evidence.

    Attributes:
        graph: What the words say.
        spans: Which words say which part of it.
        assumptions: Sentences about what the reader chose although the words leave it open.
        repairs: Sentences about what deterministic code mended in the model's answer.
        not_served: Sentences about what the words ask for and worldreel does not do.
        reader: Name of the reader that answered.
        edits: How the scene was changed by words since, the first edit first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    graph: SceneGraph
    spans: tuple[Span, ...] = ()
    assumptions: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    not_served: tuple[str, ...] = ()
    reader: str = ""
    edits: tuple[EditNote, ...] = ()

    @property
    def stands(self) -> tuple[Stand, ...]:
        """Where bodies stood before the last edit that knew it."""
        known = [note.stands for note in self.edits if note.stands]
        return known[-1] if known else ()
