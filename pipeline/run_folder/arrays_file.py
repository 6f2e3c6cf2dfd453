"""Arrays as .npz files: never pickled, checked when read, the same bytes every time."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from pipeline.run_folder.atomic import write_with
from pipeline.run_folder.documents import DamagedError
from scene_builder.model.arrays import Array


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write named arrays to `path`."""

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:
            np.savez_compressed(file, **dict(arrays))

    write_with(path, write)


def read_arrays(
    path: Path, names: tuple[str, ...], *, perhaps: tuple[str, ...] = ()
) -> dict[str, Array]:
    """Read the named arrays of `path`.

    Args:
        path: The file.
        names: What it has to hold.
        perhaps: What it may hold.

    Raises:
        DamagedError: If the file is missing or damaged, or lacks one of `names`.
    """
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            broken = archive.testzip()  # numpy itself does not look at the checksums
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            wanted = [name for name in (*names, *perhaps) if name in file.files]
            arrays = {name: np.asarray(file[name]) for name in wanted}
    except OSError as error:
        raise DamagedError(f"{path} cannot be read: {error}; make it again") from error
    except Exception as error:  # zipfile, zlib, numpy and struct each have their own errors
        raise DamagedError(f"{path} is damaged ({error}); make it again") from error
    lacking = [name for name in names if name not in arrays]
    if broken or lacking:
        what = f"{broken} is damaged" if broken else f"it lacks {', '.join(lacking)}"
        raise DamagedError(f"{path} is damaged ({what}); make it again")
    return arrays
