"""The pieces of real models leave hollows free, and have the thin legs that are drawn."""

import numpy as np
import pytest

from scene_builder.assets.measuring.cutting import convex_pieces_of
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import tube
from scene_builder.assets.shapes.solid import joined
from scene_builder.assets.source import Cavity


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path))


def holds(pieces, point):
    """Whether any piece holds a point."""
    for piece in pieces:
        corners = np.asarray(piece.vertices, np.float64)[piece.triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        if (np.einsum("ti,ti->t", normals, point - corners[:, 0]) < 0).all():
            return True
    return False


def test_a_tub_in_a_closed_box_is_hollow():
    # A shell of 2 cm, and around it a massive box that fills what the shell leaves free.
    shell = turned([(0.1, 0.1), (0.3, 0.12, 0.05), (0.34, 0.5), (0.32, 0.5), (0.28, 0.14, 0.05),
                    (0, 0.12)], segments=32)  # fmt: skip
    tub = joined(box(0.9, 0.9, 0.49), shell)
    cavity = Cavity(floor=np.array([0.0, 0.0, 0.13]), radius=0.25, depth=0.36)
    pieces = convex_pieces_of(tub, cavity)
    for x, y, z in ((0, 0, 0.16), (0.2, 0, 0.2), (0, -0.2, 0.3), (-0.15, 0.15, 0.4)):
        assert not holds(pieces, np.array([x, y, z]))
    assert holds(pieces, np.array([0.0, 0.0, 0.05]))
    assert holds(pieces, np.array([0.42, 0.0, 0.3]))


def test_an_open_tube_thinner_than_its_wall_still_holds_something_up():
    leg = tube(np.array([[0.0, 0, 0], [0, 0, 0.5]]), 0.01, sides=10)
    # Without its caps: the wall that an open surface gets is thicker than the tube.
    ends = np.isin(leg.triangles, np.argsort(leg.vertices[:, 2])[[0, -1]]).any(axis=1)
    open_leg = type(leg)(vertices=leg.vertices, triangles=leg.triangles[~ends])
    top = box(2.0, 2.0, 0.04).moved(z=0.5)
    legs = [open_leg.moved(x, y) for x in (-0.9, 0.9) for y in (-0.9, 0.9)]
    pieces = convex_pieces_of(joined(top, *legs), None)
    lowest = min(float(np.asarray(piece.vertices)[:, 2].min()) for piece in pieces)
    assert lowest < 0.03
