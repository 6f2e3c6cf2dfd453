"""Statements that cannot all be true are settled, and each is explained in one line."""

import pytest

from scene_builder.language.mending.completion import completed
from scene_builder.language.mending.repair import repaired


def document(relations, outcomes=(), **counts):
    names = {name for who, _, *others in relations for name in (who, *others)}
    names |= {name for who, _, other, *_ in outcomes for name in (who, other)}
    return {
        "entities": [{"id": n, "noun": n, "count": counts.get(n, 1)} for n in sorted(names)],
        "relations": [{"subject": a, "predicate": p, "object": list(b)} for a, p, *b in relations],
        "actions": [],
        "outcomes": [
            {"subject": a, "predicate": p, "object": b, "negated": bool(n)}
            for a, p, b, *n in outcomes
        ],
    }


def relations_of(document):
    return [(said["subject"], said["predicate"], *said["object"]) for said in document["relations"]]


@pytest.mark.parametrize(
    ("said", "kept", "words"),
    [
        (
            [("ball", "on", "table"), ("ball", "inside", "box")],
            [("ball", "inside", "box"), ("box", "on", "table")],
            "said to be on the table and inside the box",
        ),
        (
            [("ball", "on", "table"), ("ball", "inside", "box"), ("box", "on", "chair")],
            [("ball", "on", "table"), ("box", "on", "chair")],
            "it is on the table",
        ),
        (
            [("cup", "on", "table"), ("cup", "on", "chair")],
            [("cup", "on", "table")],
            "on the chair",
        ),
        (
            [("cup", "left_of", "jar"), ("cup", "right_of", "jar")],
            [("cup", "left_of", "jar")],
            "'cup right_of jar' contradicts 'cup left_of jar'",
        ),
        (
            [("cup", "left_of", "jar"), ("jar", "left_of", "cup")],
            [("cup", "left_of", "jar")],
            "contradicts",
        ),
        ([("cup", "on", "jar"), ("jar", "on", "cup")], [("cup", "on", "jar")], "circle"),
        (
            [("cup", "inside", "jar"), ("jar", "on", "cup")],
            [("cup", "inside", "jar")],
            "contradicts",
        ),
    ],
)
def test_what_denies_something_earlier_is_left_out_and_explained(said, kept, words):
    given = document(said)
    repairs = repaired(given)
    assert relations_of(given) == kept
    assert len(repairs) == 1
    assert words in repairs[0]
    assert "\n" not in repairs[0]


@pytest.mark.parametrize(
    "said",
    [
        [("ball", "inside", "box"), ("box", "on", "table")],
        [("cup", "left_of", "jar"), ("jar", "right_of", "cup")],
        [("cup", "left_of", "jar"), ("cup", "behind", "jar")],
        [("ball", "on", "table"), ("lamp", "on", "table")],
    ],
)
def test_what_agrees_stays(said):
    given = document(said)
    assert repaired(given) == []
    assert relations_of(given) == said


def test_several_things_can_be_in_several_places():
    given = document([("cup", "on", "table"), ("cup", "on", "chair")], cup=4)
    assert repaired(given) == []


def test_outcomes_that_deny_each_other():
    given = document(
        [],
        [("ball", "stays_on", "table"), ("ball", "falls_off", "table"), ("ball", "touches", "cup"),
         ("ball", "touches", "cup", True)],
    )  # fmt: skip
    repairs = repaired(given)
    assert [said["predicate"] for said in given["outcomes"]] == ["stays_on", "touches"]
    assert len(repairs) == 2
    assert all("which was said first" in repair for repair in repairs)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("cup", "on", "ball"), "a ball may roll away from under the cup"),
        (("vase", "on", "spoon"), "a spoon gives little room to stand on"),
        (("ball", "inside", "book"), "a book is not known to be hollow"),
        (("elephant", "inside", "cup"), "the elephant does not fit inside the cup"),
    ],
)
def test_what_is_unlikely_stays_with_a_note(said, words):
    given = document([said])
    assert repaired(given) == []
    notes = completed(given)
    assert relations_of(given) == [said]
    assert [words in note for note in notes] == [True]


@pytest.mark.parametrize(
    "said", [("cup", "on", "table"), ("ball", "inside", "cup"), ("flibber", "on", "gibbet")]
)
def test_what_is_usual_or_unknown_needs_no_note(said):
    assert completed(document([said])) == []
