"""Every example in every export form: `python benchmarks/exports.py --out runs/exports`.

Makes the gallery's films (benchmarks/gallery.toml), those of examples/ and one of twenty things and
240 frames as far as their motion, exports each as USDZ, GLB, web page, film for two eyes and
.blend, holds every file against its checker (`worldreel verify FILE`), and reads every pose back:
of USDZ by lightusd, of GLB by a reader of its own, of .blend by Blender in another process. Where
`npm install gltf-validator` was run, Khronos' validator judges GLB files and what pages play. The
film for two eyes is small, of every eighth frame and by the renderer `flat`: its structure is what
is looked at. Times are those of the processor, for two cores shared with other work; baking, which
the first export of a film does, is not in them.

A run that lies in the folder is taken as it is; an export that was judged is not made again. What
came of it is written to benchmarks/exports.md.

    python benchmarks/exports.py --only kitchen,park --forms usdz,glb
    python benchmarks/exports.py --page                              # only the table
"""

import argparse
import json
import multiprocessing
import shutil
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exports_read import (
    blend_poses,
    farthest_m,
    glb_of_page,
    glb_poses,
    glb_triangles,
    usdz_poses,
    usdz_triangles,
    validated,
    validation_of,
)
from gallery import LIST, entries_of

from pipeline.command_line.progress import progress_on_stderr
from pipeline.export.selection import select
from pipeline.export.usd.scene import prim_names
from pipeline.plugins import create
from pipeline.run import open_film
from pipeline.run_folder.documents import read_scene
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.motion_files import write_track, write_trajectory
from pipeline.run_folder.stage_file import write_stage
from pipeline.settings import Options
from pipeline.stored import take_as_stored
from pipeline.verify.files import findings_in
from render.camera_track import CameraTrack
from render.shot import Shot
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import SceneGraph

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGE = Path(__file__).with_suffix(".md")
FORMS = {
    "usdz": "film.usdz", "glb": "film.glb", "html": "film.html", "spatial": "film_spatial.mov",
    "blend": "film.blend",
}  # fmt: skip
GLTF = ("glb", "html")
BAKED = ("usdz", "glb", "html")
"""Forms that are made once more, and timed, when everything is baked."""
EYE_PX, EYE_EVERY = (128, 72), 8
"""Size of the films for two eyes, and every which frame is in them."""
TWENTY = (
    "apple", "pear", "orange", "lemon", "cup", "bowl", "bottle", "vase", "book", "candle", "box",
    "ball", "plate", "jar", "mug", "can", "dice", "basket", "pot", "lamp",
)  # fmt: skip
HEAVY = "twenty things"


@dataclass(frozen=True, kw_only=True)
class Film:
    """One film: its name, what it is made of, and the settings of its run."""

    name: str
    source: str | SceneGraph
    options: dict[str, Any]


def films() -> list[Film]:
    """Return all of them."""
    listed = [Film(name=e.name, source=e.prompt, options=e.options) for e in entries_of(LIST, [])]
    for path in sorted(EXAMPLES.glob("*.scene.json")):
        name = path.name.partition(".")[0]
        listed.append(Film(name=name, source=read_scene(path), options={"preset": "draft"}))
    things = [{"id": noun, "noun": noun} for noun in TWENTY]
    falling = [{"actor": noun, "verb": "fall"} for noun in TWENTY]
    document = {
        "schema": "worldreel.scene/1",
        "title": HEAVY,
        "entities": things,
        "actions": falling,
    }
    graph = SceneGraph.model_validate(document)
    return [*listed, Film(name=HEAVY, source=graph, options={"preset": "draft", "duration": 10.0})]


def judge(film: Film, out: Path, forms: list[str]) -> None:
    """Make what is missing of one film, in a process of its own: Blender keeps what it has seen."""
    run = out / film.name
    with open_film(
        film.source, Options(**film.options), out=run, progress=progress_on_stderr()
    ) as it:
        take_as_stored(it)
        shot = it.shot
    book = run / "exports.json"
    told = json.loads(book.read_text()) if book.is_file() else {}
    for form in forms:
        if form in told and "error" not in told[form]:
            continue
        try:
            told[form] = exported(form, run, shot)
        except WorldreelError as error:
            told[form] = {"error": str(error)}
        told["film"] = {"bodies": len(shot.stage.bodies), "frames": shot.trajectory.frame_count}
        book.write_text(json.dumps(told, indent=1))
        sys.stdout.write(f"{film.name} {form}: {json.dumps(told[form])}\n")
        sys.stdout.flush()


def exported(form: str, run: Path, shot: Shot) -> dict[str, Any]:
    """Export one form, and return what is true of it."""
    source = small_run(run, shot) if form == "spatial" else run
    path = source / "export" / FORMS[form]
    exporter = create("exporter", form)
    if form in BAKED:
        exporter.export(source, path)
    start = time.process_time()
    exporter.export(source, path)
    secs = round(time.process_time() - start, 2)
    findings = findings_in(path)
    told = {
        "bytes": path.stat().st_size,
        "secs": secs,
        "failed": [f.text for f in findings if f.failed],
        "warned": [f.text for f in findings if not f.failed],
    }
    return told | read_back(form, path, shot)


def read_back(form: str, path: Path, shot: Shot) -> dict[str, Any]:
    """Return what other readers find in a file: triangles, and how far bodies are off [m]."""
    frames, times = shot.trajectory.frame_count, shot.trajectory.times
    if form == "usdz":
        chosen = select(shot, surroundings=False, live=False).bodies
        poses = usdz_poses(path, prim_names(chosen), frames)
        told = {"triangles": usdz_triangles(path), "named": len(poses)}
        return told | {"off_m": farthest_m(poses, shot, y_up=True)}
    if form in GLTF:
        content = path.read_bytes() if form == "glb" else glb_of_page(path)
        off = farthest_m(glb_poses(content, times - times[0]), shot, y_up=True)
        return {"triangles": glb_triangles(content), "off_m": off} | validated(path)
    if form == "blend":
        return {"off_m": farthest_m(blend_poses(path), shot, y_up=False)}
    return {}


