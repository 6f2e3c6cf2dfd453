"""One task after the other, in this process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import final

from pipeline.execution.executor import Executor, Item, Result


@final
@dataclass(frozen=True, slots=True)
class InProcess(Executor):
    """Does tasks one after the other."""

    def map(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield `task(item)` for each item, in order."""
        return map(task, items)
