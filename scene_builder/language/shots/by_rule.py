"""Shots by rule: a sentence is a shot, read by any reader.

A sentence that names no thing goes to its neighbour's caption; one that only says more about
things of the shot before it (that they are of oak, say) is read together with that shot.
Pronouns are resolved over sentences; things, places, light and style last.
"""

from dataclasses import dataclass, field

from scene_builder.knowledge.words.nouns import NOUNS, singular
from scene_builder.language.chinese.reader import ChineseReader
from scene_builder.language.chinese.segmentation.script import is_chinese
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.reader import Reader
from scene_builder.language.rules import RuleReader
from scene_builder.language.shots.film_plan import (
    FilmPlan,
    check_number,
    checked_page,
    planned,
)
from scene_builder.language.shots.pronouns import resolved, setting_in, without_lead
from scene_builder.language.shots.sentences import text_of
from scene_builder.language.shots.world import World, is_new
from scene_builder.model.errors import PromptError
from scene_builder.model.graph import Entity, SceneGraph
from scene_builder.model.reading import Reading

LONG_WORDS = 80
"""A prompt of more words may be a page."""
HAN_A_WORD = 2
"""Chinese characters that say as much as an English word, about."""
MANY_EVENTS = 3
"""A long prompt is a page if more of its sentences say that something happens."""

_STAND_INS = (
    Entity(id="ball", noun="ball"), Entity(id="boy", noun="boy"),
    Entity(id="cup", noun="cup", count=2),
)  # fmt: skip
_CALLED = {"ball": "球", "boy": "男孩", "cup": "杯子"}
"""Something for every pronoun, to see what a sentence says of whatever it means."""


@dataclass(slots=True)
class _Unit:
    """The sentences of one shot: those to be read, and all that are shown."""

    read: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def film_by_rule(text: str, reader: Reader) -> FilmPlan:
    """Return the film of a page, one shot for each sentence that can be filmed.

    Args:
        text: The page.
        reader: Understands each sentence.

    Raises:
        PromptError: If no sentence can be filmed, or more than a film may have.
    """
    page = checked_page(text)
    notes: list[str] = []
    units = _units(page.sentences, notes)
    check_number(len(units))
    world = World()
    readings: list[Reading] = []
    captions: list[str] = []
    for unit in units:
        for sentence in unit.shown:
            if sentence not in unit.read:
                world.hear(sentence)
        words = text_of(_written_out(unit.read, world))
        try:
            reading = world.joined(_for(words, reader).read(words))
        except PromptError as error:
            notes.append(f"{words!r} was not filmed: {error}")
            if captions:
                captions[-1] = text_of([captions[-1], *unit.shown])
            continue
        readings.append(reading)
        captions.append(text_of(unit.shown))
    check_number(len(readings))
    return planned(text, page.title, readings, captions, notes)


def is_page(text: str) -> bool:
    """Whether a prompt is so long that it becomes a film of several shots by itself.

    That is: more than 80 words, in which more than three sentences say that something happens.
    """
    han = sum(map(is_han, text))
    if len(text.split()) + han / HAN_A_WORD <= LONG_WORDS:
        return False
    try:
        sentences = checked_page(text).sentences
    except PromptError:
        return False
    graphs = [_graph(sentence) for sentence in sentences]
    return sum(graph is not None and _happens(graph) for graph in graphs) > MANY_EVENTS


def is_han(letter: str) -> bool:
    """Whether a letter is a Chinese character."""
    return "\u4e00" <= letter <= "\u9fff"


def _units(sentences: tuple[str, ...], notes: list[str]) -> list[_Unit]:
    units: list[_Unit] = []
    waiting: list[str] = []
    named: set[str] = set()
    for sentence in sentences:
        graph = _graph(without_lead(sentence))
        if graph is None and not _points_back(sentence, named):
            scenery = bool(setting_in(sentence))
            if units and not scenery and not waiting:
                units[-1].shown.append(sentence)
            else:
                waiting.append(sentence)
            notes.append(f"{sentence!r} names nothing to film; it is shown as a caption")
            continue
        if graph is not None and units and _only_says_more(graph, sentence, named):
            units[-1].read.append(sentence)
            units[-1].shown += [*waiting, sentence]
        else:
            units.append(_Unit(read=[sentence], shown=[*waiting, sentence]))
        waiting = []
        named |= set() if graph is None else {entity.noun for entity in graph.entities}
    if units:
        units[-1].shown += waiting
    return units


def _written_out(sentences: list[str], world: World) -> list[str]:
    """The sentences with their pronouns resolved by what the shots before speak of."""
    first, *rest = sentences
    return [resolved(without_lead(first), world.known, world.called), *rest]


def _for(words: str, reader: Reader) -> Reader:
    """Who reads these words: Chinese has rules of its own."""
    return ChineseReader() if is_chinese(words) else reader


def _graph(sentence: str) -> SceneGraph | None:
    """What the rules read in a sentence, if they know one of the things in it."""
    try:
        graph = _for(sentence, RuleReader()).read(sentence).graph
    except PromptError:
        return None
    return graph if any(singular(entity.noun) in NOUNS for entity in graph.entities) else None


def _happens(graph: SceneGraph) -> bool:
    return bool(graph.outcomes) or any(action.verb != "stay" for action in graph.actions)


def _points_back(sentence: str, named: set[str]) -> bool:
    """Whether a sentence without nouns says what things of before do: "It falls over"."""
    if not named:
        return False
    stand_in = resolved(without_lead(sentence), _STAND_INS, _CALLED)
    if stand_in == without_lead(sentence):
        return False
    graph = _graph(stand_in)
    return graph is not None and _happens(graph)


def _only_says_more(graph: SceneGraph, sentence: str, named: set[str]) -> bool:
    """Whether nothing happens, nothing new is named, and nothing is said to stand anywhere."""
    if _happens(graph) or graph.relations:
        return False
    new = any(is_new(chunk) for chunk in chunks_of(stated_facts(sentence).rest))
    return not new and {entity.noun for entity in graph.entities} <= named
