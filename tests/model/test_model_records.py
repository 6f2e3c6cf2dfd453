"""Records are read-only, checked, and have one digest for one content."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.model.chance import stream
from scene_builder.model.digest import digest
from scene_builder.model.errors import BadInput, SettingsError, StepError, WorldreelError
from scene_builder.model.lens import Lens
from scene_builder.model.material import linear_from_srgb, srgb_from_linear
from scene_builder.model.mesh import Mesh
from scene_builder.model.timeline import Timeline

TRIANGLE = {
    "vertices": [[0.0, 0, 0], [1, 0, 0], [0, 1, 0]],
    "triangles": [[0, 1, 2]],
    "material_index": [0],
}


def test_arrays_of_a_record_cannot_be_written():
    mesh = Mesh(**{k: np.array(v) for k, v in TRIANGLE.items()})
    with pytest.raises(ValueError, match="read-only"):
        mesh.vertices[0, 0] = 5


def test_a_record_copies_what_it_is_given():
    vertices = np.array(TRIANGLE["vertices"], np.float32)
    mesh = Mesh(vertices=vertices, triangles=np.array([[0, 1, 2]]), material_index=np.array([0]))
    vertices[0, 0] = 7
    assert mesh.vertices[0, 0] == 0


def test_a_triangle_must_name_vertices_that_exist():
    with pytest.raises(ValueError, match="does not exist"):
        Mesh(
            vertices=np.zeros((3, 3)), triangles=np.array([[0, 1, 3]]), material_index=np.array([0])
        )


def test_digest_tells_contents_apart():
    one = Mesh(**{k: np.array(v) for k, v in TRIANGLE.items()})
    same = Mesh(**{k: np.array(v) for k, v in TRIANGLE.items()})
    other = Mesh(**{k: np.array(v) for k, v in TRIANGLE.items()}, sharp_angle_deg=10.0)
    assert digest(one) == digest(same) != digest(other)
    assert digest([1, 2]) != digest([12]) != digest("12")
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    with pytest.raises(TypeError, match="no digest"):
        digest(print)


def test_streams_depend_on_their_name_alone():
    first = stream(1, "build", "ball#1").random(4)
    stream(1, "build", "new consumer").random(100)
    np.testing.assert_array_equal(stream(1, "build", "ball#1").random(4), first)
    assert not np.array_equal(stream(2, "build", "ball#1").random(4), first)
    assert not np.array_equal(stream(1, "buildball#1").random(4), first)


@given(st.integers(1, 2000), st.fractions(1, 120), st.integers(1, 40))
def test_frames_and_seconds_agree(count, fps, substeps):
    timeline = Timeline(frame_count=count, fps=fps, substeps=substeps)
    for frame in {0, count // 2, count - 1}:
        assert timeline.frame_at(timeline.times_secs[frame]) == frame
    assert np.isclose(timeline.step_secs * substeps, timeline.frame_secs)


def test_timeline_lasting_has_whole_steps_at_the_asked_rate_or_above():
    timeline = Timeline.lasting(4.0, fps=Fraction(24), step_hz=480.0)
    assert (timeline.frame_count, timeline.substeps) == (96, 20)
    assert Timeline.lasting(1.0, fps=Fraction(30000, 1001)).step_secs <= 1 / 480


@pytest.mark.parametrize("duration", [0.0, -3.0, float("nan"), 1e9])
def test_impossible_durations_name_the_option(duration):
    with pytest.raises(SettingsError, match=r"duration|frames"):
        Timeline.lasting(duration, fps=Fraction(24))


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 50))
def test_lens_rays_pass_through_their_pixels(x, y, depth):
    lens = Lens(focal_length_mm=35, sensor_width_mm=36, size_px=(9, 7))
    point = np.array([x, y, -1.0]) * depth
    px = lens.pixels(point)
    np.testing.assert_allclose((px - [4, 3]) / lens.focal_px * [1, -1], [x, y], atol=1e-9)
    np.testing.assert_allclose(lens.pixels(lens.rays()[2, 5] * depth), [5, 2], atol=1e-9)


@given(st.floats(0, 1))
def test_srgb_encoding_is_invertible(value):
    assert np.isclose(srgb_from_linear(linear_from_srgb(np.array(value))), value, atol=1e-6)


def test_the_error_tree_ends_with_the_documented_codes():
    assert (WorldreelError.exit_code, BadInput.exit_code, StepError.exit_code) == (1, 2, 1)
