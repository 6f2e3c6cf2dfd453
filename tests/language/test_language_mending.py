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


def test_what_hits_was_aimed_and_what_rolls_off_falls_off():
    parts = document("ball\ntable\ncup\nball on table\nball roll off\nball touches cup\n")
    completed(parts)
    graph = valid(parts)
    assert graph.actions[0].target == "cup"
    assert [(o.predicate, o.object) for o in graph.outcomes] == [
        ("falls_off", "table"), ("touches", "cup")]  # fmt: skip


def test_counts_follow_from_groups():
    parts = document(
        "ball\ncup 3\nblock 5\nblock stacked\nball touches cup\nball knocks_over cup\n"
        "ball knocks_over block\n"
    )
    assumptions = completed(parts)
    said = [(o.count, o.compare) for o in valid(parts).outcomes]
    assert said == [(1, "at_least"), (3, "exactly"), (3, "at_least")]
    assert len(assumptions) == 2
