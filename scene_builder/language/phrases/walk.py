"""From items to a draft, in one walk from left to right: who does what, where, to whom."""

from scene_builder.knowledge.words.nouns import FURNITURE, TABLETOP
from scene_builder.knowledge.words.qualities import SPEED_WORD_OF
from scene_builder.knowledge.words.relations import DIRECTION_OF, RELATION_OF
from scene_builder.language.phrases.clause_verbs import close_verb, read_verb, take_object
from scene_builder.language.phrases.draft import Draft, Mention
from scene_builder.language.phrases.items import Item, arrangement, items_of
from scene_builder.language.phrases.motion import place_motion
from scene_builder.language.phrases.state import Walk, act, end

_SIDEWAYS = frozenset({"behind", "in_front_of", "beside", "near", "left_of", "right_of", "between"})
_FINITE = frozenset({"third", "base", "past"})
_OF_THE_VERB = frozenset("off into onto across along towards toward at down against past".split())  # noqa: SIM905


def draft_of(text: str) -> Draft:
    """Return what lower-case `text`, its stated facts taken out, says."""
    walk, items = Walk(), items_of(text)
    for k, item in enumerate(items):
        _STEPS.get(item.kind, _ignore)(walk, item, items[k + 1 :])
        walk.before_this = item
    close_verb(walk)
    return walk.draft


def _chunk(walk: Walk, item: Item, rest: list[Item]) -> None:
    if item.chunk is None:
        return
    mention = walk.draft.mention(item.chunk)
    if item.chunk.verb_as_adjective:
        _moving_adjective(walk, mention, item.chunk.verb_as_adjective)
    _place_mention(walk, mention, rest)


def _place_mention(walk: Walk, mention: Mention, rest: list[Item]) -> None:
    walk.named.append(mention)
    joined, walk.joined = walk.joined, False
    if walk.preposition:
        preposition, walk.preposition = walk.preposition, ""
        if not walk.subject and walk.verb is None:
            walk.fronted = (preposition, mention)
        else:
            _related(walk, preposition, mention)
        walk.filled = True
    elif walk.object_of is not None:
        sense, walk.object_of = walk.object_of, None
        take_object(walk, sense, mention)
        walk.filled = True
    elif joined and walk.subject and walk.verb is not None and not _clause_ahead(rest):
        _coordinated(walk, mention)
        return
    elif joined and walk.subject and walk.verb is None:
        walk.subject.append(mention)
    elif walk.verb is not None and not walk.subject:
        _late_subject(walk, mention)
    else:
        walk.subject, walk.theme, walk.verb, walk.acts = [mention], [], None, []
        walk.subjects.add(mention.ref)
        walk.passive, walk.was, walk.filled = False, False, False
    if walk.fronted and walk.subject and walk.subject[-1] is mention:
        place, walk.fronted = walk.fronted, None
        place_motion(walk, place[0], place[1], [mention])
    walk.last = [mention]


def _related(walk: Walk, preposition: str, mention: Mention) -> None:
    if walk.verb is None:
        for subject in walk.subject[-1:] if not walk.was else walk.subject:
            place_motion(walk, preposition, mention, [subject])
        if not walk.was and len(walk.subject) > 1 and preposition in {"on", "in", "inside"}:
            for subject in walk.subject[:-1]:
                place_motion(walk, preposition, mention, [subject])
        return
    predicate = RELATION_OF.get(preposition, "")
    nearest = walk.filled and preposition not in _OF_THE_VERB
    if nearest and walk.last and not _belongs_to_theme(walk, predicate, mention):
        place_motion(walk, preposition, mention, walk.last)
    else:
        place_motion(walk, preposition, mention, walk.theme or walk.subject)


def _belongs_to_theme(walk: Walk, predicate: str, mention: Mention) -> bool:
    """Whether "spins on a desk behind a candle" says it of the thing that spins."""
    last = walk.last[-1]
    if not last.solid:
        return True
    nouns = {entity["id"]: entity["noun"] for entity in walk.draft.entities}
    on_furniture = nouns.get(last.ref) in FURNITURE and nouns.get(mention.ref) in TABLETOP
    return predicate in _SIDEWAYS and on_furniture and bool(walk.theme)


def _coordinated(walk: Walk, mention: Mention) -> None:
    """Say of `mention` what was said last of the mention that "and" joins it to."""
    first = walk.last[-1] if walk.last else None
    walk.last = [mention]
    if first is None:
        return
    for said in list(walk.draft.outcomes):
        if said.get("object") == first.ref:
            walk.draft.end(Mention(said["subject"]), said["predicate"], mention)
    for said in list(walk.draft.relations):
        if said["object"][:1] == [first.ref] and said["predicate"] == "between":
            said["object"].append(mention.ref)
        elif said["subject"] == first.ref and said["object"] and walk.verb is None:
            walk.draft.relate(mention, said["predicate"], Mention(said["object"][0]))


def _late_subject(walk: Walk, mention: Mention) -> None:
    walk.subject = [mention]
    walk.theme = [mention]
    if walk.verb is not None and walk.verb.kind in {"motion", "posture"}:
        act(walk, walk.verb)


def _moving_adjective(walk: Walk, mention: Mention, base: str) -> None:
    from scene_builder.knowledge.words.verbs import SENSES_OF

    sense = SENSES_OF[base][-1]
    if sense.kind == "motion" and sense.verb is not None and mention.solid:
        walk.draft.act(mention, sense.verb)


