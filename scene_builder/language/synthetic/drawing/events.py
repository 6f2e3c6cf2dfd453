"""What happens: motions and handled motions with all that may follow their verbs."""

from typing import Literal

import numpy as np

from scene_builder.knowledge.words.qualities import SPEED_WORD_OF
from scene_builder.knowledge.words.relations import DIRECTION_WORDINGS
from scene_builder.language.synthetic.drawing.things import thing_rand, twins_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand, weighted_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import Said, Tag, Thing, Word, World
from scene_builder.language.synthetic.tables.handled import HANDLED
from scene_builder.language.synthetic.tables.motions import MOTIONS, Motion, Way
from scene_builder.language.synthetic.tables.numbers import SPEEDS
from scene_builder.language.synthetic.tables.prose import AGENTS
from scene_builder.language.synthetic.tables.ties import SIMPLE
from scene_builder.language.synthetic.wording.patterns import pattern_rand
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, Direction

_HURRYING = frozenset({"roll", "slide", "fly", "walk", "run", "throw", "push", "pull", "kick",
                       "launch", "float", "spin", "swing", "bounce", "drop", "fall"})  # fmt: skip
_MEASURED = frozenset({"roll", "slide", "fly", "throw", "launch", "kick", "run"})
_TURNING = frozenset({"roll", "slide", "fly", "walk", "run", "float", "throw", "push", "pull",
                      "kick", "bounce"})  # fmt: skip
_TURNABLE = frozenset({"alone", "floor"})
_DIRECTIONS: tuple[Direction, ...] = (
    "left", "right", "left", "right", "forward", "toward_camera", "away", "backward",
)  # fmt: skip
_SPEED_WORDS = tuple(SPEED_WORD_OF)
_COMMON_SPEEDS = ("slowly", "slowly", "gently", "quickly", "fast", "fast", "hard", "rapidly",
                  "at high speed", "softly")  # fmt: skip
_HARD = frozenset({"hard", "forcefully", "violently", "powerfully", "with great force", "heavily"})
_ONE_ONLY = frozenset({"hanging_from"})
_TWIN_SLOTS = frozenset({"target", "any", "toppler"})
_TWINS = 0.07


def motion_rand(
    rng: np.random.Generator, world: World, *, verbs: frozenset[str] | None = None,
    ways: frozenset[str] | None = None, actor: Thing | None = None, single: bool = False,
) -> Event:  # fmt: skip
    """Draw something that a thing does by itself.

    Args:
        rng: Generator.
        world: Where it happens; things and statements are added.
        verbs: Verbs of the graph to draw from.
        ways: Names of ways to draw from.
        actor: What does it; None draws it.
        single: Whether there is only one of a drawn actor.
    """
    motion, chosen = _chosen_rand(rng, MOTIONS, verbs, ways)
    return _event_rand(rng, world, "motion", motion, chosen, actor=actor, single=single)


def handled_rand(
    rng: np.random.Generator, world: World, *, ways: frozenset[str] | None = None,
    actor: Thing | None = None, single: bool = False,
) -> Event:  # fmt: skip
    """Draw something that is done to a thing, by someone or by nobody who is named."""
    motion, way = _chosen_rand(rng, HANDLED, None, ways)
    agent: Thing | str = ""
    draw = rng.random()
    if draw < 0.32:  # noqa: PLR2004
        agent = thing_rand(rng, world, "agent", many=chance_rand(rng, 0.06), plain=True)
    elif draw < 0.75:  # noqa: PLR2004
        agent = pick_rand(rng, AGENTS)
    event = _event_rand(rng, world, "handled", motion, way, actor=actor, single=single)
    event.agent = agent
    return event


def _chosen_rand(
    rng: np.random.Generator, table: tuple[Motion, ...], verbs: frozenset[str] | None,
    ways: frozenset[str] | None,
) -> tuple[Motion, Way]:  # fmt: skip
    fitting = [
        (motion.weight, motion)
        for motion in table
        if (verbs is None or motion.verb in verbs)
        and (ways is None or any(way.name in ways for way in motion.ways))
    ]
    motion = weighted_rand(rng, fitting)
    options = [(way.weight, way) for way in motion.ways if ways is None or way.name in ways]
    return motion, weighted_rand(rng, options)


