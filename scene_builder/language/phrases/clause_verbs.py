"""Verbs: what they do with the clause's subject, and with an object when it comes."""

from scene_builder.knowledge.words.verbs import ALSO_HANDLED, Sense
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.items import Item
from scene_builder.language.phrases.state import Walk, act, end


def read_verb(walk: Walk, item: Item, rest: list[Item]) -> None:
    """Take up a verb: who is its subject, is it passive, what does it say."""
    sense = item.sense
    assert sense is not None
    close_verb(walk)
    before = walk.before_this.kind if walk.before_this else "mark"
    after_noun = before in {"chunk", "pronoun", "subset"}
    gerund = item.form == "gerund" and not walk.was
    if walk.saved is not None and walk.verb is not None and not gerund and after_noun:
        walk.subject, walk.saved = walk.saved, None
    reduced = (
        item.form in {"participle", "past"} and sense.kind == "handle" and not walk.was
        and after_noun and (not rest or rest[0].kind not in {"chunk", "pronoun"})
    )  # fmt: skip
    walk.passive = reduced or (
        walk.was
        and item.form not in {"gerund", "third"}
        and sense.kind in {"handle", "contact", "topple"}
    )  # fmt: skip
    attached = after_noun and (gerund or reduced)
    walk.theme = list(walk.last if attached and walk.last else walk.subject)
    walk.verb, walk.filled, walk.acts = sense, False, []
    stands = sense.kind == "posture" and not gerund and not walk.was and walk.saved is None
    _say_verb(walk, sense, posture=stands, rest=rest)
    walk.was = False


def take_object(walk: Walk, sense: Sense, mention: Mention) -> None:
    """Take up the object that a verb waited for."""
    if sense.kind in {"handle", "motion"}:
        walk.theme = [mention]
        act(walk, sense)
        return
    for subject in walk.theme or walk.subject:
        if sense.outcome:
            end(walk, subject, sense.outcome, mention)
    walk.negated = False
    if sense.base in {"knock", "sweep"}:
        walk.theme = [mention]


def close_verb(walk: Walk) -> None:
    """A verb of toppling that never got its object says it of its subject."""
    sense, walk.object_of = walk.object_of, None
    if sense is not None and sense.kind == "topple":
        fallen(walk)
    if walk.passive and walk.verb is not None and walk.verb.kind == "topple":
        struck = {said.get("object") for said in walk.draft.outcomes}
        for mention in walk.theme:
            if mention.ref not in struck:
                end(walk, mention, "falls")
        walk.passive = False


def fallen(walk: Walk) -> None:
    """Say that whoever the verb is about falls over."""
    for mention in walk.theme:
        struck = any(said.get("object") == mention.ref for said in walk.draft.outcomes)
        if not struck and not walk.negated and mention.count is None:
            walk.acts = [walk.draft.act(mention, "fall")]
        end(walk, mention, "falls")
    walk.negated = False


def _say_verb(walk: Walk, sense: Sense, *, posture: bool, rest: list[Item]) -> None:
    takes_object = bool(rest) and rest[0].kind in {"chunk", "pronoun", "subset"}
    if sense.base == "stack" and walk.passive:
        for mention in walk.theme:
            walk.draft.relate(mention, "stacked")
    elif sense.kind == "motion" and takes_object and sense.base in ALSO_HANDLED and walk.theme:
        walk.object_of = sense
    elif sense.kind == "motion" or (sense.kind == "handle" and walk.passive) or posture:
        act(walk, sense)
    elif (sense.kind in {"handle", "contact"} and not walk.passive) or (
        sense.kind == "topple" and takes_object and not walk.passive
    ):
        walk.object_of = sense
    elif sense.kind == "topple" and not walk.passive:
        fallen(walk)
    elif sense.kind == "result":
        _result(walk, sense)


def _result(walk: Walk, sense: Sense) -> None:
    moved = {action["actor"] for action in walk.draft.actions if action["verb"] != "stay"}
    if sense.outcome == "stays_on" and not any(m.ref in moved for m in walk.theme):
        walk.verb = Sense(base="stay", kind="posture", verb="stay")
        act(walk, walk.verb)
        walk.preposition = "on"
    elif sense.outcome in {"lands_on", "lands_in", "avoids", "stays_on"}:
        walk.object_of = sense
    elif sense.outcome == "falls":
        fallen(walk)
    elif sense.outcome:
        for mention in walk.theme:
            end(walk, mention, sense.outcome)
