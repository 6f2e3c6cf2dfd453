"""Words that were dropped: colourful groups, ordinals, breaking, water, and what "into" means."""

import pytest

from scene_builder.knowledge.colors import COLORFUL, LIVELY, colors_of, linear_color
from scene_builder.language.mending.opinions import rules_opinion
from scene_builder.language.mending.physical.happening import broken, retained
from scene_builder.language.mending.physical.waters import at_water
from scene_builder.language.phrases.ordinals import place_of
from scene_builder.language.phrases.walk import draft_of
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.rules import RuleReader
from scene_builder.model.errors import PromptError


def graph_of(prompt):
    return RuleReader().read(prompt).graph


def deeds(prompt):
    return [(a.actor, a.verb, a.target) for a in graph_of(prompt).actions]


def ends(prompt):
    return [(o.subject, o.predicate, o.object, o.count) for o in graph_of(prompt).outcomes]


@pytest.mark.parametrize(
    ("prompt", "noun", "count"),
    [
        ("Five colorful balloons float up into the sky.", "balloon", 5),
        ("Six brightly coloured marbles roll off a table.", "marble", 6),
        ("A rainbow-coloured ball bounces.", "ball", 1),
        ("A rainbow slinky goes down the stairs.", "slinky", 1),
        ("Ten cubes in different colors fall onto the floor.", "cube", 10),
        ("Blocks of different colours lie on a table.", "block", 3),
        ("五个彩色的气球飘上天空。", "balloon", 5),
    ],
)
def test_what_has_many_colours_is_colorful(prompt, noun, count):
    first = graph_of(prompt).entities[0]
    assert (first.noun, first.count, first.color) == (noun, count, COLORFUL)


def test_each_of_a_colourful_group_gets_another_colour():
    assert colors_of("red", 3) == ("red",) * 3
    assert colors_of(COLORFUL, len(LIVELY), first=5) == (*LIVELY[5:], *LIVELY[:5])
    shades = [linear_color(name) for name in LIVELY]
    apart = [abs(a - b).max() for k, a in enumerate(shades) for b in shades[:k]]
    assert min(apart) > 0.1


def test_two_things_share_a_noun_that_stands_once():
    said = [(e.color, e.size, e.count) for e in graph_of("A red and a blue ball roll.").entities]
    assert said == [("red", None, 1), ("blue", None, 1)]
    two = graph_of("Two small and three big balls roll down a ramp.").entities[:2]
    assert [(e.size, e.count) for e in two] == [("small", 2), ("large", 3)]
    assert len(graph_of("A red and white ball rolls.").entities) == 1


@pytest.mark.parametrize(
    ("order", "count", "place"),
    [("first", 6, 1), ("last", 6, 6), ("third", 6, 3), ("middle", 5, 3), ("middle", 4, None),
     ("seventh", 6, None), ("red", 6, None), ("first", 1, None)],
)  # fmt: skip
def test_an_ordinal_means_one_of_several(order, count, place):
    assert place_of(order, count) == place


def test_the_first_of_a_row_knocks_over_the_rest():
    said = "Six dominoes stand in a row. The first one topples and knocks down {}."
    for rest in ("the rest", "all the others", "the others"):
        assert deeds(said.format(rest)) == [("domino#1", "fall", None)]
        assert ends(said.format(rest)) == [
            ("domino#1", "falls", None, None), ("domino#1", "knocks_over", "domino", 5)
        ]  # fmt: skip


def test_ordinals_name_one_thing_of_a_group():
    assert ends("Three cups stand on a table. The last cup falls over.") == [
        ("cup#3", "falls", None, None)
    ]
    assert ends("A ball rolls toward three bottles and knocks over the middle one.") == [
        ("ball", "knocks_over", "bottle#2", None)
    ]


@pytest.mark.parametrize(
    ("prompt", "broken"),
    [
        ("A vase falls off the shelf and breaks.", "vase"),
        ("A glass falls off the table and shatters on the floor.", "glass"),
        ("A plate drops to the floor and smashes into a thousand pieces.", "plate"),
        ("A ball hits a window and breaks it.", "window"),
        ("A hammer smashes a vase.", "vase"),
        ("A hammer breaks an ice cube.", "ice_cube"),
    ],
)
def test_what_breaks_after_something_else_breaks(prompt, broken):
    graph = graph_of(prompt)
    assert [a.actor for a in graph.actions if a.verb == "explode"] == [broken]
    assert "piece" not in {entity.noun for entity in graph.entities}


@pytest.mark.parametrize(
    ("prompt", "done", "end"),
    [
        ("The cue ball breaks the rack.", [], [("cue_ball", "touches", "rack", None)]),
        ("A ball breaks through a wall of bricks.", [], [("ball", "touches", "brick", 1)]),
        ("A ball breaks free and rolls down.", [("ball", "roll", None)], []),
        ("A branch breaks off a tree.", [("branch", "fall", None)],
         [("branch", "falls_off", "tree", None)]),
        ("A runner breaks into a sprint.", [("runner", "run", None)], []),
        ("A horse broke into a gallop.", [("horse", "run", None)], []),
        ("The rack is broken by a ball.", [], []),
    ],
)  # fmt: skip
def test_what_breaks_off_or_free_is_not_in_pieces(prompt, done, end):
    assert (deeds(prompt), ends(prompt)) == (done, end)


@pytest.mark.parametrize(
    ("verb", "sure"),
    [("shatters", True), ("breaks", True), ("breaks to pieces", True), ("breaks near it", None)],
)
def test_only_closed_words_are_certain_of_pieces(verb, sure):
    words = f"a vase {verb}."
    [action] = rules_opinion(draft_of(words), words)["actions"]
    assert (action["verb"], action.get("certain")) == ("explode", sure)


