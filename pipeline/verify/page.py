"""report.html: one file that shows the film and whether it is true, with nothing outside of it."""

import base64
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.manifest import Manifest
from pipeline.run_folder.folder import RunFolder
from pipeline.scene_page.page import playing_policy
from pipeline.verify.diagram import diagram_svg
from pipeline.verify.drawn.plots import plots_of
from pipeline.verify.drawn.thumbnails import BOARD_WIDTH_PX, embedded_jpeg, thumbnail
from pipeline.verify.outcomes import outcome_text
from pipeline.verify.report import FAILED, HELD, NOT_JUDGED, Claim, Figure, Report
from pipeline.verify.viewer import viewer_section
from render.shot import Shot
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading

MAX_EMBEDDED_BYTES = 1536 * 1024
"""A larger film is linked, not embedded: a report can be sent by mail."""

KIND_TITLES = {
    "outcome": "What happens", "action": "What is done", "relation": "How things stand",
    "noun": "What things are", "count": "How many there are", "color": "Colours",
    "nature": "Sizes, masses, materials", "setting": "Where it happens",
    "camera": "What the camera does", "framing": "What the camera shows",
    "look": "What the look leaves to be seen",
}  # fmt: skip
POSTER_WIDTH_PX = 960
_TEMPLATE = "page.html"


