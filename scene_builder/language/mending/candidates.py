"""Two readings of one prompt, and what the model itself makes of both.

The model writes one reading, the rules another. A third one is the model's, with those
statements of the rules put in that the model left out. The model then says how likely it finds
each, and a prior, chosen on prompts that nothing was tuned on, says how far each kind of reading
is to be trusted; the likeliest of the three is taken (Bayes).
"""

import math
from collections.abc import Sequence

from scene_builder.language.notation.writing import COMPARE_SIGNS
from scene_builder.language.phrases.draft import Draft
from scene_builder.model.words import OUTCOME_PREDICATES, PREDICATES, VERBS

PRIOR_OF_RULES = 20.0
"""How much likelier the rules' reading is to be right than the model's own, in nats."""
PRIOR_OF_FILLED = 3.0
"""Likewise of the model's reading with what it left out put in."""

Section = list[list[str]]


def rule_notation(draft: Draft, text: str) -> str:
    """Return what the rules found as the notation that the model was trained to write.

    Args:
        draft: What the rules found.
        text: The lower-case text that they read.
    """
    order = {entity["id"]: k for k, entity in enumerate(draft.entities)}
    entities = []
    for entity in draft.entities:
        chunk = draft.chunks[entity["id"]]
        found = (chunk.size, chunk.color, chunk.material)
        words = [text[part[1] : part[2]].replace(" ", "_") for part in found if part]
        count = [str(entity["count"])] if entity["count"] > 1 else []
        entities.append(" ".join([entity["id"], *count, *words]))
    relations = [[r["subject"], r["predicate"], *r["object"]] for r in draft.relations]
    relations.sort(key=lambda said: max(order.get(ref, 0) for ref in said))
    actions = [_action(action) for action in draft.actions]
    outcomes = [_outcome(outcome, draft) for outcome in draft.outcomes]
    lines = [*entities, *map(" ".join, [*relations, *actions, *outcomes])]
    return "".join(line + "\n" for line in lines)


def filled(said: str, other: str) -> str:
    """Return `said` with the statements of `other` that it lacks.

    A relation or an outcome is lacking where `said` has none of that predicate about the same
    subject or object, an action where it has none of that verb.
    """
    own, theirs = _sections(said), _sections(other)
    merged = [list(section) for section in own]
    ids = {line[0] for line in own[0]}
    merged[0] += [line for line in theirs[0] if line[0] not in ids]
    for k in (1, 3):
        merged[k] += [line for line in theirs[k] if not _covered(line, own[k])]
    verbs = {line[1] for line in own[2]}
    merged[2] += [line for line in theirs[2] if line[1] not in verbs]
    order = {line[0]: k for k, line in enumerate(merged[0])}
    merged[1].sort(key=lambda line: max(order.get(token, 0) for token in line))
    return "".join(" ".join(line) + "\n" for section in merged for line in section)


def lacks_entity(said: str, other: str) -> bool:
    """Whether `other` names a thing that `said` leaves out."""
    return bool(
        {line[0] for line in _sections(other)[0]} - {line[0] for line in _sections(said)[0]}
    )


def likeliest(scores: Sequence[float], *, lacking: bool = False) -> int:
    """Return the index of the reading to take: 0 the model's, 1 filled, 2 the rules'.

    Args:
        scores: Log-likelihood of each of the three under the model [nat].
        lacking: Whether the model's own leaves out a thing that a noun phrase names; it is not
            taken then.
    """
    own = -math.inf if lacking else scores[0]
    # Where nothing was put in, both are one reading, which is no likelier for being named twice.
    more = PRIOR_OF_FILLED if lacking or scores[1] != scores[0] else 0.0
    posterior = [own, scores[1] + more, scores[2] + PRIOR_OF_RULES]
    return max(range(3), key=lambda k: posterior[k])


def _sections(notation: str) -> tuple[Section, Section, Section, Section]:
    """Entities, relations, actions and outcomes, as lists of tokens."""
    sections: tuple[Section, Section, Section, Section] = ([], [], [], [])
    kinds = ((), PREDICATES, VERBS, (*OUTCOME_PREDICATES, "not"))
    for line in notation.splitlines():
        tokens = line.split(" ")
        second = tokens[1] if len(tokens) > 1 else ""
        kind = next((k for k in (1, 2, 3) if second in kinds[k]), 0)
        if tokens not in sections[kind]:
            sections[kind].append(tokens)
    return sections


def _covered(line: list[str], own: Section) -> bool:
    def parts(tokens: list[str]) -> tuple[str, str, str]:
        negated = tokens[1] == "not"
        rest = tokens[2 + negated :]
        target = rest[0] if rest and rest[0][0].isalpha() else ""
        return tokens[0], tokens[1 + negated], target

    subject, predicate, target = parts(line)
    for other in own:
        who, what, whom = parts(other)
        if what == predicate and (who == subject or (target and whom == target)):
            return True
    return False


def _action(action: dict[str, object]) -> list[str]:
    turns = [str(action[key]) for key in ("direction", "speed") if action.get(key) is not None]
    target = [f">{action['target']}"] if action.get("target") else []
    return [str(action["actor"]), str(action["verb"]), *turns, *target]


def _outcome(outcome: dict[str, object], draft: Draft) -> list[str]:
    negated = ["not"] if outcome.get("negated") else []
    whom = [str(outcome["object"])] if outcome.get("object") else []
    counted = outcome.get("object") or outcome["subject"]
    everyone = next((e["count"] for e in draft.entities if e["id"] == counted), 1)
    count, sign = outcome.get("count"), COMPARE_SIGNS[str(outcome.get("compare") or "exactly")]
    part = [f"{sign}{count}"] if count is not None and (sign or count != everyone) else []
    after = [f"after={outcome['after']}"] if outcome.get("after") is not None else []
    return [str(outcome["subject"]), *negated, str(outcome["predicate"]), *whom, *part, *after]
