"""From the graph that a chat model wrote to a reading: checked, filtered, completed, grounded."""

import re
from typing import Any

import numpy as np

from scene_builder.knowledge.colors import CSS_COLORS, linear_color
from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.qualities import COLOR_PHRASES, MATERIAL_WORDS, SIZE_WORD_OF
from scene_builder.language.answers.alignment import spans_like
from scene_builder.language.answers.grounding import spans_in
from scene_builder.language.answers.mentions import Mentions, is_english, mentions_of
from scene_builder.language.chinese.facts import stated_facts as chinese_facts
from scene_builder.language.chinese.reader import ChineseReader
from scene_builder.language.chinese.segmentation.script import is_chinese, simplified
from scene_builder.language.mending.completion import completed
from scene_builder.language.mending.evidence import filtered
from scene_builder.language.mending.repair import repaired
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import Quantity, attach, stated_quantities
from scene_builder.language.phrases.unserved import unserved
from scene_builder.language.phrases.wordings import Facts
from scene_builder.model.errors import PromptError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading, Span

Document = dict[str, Any]

_PARTS = ("entities", "relations", "actions", "outcomes")
_TITLE_LETTERS = 200
_NEAR_COLORS = 0.45
"""Colours nearer than this (in cube roots of linear light) may be called by either name."""
_SAME_SHARE = 0.02
_CAMERA_WORDS = re.compile(
    r"camera|\bshot\b|\bview|close[- ]?up|zoom|\bpan(s|ning)?\b|\btilt|dolly|orbit|crane|handheld|"
    r"follow|track(s|ing)\b|angle|overhead|bird|aerial|\bwide\b|macro|footage|filmed|lens"
)
_OPEN_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "place": dict(scenery.PLACES), "ground": dict(scenery.GROUNDS),
    "time_of_day": dict(scenery.TIMES), "weather": dict(scenery.WEATHERS),
}  # fmt: skip


def reading_of(
    prompt: str, answer: Document, facts: Facts, *, reader: str, repairs: tuple[str, ...] = (),
    context: str = "",
) -> Reading:  # fmt: skip
    """Return the reading whose graph a chat model wrote.

    What closed wordings say (place, style, camera, length, quantities) is filled in; what no word
    says is taken out, as far as the words are English.

    Args:
        prompt: The prompt as it is read.
        answer: The model's document, already tidy.
        facts: What the closed wordings of the prompt say.
        reader: Name of the reader.
        repairs: What was mended before.
        context: More words that may say what the answer holds, such as a whole page.

    Raises:
        ValidationError: If the answer breaks the contract of scene graphs.
    """
    graph = SceneGraph.model_validate(answer).model_dump(mode="json")
    quantities, rest = stated_quantities(facts.rest)
    chunks = chunks_of(rest)
    document = {key: graph[key] for key in _PARTS}
    mended, english = [*repairs], is_english((context or prompt).lower())
    if english:
        mended += _without_inventions(graph, document, context or prompt)
    mended += repaired(document)
    assumptions = completed(document)
    spans = [*facts.spans, *attach(document, quantities, rest, chunks)]
    if english:
        mentions = mentions_of(document["entities"], rest, chunks)
        spans += spans_in(document, rest, mentions)
        assumptions += _unnamed(document, mentions)
    else:
        spans += _foreign_spans(prompt, document)
        assumptions.append("the words are not English: nothing was taken out by them")
    return Reading(
        graph=SceneGraph.model_validate(_whole(prompt, graph, document, facts)),
        spans=tuple(Span(path=p, start=s, end=e) for p, s, e in dict.fromkeys(spans)),
        assumptions=tuple(dict.fromkeys(assumptions)), repairs=tuple(dict.fromkeys(mended)),
        not_served=(*facts.not_served, *(unserved(rest) if english else ())), reader=reader,
    )  # fmt: skip


def facts_of(prompt: str) -> Facts:
    """Return what the closed wordings of a prompt say, in English or in Chinese."""
    return chinese_facts(simplified(prompt)) if is_chinese(prompt) else stated_facts(prompt)


def _without_inventions(graph: Document, document: Document, words: str) -> list[str]:
    """Take out of a graph and its lists, in place, what no word says."""
    facts = stated_facts(words)
    quantities, rest = stated_quantities(facts.rest)
    chunks = chunks_of(rest)
    for entity in document["entities"]:
        _in_graph_words(entity)
    _take_near_colors(document, mentions_of(document["entities"], rest, chunks))
    repairs = filtered(document, rest, chunks, nouns=False)
    repairs += _unsaid_numbers(document, quantities)
    return repairs + _unsaid_scenery(graph, facts, words.lower())


def _foreign_spans(prompt: str, document: Document) -> list[tuple[str, int, int]]:
    """Evidence in Chinese, by what the Chinese rules read; other languages have none yet."""
    if not is_chinese(prompt):
        return []
    try:
        return spans_like(document, ChineseReader().read(prompt))
    except PromptError:
        return []


