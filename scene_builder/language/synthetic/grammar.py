"""From a template to a prompt and its notation."""

import re
from dataclasses import dataclass, field

import numpy as np

from scene_builder.knowledge.words.qualities import SPEED_WORD_OF
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.knowledge.words.relations import DIRECTION_WORDINGS, RELATION_WORDINGS
from scene_builder.knowledge.words.verbs import Form, verb_form
from scene_builder.language.synthetic.templates import VERB_GROUPS, Template
from scene_builder.language.synthetic.things import (
    Thing,
    make_twins_rand,
    mention_rand,
    thing_rand,
)
from scene_builder.model.words import PREDICATES, VERBS, Direction, Predicate

_GROUNDS = ("floor", "floor", "ground", "grass", "lane", "pavement", "sand", "ice", "lawn")
_HEIGHTS = ("two metres", "a height of one metre", "3 m", "half a metre up", "above")
_SIMPLE: tuple[Predicate, ...] = (
    "on", "under", "above", "left_of", "right_of", "in_front_of", "behind", "beside", "near",
)  # fmt: skip
_NO_GERUND = re.compile(r"\{(is|be|do):|there|\. |;|:the>|:sg|:pl")
_TWIN_KINDS = {"any", "target", "small", "broad", "roller", "small1", "roller1", "any1"}
_ON_SOMETHING = re.compile(r"(on|off|across|down|up|top of|from|of the|end of) $")
_PARTICLES = {"over", "down", "out"}
_ALONE = {"topple": "topple", "tip over": "tip", "overturn": "overturn"}
DECORATED = 0.13
"""How often a thing gets a place of its own ("a cup beside a vase")."""


@dataclass(slots=True)
class Clause:
    """What is being written: things, drawn verbs, statements, and where things were named."""

    things: list[Thing]
    tense: str = "present"
    verbs: dict[str, tuple[str, str]] = field(default_factory=dict)
    statements: list[list[str]] = field(default_factory=list)
    named: list[Thing] = field(default_factory=list)
    subset: str = ""
    relation: str = ""


def clause_rand(
    rng: np.random.Generator, template: Template, taken: set[str], *, tense: str = "present"
) -> tuple[str, Clause]:
    """Fill a template: returns its text (not yet capitalised) and what it says."""
    clause = Clause(things=[thing_rand(rng, kind, taken) for kind in template.slots])
    clause.tense = "present" if tense == "gerund" and _NO_GERUND.search(template.text) else tense
    _twins_rand(rng, clause, template)
    text = _choices_rand(rng, template.text, clause)
    if rng.random() < 0.25:  # noqa: PLR2004
        text = re.sub(r"(\{[A-Z]+:\d\}) ~(\d)", r"&\2 \1", text)
    text = re.sub(r"%R (\d) (\d)%", lambda m: _relation_rand(rng, clause), text)
    text = re.sub(r"\{([A-Za-z]+):([^}]*)\}", lambda m: _verb_rand(rng, clause, m[1], m[2]), text)
    text = re.sub(r"#(\d)", lambda m: _subset_rand(rng, clause, int(m[1])), text)
    clause.statements = [_statement(clause, said) for said in template.says]
    text = re.sub(
        r" ?([~&])(\d)", lambda m: _speed_rand(rng, clause, int(m[2]), before=m[1] == "&"), text
    )
    text = re.sub(r" ?\^(\d)", lambda m: _direction_rand(rng, clause, int(m[1])), text)
    text = text.replace("GROUND", str(rng.choice(_GROUNDS)))
    text = text.replace("HEIGHT", str(rng.choice(_HEIGHTS)))
    text = _decorated_rand(rng, text, clause, taken)
    text = re.sub(
        r"<(\d)(?::(\w+))?>", lambda m: _mention_rand(rng, clause, int(m[1]), m[2] or ""), text
    )
    return re.sub(r"\s+", " ", text).strip(), clause


