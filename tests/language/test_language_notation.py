import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.notation.writing import notation_from_graph, noun_of_id
from scene_builder.model import words
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph

FREE = st.from_regex(re.compile(r"[^A-Z\x00-\x1f\ud800-\udfff]{1,12}"), fullmatch=True)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda ref: ref not in words.RESERVED_IDS
)
SECONDS = st.floats(0, 1000, allow_nan=False)
METRES = st.floats(1e-6, 1000, allow_nan=False, exclude_min=True)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


@st.composite
def graphs(draw):
    ids = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    counts = {ref: draw(st.integers(1, 20)) for ref in ids}
    ref = st.sampled_from([*ids, *words.RESERVED_IDS, *(f"{i}#{c}" for i, c in counts.items())])
    entities = [
        {
            "id": i,
            "noun": draw(st.one_of(FREE, st.just(noun_of_id(i)))),
            "count": counts[i],
            "color": draw(maybe(st.one_of(FREE, st.sampled_from(["red", "lightblue", "#00ff00"])))),
            "material": draw(maybe(st.one_of(FREE, st.sampled_from(["wood", "gold", "glass"])))),
            "size": draw(maybe(st.one_of(FREE, METRES, st.sampled_from(words.SIZE_WORDS)))),
            "mass_kg": draw(maybe(st.floats(1e-6, 1e6, exclude_min=True))),
            "mobility": draw(maybe(st.sampled_from(["dynamic", "static", "kinematic"]))),
            "text": draw(st.one_of(st.just(""), st.text(max_size=10))),
        }
        for i in ids
    ]
    relations = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "subject": ref,
                    "predicate": st.sampled_from(words.PREDICATES),
                    "object": st.lists(ref, max_size=3),
                }
            ),
            max_size=4,
        )
    )
    actions = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "actor": ref,
                    "verb": st.sampled_from(words.VERBS),
                    "target": maybe(ref),
                    "direction": maybe(st.sampled_from(words.DIRECTIONS)),
                    "speed": maybe(st.one_of(FREE, SECONDS, st.sampled_from(words.SPEED_WORDS))),
                    "height_m": maybe(METRES),
                    "start_secs": SECONDS,
                }
            ),
            max_size=3,
        )
    )
    outcomes = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "predicate": st.sampled_from(words.OUTCOME_PREDICATES),
                    "subject": ref,
                    "object": maybe(ref),
                    "count": maybe(st.integers(0, 200)),
                    "compare": st.sampled_from(["exactly", "at_least", "at_most"]),
                    "negated": st.booleans(),
                }
            ),
            max_size=3,
        )
    )
    for said in (actions, outcomes):
        for k in range(1, len(said)):
            said[k]["after"] = draw(maybe(st.integers(0, k - 1)))
    cue = st.fixed_dictionaries(
        {
            "start_secs": SECONDS,
            "shot": maybe(st.sampled_from(words.FRAMINGS)),
            "angle": maybe(st.sampled_from(words.ANGLES)),
            "move": maybe(st.sampled_from(words.MOVES)),
            "target": maybe(ref),
        }
    )
    gravity = st.one_of(st.sampled_from(list(words.GRAVITY_WORDS)), st.floats(0, 300))
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "title": draw(st.text(max_size=10)),
            "duration_secs": draw(maybe(METRES)),
            "setting": {
                "place": draw(maybe(FREE)),
                "ground": draw(maybe(FREE)),
                "time_of_day": draw(maybe(FREE)),
                "weather": draw(maybe(FREE)),
                "gravity": draw(gravity),
            },
            "entities": entities,
            "relations": relations,
            "actions": actions,
            "outcomes": outcomes,
            "camera": draw(st.lists(cue, max_size=2)),
            "look": {"style": draw(maybe(FREE)), "mood": draw(st.text(max_size=10))},
        }
    )


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_graph_survives_the_notation(graph):
    assert graph_from_notation(notation_from_graph(graph)) == graph


def test_the_demo_sentence_takes_seven_short_lines():
    notation = (
        "ball red rubber\ntable wood\ncup 3 blue\nball on table\n"
        "ball roll off >cup\nball falls_off table\nball knocks_over cup 3\n"
    )
    graph = graph_from_notation(notation)
    assert notation_from_graph(graph) == notation
    assert graph.entities[2].count == 3
    assert graph.outcomes[1].object == "cup"


def test_words_as_they_stand_in_a_prompt_are_read_too():
    graph = graph_from_notation("cup gigantic light_blue wooden\nball jet-black\n")
    cup, ball = graph.entities
    assert (cup.size, cup.color, cup.material) == ("giant", "lightblue", "wood")
    assert ball.color == "black"


@pytest.mark.parametrize(
    "text", ["ball sparkly", "ball roll sideways", "colour=red", "ball on nowhere", "", "ball -3"]
)
def test_what_is_no_notation_is_refused_in_one_line(text):
    with pytest.raises(SceneError) as caught:
        graph_from_notation(text)
    assert "\n" not in str(caught.value)
