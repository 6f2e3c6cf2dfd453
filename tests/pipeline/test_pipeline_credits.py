from dataclasses import replace

from pipeline.credits import credit_line, credits_text, licences_of
from pipeline.steps.encode import tags_of
from scene_builder.model.stage import AssetCredit

MUG = AssetCredit(
    name="Mug", source="sweethome3d", author="A. Potter", licence="CC-BY-3.0",
    licence_url="https://creativecommons.org/licenses/by/3.0/", changes="made smaller",
)  # fmt: skip


def with_mug(stage, **changes):
    first, *others = stage.bodies
    bodies = (replace(first, asset=replace(MUG, **changes)), *others)
    return replace(stage, bodies=bodies)


def test_a_film_of_worldreels_own_shapes_names_nobody_in_its_metadata(stage, graph):
    own = AssetCredit(name="cup", source="procedural")
    bodies = tuple(replace(body, asset=own) for body in stage.bodies)
    assert credit_line([replace(stage, bodies=bodies)]) == ""
    assert tags_of(graph, replace(stage, bodies=bodies), 3)["comment"].endswith(
        "made with worldreel"
    )


def test_the_films_metadata_say_whose_model_is_shown_and_what_was_changed(stage, graph):
    comment = tags_of(graph, with_mug(stage), 3)["comment"]
    for word in ("Mug by A. Potter", MUG.licence, MUG.licence_url, "made smaller"):
        assert word in comment


def test_one_model_in_two_shots_is_credited_once_with_every_body(stage):
    shots = [with_mug(stage), with_mug(stage, score=0.5)]
    text = credits_text(shots)
    assert text.count("Mug by A. Potter") == 1
    assert f"seen as: {stage.bodies[0].id}" in text
    assert credit_line(shots).count("A. Potter") == 1


def test_every_body_has_its_licence(stage):
    licences = licences_of(with_mug(stage))
    assert [entry.body for entry in licences] == [body.id for body in stage.bodies]
    assert licences[0].licence == MUG.licence