def _twins_rand(rng: np.random.Generator, clause: Clause, template: Template) -> None:
    fitting = [k for k, kind in enumerate(template.slots) if kind in _TWIN_KINDS]
    if len(fitting) > 1 and "#" not in template.text and rng.random() < 0.07:  # noqa: PLR2004
        make_twins_rand(rng, clause.things[fitting[0]], clause.things[fitting[1]])


def notation_of(clauses: list[Clause]) -> str:
    """Return the notation of what clauses say, in the order of the words."""
    named = [thing for clause in clauses for thing in clause.named]
    order = {thing.id: k for k, thing in enumerate(named)}
    relations = [[thing.id, thing.group] for thing in named if thing.group]
    actions: list[list[str]] = []
    outcomes: list[list[str]] = []
    for clause in clauses:
        shift = len(outcomes)
        for said in clause.statements:
            if said[1] in PREDICATES:
                relations.append(said)
            elif said[1] in VERBS:
                actions.append(said)
            else:
                outcomes.append([_shifted(token, shift) for token in said])
    relations = _once(relations)
    actions, outcomes = _once(actions), _once(outcomes)
    relations.sort(key=lambda said: max(order[token] for token in said if token in order))
    lines = [thing.line for thing in named]
    return "".join(
        line + "\n" for line in [*lines, *map(" ".join, [*relations, *actions, *outcomes])]
    )


def _once(said: list[list[str]]) -> list[list[str]]:
    return [list(tokens) for tokens in dict.fromkeys(map(tuple, said))]


def _shifted(token: str, shift: int) -> str:
    return f"after={int(token[6:]) + shift}" if token.startswith("after=") else token


def _choices_rand(rng: np.random.Generator, text: str, clause: Clause) -> str:
    def pick(match: re.Match[str]) -> str:
        word, _, value = str(rng.choice(match[1].split("|"))).partition("=")
        if value:
            clause.verbs[f"direction {match[2]}"] = ("", value)
        return word

    return re.sub(r"\[([^\[\]]*)\](?:@(\d))?", pick, text)


def _relation_rand(rng: np.random.Generator, clause: Clause) -> str:
    predicate = _SIMPLE[int(rng.integers(len(_SIMPLE)))]
    clause.relation = predicate
    return str(rng.choice(RELATION_WORDINGS[predicate]))


def _verb_rand(rng: np.random.Generator, clause: Clause, name: str, how: str) -> str:
    agree, _, target = how.partition(" ")
    if name in VERB_GROUPS and name not in clause.verbs:
        options = VERB_GROUPS[name]
        clause.verbs[name] = options[int(rng.integers(len(options)))]
    base = clause.verbs[name][0] if name in VERB_GROUPS else name
    word = _agreeing(clause, base, agree)
    if not target:
        return word
    head, _, particle = word.partition(" ")
    pronoun = ":" in target
    if particle in _PARTICLES and (pronoun or rng.random() < 0.3):  # noqa: PLR2004
        return f"{head} <{target}> {particle}"
    return f"{word} <{target}>"


def _agreeing(clause: Clause, base: str, agree: str) -> str:
    forms: dict[str, Form] = {"ing": "gerund", "base": "base", "done": "participle"}
    if agree in forms:
        return verb_form(base, forms[agree])
    several = agree == "pl" or (agree.isdigit() and clause.things[int(agree)].head_plural)
    past = clause.tense == "past"
    if base in {"be", "is"}:
        return ("were" if past else "are") if several else "was" if past else "is"
    if base == "do":
        return "did" if past else "do" if several else "does"
    if clause.tense == "gerund" and agree.isdigit():
        return verb_form(base, "gerund")
    if past:
        return verb_form(base, "past")
    return verb_form(base, "base" if several else "third")


