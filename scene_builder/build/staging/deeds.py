"""Who does what to whom: the graph's actions and outcomes, individual by individual."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scene_builder.build.holding.mounting import mounted_of
from scene_builder.build.items import WALL_HUNG
from scene_builder.build.staging.ways.headings import HEADINGS, heading_said, open_heading
from scene_builder.build.staging.ways.stairs import descends
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import Action, Outcome, SceneGraph
from scene_builder.model.words import RESERVED_IDS, Verb

HITS = frozenset({"touches", "knocks_over", "avoids"})
TOUCHES = frozenset({"touches", "knocks_over"})
LANDS = frozenset({"lands_on", "lands_in"})

_PASSING = frozenset({"roll", "slide", "push", "pull", "kick"})
"""Verbs that take a thing straight past what it avoids; what goes by itself finds its way."""

FLIERS = frozenset({
    "bird", "insect", "animal", "person", "aircraft", "airplane", "plane", "helicopter", "drone",
    "rocket", "spacecraft", "spaceship", "kite", "balloon", "ufo", "vehicle", "butterfly", "bee",
    "bat", "dragon", "toy_plane", "paper_plane", "jet", "glider",
})  # fmt: skip
"""What flies by itself."""

_RIGHT_TURNS = {"turn": ("clockwise", "right")}
"""Directions of a turn to the right: of what looks ahead, not of what rolls or spins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One individual's action.

    Attributes:
        index: Index of the action in the graph; −1 for one that an outcome implies.
        actor: Body id.
        verb: What it does.
        targets: Bodies that it has to meet.
        landing: Body or `ground` on or in which it has to land.
        leaves: Support that it has to fall off before it meets its targets.
        heading_deg: Which way, counter-clockwise from +X.
        speed: A speed word, a number [m/s], or None.
        height_m: Height that the words state [m].
        vertical: `up`, `down`, or nothing.
        start_secs: When the words say that it begins [s].
        after: Index of the action that it follows.
        turn: +1 counter-clockwise, −1 clockwise, for what turns.
        eager: It has to knock something over: where the speed is open, it is fast enough.
        tips: It falls over where it stands, and does not come down from above.
        meets: Those of its targets that it has to touch.
        circles: It goes around its targets.
        passes: It goes past its targets, and touches none of them.
        downstairs: It goes down the stairs that it leaves, from step to step.
    """

    index: int
    actor: str
    verb: Verb
    targets: tuple[str, ...] = ()
    landing: str | None = None
    leaves: str | None = None
    heading_deg: float = 0.0
    speed: str | float | None = None
    height_m: float | None = None
    vertical: str = ""
    start_secs: float = 0.0
    after: int | None = None
    turn: float = 1.0
    eager: bool = False
    tips: bool = False
    meets: tuple[str, ...] = ()
    circles: bool = False
    passes: bool = False
    downstairs: bool = False

    @property
    def pace(self) -> str | float | None:
        """The speed to plan with."""
        if self.speed is not None or not self.eager:
            return self.speed
        return "brisk" if self.leaves is not None else "steady"


def deeds_of(graph: SceneGraph) -> tuple[Deed, ...]:
    """Return every individual's deeds, in the graph's order, then those that outcomes imply."""
    said = [
        _deed(graph, k, action, actor)
        for k, action in enumerate(graph.actions)
        for actor in graph.body_ids(action.actor)
        if graph.entity(action.actor) is not None
    ]
    return tuple(said) + tuple(_implied(graph, {deed.actor for deed in said}))


def _deed(graph: SceneGraph, index: int, action: Action, actor: str) -> Deed:
    support = supports_said(graph).get(actor)
    aimed = graph.body_ids(action.target) if action.target else ()
    leaves = _left_support(graph, actor, support, action)
    downstairs = leaves in (None, support) and descends(graph, actor, support, action)
    leaves = support if downstairs else leaves
    meets = tuple(
        one
        for one in dict.fromkeys([*aimed, *_objects(graph, actor, HITS)])
        if one not in (actor, support, leaves) and _is_body(graph, one)
    )
    landings = [one for one in _objects(graph, actor, LANDS) if one != actor]
    landing = landings[0] if landings else None
    if landing is None and action.verb in ("drop", "fall", "bounce") and aimed:
        landing = aimed[0]
    if landing is None and "wall" in (
        action.target,
        *_objects(graph, actor, frozenset({"stays_on"})),
    ):
        landing = "wall"
    if landing is not None:
        meets = tuple(one for one in meets if one != landing)
    said = heading_said(graph, actor, meets or aimed, action.direction)
    passes = action.verb in _PASSING and bool(meets) and _avoids_all(graph, actor, meets)
    at_wall = landing == "wall" or any(_hangs(graph, one) for one in meets)
    if said is None and support is None and at_wall:
        said = HEADINGS["away"]
    bound = support is not None or leaves is not None or passes
    return Deed(
        index=index,
        actor=actor,
        verb=_thrown(graph, action, aims=bool(meets or landing), leaves=leaves is not None),
        targets=meets,
        landing=landing,
        leaves=leaves,
        heading_deg=said if said is not None else open_heading(action.verb, bound=bound),
        speed=action.speed,
        height_m=action.height_m,
        vertical=action.direction if action.direction in ("up", "down") else "",
        start_secs=action.start_secs,
        after=action.after,
        turn=-1.0 if action.direction in _RIGHT_TURNS.get(action.verb, ("clockwise",)) else 1.0,
        eager=bool(_objects(graph, actor, frozenset({"knocks_over"}))),
        tips=leaves is None and landing is None and _tips(graph, actor, action),
        meets=tuple(one for one in _objects(graph, actor, TOUCHES) if one in meets),
        circles=any(
            r.predicate == "around" and actor in graph.body_ids(r.subject) for r in graph.relations
        ),
        passes=passes,
        downstairs=downstairs,
    )


def _avoids_all(graph: SceneGraph, actor: str, others: tuple[str, ...]) -> bool:
    return set(others) <= set(_objects(graph, actor, frozenset({"avoids"})))


def _hangs(graph: SceneGraph, name: str) -> bool:
    """Whether a thing hangs on the back wall where the words put it nowhere else."""
    entity = graph.entity(name)
    match = None if entity is None else resolve_noun(entity.noun)
    return match is not None and match.noun.name in WALL_HUNG


def _tips(graph: SceneGraph, actor: str, action: Action) -> bool:
    """Whether a fall says that it topples: it ends fallen over, and starts nowhere high."""
    if action.verb != "fall" or action.height_m is not None or action.direction is not None:
        return False
    aloft = _stands(graph, actor, frozenset({"above", "hanging_from"}))
    kin = actor.partition("#")[0]
    return not aloft and any(
        (o.predicate == "falls" and not o.negated and o.object is None)
        or (o.predicate == "knocks_over" and (o.object or "").partition("#")[0] == kin)
        for _, o in _outcomes(graph, actor)
    )


def _thrown(graph: SceneGraph, action: Action, *, aims: bool, leaves: bool) -> Verb:
    """Return the verb; what has neither wings nor engine and flies somewhere was thrown.

    What flies off something without them was blown off it, and falls.
    """
    entity = graph.entity(action.actor)
    match = None if entity is None else resolve_noun(entity.noun)
    if action.verb != "fly" or not (aims or leaves) or match is None:
        return action.verb
    kinds = {match.noun.name, *hypernyms_of(match.noun.name)}
    if "act" in match.noun.can or kinds & FLIERS:
        return action.verb
    return "throw" if aims else "fall"


def supports_said(graph: SceneGraph) -> Mapping[str, str]:
    """Return what the words put each individual on, by body id."""
    found: dict[str, str] = {}
    for relation in graph.relations:
        if relation.predicate in ("on", "inside") and relation.object:
            objects = [one for ref in relation.object for one in graph.body_ids(ref)]
            for k, subject in enumerate(graph.body_ids(relation.subject)):
                found[subject] = objects[k % len(objects)]
    return found


def _is_body(graph: SceneGraph, name: str) -> bool:
    return name.partition("#")[0] not in RESERVED_IDS and graph.entity(name) is not None


def _outcomes(graph: SceneGraph, actor: str) -> Iterator[tuple[int, Outcome]]:
    for k, outcome in enumerate(graph.outcomes):
        if actor in graph.body_ids(outcome.subject) and not (
            outcome.negated and outcome.predicate != "avoids"
        ):
            yield k, outcome


def _objects(graph: SceneGraph, actor: str, predicates: frozenset[str]) -> list[str]:
    return [
        one
        for _, outcome in _outcomes(graph, actor)
        if outcome.predicate in predicates and outcome.object
        for one in graph.body_ids(outcome.object)
    ]


def _left_support(
    graph: SceneGraph, actor: str, support: str | None, action: Action | None
) -> str | None:
    """Return the support that the actor leaves before it meets anything, or None."""
    falls = [(k, o) for k, o in _outcomes(graph, actor) if o.predicate == "falls_off"]
    hits = [k for k, o in _outcomes(graph, actor) if o.predicate in HITS and not o.negated]
    off = action is not None and action.direction == "off"
    if not falls and not off:
        return None
    if falls:
        index, outcome = falls[0]
        if hits and min(hits) < index and outcome.after in hits:
            return None
        if outcome.object and outcome.object != "ground":
            return graph.body_ids(outcome.object)[0]
    if support is not None:
        return support
    if off and actor in mounted_of(graph):
        return "wall"
    target = action.target if action is not None else None
    return graph.body_ids(target)[0] if target and _is_body(graph, target) else None


def _implied(graph: SceneGraph, acting: set[str]) -> Iterator[Deed]:
    """Yield a roll for whatever has to meet or leave something, and is told nothing to do.

    What others set going needs no deed of its own.
    """
    moved = {
        one
        for outcome in graph.outcomes
        if outcome.object and outcome.predicate in HITS
        for one in graph.body_ids(outcome.object)
    }
    moved |= {
        one for action in graph.actions if action.target for one in graph.body_ids(action.target)
    }
    done: set[str] = set()
    for outcome in graph.outcomes:
        for actor in graph.body_ids(outcome.subject):
            if outcome.negated or actor in acting | moved | done or not _is_body(graph, actor):
                continue
            verb = _IMPLIED.get(outcome.predicate)
            if verb is None:
                continue
            done.add(actor)
            if verb == "roll" and _stands(graph, actor, frozenset({"hanging_from"})):
                verb = "swing"
            yield _deed(graph, -1, Action(actor=actor, verb=verb), actor)


def _stands(graph: SceneGraph, actor: str, predicates: frozenset[str]) -> bool:
    """Whether one of some relations is said of an individual."""
    return any(
        one.predicate in predicates and actor in graph.body_ids(one.subject)
        for one in graph.relations
    )


_IMPLIED: dict[str, Verb] = {
    "touches": "roll", "knocks_over": "roll", "falls_off": "roll", "moves": "roll",
    "bounces": "bounce", "lands_on": "drop", "lands_in": "drop", "falls": "fall",
}  # fmt: skip
