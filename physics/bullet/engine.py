"""PyBullet, imported without the line that it prints (on standard error, by C code)."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OUTPUTS = (1, 2)
"""File descriptors that it may print on."""


@contextmanager
def _silent_output() -> Iterator[None]:
    """Send what C code prints nowhere; Python's own output is written out before."""
    sys.stdout.flush()
    sys.stderr.flush()
    libc = ctypes.CDLL(None)
    kept = [os.dup(output) for output in OUTPUTS]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for output in OUTPUTS:
            os.dup2(nowhere, output)
        yield
        libc.fflush(None)
    finally:
        for output, copy in zip(OUTPUTS, kept, strict=True):
            os.dup2(copy, output)
            os.close(copy)
        os.close(nowhere)


with _silent_output():
    import pybullet

__all__ = ["pybullet"]
