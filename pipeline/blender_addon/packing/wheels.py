"""The wheels that Blender lacks, unmodified from the index, and worldreel's own."""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.plugins import OWN_PACKAGES
from scene_builder.model.errors import StepError

ROOT = Path(__file__).parents[3]
OWN_FILES = ("pyproject.toml", "README.md", "LICENSE")
WEIGHTS = "*.safetensors"
PYTHON = "3.11"
"""What Blender 4.5 and 5.0 bring."""

PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64",
                  "manylinux2014_x86_64", "manylinux_2_12_x86_64", "manylinux2010_x86_64",
                  "manylinux_2_5_x86_64", "manylinux1_x86_64"),
    "windows-x64": ("win_amd64",),
    "macos-arm64": ("macosx_14_0_arm64", "macosx_13_0_arm64", "macosx_12_0_arm64",
                    "macosx_11_0_arm64", "macosx_14_0_universal2", "macosx_11_0_universal2",
                    "macosx_10_9_universal2"),
}  # fmt: skip
"""Blender's names of platforms, and the index's."""

NEEDED = (
    "scipy>=1.11,<1.18", "mujoco>=4.0", "cma>=4.2", "trimesh>=4.6", "manifold3d>=3",
    "embreex>=4.4", "coacd>=1.0.5", "fast-simplification>=0.1.9", "av>=15", "openexr>=3.3",
    "pillow>=11", "pydantic>=2.11", "tyro>=1.0", "rich>=14", "httpx>=0.28", "jinja2>=3.1",
    "jaxtyping>=0.3", "platformdirs>=4", "safetensors>=0.5", "opencc-py>=1.4,<2",
)  # fmt: skip
"""What worldreel imports and Blender does not bring; language models and looks stay optional."""

ONLY_ON: Mapping[str, tuple[str, ...]] = {"linux-x64": ("pybullet>=3.2.7",)}
"""What has no wheel elsewhere: MuJoCo simulates there."""

BLENDER_HAS = ("numpy", "requests", "certifi", "idna", "urllib3", "charset_normalizer", "zstandard")
"""What Blender brings itself: two of one kind would quarrel."""


def own_wheel(folder: Path, *, isolated: bool = True, weights: bool = True) -> Path:
    """Build worldreel's own wheel.

    Args:
        folder: Where it goes.
        weights: Whether the language models' weights are in it: most of its size, and of use only
            where torch is.
        isolated: Whether the build gets tools of its own, from the index; otherwise it takes those
            that are installed, and needs no network.

    Raises:
        StepError: If it cannot be built.
    """
    source = folder / "source"
    source.mkdir(parents=True)
    # A copy: what an earlier build has left in the checkout would get into the wheel.
    left_out = shutil.ignore_patterns("__pycache__", *(() if weights else (WEIGHTS,)))
    for name in OWN_PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=left_out)
    for name in OWN_FILES:
        shutil.copyfile(ROOT / name, source / name)
    how = () if isolated else ("--no-build-isolation",)
    _pip("wheel", "--no-deps", *how, "--wheel-dir", str(folder), str(source))
    return next(folder.glob("worldreel-*.whl"))


def download_wheels(folder: Path, platform: str) -> list[Path]:
    """Download all wheels that a platform's zip holds, with what they need in turn.

    Args:
        folder: Where they go.
        platform: Blender's name of the platform.

    Raises:
        StepError: If one cannot be had for the platform.
    """
    tags = [part for tag in PLATFORMS[platform] for part in ("--platform", tag)]
    _pip(
        "download", "--only-binary=:all:", "--python-version", PYTHON, "--implementation", "cp",
        *tags, "--dest", str(folder), "numpy>=1.26,<2", *NEEDED, *ONLY_ON.get(platform, ()),
    )  # fmt: skip
    return sorted(path for path in folder.glob("*.whl") if not _blender_has(path))


def _blender_has(wheel: Path) -> bool:
    name = wheel.name.partition("-")[0].lower()
    return name in BLENDER_HAS


def _pip(*arguments: str) -> None:
    command: Sequence[str] = (
        sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet",
    )  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(f"pip {arguments[0]}: {done.stderr.strip()[-800:]}")
