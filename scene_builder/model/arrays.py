"""Read-only arrays: what every record keeps its numbers in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

if TYPE_CHECKING:
    Array = np.ndarray[Any, np.dtype[Any]]
else:
    Array = np.ndarray
    """What stands inside of shape annotations: `Float[Array, "n 3"]`."""


def read_only(values: ArrayLike, dtype: DTypeLike, shape: Sequence[int | None]) -> Array:
    """Copy `values` into a read-only array of `dtype`, checking its shape.

    Args:
        values: Anything numpy understands.
        dtype: The element type of the result.
        shape: The expected shape; None stands for any length.

    Returns:
        A C-contiguous array that cannot be written to.

    Raises:
        ValueError: If the shape differs.
    """
    array = np.array(values, dtype=dtype, order="C")
    fits = array.ndim == len(shape) and all(
        want is None or have == want for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits:
        wanted = " ".join("any" if n is None else str(n) for n in shape)
        raise ValueError(f"array of shape {array.shape} given where ({wanted}) is needed")
    array.setflags(write=False)
    return array


def set_read_only(
    record: object, field: str, dtype: DTypeLike, shape: Sequence[int | None]
) -> None:
    """Replace the array in `field` of a frozen record by a checked read-only copy."""
    try:
        array = read_only(getattr(record, field), dtype, shape)
    except ValueError as error:
        raise ValueError(f"{type(record).__name__}.{field}: {error}") from None
    object.__setattr__(record, field, array)
