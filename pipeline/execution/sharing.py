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


CGROUP = Path("/sys/fs/cgroup")
"""Where Linux says what a container may use."""


CORES_VARIABLE = "WORLDREEL_CORES"
"""Names a smaller number of cores, for programs in which no other process can be started."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    given = os.environ.get(CORES_VARIABLE, "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    count = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    quota, _, period = (_line(CGROUP / "cpu.max") or "max").partition(" ")
    return max(1, min(count, int(quota) // int(period))) if quota.isdigit() else count


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
    """Return the free memory [B], of the machine and of the container; if nobody says, enough."""
    free = MOST_JOBS * BYTES_A_JOB
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        amounts = dict(line.split(":", 1) for line in lines)
        free = 1024.0 * float(amounts["MemAvailable"].split()[0])
    except (OSError, KeyError, ValueError):
        pass
    most, used = (_line(CGROUP / f"memory.{name}") or "" for name in ("max", "current"))
    if most.isdigit() and used.isdigit():
        free = min(free, float(int(most) - int(used)))
    return free


def _line(path: Path) -> str | None:
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return None
