"""Words and letters that stand by themselves."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.procedural.lettering import LETTERED
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.letters import thick_letters
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

HEIGHT, DEPTH = 0.4, 0.13
"""Of capital letters [m]."""

PLINTH, MARGIN = 0.022, 0.035
"""Height of what holds the letters of one word together, and how far it stands out [m]."""

STEADY = 0.2
"""How far inside its feet the middle of a letter that needs no plinth is, as a share of DEPTH."""

HOLLOW = 0.3
"""Mean density of a letter, as a share of its substance's: it is hollow."""

_WORDS = ("HELLO", "LOVE", "DREAM", "PLAY", "HOME")
_LETTERS = "ABCDEGHKLMNRSXZ"


def standing_word(text: str) -> Blueprint:
    """Return a word in thick capitals on a low plinth, to be read from the front.

    Args:
        text: The word; what has no capitals stays as it is.
    """
    return _standing(text, plinth=True)


def block_letter(text: str) -> Blueprint:
    """Return a thick letter that stands on its feet; one that would topple has a plinth.

    Args:
        text: The letter.
    """
    return _standing(text, plinth=False)


def word_rand(rng: np.random.Generator) -> Blueprint:
    """Return a standing word, where nobody says which."""
    return standing_word(str(rng.choice(_WORDS)))


def block_letter_rand(rng: np.random.Generator) -> Blueprint:
    """Return a standing letter, where nobody says which."""
    return block_letter(str(rng.choice(list(_LETTERS))))


def _standing(text: str, *, plinth: bool) -> Blueprint:
    solid = thick_letters(text.upper(), HEIGHT, DEPTH) or box(HEIGHT, HEIGHT, DEPTH)
    body = solid.turned("x", 90).moved(y=DEPTH / 2).seated()
    if not plinth and _is_steady(body):
        return Blueprint(parts=(Part(solid=body, fill=HOLLOW),), tags=(LETTERED,))
    low, high = body.vertices[:, 0].min(), body.vertices[:, 0].max()
    foot = box(float(high - low) + 2 * MARGIN, DEPTH + 2 * MARGIN, PLINTH, bevel=0.004)
    foot = foot.moved(x=float(low + high) / 2)
    return Blueprint(
        parts=(
            Part(solid=body.moved(z=0.8 * PLINTH), fill=HOLLOW),
            Part(solid=foot, slot=1, fill=0.6),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#2b2c30")),
        tags=(LETTERED,),
    )


def _is_steady(body: Solid) -> bool:
    """Whether a letter stands: its middle is well over its feet."""
    feet = body.vertices[body.vertices[:, 2] < 0.02 * HEIGHT][:, 0]
    middle = _middle(body)
    reach = STEADY * DEPTH
    return bool(feet.min() + reach < middle[0] < feet.max() - reach)


def _middle(body: Solid) -> Float[Array, "3"]:
    """Return the centre of volume (3) [m] of a closed solid."""
    corners = body.vertices[body.triangles]
    volume = np.einsum("ti,ti->t", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    return np.asarray((volume[:, None] * corners.sum(axis=1)).sum(axis=0) / (4 * volume.sum()))
