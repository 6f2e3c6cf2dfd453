"""The gallery's films, made or made again: `python benchmarks/gallery.py`.

Reads `benchmarks/gallery.toml`. Each film gets a run folder below `--out`; a run that was begun
goes on. Finished films are put into `--docs` as NAME.mp4, NAME.jpg and a line of README.md; a
picture made with `--stills`, larger and with more samples, is not replaced by the film's frame.

    python benchmarks/gallery.py --storyboards --only kitchen,park    # seconds each; no film
    python benchmarks/gallery.py --stills --out runs/stills --size 960x540 --samples 32
    python benchmarks/gallery.py --jobs 4                             # everything
    python benchmarks/gallery.py --page                               # README.md of what is there
"""

import argparse
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.command_line.progress import progress_on_stderr
from pipeline.encode.mp4 import yuv420p_from_srgb
from pipeline.film import Film
from pipeline.publish import publish
from pipeline.run import open_film
from pipeline.run_folder.documents import DamagedError, read_document
from pipeline.settings import Options
from pipeline.steps.verify import REPORT, judge_so_far
from pipeline.verify.report import FAILED, Report
from render.stylize.plain import printed, shot_exposure_stops

LIST = Path(__file__).with_suffix(".toml")
DOCS = Path(__file__).parent.parent / "docs" / "gallery"
OUT = Path("runs") / "gallery"
FILM_BYTES, PICTURE_BYTES = 500_000, 120_000
"""Most that a film and a picture in the documentation may weigh."""

SHEETS = {
    "compare.jpg": "The look that was aimed at, and ours",
    "nouns.jpg": "Two hundred everyday things",
}
"""Pictures that the page shows after the films."""

CRFS = range(20, 45, 2)
"""Constant qualities that are tried, the best first."""

JPEG_QUALITIES = range(90, 30, -5)
STILL_WIDTH_PX, CAPTION_PX = 960, 36


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One film of the gallery.

    Attributes:
        name: What its files are called.
        prompt: Its words.
        still_secs: Which moment stands for it [s].
        options: Settings of its run, by the names of the command line.
    """

    name: str
    prompt: str
    still_secs: float
    options: dict[str, Any]


def entries_of(path: Path, only: Sequence[str]) -> list[Entry]:
    """Return the films that a list names, or some of them by name, in the list's order.

    Raises:
        SystemExit: If a name is not on the list.
    """
    document = tomllib.loads(path.read_text())
    known = {field.name for field in fields(Options)}
    entries = [
        Entry(
            name=film["name"], prompt=film["prompt"], still_secs=film["still_secs"],
            options=document.get("all", {}) | {k: v for k, v in film.items() if k in known},
        )
        for film in document["film"]
    ]  # fmt: skip
    names = [entry.name for entry in entries]
    strange = [name for name in only if name not in names]
    if strange:
        raise SystemExit(f"{', '.join(strange)}: not in {path}; it has {', '.join(names)}")
    return [entry for entry in entries if not only or entry.name in only]


def make(entry: Entry, options: Options, args: argparse.Namespace) -> None:
    """Make one film as far as it is wanted, and say what is true of it."""
    run = args.out / entry.name
    with open_film(entry.prompt, options, out=run, progress=progress_on_stderr()) as film:
        if args.storyboards:
            _tell(entry, judge_so_far(film.cache, film.reading, film.shot), film.storyboard)
            return
        args.docs.mkdir(parents=True, exist_ok=True)
        picture = args.docs / f"{entry.name}.jpg"
        if args.stills:
            save_jpeg(picture, _still(entry, film))
            _tell(entry, judge_so_far(film.cache, film.reading, film.shot), picture)
            return
        page = publish(film) if film.film else None
        number = min(int(entry.still_secs * film.stage.timeline.fps), len(film.pictures) - 1)
        if _width(picture) <= film.shot.track.lens.size_px[0]:
            frame = next(islice(iter(film.pictures), number, None))
            save_jpeg(picture, Image.fromarray(frame))
        save_small(args.docs / f"{entry.name}.mp4", film)
        _tell(entry, film.report, page)


def _width(path: Path) -> int:
    """Return how wide a picture is [px]; 0 if there is none."""
    if not path.exists():
        return 0
    with Image.open(path) as picture:
        return picture.width


def _still(entry: Entry, film: Film) -> Image.Image:
    """Render the one frame that stands for a film."""
    shot = film.shot
    number = int(np.abs(shot.trajectory.times - entry.still_secs).argmin())
    frames = range(number, number + 1)
    [frame] = film.parts.renderer.render(shot.stage, shot.trajectory, shot.track, frames=frames)
    stops = shot_exposure_stops(shot.stage, frame)
    return Image.fromarray(printed(frame.rgb, stops))


def _tell(entry: Entry, report: Report, where: object) -> None:
    sys.stdout.write(f"{entry.name}: {report.summary} ({where})\n")
    for claim in report.claims:
        if claim.status == FAILED:
            sys.stdout.write(f"  failed: {claim.text}: {claim.evidence}\n")
    sys.stdout.flush()


def save_jpeg(path: Path, picture: Image.Image) -> None:
    """Write a picture as JPEG, as good as fits into `PICTURE_BYTES`."""
    height = round(picture.height * STILL_WIDTH_PX / picture.width)
    if picture.width > STILL_WIDTH_PX:
        picture = picture.resize((STILL_WIDTH_PX, height), Image.Resampling.LANCZOS)
    data = BytesIO()
    for quality in JPEG_QUALITIES:
        data = BytesIO()
        picture.save(data, format="JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= PICTURE_BYTES:
            break
    path.write_bytes(data.getvalue())


def save_small(path: Path, film: Film) -> None:
    """Write a film as H.264, as good as fits into `FILM_BYTES`, with its own tags.

    Raises:
        SystemExit: If no quality fits.
    """
    with av.open(str(film.film)) as made:
        tags = dict(made.metadata)
    # A file, since moving the index to its front reads what was written.
    attempt = path.with_name(f".{path.name}.part")
    for crf in CRFS:
        _encode(attempt, film.pictures, film, tags, crf)
        if attempt.stat().st_size <= FILM_BYTES:
            attempt.replace(path)
            return
    attempt.unlink()
    raise SystemExit(f"{path.name} does not fit into {FILM_BYTES} bytes; give a smaller --size")


def compare(target: Path, ours: Path, path: Path) -> None:
    """Put two pictures side by side, each `STILL_WIDTH_PX` wide, with a word below each."""
    page = Image.new("RGB", (2 * STILL_WIDTH_PX, STILL_WIDTH_PX * 9 // 16 + CAPTION_PX), "black")
    drawing, font = ImageDraw.Draw(page), ImageFont.load_default(20)
    for k, (source, word) in enumerate(((target, "target"), (ours, "worldreel"))):
        with Image.open(source) as picture:
            size = (STILL_WIDTH_PX, page.height - CAPTION_PX)
            shown = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        left = k * STILL_WIDTH_PX
        page.paste(shown, (left, 0))
        middle = (left + STILL_WIDTH_PX // 2, page.height - CAPTION_PX // 2)
        drawing.text(middle, word, font=font, anchor="mm")
    page.save(path, quality=94, optimize=True)


def _encode(
    path: Path, pictures: Iterable[Any], film: Film, tags: dict[str, str], crf: int
) -> None:
    fps = film.stage.timeline.fps
    options = {"movflags": "+faststart"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        container.metadata.update(tags)
        stream: Any = None
        for k, picture in enumerate(pictures):
            if stream is None:
                stream = container.add_stream("libx264", rate=fps)
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt, stream.time_base = "yuv420p", 1 / fps
                stream.options = {"crf": str(crf), "preset": "slow", "tune": "film"}
            frame = av.VideoFrame.from_ndarray(yuv420p_from_srgb(picture), format="yuv420p")
            frame.pts, frame.time_base = k, 1 / fps
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def page_of(entries: Sequence[Entry], out: Path, docs: Path) -> str:
    """Return the gallery's page: every film that is there, its words and what its report says."""
    lines = [
        "# Gallery",
        "",
        "Twelve places, twelve films. Each was made from nothing but the sentence above it:",
        "`python benchmarks/gallery.py` makes them all again, `--only NAME` makes one. Click a",
        "picture for the film. What was claimed of each film and what held stands below it.",
    ]
    for entry in entries:
        lines += ["", f"## {entry.name.capitalize()}", "", f"> {entry.prompt}"]
        if (docs / f"{entry.name}.jpg").exists():
            lines += ["", f"[![{entry.name}]({entry.name}.jpg)]({entry.name}.mp4)"]
            lines += ["", _verdict(out / entry.name)]
        lines += ["", f"    {_command(entry)}"]
    for name, words in SHEETS.items():
        if (docs / name).exists():
            lines += ["", f"## {words}", "", f"![{words}]({name})"]
    return "\n".join(lines) + "\n"


