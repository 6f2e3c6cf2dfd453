"""Orders that say what happens: "let the ball roll faster", "the bottle should not fall"."""

import re

from scene_builder.knowledge.words.relations import DIRECTION_OF
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.editing.orders.dressing import dress_reference
from scene_builder.language.editing.orders.stating import state
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.clauses import MODALS, PREDICATES, Clause
from scene_builder.language.editing.words.looks import FILLING, Looks, dress, looks_in, motion_of
from scene_builder.language.editing.words.references import Reference, reference_at
from scene_builder.language.editing.words.scales import FASTER, HARDER
from scene_builder.language.editing.words.script import Script, put_in
from scene_builder.language.editing.words.telling import Told, told
from scene_builder.language.phrases.tokens import Token, tokens_of

_GONE = re.compile(
    r"\b(?:is|are|be|was|were)\s+(?:gone|removed|missing|deleted)\b|\b(?:disappears?|vanish(?:es)?)\b"
    r"|\bgoes? away\b"
)
_BEING = frozenset({"is", "are", "be", "has", "have", "weighs", "weigh", "looks", "becomes",
                    "become", "gets", "get", "look", "to", "now"}) | MODALS  # fmt: skip
_FALLS = re.compile(r"\bfall(?:s|ing)?\s*(?:any ?more)?\s*$")
_COMES = re.compile(r"\b(?:comes?|coming|enters?|entering|arrives?|starts?)\s+(?:in\s+)?from\b")
_POSTURE = re.compile(r"\b(?:stands?|sits?|lies?|lays?|rests?)\s+(?:on|in|inside|under|upon)\b")
_DOWN_UP = re.compile(r"^\s*(slow|speed)\b(.*?)\b(down|up)\b")


def say(sheet: Sheet, clause: Clause, script: Script, *, ordered: bool = False) -> bool:
    """Lay what a clause says over the scene.

    Args:
        sheet: The scene so far.
        clause: The clause.
        script: Its words, an order's first word taken off.
        ordered: Whether they begin with the verb, as in "throw the ball harder".
    """
    tokens = tokens_of(script.text)
    found = _subject(tokens, sheet, ordered=ordered)
    if found is not None:
        gone = _GONE.search(script.text)
        if gone is not None:
            for ref in found.refs:
                sheet.remove_entity(sheet.entity(ref), clause.words())
            return True
        if not ordered and _is_like(sheet, clause, script, tokens, found):
            return True
        if ordered and _slowed(sheet, clause, script, found):
            return True
        if _COMES.search(script.text) and _turned(sheet, script, found):
            return True
    return _happens(sheet, clause, script, found, ordered=ordered)


def _subject(tokens: list[Token], sheet: Sheet, *, ordered: bool) -> Reference | None:
    if not ordered:
        start = next((k for k, token in enumerate(tokens[:6]) if token.text in {"the", "it", "they",
                      "them", "all", "both", "these", "those"}), 0)  # fmt: skip
        return reference_at(tokens, start, sheet)
    for k in range(1, len(tokens)):
        found = reference_at(tokens, k, sheet)
        if found is not None:
            return found
    return None


def _is_like(
    sheet: Sheet, clause: Clause, script: Script, tokens: list[Token], found: Reference
) -> bool:
    """Read "the table is made of glass": a state, and no event."""
    rest = tokens[found.after :]
    if not rest or rest[0].text not in _BEING | PREDICATES or tokens[0].text == "only":
        return False
    if any(token.text in {"not", "never"} or token.text.endswith("n't") for token in rest):
        return False
    kept = [token for token in rest if token.text not in MODALS | {"to"}]
    while kept and kept[0].text in {"be", "is", "are", "becomes", "become", "now"}:
        kept = kept[1:]
    if not kept or any(_moves(token) for token in kept):
        return False
    head = tokens[: found.after]
    return dress_reference(sheet, clause, script, [*head, *kept], found)


def _moves(token: Token) -> bool:
    return token.text in FORMS and token.text not in FILLING


