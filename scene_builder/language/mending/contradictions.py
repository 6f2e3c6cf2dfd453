"""Statements that cannot all be true: found, settled where that is possible, and explained.

What is said first holds. A statement that denies an earlier one is left out, and a sentence says
so; what is merely unlikely stays, with a sentence that says what to expect.
"""

from typing import Any

from scene_builder.knowledge.catalogue import Noun
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.words import RESERVED_IDS

Document = dict[str, Any]
Said = dict[str, Any]

_HELD = {"on": "on", "inside": "inside", "hanging_from": "hanging from"}
"""Relations of which a single thing has one at most."""
_OPPOSITE = {"left_of": "right_of", "in_front_of": "behind", "above": "under", "on": "under"}
_OPPOSITES = _OPPOSITE | {other: one for one, other in _OPPOSITE.items() if one != "on"}
_DENIED = {
    "stays_on": {"falls_off"}, "falls_off": {"stays_on"}, "avoids": {"touches", "knocks_over"},
    "touches": {"avoids"}, "knocks_over": {"avoids"},
}  # fmt: skip
"""Outcomes that deny each other when they are said of the same two things."""


def settled(document: Document) -> list[str]:
    """Leave out, in place, statements that deny an earlier one.

    Returns:
        One sentence for each contradiction: what was said, and what will be shown.
    """
    repairs: list[str] = []
    counts = {entity["id"]: entity.get("count", 1) for entity in document["entities"]}
    _settle_holds(document, counts, repairs)
    document["relations"] = _kept_relations(document["relations"], counts, repairs)
    _settle_outcomes(document, repairs)
    return repairs


def doubts(document: Document) -> list[str]:
    """Return a sentence for each relation that things of such kinds hardly stand in."""
    nouns = {entity["id"]: entity["noun"] for entity in document["entities"]}
    return [
        sentence
        for said in document["relations"]
        for other in said["object"]
        if (sentence := _doubt(said, other, nouns)) is not None
    ]


def _settle_holds(document: Document, counts: dict[str, int], repairs: list[str]) -> None:
    held: dict[str, Said] = {}
    kept: list[Said] = []
    for said in document["relations"]:
        subject = said["subject"]
        first = held.get(subject)
        single = said["predicate"] in _HELD and counts.get(subject, 1) == 1
        if not single or first is None or _place(first) == _place(said):
            kept.append(said)
            if single:
                held.setdefault(subject, said)
            continue
        inner, outer = (first, said) if first["predicate"] == "inside" else (said, first)
        nested = inner["predicate"] == "inside" and outer["predicate"] == "on"
        if nested and _may_stand(inner["object"][0], outer["object"][0], document["relations"]):
            kept = [*(one for one in kept if one is not outer and one is not inner), inner]
            kept.append(_moved(outer, inner["object"][0]))
            held[subject] = inner
            shown = f"it is inside the {_name(inner)}, which stands on the {_name(outer)}"
        else:
            shown = f"it is {_HELD[first['predicate']]} the {_name(first)}"
        repairs.append(
            f"the {_plain(subject)} is said to be {_HELD[first['predicate']]} the {_name(first)} "
            f"and {_HELD[said['predicate']]} the {_name(said)}, which cannot both be: {shown}"
        )
    document["relations"] = [
        said for k, said in enumerate(kept) if _text(said) not in map(_text, kept[:k])
    ]


def _moved(said: Said, subject: str) -> Said:
    """Return a relation said of another subject: no word names that subject there."""
    spans = {part: span for part, span in said.get("spans", {}).items() if part != "subject"}
    return {**said, "subject": subject, **({"spans": spans} if "spans" in said else {})}


def _may_stand(container: str, support: str, relations: list[Said]) -> bool:
    """Whether nothing keeps a container from standing on `support`."""
    places = [_place(said) for said in relations
              if said["subject"] == container and said["predicate"] in _HELD]  # fmt: skip
    return container != support and all(place == ("on", support) for place in places)