def _clause_ahead(rest: list[Item]) -> bool:
    for item in rest:
        if item.kind in {"mark", "join", "then"}:
            return False
        if item.kind == "be" or (item.kind == "verb" and item.form != "gerund"):
            return True
    return False


def _pronoun(walk: Walk, item: Item, rest: list[Item]) -> None:
    plural = item.text in {"them", "they", "themselves"}
    object_here = walk.object_of is not None or bool(walk.preposition)
    subjects = {m.ref for m in (walk.theme or walk.subject)}
    options = [
        m for m in reversed(walk.named) if m.solid and not (object_here and m.ref in subjects)
    ]
    options.sort(key=lambda m: m.ref not in walk.subjects)
    fitting = [m for m in options if m.several == plural] or options
    if not object_here and walk.subject and not plural and walk.subject[0] in fitting:
        fitting = [walk.subject[0]]
    if fitting:
        mention = Mention(fitting[0].ref, fitting[0].several, all_of=item.all_of)
        _place_mention(walk, mention, rest)


def _subset(walk: Walk, item: Item, rest: list[Item]) -> None:
    if item.chunk is not None:
        whole = walk.draft.mention(item.chunk)
    else:
        whole = next((m for m in reversed(walk.named) if m.several), Mention(""))
    if whole.ref:
        part = Mention(whole.ref, True, item.count, item.compare, item.all_of)
        walk.joined = walk.joined and not _clause_ahead(rest)
        _place_mention(walk, part, rest)


def _prep(walk: Walk, item: Item, rest: list[Item]) -> None:
    if walk.object_of is not None and walk.object_of.kind == "motion":
        walk.object_of = None
    follows = bool(rest) and rest[0].kind in {"chunk", "pronoun", "subset"}
    if follows:
        walk.preposition = item.text
        return
    direction = DIRECTION_OF.get(item.text)
    if direction:
        _turn(walk, direction)
    if direction == "off":
        for mention in walk.theme:
            support = walk.draft.support_of(mention)
            if support is not None:
                end(walk, mention, "falls_off", support)


def _turn(walk: Walk, direction: str) -> None:
    for action in walk.acts:
        action.setdefault("direction", direction)
    if not walk.acts:
        walk.direction = direction


def _direction(walk: Walk, item: Item, rest: list[Item]) -> None:
    _turn(walk, DIRECTION_OF[item.text])


def _speed(walk: Walk, item: Item, rest: list[Item]) -> None:
    for action in walk.acts:
        action.setdefault("speed", SPEED_WORD_OF[item.text])
    if not walk.acts:
        walk.speed = SPEED_WORD_OF[item.text]


def _by(walk: Walk, item: Item, rest: list[Item]) -> None:
    if walk.passive and walk.verb is not None and rest and rest[0].kind in {"chunk", "pronoun"}:
        walk.preposition = "by agent"
    elif rest and rest[0].kind == "chunk":
        walk.preposition = "by"


def _mark(walk: Walk, item: Item, rest: list[Item]) -> None:
    close_verb(walk)
    if walk.saved is not None:
        walk.subject, walk.saved = walk.saved, None
    walk.negated = False
    walk.joined = item.text == "," and bool(walk.subject) and walk.verb is None
    if item.text != ",":
        walk.verb, walk.theme, walk.filled = None, [], False
        walk.preposition, walk.object_of = "", None
        walk.was = False
        if item.text in {".", ";", "!", "?", "while", "when", "as", "until"} and _clause_ahead(
            rest
        ):
            walk.subject = [] if rest and rest[0].kind in {"prep", "there"} else walk.subject


def _join(walk: Walk, item: Item, rest: list[Item]) -> None:
    close_verb(walk)
    walk.joined = True
    walk.preposition = ""


def _then(walk: Walk, item: Item, rest: list[Item]) -> None:
    if walk.draft.outcomes:
        walk.order = len(walk.draft.outcomes) - 1


def _relative(walk: Walk, item: Item, rest: list[Item]) -> None:
    if walk.last:
        walk.saved, walk.subject = walk.subject, list(walk.last)
        walk.verb = None


def _be(walk: Walk, item: Item, rest: list[Item]) -> None:
    if walk.saved is not None and walk.verb is not None:
        walk.subject, walk.saved = walk.saved, None
    walk.was, walk.verb, walk.filled = True, None, False


def _there(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.subject, walk.verb = [], None


def _not(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.negated = True


def _nobody(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.subject, walk.theme, walk.verb, walk.last = [], [], None, []


def _arranged(walk: Walk, item: Item, rest: list[Item]) -> None:
    predicate = arrangement(item.text)
    grouped = [m for m in (walk.last or walk.subject) if m.several] or [
        m for m in walk.subject if m.several
    ]
    for mention in grouped if predicate else []:
        walk.draft.relate(mention, predicate)


def _ignore(walk: Walk, item: Item, rest: list[Item]) -> None:
    """Words that change nothing."""


_STEPS = {
    "chunk": _chunk, "verb": read_verb, "prep": _prep, "pronoun": _pronoun, "subset": _subset,
    "be": _be, "not": _not, "without": _not, "relative": _relative, "join": _join,
    "then": _then, "mark": _mark, "speed": _speed, "direction": _direction, "there": _there,
    "nobody": _nobody, "by": _by, "arranged": _arranged,
}  # fmt: skip
