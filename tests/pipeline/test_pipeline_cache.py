"""Steps are done once, edits are respected, damage is mended and told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cache import Cache, Done, Site, Step, identity
from pipeline.manifest import Manifest, read_manifest
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.folder import RunFolder


@dataclass
class Bench:
    """A step that doubles a number, and how often it did."""

    folder: RunFolder
    calls: int = 0
    fresh: bool = False
    explode: bool = False

    def cache(self) -> Cache:
        manifest = read_manifest(self.folder / "manifest.json") or Manifest()
        return Cache(Site(folder=self.folder), fresh=self.fresh, manifest=manifest)

    def keep(self, number: int, *, document: bool = False) -> int:
        return self.cache().keep(self.step("n.txt" if document else None), lambda: (number,))

    def step(self, document: str | None) -> Step[int]:
        return Step(
            name="double", version=1, work=self.double, save=self.save, load=self.load,
            document=document,
        )  # fmt: skip

    def double(self, number: int) -> Done[int]:
        self.calls += 1
        return Done(2 * number, notes=("doubled",))

    def save(self, folder: RunFolder, number: int) -> tuple[Path, ...]:
        write_text(folder / "n.txt", str(number))
        if self.explode:
            raise KeyboardInterrupt
        return (folder / "n.txt",)

    def load(self, folder: RunFolder) -> int:
        try:
            return int((folder / "n.txt").read_text())
        except (OSError, ValueError) as error:
            raise DamagedError("n.txt holds no number") from error


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(RunFolder(tmp_path))


def test_a_step_is_done_once_for_the_same_inputs(bench: Bench) -> None:
    assert [bench.keep(3), bench.keep(3)] == [6, 6]
    assert bench.calls == 1
    assert bench.keep(4) == 8
    assert bench.keep(3) == 6
    assert bench.calls == 3
    record = bench.cache().manifest.steps["double"]
    assert (record.finished, record.notes) == (True, ("doubled",))
    assert list(record.files) == ["n.txt"]


@pytest.mark.parametrize("damage", ["", "7", "x"])
def test_a_damaged_result_is_made_again_and_told(bench: Bench, damage: str) -> None:
    bench.keep(3)
    (bench.folder / "n.txt").write_text(damage)
    assert bench.keep(3) == 6
    assert bench.calls == 2
    assert (bench.folder / "n.txt").read_text() == "6"
    assert "n.txt was missing or damaged" in bench.cache().manifest.steps["double"].repairs[0]


def test_a_lost_result_is_made_again(bench: Bench) -> None:
    bench.keep(3)
    (bench.folder / "n.txt").unlink()
    assert bench.keep(3) == 6
    assert bench.calls == 2


def test_an_edited_document_is_taken_as_it_stands(bench: Bench) -> None:
    bench.keep(3, document=True)
    (bench.folder / "n.txt").write_text("77")
    assert bench.keep(3, document=True) == 77
    assert bench.keep(4, document=True) == 77
    assert bench.calls == 1


def test_a_document_that_cannot_be_read_is_made_again(bench: Bench) -> None:
    bench.keep(3, document=True)
    (bench.folder / "n.txt").write_text("x")
    assert bench.keep(3, document=True) == 6
    assert bench.calls == 2


def test_a_document_of_one_s_own_needs_no_inputs(bench: Bench) -> None:
    (bench.folder / "n.txt").write_text("5")

    def never() -> tuple[int, ...]:
        raise AssertionError

    assert bench.cache().keep(bench.step("n.txt"), never) == 5


def test_new_words_set_an_edited_document_aside(bench: Bench) -> None:
    bench.keep(3, document=True)
    (bench.folder / "n.txt").write_text("77")
    bench.fresh = True
    assert bench.keep(4, document=True) == 8
    assert (bench.folder / "n.earlier.txt").read_text() == "77"


def test_what_a_killed_run_was_writing_is_not_taken_for_an_edit(bench: Bench) -> None:
    bench.explode = True
    with pytest.raises(KeyboardInterrupt):
        bench.keep(3, document=True)
    assert (bench.folder / "n.txt").read_text() == "6"
    bench.explode = False
    assert bench.keep(4, document=True) == 8


def test_a_damaged_manifest_is_as_good_as_none(bench: Bench) -> None:
    bench.keep(3)
    (bench.folder / "manifest.json").write_text("{")
    assert bench.keep(3) == 6
    assert bench.calls == 2


def test_keys_tell_inputs_apart() -> None:
    class Part:
        def __init__(self, identity: str) -> None:
            self.identity = identity

    class Other:
        pass

    @dataclass(frozen=True)
    class Options:
        samples: int = 1

    assert identity(Part("a")) == identity(Part("a")) != identity(Part("b"))
    assert identity(Options()) == identity(Options()) != identity(Options(samples=2))
    assert identity(Other()) == identity(Other()) != identity(Options())
    work: Callable[[], None] = lambda: None  # noqa: E731
    assert identity((1, work)) == identity([1, work])
