"""Where and when it happens: place, ground, light, weather, gravity."""

import re

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.nouns import NOUNS, singular
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.closed.places import take_places
from scene_builder.language.phrases.wordings import Facts, blank, take
from scene_builder.language.phrases.words.tagging import tagged

_IN = r"(?:in|inside|at|on|through|across|along|over|onto|into|down)"
_WHOLE = r"(?<![\w-])(?:{})(?![\w-])"
_BEFORE_TIME = (
    r"(?:\b(?:in|at|on|by|during|under|with|through|until|every|this|one|early|late|the|an?|bright|"
    r"warm|cold|hot|dark|heavy|light|clear|quiet|soft|dim|strong|summer|winter|golden|"
    r"autumn|spring|violent|raging|gentle|howling)\s+)*"
)
_AFTER_TIME = r"(?:\s+(?:heat|sun|light|sky|air|glow|haze)\b)?"
_ADJECTIVE = re.compile(
    r"^(?:sunny|cloudy|rainy|snowy|foggy|misty|stormy|windy|breezy|hazy|gusty|"
    r"sunlit|overcast)$"
)
"""Words that stand before a noun: "a sunlit room"."""
_STONE = r"\s*(?:cube|block|sculpture|statue|castle|cream|lolly|pop|skate|hockey|axe|bucket|paper)"


