"""A user's own folder of meshes: the file's stem is the noun."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scene_builder.assets.loading.files import REFUSED, SUFFIXES, mesh_file
from scene_builder.assets.making import asset_from_surface
from scene_builder.assets.normalise import normalised
from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.assets.surface import Surface
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError
from scene_builder.model.stage import AssetCredit

HERE = Path()
"""The folder that the program was started in."""

PLAIN_STEMS = frozenset({"model", "scene", "mesh", "object", "asset", "untitled", "textured"})
"""File names that say nothing: the folder's name is the noun then."""


class Notes(BaseModel):
    """What a user may say about a mesh, in a file `<stem>.json` beside it.

    Attributes:
        up: Which axis is up, where the file's format does not say it right.
        metres_per_unit: What one unit means [m].
        substance: What it is mainly made of.
        author: Who made it.
        licence: SPDX identifier, or words.
        licence_url: Where the licence can be read.
        furniture: Whether it stays where it is unless the words move it.
        names: Further nouns that it serves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    up: Literal["y", "z"] | None = None
    metres_per_unit: Annotated[float, Field(gt=0, le=1000)] | None = None
    substance: str | None = None
    author: str = "the user"
    licence: str = "the user's own"
    licence_url: str = ""
    furniture: bool | None = None
    names: tuple[str, ...] = ()


@final
class FolderSource(AssetSource):
    """Finds `<noun>.glb`, `.gltf`, `.obj`, `.ply`, `.stl` or `.usd…` in a folder, as data only.

    `cup.glb`, `cup_2.glb` and `cup-3.obj` are cups all; `cup/scene.gltf` is one, too. Folders in
    the folder are looked into, one level deep.
    """

    name = "folder"

    def __init__(self, path: Path = HERE) -> None:
        if not Path(path).is_dir():
            raise AssetError(f"no folder {path} of assets; give one that holds .glb or .obj files")
        self.path = Path(path)

    @property
    def identity(self) -> str:
        """What names the folder's content in a key: names, sizes and times of its files."""
        files = sorted(p for k in ("*", "*/*") for p in self.path.glob(k) if p.is_file())
        stats = [(p.relative_to(self.path).as_posix(), p.stat()) for p in files]
        return digest([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats])

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return the asset whose file is named after `noun`, or None.

        Args:
            noun: A noun; spaces match underscores, and the head noun is tried after the whole.
            description: Colour, material, size and mass, where the words state them.
            rng: Draws one of several files, and small variations of the materials.

        Raises:
            AssetError: If the file, or its notes, cannot be used.
            UnknownNameError: If the description's material is unknown.
        """
        paths = self._files(noun)
        if not paths:
            return None
        path = paths[int(rng.integers(len(paths)))] if len(paths) > 1 else paths[0]
        notes = _notes(path.with_suffix(".json"))
        read = mesh_file(path)
        match = resolve_noun(noun)
        return asset_from_surface(
            _upright(read.surface, y_up=(notes.up or read.up) == "y"),
            kind=match.noun if match else None,
            noun=noun,
            description=description,
            rng=rng,
            credit=AssetCredit(
                name=path.name, source=self.name, author=notes.author, licence=notes.licence,
                licence_url=notes.licence_url, changes="scaled, turned upright, moved to its base",
            ),
            substance=notes.substance,
            furniture=notes.furniture,
            metres_per_unit=notes.metres_per_unit or _stated(read.metres_per_unit, path),
        )  # fmt: skip

    def _files(self, noun: str) -> list[Path]:
        """Return the files that serve a noun; those that are refused only if there is no other."""
        named: dict[str, list[Path]] = {}
        for path in self._meshes():
            for name in _names(path, self.path):
                named.setdefault(name, []).append(path)
        words = _spaced(noun).split()
        for k in range(len(words)):
            found = named.get(" ".join(words[k:]), [])
            readable = [path for path in found if path.suffix.lower() in SUFFIXES]
            if found:
                return readable or found
        return []

    def _meshes(self) -> Iterator[Path]:
        for pattern in ("*", "*/*"):
            for path in sorted(self.path.glob(pattern)):
                if path.suffix.lower() in (*SUFFIXES, *REFUSED) and path.is_file():
                    yield path


def _names(path: Path, root: Path) -> Iterator[str]:
    """Yield the nouns that a file serves: its stem without a number, and what its notes say."""
    stem = path.stem
    if stem.lower() in PLAIN_STEMS and path.parent != root:
        stem = path.parent.name
    yield re.sub(r"\s+\d+$", "", _spaced(stem))
    if path.with_suffix(".json").exists() and path.suffix.lower() != ".json":
        yield from (_spaced(name) for name in _notes(path.with_suffix(".json")).names)


def _spaced(name: str) -> str:
    return re.sub(r"[_\-\s]+", " ", name.strip().lower())


def _stated(metres_per_unit: float | None, path: Path) -> float | None:
    """Return a file's own unit; glTF's metres are too often something else to be believed."""
    return None if path.suffix.lower() in (".glb", ".gltf") else metres_per_unit


def _upright(surface: Surface, *, y_up: bool) -> Surface:
    return Surface(
        vertices=normalised(surface.vertices, y_up=y_up),
        triangles=surface.triangles,
        slots=surface.slots,
        paints=surface.paints,
        uv=surface.uv,
    )


def _notes(path: Path) -> Notes:
    if not path.exists():
        return Notes()
    try:
        return Notes.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, ValueError, OSError) as error:
        allowed = ", ".join(Notes.model_fields)
        first = str(error).splitlines()[0]
        raise AssetError(f"{path} cannot be used ({first}); its fields are: {allowed}") from error