def _slowed(sheet: Sheet, clause: Clause, script: Script, found: Reference) -> bool:
    match = _DOWN_UP.match(script.text)
    if match is None or (match[1] == "slow") != (match[3] == "down"):
        return False
    dress(sheet, found.refs, Looks(pace=(-1 if match[1] == "slow" else 1, None, clause.words())))
    return True


def _happens(
    sheet: Sheet, clause: Clause, script: Script, found: Reference | None, *, ordered: bool
) -> bool:
    compared = [t for t in tokens_of(script.text) if t.text in {*FASTER, *HARDER}]
    bare = script
    for token in compared:
        comma = re.match(r"\s*,", bare.text[token.end :])
        bare = bare.without(token.start, token.end + (comma.end() if comma else 0))
    if found is not None and _FALLS.search(bare.text) and _topples(sheet, found.refs):
        bare += put_in(" over")
    said = told(sheet, bare, lead="someone " if ordered else "")
    if _POSTURE.search(bare.text):
        said.outcomes = [o for o in said.outcomes if o["predicate"] != "stays_on"]
        said.actions = [a for a in said.actions if a["verb"] != "stay"]
    words = clause.words()
    outcomes = sheet.document["outcomes"]
    if clause.later and outcomes:
        for outcome in said.outcomes:
            outcome["after"] = len(outcomes) - 1
    done = state(sheet, said, words, too=clause.too, moved=True)
    if found is None:
        return done or bool(said)
    sheet.name(*(ref for ref in found.refs if ref in {e["id"] for e in sheet.entities}))
    _dismiss(sheet, clause, script, found, said)
    looks = looks_in(compared, said.quantities).placed(script) if compared else Looks()
    if not compared and said.quantities and not done:
        looks = looks_in([], said.quantities)
        looks = Looks(**{name: getattr(looks, name) for name in ("fields", "speed", "height")})
        looks = _everywhere(looks, words)
    if looks:
        dress(sheet, found.refs, looks)
        return True
    return done or _turned(sheet, script, found)


def _topples(sheet: Sheet, refs: list[str]) -> bool:
    """Whether an outcome speaks of their falling already: then "fall" is to fall over."""
    return any(
        (said["predicate"] == "knocks_over" and said["object"] in refs)
        or (said["predicate"] == "falls" and said["subject"] in refs)
        for said in sheet.document["outcomes"]
    )


def _everywhere(looks: Looks, words: tuple[int, int]) -> Looks:
    """Give all parts the same words: quantities do not say where in the edit they stood."""
    return Looks(
        fields={name: (value, words) for name, (value, _) in looks.fields.items()},
        speed=looks.speed and (looks.speed[0], words),
        height=looks.height and (looks.height[0], words),
    )


def _turned(sheet: Sheet, script: Script, found: Reference) -> bool:
    """Read "the ball comes from the right": only a direction."""
    for wording in sorted(DIRECTION_OF, key=len, reverse=True):
        match = re.search(rf"(?<![\w-]){re.escape(wording)}(?![\w-])", script.text)
        if match is None:
            continue
        actions = [motion_of(sheet, ref) for ref in found.refs]
        for action in actions:
            if action is not None:
                sheet.set(action, "direction", DIRECTION_OF[wording], script.words(*match.span()))
        return any(action is not None for action in actions)
    return False


def _dismiss(sheet: Sheet, clause: Clause, script: Script, found: Reference, said: Told) -> None:
    """Take back what the words after "instead of" say of the same thing."""
    subject = script.part(*found.words)
    for dismissed in clause.dismissed:
        if not any(token.text in FORMS for token in tokens_of(dismissed.text)):
            continue
        old = told(sheet, subject + put_in(" ") + dismissed)
        for outcome in list(sheet.document["outcomes"]):
            if any(all(o.get(k) == outcome[k] for k in ("predicate", "subject", "object"))
                   for o in old.outcomes):  # fmt: skip
                sheet.remove("outcomes", outcome, dismissed.words())
        for action in list(sheet.document["actions"]):
            same = [a for a in old.actions if (a["actor"], a["verb"]) == (
                action["actor"], action["verb"])]  # fmt: skip
            if same and not said.actions:
                sheet.remove("actions", action, dismissed.words())
