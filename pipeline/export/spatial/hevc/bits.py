"""Reading and writing single bits, as HEVC's headers need (ITU-T H.265, clause 9.2)."""

import re


class BitReader:
    """Reads numbers from a byte string, most significant bit first.

    Attributes:
        place: How many bits have been read.
    """

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._length = 8 * len(data)
        self.place = 0

    def bits(self, count: int) -> int:
        """Read an unsigned number of `count` bits.

        Raises:
            EOFError: If there are not so many bits left.
        """
        self.place += count
        if self.place > self._length:
            raise EOFError(f"{self._length} bits given; bit {self.place} is asked for")
        return (self._value >> (self._length - self.place)) & ((1 << count) - 1)

    def flag(self) -> bool:
        """Read one bit."""
        return bool(self.bits(1))

    def golomb(self) -> int:
        """Read an unsigned Exp-Golomb number, ue(v)."""
        zeros = 0
        while not self.bits(1):
            zeros += 1
        return (1 << zeros) - 1 + self.bits(zeros)

    def signed_golomb(self) -> int:
        """Read a signed Exp-Golomb number, se(v)."""
        number = self.golomb()
        return (number + 1) // 2 if number % 2 else -(number // 2)

    def between(self, start: int, stop: int) -> str:
        """Return the bits from `start` up to `stop` as a text of 0 and 1; nothing is read."""
        value = (self._value >> (self._length - stop)) & ((1 << (stop - start)) - 1)
        return format(value, f"0{stop - start}b") if stop > start else ""

    @property
    def left(self) -> int:
        """How many bits have not been read."""
        return self._length - self.place


class BitWriter:
    """Writes numbers bit by bit; every method returns the writer."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def bits(self, value: int, count: int) -> "BitWriter":
        """Write an unsigned number of `count` bits."""
        return self.copy(format(value, f"0{count}b") if count else "")

    def flags(self, *values: bool | int) -> "BitWriter":
        """Write one bit for each value."""
        return self.copy("".join("1" if value else "0" for value in values))

    def golomb(self, value: int) -> "BitWriter":
        """Write an unsigned Exp-Golomb number, ue(v)."""
        text = format(value + 1, "b")
        return self.copy("0" * (len(text) - 1) + text)

    def copy(self, text: str) -> "BitWriter":
        """Write bits given as a text of 0 and 1."""
        self._parts.append(text)
        self._length += len(text)
        return self

    def align(self, bit: int) -> "BitWriter":
        """Fill up the last byte with `bit`."""
        return self.copy(str(bit) * (-self._length % 8))

    def payload(self) -> bytes:
        """Return what was written with HEVC's trailing bits: a 1, then 0 up to a whole byte."""
        text = "".join(self._parts) + "1"
        text += "0" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big")


_ESCAPED = re.compile(rb"\x00\x00\x03(?=[\x00-\x03]|$)")
_TO_ESCAPE = re.compile(rb"\x00\x00(?=[\x00-\x03])")


def unescaped(data: bytes) -> bytes:
    """Return a NAL unit's bytes without the bytes that prevent start codes."""
    return _ESCAPED.sub(b"\x00\x00", data)


def escaped(data: bytes) -> bytes:
    """Return a NAL unit's bytes with the bytes that prevent start codes (clause 7.4.2)."""
    parts, start = [], 0
    while (found := _TO_ESCAPE.search(data, start)) is not None:
        parts.append(data[start : found.end()] + b"\x03")
        start = found.end()
    whole = b"".join([*parts, data[start:]])
    return whole + b"\x03" if whole.endswith(b"\x00\x00") else whole
