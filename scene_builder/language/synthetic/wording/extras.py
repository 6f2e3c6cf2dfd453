"""Words about place, time, weather, style, camera and length, with the marks for them."""

import numpy as np

from scene_builder.knowledge.words import scenery
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import Items, Np, Tag, Thing, Word, World
from scene_builder.language.synthetic.tables.framing import (
    FREE_GROUNDS,
    FREE_PLACES,
    FREE_STYLES,
    FREE_TIMES,
)

_KINDS = ("place", "place", "time_of_day", "weather", "style", "style", "shot", "angle", "move",
          "move", "aim", "ground", "duration", "gravity", "mood")  # fmt: skip
_PLACE_ADJECTIVES = ("", "", "", "", "quiet", "bright", "sunlit", "cosy", "empty", "busy",
                     "dimly lit",
                     "modern", "spacious", "cluttered", "old", "deserted", "tidy",
                     "large")  # fmt: skip
_MOODS = scenery.MOODS
_FINITE_MOVES = {
    move: tuple(w for w in wordings if w.split(" ")[0].endswith("s") and " shot" not in w)
    for move, wordings in scenery.MOVES.items()
}
_OTHER_MOVES = {
    move: tuple(w for w in wordings if w not in _FINITE_MOVES[move] and w not in scenery.FREE_MOVES)
    for move, wordings in scenery.MOVES.items()
}
_AIMING = (("follows", "track"), ("follows", "track"), ("tracks", "track"), ("circles",
           "orbit_right"),
           ("orbits", "orbit_right"), ("focuses on", ""), ("zooms in on", "dolly_in"),
           ("stays on", ""), ("moves closer to", "dolly_in"), ("orbits around", "orbit_right"),
           ("pulls away from", "dolly_out"), ("moves around", "orbit_right"))  # fmt: skip