def _kept_relations(
    relations: list[Said], counts: dict[str, int], repairs: list[str]
) -> list[Said]:
    kept: list[Said] = []
    for said in relations:
        other = next((one for one in kept if _denies(said, one, counts)), None)
        if other is None:
            kept.append(said)
        else:
            repairs.append(
                f"'{_text(said)}' contradicts '{_text(other)}', which was said first: "
                "it was left out"
            )
    return kept


def _denies(said: Said, other: Said, counts: dict[str, int]) -> bool:
    if len(said["object"]) != 1 or len(other["object"]) != 1:
        return False
    if max(counts.get(said["subject"], 1), counts.get(said["object"][0], 1)) > 1:
        return False
    one, two = (said["subject"], said["object"][0]), (other["subject"], other["object"][0])
    if one == two:
        return bool(
            _OPPOSITES.get(said["predicate"]) == other["predicate"]
            or _OPPOSITES.get(other["predicate"]) == said["predicate"]
        )
    circular = said["predicate"] in _OPPOSITES or said["predicate"] == "inside"
    if one != two[::-1]:
        return False
    both_hold = {said["predicate"], other["predicate"]} <= {"on", "inside"}
    return both_hold or (circular and bool(said["predicate"] == other["predicate"]))


def _settle_outcomes(document: Document, repairs: list[str]) -> None:
    outcomes: list[Said] = document["outcomes"]
    dropped: set[int] = set()
    for k, said in enumerate(outcomes):
        for j in range(k):
            if j not in dropped and said.get("after") is None and _undoes(said, outcomes[j]):
                dropped.add(k)
                repairs.append(
                    f"'{_text(said)}' contradicts '{_text(outcomes[j])}', which was said first: "
                    "it was left out"
                )
                break
    if not dropped:
        return
    places = {
        old: new for new, old in enumerate(k for k in range(len(outcomes)) if k not in dropped)
    }
    document["outcomes"] = [outcomes[old] for old in places]
    for said in document["outcomes"]:
        if said.get("after") is not None:
            said["after"] = places.get(said["after"])


def _undoes(said: Said, other: Said) -> bool:
    if (said["subject"], said.get("object")) != (other["subject"], other.get("object")):
        return False
    if said.get("count") is not None or other.get("count") is not None:
        return False
    negated = bool(said.get("negated")), bool(other.get("negated"))
    if said["predicate"] == other["predicate"]:
        return negated[0] != negated[1]
    return not any(negated) and other["predicate"] in _DENIED.get(said["predicate"], ())


def _doubt(said: Said, other: str, nouns: dict[str, str]) -> str | None:
    subject, target = _known(said["subject"], nouns), _known(other, nouns)
    if target is None:
        return None
    below, above = _plain(other), _plain(said["subject"])
    if said["predicate"] == "on" and not target.can & {"carry", "contain", "slope", "roll", "act"}:
        return f"a {below} gives little room to stand on: the {above} may not stay on it"
    if said["predicate"] == "on" and "carry" not in target.can and "roll" in target.can:
        return f"a {below} may roll away from under the {above}"
    if said["predicate"] != "inside":
        return None
    if "contain" not in target.can:
        return f"a {below} is not known to be hollow: the {above} may not fit inside it"
    if subject is not None and subject.low_m > target.high_m:
        return f"at their usual sizes the {above} does not fit inside the {below}"
    return None


def _known(ref: str, nouns: dict[str, str]) -> Noun | None:
    noun = nouns.get(ref.partition("#")[0])
    match = resolve_noun(noun, outdoors=True) if noun and ref not in RESERVED_IDS else None
    return match.noun if match else None


def _place(said: Said) -> tuple[str, str]:
    return said["predicate"], said["object"][0]


def _name(said: Said) -> str:
    return _plain(said["object"][0])


def _plain(ref: str) -> str:
    return ref.replace("_", " ").replace("#", " ")


def _text(said: Said) -> str:
    others = said.get("object") or []
    objects = others if isinstance(others, list) else [others]
    negated = ["not"] if said.get("negated") else []
    return " ".join([said["subject"], *negated, said["predicate"], *objects])
