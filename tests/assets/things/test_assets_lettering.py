"""Words on things, and words that are things."""

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Asset, Description
from scene_builder.build.cast import texts_of
from scene_builder.model.chance import stream
from scene_builder.model.graph import Entity


def found(noun: str, text: str, seed: int = 1) -> Asset:
    asset = ProceduralSource().find(noun, Description(text=text), stream(seed, "build", noun))
    assert asset is not None
    return asset


@pytest.mark.parametrize("noun", ["sign", "poster", "crate", "cake", "mug", "barrel", "ball"])
def test_letters_stand_out_of_the_front(noun: str) -> None:
    bare, written = found(noun, ""), found(noun, "HELLO")
    assert "lettered" in written.tags
    assert "lettered" not in bare.tags
    slot = written.mesh.material_index.max()
    used = np.unique(written.mesh.triangles[written.mesh.material_index == slot])
    ink = written.mesh.vertices[used]
    assert ink[:, 1].max() < 0.05 * written.mesh.extents.max()  # all of it is before the middle
    assert abs(ink[:, 0].min() + ink[:, 0].max()) < 0.02 * written.mesh.extents[0]
    assert ink[:, 2].min() >= 0


def test_words_wrapped_about_a_mug_stand_out_of_it_by_the_same_everywhere() -> None:
    mug = found("mug", "OOOOOO")
    slot = mug.mesh.material_index.max()
    ink = mug.mesh.vertices[np.unique(mug.mesh.triangles[mug.mesh.material_index == slot])]
    reach = np.hypot(*ink[:, :2].T)
    assert np.ptp(reach) < 0.08 * reach.mean()
    assert np.rad2deg(np.abs(np.arctan2(ink[:, 0], -ink[:, 1]))).max() < 60
    assert reach.max() < np.hypot(*mug.mesh.vertices[:, :2].T).max()  # the handle's


@pytest.mark.parametrize("text", ["DREAM", "Hi", "福", "A", "F", "P", "T", "Y", "7"])
def test_standing_words_stand_over_their_feet(text: str) -> None:
    noun = "word" if len(text) > 1 else "block letter"
    asset = found(noun, text)
    hulls = np.concatenate([hull.vertices for hull in asset.collider.hulls])
    feet = hulls[hulls[:, 2] < 0.01 * asset.mesh.extents[2]]
    for axis in (0, 1):
        low, high = feet[:, axis].min(), feet[:, axis].max()
        margin = 0.1 * asset.mesh.extents[1]
        assert low + margin < asset.center_of_mass[axis] < high - margin


@pytest.mark.parametrize("letter", ["A", "O", "C", "E"])
def test_a_letters_collider_is_as_hollow_as_the_letter(letter: str) -> None:
    asset = found("block letter", letter)
    volume = sum(_volume(hull.vertices, hull.triangles) for hull in asset.collider.hulls)
    assert volume == pytest.approx(_volume(asset.mesh.vertices, asset.mesh.triangles), rel=0.03)


def _volume(vertices: np.ndarray, triangles: np.ndarray) -> float:
    a, b, c = np.moveaxis(np.asarray(vertices, np.float64)[triangles], 1, 0)
    return float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6


def test_each_individual_bears_its_own_words_where_bars_part_them() -> None:
    def texts(text: str, count: int) -> tuple[str, ...]:
        return texts_of(Entity(id="block", noun="block", count=count, text=text))

    assert texts("A | B | C", 3) == ("A", "B", "C")
    assert texts("A | B", 3) == ("A | B",) * 3
    assert texts("KEEP OUT", 2) == ("KEEP OUT",) * 2
