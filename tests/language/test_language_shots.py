"""Pages become shots: by rule with any reader, or as a chat model writes them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.language.canned import CannedChat
from scene_builder.language.chat import ChatReader
from scene_builder.language.rules import RuleReader
from scene_builder.language.shots.by_rule import film_by_rule, is_page
from scene_builder.language.shots.film_plan import check_number
from scene_builder.language.shots.planning import film_of
from scene_builder.language.shots.pronouns import resolved, speaks_of_nothing, without_lead
from scene_builder.language.shots.sentences import page_of
from scene_builder.model.documents.film_document import FilmDocument
from scene_builder.model.errors import PromptError, SceneError
from scene_builder.model.graph import Entity

PAGE = """The last trick

A wooden table stands in a kitchen at night. A red rubber ball rolls off the table.
It knocks over three blue cups. Nobody had seen that coming."""


@pytest.fixture(scope="module")
def reader():
    return RuleReader()


def shots_of(text, reader):
    return [shot.scene for shot in film_by_rule(text, reader).film.shots]


@pytest.mark.parametrize(
    ("text", "title", "sentences"),
    [
        ("A ball rolls. It weighs 3.5 kg! Mr. Fox sees it", "",
         ["A ball rolls.", "It weighs 3.5 kg!", "Mr. Fox sees it"]),
        ("The Run\n\nA ball rolls\nand falls. So what?", "The Run",
         ["A ball rolls and falls.", "So what?"]),
        ("# The Run\nA ball rolls.\n- A cup falls\n- A jar\n  breaks", "The Run",
         ["A ball rolls.", "A cup falls", "A jar breaks"]),
        ("A ball rolls\n\nA cup falls", "A ball rolls", ["A cup falls"]),
        ('"Stop!" He runs… The end (almost.) Now.', "",
         ['"Stop!"', "He runs…", "The end (almost.)", "Now."]),
        ("一个红球滚下来。它撞倒了杯子！完了", "", ["一个红球滚下来。", "它撞倒了杯子！", "完了"]),
    ],
)  # fmt: skip
def test_a_page_is_divided_into_sentences(text, title, sentences):
    page = page_of(text)
    assert (page.title, list(page.sentences)) == (title, sentences)


@given(st.text(alphabet="aB .!?\n\"'#-)。", max_size=60))
def test_no_letter_of_a_page_is_lost(text):
    page = page_of(text)
    said = "".join([page.title, *page.sentences])
    assert sorted(c for c in said if c.isalpha()) == sorted(c for c in text if c.isalpha())


BALL = Entity(id="ball", noun="ball", color="red")
TWIN = Entity(id="ball_2", noun="ball", color="blue")
CUPS = Entity(id="cup", noun="cup", count=3)
GIRL = Entity(id="girl", noun="girl")


@pytest.mark.parametrize(
    ("sentence", "known", "said"),
    [
        ("It falls.", [BALL, CUPS], "The ball falls."),
        ("It falls.", [BALL, TWIN], "The red ball falls."),
        ("They fall over.", [BALL, CUPS], "The three cups fall over."),
        ("It's rolling.", [BALL], "The ball's rolling."),
        ("It hits them.", [BALL, CUPS], "The ball hits the three cups."),
        ("She kicks it.", [GIRL, BALL], "The girl kicks the ball."),
        ("It bounces.", [GIRL, BALL], "The ball bounces."),
        ("A cat jumps and it falls.", [BALL], "A cat jumps and it falls."),
        ("A cat jumps and they fall.", [BALL, CUPS], "A cat jumps and the three cups fall."),
        ("It is night.", [BALL], "It is night."),
        ("It's raining outside.", [BALL], "It's raining outside."),
        ("That is a box.", [BALL], "The ball is a box."),
        ("That box falls.", [BALL], "That box falls."),
        ("Her box falls.", [GIRL], "Her box falls."),
        ("He falls.", [BALL], "He falls."),
        ("They fall.", [BALL], "They fall."),
        ("It falls.", [], "It falls."),
    ],
)
def test_pronouns_of_other_sentences_are_written_out(sentence, known, said):
    assert resolved(sentence, known) == said


def test_what_only_orders_sentences_is_dropped():
    assert without_lead("Then it falls.") == "It falls."
    assert without_lead("And then, after that, a cup falls.") == "A cup falls."
    assert without_lead("A cup then falls.") == "A cup then falls."
    assert speaks_of_nothing("It is a rainy day.")
    assert not speaks_of_nothing("It is red.")


def test_a_sentence_is_a_shot_and_all_words_are_shown(reader):
    plan = film_by_rule(PAGE, reader)
    film = plan.film
    assert film.title == "The last trick"
    assert film.text == PAGE
    assert [shot.caption for shot in film.shots] == [
        "A wooden table stands in a kitchen at night.",
        "A red rubber ball rolls off the table.",
        "It knocks over three blue cups. Nobody had seen that coming.",
    ]
    assert [reading.graph for reading in plan.readings] == [shot.scene for shot in film.shots]
    assert any("Nobody" in note for note in plan.notes)
    assert FilmDocument.model_validate_json(film.model_dump_json(by_alias=True)) == film


def test_things_and_places_last_from_shot_to_shot(reader):
    first, second, third = shots_of(PAGE, reader)
    assert {(s.setting.place, s.setting.time_of_day) for s in (first, second, third)} == {
        ("kitchen", "night")}  # fmt: skip
    table = {shot.entity("table") for shot in (first, second)}
    assert [(t.id, t.material) for t in table] == [("table", "wood")]
    assert second.entity("ball") == third.entity("ball")
    assert (third.entity("ball").color, third.entity("cup").count) == ("red", 3)
    assert [(o.predicate, o.subject, o.object) for o in third.outcomes] == [
        ("knocks_over", "ball", "cup")]  # fmt: skip


def test_evidence_is_about_the_words_that_were_read(reader):
    for reading in film_by_rule(PAGE, reader).readings:
        assert reading.spans
        for span in reading.spans:
            assert reading.graph.prompt[span.start : span.end].strip()


def test_another_thing_of_the_same_kind_gets_an_id_of_its_own(reader):
    scenes = shots_of("A red ball rolls. A blue ball rolls. The red ball falls.", reader)
    assert [[(e.id, e.color) for e in scene.entities] for scene in scenes] == [
        [("ball", "red")], [("ball_2", "blue")], [("ball", "red")]]  # fmt: skip


def test_what_stood_somewhere_stands_there_until_it_is_moved(reader):
    page = (
        "Two bottles stand on a shelf. A ball hits one of the bottles. "
        "The bottles fall off the shelf. The bottles spin."
    )
    scenes = shots_of(page, reader)
    on = [any((r.subject, r.predicate) == ("bottle", "on") for r in s.relations) for s in scenes]
    assert on == [True, True, True, False]
    assert {scene.entity("bottle").count for scene in scenes} == {2}


def test_what_says_more_about_a_thing_belongs_to_its_shot(reader):
    plan = film_by_rule("A crate stands on a table. The crate is green. It falls over.", reader)
    assert [shot.caption for shot in plan.film.shots] == [
        "A crate stands on a table. The crate is green.", "It falls over."]  # fmt: skip


def test_light_and_weather_of_a_sentence_without_things_hold_for_what_follows(reader):
    plan = film_by_rule("It is night. A ball rolls. It is raining. A cup falls.", reader)
    assert [shot.caption for shot in plan.film.shots] == [
        "It is night. A ball rolls.", "It is raining. A cup falls."]  # fmt: skip
    said = [shot.scene.setting for shot in plan.film.shots]
    assert [(s.time_of_day, s.weather) for s in said] == [("night", None), ("night", "rain")]


def test_all_of_them_are_as_many_as_were_counted(reader):
    scenes = shots_of("Six dominoes stand in a row. They all fall over.", reader)
    assert scenes[1].entity("domino").count == 6
    assert [(o.predicate, o.count) for o in scenes[1].outcomes] == [("falls", 6)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"), (" \n ", "empty"), ("\x00 ball", "no plain text"), ("🎉 🎉", "no letters"),
        ("word " * 2001, "2,000 words"), ("What a day. Nobody knows why.", "names nothing"),
    ],
)  # fmt: skip
def test_pages_that_give_no_film_are_one_line(reader, text, said):
    with pytest.raises(PromptError, match=said) as caught:
        film_by_rule(text, reader)
    assert "\n" not in str(caught.value)


def test_a_film_has_at_most_sixty_shots():
    check_number(60)
    with pytest.raises(PromptError, match="61 shots; a film may have 60"):
        check_number(61)


def test_a_sentence_that_cannot_be_filmed_becomes_a_caption_with_a_note(reader):
    plan = film_by_rule("A ball rolls. Thousands of birds fly. A cup falls.", reader)
    assert [shot.caption for shot in plan.film.shots] == [
        "A ball rolls. Thousands of birds fly.", "A cup falls."]  # fmt: skip
    assert any("birds" in note for note in plan.notes)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["A red ball rolls off a table.", "It falls.", "They all fall over.",
             "Three cups stand.",
             "The other one stays.", "Why?", "It is night.", "The cup is on the table.",
             "A ball lands in the cup.", "The table falls on it.", "She runs."]
        ), min_size=1, max_size=5,
    )
)  # fmt: skip
def test_any_order_of_sentences_gives_a_valid_film_or_a_clear_error(reader, sentences):
    try:
        plan = film_by_rule(" ".join(sentences), reader)
    except PromptError:
        return
    assert " ".join(shot.caption for shot in plan.film.shots) == " ".join(sentences)
    assert FilmDocument.model_validate_json(plan.film.model_dump_json(by_alias=True)) == plan.film


def test_a_long_prompt_is_a_page_only_if_much_happens():
    event = "A red ball rolls slowly across the smooth floor of the hall. "
    still = "The light is warm and soft, and every surface is polished to a shine. "
    assert is_page(event * 8)
    assert not is_page(event * 5)  # 60 words
    assert not is_page(event * 3 + still * 6)
    assert not is_page("word " * 3000)


@pytest.mark.parametrize(
    "page",
    ["夜晚，厨房里有一张木桌。一个红色的橡胶球从桌子上滚下来。它撞倒了三个蓝色的杯子。真没想到！然后，它们都倒了。",
     "夜晚，廚房裡有一張木桌。一個紅色的橡膠球從桌子上滾下來。它撞倒了三個藍色的杯子。真沒想到！然後，它們都倒了。"],
)  # fmt: skip
def test_chinese_pages_become_shots_too(reader, page):
    film = film_by_rule(page, reader).film
    assert "".join(shot.caption for shot in film.shots) == page
    scenes = [shot.scene for shot in film.shots]
    assert [[(e.id, e.count) for e in scene.entities] for scene in scenes] == [
        [("table", 1)], [("ball", 1), ("table", 1)], [("ball", 1), ("cup", 3)], [("cup", 3)],
    ]  # fmt: skip
    assert scenes[2].entity("ball") == scenes[1].entity("ball")
    assert {(s.setting.place, s.setting.time_of_day) for s in scenes} == {("kitchen", "night")}
    assert [(o.predicate, o.count) for o in scenes[3].outcomes] == [("falls", 3)]


CHAT_FILM = {
    "shots": [
        {"sentences": [1], "scene": {
            "schema": "worldreel.scene/1", "setting": {"place": "kitchen"},
            "entities": [{"id": "table", "noun": "table", "material": "wood"}]}},
        {"sentences": [2], "scene": {
            "entities": [{"id": "ball", "noun": "ball", "color": "red", "material": "rubber"},
                         {"id": "table", "noun": "table"}],
            "relations": [{"subject": "ball", "predicate": "on", "object": "table"}],
            "actions": [{"actor": "ball", "verb": "roll", "direction": "off"}]}},
        {"sentences": [3], "scene": {
            "entities": [{"id": "ball", "noun": "ball"},
                         {"id": "cup", "noun": "cup", "count": 3, "color": "blue"}],
            "outcomes": [{"predicate": "knocks_over", "subject": "ball", "object": "cup"}]}},
    ]
}  # fmt: skip


def chat_film(*answers):
    texts = [a if isinstance(a, str) else json.dumps(a) for a in answers]
    chat = CannedChat(*texts)
    return film_of(PAGE, ChatReader(chat, name="model")), chat


def test_a_chat_model_writes_the_shots_of_a_page():
    plan, chat = chat_film(CHAT_FILM)
    assert (
        chat.asked[0][-1]["content"].splitlines()[1] == "2. A red rubber ball rolls off the table."
    )
    first, second, third = (shot.scene for shot in plan.film.shots)
    assert {s.setting.place for s in (first, second, third)} == {"kitchen"}
    assert {s.setting.time_of_day for s in (first, second, third)} == {"night"}
    assert third.entity("ball") == second.entity("ball")
    assert (second.entity("table").material, second.entity("ball").material) == ("wood", "rubber")
    assert plan.film.shots[2].caption == (
        "It knocks over three blue cups. Nobody had seen that coming.")  # fmt: skip
    said = {span.path for span in plan.readings[2].spans}
    assert {"entities.1.noun", "entities.1.count", "outcomes.0.predicate"} <= said
    assert not {"entities.0.noun", "entities.0.color"} & said  # "It" is no such word


def test_what_a_chat_model_invents_for_a_film_is_left_out():
    invented = json.loads(json.dumps(CHAT_FILM))
    invented["shots"][2]["scene"]["entities"][1]["material"] = "steel"
    invented["shots"][0]["scene"]["entities"][0]["color"] = "green"
    plan, _ = chat_film(invented)
    assert plan.film.shots[2].scene.entity("cup").material is None
    assert plan.film.shots[0].scene.entity("table").color is None


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("No.", "holds no JSON object"),
        (json.dumps(CHAT_FILM)[:-40], "breaks off"),
        ({"shots": []}, "shots: given []"),
        ({"shots": [{"sentences": [9], "scene": CHAT_FILM["shots"][0]["scene"]}]},
         "shots.0.sentences: given 9; there are 1 to 4"),
        ({"shots": [{"sentences": [1], "scene": {"entities": [{"id": "a", "name": "a"}]}}]},
         "shots.0.scene.entities.0.name: there is no such field; the fields are id, noun"),
    ],
)  # fmt: skip
def test_wrong_films_are_sent_back(wrong, fault):
    plan, chat = chat_film(wrong, CHAT_FILM)
    assert fault in chat.asked[1][-1]["content"]
    assert any("sent back" in note for note in plan.notes)
    assert len(plan.film.shots) == 3


def test_a_model_that_never_writes_a_film_is_an_error():
    with pytest.raises(SceneError, match="no valid film in 3 answers"):
        chat_film("{}")
