"""Labels and the figures that readers are judged by."""

import json
from pathlib import Path

import pytest

from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.scoring.agreement import Agreement
from scene_builder.language.scoring.atoms import agreement
from scene_builder.language.scoring.labels import labelled_prompts, labels_of, plain_lines
from scene_builder.language.scoring.score import scored
from scene_builder.model.errors import SceneError

SETS = sorted((Path(__file__).parent / "reading_sets").glob("*.json"))
LABELS = (
    "ball red ?small", "mug|cup 3 blue|navy", "?hand", "ball left_of mug", "?mug on ground",
    "ball roll|slide slow >mug", "ball knocks_over mug >=2", "ball avoids hand",
    "camera orbit_left|orbit_right ?wide", "?place=kitchen", "time_of_day=sunset",
)  # fmt: skip
SAID = (
    "ball red\ncup 3 blue\nhand\ncup right_of ball\nball slide slow >cup\n"
    "ball knocks_over cup >=2\nball not touches hand\ncamera orbit_right\ntime_of_day=sunset\n"
)


def judged(said: str, labels: tuple[str, ...] = LABELS) -> Agreement:
    return agreement(labels_of(labels), graph_from_notation(said))


def test_alternatives_options_and_inverses_agree() -> None:
    result = judged(SAID)
    assert result.exact
    assert len(result.found) == 14
    assert ("entity", "hand") in result.allowed


@pytest.mark.parametrize(
    ("change", "missed", "invented"),
    [
        (("ball red", "ball"), {"ball color=red"}, set()),
        (("ball red", "ball green"), {"ball color=red"}, {"ball color=green"}),
        (("cup 3", "cup 2"), {"mug count=3"}, {"mug count=2"}),
        (("cup right_of ball", "cup left_of ball"), {"ball left_of mug"}, {"mug left_of ball"}),
        (("slide slow >cup", "slide slow"), {"ball roll target=mug"}, set()),
        (("slide slow", "fly slow"), {"ball roll", "ball roll target=mug", "ball roll speed=slow"},
         {"ball fly"}),
        (("cup >=2", "cup 2"), {"ball knocks_over mug at_least 2"}, set()),
        (("not touches", "touches"), {"ball avoids hand"}, {"ball touches hand"}),
        (("orbit_right", "static"), {"move=orbit_left"}, {"move=static"}),
        (("sunset", "night"), {"time_of_day=sunset"}, {"time_of_day=night"}),
        (("hand\n", "hand\nvase\n"), set(), {"vase"}),
        (("ball red", "ball red small"), set(), set()),
    ],
)  # fmt: skip
def test_each_fault_is_counted_where_it_lies(
    change: tuple[str, str], missed: set[str], invented: set[str]
) -> None:
    result = judged(SAID.replace(*change, 1))
    assert {text for _, text in result.missed} == missed
    assert {text for _, text in result.invented} == invented


def test_a_missing_entity_takes_what_is_said_of_it_along() -> None:
    result = judged("cup 3 blue\ntime_of_day=sunset\n")
    assert {"ball", "ball color=red", "ball left_of mug", "ball roll"} <= {
        text for _, text in result.missed
    }


def test_two_things_of_one_noun_are_paired_by_what_is_said_of_them() -> None:
    labels = ("cup red", "cup_2 blue", "cup left_of cup_2")
    assert judged("cup blue\ncup_2 red\ncup_2 left_of cup\n", labels).exact
    assert not judged("cup blue\ncup_2 red\ncup left_of cup_2\n", labels).exact


def test_an_error_of_a_reader_counts_as_having_read_nothing(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps([{"prompt": "p", "labels": list(LABELS)}]))

    def refuse(prompt: str) -> None:
        raise SceneError(prompt)

    score = scored(refuse, labelled_prompts(path))  # type: ignore[arg-type]
    assert (score.refused, score.exact, score.whole.recall) == (1, 0, 0.0)
    assert score.whole.missed == 14


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_labels_of_the_frozen_sets_agree_with_themselves(path: Path) -> None:
    prompts = labelled_prompts(path)
    for prompt in prompts:
        graph = graph_from_notation("\n".join(plain_lines(prompt.labels)))
        result = agreement(labels_of(prompt.labels), graph)
        assert not result.missed, prompt.prompt
        assert not result.invented, prompt.prompt
    assert len({prompt.prompt for prompt in prompts}) == len(prompts)