def _subset_rand(rng: np.random.Generator, clause: Clause, index: int) -> str:
    count = clause.things[index].count
    part = int(rng.integers(1, count + 1))
    words = {value: word for word, value in reversed(NUMBER_WORDS.items())}
    word = "all" if part == count else words.get(part, str(part)).replace("single", "one")
    word = {"both": "two", "twin": "two"}.get(word, word)
    if part == count:
        return "all"
    quantifier = str(rng.choice(["at least ", "at least ", "at most ", "exactly ", "", "only "]))
    clause.subset = {"at least ": ">=", "at most ": "<="}.get(quantifier, "") + str(part)
    return quantifier + word


def _statement(clause: Clause, said: str) -> list[str]:
    tokens = []
    for token in said.split(" "):
        mark, name = (token[0], token[1:]) if token[0] in ">$" else ("", token)
        if name.isdigit() and len(name) == 1:
            tokens.append((">" if mark == ">" else "") + clause.things[int(name)].id)
        elif mark == "$":
            tokens.append(clause.verbs[name][1])
        elif token == "K":
            tokens += [clause.subset] if clause.subset else []
        else:
            tokens.append(clause.relation if token == "R" else token)
    index = said.split(" ", maxsplit=1)[0]
    turn = clause.verbs.get(f"direction {index}")
    if turn and tokens[1] in VERBS:
        tokens.insert(2, turn[1])
    return tokens


def _action_of(clause: Clause, index: int) -> list[str] | None:
    thing = clause.things[index].id
    return next((said for said in clause.statements if said[0] == thing and said[1] in VERBS), None)


def _speed_rand(
    rng: np.random.Generator, clause: Clause, index: int, *, before: bool
) -> str:  # fmt: skip
    said = _action_of(clause, index)
    if said is None or rng.random() > 0.3:  # noqa: PLR2004
        return ""
    words = [word for word in SPEED_WORD_OF if not before or re.fullmatch(r"[a-z]+ly", word)]
    word = str(rng.choice(words))
    at = next((k for k, token in enumerate(said) if token.startswith(">")), len(said))
    said.insert(at, SPEED_WORD_OF[word])
    return " " + word


def _direction_rand(rng: np.random.Generator, clause: Clause, index: int) -> str:
    said = _action_of(clause, index)
    if said is None or len(said) > 2 or rng.random() > 0.6:  # noqa: PLR2004
        return ""
    directions: tuple[Direction, ...] = (
        "left", "right", "forward", "toward_camera", "away", "left", "right",
    )  # fmt: skip
    direction = directions[int(rng.integers(len(directions)))]
    said.insert(2, direction)
    return " " + str(rng.choice(DIRECTION_WORDINGS[direction]))


def _decorated_rand(
    rng: np.random.Generator, text: str, clause: Clause, taken: set[str]
) -> str:  # fmt: skip
    for index in range(len(clause.things)):
        marker = f"<{index}>"
        if len(clause.things) > 5 or rng.random() > DECORATED or marker not in text:  # noqa: PLR2004
            continue
        predicate = (*_SIMPLE, "between")[int(rng.integers(len(_SIMPLE) + 1))]
        kind = {"on": "support", "between": "pair"}.get(predicate, "any")
        clause.things.append(thing_rand(rng, kind, taken))
        posture = str(rng.choice(["standing ", "lying ", "placed ", "that is ", "sitting "]))
        if rng.random() < 0.4 and not _ON_SOMETHING.search(text[: text.index(marker)]):  # noqa: PLR2004
            posture = ""
        wording = rng.choice(RELATION_WORDINGS[predicate])
        new = len(clause.things) - 1
        text = text.replace(marker, f"{marker} {posture}{wording} <{new}>", 1)
        clause.statements.append([clause.things[index].id, predicate, clause.things[new].id])
    return text


def _mention_rand(rng: np.random.Generator, clause: Clause, index: int, how: str) -> str:
    thing = clause.things[index]
    if any(thing is other for other in clause.named):
        return mention_rand(rng, thing, how or "the")
    clause.named.append(thing)
    if how == "the":
        head = thing.phrase.split(" ", 1)
        return f"the {head[1]}" if head[0] in {"a", "an"} else thing.phrase
    return thing.phrase
