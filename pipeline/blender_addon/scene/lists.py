"""The scene graph as lists that can be edited in the panel, and back."""

import json
from pathlib import Path
from typing import Any

import bpy

from pipeline.blender_addon.scene.properties import NONE
from pipeline.run_folder.documents import parsed, read_document, read_scene
from pipeline.steps.read import SCENE
from pipeline.steps.verify import REPORT
from pipeline.verify.report import Report
from scene_builder.model.graph import SceneGraph


def show_graph(known: bpy.types.PropertyGroup, graph: SceneGraph) -> None:
    """Fill a scene's lists with a graph.

    Args:
        known: The scene's `worldreel` properties.
        graph: What the words say.
    """
    _fill(known.entities, [
        {"id": e.id, "noun": e.noun, "count": e.count, "color": e.color or "",
         "material": e.material or "", "size": "" if e.size is None else str(e.size),
         "mass_kg": e.mass_kg or 0.0}
        for e in graph.entities
    ])  # fmt: skip
    _fill(known.relations, [
        {"subject": r.subject, "predicate": r.predicate, "object": " ".join(r.object)}
        for r in graph.relations
    ])  # fmt: skip
    _fill(known.actions, [
        {"actor": a.actor, "verb": a.verb, "target": a.target or "",
         "direction": a.direction or NONE, "speed": "" if a.speed is None else str(a.speed)}
        for a in graph.actions
    ])  # fmt: skip
    _fill(known.outcomes, [
        {"predicate": o.predicate, "subject": o.subject, "object": o.object or "",
         "count": -1 if o.count is None else o.count, "negated": o.negated}
        for o in graph.outcomes
    ])  # fmt: skip


def listed_graph(known: bpy.types.PropertyGroup, graph: SceneGraph) -> SceneGraph:
    """Return a graph with what a scene's lists say; what they do not show stays as it is.

    Args:
        known: The scene's `worldreel` properties.
        graph: The graph that they were filled with.

    Raises:
        SceneError: If a field is wrong; the message names it and what is allowed.
    """
    document = json.loads(graph.model_dump_json(by_alias=True))
    for name, plain in (
        ("entities", _entity), ("relations", _relation), ("actions", _action),
        ("outcomes", _outcome),
    ):  # fmt: skip
        before: list[dict[str, Any]] = document[name]
        rows = [plain(row) for row in getattr(known, name)]
        document[name] = [
            {**(before[k] if k < len(before) else {}), **row} for k, row in enumerate(rows)
        ]
    return parsed(document, SceneGraph, where="the panel's lists")


def show_results(known: bpy.types.PropertyGroup, run: Path) -> None:
    """Fill a scene's lists from its run: the graph, and the report if there is one."""
    known.claims.clear()
    known.summary = ""
    if (run / SCENE).exists():
        show_graph(known, read_scene(run / SCENE))
    if not (run / REPORT).exists():
        return
    report = read_document(run / REPORT, Report)
    rows = [
        {"kind": c.kind, "text": c.text, "status": c.status, "evidence": c.evidence}
        for c in report.claims
    ]
    _fill(known.claims, rows)
    known.summary = report.summary
    told = {claim.source: claim.status for claim in report.claims}
    for k, outcome in enumerate(known.outcomes):
        outcome.status = told.get(f"outcomes.{k}", "")


def _fill(rows: "bpy.types.bpy_prop_collection", values: list[dict[str, Any]]) -> None:
    rows.clear()
    for value in values:
        row = rows.add()
        row.name = str(value.get("id") or value.get("text") or "")
        for name, content in value.items():
            setattr(row, name, content)


def _entity(row: bpy.types.PropertyGroup) -> dict[str, Any]:
    return {
        "id": row.id, "noun": row.noun, "count": row.count, "color": row.color or None,
        "material": row.material or None, "size": _word_or_number(row.size),
        "mass_kg": float(f"{row.mass_kg:.7g}") or None,
    }  # fmt: skip


def _relation(row: bpy.types.PropertyGroup) -> dict[str, Any]:
    return {"subject": row.subject, "predicate": row.predicate, "object": row.object.split()}


def _action(row: bpy.types.PropertyGroup) -> dict[str, Any]:
    direction = None if row.direction == NONE else row.direction
    return {"actor": row.actor, "verb": row.verb, "target": row.target or None,
            "direction": direction, "speed": _word_or_number(row.speed)}  # fmt: skip


def _outcome(row: bpy.types.PropertyGroup) -> dict[str, Any]:
    return {"predicate": row.predicate, "subject": row.subject, "object": row.object or None,
            "count": None if row.count < 0 else row.count, "negated": row.negated}  # fmt: skip


def _word_or_number(text: str) -> str | float | None:
    try:
        return float(text)
    except ValueError:
        return text or None
