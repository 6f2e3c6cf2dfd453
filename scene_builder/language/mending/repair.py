"""Mending of what a reader wrote, by deterministic code; every repair is a sentence."""

import re
from collections import Counter
from typing import Any

from scene_builder.language.mending.contradictions import settled
from scene_builder.language.mending.draping import draped
from scene_builder.model.graph import MAX_BODIES, MAX_GRAINS
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, RESERVED_IDS, VERBS

MAX_ENTITIES = 60
Document = dict[str, Any]
_SYMMETRIC = {"beside", "near"}
_ALONE = {"in_row", "stacked"}
_OUTCOME_OBJECTS = {
    "touches",
    "knocks_over",
    "lands_on",
    "lands_in",
    "falls_off",
    "stays_on",
    "avoids",
}
_AMONG = {"touches", "knocks_over"}
"""Outcomes that things of one group may have with each other."""


def repaired(document: Document) -> list[str]:
    """Mend `document` in place, so that its references and counts hold.

    Args:
        document: The four lists of a scene graph as JSON values: entities, relations, actions
            and outcomes.

    Returns:
        One sentence for each thing that was mended.
    """
    repairs: list[str] = []
    _mend_entities(document, repairs)
    _mend_individuals(document, repairs)
    known = {entity["id"] for entity in document["entities"]} | set(RESERVED_IDS)
    document["relations"] = _mend_relations(document, known, repairs)
    draped(document, repairs)
    _mend_said(document, "actions", "actor", "target", VERBS, known, repairs)
    _mend_said(document, "outcomes", "subject", "object", OUTCOME_PREDICATES, known, repairs)
    _mend_counts(document, repairs)
    return [*repairs, *settled(document)]


def _mend_entities(document: Document, repairs: list[str]) -> None:
    kept: list[dict[str, Any]] = []
    renamed: dict[str, str] = {}
    poured = {said.get("actor") for said in document["actions"] if said.get("verb") == "pour"}
    for entity in document["entities"][:MAX_ENTITIES]:
        ref = entity["id"]
        if ref in {other["id"] for other in kept}:
            repairs.append(f"a second entity {ref!r} was left out")
            continue
        if ref in RESERVED_IDS:
            renamed[ref] = entity["id"] = f"{ref}_1"
        most = MAX_GRAINS if ref in poured else MAX_BODIES
        if not 1 <= entity.get("count", 1) <= most:
            clipped = min(max(entity["count"], 1), most)
            repairs.append(f"{ref}: a count of {entity['count']} was clipped to {clipped}")
            entity["count"] = clipped
        kept.append(entity)
    if len(document["entities"]) > MAX_ENTITIES:
        repairs.append(
            f"only the first {MAX_ENTITIES} of {len(document['entities'])} entities were kept"
        )
    room = MAX_BODIES
    counted = [entity for entity in kept if entity["id"] not in poured]
    for k, entity in enumerate(counted):
        count, left = entity.get("count", 1), len(counted) - k - 1
        entity["count"] = max(1, min(count, room - left))
        if entity["count"] != count:
            repairs.append(f"{entity['id']}: {count} individuals were cut to {entity['count']}")
        room -= entity["count"]
    document["entities"] = kept
    _rename(document, renamed)


def _rename(document: Document, renamed: dict[str, str]) -> None:
    for said, key, ref in _references(document) if renamed else ():
        if isinstance(said[key], list):
            said[key] = [renamed.get(one, one) for one in said[key]]
        else:
            said[key] = renamed.get(ref, ref)


def _references(document: Document) -> list[tuple[dict[str, Any], str, str]]:
    """Return (statement, field, reference) for whatever any statement names."""
    return [
        (said, key, ref)
        for part in ("relations", "actions", "outcomes")
        for said in document[part]
        for key in ("subject", "actor", "target", "object")
        for ref in (said[key] if isinstance(said.get(key), list) else [said.get(key)])
        if ref is not None
    ]


def _mend_individuals(document: Document, repairs: list[str]) -> None:
    """Name the whole group where there is no individual of that number."""
    counts = {entity["id"]: entity.get("count", 1) for entity in document["entities"]}
    beyond = {
        ref: name
        for _, _, ref in _references(document)
        for name, mark, number in [ref.partition("#")]
        if mark and int(number) > counts.get(name, 1)
    }
    for ref, name in beyond.items():
        repairs.append(f"{ref!r} was read as {name!r}: there are only {counts.get(name, 1)}")
    _rename(document, beyond)


