import json
import re
from pathlib import Path

import numpy as np
import pytest

from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.scoring.labels import labelled_prompts, labels_of
from scene_builder.language.tagger.scheme import CLASSES, ROLES, TAGS
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.language.training.natural.pairs import mixed_pairs, natural_pairs, wordings
from scene_builder.language.training.natural.target import target_of
from scene_builder.language.training.natural.variation import varied_rand
from scene_builder.language.training.tagger.found import UNTAUGHT, found_example
from scene_builder.model.chance import stream
from scene_builder.model.errors import SceneError

SETS = Path(__file__).parent / "reading_sets"
PROMPT = "A little red ball rolls off the oak table and knocks over three mugs at night."
LABELS = (
    "ball small red", "table wood", "cup|mug 3", "ball on table", "ball roll off ?>cup",
    "ball falls_off table", "ball knocks_over cup ?3", "?ball touches cup", "time_of_day=night",
)  # fmt: skip


def plain(text):
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def test_the_model_learns_to_write_in_the_words_of_the_prompt_and_no_more():
    assert target_of(PROMPT, LABELS).notation == (
        "ball little red\ntable oak\nmug 3\nball on table\nball roll off >mug\n"
        "ball falls_off table\nball knocks_over mug 3\n"
    )


def test_things_stand_in_the_order_of_the_words():
    turned = "Three mugs are knocked over by a ball that rolls off a table."
    said = target_of(turned, ("ball", "table", "mug 3", "ball on table", "ball roll off"))
    assert said.notation.splitlines()[:3] == ["mug 3", "ball", "table"]


def test_what_the_grammar_does_not_offer_is_told():
    missing = target_of("A ball rolls.", ("ball", "unicorn", "ball roll")).missing
    assert missing == (("noun", "unicorn"),)


def test_every_hundredth_wording_of_the_corpus_becomes_a_scene():
    for prompt, labels in wordings()[::100]:
        graph = graph_from_notation(target_of(prompt, labels).notation)
        assert graph.entities, prompt


def test_the_corpus_is_large_and_says_nothing_twice():
    prompts = [plain(prompt) for prompt, _ in wordings()]
    assert len(prompts) > 4000
    assert len(set(prompts)) > 0.995 * len(prompts)


def test_no_prompt_that_readers_are_judged_by_is_trained_on():
    trained = {plain(prompt) for prompt, _ in wordings()}
    for path in sorted(SETS.glob("*.json")):
        judged = {plain(labelled.prompt) for labelled in labelled_prompts(path)}
        assert not judged & trained, path.name
    gold = {plain(entry["prompt"]) for entry in json.loads((SETS.parent / "gold.json").read_text())}
    assert not gold & trained


def test_words_are_exchanged_in_prompt_and_labels_alike():
    rng = stream(3, "variation")
    seen = set()
    for _ in range(40):
        prompt, labels = varied_rand(rng, PROMPT, LABELS, chance=0.8)
        said = target_of(prompt, labels)
        assert said.missing == () or said.missing[0][0] != "noun"
        first = said.notation.split("\n")[0].split()
        assert first[0].replace("_", " ") in prompt.lower()
        assert first[2] in prompt
        seen.add(said.notation)
    assert len(seen) > 20


def test_a_stream_depends_on_its_seed_alone():
    for source in (natural_pairs, lambda seed: mixed_pairs(seed, 0.5)):
        first, again, other = (
            [next(s) for s in [source(seed)] for _ in range(4)] for seed in (5, 5, 6)
        )
        assert first == again != other


def pieces_of(text):
    return [(0, 0), *(m.span() for m in re.finditer(r"\w+|[^\w\s]", text)), (0, 0)]


def scores_where(text, said):
    """What a network says that finds each (head, word) of `said` at its word, and no arcs."""
    offsets = pieces_of(text)
    n = len(offsets)
    classes = {head: np.full((n, len(names)), 1e-4) for head, names in CLASSES.items()}
    for (head, name), word in said.items():
        (k,) = [k for k, (a, b) in enumerate(offsets) if text[a:b] == word]
        classes[head][k, CLASSES[head].index(name)] = 0.9
    return TokenScores(
        offsets=np.array(offsets), tags=np.full((n, len(TAGS)), 1 / len(TAGS)), classes=classes,
        arcs=np.full((len(ROLES), n, n), 3.0),
    )  # fmt: skip


def test_statements_are_taught_at_the_words_that_say_them():
    text = "a little red ball rolls off the oak table and knocks over three mugs."
    scores = scores_where(
        text,
        {("action", "roll"): "rolls", ("relation", "on"): "off", ("outcome", "falls_off"): "off",
         ("outcome", "knocks_over"): "knocks", ("outcome", "touches"): "over"},
    )  # fmt: skip
    notation = target_of(PROMPT, LABELS).notation
    ids = list(range(len(scores.offsets)))
    example = found_example(text, notation, labels_of(LABELS), ids, scores)
    words = [text[a:b] for a, b in scores.offsets]
    tags = {words[k]: TAGS[t] for k, t in enumerate(example.tags) if t > 0}
    assert tags == {"little": "size", "red": "color", "ball": "new", "oak": "material",
                    "table": "new", "three": "count", "mugs": "new"}  # fmt: skip
    taught = {
        (head, CLASSES[head][word], words[k])
        for head, found in example.classes.items() for k, word in found.items() if word > 0
    }  # fmt: skip
    assert taught == {
        ("action", "roll", "rolls"), ("relation", "on", "off"), ("outcome", "falls_off", "off"),
        ("outcome", "knocks_over", "knocks"), ("direction", "off", "off"),
    }  # fmt: skip
    assert example.classes["outcome"][words.index("over")] == UNTAUGHT  # an optional label
    assert ("actor", words.index("rolls"), (0,)) in example.belongs
    assert example.lost == 0


def test_a_prompt_whose_things_are_not_found_is_not_taught():
    scores = scores_where("it rolls.", {("action", "roll"): "rolls"})
    labels = labels_of(("ball", "ball roll"))
    assert found_example("it rolls.", "ball\nball roll\n", labels, [0, 1, 2, 3], scores) is None


def test_a_label_that_is_none_is_refused():
    with pytest.raises(SceneError):
        target_of("A ball rolls.", ("ball", "season=autumn"))
