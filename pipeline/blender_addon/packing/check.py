"""Whether the built zip works where there is Blender and nothing else.

`python -m pipeline.blender_addon.packing.check ZIP` makes an environment that holds Blender's
module and what that needs, and an empty profile; there the zip is installed, enabled, disabled and
used, with the operators of `clean_profile`. `--bpy FOLDER` takes another Blender (`.bpy-next`).
"""

import argparse
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.blender_addon.packing.wheels import BLENDER_HAS
from scene_builder.model.errors import MissingExtraError, StepError

SCRIPT = Path(__file__).with_name("clean_profile.py")
FINDINGS = '{"blender":'
"""How the script's findings begin."""
MOST_SECS = 3600.0


def check(
    archive: Path, *, blender: Path | None = None, beside: Sequence[str] = ()
) -> Mapping[str, Any]:
    """Install and use an extension in a clean profile.

    Args:
        archive: The extension's zip.
        blender: The folder that holds Blender's module; None for the one that is installed.
        beside: Requirements that the environment shall hold besides, with all that they need in
            turn, for a zip without their wheels.

    Returns:
        `blender`, its version, and `found`, assertions by name.

    Raises:
        StepError: If Blender fails before it has found anything.
        MissingExtraError: If there is no Blender, or no such package.
    """
    with tempfile.TemporaryDirectory(prefix="worldreel-clean-") as name:
        folder = Path(name)
        python = _environment(folder / "blender", blender, beside)
        variables = {
            "PATH": os.environ.get("PATH", ""), "HOME": str(folder / "home"),
            "BLENDER_USER_RESOURCES": str(folder / "profile"),
            "XDG_CACHE_HOME": str(folder / "home" / "cache"),
        }  # fmt: skip
        for made in ("home", "profile", "work"):
            (folder / made).mkdir()
        done = subprocess.run(
            [str(python), "-I", str(SCRIPT), str(archive.resolve()), str(folder / "work")],
            capture_output=True, text=True, check=False, env=variables, cwd=folder,
            timeout=MOST_SECS,
        )  # fmt: skip
        # Blender itself may say something after it.
        told = [line for line in done.stdout.splitlines() if line.startswith(FINDINGS)]
        if not told:
            said = (done.stderr.strip() or done.stdout.strip())[-1200:]
            raise StepError(f"{archive.name} does not work in a clean profile: {said}")
        findings: dict[str, Any] = json.loads(told[-1])
        return findings


def needed_by(requirements: Iterable[str]) -> Iterator[str]:
    """Yield the installed distributions that requirements mean, and what these need in turn.

    Raises:
        MissingExtraError: If one of them is not installed.
    """
    from packaging.requirements import Requirement

    ahead, seen = [(text, frozenset[str]()) for text in requirements], set[str]()
    while ahead:
        text, extras = ahead.pop()
        wish = Requirement(text)
        marks = [{"extra": extra} for extra in extras] or [{"extra": ""}]
        if wish.marker is not None and not any(wish.marker.evaluate(mark) for mark in marks):
            continue
        name = re.sub(r"[-_.]+", "-", wish.name).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            needs = importlib.metadata.requires(name) or ()
        except importlib.metadata.PackageNotFoundError:
            raise MissingExtraError(f"{name} is not installed: pip install {name}") from None
        ahead += [(one, frozenset(wish.extras)) for one in needs]
        yield name


def _environment(folder: Path, blender: Path | None, beside: Sequence[str]) -> Path:
    """Make an environment that holds Blender's module, and return its Python."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    packages = next(folder.glob("lib*/**/site-packages"))
    found = importlib.util.find_spec("bpy") if blender is None else None
    home = blender or (Path(found.origin).parents[1] if found and found.origin else None)
    if home is None or not (home / "bpy").is_dir():
        raise MissingExtraError("Blender's module is needed to check the add-on: pip install bpy")
    (packages / "bpy").symlink_to((home / "bpy").resolve(), target_is_directory=True)
    for name in dict.fromkeys((*needed_by(("numpy", "requests", "zstandard")), *beside_of(beside))):
        _link(name, packages)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def beside_of(requirements: Sequence[str]) -> tuple[str, ...]:
    """Return the distributions that requirements mean, without those that Blender brings."""
    names = needed_by(requirements)
    return tuple(name for name in names if name.replace("-", "_") not in BLENDER_HAS)


def _link(name: str, packages: Path) -> None:
    """Let an environment see an installed distribution, and no other."""
    files = importlib.metadata.files(name) or []
    for top in {Path(*file.parts[:1]) for file in files if file.parts[0] not in ("..", ".")}:
        source = Path(str(importlib.metadata.distribution(name).locate_file(str(top))))
        target = packages / top
        if source.exists() and not target.exists() and top.name != "__pycache__":
            target.symlink_to(source.resolve(), target_is_directory=source.is_dir())


def main() -> int:
    """Check the zip that is named."""
    parser = argparse.ArgumentParser(description="Use the built extension in a clean profile.")
    parser.add_argument("archive", type=Path, metavar="ZIP")
    parser.add_argument("--bpy", type=Path, metavar="FOLDER", help="another Blender's module")
    given = parser.parse_args()
    told = check(given.archive, blender=given.bpy)
    sys.stdout.write(f"Blender {told['blender']}\n")
    for name, holds in told["found"].items():
        sys.stdout.write(f"  {'ok  ' if holds else 'FAIL'} {name}\n")
    return 0 if all(told["found"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
