"""A scene graph becomes a stage at rest, and the director chooses the take: stage.json."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from physics.simulator import Simulator, substitution_notes
from pipeline.cache import Done, Site, Step
from pipeline.execution.sharing import cores
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.settings import DEFAULT_SECS
from scene_builder.assets.source import AssetSource
from scene_builder.model.chance import stream
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.reading import Stand
from scene_builder.model.stage import Stage
from scene_builder.model.timeline import Timeline

BUILT, STAGE = "built.json", "stage.json"
MAX_LAYOUTS = 3
"""A relation that settling breaks sends the stage back to layout at most twice."""

CLOTH_TAKES = 2
"""So many takes at most are tried of a shot with cloth."""

_SEEDS = 2**31


def build(
    graph: SceneGraph,
    sources: tuple[AssetSource, ...],
    simulator: Simulator,
    timing: tuple[float | None, Fraction],
    seed: int,
    stands: tuple[Stand, ...] = (),
) -> Done[Stage]:
    """Lay out what the graph says, and let it come to rest.

    Args:
        graph: What the words say.
        sources: Where shapes come from, first choice first.
        simulator: What lets things settle.
        timing: Length [s], None for what the words say, and frames per second.
        seed: Seed of what the words leave open.
        stands: Where bodies stood before an edit; they stay there if they can.

    Raises:
        SceneError: If the graph names something that no source can make.
        RelationError: If its relations contradict each other.
        LayoutError: If a body finds no place.
    """
    from physics.settle import settle
    from scene_builder.build.stage import build_stage

    duration_secs = timing[0] or graph.duration_secs or DEFAULT_SECS
    timeline = Timeline.lasting(duration_secs, fps=timing[1])
    broken: tuple[str, ...] = ()
    poses = {s.body: Pose(position=np.array(s.position), wxyz=np.array(s.wxyz)) for s in stands}
    for attempt in range(MAX_LAYOUTS):
        layout_seed = seed if attempt == 0 else _another_seed_rand(seed, attempt)
        built = build_stage(
            graph, sources=sources, timeline=timeline, seed=layout_seed, stands=poses
        )
        settled = settle(built.stage, simulator)
        broken = broken_relations(graph, settled.stage)
        if not broken or broken == broken_relations(graph, built.stage):
            break
    repairs = tuple(f"settling moved things so that {text} no longer holds" for text in broken)
    notes = (*built.notes, *substitution_notes())
    return Done(settled.stage, notes=notes, repairs=repairs)


def direct(
    stage: Stage,
    graph: SceneGraph,
    simulator: Simulator,
    effort: tuple[int, int],
    seed: int,
    *,
    site: Site,
) -> Done[Stage]:
    """Search what the words leave open for a take in which their outcomes happen.

    Args:
        stage: What the words say, settled.
        graph: What has to happen.
        simulator: Moves the bodies.
        effort: Most takes, and most small changes of takes that hold.
        seed: Of the run.
        site: Hears how far it is.
    """
    from physics.director import direct as direct_take
    from scene_builder.model.solids.grains import grains_of

    if grains_of(stage.bodies):
        # What a heap of grains does is planned, and hardly changes with what could be searched.
        return Done(stage, notes=("What is poured is filmed as planned, without a search.",))

    def tell(done: int, total: int, margin: float) -> None:
        del margin
        site.progress.frames("direct", done, total, None, unit="take")

    # Cloth and soft bodies are slow to simulate, and fall alike in every take.
    effort = (min(effort[0], CLOTH_TAKES), 0) if stage.deforming else effort
    take = direct_take(
        stage, graph, simulator, seed=seed, takes=effort[0], changes=effort[1], jobs=cores(),
        progress=tell,
    )  # fmt: skip
    if not take.reached:
        site.progress.note(f"direct: {take.note}")
    robust: dict[str, float] = {}
    if take.robustness is not None:
        robust = {"robustness": round(take.robustness, 4), "changed": float(take.changed)}
    figures = {"takes": float(take.tries), **robust}
    return Done(take.stage, notes=(take.note,) if take.note else (), figures=figures)


def broken_relations(graph: SceneGraph, stage: Stage) -> tuple[str, ...]:
    """Return the relations of the graph that do not hold on the stage, in words."""
    from pipeline.verify.relations import judge_relation

    verdicts = [judge_relation(relation, graph, stage) for relation in graph.relations]
    return tuple(verdict.text for verdict in verdicts if verdict.holds is False)


def _another_seed_rand(seed: int, attempt: int) -> int:
    return int(stream(seed, "layout", attempt).integers(_SEEDS))


def _save_built(folder: RunFolder, stage: Stage) -> Sequence[Path]:
    return write_stage(folder / BUILT, stage)


def _save_stage(folder: RunFolder, stage: Stage) -> Sequence[Path]:
    return write_stage(folder / STAGE, stage)


BUILD = Step(
    name="build", version=17, work=build, save=_save_built,
    load=lambda folder: read_stage(folder / BUILT),
)  # fmt: skip
DIRECT = Step(
    name="direct", version=11, work=direct, streams=True, save=_save_stage, document=STAGE,
    load=lambda folder: read_stage(folder / STAGE),
)  # fmt: skip
