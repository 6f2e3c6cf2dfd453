"""Which devices Blender's Cycles can compute on."""

import subprocess
import sys

_MARK = "device:"
_QUESTION = f"""
import bpy
bpy.ops.wm.read_factory_settings(use_empty=True)
import addon_utils
addon_utils.enable("cycles")
preferences = bpy.context.preferences.addons["cycles"].preferences
preferences.refresh_devices()
for device in preferences.devices:
    print("{_MARK}" + device.name + " (" + device.type + ")")
"""
_PATIENCE_SECS = 120


def cycles_devices() -> tuple[str, ...]:
    """Ask Blender, in a process of its own so that it cannot take this one down."""
    try:
        answer = subprocess.run(
            [sys.executable, "-c", _QUESTION],
            capture_output=True, text=True, timeout=_PATIENCE_SECS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ()
    lines = answer.stdout.splitlines()
    return tuple(line.removeprefix(_MARK) for line in lines if line.startswith(_MARK))