def small_run(run: Path, shot: Shot) -> Path:
    """Return a run of the same motion with small frames, by the renderer `flat`."""
    folder = RunFolder(run / "small")
    small = thinned(shot)
    if not (folder / "track.npz").is_file():
        folder.path.mkdir(exist_ok=True)
        for name in ("scene.json", "reading.json"):
            (folder / name).write_bytes((run / name).read_bytes())
        for name in ("meshes", "textures"):
            if (run / name).is_dir():
                shutil.copytree(run / name, folder / name, dirs_exist_ok=True)
        write_stage(folder / "stage.json", small.stage)
        write_trajectory(folder / "trajectory.npz", small.trajectory)
        write_track(folder / "track.npz", small.track)
    size = "{}x{}".format(*EYE_PX)
    options = Options(renderer="flat", size=size, jobs=1)
    with open_film(folder.path, options, out=None, progress=progress_on_stderr()) as film:
        take_as_stored(film)
        _ = film.frames
    return folder.path


def thinned(shot: Shot) -> Shot:
    """Return a shot of fewer and smaller frames."""
    chosen = slice(None, None, EYE_EVERY)
    motion, track, timeline = shot.trajectory, shot.track, shot.stage.timeline
    per_frame = {
        name: getattr(motion, name)[chosen]
        for name in (
            "times", "positions", "wxyz", "linear_velocities", "angular_velocities", "present",
            "penetration_m",
        )
    }  # fmt: skip
    deform = {body_id: forms[chosen] for body_id, forms in motion.deform.items()}
    fewer = replace(
        timeline, frame_count=len(per_frame["times"]), fps=timeline.fps / EYE_EVERY,
        substeps=timeline.substeps * EYE_EVERY,
    )  # fmt: skip
    return Shot(
        stage=replace(shot.stage, timeline=fewer),
        trajectory=replace(motion, **per_frame, deform=deform),
        track=CameraTrack(
            positions=track.positions[chosen],
            wxyz=track.wxyz[chosen],
            lens=replace(track.lens, size_px=EYE_PX),
        ),
    )


def page(out: Path) -> str:
    """Return the table of all films that were judged."""
    books = {film.name: out / film.name / "exports.json" for film in films()}
    told = {name: json.loads(book.read_text()) for name, book in books.items() if book.is_file()}
    lines = [
        "# Every example in every export form",
        "",
        f"By `python benchmarks/exports.py`, {len(told)} of {len(books)} films so far: size and",
        "processor time of each form without baking, what its checker says, and how far any corner",
        "of any body is off at any frame, by the worst of its readers. Films for two eyes are of",
        "every eighth frame, 128x72.",
        *validation_of([one[form] for one in told.values() for form in GLTF if form in one]),
        "",
        "| film | bodies | frames | triangles | " + " | ".join(FORMS) + " | findings | off |",
        "|---|" + "---|" * (len(FORMS) + 5),
    ]
    lines += [_row(name, one) for name, one in told.items()]
    warned = {
        f"- {name}, {form}: {text}"
        for name, one in told.items()
        for form in FORMS
        for text in [*one.get(form, {}).get("warned", []), *one.get(form, {}).get("failed", [])]
    }
    lines += ["", "What the checkers say:", "", *sorted(warned)] if warned else []
    return "\n".join(lines) + "\n"


def _row(name: str, told: dict[str, Any]) -> str:
    made = {form: told[form] for form in FORMS if form in told}
    cells = [name, str(told["film"]["bodies"]), str(told["film"]["frames"])]
    cells.append(f"{made.get('usdz', {}).get('triangles', 0):,}".replace(",", " "))
    cells += [_cell(made.get(form)) for form in FORMS]
    failed = sum(len(one.get("failed", [])) + ("error" in one) for one in made.values())
    warned = sum(len(one.get("warned", [])) for one in made.values())
    cells.append(f"{failed} failed, {warned} warnings")
    off = [one["off_m"] for one in made.values() if "off_m" in one]
    cells.append(f"{1e6 * max(off):.2g} µm" if off else "")
    return f"| {' | '.join(cells)} |"


def _cell(one: dict[str, Any] | None) -> str:
    if one is None:
        return ""
    if "error" in one:
        return "refused"
    size = one["bytes"]
    shown = f"{size / 1e6:.1f} MB" if size > 1e5 else f"{size / 1e3:.0f} kB"  # noqa: PLR2004
    return f"{shown}, {one['secs']:.1f} s"


def main() -> None:
    """Judge what is asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--out", type=Path, default=Path("runs") / "exports", help="run folders")
    parser.add_argument("--only", default="", help="names, with commas between them")
    parser.add_argument("--forms", default=",".join(FORMS), help="forms, with commas between them")
    parser.add_argument("--page", action="store_true", help="only write the table")
    args = parser.parse_args()
    only, forms = ([name for name in text.split(",") if name] for text in (args.only, args.forms))
    known = [film.name for film in films()]
    strange = (set(only) - set(known)) | (set(forms) - set(FORMS))
    if strange:
        raise SystemExit(f"{sorted(strange)}: not of {known}, or of {list(FORMS)}")
    for film in films():
        if args.page or (only and film.name not in only):
            continue
        worker = multiprocessing.get_context("spawn").Process(
            target=judge, args=(film, args.out, forms)
        )
        worker.start()
        worker.join()
    PAGE.write_text(page(args.out))


if __name__ == "__main__":
    main()
