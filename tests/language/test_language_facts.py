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
     ("A ball on a table.", {})],
)  # fmt: skip
def test_place_and_light_come_from_closed_wordings(prompt, setting):
    assert stated_facts(prompt).setting == setting


@pytest.mark.parametrize(
    ("prompt", "style"),
    [("A watercolor painting of a cat.", "watercolor"), ("A cat, in the style of anime.", "anime"),
     ("A ball rolls, cinematic.", "cinematic"), ("A sketch lies on a desk.", None),
     ("A cat in cartoon style", "toon"), ("A photorealistic video of a cup", "photoreal")],
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
     ("A tracking shot of a toy car.", [{"move": "track"}]),
     ("The camera dollies in, then the camera pans left.",
      [{"move": "dolly_in"}, {"move": "pan_left", "start_secs": 2.0}])],
)  # fmt: skip
def test_camera(prompt, cues):
    assert stated_facts(prompt).camera == cues


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [("A ball rolls, 6 seconds.", 6), ("A ball rolls for ten seconds.", 10),
     ("A 5-second clip of a ball.", 5), ("After 2 seconds a ball drops.", None)],
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
