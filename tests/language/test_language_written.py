"""Words that things bear, in English and in Chinese."""

import pytest

from scene_builder.language.rules import RuleReader

PROMPTS = {
    "A sign that says HELLO stands on the grass.": [("sign", 1, "HELLO")],
    "A cake labelled 'Happy Birthday' stands on a table.": [
        ("cake", 1, "Happy Birthday"), ("table", 1, ""),
    ],
    "The 3D word DREAM stands on the grass.": [("word", 1, "DREAM")],
    "The 3D text WORLDREEL falls onto the floor.": [("word", 1, "WORLDREEL")],
    "The letters A, B and C stand on a table.": [
        ("block letter", 3, "A | B | C"), ("table", 1, ""),
    ],
    "Giant letters spelling HELLO stand on a beach.": [("block letter", 5, "H | E | L | L | O")],
    "A box marked FRAGILE falls off a shelf.": [("box", 1, "FRAGILE"), ("shelf", 1, "")],
    "A sign saying “Welcome home” hangs above the door.": [
        ("sign", 1, "Welcome home"), ("door", 1, ""),
    ],
    "Three blocks labelled A, B and C are stacked on the floor.": [("block", 3, "A | B | C")],
    'The word "LOVE" is written on the cake.': [("cake", 1, "LOVE")],
    'An "OPEN" sign hangs on the door.': [("sign", 1, "OPEN"), ("door", 1, "")],
    "A crate with the word EXPLOSIVES on its side slides down a ramp.": [
        ("crate", 1, "EXPLOSIVES"), ("ramp", 1, ""),
    ],
    "A sign that says no entry stands on the road.": [("sign", 1, "no entry")],
    'A mug with "DAD" printed on it stands next to a book titled Dune.': [
        ("mug", 1, "DAD"), ("book", 1, "Dune"),
    ],
    "Two signs, one saying YES and the other saying NO, stand on the grass.": [
        ("sign", 2, "YES | NO"),
    ],
    "A SIGN THAT SAYS HELLO STANDS ON THE GRASS.": [("sign", 1, "hello")],
    "一块写着「停」的牌子立在路边。": [("sign", 1, "停")],
    "草地上有一块牌子，牌子上写着“欢迎回家”。": [("sign", 1, "欢迎回家")],
    "立体字DREAM立在草地上。": [("word", 1, "DREAM")],
    "字母A、B和C排成一排。": [("block letter", 3, "A | B | C")],
    "一个标着FRAGILE的箱子从架子上掉下来。": [("box", 1, "FRAGILE"), ("shelf", 1, "")],
}  # fmt: skip


@pytest.mark.parametrize("prompt", PROMPTS)
def test_what_a_thing_bears_is_its_text(prompt: str) -> None:
    entities = RuleReader().read(prompt).graph.entities
    assert [(e.noun, e.count, e.text) for e in entities] == PROMPTS[prompt]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_words_are_the_evidence(prompt: str) -> None:
    reading = RuleReader().read(prompt)
    for span in reading.spans:
        if span.path.endswith(".text"):
            said = reading.graph.entities[int(span.path.split(".")[1])].text
            glyphs = [part.strip().lower() for part in said.split("|")]
            letters = prompt[span.start : span.end].lower()
            assert any(part in letters for part in glyphs)


@pytest.mark.parametrize(
    ("prompt", "nouns"),
    [
        ('A man says "Hello" and a dog runs.', ["man", "dog"]),
        ("A red ball rolls off a wooden table.", ["ball", "table"]),
        ("A boy's ball rolls off the dogs' bed.", ["ball", "bed"]),
    ],
)
def test_what_persons_say_is_on_nothing(prompt: str, nouns: list[str]) -> None:
    entities = RuleReader().read(prompt).graph.entities
    assert [e.noun for e in entities] == nouns
    assert not any(e.text for e in entities)


def test_letters_stand_in_a_row_unless_it_is_said_how() -> None:
    row = RuleReader().read("The letters A, B and C stand on a table.").graph.relations
    assert ("letter", "in_row") in {(r.subject, r.predicate) for r in row}
    pile = RuleReader().read("Three blocks labelled A, B and C are stacked.").graph.relations
    assert [r.predicate for r in pile] == ["stacked"]


@pytest.mark.parametrize(
    ("prompt", "nouns"),
    [
        ("A Newton's cradle with five balls swings.", ["newton's cradle"]),
        ("Newton's cradle stands on a desk and its balls swing.", ["newton's cradle", "desk"]),
        ("The cat's bowl stands next to a bird's nest.", ["bowl", "bird's nest"]),
    ],
)
def test_a_name_with_an_owner_in_it_is_one_thing(prompt: str, nouns: list[str]) -> None:
    assert [e.noun for e in RuleReader().read(prompt).graph.entities] == nouns
