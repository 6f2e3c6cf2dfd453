"""Files appear whole or not at all, and one program writes a run."""

import errno
import os
from pathlib import Path

import pytest

from pipeline.run_folder import atomic
from pipeline.run_folder.atomic import write_bytes, write_with
from pipeline.run_folder.folder import RunFolder
from scene_builder.model.errors import RunFolderError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.bin"
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file.bin"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    write_bytes(path, b"old")

    def fail(temporary: Path) -> None:
        temporary.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_with(path, fail)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file.bin"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disk is full; free some space"),
        (errno.EDQUOT, "disk is full"),
        (errno.EACCES, "no permission; choose another --out"),
        (errno.EROFS, "no permission"),
        (errno.EIO, "choose another --out"),
    ],
)
def test_the_system_s_errors_say_what_to_do(tmp_path: Path, number: int, told: str) -> None:
    def fail(temporary: Path) -> None:
        temporary.write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    with pytest.raises(RunFolderError, match=told) as caught:
        write_with(tmp_path / "file.bin", fail)
    assert str(tmp_path / "file.bin") in str(caught.value)
    assert not any(tmp_path.iterdir())


def test_only_one_program_writes_a_run(tmp_path: Path) -> None:
    with (
        RunFolder(tmp_path).locked(),
        pytest.raises(RunFolderError, match="another worldreel is writing"),
        RunFolder(tmp_path).locked(),
    ):
        raise AssertionError
    with RunFolder(tmp_path).locked():
        pass


def test_a_lock_sweeps_what_a_killed_program_left(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    left_over = [
        tmp_path / f".film.99{atomic.TEMPORARY_SUFFIX}.mp4",
        tmp_path / "frames" / ".frame_000001-ab12.exr",
    ]
    kept = [tmp_path / "film.mp4", tmp_path / ".hidden", tmp_path / "frames" / "frame_000000.exr"]
    for path in (*left_over, *kept):
        path.write_bytes(b"x")
    with RunFolder(tmp_path).locked():
        assert [p.exists() for p in left_over] == [False, False]
        assert all(p.exists() for p in kept)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "taxes.pdf").write_bytes(b"x")
    with (
        pytest.raises(RunFolderError, match=r"holds other things \('taxes.pdf'\)"),
        RunFolder(tmp_path).prepared(),
    ):
        raise AssertionError
    assert [p.name for p in tmp_path.iterdir()] == ["taxes.pdf"]


def test_a_folder_that_came_to_nothing_is_taken_away(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    with pytest.raises(RunFolderError), folder.prepared(), folder.locked():
        raise RunFolderError("nothing came of it")
    assert not folder.path.exists()


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(RunFolderError, match="file"), RunFolder(path).prepared():
            raise AssertionError
