"""Meshes and materials, each made once however many bodies wear it."""

from pathlib import Path

import bpy
import numpy as np

from scene_builder.blender.fog import without_haze
from scene_builder.blender.meshes import blender_mesh
from scene_builder.blender.shading.substance import Role, Substance
from scene_builder.blender.shading.substances import SAME_AS, SIZED, recipe_for
from scene_builder.blender.shading.surface import surface_material
from scene_builder.model.digest import digest
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import GROUND_ID, Body

THIN_BELOW = 0.12
"""A solid counts as a shell when its mean wall is thinner than this part of its size."""


class Wardrobe:
    """Makes and keeps the meshes and materials of one stage."""

    def __init__(self, textures_root: Path | None = None, *, bare: bool = False) -> None:
        """Begin with nothing made.

        Args:
            textures_root: The folder that materials' picture files are relative to.
            bare: Whether surfaces are drawn as they are, without the air before them.
        """
        self._bare = bare
        self._textures_root = textures_root
        self._meshes: dict[str, bpy.types.Mesh] = {}
        self._materials: dict[str, bpy.types.Material] = {}

    def dressed_mesh(self, body: Body, *, deforms: bool = False) -> bpy.types.Mesh:
        """Return the mesh of `body` with its materials; equal rigid bodies get the same one."""
        role = role_of(body)
        key = digest([body.mesh, body.materials, role, *([body.id] if deforms else [])])
        if key not in self._meshes:
            with_parts = role == "thing" and any(
                SAME_AS.get(m.name, m.name) == "wood" for m in body.materials
            )
            mesh = blender_mesh(body.mesh, body.noun, with_parts=with_parts, deforms=deforms)
            for substance in _substances(body, role, with_parts, bare=self._bare):
                mesh.materials.append(self._material(substance))
            self._meshes[key] = mesh
        return self._meshes[key]

    def _material(self, substance: Substance) -> bpy.types.Material:
        key = digest(substance)
        if key not in self._materials:
            self._materials[key] = surface_material(substance, textures_root=self._textures_root)
        return self._materials[key]


def role_of(body: Body) -> Role:
    """Return what a body is to the place: its floor, one of its walls, or a thing in it."""
    if body.id == GROUND_ID:
        return "floor"
    closes = body.id == "ceiling" or body.id == "wall" or body.id.startswith("wall_")
    return "wall" if closes else "thing"


def wall_thickness(mesh: Mesh) -> float:
    """Return the mean thickness of a closed mesh as a part of its longest edge.

    Twice the volume over the surface is the distance between two parallel faces; the volume is
    the sum of signed tetrahedra (Zhang & Chen 2001).
    """
    corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    volume = float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6
    area = float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum()) / 2
    return 2 * abs(volume) / max(area * float(mesh.extents.max()), 1e-12)


def _substances(body: Body, role: Role, with_parts: bool, *, bare: bool) -> list[Substance]:
    thin = wall_thickness(body.mesh) < THIN_BELOW
    return [
        Substance(
            material=without_haze(material) if bare else material,
            defaults=recipe_for(material.name).defaults,
            role=role,
            thin=thin,
            extent_m=float(body.mesh.extents.max()) if material.name in SIZED else 1.0,
            has_parts=with_parts,
            has_uv=body.mesh.uv is not None,
        )
        for material in body.materials
    ]
