"""What a run is made of: settings, versions, and what every step cost and left behind."""

import platform
from dataclasses import fields
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.checksums import FileRecord
from pipeline.run_folder.documents import DamagedError, read_document
from pipeline.settings import Settings
from scene_builder.model.errors import SceneError, SettingsError

PACKAGES = (
    "worldreel",
    "bpy",
    "numpy",
    "pybullet",
    "mujoco",
    "torch",
    "transformers",
    "trimesh",
    "av",
)
"""Whose versions a result may depend on."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StepRecord(_Part):
    """What a step did.

    Attributes:
        key: Digest of everything that the step's result depends on.
        finished: False while it is being written, and after a killed run.
        files: What it left, by path inside of the run folder.
        seconds: How long it took [s].
        notes: Choices it made.
        repairs: What it mended in its input or in a damaged run.
        figures: What it measured, by name: the director's takes and robustness.
    """

    key: str
    finished: bool = False
    files: dict[str, FileRecord] = {}
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    figures: dict[str, float] = {}


class Licence(_Part):
    """Whose work a body shows, and what was changed about it."""

    body: str
    name: str
    author: str
    licence: str
    licence_url: str
    changes: str = ""


class Manifest(_Part):
    """Everything needed to make a run again, and to see what it cost."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    schema_name: Literal["worldreel.run/1"] = Field("worldreel.run/1", alias="schema")
    prompt: str = ""
    from_words: bool = False
    source: str = ""
    seed: int = 0
    settings: dict[str, str | int | float | list[int] | None] = {}
    versions: dict[str, str] = {}
    steps: dict[str, StepRecord] = {}
    licences: tuple[Licence, ...] = ()


def read_manifest(path: Path) -> Manifest | None:
    """Read a manifest; None if there is none, or if it is damaged."""
    try:
        return read_document(path, Manifest)
    except (DamagedError, SceneError):
        return None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest, whole or not at all."""
    write_text(path, manifest.model_dump_json(indent=1, by_alias=True) + "\n")


_NOT_TOLD = frozenset({"out", "download"})
"""Settings that hold for one call: where the run lies, and whether a model may be fetched."""


def settings_document(settings: Settings) -> dict[str, str | int | float | list[int] | None]:
    """Return settings as they stand in a manifest, but for those that change no result."""
    document: dict[str, str | int | float | list[int] | None] = {}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if field.name in _NOT_TOLD:
            continue
        if isinstance(value, Fraction):
            value = str(value)
        document[field.name] = list(value) if isinstance(value, tuple) else value
    return document


def settings_of(manifest: Manifest | None) -> Settings | None:
    """Return the settings that a run was made with, or None if they are not known."""
    if manifest is None or not manifest.settings:
        return None
    known = {field.name for field in fields(Settings)} - _NOT_TOLD
    values: dict[str, object] = {k: v for k, v in manifest.settings.items() if k in known}
    try:
        if "fps" in values:
            values["fps"] = Fraction(str(values["fps"]))
        if isinstance(values.get("size_px"), list):
            values["size_px"] = tuple(manifest.settings["size_px"])  # type: ignore[arg-type]
        return Settings(**values)  # type: ignore[arg-type]
    except (TypeError, ValueError, SettingsError):
        return None


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that results depend on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
