import pytest

from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.rules import RuleReader


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [("A cup on a kitchen table.", {"place": "kitchen"}),
     ("Two balls collide in a forest at night.", {"place": "forest", "time_of_day": "night"}),
     ("A crate slides across the ice.", {"ground": "ice"}),
     ("A marble ball on a wooden floor in the rain.", {"ground": "wood", "weather": "rain"}),
     ("A ball floats in zero gravity.", {"gravity": "zero"}),
     ("A ball drops on the moon.", {"gravity": "moon", "place": "moon"}),
     ("A ball drops where gravity is 3.2 m/s².", {"gravity": 3.2}),
     ("A ball on a table.", {}),
     ("Castle, low angle: a cup falls.", {"place": "castle"}),
     ("A cup falls, antique shop.", {"place": "antique shop"}),
     ("The place is a white gallery. A cup falls.", {"place": "museum"}),
     ("In a library a cup falls.", {"place": "library"}),
     ("A train drives into a tunnel.", {}), ("A cup stands beside a shed.", {}),
     ("A stone falls into the river.", {}), ("A car stands before a garage.", {}),
     ("A midnight blue car.", {}), ("Two bikes beside a snow globe.", {}),
     ("Snow is falling on a bench.", {"weather": "snow"}),
     ("A ball rolls as the sun sets.", {"time_of_day": "sunset"}),
     ("A pear lands on the gravel.", {"ground": "gravel"}),
     ("A ring falls in the sand tray.", {})],
)  # fmt: skip
def test_place_and_light_come_from_closed_wordings(prompt, setting):
    assert stated_facts(prompt).setting == setting


@pytest.mark.parametrize(
    ("prompt", "style"),
    [("A watercolor painting of a cat.", "watercolor"), ("A cat, in the style of anime.", "anime"),
     ("A ball rolls, cinematic.", "cinematic"), ("A sketch lies on a desk.", None),
     ("A cat in cartoon style", "toon"),
     ("Make it look like an oil painting: a cat.", "oil"), ("Paint it in oils: a cat.", "oil"),
     ("A cat sleeps, in the manner of an oil painting.", "oil"),
     ("Retro look: a cat sleeps.", "retro"), ("A cat sleeps. Make it retro.", "retro"),
     ("A black and white cat sleeps.", None), ("A cat sleeps; black and white.", "black and white"),
     ("Shot like film noir: a cat.", "noir"), ("A cat drops, and we look down at it.", None),
     ("A photorealistic video of a cup", "photoreal")],
)  # fmt: skip
def test_style(prompt, style):
    assert stated_facts(prompt).style == style


@pytest.mark.parametrize(
    ("prompt", "cues"),
    [("A ball rolls while the camera slowly follows the ball.",
      [{"move": "track", "target": "ball"}]),
     ("Close-up of a cup, low angle.", [{"shot": "close_up", "target": "cup", "angle": "low"}]),
     ("Wide shot. The camera orbits to the left.", [{"shot": "wide", "move": "orbit_left"}]),
     ("A ball rolls toward the camera and stops.", []),
     ("A tracking shot of a toy car.", [{"move": "track", "target": "toy car"}]),
     ("We look down from above as a ball rolls.", [{"angle": "top"}]),
     ("A ball rolls; low static shot.", [{"angle": "low", "move": "static"}]),
     ("A ball drops. The camera, framing a medium shot, does not budge.",
      [{"shot": "medium", "move": "static"}]),
     ("Follow the toy car with the camera.", [{"move": "track", "target": "toy car"}]),
     ("A watch turns, the camera circling it rightwards.",
      [{"move": "orbit_right", "target": "watch"}]),
     ("A door is thrown wide open.", []),
     ("A ball is thrown from below.", []),
     ("A camera on a tripod stands in a garage.", []),
     ("The camera dollies in, then the camera pans left.",
      [{"move": "dolly_in"}, {"move": "pan_left", "start_secs": 2.0}])],
)  # fmt: skip
def test_camera(prompt, cues):
    assert stated_facts(prompt).camera == cues


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [("A ball rolls, 6 seconds.", 6), ("A ball rolls for ten seconds.", 10),
     ("A 5-second clip of a ball.", 5), ("Ten seconds or so of a ball rolling.", 10),
     ("A ball rolls over a log and then over a second, bigger log.", None),
     ("After 2 seconds a ball drops.", None)],
)  # fmt: skip
def test_duration(prompt, seconds):
    assert stated_facts(prompt).duration_secs == seconds


def test_found_wordings_are_blanked_and_every_other_letter_stays():
    prompt = "At night, a red ball rolls in the kitchen."
    rest = stated_facts(prompt).rest
    assert len(rest) == len(prompt)
    assert rest.split() == [",", "a", "red", "ball", "rolls", "."]
    assert rest.index("red") == prompt.index("red")


def test_quantities_are_kept_in_si():
    graph = (
        RuleReader()
        .read("A 2 kg steel ball drops from a height of 150 cm onto a 30 cm tall box at 3 m/s.")
        .graph
    )
    ball, box = graph.entities
    assert ball.mass_kg == 2
    assert box.size == pytest.approx(0.3)
    assert graph.actions[0].height_m == pytest.approx(1.5)
    assert graph.actions[0].speed == 3


def test_a_quantity_is_no_count():
    quantities, rest = stated_quantities("a 3 kg ball and two cups")
    assert [(q.kind, q.value) for q in quantities] == [("mass_kg", 3.0)]
    assert [(c.noun, c.count) for c in chunks_of(rest)] == [("ball", 1), ("cup", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("three small light blue glass cups", ("cup", 3, "lightblue", "glass", "small", "")),
     ("a row of six yellow dominoes", ("domino", 6, "yellow", None, None, "in_row")),
     ("a dozen golden coins", ("coin", 12, "gold", None, None, "")),
     ("a couple of books", ("book", 2, None, None, None, "")),
     ("a chair painted dark green", ("chair", 1, "darkgreen", None, None, "")),
     ("an old box made of cardboard", ("box", 1, None, "cardboard", None, "")),
     ("a tower of ten wooden blocks", ("block", 10, None, "wood", None, "stacked")),
     ("a shiny purple gizmo", ("gizmo", 1, "purple", None, None, "")),
     ("an orange", ("orange", 1, None, None, None, "")),
     ("a marble statue", ("statue", 1, None, "marble", None, ""))],
)  # fmt: skip
def test_noun_phrases(text, found):
    (chunk,) = chunks_of(text)
    values = [part[0] if part else None for part in (chunk.color, chunk.material, chunk.size)]
    assert (chunk.noun, chunk.count, *values, chunk.group) == found


def test_what_no_film_can_have_is_told():
    reading = RuleReader().read("A ball falls in slow motion, with music.")
    assert len(reading.not_served) == 2
    assert "slow motion" in reading.not_served[0]
    assert RuleReader().read("A ball falls.").not_served == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [("a ball falls half a metre onto a drum", [("height_m", 0.5)]),
     ("a weight falls from one and a half metres up", [("height_m", 1.5)]),
     ("a crate slides four metres and stops", []), ("it misses by an inch", []),
     ("a can stands 5 m behind a post", []), ("a wheel 60 cm wide", [("size", 0.6)]),
     ("a two-metre oar", [("size", 2.0)]), ("a half-kilo snail", [("mass_kg", 0.5)]),
     ("a stone rolls at 4 metres a second", [("speed", 4.0)])],
)  # fmt: skip
def test_what_a_quantity_measures(text, found):
    quantities, _ = stated_quantities(text)
    assert [(q.kind, pytest.approx(q.value)) for q in quantities] == found
