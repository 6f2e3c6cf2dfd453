"""A user's own folder of meshes: the file's stem is the noun."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, final

import numpy as np
from jaxtyping import Float, Int
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scene_builder.assets.decompose import convex_parts
from scene_builder.assets.mass import MassProperties, combined, mass_of
from scene_builder.assets.normalise import guessed_unit_m, normalised
from scene_builder.assets.source import Asset, AssetSource, Description, Support
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.knowledge.nouns import Noun, resolve_noun
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError
from scene_builder.model.material import Material, linear_from_srgb
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import AssetCredit, Collider

SUFFIXES = (".glb", ".gltf", ".obj", ".ply", ".stl")
Y_UP_SUFFIXES = (".glb", ".gltf", ".obj")
MOST_BYTES = 300_000_000
MOST_TRIANGLES = 2_000_000
FLAT_COS = 0.999


class Notes(BaseModel):
    """What a user may say about a mesh, in a file `<stem>.json` beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    up: Literal["y", "z"] | None = None
    metres_per_unit: Annotated[float, Field(gt=0, le=1000)] | None = None
    substance: str | None = None
    author: str = "the user"
    licence: str = "the user's own"
    licence_url: str = ""
    furniture: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Surface:
    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    slots: Int[Array, " t"]
    colors: tuple[Float[Array, "3"] | None, ...]


@final
class FolderSource(AssetSource):
    """Finds `<noun>.glb`, `.gltf`, `.obj`, `.ply` or `.stl` in a folder; read as data only."""

    name = "folder"

    def __init__(self, path: Path) -> None:
        if not Path(path).is_dir():
            raise AssetError(f"no folder {path} of assets; give one that holds .glb or .obj files")
        self.path = Path(path)

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return the asset whose file is named after `noun`, or None.

        Args:
            noun: A noun; spaces match underscores, and the head noun is tried after the whole.
            description: Colour, material, size and mass, where the words state them.
            rng: Draws small variations of the materials.

        Raises:
            AssetError: If the file, or its notes, cannot be used.
            UnknownNameError: If the description's material is unknown.
        """
        path = self._file(noun)
        if path is None:
            return None
        notes = _notes(path.with_suffix(".json"))
        match = resolve_noun(noun)
        kind = match.noun if match else None
        surface = _sized(_loaded(path), path, notes, kind, description)
        main = description.material or notes.substance or (kind.substance if kind else "plastic")
        hulls = convex_parts(surface.vertices, surface.triangles)
        mass = _mass(surface, hulls, substance(main).density).checked(path.name)
        if description.mass_kg is not None:
            mass = mass.weighing(description.mass_kg)
        furniture = kind.furniture if kind and notes.furniture is None else bool(notes.furniture)
        return Asset(
            noun=kind.name if kind else noun,
            mesh=Mesh(
                vertices=surface.vertices,
                triangles=surface.triangles,
                material_index=surface.slots,
            ),
            collider=Collider(shape="hulls", hulls=hulls),
            materials=_materials_rand(rng, surface, main, description),
            substance=substance(main).name,
            mass_kg=mass.mass_kg,
            center_of_mass=mass.center_of_mass,
            inertia=mass.inertia,
            supports=_supports(surface),
            furniture=furniture,
            credit=AssetCredit(
                name=path.name, source=self.name, author=notes.author, licence=notes.licence,
                licence_url=notes.licence_url, changes="scaled, turned upright, moved to its base",
            ),
        )  # fmt: skip

    def _file(self, noun: str) -> Path | None:
        files = {
            p.stem.lower().replace("_", " ").replace("-", " "): p
            for p in sorted(self.path.iterdir(), reverse=True)
            if p.suffix.lower() in SUFFIXES
        }
        words = noun.lower().replace("_", " ").split()
        for k in range(len(words)):
            if (path := files.get(" ".join(words[k:]))) is not None:
                return path
        return None


def _notes(path: Path) -> Notes:
    if not path.exists():
        return Notes()
    try:
        return Notes.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, ValueError, OSError) as error:
        allowed = ", ".join(Notes.model_fields)
        first = str(error).splitlines()[0]
        raise AssetError(f"{path} cannot be used ({first}); its fields are: {allowed}") from error


def _loaded(path: Path) -> _Surface:
    import trimesh

    if path.stat().st_size > MOST_BYTES:
        raise AssetError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; simplify the mesh")
    try:
        scene = trimesh.load_scene(path)
        pieces = [g for g in scene.dump(concatenate=False) if isinstance(g, trimesh.Trimesh)]
    except Exception as error:
        raise AssetError(f"{path} cannot be read as a mesh: {error}; export it as .glb") from error
    pieces = [piece for piece in pieces if len(piece.faces)]
    if not pieces:
        raise AssetError(f"{path} holds no triangles; export it as .glb with its meshes")
    if sum(len(piece.faces) for piece in pieces) > MOST_TRIANGLES:
        raise AssetError(f"{path} has more than {MOST_TRIANGLES} triangles; simplify the mesh")
    offsets = np.cumsum([0, *(len(piece.vertices) for piece in pieces[:-1])])
    return _Surface(
        vertices=np.concatenate([np.asarray(p.vertices, np.float64) for p in pieces]),
        triangles=np.concatenate(
            [np.asarray(p.faces, np.int32) + o for p, o in zip(pieces, offsets, strict=True)]
        ),
        slots=np.repeat(np.arange(len(pieces), dtype=np.int32), [len(p.faces) for p in pieces]),
        colors=tuple(_color_of(piece) for piece in pieces),
    )


def _color_of(piece: object) -> Float[Array, "3"] | None:
    """Return a piece's main colour as linear RGB (3), or None where it has none of its own."""
    visual = getattr(piece, "visual", None)
    material = getattr(visual, "material", None)
    factor = getattr(material, "baseColorFactor", None)
    if factor is not None:
        scale = 255.0 if np.asarray(factor).dtype == np.uint8 else 1.0
        return np.asarray(factor, np.float64)[:3] / scale
    main = getattr(material, "main_color", None)
    if main is None and getattr(visual, "kind", None) in ("vertex", "face"):
        main = getattr(visual, "main_color", None)
    return None if main is None else linear_from_srgb(np.asarray(main, np.float64)[:3] / 255)