def _event_rand(
    rng: np.random.Generator, world: World, kind: Literal["motion", "handled"], motion: Motion,
    way: Way, *, actor: Thing | None, single: bool,
) -> Event:  # fmt: skip
    things = _participants_rand(rng, world, motion, way, actor=actor, single=single)
    said = _statements_rand(rng, world, motion, way, things)
    action = next(statement for statement in said if statement.kind == "action")
    base = pick_rand(rng, motion.surfaces)
    tags = [Tag("verb", action, "verb", action.word)]
    if motion.verb == "bounce" and not any(s.word == "bounces" for s in said):
        said.append(world.say("outcome", things[0], "bounces"))
    tags += [Tag("outcome", s, "predicate", s.word) for s in said if s.word == "bounces"]
    first = next((s for s in said if s.kind == "outcome"), None)
    source = next((s.objects[0] for s in said if s.word == "on" and s.subject is things[0]), None)
    goal = action.objects[0] if action.objects else None
    event = Event(
        kind, things[0], base, tuple(tags), action=action, said=first, way=way.name,
        goal=goal if isinstance(goal, Thing) else None,
        source=source if isinstance(source, Thing) else None,
    )  # fmt: skip
    event.tail = pattern_rand(rng, world, way.pattern, things, said)
    _manner_rand(rng, event, way)
    return event


def _participants_rand(
    rng: np.random.Generator, world: World, motion: Motion, way: Way, *, actor: Thing | None,
    single: bool,
) -> list[Thing]:  # fmt: skip
    kind = pick_rand(rng, motion.kinds)
    slots = list(way.slots)
    if actor is None and slots[:1] and slots[0] in _TWIN_SLOTS and chance_rand(rng, _TWINS):
        things = list(twins_rand(rng, world, kind.rstrip("+")))
        slots = slots[1:]
    else:
        one = single or any(word in _ONE_ONLY for says in way.says for word in says.split(" "))
        many = False if one and not kind.endswith("+") else None
        things = [actor or thing_rand(rng, world, kind, many=many)]
    return things + [thing_rand(rng, world, slot) for slot in slots]


def _statements_rand(
    rng: np.random.Generator, world: World, motion: Motion, way: Way, things: list[Thing]
) -> list[Said]:  # fmt: skip
    refs: dict[str, Thing | str] = {str(k): thing for k, thing in enumerate(things)}
    made = []
    for says in way.says:
        tokens = says.split(" ")
        if tokens[0] == "$":
            action = Said("action", things[0], motion.verb)
            for token in tokens[1:]:
                if token[0] == ">":
                    action.objects = [refs.get(token[1:], token[1:])]
                else:
                    action.direction = token
            world.said.append(action)
            made.append(action)
            continue
        word = pick_rand(rng, SIMPLE) if tokens[1] == "R" else tokens[1]
        kind: Literal["relation", "outcome"] = "relation" if word in PREDICATES else "outcome"
        assert kind == "relation" or word in OUTCOME_PREDICATES, word
        objects = [refs.get(token, token) for token in tokens[2:]]
        made.append(world.say(kind, refs[tokens[0]], word, *objects))
    return made


def _manner_rand(rng: np.random.Generator, event: Event, way: Way) -> None:
    action = event.action
    assert action is not None
    free = way.name in _TURNABLE and not action.direction
    if free and action.word in _TURNING and chance_rand(rng, 0.35):
        direction = pick_rand(rng, _DIRECTIONS)
        action.direction = direction
        word = pick_rand(rng, DIRECTION_WORDINGS[direction])
        event.tail.append(Word(word, (Tag("direction", action, "direction", direction),)))
    draw = rng.random()
    if action.word in _MEASURED and draw < 0.05:  # noqa: PLR2004
        text, value = pick_rand(rng, SPEEDS)
    elif action.word in _HURRYING and draw < 0.26:  # noqa: PLR2004
        text = pick_rand(rng, _COMMON_SPEEDS if chance_rand(rng, 0.6) else _SPEED_WORDS)
        if text in _HARD and action.word in {"float", "walk", "spin"}:
            return
        value = SPEED_WORD_OF[text]
    else:
        return
    action.speed = value
    event.manner = [Word(text, (Tag("speed", action, "speed", value),))]
