"""What a large model is told in words: the look's own words, and what the scene shows."""

from collections import Counter

from scene_builder.model.graph import Look
from scene_builder.model.stage import Stage

PHOTOGRAPH = "a photograph, natural light, fine detail"
"""What is asked for where nobody asked for anything."""
NEGATIVE = "blurry, low quality, distorted, extra objects, text, watermark, flicker"
_PLACE = ("ground", "wall", "ceiling", "floor")
_MOST_NOUNS = 12
_USUAL = ("", "day", "clear", "studio")


def prompt_of(stage: Stage, look: Look) -> str:
    """Return the prompt of a film: style words as they were written, nouns, place and mood."""
    style = (look.style or "").strip() or PHOTOGRAPH
    nouns = Counter(
        body.noun for body in stage.bodies
        if body.noun and body.noun not in _PLACE and not body.piece_of and not body.part_of
    )  # fmt: skip
    things = ", ".join(
        noun if count == 1 else f"{count} {noun}s" for noun, count in nouns.most_common(_MOST_NOUNS)
    )
    around = stage.environment
    setting = [word for word in (around.place, around.time_of_day, around.weather)
               if word not in _USUAL]  # fmt: skip
    parts = (style, things, *setting, look.mood.strip())
    return ", ".join(part for part in parts if part)
