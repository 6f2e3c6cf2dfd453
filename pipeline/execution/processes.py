"""Several tasks at a time, each in a process of its own."""

import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import final

from pipeline.execution.executor import Executor, Item, Result
from scene_builder.model.errors import SettingsError, StepError

BLENDERS_OWN = re.compile(r"[/\\]bpy[/\\][0-9.]+[/\\]scripts([/\\]|$)")
"""Folders that `import bpy` puts first on the search path: in one of them lies another `bpy`."""


class LostWorkerError(StepError):
    """A worker process is gone, with the task that it had."""


def forget_blenders_folders() -> None:
    """Take Blender's own folders off this process's search path.

    A spawned process begins with its parent's path. If the parent has imported bpy, `import bpy`
    would find the part that Blender's library loads by itself, and not the library.
    """
    sys.path[:] = [folder for folder in sys.path if not BLENDERS_OWN.search(folder)]


def leave_with_parent() -> None:
    """End this process when its parent is gone, however that went.

    A pool's workers do not notice a killed parent: they would finish their frames for nobody, and
    then wait for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent.sentinel,), daemon=True).start()


def _leave_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _begin() -> None:
    # Who interrupts means the parent, which then ends its workers: a worker that heard it, too,
    # would take the next task.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forget_blenders_folders()
    leave_with_parent()


@final
@dataclass(frozen=True, slots=True)
class Processes(Executor):
    """Does tasks in fresh processes, because Blender does not survive a fork.

    Attributes:
        jobs: How many at a time.
    """

    jobs: int = 2

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise SettingsError(f"{self.jobs} jobs asked for; at least 1")

    def map(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield `task(item)` for each item, in order; `task` and items are pickled."""
        context = multiprocessing.get_context("spawn")
        count = min(self.jobs, max(1, len(items)))
        others = set(multiprocessing.active_children())
        with ProcessPoolExecutor(count, context, initializer=_begin) as pool:
            try:
                yield from pool.map(task, items)
            except BrokenProcessPool as error:
                raise LostWorkerError(
                    "a worker process died, most likely for lack of memory; try a smaller --jobs"
                ) from error
            except BaseException:  # an interrupt, too, and whoever wants no further results
                for worker in set(multiprocessing.active_children()) - others:
                    worker.terminate()
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