def test_what_is_sent_before_breaking_renumbers_what_comes_after():
    document = {
        "actions": [{"actor": "egg", "verb": "explode"},
                    {"actor": "cat", "verb": "run", "after": 0}],
        "outcomes": [{"predicate": "touches", "subject": "egg", "object": "wall"}],
    }  # fmt: skip
    broken(document)
    assert [(a["verb"], a.get("after")) for a in document["actions"]] == [
        ("throw", None), ("explode", None), ("run", 1)
    ]  # fmt: skip


def test_what_came_after_a_lost_action_comes_after_what_that_came_after():
    document = {"actions": [
        {"verb": "roll"}, {"verb": "float", "after": 0}, {"verb": "float"},
        {"verb": "drop", "after": 1}, {"verb": "run", "after": 3}, {"verb": "fly", "after": 2},
    ]}  # fmt: skip
    retained(document, "actions", lambda action: action["verb"] != "float")
    assert [(a["verb"], a.get("after")) for a in document["actions"]] == [
        ("roll", None), ("drop", 0), ("run", 1), ("fly", None)
    ]  # fmt: skip


def watered(words, *actions, ends=(), things=("ball",)):
    document = {
        "entities": [{"id": noun.replace(" ", "_"), "noun": noun} for noun in things],
        "relations": [], "outcomes": list(ends),
        "actions": [{"actor": "ball", "verb": verb} for verb in actions],
    }  # fmt: skip
    facts = Facts(rest="")
    at_water(document, facts, words)
    said = [(o["predicate"], o["object"]) for o in document["outcomes"]]
    return facts.setting.get("place"), said


IN_GROUND = {"predicate": "lands_in", "subject": "ball", "object": "ground"}


@pytest.mark.parametrize(
    ("words", "verb", "place", "said"),
    [
        ("A ball falls and lands in the grass.", "fall", None, "lands_on"),
        ("A ball flies into the wet sand by the lake.", "throw", None, "lands_on"),
        ("A ball drops into the pond.", "drop", "pond", "lands_in"),
        ("At the lake a ball drops and sinks.", "drop", None, "lands_in"),
    ],
)
def test_only_in_water_does_something_land_in_the_ground(words, verb, place, said):
    assert watered(words, verb, ends=[dict(IN_GROUND)]) == (place, [(said, "ground")])


def test_what_rolls_into_water_is_not_asked_to_land_in_it():
    said = {**IN_GROUND, "object": "pond"}
    assert watered("A ball rolls into the pond.", "roll", ends=[said], things=("ball", "pond")) == (
        "pond", [])  # fmt: skip
    assert watered("A ball rolls into the pond.", "roll", ends=[dict(IN_GROUND)]) == ("pond", [])


@pytest.mark.parametrize("vessel", ["barrel", "basin", "dish", "trough", "pitcher", "cooler"])
def test_a_vessel_of_water_is_no_lake(vessel):
    assert graph_of(f"A ball drops into a water {vessel}.").setting.place is None
    words = f"A ball drops into the water {vessel}."
    assert watered(words, "drop", things=("ball", vessel)) == (None, [])


def test_what_floats_in_it_floats_in_the_water():
    said = graph_of("A coin is dropped into a swimming pool, and a duck floats in it.")
    assert said.setting.place == "swimming pool"
    assert not said.relations


@pytest.mark.parametrize(
    ("prompt", "thing", "place"),
    [
        ("A stone drops into a lake.", "stone", "lake"),
        ("A beach ball falls into a pond and floats.", "beach_ball", "pond"),
        ("A stone is thrown into the sea.", "stone", "sea"),
        ("A rubber duck falls into the water.", "rubber_duck", "lake"),
    ],
)
def test_what_falls_into_a_lake_lands_in_its_water(prompt, thing, place):
    reading = RuleReader().read(prompt)
    assert [e.id for e in reading.graph.entities] == [thing]
    assert reading.graph.setting.place == place
    assert (thing, "lands_in", "ground", None) in ends(prompt)
    assert not reading.not_served


@pytest.mark.parametrize(
    "prompt", ["A ball falls in a glass of water.", "A stone falls onto a frozen lake."]
)
def test_other_water_is_no_place(prompt):
    assert graph_of(prompt).setting.place is None


@pytest.mark.parametrize(
    ("prompt", "predicate"),
    [
        ("A can rolls into two trash cans.", "touches"),
        ("A ball rolls into a bucket.", "touches"),
        ("A car drives into three barrels.", "touches"),
        ("A ball rolls into a bucket lying on its side.", "lands_in"),
        ("A ball drops into a bucket.", "lands_in"),
        ("A ball rolls off a table into a bucket.", "lands_in"),
    ],
)
def test_into_is_against_what_stands_and_inside_what_is_open(prompt, predicate):
    assert ends(prompt)[-1][1] == predicate


def test_a_jelly_jar_is_not_of_jelly():
    assert graph_of("A jelly jar falls.").entities[0].material is None
    assert graph_of("A jelly cube falls.").entities[0].material == "jelly"


def test_what_is_struck_falls_by_the_blow():
    said = "A book slides off the desk, hits a lamp and the lamp falls over."
    assert ("lamp", "fall", None) not in deeds(said)
    assert ("lamp", "falls", None, None) in ends(said)


def test_what_pops_on_something_is_sent_there():
    assert deeds("A balloon pops when it touches a cactus.")[0] == ("balloon", "throw", "cactus")


@pytest.mark.parametrize("prompt", ["Nothing happens.", "A sunset over the ocean."])
def test_what_cannot_be_filmed_is_said_in_one_line(prompt):
    with pytest.raises(PromptError, match="names no thing that could be filmed") as raised:
        RuleReader().read(prompt)
    assert "\n" not in str(raised.value)
