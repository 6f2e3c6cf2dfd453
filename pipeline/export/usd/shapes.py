"""Dressed surfaces as meshes: one for each look, once for all bodies that share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pxr import Sdf, UsdGeom, UsdPhysics, UsdShade, Vt

from pipeline.export.turning import turned
from pipeline.export.usd.materials import Palette
from render.dressed import DressedSurface

SHAPES = "Shapes"
"""Where shapes lie that several bodies have; nothing in there is drawn itself."""


@dataclass(slots=True)
class Shapes:
    """The shapes of one scene.

    Attributes:
        stage: The scene (`Usd.Stage`).
        root: Path of its root.
        palette: Its materials.
        scale: Factor on all lengths.
    """

    stage: Any
    root: str
    palette: Palette
    scale: float = 1.0
    _shared: dict[int, str] = field(default_factory=dict)

    def put(self, path: str, surfaces: Sequence[DressedSurface], *, solid: str | None) -> None:
        """Put a shape that one body has below the prim at `path`.

        Args:
            path: The body.
            surfaces: What is seen of it.
            solid: How a collider is made of the meshes (UsdPhysics' name); None for none.
        """
        UsdGeom.Xform.Define(self.stage, f"{path}/shape")
        self._fill(f"{path}/shape", surfaces, solid)

    def put_shared(
        self, path: str, surfaces: Sequence[DressedSurface], *, solid: str | None
    ) -> None:
        """Put a shape that several bodies have below the prim at `path`, by reference."""
        key = id(surfaces)
        if key not in self._shared:
            scope = f"{self.root}/{SHAPES}"
            self.stage.CreateClassPrim(scope)
            self._shared[key] = f"{scope}/shape_{len(self._shared)}"
            UsdGeom.Xform.Define(self.stage, self._shared[key])
            self._fill(self._shared[key], surfaces, solid)
        shape = UsdGeom.Xform.Define(self.stage, f"{path}/shape")
        shape.GetPrim().GetReferences().AddInternalReference(self._shared[key])

    def _fill(self, path: str, surfaces: Sequence[DressedSurface], solid: str | None) -> None:
        massive = [s for s in surfaces if not s.look.two_sided] or list(surfaces)
        for k, surface in enumerate(surfaces):
            mesh = self._mesh(f"{path}/surface_{k}", surface)
            if solid is not None and surface in massive:
                UsdPhysics.CollisionAPI.Apply(mesh.GetPrim())
                made = UsdPhysics.MeshCollisionAPI.Apply(mesh.GetPrim())
                whole = solid if len(massive) == 1 or solid == "none" else "convexHull"
                made.CreateApproximationAttr(whole)

    def _mesh(self, path: str, surface: DressedSurface) -> Any:  # noqa: ANN401 - UsdGeom.Mesh
        mesh = UsdGeom.Mesh.Define(self.stage, path)
        points = (turned(surface.points) * self.scale).astype(np.float32)
        mesh.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(points))
        mesh.CreateExtentAttr(
            Vt.Vec3fArray.FromNumpy(np.stack([points.min(axis=0), points.max(axis=0)]))
        )
        counts = np.full(len(surface.triangles), 3, np.int32)
        mesh.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(counts))
        corners = np.ascontiguousarray(surface.triangles, np.int32).ravel()
        mesh.CreateFaceVertexIndicesAttr(Vt.IntArray.FromNumpy(corners))
        mesh.CreateNormalsAttr(Vt.Vec3fArray.FromNumpy(turned(surface.normals).astype(np.float32)))
        mesh.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
        mesh.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
        mesh.CreateOrientationAttr(UsdGeom.Tokens.rightHanded)
        mesh.CreateDoubleSidedAttr(surface.look.two_sided)
        if surface.uv is not None:
            coordinates = UsdGeom.PrimvarsAPI(mesh).CreatePrimvar(
                "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex
            )
            coordinates.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(surface.uv, np.float32)))
        binding = UsdShade.MaterialBindingAPI.Apply(mesh.GetPrim())
        binding.Bind(self.palette.material(surface.look))
        return mesh