_KNOWN = frozenset(
    word
    for table in (scenery.PLACES, scenery.STYLES, scenery.TIMES, scenery.GROUNDS)
    for key, wordings in table.items()
    for word in (key, *wordings)
)
_PLACES = tuple(word for word in FREE_PLACES if word not in _KNOWN)
_STYLES = tuple(word for word in FREE_STYLES if word not in _KNOWN)
_GROUNDS = tuple(word for word in FREE_GROUNDS if word not in _KNOWN)
_TIMES = tuple((word, value) for word, value in FREE_TIMES if word not in _KNOWN)
_SHOTS = {
    shot: tuple(w for w in wordings if not w.startswith("in ") and not w.endswith((" on", "wide")))
    for shot, wordings in scenery.FRAMINGS.items()
}
_SECONDS = ((2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six"), (8, "eight"),
            (10, "ten"), (12, "twelve"), (7, "seven"))  # fmt: skip


def extra_rand(rng: np.random.Generator, world: World, named: list[Thing]) -> tuple[Items, bool]:
    """Draw words about the film; returns them, and whether they are a whole clause."""
    kind = pick_rand(rng, _KINDS)
    if kind in world.setting or kind in world.cue or (kind == "aim" and (world.aim or not named)):
        return [], False
    makers = {
        "place": _place_rand, "time_of_day": _time_rand, "weather": _weather_rand,
        "style": _style_rand, "shot": _shot_rand, "angle": _angle_rand, "ground": _ground_rand,
        "duration": _duration_rand, "gravity": _gravity_rand, "mood": _mood_rand,
    }  # fmt: skip
    if kind == "move":
        return _move_rand(rng, world)
    if kind == "aim":
        return _aim_rand(rng, world, named)
    return makers[kind](rng, world), False


def look_of_rand(rng: np.random.Generator, world: World) -> Items:
    """Draw an opening with "of": "a close-up of", "a watercolor painting of"."""
    draw = rng.random()
    if draw < 0.35:  # noqa: PLR2004
        shot, word = _drawn_rand(rng, _SHOTS)
        world.cue["shot"] = shot
        return [Word("a"), Word(word, (Tag("shot", "camera.0.shot", "", shot),)), Word("of")]
    if draw < 0.5:  # noqa: PLR2004
        world.cue["angle"] = "low" if draw < 0.43 else "high"  # noqa: PLR2004
        word = pick_rand(rng, (f"{world.cue['angle']}-angle", f"{world.cue['angle']} angle"))
        tag = Tag("angle", "camera.0.angle", "", world.cue["angle"])
        return [Word("a"), Word(word, (tag,)), Word("shot of")]
    style, word = _drawn_rand(rng, scenery.STYLES)
    world.setting["style"] = style
    tag = Tag("style", "look.style", "", style)
    noun = pick_rand(rng, ("video", "video", "painting", "animation", "film", "clip", "render"))
    if word.split(" ")[-1] in {"painting", "drawing", "wash", "art", "oils", "film", "animation"}:
        return [Word("a"), Word(word, (tag,)), Word("of")]
    return [Word("a"), Word(word, (tag,)), Word(noun), Word("of")]


def _drawn_rand(rng: np.random.Generator, table: object) -> tuple[str, str]:
    assert isinstance(table, dict)
    value = pick_rand(rng, tuple(table))
    return value, pick_rand(rng, table[value])


def _place_rand(rng: np.random.Generator, world: World) -> Items:
    place, word = _drawn_rand(rng, scenery.PLACES)
    if place == "space":
        return []
    if chance_rand(rng, 0.3):
        place = word = pick_rand(rng, _PLACES)
    world.setting["place"] = place
    adjective = pick_rand(rng, _PLACE_ADJECTIVES)
    start = pick_rand(rng, ("in", "in", "inside", "in the middle of", "set in", "somewhere in"))
    made: Items = [Word(f"{start} {pick_rand(rng, ('a', 'the'))}")]
    if adjective:
        made.append(Word(adjective))
    return [*made, Word(word, (Tag("place", "setting.place", "", place),))]


def _time_rand(rng: np.random.Generator, world: World) -> Items:
    time, word = _drawn_rand(rng, scenery.TIMES)
    if chance_rand(rng, 0.35):
        word, time = pick_rand(rng, _TIMES)
    world.setting["time_of_day"] = time
    return [Word(word, (Tag("time", "setting.time_of_day", "", time),))]


def _weather_rand(rng: np.random.Generator, world: World) -> Items:
    weather, word = _drawn_rand(rng, scenery.WEATHERS)
    world.setting["weather"] = weather
    tagged = Word(word, (Tag("weather", "setting.weather", "", weather),))
    if " " in word or not word.endswith(("y", "ing", "cast")):
        return [tagged]
    return [Word(pick_rand(rng, ("it is", "while it is", "it's"))), tagged]


def _style_rand(rng: np.random.Generator, world: World) -> Items:
    style, word = _drawn_rand(rng, scenery.STYLES)
    free = chance_rand(rng, 0.25)
    if free:
        style = word = pick_rand(rng, _STYLES)
    world.setting["style"] = style
    tagged = Word(word, (Tag("style", "look.style", "", style),))
    forms: tuple[Items, ...] = (
        [tagged, Word("style")], [Word("in"), tagged, Word("style")], [tagged, Word("look")],
        [Word("in a"), tagged, Word("style")], [tagged, Word("style, please")],
    )  # fmt: skip
    if "style" in word:
        forms = ([tagged], [Word("in"), tagged])
    elif not free:
        forms = (*forms, [tagged], [tagged])
    return pick_rand(rng, forms)


def _shot_rand(rng: np.random.Generator, world: World) -> Items:
    shot, word = _drawn_rand(rng, _SHOTS)
    world.cue["shot"] = shot
    tagged = Word(word, (Tag("shot", "camera.0.shot", "", shot),))
    forms: tuple[Items, ...] = (
        [tagged], [tagged], [tagged, Word("of the scene")], [Word("in a"), tagged],
        [Word("filmed as a"), tagged],
    )  # fmt: skip
    return pick_rand(rng, forms)


def _angle_rand(rng: np.random.Generator, world: World) -> Items:
    angle, word = _drawn_rand(rng, scenery.ANGLES)
    world.cue["angle"] = angle
    tagged = Word(word, (Tag("angle", "camera.0.angle", "", angle),))
    if word.startswith(("from", "seen", "at")):
        return [*([Word(pick_rand(rng, ("shot", "filmed", "seen")))] if chance_rand(rng, 0.4)
                  and not word.startswith("seen") else []), tagged]  # fmt: skip
    return [tagged]


def _move_rand(rng: np.random.Generator, world: World) -> tuple[Items, bool]:
    move = pick_rand(rng, tuple(scenery.MOVES))
    world.cue["move"] = move
    tag = Tag("move", "camera.0.move", "", move)
    if _FINITE_MOVES[move] and chance_rand(rng, 0.7):
        word = pick_rand(rng, _FINITE_MOVES[move])
        slow = (
            [Word(pick_rand(rng, ("slowly", "gently", "smoothly")))]
            if chance_rand(rng, 0.3)
            else []
        )
        start = pick_rand(rng, ("the camera", "the camera", "while the camera", "as the camera"))
        return [Word(start), *slow, Word(word, (tag,))], start == "the camera"
    if _OTHER_MOVES[move]:
        return [Word(pick_rand(rng, _OTHER_MOVES[move]), (tag,))], False
    del world.cue["move"]
    return [], False


def _aim_rand(rng: np.random.Generator, world: World, named: list[Thing]) -> tuple[Items, bool]:
    thing = pick_rand(rng, named)
    verb, move = pick_rand(rng, _AIMING)
    if move and "move" in world.cue:
        return [], False
    world.aim = thing
    tags: tuple[Tag, ...] = ()
    if move:
        world.cue["move"] = move
        tags = (Tag("move", "camera.0.move", "", move),)
    start = pick_rand(rng, ("the camera", "the camera", "while the camera", "as the camera"))
    aim = Tag("aim", "camera.0.target", "", thing.id)
    return [Word(start), Word(verb, tags or (aim,)), Np(thing, how="np")], start == "the camera"


def _ground_rand(rng: np.random.Generator, world: World) -> Items:
    ground, word = _drawn_rand(rng, scenery.GROUNDS)
    if chance_rand(rng, 0.15):
        ground = word = pick_rand(rng, _GROUNDS)
    world.setting["ground"] = ground
    tag = Tag("ground", "setting.ground", "", ground)
    if word.endswith(
        (
            "s",
            "grass",
            "sand",
            "ice",
            "asphalt",
            "tarmac",
            "parquet",
            "linoleum",
            "gravel",
            "mud",
            "moss",
            "felt",
            "laminate",
        )
    ):
        return [Word("on"), *([Word("the")] if chance_rand(rng, 0.4) else []), Word(word, (tag,))]
    return [Word(f"on {pick_rand(rng, ('a', 'the'))}"), Word(word, (tag,))]


def _duration_rand(rng: np.random.Generator, world: World) -> Items:
    number, text = pick_rand(rng, _SECONDS)
    world.setting["duration"] = str(number)
    shown = str(number) if chance_rand(rng, 0.6) else text
    before, unit, after = pick_rand(rng, (
        ("", " seconds", ""), ("lasting", " seconds", ""), ("for", " seconds", ""),
        ("", " seconds", "long"), ("", "-second", "clip"), ("for", " s", ""), ("", " sec", ""),
        ("the clip lasts", " seconds", ""), ("make it", " seconds", "long"),
    ))  # fmt: skip
    if unit in {" s", " sec"}:
        shown = str(number)
    made: Items = [Word(before)] if before else []
    made.append(Word(shown + unit, (Tag("duration", "duration_secs", "", str(number)),)))
    return [*made, *([Word(after)] if after else [])]


def _gravity_rand(rng: np.random.Generator, world: World) -> Items:
    if chance_rand(rng, 0.5):
        return []
    gravity, word = _drawn_rand(rng, scenery.GRAVITIES)
    world.setting["gravity"] = gravity
    tagged = Word(word, (Tag("gravity", "setting.gravity", "", gravity),))
    start = [] if word.startswith(("on", "in", "weightless")) else [Word("in")]
    return [*start, tagged]


def _mood_rand(rng: np.random.Generator, world: World) -> Items:
    mood = pick_rand(rng, _MOODS)
    world.setting["mood"] = mood
    tag = Tag("mood", "look.mood", "", mood)
    noun = pick_rand(rng, ("mood", "atmosphere", "lighting", "feel"))
    return [Word(mood, (tag,)), Word(noun)]
