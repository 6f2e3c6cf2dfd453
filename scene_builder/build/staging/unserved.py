"""What the words ask for and physics here does not do: said, never silently dropped."""

from collections.abc import Collection, Mapping, Sequence

from scene_builder.build.staging.deeds import Deed
from scene_builder.model.stage import Body

NOT_SERVED = {
    "pour": "The {noun} is not poured: only liquids and what comes in grains are.",
    "melt": "Melting is not served: the {noun} keeps its shape.",
    "open": "The {noun} has no hinge: it stays as it is.",
    "close": "The {noun} has no hinge: it stays as it is.",
}


def notes_of(
    deeds: Sequence[Deed], bodies: Mapping[str, Body], hinged: Collection[str] = ()
) -> tuple[str, ...]:
    """Return a sentence about each deed that physics here does not do.

    Args:
        deeds: Who does what.
        bodies: By id.
        hinged: The bodies that something can turn on.
    """
    notes = []
    for deed in deeds:
        served = deed.verb in ("open", "close") and deed.actor in hinged
        if deed.actor in bodies and deed.verb in NOT_SERVED and not served:
            notes.append(NOT_SERVED[deed.verb].format(noun=bodies[deed.actor].noun))
        if deed.verb in ("walk", "run", "fly") and deed.actor in bodies:
            noun = bodies[deed.actor].noun
            notes.append(f"The {noun} moves as a whole: limbs and wings are not animated.")
        if deed.verb == "turn" and deed.actor in bodies:
            noun = bodies[deed.actor].noun
            notes.append(f"The {noun} turns as a whole: its parts are not animated.")
    return tuple(dict.fromkeys(notes))
