"""What things are like: colour, material, size, mass, and how fast what they do goes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scene_builder.knowledge.words.qualities import (
    COLOR_OR_MATERIAL,
    COLOR_PHRASES,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.language.editing.patching.applying import Item
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.editing.words.scales import (
    BIGGER,
    FACTORS,
    FASTER,
    HARDER,
    SHAPES,
    WEIGHTS,
    hastened,
    resized,
)
from scene_builder.language.editing.words.script import Script
from scene_builder.language.phrases.quantities import Quantity
from scene_builder.language.phrases.tokens import Token
from scene_builder.model.errors import PromptError

FILLING = frozenset(
    """
    to into look looks appear be become becomes now again please of a an the in out made from color
    colour colored coloured painted with more much very really lot bit little slightly even too as
    completely fully is are and , one ones thing instead like has have having get gets size
    material weigh weighs weighing mass weight than that so it's lots considerably entirely
    some kind at speed m
    """.split()  # noqa: SIM905 - a list of words reads better than a list of strings
)
"""Words that ask for nothing by themselves."""


@dataclass(slots=True)
class Looks:
    """What the words after a thing ask of it.

    Attributes:
        fields: Field of the entity → value and words.
        steps: Steps on the scale of sizes, or a factor; with the words.
        pace: The same for the speed of its motion.
        speed: A speed, as a word or [m/s]; with the words.
        height: From how high its motion begins [m]; with the words.
        unread: Words that say something else.
    """

    fields: dict[str, tuple[str | float, Words]] = field(default_factory=dict)
    steps: tuple[int, float | None, Words] | None = None
    pace: tuple[int, float | None, Words] | None = None
    speed: tuple[str | float, Words] | None = None
    height: tuple[float, Words] | None = None
    unread: list[Token] = field(default_factory=list)

    def placed(self, script: Script) -> "Looks":
        """Return the same, with places in the edit for places in a script."""
        return Looks(
            fields={
                name: (value, script.words(*words)) for name, (value, words) in self.fields.items()
            },
            steps=self.steps and (*self.steps[:2], script.words(*self.steps[2])),
            pace=self.pace and (*self.pace[:2], script.words(*self.pace[2])),
            speed=self.speed and (self.speed[0], script.words(*self.speed[1])),
            height=self.height and (self.height[0], script.words(*self.height[1])),
            unread=self.unread,
        )

    def __bool__(self) -> bool:
        """Whether they ask for anything."""
        return bool(self.fields or self.steps or self.pace or self.speed or self.height)


def looks_in(tokens: Sequence[Token], quantities: Sequence[Quantity] = ()) -> Looks:
    """Return what `tokens` ask of a thing, and what of them asks for something else.

    Raises:
        PromptError: If they compare masses, which only numbers can change.
    """
    looks, k = Looks(), 0
    while k < len(tokens):
        token = tokens[k]
        pair = f"{token.text} {tokens[k + 1].text}" if k + 1 < len(tokens) else ""
        if pair in COLOR_PHRASES:
            looks.fields["color"] = (COLOR_PHRASES[pair], (token.start, tokens[k + 1].end))
            k += 2
            continue
        if token.text in FACTORS and (token.text != "half" or pair in {"half as", "half the"}):
            k += _factor(tokens, k, looks)
            continue
        if not (_quality(token, tokens[:k], looks) or _comparison(token, looks)) and (
            token.text not in FILLING
        ):
            looks.unread.append(token)
        k += 1
    for quantity in quantities:
        _measure(quantity, looks)
    return looks


def dress(sheet: Sheet, refs: Sequence[str], looks: Looks) -> None:
    """Give the entities of `refs`, on the sheet, what is asked of them."""
    for ref in refs:
        entity = sheet.entity(ref)
        for name, (value, words) in looks.fields.items():
            sheet.set(entity, name, value, words)
        if looks.steps is not None:
            steps, factor, words = looks.steps
            sheet.set(entity, "size", resized(entity, steps, factor), words)
            if factor is not None and isinstance(entity["size"], str):
                sheet.assumptions.append(
                    f"the {entity['noun']} has no size in metres to multiply: it is made "
                    f"{entity['size']}"
                )
        _pace(sheet, ref, looks)


def motion_of(sheet: Sheet, ref: str) -> Item | None:
    """Return what an entity does, or what is done to it."""
    actions: list[Item] = sheet.document["actions"]
    own = [action for action in actions if action["actor"].partition("#")[0] == ref]
    moving = [action for action in own if action["verb"] != "stay"]
    return moving[-1] if moving else None


def _pace(sheet: Sheet, ref: str, looks: Looks) -> None:
    if not (looks.pace or looks.speed or looks.height):
        return
    action = motion_of(sheet, ref)
    if action is None:
        noun = sheet.entity(ref)["noun"]
        raise PromptError(f"the {noun} does not move, so nothing can be said of its motion; say "
                          f"what it does, for example: let the {noun} roll fast")  # fmt: skip
    if looks.speed is not None:
        sheet.set(action, "speed", *looks.speed)
    if looks.height is not None:
        sheet.set(action, "height_m", *looks.height)
    if looks.pace is not None:
        steps, factor, words = looks.pace
        sheet.set(action, "speed", hastened(action, steps, factor), words)


def _quality(token: Token, before: Sequence[Token], looks: Looks) -> bool:
    word, words = token.text, (token.start, token.end)
    material = [t.text for t in before[-2:]] in (["made", "of"], ["out", "of"], ["made", "from"])
    material = material or (bool(before) and before[-1].text == "of")
    if word in MATERIAL_WORDS and (material or word not in COLOR_OR_MATERIAL):
        looks.fields["material"] = (MATERIAL_WORDS[word], words)
    elif word in COLOR_PHRASES:
        looks.fields["color"] = (COLOR_PHRASES[word], words)
    elif re.fullmatch(r"#[0-9a-f]{6}", word):
        looks.fields["color"] = (word, words)
    elif word in SPEED_WORD_OF:
        looks.speed = (SPEED_WORD_OF[word], words)
    elif word in SIZE_WORD_OF and word != "little":
        looks.fields["size"] = (SIZE_WORD_OF[word], words)
    elif word == "little" and before and before[-1].text != "a":
        looks.fields["size"] = ("small", words)
    else:
        return False
    return True


def _comparison(token: Token, looks: Looks) -> bool:
    word, words = token.text, (token.start, token.end)
    if word in WEIGHTS:
        raise PromptError(
            f"{word!r} says no number; say how heavy, for example: make the ball weigh 3 kg"
        )
    if word in BIGGER:
        looks.steps = (BIGGER[word], None, words)
    elif word in SHAPES:
        looks.fields["size"] = (SHAPES[word], words)
    elif word in FASTER:
        looks.pace = (FASTER[word], None, words)
    elif word in HARDER:
        looks.speed = (HARDER[word], words)
    else:
        return False
    return True


def _factor(tokens: Sequence[Token], k: int, looks: Looks) -> int:
    """Read "twice as big" and "half the size"; return how many tokens it takes."""
    factor = FACTORS[tokens[k].text]
    for length, token in enumerate(tokens[k + 1 : k + 4], start=2):
        words = (tokens[k].start, token.end)
        if token.text in {"fast", "quick", "speed", "quickly"}:
            looks.pace = (0, factor, words)
            return length
        if token.text in {"slow", "slowly"}:
            looks.pace = (0, 1 / factor, words)
            return length
        if token.text in {"big", "large", "size", "tall", "long", "high", "wide"}:
            looks.steps = (0, factor, words)
            return length
        if token.text in {"small", "short"}:
            looks.steps = (0, 1 / factor, words)
            return length
    looks.unread.append(tokens[k])
    return 1


def _measure(quantity: Quantity, looks: Looks) -> None:
    words = (quantity.start, quantity.end)
    if quantity.kind in {"mass_kg", "size"}:
        looks.fields[quantity.kind] = (quantity.value, words)
    elif quantity.kind == "height_m":
        looks.height = (quantity.value, words)
    elif quantity.kind == "speed":
        looks.speed = (quantity.value, words)
