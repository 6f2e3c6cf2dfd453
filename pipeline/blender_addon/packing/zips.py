"""`make addon`: download wheels, put the extension together, and let Blender's own tool zip it."""

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.blender_addon.packing.wheels import PLATFORMS, download_wheels, own_wheel
from scene_builder.model.errors import MissingExtraError, StepError

EXTENSION = Path(__file__).parents[1] / "extension"
MANIFEST = "blender_manifest.toml"
_TOOL = "scripts/addons_core/bl_pkg/cli/blender_ext.py"
MEGABYTE = 1e6


def pack(
    out: Path, platforms: Sequence[str], *, wheels: Sequence[Path] | None = None
) -> list[Path]:
    """Write one zip for each platform, each valid by Blender's own rules.

    Args:
        out: The folder that the zips go to.
        platforms: Blender's names of platforms, of `PLATFORMS`.
        wheels: The wheels to bundle with all of them; None downloads what each platform needs.

    Returns:
        The zips.

    Raises:
        MissingExtraError: If Blender's module, which carries the tool, is not installed.
        StepError: If a wheel cannot be had, or the tool refuses the extension.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="worldreel-addon-") as name:
        own = [own_wheel(Path(name) / "own")] if wheels is None else []
        zips = []
        for platform in platforms:
            folder = Path(name) / platform
            bundled = own + download_wheels(folder / "down", platform) if wheels is None else wheels
            zips.append(_zip(folder / "extension", out, platform, bundled))
    return zips


def blender_tool() -> Path:
    """Return Blender's own program for extensions.

    Raises:
        MissingExtraError: If Blender's module is not installed.
    """
    found = importlib.util.find_spec("bpy")
    for place in found.submodule_search_locations or () if found else ():
        for tool in Path(place).glob(f"*/{_TOOL}"):
            return tool
    raise MissingExtraError("Blender's module is needed to pack the add-on: pip install bpy")


def manifest_text(platform: str, wheels: Sequence[str]) -> str:
    """Return the manifest of one platform's zip.

    Args:
        platform: Blender's name of the platform.
        wheels: File names of the bundled wheels.
    """
    text = (EXTENSION / MANIFEST).read_text(encoding="utf-8")
    listed = "".join(f'  "./wheels/{name}",\n' for name in sorted(wheels))
    lines = f'platforms = ["{platform}"]\n' + (f"wheels = [\n{listed}]\n" if wheels else "")
    return text.replace("\n[permissions]", f"\n{lines}\n[permissions]")


def _zip(folder: Path, out: Path, platform: str, wheels: Sequence[Path]) -> Path:
    (folder / "wheels").mkdir(parents=True)
    for wheel in wheels:
        shutil.copyfile(wheel, folder / "wheels" / wheel.name)
    shutil.copyfile(EXTENSION / "__init__.py", folder / "__init__.py")
    text = manifest_text(platform, [wheel.name for wheel in wheels])
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    _tool("validate", str(folder))
    _tool("build", "--source-dir", str(folder), "--output-dir", str(out), "--split-platforms")
    made = sorted(out.glob(f"worldreel-*-{platform.replace('-', '_')}.zip"))
    if not made:
        raise StepError(f"Blender's tool wrote no zip for {platform} into {out}")
    _tool("validate", str(made[-1]))
    return made[-1]


def _tool(*arguments: str) -> None:
    command = [sys.executable, str(blender_tool()), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise StepError(f"Blender refuses the extension ({arguments[0]}): {said}")


def main() -> int:
    """Pack the platforms that are named, or all."""
    parser = argparse.ArgumentParser(description="Pack worldreel's Blender extension.")
    parser.add_argument("--out", type=Path, default=Path("build/addon"))
    parser.add_argument("platforms", nargs="*", metavar="PLATFORM", help=", ".join(PLATFORMS))
    given = parser.parse_args()
    for path in pack(given.out, given.platforms or tuple(PLATFORMS)):
        sys.stdout.write(f"{path}: {path.stat().st_size / MEGABYTE:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