def _verdict(run: Path) -> str:
    try:
        report = read_document(run / REPORT, Report)
    except (DamagedError, OSError):
        return "The report of this film is not here."
    failed = [f"{one.text} ({one.evidence})" for one in report.claims if one.status == FAILED]
    promised = [one.text for one in report.claims if one.kind == "outcome"]
    shown = f" It shows: {'; '.join(promised)}." if promised else ""
    wrong = f" Failed: {'; '.join(failed)}." if failed else ""
    return f"{report.summary.capitalize()}.{shown}{wrong}"


def _command(entry: Entry) -> str:
    flags = " ".join(f"--{name} {value}" for name, value in entry.options.items())
    return f'worldreel make "{entry.prompt}" {flags}'


def main() -> None:
    """Make what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Raw)
    parser.add_argument("--list", type=Path, default=LIST, help="which films (gallery.toml)")
    parser.add_argument("--only", default="", help="names, with commas between them")
    parser.add_argument("--out", type=Path, default=OUT, help="where the run folders go")
    parser.add_argument("--docs", type=Path, default=DOCS, help="where finished films go")
    parser.add_argument("--storyboards", action="store_true", help="six frames each, no film")
    parser.add_argument("--stills", action="store_true", help="one frame each, no film")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("TARGET", "OURS"),
                        help="only write compare.jpg of two pictures")  # fmt: skip
    parser.add_argument("--page", action="store_true", help="only write README.md")
    for name, of in (("size", str), ("samples", int), ("preset", str), ("jobs", int)):
        parser.add_argument(f"--{name}", type=of, help="as in worldreel make, instead of the list")
    args = parser.parse_args()
    if args.compare:
        compare(*args.compare, args.docs / "compare.jpg")
        return
    entries = entries_of(args.list, [name for name in args.only.split(",") if name])
    given = {k: getattr(args, k) for k in ("size", "samples", "preset", "jobs") if getattr(args, k)}
    for entry in [] if args.page else entries:
        make(entry, Options(**(entry.options | given)), args)
    if not (args.storyboards or args.stills):
        page = page_of(entries_of(args.list, []), args.out, args.docs)
        (args.docs / "README.md").write_text(page)


_Raw = argparse.RawDescriptionHelpFormatter


if __name__ == "__main__":
    main()
