"""The asset source that takes models out of installed libraries."""

import logging
import math
from collections.abc import Sequence
from typing import final

import numpy as np

from scene_builder.assets.library.choosing import Choice, pick, ranked
from scene_builder.assets.library.entry import LICENCE_URLS, Entry
from scene_builder.assets.library.installed import (
    installed_entries,
    installed_names,
    installed_state,
)
from scene_builder.assets.library.kinds import who_is_first
from scene_builder.assets.licences import LicencePolicy
from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError
from scene_builder.model.stage import AssetCredit

log = logging.getLogger(__name__)

STANDS_STILL_M = 1.2
"""A thing of unknown kind that a catalogue calls immovable, or that is larger, stays put."""


@final
class LibrarySource(AssetSource):
    """Finds models of installed libraries by meaning."""

    name = "library"

    def __init__(
        self, entries: Sequence[Entry] | None = None, *, licence: LicencePolicy = "any"
    ) -> None:
        """Choose among models.

        Args:
            entries: The models; None for those of every installed library, looked up when the
                first noun is asked for.
            licence: Which licences are accepted.
        """
        self._entries = entries
        self._licence = licence

    @property
    def identity(self) -> str:
        """What names the models in a key: those given, or what is installed; and the licence."""
        given = None if self._entries is None else [(e.library, e.key) for e in self._entries]
        return digest([self._licence, given, installed_state()])

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return a library's model of what `noun` names, or None.

        None also where our own builder makes the better thing, and where no library is
        installed. A model that cannot be converted is left aside for the next one.

        Args:
            noun: A noun, with or without modifiers.
            description: What else the words say.
            rng: Draws among models that are equally good.

        Raises:
            UnknownNameError: If the description's material is unknown.
            SceneError: If its colour or size is none.
        """
        entries = self._entries
        if entries is None:
            entries = installed_entries() if installed_names() else ()
        first = who_is_first(noun, description) if entries else "built"
        # The draw is made in any case, so that an edit of the table leaves others alone.
        heads = bool(rng.integers(2))
        if description.variant == "going" or first == "built" or (first == "either" and heads):
            return None
        choices = ranked(noun, description, entries, licence=self._licence)
        while choices:
            choice = pick(choices, rng)
            try:
                return _asset(choice, noun, description, rng)
            except AssetError as error:
                log.warning("%s of %s is not used: %s", choice.entry.title,
                            choice.entry.library, error)  # fmt: skip
                choices.remove(choice)
        return None


def _asset(choice: Choice, noun: str, description: Description, rng: np.random.Generator) -> Asset:
    # Both read meshes with heavy packages, which a run without a library need not load.
    from scene_builder.assets.library.bulbs import lit
    from scene_builder.assets.library.conversion import changes_of, converted
    from scene_builder.assets.making import asset_from_surface

    entry = choice.entry
    surface = lit(converted(entry), entry.bulbs)
    scale = choice.size_m[2] / entry.size_m[2]
    changes = [changes_of(entry), "a glowing bulb added" if entry.bulbs else ""]
    if not math.isclose(scale, 1.0, rel_tol=1e-6):
        changes.append(f"scaled by {scale:.3g}")
    credit = AssetCredit(
        name=entry.title, source=entry.library, author=entry.author, licence=entry.licence,
        licence_url=LICENCE_URLS[entry.licence], changes="; ".join(filter(None, changes)),
        score=round(choice.score, 4), fallback=choice.how == "meaning",
    )  # fmt: skip
    height = entry.support_height_m
    return asset_from_surface(
        surface, kind=choice.kind, noun=noun, description=description, rng=rng, credit=credit,
        size_m=choice.size_m, furniture=_stays(choice),
        supports_at_m=None if height is None else height * scale,
    )  # fmt: skip


def _stays(choice: Choice) -> bool | None:
    """Whether a thing of unknown kind stays where it is; None for what its kind says."""
    if choice.kind is not None:
        return None
    return not choice.entry.movable or max(choice.size_m) > STANDS_STILL_M