def _mend_relations(
    document: Document, known: set[str], repairs: list[str]
) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    alike = Counter(entity["noun"] for entity in document["entities"])
    single = {entity["id"] for entity in document["entities"]
              if entity.get("count", 1) == alike[entity["noun"]] == 1}  # fmt: skip
    for said in document["relations"]:
        said["object"] = [
            r for r in said.get("object") or [] if r != said["subject"] and _is(r, known)
        ]
        text = " ".join([said["subject"], said["predicate"], *said["object"]])
        if said["predicate"] not in PREDICATES or not _is(said["subject"], known):
            repairs.append(f"the relation '{text}' was left out: it names nothing that is there")
        elif not said["object"] and said["predicate"] not in _ALONE:
            repairs.append(f"the relation '{text}' was left out: it has no object")
        elif not said["object"] and said["subject"] in single:
            repairs.append(f"the relation '{text}' was left out: there is only one")
        elif _repeats(said, kept):
            repairs.append(f"the relation '{text}' was left out: it is said already")
        elif said["predicate"] == "on" and _closes_circle(said, kept):
            repairs.append(f"the relation '{text}' was left out: it closes a circle of supports")
        else:
            kept.append(said)
    return kept


def _is(ref: str, known: set[str]) -> bool:
    return re.sub(r"#\d+$", "", ref) in known


def _repeats(said: dict[str, Any], kept: list[dict[str, Any]]) -> bool:
    for other in kept:
        if other["predicate"] != said["predicate"]:
            continue
        same = (other["subject"], other["object"]) == (said["subject"], said["object"])
        turned = (
            said["predicate"] in _SYMMETRIC
            and [other["subject"]] == said["object"]
            and (other["object"] == [said["subject"]])
        )
        if same or turned:
            return True
    return False


def _closes_circle(said: dict[str, Any], kept: list[dict[str, Any]]) -> bool:
    below = {other["subject"]: other["object"][0] for other in kept if other["predicate"] == "on"}
    at = said["object"][0]
    for _ in range(len(below) + 1):
        if at == said["subject"]:
            return True
        at = below.get(at, "")
    return False


def _mend_said(
    document: Document, part: str, who: str, whom: str, words: tuple[str, ...],
    known: set[str], repairs: list[str],
) -> None:  # fmt: skip
    kept: list[dict[str, Any]] = []
    places: dict[int, int] = {}
    several = {entity["id"] for entity in document["entities"] if entity.get("count", 1) > 1}
    for k, said in enumerate(document[part]):
        word = said.get("verb") or said.get("predicate")
        text = " ".join(str(w) for w in (said.get(who), word, said.get(whom)) if w)
        if word not in words or not _is(str(said.get(who)), known):
            repairs.append(f"'{text}' was left out of the {part}: it names nothing that is there")
            continue
        lost = said.get(whom) is not None and not _is(said[whom], known)
        itself = said.get(whom) == said[who] and not (
            part == "outcomes" and word in _AMONG and said[who] in several
        )
        if lost or itself:
            repairs.append(f"'{text}' lost its object, which is not there")
            said[whom] = None
            if word in _OUTCOME_OBJECTS and part == "outcomes":
                continue
        if any(_same(said, other) for other in kept):
            continue
        places[k] = len(kept)
        kept.append(said)
    for k, said in enumerate(kept):
        after = places.get(said.get("after", -1)) if said.get("after") is not None else None
        said["after"] = after if after is not None and after < k else None
    document[part] = kept


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    keys = ("actor", "verb", "subject", "predicate", "object", "count", "negated")
    return all((one.get(key) or None) == (other.get(key) or None) for key in keys)


def _mend_counts(document: Document, repairs: list[str]) -> None:
    counts = {entity["id"]: entity.get("count", 1) for entity in document["entities"]}
    for said in document["outcomes"]:
        refs = [ref for ref in (said.get("object"), said["subject"]) if ref]
        most = max(1 if "#" in ref else counts.get(ref, 1) for ref in refs)
        if said["predicate"] == "bounces":
            continue  # how often
        if said.get("count") is not None and said["count"] > most:
            repairs.append(
                f"'{said['predicate']}' was asked of {said['count']}, but there are {most}"
            )
            said["count"] = most
