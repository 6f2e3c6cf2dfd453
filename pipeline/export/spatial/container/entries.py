"""What a video's sample entry says: how to decode it, and how two eyes should see it."""

import struct
from collections.abc import Sequence as Items
from dataclasses import dataclass
from typing import Literal

from pipeline.export.spatial.container.boxes import box, full_box
from pipeline.export.spatial.hevc import nal
from pipeline.export.spatial.hevc.parameters import Sequence
from pipeline.export.spatial.hevc.two_layers import ParameterSets

Packing = Literal["side", "over"]
LEFT_HERO = 1
BOTH_EYES = 0b11
_COMPLETE = 0x80
"""Every parameter set of this kind is here, and none among the pictures."""
_TWO_BIT_DEPTHS, _FOUR_BYTE_LENGTHS = 0xF8, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StereoView:
    """How two eyes see a film.

    Attributes:
        baseline_mm: Distance of the two cameras [mm].
        hfov_deg: What each camera sees from left to right [deg].
        adjustment: Shift that a player should still apply, as a part of the width; ours is in
            the pictures already, so it is 0.
    """

    baseline_mm: float
    hfov_deg: float
    adjustment: float = 0.0


def hevc_configuration(sets: ParameterSets) -> bytes:
    """Return `hvcC`: the parameter sets of layer 0 (ISO/IEC 14496-15, clause 8.3.2)."""
    sequence = sets.sequence
    head = struct.pack(
        ">B12sHBBBBHB", 1, _profile(sequence), 0xF000, 0xFC, 0xFC | sequence.chroma,
        _TWO_BIT_DEPTHS | sequence.depths[0], _TWO_BIT_DEPTHS | sequence.depths[1], 0,
        (1 << 3) | (1 << 2) | _FOUR_BYTE_LENGTHS,
    )  # fmt: skip
    return box("hvcC", head, _arrays(sets.base))


def layered_configuration(sets: ParameterSets) -> bytes:
    """Return `lhvC`: the parameter sets of layer 1 (ISO/IEC 14496-15, clause 9.5.3)."""
    head = struct.pack(">BHBB", 1, 0xF000, 0xFC, 0xC0 | (1 << 3) | _FOUR_BYTE_LENGTHS)
    return box("lhvC", head, _arrays(sets.second))


def _profile(sequence: Sequence) -> bytes:
    return int(sequence.profile, 2).to_bytes(12, "big")


def _arrays(units: Items[bytes]) -> bytes:
    rows = (struct.pack(">BHH", _COMPLETE | nal.kind(u), 1, len(u)) + u for u in units)
    return bytes([len(units)]) + b"".join(rows)


def stereo_boxes(view: StereoView, *, packing: Packing | None = None) -> bytes:
    """Return `vexu` and `hfov`: what makes a film spatial (Apple, QuickTime spatial video).

    Args:
        view: How two eyes see the film.
        packing: How both eyes lie in one picture; None if each is a layer of its own.
    """
    adjustment = struct.pack(">i", round(view.adjustment * 10_000))
    eyes = box(
        "eyes",
        full_box("stri", bytes([BOTH_EYES])),
        full_box("hero", bytes([LEFT_HERO])),
        box("cams", full_box("blin", struct.pack(">I", round(view.baseline_mm * 1000)))),
        box("cmfy", full_box("dadj", adjustment)),
    )
    parts = [eyes, box("proj", full_box("prji", b"rect"))]
    if packing is not None:
        parts.append(box("pack", full_box("pkin", packing.encode())))
    return box("vexu", *parts) + box("hfov", struct.pack(">I", round(view.hfov_deg * 1000)))


def stereo_layout(packing: Packing) -> bytes:
    """Return `st3d`: how both eyes lie in one picture (Google's Spherical Video V2)."""
    return full_box("st3d", bytes([{"over": 1, "side": 2}[packing]]))


def color_box() -> bytes:
    """Return `colr`: BT.709, limited range."""
    return box("colr", b"nclx", struct.pack(">HHHB", 1, 1, 1, 0))
