"""NAL units: the packets of an HEVC stream (ITU-T H.265, clause 7.3.1)."""

from pipeline.export.spatial.hevc.bits import escaped

VPS, SPS, PPS, DELIMITER, SEI = 32, 33, 34, 35, 39
FIRST_PARAMETERS = 32
"""Types below are parts of pictures; types from here on are not."""
IDR = (19, 20)
RANDOM_ACCESS = range(16, 24)
_HEADER_BYTES = 2


def units(stream: bytes) -> list[bytes]:
    """Return the NAL units of a byte stream with start codes (Annex B)."""
    found = []
    start = stream.find(b"\x00\x00\x01")
    while start >= 0:
        end = stream.find(b"\x00\x00\x01", start + 3)
        unit = stream[start + 3 : end if end >= 0 else len(stream)]
        found.append(unit.rstrip(b"\x00") if end >= 0 else unit)
        start = end
    return found


def kind(unit: bytes) -> int:
    """Return a unit's type."""
    return (unit[0] >> 1) & 63


def layer(unit: bytes) -> int:
    """Return the layer that a unit belongs to: 0 is what every player shows."""
    return ((unit[0] & 1) << 5) | (unit[1] >> 3)


def is_slice(unit: bytes) -> bool:
    """Say whether a unit holds a part of a picture."""
    return kind(unit) < FIRST_PARAMETERS


def unit(kind: int, layer: int, content: bytes) -> bytes:
    """Return a NAL unit of temporal layer 0 with the given unescaped content."""
    header = bytes([(kind << 1) | (layer >> 5), ((layer & 31) << 3) | 1])
    return header + escaped(content)
