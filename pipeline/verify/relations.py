"""Whether things stand as the words say: at the first frame, and what is fixed at every frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from physics.trajectory import Trajectory
from pipeline.verify.claims.keeping import LASTING, LOOSE_M, Lapse, first_lapse
from pipeline.verify.claims.sight import Sight
from scene_builder.layout.checks import relation_holds
from scene_builder.layout.items import Placed
from scene_builder.layout.relations import holds
from scene_builder.layout.ties import GROUP_PREDICATES
from scene_builder.model.graph import Relation, SceneGraph
from scene_builder.model.stage import Body, Joint, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationVerdict:
    """What became of one relation.

    Attributes:
        text: The relation in words.
        holds: Whether it is true of the stage; None if it cannot be judged.
        evidence: One sentence that says why.
        time_secs: Where in the film to look [s].
    """

    text: str
    holds: bool | None
    evidence: str
    time_secs: float = 0.0


IMAGE_SIDES = {"left_of": (0, -1.0), "right_of": (0, 1.0), "above": (1, -1.0)}
"""Relations that the picture shows too: along which axis, and which way."""


def judge_relation(
    relation: Relation,
    graph: SceneGraph,
    stage: Stage,
    sight: Sight | None = None,
    trajectory: Trajectory | None = None,
) -> RelationVerdict:
    """Judge one relation of the graph by the places of the meshes.

    Things have to stand so at frame 0. What is attached to something or hangs from it has to keep
    to it, until one of the two breaks or an action parts them.

    Args:
        relation: Which.
        graph: The scene graph.
        stage: The stage as filmed.
        sight: The first frame's picture, which must show the right side; None leaves that out.
        trajectory: How everything moved; None judges frame 0 alone.
    """
    words = relation.predicate.replace("_", " ")
    text = f"{relation.subject} {words} {' and '.join(relation.object)}".strip()
    subjects = graph.body_ids(relation.subject)
    objects = tuple(i for ref in relation.object for i in graph.body_ids(ref))
    absent = [i for i in (*subjects, *objects) if i not in stage.body_ids]
    if absent:
        evidence = f"{', '.join(absent)} is not on the stage as a body"
        return RelationVerdict(text=text, holds=None, evidence=evidence)
    return _verdict(relation, text, (subjects, objects), stage, sight, trajectory)


def _verdict(
    relation: Relation,
    text: str,
    ids: tuple[Sequence[str], Sequence[str]],
    stage: Stage,
    sight: Sight | None,
    trajectory: Trajectory | None,
) -> RelationVerdict:
    subjects, objects = ids
    words = relation.predicate.replace("_", " ")
    if not relation_holds(relation, stage) and not _joined(relation, ids, stage):
        things = {i: placed(stage.body(i)) for i in {*subjects, *objects}}
        wrong = _wrong(relation, [things[i] for i in subjects], [things[i] for i in objects])
        evidence = f"at frame 0, {', '.join(wrong)} is not {words} {' and '.join(relation.object)}"
        return RelationVerdict(text=text, holds=False, evidence=evidence.strip())
    over = trajectory if relation.predicate in LASTING else None
    if over is not None and (lapse := first_lapse(relation, subjects, stage, over)):
        evidence = f"at frame 0 it holds, but {_parting(lapse)}"
        return RelationVerdict(text=text, holds=False, evidence=evidence, time_secs=lapse.time_secs)
    when = "at frame 0" if over is None else "at every frame"
    evidence = f"{when} it holds for {', '.join(subjects)}"
    wrong_side = _wrong_in_picture(relation, subjects, objects, sight) if sight else []
    if wrong_side:
        evidence += f", but the picture shows {', '.join(wrong_side)} on the other side"
        return RelationVerdict(text=text, holds=False, evidence=evidence)
    return RelationVerdict(text=text, holds=True, evidence=evidence)


def _joined(relation: Relation, ids: tuple[Sequence[str], Sequence[str]], stage: Stage) -> bool:
    """Whether joints hold every subject to one of the objects, or to a part of one.

    What hangs on a chain hangs on its last link; what a thread ties may be far away.
    """
    subjects, objects = ids
    if relation.predicate not in LASTING:
        return False
    wholes = {body.id: body.part_of or body.id for body in stage.bodies}
    held = {
        joint.child
        for joint in stage.joints
        if joint.parent is not None and wholes[joint.parent] in objects and _meets(joint, stage)
    }
    return set(subjects) <= held


def _meets(joint: Joint, stage: Stage) -> bool:
    """Whether the ends of a joint are where it allows them to be, at frame 0."""
    child = stage.body(joint.child).pose @ joint.child_from_joint.position
    parent = joint.parent_from_joint.position
    if joint.parent is not None:
        parent = stage.body(joint.parent).pose @ parent
    apart = float(np.linalg.norm(child - parent))
    return apart <= LOOSE_M + (joint.length_m if joint.kind == "rope" else 0.0)


def _parting(lapse: Lapse) -> str:
    far = "" if lapse.apart_m is None else f", {lapse.apart_m * 100:.1f} cm away"
    return f"{lapse.body} comes off at {lapse.time_secs:.2f} s{far}"


def placed(body: Body) -> Placed:
    """Return a body as relations see it: the box of its mesh in the world."""
    points = body.pose @ body.mesh.vertices
    front = body.pose.rotation @ np.array([0.0, -1.0, 0.0])
    return Placed(id=body.id, low=points.min(axis=0), high=points.max(axis=0), front=front)


def _wrong(relation: Relation, subjects: list[Placed], objects: list[Placed]) -> list[str]:
    """Return the ids of the subjects for which the relation does not hold by itself."""
    if relation.predicate in GROUP_PREDICATES or not objects:
        return [one.id for one in subjects]
    return [
        one.id
        for one in subjects
        if not holds(relation.predicate, one, tuple(o for o in objects if o.id != one.id))
    ]


def _wrong_in_picture(
    relation: Relation, subjects: Sequence[str], objects: Sequence[str], sight: Sight
) -> list[str]:
    """Return the subjects whose visible pixels lie on the wrong side of all objects'."""
    if relation.predicate not in IMAGE_SIDES or not objects:
        return []
    axis, sign = IMAGE_SIDES[relation.predicate]
    there = [sight.centroid(i, 0)[axis] for i in objects]
    there = [place for place in there if np.isfinite(place)]
    wrong = []
    for one in subjects:
        here = sight.centroid(one, 0)[axis]
        if there and np.isfinite(here) and max(sign * (here - place) for place in there) < 0:
            wrong.append(one)
    return wrong
