"""What an asset library holds: all that worldreel can build, or what a run shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from pipeline.plugins import create
from pipeline.run_folder.stage_file import read_stage
from pipeline.run_folder.texture_files import bring_texture, texture_names
from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.nouns import built_nouns, noun_named
from scene_builder.model.chance import stream
from scene_builder.model.digest import digest
from scene_builder.model.errors import RunFolderError
from scene_builder.model.light import Environment, Light
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Stage
from scene_builder.model.timeline import Timeline
from scene_builder.model.words import Mobility

SOURCES = ("packaged", "procedural")
"""Where the shapes come from, first choice first."""

ONE_FRAME = Timeline(frame_count=1, fps=Fraction(24), substeps=1)

TITLES = {
    "animals": "Nature", "kitchen": "Tableware", "money": "Home", "outdoors": "Outdoors",
    "sports": "Sport", "tool": "Tools", "toy": "Toys", "vehicle": "Vehicles",
    "shape": "Shapes",
}  # fmt: skip
"""Catalogues of categories; all others have the category's own name."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thing:
    """One asset of a library.

    Attributes:
        title: What the asset browser calls it.
        catalogue: The catalogue that it lies in, `Toys`.
        tags: Words that it is found by.
        substance: What it is mainly made of; "" where that is not known any more.
        body: Shape, materials, mass and friction; at the origin.
    """

    title: str
    catalogue: str
    tags: tuple[str, ...]
    substance: str
    body: Body


def all_things(names: Sequence[str] | None = None, *, seed: int = 0) -> Iterator[Thing]:
    """Yield everything that worldreel builds by rule, or takes out of its packages.

    Args:
        names: Which nouns; None for all that have a shape of their own.
        seed: Draws colours and what varies from specimen to specimen.
    """
    sources: list[AssetSource] = [create("assets", name) for name in SOURCES]
    for name in built_nouns() if names is None else names:
        noun = noun_named(name)
        for source in sources:
            asset = source.find(name, Description(), stream(seed, "asset library", name))
            if asset is not None:
                yield Thing(
                    title=_title(name),
                    catalogue=TITLES.get(noun.category, _title(noun.category)),
                    tags=(noun.category, *noun.synonyms),
                    substance=asset.substance,
                    body=_body(asset, name),
                )
                break


def things_of(run: Path) -> tuple[Thing, ...]:
    """Return what a run shows, each thing once: not the place, not parts, not pieces.

    Raises:
        RunFolderError: If the run has no stage, or nothing stands on it.
    """
    found: dict[str, Thing] = {}
    for body in read_stage(run / "stage.json").bodies:
        if body.entity is None or body.piece_of is not None or body.part_of is not None:
            continue
        look = digest([body.mesh, body.materials])
        found.setdefault(look, Thing(
            title=_title(body.noun) if body.noun else body.id, catalogue=f"Runs/{run.name}",
            tags=(body.noun,), substance="", body=replace(body, pose=Pose.identity()),
        ))  # fmt: skip
    if not found:
        raise RunFolderError(f"{run} shows nothing that the words name; an asset library is empty")
    return tuple(found.values())


def shelf_of(things: tuple[Thing, ...], lights: tuple[Light, ...], sky: Environment) -> Stage:
    """Return a stage that holds things, all at the origin, each under a name of its own."""
    bodies = (replace(thing.body, id=f"thing#{k}") for k, thing in enumerate(things, start=1))
    return Stage(bodies=tuple(bodies), lights=lights, environment=sky, timeline=ONE_FRAME)


def bring_pictures(shelf: Stage, folder: Path, run: Path | None) -> Path:
    """Return where the pictures of a shelf's materials lie; they are brought there if need be.

    Args:
        shelf: What wears them.
        folder: For those of worldreel's own things.
        run: The run that holds them, or None.

    Raises:
        RunFolderError: If a picture cannot be found.
    """
    if run is not None:
        return run.resolve()
    for name in texture_names(shelf):
        bring_texture(folder, name)
    return folder


def credit_text(credit: AssetCredit) -> str:
    """Return in one line where a shape comes from, for the asset's description."""
    changed = f"; changed: {credit.changes}" if credit.changes else ""
    return f"{credit.name}, from {credit.source}{changed}; {credit.licence_url}".rstrip("; ")


def _body(asset: Asset, name: str) -> Body:
    kind = substance(asset.substance)
    mobility: Mobility = "static" if asset.furniture else "dynamic"
    return Body(
        id=f"{name}#1", noun=name, entity=name, mesh=asset.mesh, collider=asset.collider,
        materials=asset.materials, mass_kg=asset.mass_kg, center_of_mass=asset.center_of_mass,
        inertia=asset.inertia, pose=Pose.identity(), mobility=mobility, asset=asset.credit,
        friction=kind.friction, rolling_friction=kind.rolling_friction,
        spinning_friction=kind.spinning_friction, restitution=kind.restitution,
    )  # fmt: skip


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