_ONTO = (
    r"(?:in|inside|at|on|through|across|along|over|onto|into|down|to|hits?|hitting|strikes?|of|"
    r"against|reaches|meets|nothing but|off|from)"
)
_GROUNDS_AGAIN = {
    "gravel": ("gravel", "gravel path", "gravel road", "gravel drive"), "moss": ("moss",),
    "mud": ("mud", "muddy track", "muddy ground", "muddy path", "muddy field"),
    "cobblestone": ("cobbles", "cobblestones", "cobbled street", "cobblestone"),
    "linoleum": ("linoleum", "lino"), "concrete": ("concrete", "concrete slab"),
    "grass": ("lawn", "turf", "meadow grass", "grassy field"),
    "snow": ("snow on the ground", "snowy field", "powder", "fresh powder", "snow bank"),
    "dust": ("dust", "grey dust", "moon dust"), "leaves": ("fallen leaves", "autumn leaves"),
    "wood": ("hardwood floor", "wooden boards", "floorboards", "parquet floor", "timber floor"),
    "tile": ("kitchen tiles", "bathroom tiles", "tiles", "tiling"), "dirt": ("bare earth", "soil"),
    "sand": ("sand", "sandy beach", "desert sand"), "pebbles": ("pebbles", "shingle"),
}  # fmt: skip
_ALONE_WORLD = re.compile(
    r"(?:(?:^|[.;:!?]\s)\s*(?:somewhere on |on |we are on )?|\b(?:place|setting|location) is |"
    r"\b(?:show|imagine|picture)(?: me)? |\b(?:off|away|up) from )(mars|moon|the moon)"
    r"(?=\s*[.:,;]|\s+(?:with|where|and|at)\b)"
)
_CLAUSES = tuple(
    (key, value, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"))
    for key, value, pattern in (
        ("ground", "snow", r"snow (?:(?:lies|lying|is|all) )*(?:on|over|covers?|covering) the "
        r"ground|"
         r"(?:in|into) (?:the )?(?:thick|deep|fresh|soft|fallen) (?:snow|powder)|(?<=, )thick snow|"
         r"(?:on|onto|across|over) (?:the )?(?:(?:fresh|thick|deep|soft) )?snow(?! globe)"),
        ("weather", "snow", r"(?:(?:as|while|with|in|under|and|the|thick|heavy|light|gentle|"
        r"soft) )*"
         r"snow (?:(?:is|keeps|was|comes|are|starts|begins) )?(?:coming down|falling|falls|fell|"
         r"drifts?|"
         r"drifting|fluttering|flutters|floats|whirls|whirling|swirls|swirling)(?: down)?"
         r"(?: hard| heavily| softly| gently| thickly| quietly| all around| outside)?|"
         r"flakes? of snow|(?:it(?:'s| is) )?snowing(?: heavily| hard)?|"
         r"(?:in|through) (?:the )?(?:falling |driving |heavy )*snow(?=\s*(?:[.,;:!]|$|and\b|"
         r"as\b|by\b|a\b|an\b|the\b))"),
        ("weather", "snow", r"(?:^|(?<=[.,;:!] ))(?:heavy |light )?snow(?=\s*[.,;:!])"),
        ("weather", "storm", r"(?:(?:with|in|amid|and|there is|of) )*(?:thunder(?: and lightning)?|"
         r"(?:a flash of |flashes of )?(?<!as )lightning(?! rod| bolt| "
         r"conductor)(?=\s*(?:[.,;:!]|$|and\b|"
         r"strikes?\b|hits?\b|flashes\b|fells?\b|splits?\b|crackles?\b)))|"
         r"(?:by|from) (?:a bolt of )?lightning|it was a storm|a storm (?:rages|is raging|blows)"),
        ("weather", "rain", r"(?:it(?:'s| is) (?:raining|pouring)|raining)(?: cats and dogs| "
        r"hard| heavily)?|"
         r"(?:the |heavy )?rain (?:is )?(?:pours|pouring|falls|falling|drums|drumming|lashes|"
         r"lashing|patters|pattering|beats|beating|drips|streams|streaming)(?: down)?"),
        ("weather", "fog", r"(?:the |thick |a )*(?:fog|mist) (?:hangs|lies|drifts|rolls in|swirls|"
         r"hangs over everything)"),
        ("weather", "sunny", r"(?:as |while |with |and )*(?:the )?sun (?:is )?(?:shines|shining|"
        r"blazes|"
         r"blazing|beats down)|(?:under|in) (?:a |the )?(?:bright |hot |blazing |glaring )*sun"),
        ("time_of_day", "sunset", r"(?:as |while |with )*the sun (?:is )?(?:sets|setting|goes down|"
         r"going down|sinks|sinking)"),
        ("time_of_day", "sunrise", r"(?:as |while |with )*the sun (?:is )?(?:rises|rising|comes up|"
         r"coming up)"),
    )
)  # fmt: skip


def take_setting(facts: Facts) -> None:
    """Take place, ground, light, weather and gravity out of `facts.rest`, into the setting."""
    _gravity(facts)
    _clauses(facts)
    _phrases(facts, "weather", scenery.WEATHERS)
    _phrases(facts, "time_of_day", scenery.TIMES)
    _grounds(facts)
    take_places(facts)
    world = facts.setting.get("gravity")
    if world in {"moon", "mars"}:  # a canteen on Mars is a canteen
        facts.setting.setdefault("place", world)


def _gravity(facts: Facts) -> None:
    number = re.search(r"gravity (?:of|is|at) (\d+(?:\.\d+)?)(?:\s*m/s(?:\^?2|²))?", facts.rest)
    if number:
        facts.setting["gravity"] = float(number[1])
        take(facts, "setting.gravity", number)
        return
    alone = _ALONE_WORLD.search(facts.rest)
    if alone:
        facts.setting["gravity"] = alone[1].removeprefix("the ")
        facts.spans.append(("setting.gravity", alone.start(1), alone.end(1)))
        blank(facts, alone.start(1), alone.end(1))
    for gravity, wordings in scenery.GRAVITIES.items():
        ordered = sorted(wordings, key=len, reverse=True)
        match = re.search("(?:in |with )?" + _WHOLE.format("|".join(map(re.escape, ordered))),
                          facts.rest)  # fmt: skip
        after = facts.rest[match.end() :] if match else ""
        if match and not re.match(r"\s+(?:station|suit|ship|shuttle|rover|base)\b", after):
            facts.setting["gravity"] = gravity
            facts.spans.append(("setting.gravity", match.start(), match.end()))
            if "space" not in match[0]:
                blank(facts, match.start(), match.end())


def _phrases(facts: Facts, key: str, table: dict[str, tuple[str, ...]]) -> None:
    found = []
    for value, wordings in table.items():
        ordered = sorted(wordings, key=len, reverse=True)
        bare = [word for word in ordered if _ADJECTIVE.search(word)]
        full = [word for word in ordered if word not in bare]
        for lead, group, tail in ((_BEFORE_TIME, full, _AFTER_TIME), ("", bare, "")):
            pattern = lead + _WHOLE.format("|".join(map(re.escape, group))) + tail
            matches = re.finditer(pattern, facts.rest) if group else iter(())
            match = next((m for m in matches if not (
                _describes(facts.rest, m) or _elsewhen(facts.rest, m))), None)  # fmt: skip
            if match is not None:
                found.append((value, match))
    for value, match in sorted(found, key=lambda f: f[1].start()):
        if facts.rest[match.start() : match.end()] == match[0]:
            facts.setting.setdefault(key, value)
            take(facts, f"setting.{key}", match)


def _elsewhen(text: str, match: re.Match[str]) -> bool:
    """Whether another time is meant, or a verb: "last night", "sweets rain down"."""
    before, after = text[: match.start()], text[match.end() :]
    if re.match(r"\s+(?:blue|black|purple|grey|gray)\b", after):
        return True  # "midnight blue"
    other = re.search(r"\b(?:last|all|whole|every|other|long|next|those|one|each)\s+$", before)
    opens = not before.strip() or before.rstrip()[-1] in ".!?"
    habit = not opens and re.match(r"(?:every|until|one)\b", match[0])
    verb = match[0] == "rain" and re.match(r"\s+down\b", after) and before.rstrip().endswith("s")
    return bool(other or habit or verb)


def _describes(text: str, match: re.Match[str]) -> bool:
    """Whether the word only describes a thing: "a rain barrel", "the night train"."""
    if _ADJECTIVE.search(match[0]) or match[0].endswith("ing"):
        return False
    after = re.match(r"\s+([a-z]+)", text[match.end() :])
    if after is None:
        return False
    words = tagged(text[match.start() : match.end() + len(after[0]) + 1])
    return words[-1].tag == "noun" and after[1] not in {"light", "sky", "style", "scene", "heat"}


def _clauses(facts: Facts) -> None:
    """Read "snow is falling", "as the sun sets" and other whole clauses."""
    for key, value, pattern in _CLAUSES:
        match = pattern.search(facts.rest)
        if match is not None:
            facts.setting.setdefault(key, value)
            take(facts, f"setting.{key}", match)


def _grounds(facts: Facts) -> None:
    for ground, wordings in (*_GROUNDS_AGAIN.items(), *scenery.GROUNDS.items()):
        ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
        pattern = re.compile(
            rf"\b{_ONTO}\s+(?:(?:a|an|the|some|teh|green|smooth|soft|wet|deep|fresh|thick|dry|tall|"
            rf"bare|hard|cold|hot|loose|long|short|muddy|damp|lush)\s+)*(?:{ordered})(?![\w-])"
        )
        for match in pattern.finditer(facts.rest):
            if _is_ground(facts.rest, match):
                facts.setting.setdefault("ground", ground)
                facts.spans.append(("setting.ground", match.start(), match.end()))
                return


def _is_ground(text: str, match: re.Match[str]) -> bool:
    """Whether the word is no part of a thing's name: "sand tray", "ice cube", "a pile of sand"."""
    after = re.match(r"\s+([a-z]+)", text[match.end() :])
    covered = re.search(r"\b(?:covered|coated|caked|full|filled|made)\s*$", text[: match.start()])
    if covered or re.match(_STONE, text[match.end() :]):
        return False
    if match[0].startswith("of") and not re.search(r"\b(?:track|path|field|floor|ground)\s+$",
                                                   text[: match.start()]):  # fmt: skip
        return False
    if after is None:
        return True
    words = tagged(text[match.start() : match.end() + len(after[0]) + 1])
    named = words[-1].tag == "noun" or singular(after[1]) in NOUNS
    return not named or after[1] in FORMS
