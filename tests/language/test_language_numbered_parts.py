"""Legs, points, petals and boards belong to their thing; fruit is several kinds."""

import pytest

from scene_builder.language.rules import RuleReader


def graph_of(prompt):
    return RuleReader().read(prompt).graph


@pytest.mark.parametrize(
    ("prompt", "noun"),
    [
        ("A three-legged stool falls over.", "three-legged stool"),
        ("A wooden chair with three legs stands on a rug.", "three-legged chair"),
        ("A golden six-pointed star stands on a table.", "six-pointed star"),
        ("A flower with only five petals.", "five-petalled flower"),
        ("A shelf with 4 boards stands in a garage.", "four-boarded shelf"),
    ],
)
def test_a_number_of_parts_belongs_to_its_thing(prompt, noun):
    graph = graph_of(prompt)
    assert graph.entities[0].noun == noun
    assert not {"leg", "point", "petal", "board"} & {entity.noun for entity in graph.entities}


def test_what_was_said_of_the_parts_holds_of_the_thing():
    graph = graph_of("A pink flower with eight petals in a vase.")
    [flower, vase] = graph.entities
    said = [(one.subject, one.predicate, tuple(one.object)) for one in graph.relations]
    assert (flower.id, "inside", (vase.id,)) in said


@pytest.mark.parametrize("prompt", ["A dog with three legs runs.", "A table with twelve legs."])
def test_a_number_of_parts_that_cannot_be_made_is_said(prompt):
    reading = RuleReader().read(prompt)
    assert any("legs" in note for note in reading.not_served)
    assert "leg" not in {entity.noun for entity in reading.graph.entities}


def test_parts_that_are_things_of_their_own_stay():
    graph = graph_of("Two boards lie on a table.")
    assert [(one.noun, one.count) for one in graph.entities] == [("board", 2), ("table", 1)]


def test_a_still_life_of_fruit_has_several_kinds_on_a_table():
    reading = RuleReader().read("A still life of fruit.")
    nouns = {entity.noun for entity in reading.graph.entities}
    assert nouns == {"apple", "pear", "orange", "lemon", "table"}
    assert any("fruit is taken as" in note for note in reading.assumptions)
    assert {tuple(one.object) for one in reading.graph.relations} == {("table",)}


def test_a_still_life_of_fruit_in_a_bowl_lies_in_the_bowl():
    graph = graph_of("A still life of fruit in a bowl.")
    inside = {one.subject for one in graph.relations if one.predicate == "inside"}
    assert inside == {"apple", "pear", "orange", "lemon"}
