"""Words, or a scene graph that somebody wrote, become a reading: reading.json, scene.json."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.cache import Done, Step
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import (
    evidence_text,
    parsed,
    read_reading,
    read_scene,
    scene_text,
)
from pipeline.run_folder.folder import RunFolder
from scene_builder.language.reader import Reader
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage

EVIDENCE, SCENE = "reading.json", "scene.json"
SCHEMA = "worldreel.scene/1"


def read(source: str | SceneGraph, reader: Reader | None) -> Done[Reading]:
    """Understand words; a scene graph is taken at its word.

    Raises:
        PromptError: If the words hold nothing that can be filmed.
    """
    if isinstance(source, SceneGraph):
        return Done(Reading(graph=source, reader=SCENE))
    from scene_builder.build.staging.pouring import told_in_grains

    assert reader is not None
    reading = told_in_grains(reader.read(source))
    return Done(reading, notes=reading.assumptions, repairs=reading.repairs)


def graph_of(stage: Stage) -> SceneGraph:
    """Return a graph that names what is on a stage, for stages that came without words."""
    things = [body for body in stage.bodies if body.mobility != "static" or body.entity]
    counts = Counter(body.entity or body.id.partition("#")[0] for body in things)
    nouns = {body.entity or body.id.partition("#")[0]: body.noun for body in things}
    if not counts:
        raise SceneError("the stage holds nothing that moves and nothing that words could name")
    entities = [{"id": k, "noun": nouns[k].lower(), "count": n} for k, n in counts.items()]
    return parsed(
        {"schema": SCHEMA, "entities": entities}, SceneGraph, where="a graph of the stage"
    )


def _save(folder: RunFolder, reading: Reading) -> Sequence[Path]:
    write_text(folder / SCENE, scene_text(reading.graph))
    write_text(folder / EVIDENCE, evidence_text(reading))
    return folder / SCENE, folder / EVIDENCE


def _load(folder: RunFolder) -> Reading:
    if not (folder / EVIDENCE).exists():
        return Reading(graph=read_scene(folder / SCENE), reader=SCENE)
    return read_reading(folder / EVIDENCE, folder / SCENE)


READ = Step(name="read", version=10, work=read, save=_save, load=_load, document=SCENE)
