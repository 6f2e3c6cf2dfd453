"""Several tasks at a time, each in a process of its own."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import final

from pipeline.execution.executor import Executor, Item, Result
from scene_builder.model.errors import SettingsError, StepError


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
        with ProcessPoolExecutor(min(self.jobs, max(1, len(items))), context) as pool:
            try:
                yield from pool.map(task, items)
            except BrokenProcessPool as error:
                raise StepError(
                    "a worker process died, most likely for lack of memory; try a smaller --jobs"
                ) from error
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
