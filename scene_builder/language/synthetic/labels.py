"""A prompt with its notation and the marks that say which letters mean what."""

from dataclasses import dataclass
from functools import cached_property

from scene_builder.language.synthetic.script.world import Said, Thing, World, name_of
from scene_builder.language.synthetic.wording.finish import Spans

KINDS = (
    "noun", "again", "pronoun", "count", "color", "material", "size", "mass", "length",
    "relation", "verb", "direction", "speed", "height", "target", "outcome", "part", "negation",
    "surroundings", "shot", "angle", "move", "aim", "place", "time", "weather", "ground",
    "gravity", "style", "mood", "duration",
)  # fmt: skip
"""Kinds of marks.

`noun` is the head noun that first names an entity, `again` one that names it later, `pronoun`
anything else that stands for it (it, them, the other, the stack, the latter). `part` is the
count of an outcome, `target` the word that says where an action is aimed, `surroundings` a
wall or a ceiling that a statement is about, `aim` what makes a thing the camera's target.
"""
_PARTS = {"relation": "relations", "action": "actions", "outcome": "outcomes"}
_LOOKS = frozenset({"count", "color", "material", "size", "mass", "length"})
_OF_ACTIONS = frozenset({"direction", "speed", "height", "target"})
_MENTIONS = frozenset({"noun", "again", "pronoun"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What the letters from `start` to `end` say.

    Attributes:
        kind: One of `KINDS`.
        path: The part of the graph, such as `entities.0.color`; `entities.0` for a later mention.
        start: First letter.
        end: Behind the last letter.
        value: What the notation has there (`roll`, `light blue`, the id of an entity).
    """

    kind: str
    path: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie between two marks, by their places in `LabelledPair.marks`.

    Attributes:
        label: `of` (attribute → mention), `actor`, `target`, `subject`, `object` (statement →
            mention), or `with` (direction, speed, height, part, negation → its statement).
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class LabelledPair:
    """A prompt, what it says, and where.

    Attributes:
        prompt: The prompt.
        notation: What the embedded model has to write: entities, relations, actions and
            outcomes, with colours, materials and sizes as the prompt words them.
        whole: The same with everything that closed wordings and quantities say (mass, length,
            height, speed, camera, place, style, …); it is a scene graph as it stands.
        family: Its construction.
        marks: Marks, in the order of the letters.
    """

    prompt: str
    notation: str
    family: str
    whole: str = ""
    marks: tuple[Mark, ...] = ()
    roles: tuple[tuple[str, str, str], ...] = ()
    """(path of a statement, role, id of the thing) for every participant of every statement."""

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """Ties between marks; a participant is meant by its nearest mention."""
        mentions: dict[str, list[int]] = {}
        statements: dict[str, list[int]] = {}
        for k, mark in enumerate(self.marks):
            if mark.kind in _MENTIONS:
                mentions.setdefault(mark.value, []).append(k)
            elif mark.kind in {"verb", "relation", "outcome"}:
                statements.setdefault(mark.path.rpartition(".")[0], []).append(k)
        arcs = [*self._of_statements(statements, mentions), *self._of_words(statements, mentions)]
        return tuple(sorted(arcs, key=lambda arc: (arc.start, arc.end)))

    def _of_statements(
        self, statements: dict[str, list[int]], mentions: dict[str, list[int]]
    ) -> list[Arc]:
        return [
            Arc(k, self._nearest(k, mentions[ref]), role)
            for path, role, ref in self.roles
            for k in statements.get(path, ())
            if ref in mentions
        ]

    def _of_words(
        self, statements: dict[str, list[int]], mentions: dict[str, list[int]]
    ) -> list[Arc]:
        ids = {
            mark.path.rpartition(".")[0]: mark.value for mark in self.marks if mark.kind == "noun"
        }
        arcs = []
        for k, mark in enumerate(self.marks):
            owner = mark.path.rpartition(".")[0]
            if mark.kind in _LOOKS and owner in ids:
                arcs.append(Arc(k, self._nearest(k, mentions[ids[owner]]), "of"))
            elif mark.kind in _OF_ACTIONS | {"part", "negation"} and owner in statements:
                arcs.append(Arc(k, self._nearest(k, statements[owner]), "with"))
        return arcs

    def _nearest(self, k: int, options: list[int]) -> int:
        mark = self.marks[k]

        def gap(other: int) -> int:
            there = self.marks[other]
            return max(there.start - mark.end, mark.start - there.end, 0)

        return min(options, key=gap)


def labelled(
    prompt: str, spans: Spans, world: World, named: list[Thing], family: str
) -> LabelledPair:
    """Return the pair of a prompt whose marks point at the parts of `world`."""
    place = {id(thing): k for k, thing in enumerate(named)}
    paths = {id(thing): f"entities.{k}" for k, thing in enumerate(named)}
    roles = []
    for said_list in world.parts(place):
        for k, said in enumerate(said_list):
            path = paths[id(said)] = f"{_PARTS[said.kind]}.{k}"
            action = said.kind == "action"
            roles.append((path, "actor" if action else "subject", name_of(said.subject)))
            roles += [
                (path, "target" if action else "object", name_of(ref)) for ref in said.objects
            ]
    marks = []
    for tag, start, end in spans:
        owner = tag.owner
        path = owner if isinstance(owner, str) else paths[id(owner)]
        value = tag.value
        if tag.kind == "target" and isinstance(owner, Said):
            value = name_of(owner.objects[0])
        marks.append(
            Mark(tag.kind, f"{path}.{tag.field}" if tag.field else path, start, end, value)
        )
    marks.sort(key=lambda mark: (mark.start, mark.end, mark.path))
    return LabelledPair(
        prompt, world.lines(named, whole=False), family, world.lines(named, whole=True),
        tuple(marks), tuple(roles),
    )  # fmt: skip
