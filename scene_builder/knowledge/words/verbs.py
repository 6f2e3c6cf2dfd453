"""Verbs and their forms; what they mean stands in `verb_senses`."""

from typing import Literal

from scene_builder.knowledge.words.verb_senses import ALSO_HANDLED, ALSO_MOVING, SENSES, Kind, Sense

__all__ = ["ALSO_HANDLED", "ALSO_MOVING", "FORMS", "SENSES", "SENSES_OF", "Form", "Kind", "Sense",
           "form_of", "senses_of", "verb_form"]  # fmt: skip

Form = Literal["base", "third", "past", "participle", "gerund"]

_IRREGULAR: dict[str, tuple[str, str]] = {
    "slide": ("slid", "slid"), "fall": ("fell", "fallen"), "spin": ("spun", "spun"),
    "swing": ("swung", "swung"), "fly": ("flew", "flown"), "run": ("ran", "run"),
    "throw": ("threw", "thrown"), "fling": ("flung", "flung"), "sling": ("slung", "slung"),
    "shoot": ("shot", "shot"), "hit": ("hit", "hit"), "strike": ("struck", "struck"),
    "sit": ("sat", "sat"), "stand": ("stood", "stood"), "lie": ("lay", "lain"),
    "come": ("came", "come"), "leave": ("left", "left"), "drive": ("drove", "driven"),
    "ride": ("rode", "ridden"), "let": ("let", "let"), "shut": ("shut", "shut"),
    "bring": ("brought", "brought"), "blow": ("blew", "blown"), "burst": ("burst", "burst"),
    "speed": ("sped", "sped"), "go": ("went", "gone"), "take": ("took", "taken"),
    "leap": ("leapt", "leapt"), "be": ("was", "been"),
    "end": ("ended", "ended"), "hang": ("hung", "hung"), "lean": ("leaned", "leaned"),
    "plow": ("plowed", "plowed"), "tow": ("towed", "towed"), "stay": ("stayed", "stayed"),
    "sway": ("swayed", "swayed"), "tap": ("tapped", "tapped"), "stick": ("stuck", "stuck"),
    "hold": ("held", "held"), "catch": ("caught", "caught"), "put": ("put", "put"),
    "set": ("set", "set"), "lay": ("laid", "laid"), "see": ("saw", "seen"),
    "bear": ("bore", "borne"), "sink": ("sank", "sunk"), "creep": ("crept", "crept"),
    "stride": ("strode", "stridden"), "rise": ("rose", "risen"), "break": ("broke", "broken"),
    "cast": ("cast", "cast"), "draw": ("drew", "drawn"), "meet": ("met", "met"),
    "upset": ("upset", "upset"), "give": ("gave", "given"), "cave": ("caved", "caved"),
    "send": ("sent", "sent"), "make": ("made", "made"), "wear": ("wore", "worn"),
    "know": ("knew", "known"), "find": ("found", "found"), "think": ("thought", "thought"),
    "begin": ("began", "begun"), "keep": ("kept", "kept"), "build": ("built", "built"),
    "become": ("became", "become"), "say": ("said", "said"), "show": ("showed", "shown"),
    "sing": ("sang", "sung"), "read": ("read", "read"), "eat": ("ate", "eaten"),
    "drink": ("drank", "drunk"), "have": ("had", "had"), "feel": ("felt", "felt"),
    "hear": ("heard", "heard"), "tell": ("told", "told"), "hide": ("hid", "hidden"),
    "cut": ("cut", "cut"), "get": ("got", "gotten"), "grow": ("grew", "grown"),
    "bend": ("bent", "bent"), "light": ("lit", "lit"), "sleep": ("slept", "slept"),
    "spring": ("sprang", "sprung"), "swim": ("swam", "swum"),
    "win": ("won", "won"), "lose": ("lost", "lost"),
    "sweep": ("swept", "swept"), "ring": ("rang", "rung"), "shine": ("shone", "shone"),
    "kneel": ("knelt", "knelt"), "cling": ("clung", "clung"), "spill": ("spilled", "spilled"),
    "wind": ("wound", "wound"), "shake": ("shook", "shaken"), "tear": ("tore", "torn"),
    "split": ("split", "split"), "lead": ("led", "led"), "forget": ("forgot", "forgotten"),
    "bet": ("bet", "bet"), "thrust": ("thrust", "thrust"), "teach": ("taught", "taught"),
    "mean": ("meant", "meant"), "buy": ("bought", "bought"), "pay": ("paid", "paid"),
    "sell": ("sold", "sold"),
}  # fmt: skip
_DOUBLED = {
    "drop", "stop", "tip", "slip", "spin", "skid", "hop", "hit", "run", "sit", "shut", "tug",
    "ram", "jog", "swim", "clip", "tap", "let", "lob", "drag", "slam", "plop", "flap", "bob", "zip",
    "trot", "step", "pop", "prop", "pin", "trap", "snap", "chug", "skim", "put", "set", "get",
    "begin", "cut", "strap", "grip", "bar", "upset", "scan", "hum", "win", "fit", "dig",
    "scrub", "pat", "swat", "rap", "sag", "snag", "lug", "flip", "chop", "nod", "wrap", "mop",
    "stir", "strut",
}  # fmt: skip
_GERUNDS = {"lie": "lying", "be": "being"}


def verb_form(base: str, form: Form) -> str:
    """Return a form of a verb; a particle ("knock over") stays where it is."""
    word, _, particle = base.partition(" ")
    inflected = {
        "base": lambda: word,
        "third": lambda: _third(word),
        "past": lambda: _IRREGULAR[word][0] if word in _IRREGULAR else _past(word),
        "participle": lambda: _IRREGULAR[word][1] if word in _IRREGULAR else _past(word),
        "gerund": lambda: _gerund(word),
    }[form]()
    return f"{inflected} {particle}" if particle else inflected


def _third(word: str) -> str:
    if word == "be":
        return "is"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ied"
    return word + (word[-1] if word in _DOUBLED else "") + "ed"


def _gerund(word: str) -> str:
    if word in _GERUNDS:
        return _GERUNDS[word]
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + "ing"
    return word + (word[-1] if word in _DOUBLED else "") + "ing"


_ORDER: tuple[Form, ...] = ("participle", "past", "gerund", "third", "base")

FORMS: dict[str, tuple[str, Form]] = {
    verb_form(base, form): (base, form)
    for form in _ORDER
    for base in dict.fromkeys(sense.base.partition(" ")[0] for sense in reversed(SENSES))
}
"""First word of a verb in any form → (its base, which form)."""

SENSES_OF: dict[str, tuple[Sense, ...]] = {
    head: tuple(
        sorted(
            (sense for sense in SENSES if sense.base.partition(" ")[0] == head),
            key=lambda sense: -len(sense.base),
        )
    )
    for head in {sense.base.partition(" ")[0] for sense in SENSES}
}
"""First word's base → its senses, the longest wording first."""


def form_of(word: str) -> tuple[str, Form]:
    """Return base and form of a verb; a word of no list counts as its own base.

    Such a word was taken for a verb because of its place ("a player lunges").
    """
    return FORMS.get(word, (word, "third"))


def senses_of(base: str) -> tuple[Sense, ...]:
    """Return what a verb may say, the longest wording first; of a strange one, nothing."""
    return SENSES_OF.get(base, (Sense(base=base, kind="scenery"),))
