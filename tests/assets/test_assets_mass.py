"""Mass properties against closed forms and the laws of mechanics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.assets.mass import MassProperties, combined, mass_of, shell_of
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.rounds import sphere
from scene_builder.assets.shapes.solid import fused
from scene_builder.model.errors import AssetError

lengths = st.floats(0.01, 2.0)


@settings(max_examples=40, deadline=None)
@given(x=lengths, y=lengths, z=lengths, density=st.floats(1.0, 2e4))
def test_box_has_the_moments_of_the_textbook(x, y, z, density):
    solid = box(x, y, z, bevel=0.0)
    mass = mass_of(solid.vertices, solid.triangles, density)
    kg = density * x * y * z
    assert mass.mass_kg == pytest.approx(kg, rel=1e-9)
    assert mass.center_of_mass == pytest.approx([0, 0, z / 2], abs=1e-9)
    wanted = kg / 12 * np.array([y * y + z * z, x * x + z * z, x * x + y * y])
    assert np.diag(mass.inertia) == pytest.approx(wanted, rel=1e-8)
    assert np.abs(mass.inertia - np.diag(np.diag(mass.inertia))).max() < 1e-9 * wanted.max()


def test_sphere_cylinder_and_tube_have_the_moments_of_the_textbook():
    r, h = 0.3, 0.7
    ball = sphere(r, detail=5)
    mass = mass_of(ball.vertices, ball.triangles, 1000.0)
    assert mass.mass_kg == pytest.approx(1000 * 4 / 3 * np.pi * r**3, rel=2e-3)
    assert np.diag(mass.inertia) == pytest.approx(np.full(3, 0.4 * mass.mass_kg * r * r), rel=2e-3)

    rod = turned([(r, 0), (r, h)], segments=256)
    mass = mass_of(rod.vertices, rod.triangles, 1000.0)
    kg = 1000 * np.pi * r * r * h
    across = kg * (3 * r * r + h * h) / 12
    assert mass.mass_kg == pytest.approx(kg, rel=1e-3)
    assert np.diag(mass.inertia) == pytest.approx([across, across, kg * r * r / 2], rel=1e-3)

    inner = 0.25
    tube = lathe(np.array([(inner, 0), (r, 0), (r, h), (inner, h)]), segments=256)
    mass = mass_of(tube.vertices, tube.triangles, 1000.0)
    kg = 1000 * np.pi * (r * r - inner * inner) * h
    squares = r * r + inner * inner
    across = kg * (3 * squares + h * h) / 12
    assert mass.mass_kg == pytest.approx(kg, rel=1e-3)
    assert np.diag(mass.inertia) == pytest.approx([across, across, kg * squares / 2], rel=1e-3)


def test_open_cup_weighs_its_wall_and_not_its_room():
    r, h, wall, floor = 0.04, 0.1, 0.004, 0.006
    cup = lathe(
        vessel_profile([(0, 0), (r, 0), (r, h)], wall=wall, floor=floor, rim=0.0), segments=256
    )
    mass = mass_of(cup.vertices, cup.triangles, 2300.0)
    volume = np.pi * (r * r * h - (r - wall) ** 2 * (h - floor))
    assert mass.mass_kg == pytest.approx(2300 * volume, rel=1e-3)
    assert mass.center_of_mass[2] < h / 2


@settings(max_examples=30, deadline=None)
@given(
    shift=st.tuples(*[st.floats(-3, 3)] * 3), angle=st.floats(-180, 180), factor=st.floats(0.1, 10)
)
def test_moving_turning_and_scaling_do_what_mechanics_says(shift, angle, factor):
    solid = turned([(0.1, 0), (0.05, 0.2), (0.02, 0.3)], segments=24).moved(0.01, 0.02, 0.0)
    mass = mass_of(solid.vertices, solid.triangles, 500.0)
    moved = solid.turned("x", angle).moved(*shift)
    after = mass_of(moved.vertices, moved.triangles, 500.0)
    turn = solid.turned("x", angle).vertices - 0
    rotation = np.linalg.lstsq(solid.vertices, turn, rcond=None)[0].T
    assert after.mass_kg == pytest.approx(mass.mass_kg, rel=1e-9)
    assert after.center_of_mass == pytest.approx(rotation @ mass.center_of_mass + shift, abs=1e-9)
    assert after.inertia == pytest.approx(rotation @ mass.inertia @ rotation.T, abs=1e-9)
    large = solid.scaled(factor)
    scaled = mass_of(large.vertices, large.triangles, 500.0)
    assert scaled.mass_kg == pytest.approx(mass.mass_kg * factor**3, rel=1e-9)
    assert scaled.inertia == pytest.approx(mass.inertia * factor**5, rel=1e-6, abs=1e-9 * factor**5)


def test_parts_weigh_together_what_they_weigh_as_one():
    low, high = box(0.2, 0.1, 0.1, bevel=0.0), box(0.1, 0.1, 0.3, bevel=0.0).moved(z=0.1)
    parts = combined([mass_of(s.vertices, s.triangles, 700.0) for s in (low, high)])
    whole = fused(low, high)
    one = mass_of(whole.vertices, whole.triangles, 700.0)
    assert parts.mass_kg == pytest.approx(one.mass_kg, rel=1e-6)
    assert parts.center_of_mass == pytest.approx(one.center_of_mass, abs=1e-6)
    assert parts.inertia == pytest.approx(one.inertia, rel=1e-5, abs=1e-9)


def test_shell_of_a_sphere_is_the_difference_of_two_spheres():
    ball = sphere(0.1, detail=5)
    shell = shell_of(ball.vertices, ball.triangles, 1000.0, 0.02)
    outer, inner = 0.1, 0.08
    kg = 1000 * 4 / 3 * np.pi * (outer**3 - inner**3)
    about = 0.4 * kg * (outer**5 - inner**5) / (outer**3 - inner**3)
    assert shell.mass_kg == pytest.approx(kg, rel=3e-3)
    assert np.diag(shell.inertia) == pytest.approx(np.full(3, about), rel=5e-3)


def test_another_mass_scales_the_inertia():
    solid = box(0.1, 0.2, 0.3, bevel=0.0)
    mass = mass_of(solid.vertices, solid.triangles, 100.0)
    heavy = mass.weighing(5 * mass.mass_kg)
    assert heavy.inertia == pytest.approx(5 * mass.inertia)
    assert heavy.center_of_mass == pytest.approx(mass.center_of_mass)


@pytest.mark.parametrize(
    ("kg", "moments"), [(-1.0, (1.0, 1.0, 1.0)), (1.0, (1.0, 1.0, -1.0)), (1.0, (1.0, 1.0, 3.0))]
)
def test_what_no_body_can_have_is_refused(kg, moments):
    mass = MassProperties(mass_kg=kg, center_of_mass=np.zeros(3), inertia=np.diag(moments))
    with pytest.raises(AssetError, match="the thing has the mass"):
        mass.checked("the thing")
