"""Slices of an eye's own stream become slices of the second layer."""

from pipeline.export.spatial.hevc import nal
from pipeline.export.spatial.hevc.bits import BitReader, BitWriter, escaped, unescaped
from pipeline.export.spatial.hevc.parameters import (
    PictureParameters,
    Sequence,
    skip_reference_set,
)
from scene_builder.model.errors import EncodeError

_BOTH, _ALONE = 0, 2
"""Slices that predict from two lists of pictures, and from none."""
_HEADER_BYTES = 200
"""No header is longer: what follows is copied without looking."""


def in_second_layer(
    unit: bytes, sequence: Sequence, pictures: PictureParameters, order: int
) -> bytes:
    """Return a slice of a single-layer stream as a slice of layer 1, its samples untouched.

    It names the second picture parameter set, tells its order count, and predicts from no layer.

    Args:
        unit: A slice of one eye's own stream.
        sequence: Of that stream.
        pictures: Of that stream.
        order: The picture's order count, cut to `sequence.order_bits`.

    Raises:
        EncodeError: If the slice is not what the encoder was asked for.
    """
    data = unescaped(unit)[2:]
    reader = BitReader(data[:_HEADER_BYTES])
    out = BitWriter()
    _need(reader.flag(), "one slice a picture")
    out.flags(1)
    if nal.kind(unit) in nal.RANDOM_ACCESS:
        out.flags(reader.flag())
    _need(reader.golomb() == 0, "one picture parameter set")
    out.golomb(1)
    start = reader.place
    reader.bits(pictures.extra_bits)
    slice_kind = reader.golomb()
    if pictures.output_flag:
        reader.flag()
    opens = nal.kind(unit) in nal.IDR
    temporal = not opens and _skip_references(reader, sequence, order)
    out.copy(reader.between(start, reader.place))
    if opens:
        out.bits(order, sequence.order_bits)
    out.flags(0)  # no prediction from the other eye
    start = reader.place
    _skip_rest(reader, sequence, pictures, slice_kind, temporal=temporal)
    out.copy(reader.between(start, reader.place))
    _skip_alignment(reader)
    header = bytes([unit[0] & 0xFE, (1 << 3) | (unit[1] & 7)])
    return header + escaped(out.payload() + data[reader.place // 8 :])


def _skip_alignment(reader: BitReader) -> None:
    """Read the bits that fill up the header's last byte; whatever else stands there is wrong."""
    _need(reader.flag(), "a header that ends here")
    while reader.place % 8:
        _need(not reader.flag(), "a header that ends here")


def _skip_references(reader: BitReader, sequence: Sequence, order: int) -> bool:
    """Read which pictures are referred to; return whether motion is predicted from one."""
    _need(reader.bits(sequence.order_bits) == order, "pictures in the same order in both eyes")
    counts = list(sequence.set_counts)
    if not reader.flag():
        skip_reference_set(reader, len(counts), counts, in_slice=True)
    elif len(counts) > 1:
        reader.bits((len(counts) - 1).bit_length())
    return sequence.motion_vectors and reader.flag()


def _skip_rest(
    reader: BitReader,
    sequence: Sequence,
    pictures: PictureParameters,
    slice_kind: int,
    *,
    temporal: bool,
) -> None:
    """Read from the loop filter's switches to the end of the header (clause 7.3.6.1)."""
    luma = chroma = False
    if sequence.sao:
        luma, chroma = reader.flag(), reader.flag()
    if slice_kind != _ALONE:
        _skip_prediction(reader, pictures, slice_kind, temporal=temporal)
    reader.signed_golomb()
    if pictures.chroma_offsets:
        reader.signed_golomb()
        reader.signed_golomb()
    off = pictures.deblocking_off
    if pictures.deblocking_override and reader.flag():
        off = reader.flag()
        if not off:
            reader.signed_golomb()
            reader.signed_golomb()
    if pictures.across and (luma or chroma or not off):
        reader.flag()


def _skip_prediction(
    reader: BitReader, pictures: PictureParameters, slice_kind: int, *, temporal: bool
) -> None:
    """Read how a slice predicts from other pictures."""
    forwards, backwards = pictures.references
    if reader.flag():
        forwards = reader.golomb() + 1
        backwards = reader.golomb() + 1 if slice_kind == _BOTH else backwards
    if slice_kind == _BOTH:
        reader.flag()
    if pictures.cabac_init:
        reader.flag()
    if temporal:
        from_first = reader.flag() if slice_kind == _BOTH else True
        if (forwards if from_first else backwards) > 1:
            reader.golomb()
    reader.golomb()


def _need(condition: bool, what: str) -> None:
    if not condition:
        raise EncodeError(f"two eyes need {what}; use PyAV's own libx265")
