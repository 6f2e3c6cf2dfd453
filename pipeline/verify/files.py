"""Files that runs were exported to, held against their contract, and against the run itself."""

import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from pipeline.verify.report import NotTrueError
from scene_builder.model.errors import MissingExtraError, RunFolderError

CHECKERS: Mapping[str, tuple[str, str]] = {
    ".usdz": ("pipeline.export.usd.checking.checker:findings_in", "xr"),
    ".glb": ("pipeline.export.gltf.checking:findings_in", "xr"),
    ".html": ("pipeline.export.gltf.page_checking:findings_in", "xr"),
    ".blend": ("pipeline.export.blend_checking:findings_in", "xr"),
    ".mov": ("pipeline.export.spatial.checking:findings_in", "xr"),
    ".mp4": ("pipeline.export.spatial.checking:findings_in", "xr"),
}
"""By ending: who checks it (`module:function`, path → findings), and which extra that needs."""


@runtime_checkable
class Finding(Protocol):
    """What a checker says of one thing that it saw."""

    @property
    def failed(self) -> bool:
        """Whether it breaks the contract; otherwise it is a warning."""
        ...

    @property
    def text(self) -> str:
        """What is wrong, where, and what is allowed."""
        ...


def is_checked_file(text: str) -> bool:
    """Whether what was typed names a file that there is a checker for."""
    path = Path(text)
    return path.suffix.lower() in CHECKERS and (path.is_file() or not path.exists())


def verify_file(path: Path) -> None:
    """Check a file and print every finding, then what they come to.

    Raises:
        RunFolderError: If there is no such file.
        MissingExtraError: If the package that reads it is not installed.
        NotTrueError: If it breaks its contract.
    """
    findings = findings_in(path)
    for finding in findings:
        _say("failed" if finding.failed else "warning", finding.text)
    broken = sum(finding.failed for finding in findings)
    warned = len(findings) - broken
    _say("result", f"{path}: {broken} failed, {warned} warnings")
    if broken:
        raise NotTrueError(f"{path} breaks its contract in {broken} places; export it again")


def findings_in(path: Path) -> Sequence[Finding]:
    """Return what the checker of a file finds.

    Raises:
        RunFolderError: If there is no such file.
        MissingExtraError: If the package that reads it is not installed.
    """
    if not path.is_file():
        raise RunFolderError(f"there is no file {path}; `worldreel export RUN` makes one")
    target, extra = CHECKERS[path.suffix.lower()]
    module, _, name = target.partition(":")
    try:
        check = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "pipeline":
            raise  # a defect, which no installation mends
        raise MissingExtraError(
            f"checking {path.suffix} needs the package {error.name!r}: "
            f"pip install 'worldreel[{extra}]'"
        ) from error
    found: Sequence[Finding] = check(path)
    return found


def _say(name: str, what: str) -> None:
    sys.stdout.write(f"{name}: {what}\n")
