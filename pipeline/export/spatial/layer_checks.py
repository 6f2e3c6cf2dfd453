"""Whether a stream has two layers that are both whole."""

import struct
from collections.abc import Iterator, Mapping

from pipeline.export.spatial.container.boxes import Box
from pipeline.export.spatial.hevc import nal
from pipeline.export.spatial.hevc.two_layers import DISPLAYS_MESSAGE, parameter_sets
from scene_builder.model.errors import EncodeError

_BASE_HEAD, _SECOND_HEAD = 22, 5
"""What stands before the parameter sets in hvcC and in lhvC [bytes]."""


def layer_faults(data: bytes, boxes: Mapping[str, Box]) -> list[str]:
    """Return what is wrong with the layers of a film.

    Args:
        data: The whole file.
        boxes: Its boxes, by kind.
    """
    needed = ("hvcC", "lhvC", "stsz", "stco", "stts", "colr")
    missing = [f"the box {kind!r} is missing" for kind in needed if kind not in boxes]
    if missing:
        return missing
    try:
        faults = _set_faults(boxes)
        for k, units in enumerate(samples(data, boxes)):
            fault = _sample_fault(units)
            if fault:
                return [*faults, f"sample {k}: {fault}"]
    except (struct.error, IndexError, EOFError, EncodeError) as error:
        return [f"the stream's structure is damaged: {error}"]
    return faults


def _set_faults(boxes: Mapping[str, Box]) -> list[str]:
    """Hold the parameter sets against those that two views of the first layer need."""
    base = _stored(boxes["hvcC"].content, _BASE_HEAD)
    second = _stored(boxes["lhvC"].content, _SECOND_HEAD)
    sps = next((u for u in base if nal.kind(u) == nal.SPS), b"")
    pps = next((u for u in base if nal.kind(u) == nal.PPS), b"")
    if not sps or not pps:
        return ["hvcC: the parameter sets of the left eye are missing"]
    wanted = parameter_sets(sps, pps)
    faults = []
    if wanted.base[0] not in base:
        faults.append("hvcC: the video parameter set does not name two views")
    if DISPLAYS_MESSAGE not in base:
        faults.append("hvcC: no message says which view is which eye's")
    if tuple(second) != wanted.second:
        faults.append("lhvC: the parameter sets of the right eye are not those of a second view")
    return faults


def _stored(content: bytes, head: int) -> list[bytes]:
    """Return the NAL units of hvcC or lhvC."""
    found = []
    place = head + 1
    for _ in range(content[head]):
        count = struct.unpack_from(">H", content, place + 1)[0]
        place += 3
        for _ in range(count):
            size = struct.unpack_from(">H", content, place)[0]
            found.append(content[place + 2 : place + 2 + size])
            place += 2 + size
    return found


def samples(data: bytes, boxes: Mapping[str, Box]) -> Iterator[list[bytes]]:
    """Yield the NAL units of each sample of a film whose media lie in one piece.

    Raises:
        EncodeError: If the tables do not fit the media.
    """
    count = struct.unpack_from(">I", boxes["stsz"].content, 8)[0]
    sizes = struct.unpack_from(f">{count}I", boxes["stsz"].content, 12)
    pieces, place = struct.unpack_from(">II", boxes["stco"].content, 4)
    media = boxes["mdat"]
    runs = struct.unpack_from(">I", boxes["stts"].content, 4)[0]
    timed = struct.unpack_from(f">{2 * runs}I", boxes["stts"].content, 8)[0::2]
    if pieces != 1 or place + sum(sizes) > media.end or place < media.start or not count:
        raise EncodeError("the samples do not lie in one piece inside of the media")
    if sum(timed) != count:
        raise EncodeError(f"{sum(timed)} samples are timed; there are {count}")
    for size in sizes:
        units, end = [], place + size
        while place < end:
            length = struct.unpack_from(">I", data, place)[0]
            if length < 2 or place + 4 + length > end:  # noqa: PLR2004 - a NAL unit's header
                raise EncodeError(f"a unit at byte {place} is longer than its sample")
            units.append(data[place + 4 : place + 4 + length])
            place += 4 + length
        yield units


def _sample_fault(units: list[bytes]) -> str:
    if any(not nal.is_slice(unit) for unit in units):
        return "parameter sets or delimiters stand among the pictures"
    layers = [nal.layer(unit) for unit in units]
    if 1 not in layers:
        return "the right eye is missing"
    if layers != sorted(layers) or layers.count(0) != layers.count(1):
        return f"layers {layers}; the left eye comes first, and both are whole"
    kinds = [[nal.kind(u) for u in units if nal.layer(u) == k] for k in (0, 1)]
    return "" if kinds[0] == kinds[1] else "the eyes' pictures are of different kinds"
