"""What a reader understood of a prompt, and what of it the words themselves say."""

from pydantic import BaseModel, ConfigDict

from scene_builder.model.graph import SceneGraph


class Span(BaseModel):
    """Characters `start`…`end` of the prompt say `path` of the graph, e.g. `entities.0.color`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    start: int
    end: int


class Reading(BaseModel):
    """A scene graph with its evidence.

    Attributes:
        graph: What the words say.
        spans: Which words say which part of it.
        assumptions: Sentences about what the reader chose although the words leave it open.
        repairs: Sentences about what deterministic code mended in the model's answer.
        not_served: Sentences about what the words ask for and worldreel does not do.
        reader: Name of the reader that answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    graph: SceneGraph
    spans: tuple[Span, ...] = ()
    assumptions: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    not_served: tuple[str, ...] = ()
    reader: str = ""
