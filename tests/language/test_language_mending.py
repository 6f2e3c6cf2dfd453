import pytest

from scene_builder.language.mending.combination import combined
from scene_builder.language.mending.completion import completed
from scene_builder.language.mending.evidence import filtered
from scene_builder.language.mending.repair import repaired
from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.model.graph import SceneGraph


def document(notation):
    whole = document_from_notation(notation)
    return {key: whole[key] for key in ("entities", "relations", "actions", "outcomes")}


def valid(parts):
    return SceneGraph.model_validate({"schema": "worldreel.scene/1", **parts})


def test_what_names_nothing_is_left_out():
    parts = document("ball\nball on shelf\nball roll >shelf\nball touches shelf\ncup roll\n")
    told = repaired(parts)
    graph = valid(parts)
    assert graph.relations == ()
    assert [(a.actor, a.verb, a.target) for a in graph.actions] == [("ball", "roll", None)]
    assert graph.outcomes == ()
    assert len(told) == 4


def test_a_circle_of_supports_is_opened_at_its_last_relation():
    parts = document("a\nb\nc\na on b\nb on c\nc on a\n")
    told = repaired(parts)
    assert [(r.subject, *r.object) for r in valid(parts).relations] == [("a", "b"), ("b", "c")]
    assert any("circle" in text for text in told)


def test_duplicates_and_reserved_ids_and_counts():
    parts = document("cup 999\nwall red\ncup\nball\nball on wall\nball on wall\nball falls 3\n")
    told = repaired(parts)
    graph = valid(parts)
    assert graph.entities[0].count == 198
    assert [e.id for e in graph.entities] == ["cup", "wall_1", "ball"]
    assert [r.object for r in graph.relations] == [("wall_1",)]
    assert graph.outcomes[0].count == 1
    assert len(told) >= 4


def test_order_is_kept_where_items_fall_out():
    parts = document("a\nb\na touches x\na touches b\nb falls after=1\n")
    repaired(parts)
    assert [o.after for o in valid(parts).outcomes] == [None, 0]


def test_nothing_is_mended_where_nothing_is_wrong():
    notation = "ball red\ntable\ncup 3\nball on table\nball roll off\nball knocks_over cup >=2\n"
    parts = document(notation)
    before = valid(parts)
    assert repaired(parts) == []
    assert valid(parts) == before


def test_invented_attributes_are_filtered():
    text = "a red ball rolls off a wooden table and hits two cups"
    parts = document("ball red rubber small\ntable wood blue\ncup 5\nlamp\n")
    told = filtered(parts, text, chunks_of(text))
    graph = valid(parts)
    assert [e.noun for e in graph.entities] == ["ball", "table", "cup"]
    ball, table, cup = graph.entities
    assert (ball.color, ball.material, ball.size) == ("red", None, None)
    assert (table.color, table.material) == (None, "wood")
    assert cup.count == 2
    assert len(told) == 5


def test_what_the_words_say_is_never_filtered():
    text = "three tiny light blue glass marbles and a dozen dominoes"
    parts = document("marble 3 tiny lightblue glass\ndomino 12\n")
    assert filtered(parts, text, chunks_of(text)) == []


def test_attributes_of_the_only_phrase_are_set_right():
    parts = document("ball blue\ncup 2\n")
    told = combined(parts, stated_facts("A red ball hits three cups."))
    assert [(e.color, e.count) for e in valid(parts).entities] == [("red", 1), (None, 3)]
    assert len(told) == 2


def test_what_hits_was_aimed_unless_it_falls_on_the_way():
    parts = document("ball\ncup\nball roll\nball touches cup\n")
    completed(parts)
    assert valid(parts).actions[0].target == "cup"
    parts = document("ball\ntable\ncup\nball on table\nball roll off\nball touches cup\n")
    completed(parts)
    graph = valid(parts)
    assert graph.actions[0].target is None
    assert [(o.predicate, o.object) for o in graph.outcomes] == [
        ("falls_off", "table"), ("touches", "cup")]  # fmt: skip
    parts = document("cart\nball\nball fly >cart\nball roll\nball touches cart\n")
    completed(parts)
    assert [action.target for action in valid(parts).actions] == ["cart", None]


