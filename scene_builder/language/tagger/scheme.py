"""What the tagger says of each word, and which arcs it draws.

Every word piece gets one tag, and one class of each of the statement heads; these may fire
together: in "rolls off the table" the word "off" is the direction of an action, a relation (the
thing is on the table) and an outcome (it falls off). Arcs go from the word that says something
to the words that name the things it is about.
"""

from scene_builder.model.words import (
    DIRECTIONS,
    OUTCOME_PREDICATES,
    PREDICATES,
    SPEED_WORDS,
    VERBS,
)

SPAN_KINDS = ("new", "again", "count", "color", "material", "size", "part")
"""Kinds of spans: where a thing is named first, where it is named again (a pronoun, too), its
number and attributes, and the number of individuals that an outcome speaks of."""
TAGS: tuple[str, ...] = ("out", *(f"{kind}{k}" for kind in SPAN_KINDS for k in ("", "+")))
"""Tags of word pieces; `new+` goes on with the span that a `new` began."""
ATTRIBUTES = ("count", "color", "material", "size")
"""Kinds of spans that belong to a thing."""

NONE = "none"
CLASSES: dict[str, tuple[str, ...]] = {
    "action": (NONE, *VERBS),
    "outcome": (NONE, *OUTCOME_PREDICATES),
    "relation": (NONE, *PREDICATES),
    "direction": (NONE, *DIRECTIONS),
    "speed": (NONE, *SPEED_WORDS),
    "negated": (NONE, "not"),
}
"""Statement heads and what each may say of a word piece. `negated` speaks of an outcome's word."""

ROLES = (
    "attribute", "again", "actor", "target", "subject", "object", "first", "second", "turn", "part",
)  # fmt: skip
"""Arcs: attribute → thing, mention → thing, action → actor and target, outcome → subject and
object, relation → its two sides, direction or speed → action, number → outcome."""
ROLES_OF = {
    "action": ("actor", "target"), "outcome": ("subject", "object"),
    "relation": ("first", "second"),
}  # fmt: skip
"""Statement head → its arcs to things: the one that has to be there, and the one that may."""

FIXED = {"wall": "wall", "walls": "wall", "ceiling": "ceiling", "camera": "camera"}
"""Words for what is always there → its reserved id; words for the ground stand in a table."""
