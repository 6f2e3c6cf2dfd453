"""What the words ask for and physics here does not do: said, never silently dropped."""

from collections.abc import Mapping, Sequence

from scene_builder.build.staging.deeds import Deed
from scene_builder.model.stage import Body

NOT_SERVED = {
    "pour": "Liquids are not served: the {noun} is only there.",
    "melt": "Melting is not served: the {noun} keeps its shape.",
    "open": "The {noun} has no hinge: it stays as it is.",
    "close": "The {noun} has no hinge: it stays as it is.",
}


def notes_of(deeds: Sequence[Deed], bodies: Mapping[str, Body]) -> tuple[str, ...]:
    """Return a sentence about each deed that physics here does not do."""
    notes = []
    for deed in deeds:
        if deed.actor in bodies and deed.verb in NOT_SERVED:
            notes.append(NOT_SERVED[deed.verb].format(noun=bodies[deed.actor].noun))
        if deed.verb in ("walk", "run", "fly") and deed.actor in bodies:
            noun = bodies[deed.actor].noun
            notes.append(f"The {noun} moves as a whole: limbs and wings are not animated.")
    return tuple(dict.fromkeys(notes))
