"""Ctrl-C is not forgotten, although a library may swallow the exception that it raises.

Blender calls Python while it renders, and drops what is raised there: an interrupt that comes
at such a moment would be lost, and the film would go on. It is therefore also remembered.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_interrupted = threading.Event()


@contextmanager
def remembered_interrupts() -> Iterator[None]:
    """Remember Ctrl-C while the context lasts; outside of the main thread, do nothing."""
    _interrupted.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # somebody wants us to go on
        yield
        return
    before = signal.signal(signal.SIGINT, _remember)
    try:
        yield
    except Exception:
        raise_if_interrupted()  # what failed, failed because it was interrupted
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def raise_if_interrupted() -> None:
    """Raise the interrupt that was swallowed, if there was one.

    Raises:
        KeyboardInterrupt: If Ctrl-C was pressed.
    """
    if _interrupted.is_set():
        raise KeyboardInterrupt


def _remember(number: int, frame: FrameType | None) -> None:
    del number, frame
    _interrupted.set()
    raise KeyboardInterrupt
