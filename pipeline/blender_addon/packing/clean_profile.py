"""What a fresh Blender with nothing but the extension can do: run there, prints its findings.

`python clean_profile.py ZIP FOLDER`: installs ZIP into the user's profile as Blender does it,
takes it out and in again twice, and lets its operators make, move, re-simulate and verify a scene
in FOLDER. The last line of standard output is a JSON object; `found` of it are assertions by name.
Nothing of worldreel is imported before the zip is installed.
"""

import importlib
import json
import sys
from pathlib import Path

import bpy

MODULE = "bl_ext.user_default.worldreel"
SENTENCE = "A ball falls onto a table"
STEP_M, CLOSE_M = 0.3, 1e-4
addons = importlib.import_module("addon_utils")  # one of Blender's own scripts


def left_behind() -> dict[str, list[str]]:
    """Return what an add-on could leave in Blender: classes, properties, handlers, operators."""
    handlers = [
        f"{name}:{getattr(one, '__module__', '')}"
        for name in dir(bpy.app.handlers)
        if isinstance(group := getattr(bpy.app.handlers, name), list)
        for one in group
        if "worldreel" in repr(one) or str(getattr(one, "__module__", "")).startswith("pipeline")
    ]
    return {
        "classes": [name for name in dir(bpy.types) if name.startswith("WORLDREEL_")],
        "properties": [name for name in dir(bpy.types.Scene) if "worldreel" in name],
        "operators": list(dir(bpy.ops.worldreel)),
        "handlers": handlers,
    }


def nothing_left() -> bool:
    """Whether Blender holds nothing of worldreel, no work of it goes on, and no timer wakes it."""
    if any(left_behind().values()):
        return False
    known = sys.modules.get("pipeline.blender_addon.interface.working")
    return known is None or (known.Now.running is None and known.Now.timer is None)


def install(archive: Path) -> dict[str, bool]:
    """Install as Blender does it, and take the extension out and in again twice."""
    found = {"nothing is there before": nothing_left() and not left_behind()["operators"]}
    bpy.ops.extensions.package_install_files(
        filepath=str(archive), repo="user_default", enable_on_install=True
    )
    found["is enabled"] = addons.check(MODULE)[1]
    for turn in ("first", "second"):
        addons.disable(MODULE, default_set=True)
        found[f"leaves nothing, {turn} time"] = nothing_left()
        addons.enable(MODULE, default_set=True)
        found[f"is back, {turn} time"] = hasattr(bpy.types.Scene, "worldreel")
    return found


def work(folder: Path) -> dict[str, bool]:
    """Make, move, re-simulate and verify."""
    import pipeline

    profile = Path(bpy.utils.user_resource("EXTENSIONS"))
    found = {"its own wheel is used": Path(pipeline.__file__).is_relative_to(profile)}
    bpy.context.preferences.addons[MODULE].preferences.reader = "RULES"
    run = folder / "run"
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "scene.blend"))
    # As the manual has it: the run lies beside the .blend.
    bpy.ops.worldreel.make(prompt=SENTENCE, seed=3, duration=1.5, out="//run")
    scene = bpy.context.scene
    found["make: it holds"] = _certificate(run) == "held"
    found["make: it moves"] = scene.objects["ball#1"].animation_data is not None
    table, ball = scene.objects["table#1"], scene.objects["ball#1"]
    scene.frame_set(0)
    for thing in (table, ball):
        thing.location.x += STEP_M
    began = table.location.x, ball.location.x
    height = ball.location.z
    bpy.ops.worldreel.simulate()
    bpy.ops.wm.save_mainfile()
    bpy.ops.wm.open_mainfile(filepath=str(folder / "scene.blend"))
    bpy.ops.worldreel.verify()
    scene = bpy.context.scene
    scene.frame_set(0)
    table, ball = scene.objects["table#1"], scene.objects["ball#1"]
    now = table.location.x, ball.location.x
    found["re-simulate: obeys"] = all(abs(a - b) < CLOSE_M for a, b in zip(began, now, strict=True))
    scene.frame_set(scene.frame_end)
    found["re-simulate: falls"] = ball.location.z < height - STEP_M / 10
    found["re-simulate: it holds"] = _certificate(run) == "held"
    found["outcomes are ticked"] = bool(scene.worldreel.claims) and "held" in {
        claim.status for claim in scene.worldreel.claims
    }
    bpy.ops.worldreel.remove()
    found["remove: nothing stays"] = "ball#1" not in bpy.context.scene.objects
    addons.disable(MODULE, default_set=True)
    found["leaves nothing after work"] = nothing_left()
    return found


def _certificate(run: Path) -> str:
    return str(json.loads((run / "report.json").read_text(encoding="utf-8"))["certificate"])


def main() -> int:
    """Do it all, and print what was found.

    Returns:
        0 if everything is as it should be.
    """
    archive, folder = Path(sys.argv[-2]), Path(sys.argv[-1])
    found = {**install(archive), **work(folder)}
    told = {"blender": bpy.app.version_string, "found": found}
    sys.stdout.write(f"\n{json.dumps(told)}\n")
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
