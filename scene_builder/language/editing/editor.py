"""The seam for editing: words, said of a scene, become a patch of it."""

from typing import Protocol, runtime_checkable

from scene_builder.language.editing.patching.edit import Edit
from scene_builder.model.graph import SceneGraph


@runtime_checkable
class Editor(Protocol):
    """Understands an edit."""

    def edit(self, graph: SceneGraph, words: str) -> Edit:
        """Return what `words` change of `graph`.

        Raises:
            PromptError: If they ask for nothing that can be changed.
            SceneError: If no valid scene comes of them.
        """
        ...
