"""Soft bodies of another stuff: as soft as that is, or rigid."""

from dataclasses import replace

import numpy as np

from pipeline.whatif.changes import Change
from scene_builder.build.softs.softening import softness_of
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.words.softs import SOFT_STUFFS
from scene_builder.model.errors import SettingsError
from scene_builder.model.stage import Body, Stage

UNHEEDED = frozenset({"restitution", "rolling_friction", "spinning_friction", "angular_damping"})
"""Properties of rigid bodies that change nothing about a soft one."""


def check_heeded(body: Body, change: Change, stage: Stage) -> None:
    """Refuse what would change nothing about a soft body.

    Raises:
        SettingsError: If it is soft, and knows no such property.
    """
    if change.name in UNHEEDED and any(soft.body == body.id for soft in stage.softs):
        raise SettingsError(
            f"{change.given}: {body.id} is soft, and what it is made of decides how it bounces, "
            "rolls and turns; allowed are its friction, mass and speed; try its material"
        )


def softened(stage: Stage, body: Body, material: str) -> tuple[Stage, str]:
    """Return the stage with a soft body as soft as its new stuff, and what became of it in words.

    What was rigid stays so.

    Args:
        stage: The stage, with its earlier softness.
        body: The body, of its new stuff and mass.
        material: The new substance.
    """
    if all(soft.body != body.id for soft in stage.softs):
        return stage, ""
    give = SOFT_STUFFS.get(substance(material).name)
    if give is None:
        return replace(stage, softs=tuple(s for s in stage.softs if s.body != body.id)), "now rigid"
    made = softness_of(body, give, substance(material), float(np.linalg.norm(stage.gravity)))
    softs = tuple(made if soft.body == body.id else soft for soft in stage.softs)
    return replace(stage, softs=softs), f"a modulus of {made.youngs_modulus:g} Pa"
