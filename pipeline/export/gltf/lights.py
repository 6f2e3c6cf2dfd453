"""The film's main light, as glTF's extension for lamps writes it (KHR_lights_punctual)."""

from typing import Any

import numpy as np

from pipeline.export.turning import turned_outside
from scene_builder.model.stage import Stage

LIGHTS = "KHR_lights_punctual"
SUN = "sun"
ILLUMINANCE = 2.4
"""What a viewer that shows white paper as white, and has an even light of its own, needs."""
_BRIGHT_SUN = 1.0
"""Irradiance from which a sun is the main light, whatever lamps there are [W/m²]."""


def sun_of(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a parallel light as glTF's lamp, and the node that it hangs on.

    Outdoors it shines as the sun does; in rooms, and where no sun shines, as the strongest lamp:
    a room's sun comes through windows, whose walls are not there. It has that one's direction and
    colour; how bright it is follows what viewers need, not the film's lamps.

    Args:
        stage: What is lit; it has at least one light.
    """
    suns = [light for light in stage.lights if light.kind == "sun" and light.power >= _BRIGHT_SUN]
    lamps = [light for light in stage.lights if light.kind != "sun"]
    chosen = lamps or suns if stage.environment.indoor else suns or lamps
    main = max(chosen or stage.lights, key=lambda light: light.power)
    color = np.clip(main.color / main.color.max(), 0, 1)
    lamp = {
        "type": "directional", "name": SUN, "intensity": ILLUMINANCE,
        "color": [round(float(value), 6) for value in color],
    }  # fmt: skip
    # A lamp shines along its own −Z in glTF as here, so its own axes are not turned.
    turn = np.roll(turned_outside(main.pose.wxyz), -1)
    rotation = [round(float(value), 9) for value in turn / np.linalg.norm(turn)]
    return lamp, {"name": SUN, "rotation": rotation, "extensions": {LIGHTS: {"light": 0}}}
