"""The seam for export: a finished run becomes a file for other programs."""

from pathlib import Path
from typing import Protocol, runtime_checkable


@runtime_checkable
class Exporter(Protocol):
    """Writes a run in another form."""

    def export(self, run: Path, path: Path) -> Path:
        """Write the run folder `run` to `path` and return what was written.

        Raises:
            RunFolderError: If the run lacks what this form needs.
            EncodeError: If the file could not be made.
        """
        ...
