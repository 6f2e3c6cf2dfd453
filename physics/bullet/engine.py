"""PyBullet, imported without the line that it prints on standard output."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _silent_output() -> Iterator[None]:
    """Send what C code prints nowhere; Python's own output is written out before."""
    sys.stdout.flush()
    libc = ctypes.CDLL(None)
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
        libc.fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


with _silent_output():
    import pybullet

__all__ = ["pybullet"]
