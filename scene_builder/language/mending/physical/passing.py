"""Past: what rolls past a thing goes by it, and does not touch it."""

import re
from typing import Any

from scene_builder.knowledge.words.nouns import plural

Document = dict[str, Any]

_STRAIGHT = frozenset({"roll", "slide", "push", "pull", "kick"})
"""Verbs that take a thing straight on; what walks or flies goes past in any case."""
_MET = frozenset({"touches", "knocks_over", "lands_on", "lands_in", "falls_off", "avoids"})
_GOES = r"(?:driv|roll|speed|zoom|rac|slid|glid|cruis|rush|go|com|pass)\w*"
_PAST = (
    r"(?:\b(?:past|passes|passing)|\b{goes} (?:closely |slowly |quickly |right |just )?by) "
    r"(?:(?!(?:and|to|towards?|into|onto|at|with|off|over|before|until|then)\b)"
    r"[\w'-]+ ){{0,4}}?{noun}\b"
)


def passed(document: Document, text: str) -> None:
    """Say, in place, `avoids` of what rolls, slides or is pushed past the thing that it goes to.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt, its closed wordings blanked out.
    """
    nouns = {entity["id"]: entity["noun"] for entity in document["entities"]}
    met = {
        (_name(o["subject"]), _name(o.get("object") or ""))
        for o in document["outcomes"]
        if o["predicate"] in _MET
    }
    for action in document["actions"]:
        actor, target = action["actor"], action.get("target")
        noun = nouns.get(_name(target or ""))
        if noun is None or action["verb"] not in _STRAIGHT or (_name(actor), _name(target)) in met:
            continue
        either = f"(?:{re.escape(noun)}|{re.escape(plural(noun))})"
        if re.search(_PAST.format(goes=_GOES, noun=either), text):
            said = {"predicate": "avoids", "subject": actor, "object": target}
            document["outcomes"].append(said)


def _name(ref: str) -> str:
    return ref.partition("#")[0]
