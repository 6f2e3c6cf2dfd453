"""Two eyes' streams of the same structure become one stream with two layers."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.export.spatial.hevc import nal
from pipeline.export.spatial.hevc.eyes import Packet
from pipeline.export.spatial.hevc.slices import in_second_layer
from pipeline.export.spatial.hevc.two_layers import ParameterSets, parameter_sets
from scene_builder.model.errors import EncodeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The pictures of one moment, as they lie in the file.

    Attributes:
        shown: When they are shown [frames].
        units: NAL units; those of the left eye come first.
        opens: Whether a player can begin here.
    """

    shown: int
    units: tuple[bytes, ...]
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A stream as it lies in a file, in the order in which it is decoded.

    Attributes:
        sets: What stands before the pictures.
        samples: One for each moment.
    """

    sets: ParameterSets
    samples: tuple[Sample, ...]


def merged(left: Sequence[Packet], right: Sequence[Packet]) -> Stream:
    """Return one stream in which the left eye is layer 0 and the right eye is layer 1.

    Raises:
        EncodeError: If the eyes' streams have not the same structure.
    """
    if [packet.shown for packet in left] != [packet.shown for packet in right]:
        raise EncodeError("the two eyes are not of the same length, or of another structure")
    first, other = nal.units(left[0].data), nal.units(right[0].data)
    sps, pps = (_only(first, kind) for kind in (nal.SPS, nal.PPS))
    if (sps, pps) != tuple(_only(other, kind) for kind in (nal.SPS, nal.PPS)):
        raise EncodeError("the two eyes are encoded with other settings; encode both alike")
    sets = parameter_sets(sps, pps)
    samples = []
    group_start = 0
    for one, two in zip(left, right, strict=True):
        pair = [tuple(u for u in nal.units(p.data) if nal.is_slice(u)) for p in (one, two)]
        if [nal.kind(u) for u in pair[0]] != [nal.kind(u) for u in pair[1]]:
            raise EncodeError(f"frame {one.shown}: the two eyes are of another structure")
        opens = nal.kind(pair[0][0]) in nal.IDR
        group_start = one.shown if opens else group_start
        order = (one.shown - group_start) % (1 << sets.sequence.order_bits)
        second = (in_second_layer(u, sets.sequence, sets.pictures, order) for u in pair[1])
        samples.append(Sample(shown=one.shown, units=(*pair[0], *second), opens=opens))
    return Stream(sets=sets, samples=tuple(samples))


def _only(found: list[bytes], kind: int) -> bytes:
    for unit in found:
        if nal.kind(unit) == kind:
            return unit
    raise EncodeError("the eye's HEVC stream begins without parameter sets")
