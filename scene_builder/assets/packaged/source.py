"""The asset source that takes models out of installed Python packages."""

import functools
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import final

import numpy as np

from scene_builder.assets.library.kinds import UNREAL, spaced
from scene_builder.assets.licences import LicencePolicy, accepts
from scene_builder.assets.packaged.catalogue import Model, models, package_folder
from scene_builder.assets.procedural.proportions import plausible_mass
from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.assets.surface import Surface
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.nouns import Match, resolve_noun
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError
from scene_builder.model.stage import AssetCredit

log = logging.getLogger(__name__)


@final
class PackagedSource(AssetSource):
    """Finds the models that our dependencies carry and that look better than what we build."""

    name = "packaged"

    def __init__(
        self,
        catalogue: Sequence[Model] | None = None,
        *,
        licence: LicencePolicy = "any",
        where: Callable[[str], Path | None] = package_folder,
    ) -> None:
        """Choose among models.

        Args:
            catalogue: The models; None for worldreel's own catalogue.
            licence: Which licences are accepted.
            where: Returns the folder of a package, or None if it is not installed.
        """
        known = models() if catalogue is None else catalogue
        allowed = [one for one in known if accepts(licence, one.licence)]
        self._models = {one.noun: one for one in allowed}
        self._where = where

    @property
    def identity(self) -> str:
        """What names the models in a key: their files' digests, and which packages are there."""
        there = {one.package: self._where(one.package) is not None for one in self._models.values()}
        return digest([list(self._models.values()), there])

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return a packaged model of what `noun` names, or None.

        None also where the words ask for another substance: a model's picture shows its own.
        Where the package is missing, or holds another file, there is no model; that is logged.

        Args:
            noun: A noun, with or without modifiers.
            description: What else the words say.
            rng: Draws small variations of the materials.

        Raises:
            UnknownNameError: If the description's material is unknown.
            SceneError: If its colour or size is none.
        """
        match = resolve_noun(noun)
        model = self._models.get(match.noun.name) if match else None
        if match is None or model is None or _is_another(noun, match, model, description):
            return None
        folder = self._where(model.package)
        if folder is None:
            return None
        try:
            surface = _surface(model, folder)
        except AssetError as error:
            log.warning("%s of %s is not used: %s", model.title, model.package, error)
            return None
        return _asset(model, surface, match, noun, description, rng)


def _is_another(noun: str, match: Match, model: Model, description: Description) -> bool:
    """Whether the words ask for what the model does not show: a paper duck, one of glass."""
    if not match.exact and UNREAL & set(spaced(noun).split()[:-1]):
        return True
    asked = description.material
    return asked is not None and substance(asked).shader != substance(model.substance).shader


@functools.lru_cache(maxsize=8)
def _surface(model: Model, folder: Path) -> Surface:
    # It reads meshes with heavy packages, which a run without such a thing need not load.
    from scene_builder.assets.packaged.reading import read_model

    return read_model(model, folder)


def _asset(
    model: Model,
    surface: Surface,
    match: Match,
    noun: str,
    description: Description,
    rng: np.random.Generator,
) -> Asset:
    from scene_builder.assets.making import asset_from_surface

    x, y, z = np.ptp(surface.vertices, axis=0)
    asset = asset_from_surface(
        surface, kind=match.noun, noun=noun, description=description, rng=rng,
        credit=AssetCredit(
            name=model.title, source=model.package, author=model.author, licence=model.licence,
            licence_url=model.licence_url, changes=model.changes, score=match.score,
        ),
        size_m=(float(x), float(y), float(z)), substance=model.substance,
    )  # fmt: skip
    return asset if description.mass_kg is not None else _hollow(asset, model, match, description)


def _hollow(asset: Asset, model: Model, match: Match, description: Description) -> Asset:
    """Return an asset as heavy as its wall; the wall grows with the size."""
    from scene_builder.assets.mass import shell_of

    wall_m = model.wall_m * float(asset.mesh.extents.max()) / model.largest_m
    if wall_m <= 0:
        return asset
    corners = np.asarray(asset.mesh.vertices, np.float64)
    density = substance(asset.substance).density
    shell = shell_of(corners, asset.mesh.triangles, density, wall_m)
    shell = shell.weighing(plausible_mass(shell.mass_kg, match.noun, description))
    return replace(
        asset, mass_kg=shell.mass_kg, center_of_mass=shell.center_of_mass, inertia=shell.inertia
    )
