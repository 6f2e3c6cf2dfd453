import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.language.notation.writing import notation_from_graph
from scene_builder.language.rules import RuleReader
from scene_builder.model.errors import PromptError, WorldreelError
from scene_builder.model.reading import Reading


def read(prompt):
    return RuleReader().read(prompt)


def lines(prompt):
    notation = notation_from_graph(read(prompt).graph).splitlines()
    return {line for line in notation if not line.startswith("title=")}


def test_every_sentence_of_the_gold_is_read_right(gold):
    assert {prompt: lines(prompt) for prompt in gold} == gold


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Three books are knocked over by a cat.", {"cat knocks_over book 3"}),
        ("A vase stands on a shelf. A ball rolls into it.",
         {"vase stay", "ball roll >vase", "ball touches vase"}),
        ("A ball rolls past a vase without touching it.", {"ball not touches vase"}),
        ("A can rolls across a desk but does not fall off.", {"can on desk", "can roll"}),
        ("Rolling off a desk, a ball hits a can.",
         {"ball on desk", "ball roll off >can", "ball falls_off desk", "ball touches can"}),
        ("A red cube next to a blue cube.", {"cube red", "cube_2 blue", "cube beside cube_2"}),
        ("A ball rolls off a table, then hits a can.", {"ball touches can after=0"}),
        ("A vase, which stands on a shelf, is hit by a ball.",
         {"vase on shelf", "ball touches vase"}),
        ("On a shelf stand two vases.", {"vase 2", "vase on shelf", "vase stay"}),
        ("A ball is thrown at a window.", {"ball throw >window"}),
        ("Someone pushes a box off a table.",
         {"box on table", "box push off", "box falls_off table"}),
        ("A ball rolls into five pins and at most two of them fall over.", {"pin falls <=2"}),
        ("A lamp hangs from the ceiling.", {"lamp hanging_from ceiling"}),
        ("A ball rolls into the wall.", {"ball roll >wall", "ball touches wall"}),
        ("A plank leans against a wall.", {"plank against wall"}),
        ("A video of a ball rolling off a table.", {"ball roll off", "ball falls_off table"}),
        ("A ball bounces on a drum in a kitchen at night.",
         {"ball on drum", "ball bounces", "place=kitchen", "time_of_day=night"}),
        ("A cup, a plate and a spoon on a table.",
         {"cup on table", "plate on table", "spoon on table"}),
        ("A samovar stands beside a gnome.", {"samovar", "gnome", "samovar beside gnome"}),
    ],
)  # fmt: skip
def test_constructions(prompt, said):
    assert said <= lines(prompt)


def test_an_unknown_noun_survives_as_a_free_word():
    (entity,) = read("A shiny purple zorblax.").graph.entities
    assert (entity.noun, entity.color) == ("zorblax", "purple")


def test_evidence_points_at_the_words_that_say_it():
    prompt = "Two green apples rest inside a white bowl."
    reading = read(prompt)
    said = {span.path: prompt[span.start : span.end] for span in reading.spans}
    assert said["entities.0.count"] == "Two"
    assert said["entities.0.color"] == "green"
    assert said["entities.1.color"] == "white"
    assert said["entities.1.noun"] == "bowl"
    assert said["relations.0.predicate"] == "inside"


def test_choices_are_told():
    assert any("at least one" in text for text in read("A ball rolls into six cups.").assumptions)


@pytest.mark.parametrize("prompt", ["And so it goes.", "The and of the.", "Suddenly!"])
def test_words_without_any_thing_are_refused(prompt):
    with pytest.raises(PromptError, match="names no thing"):
        read(prompt)


def test_impossible_supports_are_mended_and_told():
    reading = read("A box on a crate. The crate is on the box.")
    assert len([r for r in reading.graph.relations if r.predicate == "on"]) == 1
    assert any("circle" in repair for repair in reading.repairs)


def test_more_things_than_a_scene_holds_are_refused():
    with pytest.raises(PromptError, match="1 to 200"):
        read("1000000 balls fall.")


WORDS = (
    *("a", "the", "two", "red", "ball", "cup", "table", "rolls", "falls", "off", "into", "on"),
    *("and", "it", "them", "knocks", "over", "not", "which", "between", "row", "of", "all", "at"),
    *("least", "three", "is", "by", "then", "while", ",", ".", ";", "behind", "wooden", "made"),
)


def attempted(text):
    """The reading, or the one line that refuses the text."""
    try:
        return read(text)
    except WorldreelError as error:
        return str(error)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join))
def test_no_row_of_words_breaks_the_reader(prompt):
    result = attempted(prompt)
    assert isinstance(result, Reading) or "\n" not in result
    assert result == attempted(prompt)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    result = attempted(text)
    assert isinstance(result, Reading) or "\n" not in result
