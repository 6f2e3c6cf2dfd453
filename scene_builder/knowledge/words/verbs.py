"""Verbs, their forms, and what they mean in a scene graph."""

from dataclasses import dataclass
from typing import Literal

from scene_builder.model.words import Direction, OutcomePredicate, Verb

Kind = Literal["motion", "handle", "contact", "topple", "posture", "result"]
Form = Literal["base", "third", "past", "participle", "gerund"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What one verb (with its particle) says.

    Attributes:
        base: Base form, particle included ("knock over").
        kind: `motion`: the subject moves; `handle`: the object is moved; `contact`: the subject
            touches the object; `topple`: the object (or, without one, the subject) falls over;
            `posture`: the subject stays; `result`: it only says how something ends.
        verb: The action, if it says one.
        outcome: The outcome, if it says one.
        direction: The direction, if it says one.
    """

    base: str
    kind: Kind
    verb: Verb | None = None
    outcome: OutcomePredicate | None = None
    direction: Direction | None = None


def _motion(verb: Verb, *bases: str, outcome: OutcomePredicate | None = None) -> list[Sense]:
    return [Sense(base=base, kind="motion", verb=verb, outcome=outcome) for base in bases]


def _handle(verb: Verb, *bases: str) -> list[Sense]:
    return [Sense(base=base, kind="handle", verb=verb) for base in bases]


_ENDS: tuple[tuple[str, OutcomePredicate], ...] = (
    ("land on", "lands_on"),
    ("come down on", "lands_on"),
    ("land in", "lands_in"),
    ("land inside", "lands_in"),
    ("end up in", "lands_in"),
    ("settle in", "lands_in"),
    ("come to rest in", "lands_in"),
    ("come to rest inside", "lands_in"),
    ("end up inside", "lands_in"),
    ("end up on top of", "lands_on"),
    ("land on top of", "lands_on"),
    ("come to rest on top of", "lands_on"),
    ("miss", "avoids"),
    ("avoid", "avoids"),
    ("end up on", "lands_on"),
    ("come to rest on", "lands_on"),
    ("settle on", "lands_on"),
    ("come to rest", "comes_to_rest"),
    ("stop", "comes_to_rest"),
    ("come to a stop", "comes_to_rest"),
    ("stay on", "stays_on"),
    ("remain on", "stays_on"),
    ("leave the frame", "leaves_frame"),
    ("leave the picture", "leaves_frame"),
)

SENSES: tuple[Sense, ...] = (
    *_motion("roll", "roll", "drive", "race", "speed", "trundle", "ride", "coast"),
    *_motion("slide", "slide", "glide", "skid", "slip", "skate", "move", "drift sideways"),
    *_motion("fall", "fall", "tumble", "plunge", "plummet"),
    *_motion("drop", "drop"),
    *_motion("bounce", "bounce", "hop", outcome="bounces"),
    *_motion("spin", "spin", "rotate", "twirl", "whirl", "revolve", "pirouette"),
    *_motion("swing", "swing", "sway", "oscillate"),
    *_motion("float", "float", "hover", "levitate", "drift"),
    *_motion("fly", "fly", "soar", "sail", "zoom"),
    *_motion("walk", "walk", "stroll", "wander", "march", "crawl", "tiptoe"),
    *_motion("run", "run", "dash", "sprint", "jog"),
    *_motion("turn", "turn"),
    *_motion("launch", "jump", "leap", "blast off", "take off"),
    *_motion("explode", "explode", "blow up", "burst"),
    *_motion("melt", "melt"),
    *_motion("open", "swing open", "creak open"),
    *_motion("close", "slam shut", "swing shut"),
    *_handle("throw", "throw", "toss", "hurl", "fling", "lob", "pitch", "sling"),
    *_handle("push", "push", "shove", "nudge", "press"),
    *_handle("pull", "pull", "drag", "tug", "tow"),
    *_handle("kick", "kick"),
    *_handle("launch", "launch", "shoot", "fire", "catapult"),
    *_handle("drop", "release", "let go of"),
    *_handle("pour", "pour"),
    *_handle("stack", "stack", "pile"),
    *_handle("open", "open"),
    *_handle("close", "close", "shut"),
    *(Sense(base=base, kind="contact", outcome="touches") for base in (
        "hit", "strike", "touch", "ram", "bump", "crash into", "smash into", "slam into",
        "bump into", "collide with", "bang into", "knock into", "knock against", "run into",
        "bump against", "crash against", "smash against", "brush against", "plow into", "graze",
        "tap", "clip", "knock", "sweep", "reach",
    )),
    *(Sense(base=base, kind="topple", outcome="knocks_over") for base in (
        "knock over", "knock down", "topple", "topple over", "tip over", "bowl over", "overturn",
        "flatten", "push over", "knock out", "bring down", "tip",
    )),
    *(Sense(base=base, kind="result", outcome="falls") for base in (
        "fall over", "fall down", "collapse", "tumble down", "keel over", "go down",
    )),
    *(Sense(base=base, kind="result", outcome=outcome) for base, outcome in _ENDS),
    *(Sense(base=base, kind="posture", verb="stay") for base in (
        "rest", "sit", "stand", "lie", "stay", "remain", "wait", "balance", "be perched",
    )),
)  # fmt: skip

ALSO_HANDLED: frozenset[str] = frozenset(
    {"roll", "drop", "spin", "slide", "swing", "bounce", "turn", "fly", "rotate", "float"}
)
"""Motion verbs that also take an object ("a boy rolls a ball")."""

_IRREGULAR: dict[str, tuple[str, str]] = {
    "slide": ("slid", "slid"), "fall": ("fell", "fallen"), "spin": ("spun", "spun"),
    "swing": ("swung", "swung"), "fly": ("flew", "flown"), "run": ("ran", "run"),
    "throw": ("threw", "thrown"), "fling": ("flung", "flung"), "sling": ("slung", "slung"),
    "shoot": ("shot", "shot"), "hit": ("hit", "hit"), "strike": ("struck", "struck"),
    "sit": ("sat", "sat"), "stand": ("stood", "stood"), "lie": ("lay", "lain"),
    "come": ("came", "come"), "leave": ("left", "left"), "drive": ("drove", "driven"),
    "ride": ("rode", "ridden"), "let": ("let", "let"), "shut": ("shut", "shut"),
    "bring": ("brought", "brought"), "blow": ("blew", "blown"), "burst": ("burst", "burst"),
    "speed": ("sped", "sped"), "go": ("went", "gone"), "take": ("took", "taken"),
    "leap": ("leapt", "leapt"), "be": ("was", "been"),
    "end": ("ended", "ended"), "hang": ("hung", "hung"), "lean": ("leaned", "leaned"),
    "plow": ("plowed", "plowed"), "tow": ("towed", "towed"), "stay": ("stayed", "stayed"),
    "sway": ("swayed", "swayed"), "tap": ("tapped", "tapped"),
}  # fmt: skip
_DOUBLED = {
    "drop", "stop", "tip", "slip", "spin", "skid", "hop", "hit", "run", "sit", "shut", "tug",
    "ram", "jog", "swim", "clip", "tap", "let", "lob", "drag", "slam",
}  # fmt: skip
_GERUNDS = {"lie": "lying", "be": "being"}


def verb_form(base: str, form: Form) -> str:
    """Return a form of a verb; a particle ("knock over") stays where it is."""
    word, _, particle = base.partition(" ")
    inflected = {
        "base": lambda: word,
        "third": lambda: _third(word),
        "past": lambda: _IRREGULAR[word][0] if word in _IRREGULAR else _past(word),
        "participle": lambda: _IRREGULAR[word][1] if word in _IRREGULAR else _past(word),
        "gerund": lambda: _gerund(word),
    }[form]()
    return f"{inflected} {particle}" if particle else inflected


def _third(word: str) -> str:
    if word == "be":
        return "is"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ied"
    return word + (word[-1] if word in _DOUBLED else "") + "ed"


def _gerund(word: str) -> str:
    if word in _GERUNDS:
        return _GERUNDS[word]
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + "ing"
    return word + (word[-1] if word in _DOUBLED else "") + "ing"


FORMS: dict[str, tuple[str, Form]] = {
    verb_form(base, form): (base, form)
    for base in dict.fromkeys(sense.base.partition(" ")[0] for sense in reversed(SENSES))
    for form in ("participle", "past", "gerund", "third", "base")
}
"""First word of a verb in any form → (its base, which form)."""

SENSES_OF: dict[str, tuple[Sense, ...]] = {
    head: tuple(
        sorted(
            (sense for sense in SENSES if sense.base.partition(" ")[0] == head),
            key=lambda sense: -len(sense.base),
        )
    )
    for head in {sense.base.partition(" ")[0] for sense in SENSES}
}
"""First word's base → its senses, the longest wording first."""