def _sized(
    surface: _Surface, path: Path, notes: Notes, kind: Noun | None, description: Description
) -> _Surface:
    largest = float(np.ptp(surface.vertices, axis=0).max())
    unit = notes.metres_per_unit
    if unit is None:
        unit = guessed_unit_m(largest, kind.low_m, kind.high_m) if kind and largest > 0 else 1.0
    if description.size is not None and kind is not None and largest > 0:
        unit *= kind.size_for(description.size) / (largest * unit)
    elif isinstance(description.size, int | float) and largest > 0:
        unit = float(description.size) / largest
    y_up = notes.up == "y" if notes.up else path.suffix.lower() in Y_UP_SUFFIXES
    return _Surface(
        vertices=normalised(surface.vertices, y_up=y_up, metres_per_unit=unit),
        triangles=surface.triangles,
        slots=surface.slots,
        colors=surface.colors,
    )


def _mass(surface: _Surface, hulls: tuple[Mesh, ...], density: float) -> MassProperties:
    import trimesh

    shape = trimesh.Trimesh(surface.vertices, surface.triangles, process=True)
    if shape.is_volume:
        return mass_of(shape.vertices, shape.faces, density)
    # An open surface has no volume of its own; its convex pieces have.
    return combined([mass_of(hull.vertices, hull.triangles, density) for hull in hulls])


def _materials_rand(
    rng: np.random.Generator, surface: _Surface, main: str, description: Description
) -> tuple[Material, ...]:
    materials = []
    for color in surface.colors:
        plain = material_for(main, description.color, rng)
        if color is not None and description.color is None and description.material is None:
            plain = Material(name=plain.name, base_color=color, parameters=plain.parameters)
        materials.append(plain)
    return tuple(materials)


def _supports(surface: _Surface) -> tuple[Support, ...]:
    """Return the highest level face, if it is large, as the place where things can stand."""
    corners = surface.vertices[surface.triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(cross, axis=1) / 2
    level = cross[:, 2] > FLAT_COS * 2 * np.maximum(area, 1e-12)
    if not level.any():
        return ()
    height = float(surface.vertices[:, 2].max())
    at_top = level & (corners[:, :, 2].min(axis=1) > height - 0.02 * height)
    extents = np.ptp(surface.vertices[:, :2], axis=0)
    if area[at_top].sum() < 0.3 * float(extents.prod()):
        return ()
    points = corners[at_top].reshape(-1, 3)
    low, high = points.min(axis=0), points.max(axis=0)
    center = np.array([*((low + high) / 2)[:2], float(points[:, 2].max())])
    return (Support(center=center, half_extents=0.9 * (high - low)[:2] / 2),)