def test_a_number_counts_the_side_that_has_several():
    parts = document("brick 4\nshelf\nbrick falls_off shelf 2\nbrick lands_on ground 9\n")
    told = repaired(parts)
    assert [o.count for o in valid(parts).outcomes] == [2, 4]
    assert len(told) == 1


def test_things_of_a_group_meet_each_other_and_individuals_beyond_it_are_the_group():
    parts = document("ball 5\ncup\nball touches ball\ncup touches cup\ncup#3 roll\n")
    repaired(parts)
    graph = valid(parts)
    assert [(o.subject, o.object) for o in graph.outcomes] == [("ball", "ball")]
    assert graph.actions[0].actor == "cup"


def test_kinds_of_one_noun_stand_in_a_row_and_a_single_thing_does_not():
    parts = document("cup red\ncup_2 blue\nvase\ncup in_row\nvase in_row\n")
    repaired(parts)
    assert [relation.subject for relation in valid(parts).relations] == ["cup"]


@pytest.mark.parametrize(
    ("prompt", "notation"),
    [
        ("Ten pins stand there. Three pins of the ten fall.", "pin 10\npin falls 3\n"),
        ("One brick of the eight slides.", "brick 8\nbrick slide\n"),
        ("The net gives, as nets do.", "net\n"),
        ("A pair of sunglasses drops.", "sunglasses\nsunglasses drop\n"),
        ("Pencils, ten of them, roll.", "pencil 10\npencil roll\n"),
        ("Six springs hang, a weight on each of them.", "spring 6\nweight 6\n"),
        ("A chocolate cake falls.", "cake\ncake fall\n"),
        ("A kite sticks in an oak tree.", "kite\ntree\n"),
    ],
)
def test_the_words_may_say_more_than_the_one_phrase(prompt, notation):
    parts = document(notation)
    assert combined(parts, stated_facts(prompt)) == []


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("the piñata on a tabletop", "pinata\ntable\n"),
        ("the bathtub's edge", "bathtub\n"),
        ("along a cuttingboard", "cutting_board\n"),
        ("a chimney of bricks", "chimney brick\n"),
        ("half a dozen chairs", "chair 6\n"),
    ],
)
def test_words_are_evidence_in_any_form(text, notation):
    assert filtered(document(notation), text, chunks_of(text)) == []


def test_counts_follow_from_groups():
    parts = document(
        "ball\ncup 3\nblock 5\nblock stacked\nball touches cup\nball knocks_over cup\n"
        "ball knocks_over block\n"
    )
    assumptions = completed(parts)
    said = [(o.count, o.compare) for o in valid(parts).outcomes]
    assert said == [(1, "at_least"), (3, "exactly"), (3, "at_least")]
    assert len(assumptions) == 2


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("coin\ndesk\ncandle\ncoin on desk\ndesk behind candle\n", "coin"),
        ("coin\ndesk\nchair\ncoin on desk\ndesk behind chair\n", "desk"),
        ("coin\ncup\ndesk\ncandle\ncoin on desk\ncup on desk\ndesk behind candle\n", "desk"),
        ("coin\ndesk\ncandle\nstool\ncoin on desk\ncandle on stool\ndesk behind candle\n", "desk"),
        ("desk\ncandle\ndesk behind candle\n", "desk"),
    ],
)
def test_furniture_is_not_placed_by_the_small_thing_beside_what_stands_on_it(said, subject):
    parts = document(said)
    told = completed(parts)
    placed = next(r for r in parts["relations"] if r["predicate"] == "behind")
    assert placed["subject"] == subject
    assert any("not the desk" in text for text in told) == (subject == "coin")


@pytest.mark.parametrize(("carrier", "shared"), [("desk", True), ("pedestal", False)])
def test_what_stands_beside_a_thing_shares_its_support_where_there_is_room(carrier, shared):
    parts = document(f"cup\n{carrier}\nvase\ncup on {carrier}\ncup beside vase\n")
    told = completed(parts)
    said = {"subject": "vase", "predicate": "on", "object": [carrier]}
    assert (said in parts["relations"]) is shared
    assert bool(told) is shared


def test_what_is_said_of_both_is_said_once():
    parts = document(
        "cup\npedestal\nvase\ncup on pedestal\ncup beside vase\npedestal beside vase\n"
    )
    completed(parts)
    assert [r["predicate"] for r in parts["relations"]] == ["on", "beside"]