def _whole(prompt: str, graph: Document, document: Document, facts: Facts) -> Document:
    said = {key: value for key, value in graph["setting"].items() if value is not None}
    look = {"style": facts.style or graph["look"]["style"],
            "mood": facts.mood or graph["look"]["mood"]}  # fmt: skip
    known = {entity["id"] for entity in document["entities"]}
    ids = {entity["noun"]: entity["id"] for entity in reversed(document["entities"])}
    stated = [
        {key: ids.get(value) if key == "target" else value for key, value in cue.items()}
        for cue in facts.camera
    ]
    written = [
        cue
        | {"target": cue["target"] if (cue["target"] or "").partition("#")[0] in known else None}
        for cue in graph["camera"]
    ]
    return {
        **graph, **document, "prompt": prompt, "setting": {**said, **facts.setting}, "look": look,
        "title": prompt if len(prompt) <= _TITLE_LETTERS else prompt[: _TITLE_LETTERS - 1] + "…",
        "duration_secs": facts.duration_secs or graph["duration_secs"],
        "camera": stated or written,
    }  # fmt: skip


def _in_graph_words(entity: Document) -> None:
    """Spell a colour, a material and a size as the graph does: `golden` is `gold`."""
    for field, table in (
        ("color", COLOR_PHRASES), ("material", MATERIAL_WORDS), ("size", SIZE_WORD_OF),
    ):  # fmt: skip
        value = entity.get(field)
        if not isinstance(value, str):
            continue
        joined = re.sub(r"[ _-]", "", value)
        is_css = field == "color" and joined in CSS_COLORS
        entity[field] = joined if is_css else table.get(value.replace("_", " "), value)


def _take_near_colors(document: Document, mentions: list[Mentions]) -> None:
    """Where the words say scarlet and the model red, scarlet is taken."""
    for entity, said in zip(document["entities"], mentions, strict=True):
        stated = [chunk.color[0] for chunk in said.chunks if chunk.color]
        value = entity.get("color")
        if isinstance(value, str) and stated and value not in stated:
            near = [color for color in stated if _near(color, value)]
            entity["color"] = near[0] if near else value


def _near(one: str, other: str) -> bool:
    if one not in CSS_COLORS or not (other in CSS_COLORS or re.fullmatch("#[0-9a-f]{6}", other)):
        return False
    gap = np.cbrt(linear_color(one)) - np.cbrt(linear_color(other))
    return float(np.linalg.norm(gap)) < _NEAR_COLORS


def _unsaid_numbers(document: Document, quantities: list[Quantity]) -> list[str]:
    """Take out masses, sizes, heights and speeds in figures that no figure of the words gives."""
    repairs = []
    stated = [quantity.value for quantity in quantities]
    for part, fields in (("entities", ("mass_kg", "size")), ("actions", ("height_m", "speed"))):
        for item in document[part]:
            for field in fields:
                value = item.get(field)
                if isinstance(value, str) or value is None:
                    continue
                if not any(abs(value - number) <= _SAME_SHARE * number for number in stated):
                    item[field] = None
                    who = item.get("id") or item.get("actor")
                    repairs.append(f"{who}: the {field} {value:g} was left out: no word says it")
    return repairs


def _unsaid_scenery(graph: Document, facts: Facts, text: str) -> list[str]:
    """Take out a place, a light, a style, a length or a camera of which no word speaks."""
    repairs = []
    for field, table in _OPEN_WORDS.items():
        value = graph["setting"][field]
        if value is not None and not _said(value, table, text):
            graph["setting"][field] = None
            repairs.append(f"the {field} {value!r} was left out: no word says it")
    if "gravity" not in facts.setting and not re.search(
        r"gravity|weightless|moon|mars|space", text
    ):
        graph["setting"]["gravity"] = "earth"
    style = graph["look"]["style"]
    if style is not None and not _said(style, dict(scenery.STYLES), text):
        graph["look"]["style"] = None
        repairs.append(f"the style {style!r} was left out: no word says it")
    if graph["look"]["mood"] and not _said(graph["look"]["mood"], {}, text):
        graph["look"]["mood"] = ""
    if graph["duration_secs"] is not None and not re.search(r"second|minute|\ds\b", text):
        graph["duration_secs"] = None
    if graph["camera"] and not _CAMERA_WORDS.search(text):
        graph["camera"] = []
        repairs.append("the camera's part was left out: no word speaks of it")
    return repairs


def _said(value: str, table: dict[str, tuple[str, ...]], text: str) -> bool:
    wordings = (value, *value.replace("_", " ").split(), *table.get(value, ()))
    return any(re.search(rf"(?<![\w-]){re.escape(word)}", text) for word in wordings)


def _unnamed(document: Document, mentions: list[Mentions]) -> list[str]:
    return [
        f"no word names the {entity['noun']}; the model takes it to be there"
        for entity, said in zip(document["entities"], mentions, strict=True)
        if not said.nouns
    ]
