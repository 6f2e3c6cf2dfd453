"""The parameter sets of a stream with two views (ITU-T H.265, Annexes F and G)."""

from dataclasses import dataclass

from pipeline.export.spatial.hevc import nal
from pipeline.export.spatial.hevc.bits import BitWriter
from pipeline.export.spatial.hevc.parameters import (
    PictureParameters,
    Sequence,
    read_picture_parameters,
    read_sequence,
)

MULTIVIEW_MAIN = 6
_FLAGS_KEPT, _FLAGS_ADDED = 0xF00000000000, 0x0F8000000000
"""Progressive or interlaced as the base layer; the constraints of Multiview Main (G.11.1.1)."""
DISPLAYS_MESSAGE = bytes.fromhex("4e01b004040d002080")
"""SEI message 176, 3D reference displays: view 0 is the left eye's, view 1 the right eye's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterSets:
    """Everything that stands before the pictures of a stream with two views.

    Attributes:
        base: VPS, SPS, PPS of layer 0, and the message about reference displays.
        second: SPS and PPS of layer 1.
        sequence: What the SPS of layer 0 says.
        pictures: What the PPS of layer 0 says.
    """

    base: tuple[bytes, ...]
    second: tuple[bytes, ...]
    sequence: Sequence
    pictures: PictureParameters


def parameter_sets(sps: bytes, pps: bytes) -> ParameterSets:
    """Make the parameter sets of two views from those of one.

    Raises:
        EncodeError: If the stream uses something that is not needed for spatial video.
    """
    sequence, pictures = read_sequence(sps), read_picture_parameters(pps)
    return ParameterSets(
        base=(_vps(sequence), sps, pps, DISPLAYS_MESSAGE),
        second=(_second_sps(sequence), _second_pps(pictures)),
        sequence=sequence,
        pictures=pictures,
    )


def _vps(sequence: Sequence) -> bytes:
    """Return a video parameter set with the extension for two views (F.7.3.2.1)."""
    out = BitWriter().bits(0, 4).bits(3, 2).bits(1, 6).bits(0, 3).flags(1).bits(0xFFFF, 16)
    out.copy(sequence.profile).flags(1)
    for number in sequence.buffers:
        out.golomb(number)
    out.bits(1, 6).golomb(1).flags(1, 1)  # the second layer set is both layers
    out.flags(0, 1).align(1)  # no timing; the extension follows
    out.bits(sequence.level, 8)
    _scalability(out)
    _profiles(out, sequence)
    _format(out, sequence)
    out.flags(1, 1)  # at most one reference layer; order counts are aligned
    kept, reordered, latency = sequence.buffers
    out.flags(0).golomb(kept).golomb(kept).golomb(reordered).golomb(latency)
    out.golomb(0).flags(1).bits(2, 2)  # all layers may predict samples and motion
    out.golomb(0).flags(0, 0)
    return nal.unit(nal.VPS, 0, out.payload())


def _scalability(out: BitWriter) -> None:
    """Say that layer 1 is another view, which may look at layer 0 (F.7.3.2.1.1)."""
    out.flags(0).bits(1 << 14, 16)  # the order of views distinguishes the layers
    out.bits(2, 3).flags(1).bits(1, 6).bits(1, 3)  # layer 1 has view order 1
    out.bits(1, 4).flags(0, 1)  # the views' ids are 0 and 1
    out.flags(1)  # layer 1 depends on layer 0
    out.flags(0, 0, 0)


def _profiles(out: BitWriter, sequence: Sequence) -> None:
    """Say that both layers are shown, and that layer 1 is Multiview Main."""
    flags = (int(sequence.profile[40:88], 2) & _FLAGS_KEPT) | _FLAGS_ADDED
    out.golomb(2).flags(1)
    out.bits(0, 2).bits(sequence.tier, 1).bits(MULTIVIEW_MAIN, 5)
    out.bits(1 << (31 - MULTIVIEW_MAIN), 32).bits(flags, 48).bits(sequence.level, 8)
    out.golomb(0).bits(0, 2).bits(1, 2).bits(2, 2)


def _format(out: BitWriter, sequence: Sequence) -> None:
    """Write the one format that both layers have (F.7.3.2.1.2)."""
    width, height = sequence.coded_size
    out.golomb(0).bits(width, 16).bits(height, 16).flags(1).bits(sequence.chroma, 2)
    out.bits(sequence.depths[0], 4).bits(sequence.depths[1], 4)
    out.flags(sequence.window is not None)
    for number in sequence.window or ():
        out.golomb(number)


def _second_sps(sequence: Sequence) -> bytes:
    """Return the sequence parameter set of layer 1, number 1 (F.7.3.2.2.1)."""
    out = BitWriter().bits(0, 4).bits(7, 3).golomb(1).flags(0)
    out.golomb(sequence.order_bits - 4).copy(sequence.tail).flags(0)
    out.flags(1, 0, 1).bits(0, 6)  # the multilayer extension, and no other
    out.flags(0)
    return nal.unit(nal.SPS, 1, out.payload())


def _second_pps(pictures: PictureParameters) -> bytes:
    out = BitWriter().golomb(1).golomb(1).copy(pictures.body)
    return nal.unit(nal.PPS, 1, out.payload())
