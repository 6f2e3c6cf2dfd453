"""Sequence and picture parameter sets, read as far as rewriting slices needs them."""

from dataclasses import dataclass

from pipeline.export.spatial.hevc.bits import BitReader, unescaped
from scene_builder.model.errors import EncodeError

PROFILE_BITS = 96
"""Length of the general profile, tier and level of a stream without temporal layers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A sequence parameter set (ITU-T H.265, clause 7.3.2.2).

    Attributes:
        profile: Profile, tier and level, as bits.
        chroma: Chroma format; 1 is 4:2:0.
        coded_size: Width and height as coded [px].
        window: How much of it is cut off left, right, top and bottom [chroma samples].
        depths: Bits above 8 of luma and chroma.
        order_bits: Length of a picture's order count.
        buffers: Pictures kept less one, pictures reordered, latency.
        tail: From the block sizes up to the VUI, as bits.
        sao: Whether slices switch the sample adaptive offset.
        set_counts: Pictures in each set of reference pictures.
        motion_vectors: Whether motion is predicted from other pictures.
    """

    profile: str
    chroma: int
    coded_size: tuple[int, int]
    window: tuple[int, int, int, int] | None
    depths: tuple[int, int]
    order_bits: int
    buffers: tuple[int, int, int]
    tail: str
    sao: bool
    set_counts: tuple[int, ...]
    motion_vectors: bool

    @property
    def level(self) -> int:
        """The level, 30 times its number."""
        return int(self.profile[-8:], 2)

    @property
    def tier(self) -> int:
        """0 for Main, 1 for High."""
        return int(self.profile[2])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as shown [px]."""
        left, right, top, bottom = self.window or (0, 0, 0, 0)
        return self.coded_size[0] - 2 * (left + right), self.coded_size[1] - 2 * (top + bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureParameters:
    """A picture parameter set (ITU-T H.265, clause 7.3.2.3).

    Attributes:
        body: Everything behind the two ids, as bits, without the trailing bits.
        output_flag: Whether slices say if their picture is shown.
        extra_bits: Number of reserved bits in a slice's header.
        cabac_init: Whether slices choose the tables of the entropy coder.
        references: References in use unless a slice says otherwise, forwards and backwards.
        chroma_offsets: Whether slices have offsets of the chroma quantiser.
        across: Whether the loop filter crosses slices where a slice allows it.
        deblocking_override: Whether slices have deblocking parameters of their own.
        deblocking_off: Whether there is no deblocking unless a slice says otherwise.
    """

    body: str
    output_flag: bool
    extra_bits: int
    cabac_init: bool
    references: tuple[int, int]
    chroma_offsets: bool
    across: bool
    deblocking_override: bool
    deblocking_off: bool


def read_sequence(unit: bytes) -> Sequence:
    """Read a sequence parameter set.

    Raises:
        EncodeError: If it uses something that is not needed for spatial video.
    """
    reader = BitReader(unescaped(unit)[2:])
    reader.bits(4)
    _need(reader.bits(3) == 0, "temporal layers")
    reader.flag()
    start = reader.place
    reader.bits(PROFILE_BITS)
    profile = reader.between(start, reader.place)
    reader.golomb()
    chroma = reader.golomb()
    _need(chroma == 1, "another chroma format than 4:2:0")
    coded = reader.golomb(), reader.golomb()
    window = None
    if reader.flag():
        window = reader.golomb(), reader.golomb(), reader.golomb(), reader.golomb()
    depths = reader.golomb(), reader.golomb()
    order_bits = reader.golomb() + 4
    reader.flag()
    buffers = reader.golomb(), reader.golomb(), reader.golomb()
    start = reader.place
    sao, set_counts, motion_vectors = _tools(reader)
    return Sequence(
        profile=profile, chroma=chroma, coded_size=coded, window=window, depths=depths,
        order_bits=order_bits, buffers=buffers, tail=reader.between(start, reader.place),
        sao=sao, set_counts=set_counts, motion_vectors=motion_vectors,
    )  # fmt: skip


def _tools(reader: BitReader) -> tuple[bool, tuple[int, ...], bool]:
    """Read from the block sizes up to the VUI."""
    for _ in range(6):
        reader.golomb()
    if reader.flag():
        _need(not reader.flag(), "scaling lists")
    reader.flag()
    sao = reader.flag()
    if reader.flag():
        reader.bits(8)
        reader.golomb()
        reader.golomb()
        reader.flag()
    counts: list[int] = []
    total = reader.golomb()
    for k in range(total):
        counts.append(skip_reference_set(reader, k, counts, in_slice=False))
    _need(not reader.flag(), "long-term references")
    motion_vectors = reader.flag()
    reader.flag()
    return sao, tuple(counts), motion_vectors


def skip_reference_set(reader: BitReader, index: int, counts: list[int], *, in_slice: bool) -> int:
    """Read past a short-term set of reference pictures; return how many it has (clause 7.3.7)."""
    if index and reader.flag():
        back = reader.golomb() + 1 if in_slice else 1
        reader.flag()
        reader.golomb()
        count = 0
        for _ in range(counts[index - back] + 1):
            used = reader.flag()
            count += used or reader.flag()
        return count
    count = reader.golomb() + reader.golomb()
    for _ in range(count):
        reader.golomb()
        reader.flag()
    return count


def read_picture_parameters(unit: bytes) -> PictureParameters:
    """Read a picture parameter set.

    Raises:
        EncodeError: If it uses something that is not needed for spatial video.
    """
    data = unescaped(unit)[2:]
    reader = BitReader(data)
    _need(reader.golomb() == 0 and reader.golomb() == 0, "parameter sets with other ids than 0")
    start = reader.place
    _need(not reader.flag(), "dependent slices")
    output_flag, extra_bits = reader.flag(), reader.bits(3)
    reader.flag()
    cabac_init = reader.flag()
    references = reader.golomb() + 1, reader.golomb() + 1
    reader.signed_golomb()
    reader.bits(2)
    if reader.flag():
        reader.golomb()
    reader.signed_golomb()
    reader.signed_golomb()
    chroma_offsets = reader.flag()
    _need(not reader.bits(2), "weighted prediction")
    reader.flag()
    _need(not reader.bits(2), "tiles or wavefronts")
    across = reader.flag()
    override, off = _deblocking(reader)
    _need(not reader.flag(), "scaling lists")
    _need(not reader.flag(), "changed reference lists")
    reader.golomb()
    _need(not reader.flag(), "longer slice headers")
    whole = reader.between(0, 8 * len(data))
    return PictureParameters(
        body=whole[start : whole.rindex("1")], output_flag=output_flag, extra_bits=extra_bits,
        cabac_init=cabac_init, references=references, chroma_offsets=chroma_offsets,
        across=across, deblocking_override=override, deblocking_off=off,
    )  # fmt: skip


def _deblocking(reader: BitReader) -> tuple[bool, bool]:
    """Read whether slices may override deblocking, and whether it is off."""
    if not reader.flag():
        return False, False
    override, off = reader.flag(), reader.flag()
    if not off:
        reader.signed_golomb()
        reader.signed_golomb()
    return override, off


def _need(condition: bool, what: str) -> None:
    if not condition:
        raise EncodeError(f"the eye's HEVC stream uses {what}; use PyAV's own libx265")
