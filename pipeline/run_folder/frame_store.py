"""frames/: one EXR a frame, and a journal of what is whole.

The journal is only ever appended to, one line for each frame that lies whole on the disk. A
run killed at any moment therefore knows exactly which frames it need not render again.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.run_folder.atomic import explained, write_text, write_with
from pipeline.run_folder.checksums import FileRecord, file_record, is_intact
from pipeline.run_folder.documents import DamagedError
from render.frames import FrameBuffers
from scene_builder.model.digest import digest
from scene_builder.model.errors import WorldreelError

JOURNAL = "index.jsonl"


@dataclass(frozen=True, slots=True)
class FrameStore:
    """The frames of one shot on the disk.

    Attributes:
        folder: Where they lie.
        content: Digest of everything that the frames depend on.
        frame_count: How many there are in all.
    """

    folder: Path
    content: str
    frame_count: int

    @property
    def journal(self) -> Path:
        """The list of whole frames."""
        return self.folder / JOURNAL

    def path(self, frame: int) -> Path:
        """Return where a frame lies."""
        return self.folder / f"frame_{frame:06d}.exr"

    def open(self) -> tuple[set[int], tuple[str, ...]]:
        """Return the frames that are whole, and sentences about those that are damaged.

        Frames of another shot, or rendered in another way, are removed.
        """
        records = self._records()
        if records is None:
            with explained(self.folder):
                if self.folder.exists():
                    shutil.rmtree(self.folder)
            self._write_journal({})
            return set(), ()
        whole = {k for k, record in records.items() if is_intact(self.path(k), record)}
        damaged = sorted(records.keys() - whole)
        self._write_journal({k: records[k] for k in whole})  # without a half-written last line
        said = tuple(
            f"frame {k} ({self.path(k).name}) was damaged, and was rendered again" for k in damaged
        )
        return whole, said

    def add(self, frame: FrameBuffers) -> None:
        """Write a frame, whole or not at all, then enter it in the journal."""
        from render.exr import write_exr

        path = self.path(frame.frame)
        write_with(path, lambda temporary: write_exr(temporary, frame))
        line = {"frame": frame.frame, **file_record(path).model_dump()}
        with explained(self.journal):
            # One write of one short line in append mode: several processes may do it at once.
            handle = os.open(self.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(handle, (json.dumps(line) + "\n").encode())
            finally:
                os.close(handle)

    @property
    def count(self) -> int:
        """How many frames the journal names, whoever wrote them."""
        return len(self._records() or {})

    def close(self) -> None:
        """Put the finished journal in order, so that it is the same however it came about."""
        self._write_journal(self._records() or {})

    def read(self, frame: int) -> FrameBuffers:
        """Read a frame.

        Raises:
            DamagedError: If it is missing or damaged.
        """
        from render.exr import read_exr

        try:
            return read_exr(self.path(frame))
        except (OSError, WorldreelError) as error:
            raise DamagedError(f"{self.path(frame)} is damaged; render again") from error

    def __iter__(self) -> Iterator[FrameBuffers]:
        """Yield all frames in order."""
        return map(self.read, range(self.frame_count))

    @property
    def identity(self) -> str:
        """What names the frames in a key: the digest of all their files."""
        records = self._records() or {}
        return digest([self.content, [records[k].sha256 for k in sorted(records)]])

    def check(self) -> None:
        """Check that every frame is whole.

        Raises:
            DamagedError: If one is missing or damaged.
        """
        records = self._records() or {}
        for k in range(self.frame_count):
            if k not in records or not is_intact(self.path(k), records[k]):
                raise DamagedError(f"{self.path(k).name} was missing or damaged")

    def _write_journal(self, records: dict[int, FileRecord]) -> None:
        lines: list[dict[str, object]] = [{"content": self.content}]
        lines += [{"frame": k, **records[k].model_dump()} for k in sorted(records)]
        write_text(self.journal, "".join(json.dumps(line) + "\n" for line in lines))

    def _records(self) -> dict[int, FileRecord] | None:
        """Return the journal's entries; None if it belongs to other frames."""
        try:
            lines = self.journal.read_text().splitlines()
            if not lines or json.loads(lines[0]) != {"content": self.content}:
                return None
        except (OSError, ValueError):
            return None
        records: dict[int, FileRecord] = {}
        for line in lines[1:]:
            try:
                entry = json.loads(line)
                frame = int(entry.pop("frame"))
                records[frame] = FileRecord(**entry)
            except (ValueError, TypeError, AttributeError, KeyError):
                continue  # the last line of a run that was killed while writing it
        return {k: record for k, record in records.items() if 0 <= k < self.frame_count}


def stored_frames(folder: Path, frame_count: int) -> FrameStore:
    """Return the frames that lie in `folder`, whatever they were rendered from.

    Raises:
        DamagedError: If there is no journal that can be read.
    """
    try:
        head = json.loads((folder / JOURNAL).read_text().split("\n", 1)[0])
        return FrameStore(folder, str(head["content"]), frame_count)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedError(f"{folder} holds no rendered frames; render first") from error
