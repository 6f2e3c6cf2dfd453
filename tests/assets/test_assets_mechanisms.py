"""Things taken apart at their joints are the same things."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from scene_builder.assets.mass import MassProperties, combined
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.model.chance import stream

ON_WHEELS = ("toy_car", "train", "toy_truck", "truck", "skateboard")
OPENING = ("chest", "door", "laptop", "book", "cupboard")


def found(noun, **words):
    asset = ProceduralSource().find(noun, Description(**words), stream(0, "build", noun))
    assert asset is not None
    assert asset.mechanism is not None
    return asset


def placed(part):
    """Mass of a part in the asset's frame."""
    turn = part.asset_from_part.rotation
    mass = part.shape.mass
    return MassProperties(
        mass_kg=mass.mass_kg,
        center_of_mass=part.asset_from_part @ mass.center_of_mass,
        inertia=turn @ mass.inertia @ turn.T,
    )


@pytest.mark.parametrize("noun", [*ON_WHEELS, *OPENING])
def test_the_parts_are_the_whole(noun):
    asset = found(noun)
    base, parts = asset.mechanism.base, asset.mechanism.parts
    again = [base.mesh.vertices, *(p.asset_from_part @ p.shape.mesh.vertices for p in parts)]
    again = np.concatenate(again)
    size = float(asset.mesh.extents.max())
    assert len(again) == len(asset.mesh.vertices)
    assert cKDTree(asset.mesh.vertices).query(again)[0].max() < 1e-5 * size
    whole = combined([base.mass, *map(placed, parts)])
    assert whole.mass_kg == pytest.approx(asset.mass_kg)
    assert np.abs(whole.center_of_mass - asset.center_of_mass).max() < 0.01 * size
    assert np.linalg.eigvalsh(base.mass.inertia)[0] > 0
    for part in parts:
        assert np.linalg.eigvalsh(part.shape.mass.inertia)[0] > 0
        assert part.shape.mesh.material_index.max() < len(asset.materials)


@pytest.mark.parametrize("noun", ON_WHEELS)
def test_wheels_are_round_and_stand_on_the_ground(noun):
    for words in ({}, {"size": "long"}) if noun == "toy_car" else ({},):
        asset = found(noun, **words)
        for wheel in asset.mechanism.parts:
            axle = wheel.asset_from_part.rotation[:, 2]
            assert np.abs(axle) == pytest.approx([0, 1, 0], abs=1e-9)
            radii = np.linalg.norm(wheel.shape.mesh.vertices[:, :2], axis=1)
            assert radii.max() == pytest.approx(wheel.radius, rel=1e-3)
            assert wheel.asset_from_part.position[2] == pytest.approx(wheel.radius, rel=1e-3)
            rim = wheel.shape.mesh.vertices[radii > 0.98 * wheel.radius]
            turns = np.arctan2(rim[:, 1], rim[:, 0])
            assert len(np.unique(np.round(turns, 2))) > 20
            assert wheel.shape.collider.shape == "cylinder"
        names = {wheel.name for wheel in asset.mechanism.parts}
        assert len(names) == len(asset.mechanism.parts) >= 4


@pytest.mark.parametrize("noun", OPENING)
def test_what_opens_comes_out_of_its_place(noun):
    """Turned open, a lid rises and a door leaf swings to the front."""
    asset = found(noun)
    for part in asset.mechanism.parts:
        assert part.kind == "hinge"
        assert 0 <= part.drawn_at <= part.upper < np.pi
        axis = part.asset_from_part.rotation[:, 2]
        middle = part.asset_from_part @ part.shape.mass.center_of_mass
        way = np.cross(axis, middle - part.asset_from_part.position)
        if part.drawn_at == 0:
            outside = -way[1] if noun in ("door", "cupboard") else way[2]
            assert outside > 0.5 * np.linalg.norm(way)
