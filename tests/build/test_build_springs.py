"""Tests of what hangs from springs and counted links, and of the drawer that is spoken of."""

from fractions import Fraction

import numpy as np
import pytest

from physics.certificate import certify
from pipeline.plugins import create
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.verify.outcomes import judge_outcomes
from scene_builder.build.stage import build_stage
from scene_builder.model.digest import digest
from scene_builder.model.graph import SceneGraph
from scene_builder.model.timeline import Timeline


def graph_of(nouns, relations=(), actions=(), outcomes=(), prompt=""):
    return SceneGraph.model_validate({
        "schema": "worldreel.scene/1", "title": "t", "prompt": prompt,
        "entities": [{"id": noun.rsplit(" ", maxsplit=1)[-1], "noun": noun} for noun in nouns],
        "relations": [{"subject": a, "predicate": p, "object": [b]} for a, p, b in relations],
        "actions": [{"actor": actor, "verb": verb} for actor, verb in actions],
        "outcomes": [{"subject": a, "predicate": p} for a, p in outcomes],
    })  # fmt: skip


def staged(graph, secs=1.5):
    timeline = Timeline.lasting(secs, fps=Fraction(24))
    sources = [create("assets", "procedural")]
    return build_stage(graph, sources=sources, timeline=timeline, seed=0).stage


def on_a_spring(verb, outcomes=()):
    return graph_of(
        ["ball", "spring"], [("ball", "hanging_from", "spring")], [("ball", verb)], outcomes
    )


def test_a_ball_bounces_on_its_spring(tmp_path):
    graph = on_a_spring("bounce", [("ball", "bounces")])
    stage = staged(graph)
    (joint,) = stage.joints
    (coil,) = stage.coils
    assert (joint.kind, joint.parent, joint.child) == ("spring", None, "ball#1")
    assert (coil.body, coil.joint) == ("spring#1", joint.id)
    motion = create("simulator", "bullet").simulate(stage)
    assert certify(stage, motion).ok
    (told,) = judge_outcomes(graph, stage, motion, None)
    assert told.status == "held", told.evidence
    z = motion.positions[:, motion.index("ball#1"), 2]
    assert np.ptp(z) > 0.15
    # The coil is as long as its spring, from the ceiling down.
    lengths = np.ptp(motion.deform["spring#1"][..., 2], axis=1)
    assert np.ptp(lengths + z) < 2e-3
    path = tmp_path / "stage.json"
    write_stage(path, stage)
    assert digest(read_stage(path)) == digest(stage)


def test_what_only_hangs_from_a_spring_hangs_still():
    stage = staged(on_a_spring("stay"), secs=1.0)
    motion = create("simulator", "bullet").simulate(stage)
    assert np.ptp(motion.positions[:, motion.index("ball#1")], axis=0).max() < 1e-3
    (joint,) = stage.joints
    assert joint.length_m < 0.45 < 0.99 * np.ptp(motion.deform["spring#1"][0, :, 2]) + 0.01


@pytest.mark.parametrize("noun", ["seven-linked chain", "ten-linked rope"])
def test_a_line_has_as_many_links_as_the_words_say(noun):
    line = noun.rsplit(" ", maxsplit=1)[-1]
    graph = graph_of(["ball", noun], [("ball", "hanging_from", line)], [("ball", "swing")])
    stage = staged(graph)
    links = [b for b in stage.bodies if b.id == f"{line}#1" or b.part_of == f"{line}#1"]
    assert len(links) == {"chain": 7, "rope": 10}[line]
    longest = max(float(np.linalg.norm(link.mesh.extents)) for link in links)
    shortest = min(float(np.linalg.norm(link.mesh.extents)) for link in links)
    assert longest < 1.05 * shortest


@pytest.mark.parametrize(("said", "share"), [("", 5), ("middle", 3), ("bottom", 1), ("second", 4)])
def test_the_drawer_that_is_spoken_of_slides(said, share):
    prompt = f"The {said} drawer of a cabinet with five drawers opens."
    graph = graph_of(["five-drawered cabinet"], actions=[("cabinet", "open")], prompt=prompt)
    stage = staged(graph)
    (drawer,) = (body for body in stage.bodies if body.part_of)
    case = stage.body("cabinet#1")
    points = drawer.pose @ np.asarray(drawer.mesh.vertices, np.float64)
    middle = (points[:, 2].min() + points[:, 2].max()) / 2 - case.pose.position[2]
    assert np.ceil(5 * (middle - 0.03) / case.mesh.extents[2]) == share
