"""Idioms that say in several words what one verb says: "gives it a push" is "pushes it".

Each row is a pattern over words and what is read instead. In a pattern, a group keeps its words
with their places; what is written in place of it is words, `1` for a group, and `push:1` for a
verb in the form of the verb that group 1 holds.
"""

import re
from dataclasses import replace
from functools import cache

from scene_builder.knowledge.words.verbs import FORMS, Form, form_of, verb_form
from scene_builder.language.phrases.tokens import Token

_THING = r"((?:(?!(?:and|or|but|then|so|that|which|who|is|are|was)\b)[^\s,.;:!?()]+ ){1,7}?)"
_NAMED = (
    r"((?:the|a|an|its|one|two|three|four|five|six|only|just|all|both) "
    r"(?:[^\s,.;:!?()]+ ){1,6}?)"
)
_HOW = (
    r"((?:(?:very|quick|slow|good|little|gentle|light|soft|hard|strong|mighty|firm|"
    r"slight|sharp|sudden|brief|tiny|final|single|friendly|fierce|hefty|big) ){0,2})"
)
_DEED = (
    "push|shove|nudge|kick|tap|spin|whirl|knock|poke|bump|whack|smack|prod|flick|toss|roll|tug|"
    "pull|turn|twirl|swing|slap|thump|hit|squeeze|shake|press"
)
_STAY = "(stays?|stayed|staying|remains?|remained|remaining|keeps?|kept|is|are|was|were)"
_EDGE = (
    "(?:very |outer |far |near |front |back |right |left |other |right-hand |left-hand )?"
    "(?:edge|brink|rim|lip|side|end|front|back|rear)"
)

_WHICH = r"(?:(?:top|upper|uppermost|bottom|lower|middle|first|second|third) )?"
_MANY = r"a|an|one|two|three|four|five|six|several|\d+"

