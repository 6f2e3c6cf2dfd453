"""Up: what the words let rise goes up, and does not fall."""

import re
from typing import Any

from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.mending.physical.happening import retained

Document = dict[str, Any]

_LIGHTER_THAN_AIR = ("balloon", "bubble", "lantern", "airship", "blimp", "zeppelin")
_WINGED = ("plane", "jet", "helicopter", "drone", "bird", "eagle", "owl", "duck", "bee", "fly",
           "parrot", "swan", "goose", "dragon", "glider", "kite", "bat", "gull", "pigeon",
           "crow")  # fmt: skip
"""They go up along their way: `fly` is their verb."""
_SWIMMING = ("duck", "swan", "goose")
"""They glide on water."""
_SWIFTLY = (r"(?: (?:(?:\w+ly)|all|both|each|then|now|and|it|that|which|is|are|begins?|starts?|to|"
            r"one by one|into view)){0,4}?")  # fmt: skip
_RISES = (
    r"(?:ris(?:e|es|ing)|ascend(?:s|ing)?|soar(?:s|ing)?|"
    r"(?:float|drift|fly|flie|go|goe|take|lift)(?:s|ing)? (?:gently |slowly |straight )?"
    r"(?:up|upwards?|off|away|skywards?))"
)  # fmt: skip
_GLIDES = r"(?:glid|swoop|sail|soar)(?:e|es|s|ed|ing)"
_UP_BY_ITSELF = frozenset({"float", "launch", "fly", "lift"})
_DOWN = frozenset({"fall", "drop", "roll", "slide", "bounce", "stay"})
_ENDS_LOW = frozenset({"lands_on", "lands_in", "falls_off", "falls"})
_COMES_DOWN = re.compile(
    r"\b(?:land|fall|fell|drop|sink|settle|come|plunge|plummet|crash|descend)(?:s|es|ing|ed)?\b"
)


def risen(document: Document, text: str) -> list[str]:
    """Let, in place, what is said to rise go up: "balloons rise from a cake".

    What is lighter than air floats, all else is launched. Unless the words let it come down
    again, nothing is said of where it lands.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt, its closed wordings blanked out.

    Returns:
        One sentence for each thing whose reading was changed by that.
    """
    notes = []
    for entity in document["entities"]:
        noun, one = entity["noun"], entity["id"]
        if noun.endswith(_WINGED):
            _takes_wing(document, entity, text)
            continue
        if not _is_said_to_rise(noun, text):
            continue
        light = any(word in noun for word in _LIGHTER_THAN_AIR)
        verbs = {a["verb"] for a in document["actions"] if a["actor"] == one}
        if not light and verbs & {"fly", "lift"}:
            continue  # a plane takes off along its way
        if not _COMES_DOWN.search(text):
            _without_falls(document, one)
        verb = "float" if light else "launch"
        for action in document["actions"]:
            if action["actor"] == one and action["verb"] in _UP_BY_ITSELF:
                action |= {"verb": verb, "direction": "up"}
        if light:
            _let_go(document, entity)
        if not verbs - _DOWN:
            document["actions"].append({"actor": one, "verb": verb, "direction": "up"})
            notes.append(f"the {noun} rises")
    return notes


def _takes_wing(document: Document, entity: Document, text: str) -> None:
    """Have, in place, what has wings fly where it glides: it slides on no ground."""
    glides = re.search(rf"\b{_either(entity['noun'])}{_SWIFTLY} {_GLIDES}\b", text)
    if entity["noun"].endswith(_SWIMMING) or not glides:
        return
    for action in document["actions"]:
        if action["actor"] == entity["id"] and action["verb"] in {"slide", "roll"}:
            action["verb"] = "fly"


def _without_falls(document: Document, one: str) -> None:
    def keeps_action(action: Document) -> bool:
        return action["actor"] != one or action["verb"] not in _DOWN

    def keeps_outcome(outcome: Document) -> bool:
        return outcome["subject"] != one or outcome["predicate"] not in _ENDS_LOW

    retained(document, "actions", keeps_action)
    retained(document, "outcomes", keeps_outcome)


def _let_go(document: Document, entity: Document) -> None:
    """Have, in place, what floats begin beside what it comes from: a cake holds no balloons."""
    several = entity.get("count", 1) > 1

    def held(said: Document) -> bool:
        stands = said["predicate"] == "inside" or (said["predicate"] == "on" and several)
        return bool(said["subject"] == entity["id"] and stands)

    document["relations"] = [said for said in document["relations"] if not held(said)]


def _is_said_to_rise(noun: str, text: str) -> bool:
    return re.search(rf"\b{_either(noun)}{_SWIFTLY} {_RISES}\b", text) is not None


def _either(noun: str) -> str:
    return f"(?:{re.escape(noun)}|{re.escape(plural(noun))})"
