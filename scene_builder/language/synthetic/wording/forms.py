"""Forms of the verbs that the grammar uses, beyond those that every reader knows."""

from functools import lru_cache

from scene_builder.knowledge.words.verbs import Form, verb_form

_IRREGULAR: dict[str, tuple[str, str, str]] = {
    "plop": ("plopped", "plopped", "plopping"), "prod": ("prodded", "prodded", "prodding"),
    "snap": ("snapped", "snapped", "snapping"), "pop": ("popped", "popped", "popping"),
    "spring": ("sprang", "sprung", "springing"), "stride": ("strode", "stridden", "striding"),
    "send": ("sent", "sent", "sending"), "make": ("made", "made", "making"),
    "sweep": ("swept", "swept", "sweeping"), "creep": ("crept", "crept", "creeping"),
    "upset": ("upset", "upset", "upsetting"), "keep": ("kept", "kept", "keeping"),
    "begin": ("began", "begun", "beginning"), "get": ("got", "got", "getting"),
    "mow": ("mowed", "mown", "mowing"), "grind": ("ground", "ground", "grinding"),
    "bat": ("batted", "batted", "batting"), "flip": ("flipped", "flipped", "flipping"),
    "hold": ("held", "held", "holding"), "steer": ("steered", "steered", "steering"),
    "cause": ("caused", "caused", "causing"), "set": ("set", "set", "setting"),
    "shoot": ("shot", "shot", "shooting"), "stir": ("stirred", "stirred", "stirring"),
    "plow": ("plowed", "plowed", "plowing"), "swoop": ("swooped", "swooped", "swooping"),
    "whizz": ("whizzed", "whizzed", "whizzing"), "rise": ("rose", "risen", "rising"),
    "slam": ("slammed", "slammed", "slamming"), "hang": ("hung", "hung", "hanging"),
    "lift": ("lifted", "lifted", "lifting"), "tip": ("tipped", "tipped", "tipping"),
    "boot": ("booted", "booted", "booting"), "unlatch": ("unlatched", "unlatched", "unlatching"),
    "wag": ("wagged", "wagged", "wagging"), "rest": ("rested", "rested", "resting"),
    "bob": ("bobbed", "bobbed", "bobbing"), "barrel": ("barreled", "barreled", "barreling"),
}  # fmt: skip
_ADVERBS = frozenset({"narrowly", "just", "suddenly"})
_FORMS: dict[str, Form] = {
    "base": "base", "third": "third", "past": "past", "participle": "participle",
    "gerund": "gerund",
}  # fmt: skip


@lru_cache(maxsize=5_000)
def inflected(base: str, form: str) -> str:
    """Return a form of a verb; `=word` is that word itself.

    An adverb in front of the verb ("narrowly miss") and particles behind it stay as they are.
    """
    if form.startswith("="):
        return form[1:]
    head, _, rest = base.partition(" ")
    if head in _ADVERBS:
        return f"{head} {inflected(rest, form)}"
    if head in _IRREGULAR and form in {"past", "participle", "gerund"}:
        past, participle, gerund = _IRREGULAR[head]
        word = {"past": past, "participle": participle, "gerund": gerund}[form]
        return f"{word} {rest}" if rest else word
    return verb_form(base, _FORMS[form])
