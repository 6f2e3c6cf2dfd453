"""Words that compare: "bigger", "twice as tall", "faster" — one step on a scale, or a factor."""

from scene_builder.language.editing.patching.applying import Item

SIZE_STEPS = ("tiny", "small", "medium", "large", "huge", "giant")
SPEED_STEPS = ("slow", "medium", "fast", "very_fast")
BIGGER: dict[str, int] = {"bigger": 1, "larger": 1, "smaller": -1, "tinier": -1, "littler": -1}
SHAPES: dict[str, str] = {"taller": "tall", "higher": "tall", "longer": "long", "shorter": "short",
                          "lower": "short"}  # fmt: skip
FASTER: dict[str, int] = {"faster": 1, "quicker": 1, "slower": -1}
HARDER: dict[str, str] = {"harder": "hard", "gentler": "gentle", "softer": "gentle"}
WEIGHTS = frozenset({"heavier", "lighter"})
FACTORS: dict[str, float] = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "triple": 3.0,
                             "half": 0.5}  # fmt: skip

_STEP_FACTOR = 1.5


def resized(entity: Item, steps: int, factor: float | None = None) -> str | float:
    """Return the size of a thing made bigger or smaller: metres stay metres, words stay words."""
    size = entity["size"]
    if isinstance(size, int | float):
        return round(size * (factor or _STEP_FACTOR**steps), 6)
    if factor is not None:
        steps = 1 if factor > 1 else -1
    if size in ("tall", "long", "short"):
        size = "small" if size == "short" else "large"
    at = SIZE_STEPS.index(size) if size in SIZE_STEPS else SIZE_STEPS.index("medium")
    return SIZE_STEPS[min(max(at + steps, 0), len(SIZE_STEPS) - 1)]


def hastened(action: Item, steps: int, factor: float | None = None) -> str | float:
    """Return the speed of a motion made faster or slower."""
    speed = action["speed"]
    if isinstance(speed, int | float):
        return round(speed * (factor or _STEP_FACTOR**steps), 6)
    if factor is not None:
        steps = 1 if factor > 1 else -1
    same = {"gentle": "slow", "hard": "fast"}
    word = same.get(speed, speed)
    at = SPEED_STEPS.index(word) if word in SPEED_STEPS else SPEED_STEPS.index("medium")
    return SPEED_STEPS[min(max(at + steps, 0), len(SPEED_STEPS) - 1)]
