"""From items to words: who is named how, and the forms of verbs."""

from dataclasses import dataclass, field

import numpy as np

from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import (
    Items,
    Np,
    Tag,
    Tense,
    Thing,
    Verb,
    Word,
)
from scene_builder.language.synthetic.wording.forms import inflected

ENDS = frozenset({".", ";", "!", ":"})


@dataclass(slots=True)
class Speaker:
    """Who has been named up to here.

    Attributes:
        tense: Tense of the sentences.
        modal: Auxiliary of the future tense.
        named: Things in the order of their first mention.
        topic: The subject of the clause before.
        last: The thing named last.
        number: id() of a thing → whether its last mention takes a plural verb.
    """

    tense: Tense = "present"
    modal: str = "will"
    named: list[Thing] = field(default_factory=list)
    topic: Thing | None = None
    last: Thing | None = None
    number: dict[int, bool] = field(default_factory=dict)

    def several(self, thing: Thing) -> bool:
        """Whether the words that last named a thing take a plural verb."""
        return self.number.get(id(thing), thing.plural)


def spoken_rand(rng: np.random.Generator, items: Items, speaker: Speaker) -> list[Word]:
    """Return the words of `items`; things are named in full at first and briefly later."""
    made: list[Word] = []
    for item in items:
        if isinstance(item, Word):
            made.append(item)
            for tag in item.tags if item.tags and item.tags[0].kind == "noun" else ():
                _meet(speaker, tag.owner)
        elif isinstance(item, Verb):
            made += _verb(item, speaker)
        else:
            made += _mention_rand(rng, item, speaker)
    return made


def _meet(speaker: Speaker, thing: object) -> None:
    if isinstance(thing, Thing) and not any(thing is other for other in speaker.named):
        speaker.named.append(thing)


def _mention_rand(rng: np.random.Generator, np_: Np, speaker: Speaker) -> list[Word]:
    thing = np_.thing
    if not any(thing is other for other in speaker.named):
        return _first_rand(rng, np_, speaker)
    made = _later_rand(rng, np_, speaker)
    if np_.role == "subject":
        speaker.topic = thing
    speaker.last = thing
    return made


def _first_rand(rng: np.random.Generator, np_: Np, speaker: Speaker) -> list[Word]:
    thing = np_.thing
    speaker.named.append(thing)
    phrase = list(thing.phrase)
    first = phrase[0]
    if np_.how in {"the", "them"} and isinstance(first, Word):
        if first.text in {"a", "an"}:
            phrase[0] = Word("the")
        elif first.text not in {"the", "both", "the two", "the three"} and (
            first.text.split(" ")[0] not in {"a", "some", "several", "many", "lots", "one"}
        ):
            phrase.insert(0, Word("the"))
    if np_.role == "subject":
        speaker.topic = thing
    made = spoken_rand(rng, phrase, speaker)
    if thing.trail:
        if made and made[-1].text == ",":
            made.pop()
        made += spoken_rand(rng, thing.trail, speaker)
    if not thing.trail:
        speaker.last = thing
    return made


def _later_rand(rng: np.random.Generator, np_: Np, speaker: Speaker) -> list[Word]:
    thing = np_.thing
    again = Tag("pronoun", thing, "", thing.id)
    if np_.how in {"former", "latter", "other"}:
        return [Word(f"the {np_.how}", (again,))]
    if np_.how == "one":
        return [Word("the"), *thing.later, Word("one", (again,))]
    if _may_be_pronoun(np_, speaker) and chance_rand(rng, 0.75):
        return [Word(_pronoun(np_, speaker), (again,))]
    if thing.group_noun and np_.how != "them" and chance_rand(rng, 0.5):
        speaker.number[id(thing)] = False
        return [Word("the"), Word(thing.group_noun, (again,))]
    many = thing.count > 1
    speaker.number[id(thing)] = many
    noun = plural(thing.noun) if many else thing.noun
    head = Word(noun, (Tag("again", thing, "", thing.id),))
    number = [Word("two")] if thing.count == 2 and chance_rand(rng, 0.1) else []  # noqa: PLR2004
    if thing.later and (thing.twin or chance_rand(rng, 0.2)):
        return [Word("the"), *number, pick_rand(rng, thing.later), head]
    return [Word("the"), *number, head]


def _may_be_pronoun(np_: Np, speaker: Speaker) -> bool:
    thing = np_.thing
    if np_.how in {"np", "the"} or thing.twin:
        return False
    if np_.how in {"it", "them"}:
        return np_.how == "it" or speaker.last is thing
    if np_.role == "subject":
        return speaker.topic is thing or speaker.last is thing
    return speaker.last is thing and speaker.topic is not thing


def _pronoun(np_: Np, speaker: Speaker) -> str:
    subject = np_.role == "subject"
    if speaker.several(np_.thing) or (np_.how == "them" and np_.thing.count > 1):
        return "they" if subject else "them"
    return "it"


def _verb(verb: Verb, speaker: Speaker) -> list[Word]:
    several = speaker.several(verb.subject) if verb.subject is not None else verb.plural
    early = [verb.early] if verb.early else []
    if verb.form in {"gerund", "base", "participle"}:
        denial = _simple_denial(verb)
        return [*denial, *early, Word(inflected(verb.base, verb.form), verb.tags)]
    if verb.base.startswith("be "):
        auxiliary, form = _finite(Verb("be", "is"), several, speaker)
        return [*early, Word(f"{form[1:]} {verb.base[3:]}", verb.tags)]
    if verb.denial:
        return _denied(verb, several, speaker)
    auxiliary, form = _finite(verb, several, speaker)
    made = [Word(auxiliary)] if auxiliary else []
    return [*made, *early, Word(inflected(verb.base, form), verb.tags)]


def _simple_denial(verb: Verb) -> list[Word]:
    if not verb.denial:
        return []
    return [Word("not", (Tag("negation", verb.denied or "", "negated", "not"),))]


def _finite(verb: Verb, several: bool, speaker: Speaker) -> tuple[str, str]:
    """The auxiliary of a finite verb, if it has one, and the form of the verb itself."""
    tense = speaker.tense
    be = "are" if several else "is"
    was = "were" if several else "was"
    modal = speaker.modal.replace("is", be)
    if verb.form in {"passive", "is"}:
        word = {"past": was, "future": f"{modal} be", "progressive": f"{be} being"}.get(tense, be)
        return "", f"={be if verb.form == 'is' and tense == 'progressive' else word}"
    if tense == "past":
        return "", "past"
    if tense == "future":
        return modal, "base"
    if tense == "progressive" and verb.base.split(" ")[0] != "be":
        return be, "gerund"
    return "", "base" if several else "third"


def _denied(verb: Verb, several: bool, speaker: Speaker) -> list[Word]:
    tag = (Tag("negation", verb.denied or "", "negated", "not"),)
    word = Word(inflected(verb.base, "base"), verb.tags)
    past = speaker.tense == "past"
    do = "did" if past else "do" if several else "does"
    if speaker.tense == "future":
        modal = speaker.modal if " " not in speaker.modal else "will"
        return [Word(modal), Word("not", tag), word]
    if verb.denial == "never":
        form = "past" if past else "base" if several else "third"
        return [Word("never", tag), Word(inflected(verb.base, form), verb.tags)]
    if verb.denial == "fail":
        form = "failed to" if past else "fail to" if several else "fails to"
        return [Word(form, tag), word]
    if verb.denial == "n't":
        return [Word(do + "n't", tag), word]
    return [Word(do), Word("not", tag), word]
