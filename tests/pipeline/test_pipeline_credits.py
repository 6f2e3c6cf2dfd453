import json
from dataclasses import replace

from pipeline.credits import credit_line, credits_text, licences_of
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.steps.encode import tags_of
from scene_builder.model.digest import digest
from scene_builder.model.light import Panorama
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


def lit_by_a_picture(stage, **changes):
    panorama = Panorama(
        file="forest.exr", title="Some garden (HDRI)", source="https://polyhaven.com/a/x",
        author="G. Light", licence="CC0-1.0", licence_url="https://creativecommons.org/",
        changes="turned",
    )  # fmt: skip
    return replace(stage, environment=replace(stage.environment, panorama=panorama, **changes))


def test_the_picture_that_lights_a_film_is_credited_everywhere(stage, graph):
    lit = lit_by_a_picture(stage)
    paragraph = credits_text([lit, lit]).partition("Some garden (HDRI) by G. Light")[2]
    assert paragraph.startswith("\n  CC0-1.0, https://creativecommons.org/\n  changed: turned")
    assert "seen as: the sky" in paragraph
    indoors = credits_text([lit_by_a_picture(stage, indoor=True)])
    assert "seen as: reflections of the room" in indoors
    assert "Some garden (HDRI) by G. Light" in tags_of(graph, lit, 3)["comment"]
    *bodies, last = licences_of(lit)
    assert len(bodies) == len(stage.bodies)
    assert (last.body, last.author, last.licence) == ("environment", "G. Light", "CC0-1.0")


def test_a_stage_keeps_the_picture_that_lights_it(stage, tmp_path):
    for one in (stage, lit_by_a_picture(stage)):
        write_stage(tmp_path / "stage.json", one)
        assert digest(read_stage(tmp_path / "stage.json")) == digest(one)
    text = (tmp_path / "stage.json").read_text()
    document = json.loads(text)
    del document["environment"]["panorama"]
    (tmp_path / "stage.json").write_text(json.dumps(document))
    assert read_stage(tmp_path / "stage.json").environment.panorama is None
