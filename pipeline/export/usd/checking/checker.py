"""A USDZ file held against the whole contract."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pxr import UsdValidation

from physics.trajectory import Trajectory
from pipeline.export.findings import Finding, broken
from pipeline.export.usd.checking.bodies import body_findings
from pipeline.export.usd.checking.materials import material_findings
from pipeline.export.usd.checking.meshes import mesh_findings
from pipeline.export.usd.checking.motions import motion_findings
from pipeline.export.usd.checking.packages import package_findings
from pipeline.export.usd.checking.poses import pose_findings
from pipeline.export.usd.checking.scenes import dependency_findings, opened, scene_findings
from pipeline.export.usd.checking.skins import bend_findings, skin_findings
from pipeline.run_folder.motion_files import read_trajectory
from scene_builder.model.errors import RunFolderError

MOTION = "trajectory.npz"
CHECKS: tuple[Callable[[Any], Iterator[Finding]], ...] = (
    scene_findings, mesh_findings, material_findings, motion_findings, body_findings,
    skin_findings,
)  # fmt: skip


def findings_in(path: Path) -> tuple[Finding, ...]:
    """Return all that is wrong with a USDZ file; nothing if it keeps the contract.

    A file that lies in a run's folder, or in a folder of it, is held against the run's motion.

    Args:
        path: The file.

    Raises:
        RunFolderError: If the file cannot be read, or the run's motion is damaged.
    """
    motion = None
    for folder in (path.resolve().parent, path.resolve().parent.parent):
        if motion is None and (folder / MOTION).is_file():
            motion = read_trajectory(folder / MOTION)
    return tuple(dict.fromkeys(_all(path, motion)))


def compared(path: Path, motion: Trajectory | None) -> tuple[Finding, ...]:
    """Return all that is wrong with a USDZ file that was made of a motion."""
    return tuple(dict.fromkeys(_all(path, motion)))


def _all(path: Path, motion: Trajectory | None) -> Iterator[Finding]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RunFolderError(f"{path} cannot be read: {error.strerror}") from error
    package = list(package_findings(content))
    yield from package
    stage = opened(str(path))
    if stage is None:
        yield broken("USD cannot open it as a scene")
        return
    for check in CHECKS:
        yield from check(stage)
    if not any(finding.failed for finding in package):
        yield from dependency_findings(str(path))
    if motion is not None:
        yield from pose_findings(stage, motion)
        yield from bend_findings(stage, motion)
    yield from _validated(stage)


def _validated(stage: Any) -> Iterator[Finding]:  # noqa: ANN401 - Usd.Stage
    """Yield what USD's own validators say."""
    validators = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
    for error in UsdValidation.ValidationContext(validators).Validate(stage):
        name = error.GetValidator().GetMetadata().name
        text = f"{name.rpartition(':')[2]}: {error.GetMessage()}"
        severe = error.GetType() == UsdValidation.ValidationErrorType.Error
        yield Finding(failed=severe, text=text)
