"""EXR files and the visibility meter."""

import numpy as np
import pytest

from render.exr import SUFFIXES, read_exr, write_exr
from render.flat import FlatRenderer
from render.visibility import VisibilityMeter
from scene_builder.model.errors import RunFolderError


@pytest.fixture(scope="module")
def frame(table_stage, table_motion, table_track):
    return next(FlatRenderer().render(table_stage, table_motion, table_track, frames=range(3, 4)))


def test_a_frame_comes_back_as_it_was(frame, tmp_path):
    path = tmp_path / "frame_000003.exr"
    write_exr(path, frame)
    back = read_exr(path)
    assert back.frame == 3
    for name in SUFFIXES:
        written, read = getattr(frame, name), getattr(back, name)
        assert written.dtype == read.dtype
        np.testing.assert_array_equal(read, written)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_channels_are_what_the_conventions_say(frame, tmp_path):
    import OpenEXR

    path = tmp_path / "frame.exr"
    write_exr(path, frame)
    with OpenEXR.File(str(path), separate_channels=True) as file:
        names = set(file.channels())
    assert names == {f"{name}.{letter}" for name, letters in SUFFIXES.items() for letter in letters}


def test_the_same_frame_gives_the_same_bytes(frame, tmp_path):
    one, two = tmp_path / "one.exr", tmp_path / "two.exr"
    write_exr(one, frame)
    write_exr(two, frame)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("keep", [0.0, 0.001, 0.02, 0.5, 0.99])
def test_a_cut_file_is_a_clear_error(frame, tmp_path, keep, capfd):
    path = tmp_path / "frame.exr"
    write_exr(path, frame)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(keep * len(whole))])
    with pytest.raises(RunFolderError, match=r"frame\.exr is missing, damaged"):
        read_exr(path)
    assert capfd.readouterr() == ("", "")


def test_other_files_are_clear_errors(tmp_path):
    with pytest.raises(RunFolderError, match="missing"):
        read_exr(tmp_path / "none.exr")
    (tmp_path / "words.exr").write_text("this is no picture")
    with pytest.raises(RunFolderError, match="delete it"):
        read_exr(tmp_path / "words.exr")


def test_a_folder_that_is_not_there_is_a_clear_error(frame, tmp_path):
    with pytest.raises(RunFolderError, match="cannot write"):
        write_exr(tmp_path / "no" / "frame.exr", frame)


def test_visibility_counts_what_is_in_the_picture(table_stage, table_motion, table_track):
    meter = VisibilityMeter(table_stage.body_ids, table_stage.timeline.frame_count)
    frames = list(meter.watch(FlatRenderer().render(table_stage, table_motion, table_track)))
    seen = meter.result()
    for frame in frames:
        for k in range(len(table_stage.bodies)):
            rows, columns = np.nonzero(frame.body_index == k + 1)
            assert seen.pixels[frame.frame, k] == len(rows)
            box = [columns.min(), rows.min(), columns.max(), rows.max()]
            np.testing.assert_array_equal(seen.box[frame.frame, k], box)
            centroid = [columns.mean(), rows.mean()]
            np.testing.assert_allclose(seen.centroid[frame.frame, k], centroid)


def test_what_is_never_seen_has_no_box():
    meter = VisibilityMeter(("a#1", "b#1"), 2)
    meter.add_index(0, np.array([[0, 1], [0, 1]]))
    seen = meter.result()
    assert seen.pixels.tolist() == [[2, 0], [0, 0]]
    assert seen.box[0].tolist() == [[1, 0, 1, 1], [-1, -1, -1, -1]]
    assert np.isnan(seen.centroid[0, 1]).all()
