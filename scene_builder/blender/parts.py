"""The pieces that a mesh is glued from: boards, legs, rails.

Wood is sawn along its grain, so each piece of a table has its own direction; a shader that knows
only the whole would draw end grain down the side of every leg.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.mesh import Mesh


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartAxes:
    """For every vertex, the part it belongs to.

    Attributes:
        axes: Unit vector along the longest edge of the part's box (v 3).
        centres: Centre of the part's box (v 3) [m].
    """

    axes: Float[Array, "v 3"]
    centres: Float[Array, "v 3"]

    def __post_init__(self) -> None:
        set_read_only(self, "axes", np.float32, (None, 3))
        set_read_only(self, "centres", np.float32, (None, 3))


def part_axes(mesh: Mesh) -> PartAxes:
    """Return axis and centre of the connected part that each vertex of `mesh` belongs to.

    Vertices in the same place count as one, so that a mesh with split seams stays whole.
    """
    labels = _connected_labels(mesh)
    low = np.full((labels.max() + 1, 3), np.inf)
    high = -low
    vertices = np.asarray(mesh.vertices, np.float64)
    np.minimum.at(low, labels, vertices)
    np.maximum.at(high, labels, vertices)
    longest = np.argmax(np.round(high - low, 4), axis=1)
    return PartAxes(axes=np.eye(3)[longest][labels], centres=((low + high) / 2)[labels])


def _connected_labels(mesh: Mesh) -> Int[Array, " v"]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    _, place = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    place = place.ravel()
    corners = place[mesh.triangles]
    starts, ends = corners[:, [0, 1]].ravel(), corners[:, [1, 2]].ravel()
    count = int(place.max()) + 1
    graph = coo_array((np.ones(len(starts), np.int8), (starts, ends)), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels[place], np.int64)
