"""The crew: several processes that shoot takes of one rehearsal.

Which process shoots which take changes nothing: a take depends on its call alone, and results
come back in the order of the calls.
"""

import contextlib
import logging
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType, ModuleType, TracebackType
from typing import cast, final

from physics.directing.rehearsal import Call, Rehearsal, Tried

WORTH_SECS = 1.0
"""Processes are started once so much time has gone into takes: starting them costs as much [s]."""

MOST_JOBS = 8
"""More processes than takes in a generation would have nothing to do."""

STARTING_SECS = 60.0
"""A process that has not begun by then is given up [s]: on a busy machine it takes ten."""

SILENT_SECS, SILENT_TAKES = 60.0, 20.0
"""One that says nothing for so long [s], and for so many of the longest takes, is given up."""

ENDING_SECS = 5.0
"""One that has not ended so long after it was told to is killed [s]."""

log = logging.getLogger(__name__)


@final
class Crew:
    """Shoots takes in this process first, and in others once there is much to do.

    A context manager: its processes end with it. They also end when this process dies in any
    way, because each waits for its pipe; and Ctrl-C is for this process alone to answer.
    """

    def __init__(self, rehearsal: Rehearsal, *, jobs: int = 1) -> None:
        self._rehearsal = rehearsal
        self._jobs = min(jobs, MOST_JOBS)
        self._spent_secs = self._longest_secs = 0.0
        self._helpers: list[tuple[BaseProcess, Connection]] = []

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._dismiss()

    def shoot(self, calls: Sequence[Call]) -> list[Tried]:
        """Return what came of each call, in their order."""
        done: dict[int, Tried] = {}
        while len(done) < len(calls) and not self._called():
            began = time.perf_counter()
            done[len(done)] = self._rehearsal.shoot(calls[len(done)])
            took = time.perf_counter() - began
            self._spent_secs += took
            self._longest_secs = max(self._longest_secs, took)
        try:
            self._share_out(calls, done)
        except (EOFError, OSError) as error:
            log.warning("takes are shot one at a time from here on: a process is lost (%r)", error)
            self._dismiss()
            self._jobs = 1
        for k, call in enumerate(calls):
            if k not in done:
                done[k] = self._rehearsal.shoot(call)
        return [done[k] for k in range(len(calls))]

    def _called(self) -> bool:
        """Whether there are other processes by now."""
        if not self._helpers and self._jobs > 1 and self._spent_secs > WORTH_SECS:
            try:
                self._start()
            except Exception as error:  # noqa: BLE001 - whatever it is, takes can be shot here
                log.warning("takes are shot one at a time: no process starts (%s)", error)
                self._dismiss()
                self._jobs = 1
        return bool(self._helpers)

    def _start(self) -> None:
        # Not forked: neither Blender nor macOS survives that.
        context = multiprocessing.get_context("spawn")
        with _nobodys_main():
            for _ in range(self._jobs):
                ours, theirs = context.Pipe()
                process = context.Process(target=_help, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._helpers.append((process, ours))
        # In threads: a pipe holds little, and who fills it waits for its reader, maybe for ever.
        bare = self._rehearsal.bare()
        for _, pipe in self._helpers:
            threading.Thread(target=_give, args=(pipe, bare), daemon=True).start()
        for pipe in self._heard([pipe for _, pipe in self._helpers], STARTING_SECS):
            pipe.recv()

    def _share_out(self, calls: Sequence[Call], done: dict[int, Tried]) -> None:
        """Give the next call to whoever is free."""
        waiting = [k for k in range(len(calls)) if k not in done][::-1]
        busy: dict[Connection, int] = {}
        for _, pipe in self._helpers:
            if waiting:
                busy[pipe] = waiting.pop()
                pipe.send(calls[busy[pipe]])
        patience = SILENT_SECS + SILENT_TAKES * self._longest_secs
        while busy:
            pipe = next(self._heard(list(busy), patience))
            result = pipe.recv()
            if isinstance(result, BaseException):
                raise result
            done[busy.pop(pipe)] = result
            if waiting:
                busy[pipe] = waiting.pop()
                pipe.send(calls[busy[pipe]])

    def _heard(self, pipes: Sequence[Connection], patience_secs: float) -> Iterator[Connection]:
        """Yield each pipe once it has something to read, whichever is first.

        Raises:
            EOFError: If a process has ended that has said nothing.
            TimeoutError: If nothing comes for too long.
        """
        ends = {p.sentinel: pipe for p, pipe in self._helpers if pipe in pipes}
        quiet = list(pipes)
        while quiet:
            ready = wait([*quiet, *ends], patience_secs)
            if not ready:
                raise TimeoutError(f"nothing came in {patience_secs:.0f} s")
            spoken = [pipe for pipe in quiet if pipe in ready]
            for pipe in spoken:
                quiet.remove(pipe)
                yield pipe
            if not spoken:
                raise EOFError("it ended by itself")
            ends = {end: pipe for end, pipe in ends.items() if pipe in quiet}

    def _dismiss(self) -> None:
        for process, pipe in self._helpers:
            pipe.close()
            process.terminate()
        for process, _ in self._helpers:
            process.join(ENDING_SECS)
            if process.is_alive():  # a stopped process heeds nothing gentler
                process.kill()
            process.join()
            process.close()
        self._helpers = []


def _give(pipe: Connection, rehearsal: Rehearsal) -> None:
    """Hand over what is rehearsed; who has ended or been given up gets nothing."""
    with contextlib.suppress(OSError, ValueError):
        pipe.send(rehearsal)


def _help(pipe: Connection) -> None:
    """Shoot what is called for, until nobody calls any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        rehearsal = cast("Rehearsal", pipe.recv())
        pipe.send(None)
        while True:
            call = pipe.recv()
            try:
                result: Tried | Exception = rehearsal.shoot(call)
            except Exception as error:  # noqa: BLE001 - raised again where the take is wanted
                result = error
            pipe.send(result)


def _read_only(mapping: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(mapping)


def _reduced(
    mapping: MappingProxyType[str, object],
) -> tuple[Callable[..., object], tuple[object, ...]]:
    return _read_only, (dict(mapping),)


# Records hold read-only mappings, which do not know how to be sent.
ForkingPickler.register(MappingProxyType, _reduced)


@contextlib.contextmanager
def _nobodys_main() -> Iterator[None]:
    """Keep new processes from running the user's script again, guarded against it or not."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