ROWS: tuple[tuple[str, str], ...] = (
    (rf"(gives?|gave|giving|given) {_THING}(?:a|an|one|another) {_HOW}({_DEED}) ", "4:1 2 3~ "),
    (rf"(gives?|gave|giving) (?:a|an|one|another) {_HOW}({_DEED}) to ", "3:1 2~ "),
    (rf"(?:is|are|was|were|gets?|got|being|getting|been) given (?:a|an|one) {_HOW}({_DEED}) ",
     "is 2:given 1~ "),
    (rf"(?:gets?|got|getting|receives?|received|receiving) (?:a|an|one) {_HOW}({_DEED}) ",
     "is 2:given 1~ "),
    (r"(smash|smashes|smashed|smashing) (?=[;,.!] |and |$|(?:in)?to (?:\w+ ){0,2}(?:pieces|bits|"
     r"shards|smithereens|fragments) |on the (?:floor|ground|tiles|pavement) )", "shatter:1 "),
    (r"(takes?|took|has|had|taking) (?:a|an) (?:nasty |bad |little )?(tumble|fall|spill) ",
     "fall_over:1 "),
    (r"(makes?|made|making|finds?|found|works?|wends?) (?:it|its way|their way|his way) "
     r"(?=to |into |onto |across |over |down |up |through |off |out |past )", "go:1 "),
    (r"(does|do|did|makes?|made|makes) (?:a|an|one) (?:quick |slow |full |half |graceful )?"
     r"(?:somersault|flip|cartwheel|spin|pirouette|turn|rotation) ", "spin:1 "),
    (r"(goes|go|went|gone|comes?|came|coming|going) ((?:\w+ly )?)(?:on |right )?"
     r"(?P<gerund>\w+ing) ", "gerund:1 2 "),
    (r"(starts?|started|begins?|began|continues?|continued|proceeds?|keeps?|kept|manages?|managed|"
     r"happens?|goes|went) (?:on |out )?(?:to (?P<base>\w+) |(?P<gerund>\w+ing) )", "gerund:1 "),
    (r"(?:is|are|was|were) (?:just )?(?:about|going|due|bound|set|supposed|meant) to ", "will "),
    (rf"(?<!hang )(?<!hangs )(?<!hanging )(?<!leans )(?<!leaning )(?:over|past|beyond|off|across) "
     rf"(?:the|one) {_EDGE} of ", "off "),
    (rf"(?<!hang )(?<!hangs )(?<!hanging )(?:over|past|beyond|off|across) (?:its|their) {_EDGE} ",
     "off it "),
    (rf"(?<!hang )(?<!hangs )(?<!hanging )(?:over|past|beyond|off|across) the {_EDGE} ", "off "),
    (r"(?:to|on|at) (the|a|an) (\S+'s) (left|right) ", "to the 3 of 1 2' "),
    (r"overboard ", "off "),
    (r"it (is|was) (?:early |late |already |still )?spring ", "it 1 springtime "),
    (r"(in|during|since|until|last|this|next|every|each) (?:early |late )?spring ",
     "1 springtime "),
    (r"domino (?:chain|line|row|run|train) (?:made )?of (?:dominoe?s |)?"
     r"((?:\d+|(?:twenty|thirty|forty|fifty)(?:-\w+)?|\w+teen|ten|eleven|twelve|"
     r"two|three|four|five|six|seven|eight|nine) )(?:pieces|tiles|stones|dominoe?s|blocks) ",
     "row of 1 dominoes "),
    (r"not (?:a single one|even one|a single|one)(?: single)? (?=of )", "none "),
    (r"not (?:a single|even one|one single) ", "no "),
    (rf"(?:the|a|an|one|its) {_WHICH}drawer of (?=(?:the|a|an|its|his|her|my) )", ""),
    (rf"with (?:{_MANY}) drawers? (?:[;,.] )?(?:and )?(?:the|one|a|its) {_WHICH}drawer (?:of it )?"
     r"(?:slides?|comes?|rolls?|glides?|pops?|opens?) (?:out |open )?", "opens "),
    (rf"with (?:{_MANY}) drawers? (?=(?:opens?|closes?|is|stands?) )", ""),
    (r"(drawers? )(?:slides?|comes?|rolls?|glides?|pops?|shoots?) (?:out|open) ", "1 opens "),
    (r"not (?:all|every one|each one|each|both) (?=of )", "at most all but one "),
    (r"not all (?:the )?(?=(?!the )\w+s )", "at most all but one of the "),
    (rf"(leaves?|left|leaving) {_THING}(?:untouched|alone|unscathed|unharmed|undisturbed|intact|"
     r"unhit|in peace) ", "miss:1 2 "),
    (r"(?:leaving|leaves|leave) (?:(?:only|just) )?((?:at least |at most )?"
     r"(?:one|two|three|four|five|six|seven|eight|nine) )(?:of them )?(?:left )?"
     r"(?:standing|upright) ", "and 1 of them will not fall_over:base "),
    (r"(?:leaving|leaves|leave) (?:none|nothing|not one|no one) (?:of them )?"
     r"(?:standing|upright) ", "and all of them fall_over:base "),
    (rf"(?:none|not one|no one|neither)(?: (?:of )?(?:them|these|those))? {_STAY} (?:left |still )?"
     r"(?:standing|upright) ", "all of them fall_over:base "),
    (rf"(?:leaving|leaves|leave) {_THING}(?:standing|upright|on its feet|on their feet) ",
     "and 1 will not fall_over:base "),
    (rf"{_STAY} (?:right |exactly |just |precisely )?(?:where|as|how) "
     r"(?:it|they|he|she) (?:is|are|was|were)(?: before| standing| sitting| lying)? ",
     "stay:1 put "),
    (r"(stays?|stayed|staying|remains?|remained|remaining|keeps?|kept) (?:right |firmly |safely |"
     r"perfectly |quite |completely |exactly )?(?:put|there|behind|aboard|on board|motionless|"
     r"still|unmoved|in position|up there) ", "stay:1 put "),
    (rf"{_STAY} (?:left |on |still |firmly |all )?(?:standing|upright|on its feet|"
     r"on their feet|erect) ", "will not fall_over:base "),
    (rf"{_STAY} up (?!on |in |at )", "will not fall_over:base "),
    (r"(takes?|took|makes?|made|does|did|gives?|taking|making) (a|an|one|two|three|four|five) "
     r"(?:little |small |big |high |low |more )?(?:bounces?|hops?) ", "bounce:1 2 times "),
    (rf"{_STAY} (?:quite |completely |wholly )?untouched ", "is not hit:given "),
    (rf"(?:^|(?<=[,.;:] )|(?<=and )|(?<=but )|(?<=because )|(?<=as ))it (?:is|was|'s|will be) "
     rf"{_NAMED}(?=(?:that|which|who) )", "1 "),
    (r"what ((?:it|they|he|she|the \w+|a \w+) \w+ (?:on |in |into |onto |against |off )?)"
     r"(?:is|was) ", "1 "),
)  # fmt: skip
_HOW_WORDS = {"gentle": "gently", "light": "gently", "soft": "gently", "little": "gently",
              "slight": "gently", "friendly": "gently", "tiny": "gently", "hard": "hard",
              "strong": "hard", "mighty": "hard", "firm": "hard", "fierce": "hard",
              "hefty": "hard", "big": "hard", "quick": "quickly", "slow": "slowly",
              "sharp": "hard"}  # fmt: skip
