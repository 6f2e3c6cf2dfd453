"""Which titles of a catalogue a phrase comes near to, by the sentence encoder."""

import functools
import hashlib
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Float

from scene_builder.assets.library.entry import Entry
from scene_builder.knowledge.encoder import (
    MINILM,
    WIDTH,
    PhraseEncoder,
    encoder_at_hand,
    sentence_encoder,
)
from scene_builder.knowledge.neighbours import PHRASE
from scene_builder.knowledge.wheels import cache_folder
from scene_builder.model.arrays import Array

MOST = 12
"""How many titles are looked at."""


def near_titles(
    phrase: str, entries: Sequence[Entry], encoder: PhraseEncoder | None = None
) -> list[tuple[Entry, float]]:
    """Return the entries whose titles and tags are nearest to a phrase, with their cosines.

    Args:
        phrase: A noun phrase.
        entries: The models to choose among.
        encoder: Judges meanings; None for worldreel's own, if its weights are at hand; what it
            makes of a catalogue is kept in the cache folder.

    Returns:
        At most 12, the nearest first; [] without an encoder.
    """
    keep = encoder is None
    encoder = encoder or encoder_at_hand()
    if encoder is None or not entries or not phrase:
        return []
    captions = tuple(_caption(entry) for entry in entries)
    known = _kept(captions) if keep else encoder(captions)
    likeness = np.asarray(known, np.float32) @ encoder([PHRASE.format(phrase)])[0]
    nearest = np.argsort(-likeness, kind="stable")[:MOST]
    return [(entries[k], float(min(likeness[k], 1.0))) for k in nearest]


def _caption(entry: Entry) -> str:
    said = ", ".join((entry.title, *entry.tags))
    return PHRASE.format(said.casefold())


@functools.lru_cache(maxsize=4)
def _kept(captions: tuple[str, ...]) -> Float[Array, "n d"]:
    text = "\n".join((MINILM.sha256, *captions)).encode()
    path = cache_folder() / "libraries" / f"titles-{hashlib.sha256(text).hexdigest()[:24]}.npz"
    found = _read(path, len(captions))
    if found is None:
        distinct = tuple(dict.fromkeys(captions))
        encoder = sentence_encoder()
        rows = dict(zip(distinct, encoder(distinct), strict=True))
        found = np.stack([rows[caption] for caption in captions])
        _write(path, found)
    return found


def _read(path: Path, count: int) -> Float[Array, "n d"] | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            rows = np.asarray(stored["titles"], np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return rows if rows.shape == (count, WIDTH) else None


def _write(path: Path, rows: Float[Array, "n d"]) -> None:
    """Keep what was computed; a cache that cannot be written is no reason to stop."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
            np.savez_compressed(file, titles=rows.astype(np.float16))
        Path(file.name).replace(path)
    except OSError:
        return
