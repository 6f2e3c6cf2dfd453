"""What must be on a machine before anything is installed; needs nothing but Python itself.

`make setup` runs this file before the virtual environment exists, so it imports the standard
library only.
"""

import ctypes
import ctypes.util
import shutil
import sys
from dataclasses import dataclass

PYTHON = (3, 11)

DEBIAN_PACKAGES = {
    "libX11.so.6": "libx11-6",
    "libXrender.so.1": "libxrender1",
    "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libGL.so.1": "libgl1",
    "libgomp.so.1": "libgomp1",
}
"""Shared libraries that bpy links on Linux, and the Debian package of each."""

OPTIONAL_PACKAGES = {
    "libEGL.so.1": ("libegl1 libegl-mesa0 libgl1-mesa-dri", "Workbench and EEVEE previews"),
}
"""Shared libraries without which one feature is off: Debian packages, and the feature."""


@dataclass(frozen=True)
class Missing:
    """Something that is not there: its name, and the Debian packages that bring it."""

    name: str
    packages: str


def missing_libraries() -> tuple[Missing, ...]:
    """Return the shared libraries that bpy needs and this machine lacks."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(
        Missing(name, package) for name, package in DEBIAN_PACKAGES.items() if not loads(name)
    )


def missing_tools() -> tuple[Missing, ...]:
    """Return the commands that setting up needs and this machine lacks."""
    tools = {"make": "make", "git": "git"}
    return tuple(Missing(name, tools[name]) for name in tools if shutil.which(name) is None)


def loads(library: str) -> bool:
    """Say whether the dynamic loader finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_line(missing: tuple[Missing, ...]) -> str:
    """Return the one line that brings everything in `missing`."""
    return "apt-get install -y " + " ".join(dict.fromkeys(item.packages for item in missing))


def main() -> int:
    """Check this machine; print what is missing and return the exit code."""
    if sys.version_info[:2] != PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write(
            f"worldreel needs Python 3.11 (Blender's own version), this is {found}: "
            "run make with PYTHON=/path/to/python3.11\n"
        )
        return 2
    missing = (*missing_tools(), *missing_libraries())
    if missing:
        names = ", ".join(item.name for item in missing)
        sys.stderr.write(f"missing on this machine: {names}. Install with:\n")
        sys.stderr.write(f"  {install_line(missing)}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
