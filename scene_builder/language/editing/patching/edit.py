"""What an editor understood of an edit's words."""

from pydantic import BaseModel, ConfigDict

from scene_builder.language.editing.patching.patch import ScenePatch


class Edit(BaseModel):
    """An edit: its words, and the patch that they ask for.

    Attributes:
        text: The words.
        patch: What changes, and nothing else does.
        assumptions: Sentences about what the editor chose although the words leave it open.
        not_served: Sentences about what the words ask for and was not done.
        editor: Name of the editor that read them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    patch: ScenePatch
    assumptions: tuple[str, ...] = ()
    not_served: tuple[str, ...] = ()
    editor: str = ""
