import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scene_builder.model.documents.film_document import MAX_SHOTS, FilmDocument, continued

COLORS = st.sampled_from([None, "red", "blue"])


def film(*scenes, **changes):
    shots = [{"scene": {"schema": "worldreel.scene/1", **scene}} for scene in scenes]
    return FilmDocument.model_validate({"schema": "worldreel.film/1", "shots": shots, **changes})


def ball(**fields):
    return {"entities": [{"id": "ball", "noun": "ball", **fields}]}


def test_what_one_shot_says_holds_in_the_next_ones():
    shots = continued(
        film(ball(color="red", count=3, mass_kg=2), ball(), ball(color="blue", count=1), ball())
    ).shots
    things = [shot.scene.entities[0] for shot in shots]
    assert [(e.color, e.count, e.mass_kg) for e in things] == [
        ("red", 3, 2), ("red", 3, 2), ("blue", 1, 2), ("blue", 1, 2)]  # fmt: skip


def test_other_ids_are_other_things():
    shots = continued(film(ball(color="red"), {"entities": [{"id": "cup", "noun": "cup"}]})).shots
    assert shots[1].scene.entities[0].color is None


def test_the_world_lasts_until_it_changes():
    moon = {"setting": {"place": "kitchen", "gravity": "moon"}, "look": {"style": "toon"}}
    own = {"camera": [{"move": "static"}], "duration_secs": 2}
    beach = {"setting": {"place": "beach", "gravity": "earth"}}
    shots = continued(film(ball() | moon, ball() | own, ball() | beach, ball())).shots
    assert [(s.scene.setting.place, s.scene.setting.gravity) for s in shots] == [
        ("kitchen", "moon"), ("kitchen", "moon"), ("beach", "earth"), ("beach", "earth"),
    ]  # fmt: skip
    assert {shot.scene.look.style for shot in shots} == {"toon"}
    assert [len(shot.scene.camera) for shot in shots] == [0, 1, 0, 0]
    assert [shot.scene.duration_secs for shot in shots] == [None, 2, None, None]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(COLORS, st.none() | st.integers(1, 5)), min_size=1, max_size=5))
def test_writing_out_twice_changes_nothing_and_neither_does_the_disk(said):
    scenes = []
    for color, count in said:
        fields = {"color": color} | ({} if count is None else {"count": count})
        scenes.append(ball(**fields))
    whole = continued(film(*scenes))
    assert continued(whole) == whole
    again = FilmDocument.model_validate_json(whole.model_dump_json(by_alias=True))
    assert again == whole
    assert continued(again) == whole


@pytest.mark.parametrize(
    "changes",
    [{"schema": "worldreel.film/2"}, {"shots": []}, {"frames": 3}, {"title": "x" * 201}],
)
def test_a_document_with_a_wrong_field_is_refused(changes):
    with pytest.raises(ValidationError):
        film(ball(), **changes)


def test_a_film_has_at_most_sixty_shots():
    assert len(film(*[ball()] * MAX_SHOTS).shots) == MAX_SHOTS
    with pytest.raises(ValidationError, match="at most 60"):
        film(*[ball()] * (MAX_SHOTS + 1))