def page_text(
    folder: RunFolder, manifest: Manifest, reading: Reading, shot: Shot, report: Report
) -> str:
    """Return the page as text; all that it shows is inside of it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("pipeline.verify", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(
        title=reading.graph.title or reading.graph.prompt or "A film by worldreel",
        prompt=_marked(reading),
        facts=_facts(manifest, shot),
        film=_film(folder),
        viewer=Markup(viewer_section(folder.path)),
        playing=Markup(playing_policy()),
        poster=embedded_jpeg(_poster(folder), POSTER_WIDTH_PX),
        storyboard=embedded_jpeg(folder / "storyboard.png", BOARD_WIDTH_PX),
        report=report,
        thumbnails=_thumbnails(folder, shot, report),
        laws=_laws(report),
        motion=[figure for figure in report.figures if not figure.name.startswith("style_")],
        drift=[(f, _measured(f)) for f in report.figures if f.name.startswith("style_")],
        plots=plots_of(shot.stage, shot.trajectory),
        held=HELD, failed=FAILED, not_judged=NOT_JUDGED,
        groups=_groups(report),
        diagram=diagram_svg(reading.graph),
        entities=[_entity_text(reading.graph, k) for k in range(len(reading.graph.entities))],
        sentences=_sentences(reading.graph),
        graph_json=reading.graph.model_dump_json(indent=2, by_alias=True, exclude_defaults=True),
        remarks=_remarks(manifest, reading),
        steps=_steps(manifest),
        credits=_credits(manifest),
        versions=manifest.versions,
    )  # fmt: skip


def _marked(reading: Reading) -> list[tuple[str, str]]:
    """Return the prompt in pieces, each with the field of the graph that it says, or ""."""
    prompt, end = reading.graph.prompt, 0
    pieces: list[tuple[str, str]] = []
    for span in sorted(reading.spans, key=lambda span: (span.start, -span.end)):
        if end <= span.start < span.end <= len(prompt):
            pieces += [(prompt[end : span.start], ""), (prompt[span.start : span.end], span.path)]
            end = span.end
    return [(text, path) for text, path in [*pieces, (prompt[end:], "")] if text]


def _film(folder: RunFolder) -> str:
    path = folder / "film.mp4"
    if not path.exists():
        return ""
    if path.stat().st_size <= MAX_EMBEDDED_BYTES:
        return _embedded(path, "video/mp4")
    return path.name


def _poster(folder: RunFolder) -> Path:
    pictures = sorted(folder.styled.glob("frame_*.png"))
    return pictures[len(pictures) // 2] if pictures else folder / "storyboard.png"


def _embedded(path: Path, kind: str) -> str:
    if not path.exists():
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _facts(manifest: Manifest, shot: Shot) -> list[tuple[str, str]]:
    timeline = shot.stage.timeline
    facts = [
        ("length", f"{timeline.duration_secs:.3g} s"),
        ("frames", f"{timeline.frame_count} at {float(timeline.fps):.5g} fps"),
        ("size", "×".join(map(str, shot.track.lens.size_px))),
        ("seed", str(manifest.seed)),
    ]
    names = ["preset", "samples", "renderer", "simulator", "style"]
    names += ["reader"] if manifest.from_words else []
    settings = manifest.settings
    return facts + [(name, str(settings[name])) for name in names if settings.get(name) is not None]


def _thumbnails(folder: RunFolder, shot: Shot, report: Report) -> dict[float, str]:
    """Return a small picture for each moment at which a claim came true."""
    moments = {claim.time_secs for claim in report.claims if claim.time_secs is not None}
    frame_at = shot.stage.timeline.frame_at
    pictures = {time: thumbnail(folder.styled, frame_at(time)) for time in moments}
    return {time: picture for time, picture in pictures.items() if picture}


def _laws(report: Report) -> list[tuple[Claim, Figure | None]]:
    """Return the claim of each law, with the figure that used up most of what is allowed."""
    found: list[tuple[Claim, Figure | None]] = []
    for claim in report.claims:
        if claim.kind != "physics":
            continue
        law = claim.source.removeprefix("physics.").replace("_", " ")
        rows = [f for f in report.figures if f.name.startswith(f"{law}: ") and f.covered]
        worst = max(rows, key=_used, default=None)
        found.append((claim, worst))
    return found


def _measured(figure: Figure) -> tuple[str, str]:
    """Return what was measured and what is allowed, as a person reads it."""
    told = [("–" if value is None else f"{value:.3g} {figure.unit}".strip())
            for value in (figure.value, figure.limit)]  # fmt: skip
    return told[0], told[1]


def _used(figure: Figure) -> float:
    return (figure.value or 0.0) / figure.limit if figure.limit else 0.0


def _groups(report: Report) -> list[tuple[str, list[Any]]]:
    return [
        (title, [claim for claim in report.claims if claim.kind == kind])
        for kind, title in KIND_TITLES.items()
        if any(claim.kind == kind for claim in report.claims)
    ]


def _entity_text(graph: SceneGraph, k: int) -> str:
    entity = graph.entities[k]
    size = f"{entity.size:g} m" if isinstance(entity.size, int | float) else entity.size
    words = [size, entity.color, entity.material, entity.noun]
    mass = f" ({entity.mass_kg:g} kg)" if entity.mass_kg else ""
    return f"{entity.count} × {' '.join(word for word in words if word)}{mass}"


def _sentences(graph: SceneGraph) -> dict[str, list[str]]:
    relations = [
        f"{r.subject} {r.predicate.replace('_', ' ')} {' and '.join(r.object)}".strip()
        for r in graph.relations
    ]
    actions = [
        " ".join(
            str(word).replace("_", " ")
            for word in (a.actor, a.verb, a.speed, a.direction, a.target and f"→ {a.target}")
            if word is not None
        )
        for a in graph.actions
    ]
    return {
        "relations": relations,
        "actions": actions,
        "outcomes": [outcome_text(outcome) for outcome in graph.outcomes],
    }


def _remarks(manifest: Manifest, reading: Reading) -> list[tuple[str, list[str]]]:
    notes = [f"{name}: {text}" for name, step in manifest.steps.items() for text in step.notes]
    repairs = [f"{name}: {text}" for name, step in manifest.steps.items() for text in step.repairs]
    remarks = [
        ("What the words ask for and worldreel does not do", list(reading.not_served)),
        ("What was chosen", notes),
        ("What was mended", repairs),
    ]
    return [(title, texts) for title, texts in remarks if texts]


def _steps(manifest: Manifest) -> list[tuple[str, float, float]]:
    finished = {name: step.seconds for name, step in manifest.steps.items() if step.finished}
    longest = max(finished.values(), default=0.0) or 1.0
    return [(name, seconds, 100 * seconds / longest) for name, seconds in finished.items()]


def _credits(manifest: Manifest) -> list[tuple[str, str, str, str, int]]:
    counts = Counter(
        (entry.name, entry.author, entry.licence, entry.licence_url) for entry in manifest.licences
    )
    return [
        (name, author, licence, url if url.startswith("https://") else "", count)
        for (name, author, licence, url), count in counts.items()
    ]
