"""What lies in a thing, and what a still life stands on."""

import pytest

from scene_builder.language.rules import RuleReader


def relations(prompt: str) -> set[tuple[str, str, str]]:
    graph = RuleReader().read(prompt).graph
    return {(r.subject, r.predicate, one) for r in graph.relations for one in r.object}


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Flowers in a vase on a windowsill.",
         {("flower", "inside", "vase"), ("vase", "on", "windowsill")}),
        ("Three apples inside a bowl on a wooden table.",
         {("apple", "inside", "bowl"), ("bowl", "on", "table")}),
        ("A ball in a box on a table.", {("ball", "inside", "box"), ("box", "on", "table")}),
        ("A book lies on a table and a ball is in a bowl on the book.",
         {("book", "on", "table"), ("ball", "inside", "bowl"), ("bowl", "on", "book")}),
    ],
)  # fmt: skip
def test_what_holds_a_thing_is_what_stands_there(prompt, said):
    assert relations(prompt) == said


def test_a_still_life_stands_on_a_table():
    reading = RuleReader().read("A kitchen still life with apples, a bowl and a jug.")
    assert reading.graph.setting.place == "kitchen"
    assert {r.subject for r in reading.graph.relations} == {"apple", "bowl", "jug"}
    assert all(r.object == ("table",) for r in reading.graph.relations)
    assert any("still life" in note for note in reading.assumptions)
    said = RuleReader().read("A still life with apples on a wooden desk.").graph
    assert [e.noun for e in said.entities] == ["apple", "desk"]


def test_a_snow_field_is_a_place():
    graph = RuleReader().read("A snow field with a sled.").graph
    assert graph.setting.place == "snow field"
    assert [e.noun for e in graph.entities] == ["sled"]