"""Adjectives of a deed → the adverb that says the same of the verb."""


def rewritten(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with the idioms of `ROWS` in plain words; places stay true."""
    for pattern, instead in _compiled():
        tokens = _applied(pattern, instead, tokens)
    return tokens


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?<!\S){pattern}"), instead) for pattern, instead in ROWS)


def _applied(pattern: re.Pattern[str], instead: str, tokens: list[Token]) -> list[Token]:
    text = "".join(token.text + " " for token in tokens)
    found: list[Token] = []
    done = 0
    for match in pattern.finditer(text):
        first, after = text.count(" ", 0, match.start()), text.count(" ", 0, match.end())
        new = _written(match, instead, tokens, text)
        if new is not None and first >= done:
            found += [*tokens[done:first], *new]
            done = after
    return [*found, *tokens[done:]]


def _written(
    match: re.Match[str], instead: str, tokens: list[Token], text: str
) -> list[Token] | None:
    """The words of a row in place of `match`, or None where its verb is none."""
    new: list[Token] = []
    begin = tokens[text.count(" ", 0, match.start())]
    for part in instead.split():
        word, _, form = part.partition(":")
        group = word.rstrip("~'")
        if not form and group.isdigit():
            kept = tokens[text.count(" ", 0, match.start(int(group))) :]
            kept = kept[: match[int(group)].count(" ")] if match[int(group)] else []
            if word.endswith("'"):  # "the stove's" is "the stove"
                kept = [replace(t, text=t.text.removesuffix("'s")) for t in kept]
            new += [replace(t, text=_HOW_WORDS[t.text]) for t in kept if t.text in _HOW_WORDS] if (
                word.endswith("~")) else kept  # fmt: skip
            continue
        verb = _verb(match, word, form) if form else word
        if verb is None:
            return None
        last = new[-1] if new else begin
        new += [Token(w, last.start, last.end) for w in verb.split(" ")]
    return new


def _verb(match: re.Match[str], word: str, form: str) -> str | None:
    """The verb that a row writes, in the form of another."""
    shape: Form = "participle" if form == "given" else "base"
    if form.isdigit():
        own = match[int(form)]
        shape = "third" if own in {"is", "has", "was", "does"} else form_of(own)[1]
        shape = "base" if own in {"are", "were"} else shape
    if word == "gerund":
        said = match.groupdict().get("base") or match["gerund"]
        base, kind = FORMS.get(said, ("", "base"))
        if not base or (kind != "gerund" and said == match["gerund"]):
            return None
        return verb_form(base, shape)
    word = match[int(word)] if word.isdigit() else word.replace("_", " ")
    return verb_form(word, shape)
