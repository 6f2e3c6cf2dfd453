"""What a pattern gets to know about the surface that it draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.blender.shading.graph import Graph, Socket
from scene_builder.model.arrays import Array
from scene_builder.model.material import Material

Role = Literal["thing", "floor", "wall"]
"""A floor is laid (planks, tiles); a wall is built up; a thing is cut from one piece."""

INDEX_SHIFT_M = (1.371, 0.893, 2.117)
"""Pattern shift from one body to the next, so that equal things are not identical twins."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Substance:
    """A material, and the place where it is worn.

    Attributes:
        material: Name, colour and parameters.
        defaults: Parameters of the substance, where the material states none.
        role: What the body is to the place.
        thin: Whether the body is a shell with thin walls, such as a bottle.
        extent_m: Longest edge of the body [m], where its pattern follows that; else 1.
        has_parts: Whether the mesh carries its parts' axes.
        has_uv: Whether the mesh carries texture coordinates.
    """

    material: Material
    defaults: Mapping[str, float]
    role: Role = "thing"
    thin: bool = False
    extent_m: float = 1.0
    has_parts: bool = False
    has_uv: bool = False

    @property
    def base(self) -> Float[Array, "3"]:
        """Colour in linear light, kept off the ends that no real surface reaches."""
        return np.clip(self.material.base_color, 0.004, 0.92)

    def parameter(self, name: str, default: float = 0.0) -> float:
        """Return a parameter of the material, else of the substance, else `default`."""
        return float(self.material.parameters.get(name, self.defaults.get(name, default)))

    def feature_m(self, size_m: float, *, of: float) -> float:
        """Return the size of a pattern's feature [m].

        Args:
            size_m: Its size where the pattern has its usual scale [m].
            of: That usual scale [m]; `pattern_scale_m` says how far the material is from it.
        """
        return max(1e-5, size_m * self.parameter("pattern_scale_m", of) / of)

    def tinted(self, graph: Graph, factor: Socket) -> Socket:
        """Return the base colour times a grey `factor`."""
        return graph.vector("MULTIPLY", tuple(self.base), graph.combine(factor, factor, factor))


def body_point(graph: Graph, *, shifted: bool = True) -> Socket:
    """Return the shading point in the body's frame [m]: patterns stay on the body as it moves.

    Args:
        graph: Where to add nodes.
        shifted: Whether each body cuts its pattern from another place.
    """
    point = graph.once("TexCoord", "Object")
    if not shifted:
        return point
    index = graph.once("ObjectInfo", "Object Index")
    return graph.vector("ADD", point, graph.scaled(INDEX_SHIFT_M, index))
