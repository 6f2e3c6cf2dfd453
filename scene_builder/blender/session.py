"""Blender's process-wide state: a scene without anything in it, and silence.

Only the entry of a process that owns Blender may call `fresh_scene`: inside of somebody's
open file it would throw that file away.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bpy


def fresh_scene() -> bpy.types.Scene:
    """Throw everything in Blender away and return its one empty scene.

    Factory settings also shut out the user's preferences and start-up file, so that two
    machines begin alike.
    """
    with quiet():
        bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.frame_start = 0
    scene.unit_settings.system = "METRIC"
    scene.unit_settings.scale_length = 1.0
    return scene


@contextmanager
def quiet() -> Iterator[None]:
    """Swallow what Blender's C code prints on standard output while the block runs.

    Python's own `sys.stdout` cannot catch it: Blender writes to the file descriptor.
    Standard error stays open, so that a crash still says why.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
