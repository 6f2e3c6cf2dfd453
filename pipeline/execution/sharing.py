"""How many processes share work, and how big their parts are."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

WORTH_SHARING = 40
"""Fewer frames are rendered before another process would have opened its scene."""

CORES_A_JOB = 3
"""An engine uses all cores by itself, but not while it sets a frame up, or writes it."""

MOST_JOBS = 6
BYTES_A_JOB = 1.5e9
"""Memory that a process with a scene and its engine takes, generously [B]."""

SMALLEST_PART, LARGEST_PART = 8, 32
"""Frames that a process renders before it takes the next part."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_for(frames: int) -> int:
    """Return how many processes render so many frames soonest, with the memory that is free."""
    if frames < WORTH_SHARING or cores() == 1:
        return 1
    most = min(max(2, cores() // CORES_A_JOB), MOST_JOBS)
    return max(1, min(most, int(_free_bytes() / BYTES_A_JOB)))


def parts(runs: Sequence[range], jobs: int) -> Iterator[range]:
    """Yield runs of frames cut into parts: two for each process, so that none waits long."""
    total = sum(len(run) for run in runs)
    size = min(max(-(-total // (2 * jobs)), SMALLEST_PART), LARGEST_PART)
    for run in runs:
        for start in range(run.start, run.stop, size):
            yield range(start, min(start + size, run.stop))


def _free_bytes() -> float:
    """Return the free memory [B]; where nobody says, enough."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        amounts = dict(line.split(":", 1) for line in lines)
        return 1024.0 * float(amounts["MemAvailable"].split()[0])
    except (OSError, KeyError, ValueError):
        return MOST_JOBS * BYTES_A_JOB
