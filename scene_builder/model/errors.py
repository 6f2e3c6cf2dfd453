"""Every error that worldreel raises on purpose.

::

    WorldreelError
    ├── BadInput              what the user gave cannot be used; the command line exits with 2
    │   ├── PromptError       the words hold nothing that can be filmed
    │   ├── SceneError        a scene graph (or any other document) breaks its contract
    │   ├── RelationError     relations contradict each other or cannot be laid out
    │   ├── UnknownNameError  no implementation, preset or command of that name
    │   ├── SettingsError     an option is outside of what is allowed
    │   └── RunFolderError    a run folder cannot be read, or cannot be written
    └── StepError             a step could not do its work; the command line exits with 1
        ├── AssetError        no asset, or one that cannot be read
        ├── LayoutError       bodies that find no place
        ├── SimulationError   motion that is not finite, or breaks the laws it should keep
        │   └── UnsupportedBody  a body of a kind that the simulator does not have
        ├── RenderError       frames that could not be made
        ├── EncodeError       pictures that could not become a film
        ├── ModelError        weights that are missing, damaged, or not what they should be
        └── MissingExtraError a package that an optional part needs is not installed

A message says what was given, what is allowed, and what to try, in one line.
"""


class WorldreelError(Exception):
    """The root of the tree; `exit_code` is what the command line ends with."""

    exit_code = 1


class BadInput(WorldreelError):  # noqa: N818 - the name is the sentence a user reads
    """What the user gave cannot be used."""

    exit_code = 2


class PromptError(BadInput):
    """The words hold nothing that can be filmed."""


class SceneError(BadInput):
    """A scene graph, or another document, breaks its contract."""


class RelationError(BadInput):
    """Relations contradict each other, or cannot be laid out."""


class UnknownNameError(BadInput):
    """No implementation, preset or command of that name."""


class SettingsError(BadInput):
    """An option is outside of what is allowed."""


class RunFolderError(BadInput):
    """A run folder cannot be read, or cannot be written."""


class StepError(WorldreelError):
    """A step could not do its work."""


class AssetError(StepError):
    """No asset, or one that cannot be read."""


class LayoutError(StepError):
    """Bodies that find no place."""


class SimulationError(StepError):
    """Motion that is not finite, or breaks the laws it should keep."""


class UnsupportedBody(SimulationError):  # noqa: N818 - the name is the sentence a user reads
    """A body of a kind that the chosen simulator does not have; the message names another."""


class RenderError(StepError):
    """Frames that could not be made."""


class EncodeError(StepError):
    """Pictures that could not become a film."""


class ModelError(StepError):
    """Weights that are missing, damaged, or not what they should be."""


class MissingExtraError(StepError):
    """A package that an optional part needs is not installed."""
