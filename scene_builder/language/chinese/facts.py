"""Stated facts with closed Chinese wordings: light, weather, style, gravity, length."""

import re
from collections.abc import Iterable, Mapping

from scene_builder.knowledge.words.chinese import scenery
from scene_builder.language.chinese.segmentation.numbers import quantities_of
from scene_builder.language.chinese.written import take_written
from scene_builder.language.phrases.wordings import Facts, blank, take

_LIGHT_TAILS = r"(?:时分|时候|里面|里|中|的时候|的光线|光线|天气|的天气|之中|下)?(?:的|时)?"
_GRAVITY_TAILS = r"(?:环境|状态|空间)?(?:里面|里|中|下|上)?(?:的)?"
_LENGTH_BEFORE = re.compile(
    r"(?:时长|片长|长度|全长|总长|持续|一共|共|长达|拍摄|长)(?:约|为|是|[:,\s])*$"
)
_LENGTH_AFTER = re.compile(r"(?:的|长的?)?(?:视频|影片|短片|镜头|动画|片子|电影|画面)|长")
_MARKS = ",.;:!?。;、"


def stated_facts(text: str, prompt: str = "") -> Facts:
    """Return what the closed wordings of simplified `text` say, and the text without them.

    Args:
        text: The prompt in simplified characters, small and narrow.
        prompt: The prompt as it was written, where words on things are looked for.
    """
    facts = Facts(rest=text)
    take_written(facts, prompt)
    for pattern, said in scenery.NOT_SERVED.items():
        match = re.search(pattern, facts.rest)
        if match:
            facts.not_served.append(f"{match[0]!r} was passed over: {said}")
            blank(facts, match.start(), match.end())
    _style(facts)
    _gravity(facts)
    _setting(facts, "weather", scenery.WEATHERS)
    _setting(facts, "time_of_day", scenery.TIMES)
    _duration(facts)
    mood = re.search(_any(scenery.MOODS), facts.rest)
    if mood:
        facts.mood = scenery.MOODS[mood[0]]
        take(facts, "look.mood", mood)
    return facts


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _style(facts: Facts) -> None:
    named = re.compile(rf"(?<![幅张])({_any(scenery.STYLES)}){scenery.STYLE_TAILS}+的?")
    alone = re.compile(rf"(?<![幅张])({_any(scenery.STYLES_ALONE)})的?")
    for pattern in (named, alone):
        while (match := pattern.search(facts.rest)) is not None:
            if facts.style is None:
                facts.style = scenery.STYLES[match[1]]
                take(facts, "look.style", match)
            else:
                blank(facts, match.start(), match.end())


def _gravity(facts: Facts) -> None:
    match = re.search(rf"在?({_any(scenery.GRAVITIES)}){_GRAVITY_TAILS}(?!车)", facts.rest)
    if match is None:
        return
    gravity = scenery.GRAVITIES[match[1]]
    facts.setting["gravity"] = gravity
    if gravity != "zero":
        facts.setting["place"] = gravity
    elif match[1][:2] in {"太空", "外太", "宇宙"}:
        facts.setting["place"] = "space"
    take(facts, "setting.gravity", match)


def _setting(facts: Facts, key: str, table: Mapping[str, str]) -> None:
    pattern = re.compile(rf"在?({_any(table)}){_LIGHT_TAILS}")
    while (match := pattern.search(facts.rest)) is not None:
        if match[1] in scenery.ALSO_NIGHT:
            facts.setting.setdefault("time_of_day", "night")
        if key in facts.setting:
            blank(facts, match.start(), match.end())
        else:
            facts.setting[key] = table[match[1]]
            take(facts, f"setting.{key}", match)


def _duration(facts: Facts) -> None:
    for quantity in quantities_of(facts.rest):
        if quantity.kind != "seconds" or quantity.value <= 0:
            continue
        before, after = facts.rest[: quantity.start].rstrip(), facts.rest[quantity.end :].lstrip()
        lead, tail = _LENGTH_BEFORE.search(before), _LENGTH_AFTER.match(after)
        alone = (not before or before[-1] in _MARKS) and (not after or after[0] in _MARKS)
        if lead or tail or alone:
            facts.duration_secs = quantity.value
            facts.spans.append(("duration_secs", quantity.start, quantity.end))
            start = lead.start() if lead else quantity.start
            blank(facts, start, quantity.end + (tail.end() if tail else 0))
            return
