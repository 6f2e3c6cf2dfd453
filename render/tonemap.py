"""From scene light to a display: the one place where linear light becomes sRGB."""

import numpy as np
from jaxtyping import Float

from render.frames import Picture
from scene_builder.model.arrays import Array
from scene_builder.model.material import srgb_from_linear

MIDDLE_GREY = 0.18
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of linear Rec. 709 light (ITU-R BT.709)."""

_REC2020_FROM_REC709 = np.array(
    [[0.6274039, 0.3292830, 0.0433131],
     [0.0690973, 0.9195404, 0.0113623],
     [0.0163914, 0.0880133, 0.8955953]]
)  # fmt: skip
"""ITU-R BT.2087."""
_INSET = np.array(
    [[0.856627153315983, 0.0951212405381588, 0.0482516061458583],
     [0.137318972929847, 0.761241990602591, 0.101439036467562],
     [0.11189821299995, 0.0767994186031903, 0.811302368396859]]
)  # fmt: skip
"""AgX's inset and rotation of the primaries, so that bright colours go to white gracefully."""
_OUTSET = np.linalg.inv(
    np.array(
        [[0.899796955911611, 0.0871996192028351, 0.0130034258855563],
         [0.11142098895748, 0.875575586156966, 0.0130034258855563],
         [0.11142098895748, 0.0871996192028348, 0.801379391839686]]
    )
)  # fmt: skip
"""AgX's purity restored afterwards."""
_STOPS_BELOW, _STOPS_ABOVE = 10.0, 15.0
_PIVOT_IN = _STOPS_BELOW / (_STOPS_BELOW + _STOPS_ABOVE)
_DISPLAY_GAMMA = 2.4
_PIVOT_OUT = MIDDLE_GREY ** (1 / _DISPLAY_GAMMA)
_SLOPE, _TOE_POWER, _SHOULDER_POWER = 3.326, 1.791, 2.795
"""Fitted to Blender 4.5's AgX over 14 stops of random colours: mean difference 2 of 255."""
MEDIUM_HIGH_CONTRAST = 1.2


def tone_mapped(
    rgb: Float[Array, "h w 3"],
    *,
    exposure_stops: float = 0.0,
    contrast: float = MEDIUM_HIGH_CONTRAST,
    saturation: float = 1.0,
) -> Picture:
    """Return the sRGB picture of scene-linear light by AgX (Sobotka 2022).

    Args:
        rgb: Linear Rec. 709 light (h w 3), unbounded.
        exposure_stops: Powers of two that the light is multiplied by first.
        contrast: Slope of the log curve about middle grey; 1.2 is Blender's AgX look
            "Medium High Contrast", 1 its base.
        saturation: Factor on how far a colour is from the grey of its own luminance.
    """
    display = agx(np.asarray(rgb, np.float64) * 2.0**exposure_stops, contrast=contrast)
    if saturation != 1.0:
        grey = (display @ LUMINANCE)[..., None]
        display = np.clip(grey + saturation * (display - grey), 0, 1)
    return np.asarray(np.round(255 * srgb_from_linear(display)), np.uint8)


def agx(rgb: Float[Array, "*n 3"], *, contrast: float) -> Float[Array, "*n 3"]:
    """Return display-linear Rec. 709 light, 0…1, of scene-linear Rec. 709 light."""
    wide = np.maximum(np.nan_to_num(rgb), 0) @ (_INSET @ _REC2020_FROM_REC709).T
    stops = np.log2(np.maximum(wide, _BLACK) / MIDDLE_GREY)
    encoded = (stops + _STOPS_BELOW) / (_STOPS_BELOW + _STOPS_ABOVE)
    curved = _sigmoid(np.clip((encoded - _PIVOT_IN) * contrast + _PIVOT_IN, 0, 1))
    shown = np.clip(curved, 0, 1) ** _DISPLAY_GAMMA
    back = np.linalg.inv(_REC2020_FROM_REC709) @ _OUTSET
    return np.asarray(np.clip(shown @ back.T, 0, 1))


def metered_stops(rgb: Float[Array, "h w 3"], *, key: float = MIDDLE_GREY) -> float:
    """Return the exposure [stops] that brings the picture's log-average luminance to `key`.

    Reinhard et al. (2002), equation 1; the middle of the picture counts more, and the meter
    goes only part of the way, so that a dark place stays darker than a bright one.
    """
    light = np.asarray(rgb, np.float64) @ LUMINANCE
    height, width = light.shape
    across = np.linspace(-1, 1, width)[None, :]
    down = np.linspace(-1, 1, height)[:, None]
    weight = np.exp(-(across**2 + down**2))
    logs = np.log2(np.maximum(light, _BLACK * MIDDLE_GREY))
    average = float((logs * weight).sum() / weight.sum())
    stops = _ADAPTATION * (np.log2(key) - average)
    return float(np.clip(stops, -_MOST_STOPS, _MOST_STOPS))


_BLACK = 2.0 ** -(_STOPS_BELOW + 2)
_ADAPTATION = 0.8
_MOST_STOPS = 6.0


def _sigmoid(x: Float[Array, "*n"]) -> Float[Array, "*n"]:
    """AgX's curve: a line through the pivot that bends into a toe and a shoulder."""
    toe = _bend_scale(_PIVOT_IN, _PIVOT_OUT, _TOE_POWER)
    shoulder = _bend_scale(1 - _PIVOT_IN, 1 - _PIVOT_OUT, _SHOULDER_POWER)
    rise = _SLOPE * (x - _PIVOT_IN)
    low = -toe * _hyperbola(-np.minimum(rise, 0) / toe, _TOE_POWER)
    high = shoulder * _hyperbola(np.maximum(rise, 0) / shoulder, _SHOULDER_POWER)
    return np.asarray(np.where(rise < 0, low, high) + _PIVOT_OUT)


def _hyperbola(x: Float[Array, "*n"], power: float) -> Float[Array, "*n"]:
    return np.asarray(x / (1 + x**power) ** (1 / power))


def _bend_scale(run: float, rise: float, power: float) -> float:
    """Return the scale at which the bend ends exactly `rise` away after `run`."""
    return float(((_SLOPE * run) ** -power * ((_SLOPE * run / rise) ** power - 1)) ** (-1 / power))
