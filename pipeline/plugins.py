"""What each seam offers: a table of import strings, then what other packages add.

Listing imports nothing; a class is imported when it is asked for. Another package adds to a
seam by an entry point of the group `worldreel.<seam>`, for example `worldreel.renderer`.

A family has one name for many implementations: what stands behind a colon says which, as in
`transformers:Qwen/Qwen3-4B-Instruct-2507`.
"""

import difflib
import importlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Literal

from scene_builder.model.errors import MissingExtraError, UnknownNameError

Seam = Literal[
    "reader", "assets", "simulator", "renderer", "stylizer", "exporter", "executor"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One implementation of a seam.

    Attributes:
        target: Import string, `module:Class`.
        says: What it is, in a few words.
        options: What its class is called with.
        extra: The optional dependency group that it needs, if any.
        takes: What stands behind the colon, if it is a family; its target is called with that.
    """

    target: str
    says: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    extra: str = ""
    takes: str = ""


OWN_PACKAGES = ("scene_builder", "physics", "render", "pipeline")
_BLENDER = "render.blender.renderer:BlenderRenderer"

TABLE: dict[Seam, dict[str, Entry]] = {
    "reader": {
        "embedded": Entry(
            target="scene_builder.language.embedded:EmbeddedReader",
            says="a small tuned language model, a tagger and the rules, voting; on this machine",
        ),
        "vote": Entry(
            target="scene_builder.language.voting_reader:VotingReader",
            says="the tagger and the rules without the language model; a tenth of a second",
        ),
        "rules": Entry(
            target="scene_builder.language.rules:RuleReader",
            says="word lists and patterns; no model",
        ),
        "chat": Entry(
            target="scene_builder.language.chat:ChatReader",
            says="any OpenAI-compatible server (OPENAI_BASE_URL, OPENAI_API_KEY)",
        ),
    },
    "assets": {
        "folder": Entry(
            target="scene_builder.assets.folder:FolderSource",
            says="your own models (--assets DIR)",
        ),
        "library": Entry(
            target="scene_builder.assets.library.source:LibrarySource",
            says="models of installed libraries (worldreel assets install)",
        ),
        "packaged": Entry(
            target="scene_builder.assets.packaged.source:PackagedSource",
            says="models that our dependencies carry",
        ),
        "procedural": Entry(
            target="scene_builder.assets.procedural.source:ProceduralSource",
            says="everyday things built from measurements",
        ),
        "primitives": Entry(
            target="scene_builder.assets.primitives:PrimitiveSource",
            says="plain boxes for anything",
        ),
    },
    "simulator": {
        "bullet": Entry(target="physics.bullet.simulator:BulletSimulator", says="PyBullet"),
        "mujoco": Entry(target="physics.mujoco.simulator:MujocoSimulator", says="MuJoCo"),
        "still": Entry(target="physics.still:StillSimulator", says="nothing moves"),
    },
    "renderer": {
        "cycles": Entry(
            target=_BLENDER, options={"engine": "cycles"}, says="Blender's path tracer"
        ),
        "eevee": Entry(
            target=_BLENDER, options={"engine": "eevee"}, says="Blender's rasteriser (needs a GPU)"
        ),
        "workbench": Entry(
            target=_BLENDER, options={"engine": "workbench"}, says="Blender's viewport shading"
        ),
        "flat": Entry(target="render.flat:FlatRenderer", says="plain shading without Blender"),
    },
    "stylizer": {
        "plain": Entry(
            target="render.stylize.plain:PlainStylizer",
            says="tone mapping and one grade for every film",
        ),
        "toon": Entry(target="render.stylize.toon:ToonStylizer", says="ink lines and flat colours"),
        "painter": Entry(
            target="render.stylize.painter:PainterStylizer",
            says="brush, pen, clay or paper by rule (worldreel styles lists them)",
        ),
        "exemplar": Entry(
            target="render.stylize.exemplar.stylizer:ExemplarStylizer",
            says="palette and strokes of a picture (--style-image FILE)",
        ),
        "diffusion": Entry(
            target="render.stylize.diffusion.stylizer:DiffusionStylizer",
            says="worldreel's own diffusion model (--style oil, watercolor, …)",
        ),
    },
    "exporter": {
        "mp4": Entry(target="pipeline.export.films:FilmExporter", says="H.264 film"),
        "gif": Entry(target="pipeline.export.films:GifExporter", says="animated picture"),
        "png": Entry(target="pipeline.export.films:PngExporter", says="one picture a frame"),
        "usdz": Entry(
            target="pipeline.export.usd.exporter:UsdzExporter",
            says="a scene to stand before: Apple Vision Pro, Quick Look",
            extra="xr",
        ),
        "blend": Entry(
            target="pipeline.export.blend:BlendExporter",
            says="the shot in Blender, with its keyframes",
        ),
        "glb": Entry(
            target="pipeline.export.gltf.exporter:GlbExporter",
            says="a moving scene for web viewers and engines (glTF 2.0)",
        ),
        "html": Entry(
            target="pipeline.export.gltf.exporter:PageExporter",
            says="one web page to walk around in, without a network",
        ),
        "spatial": Entry(
            target="pipeline.export.spatial.exporter:SpatialExporter",
            says="a film for two eyes: MV-HEVC, or side by side",
        ),
        "asset-library": Entry(
            target="pipeline.export.asset_library:AssetLibraryExporter",
            says="a folder for Blender's asset browser",
        ),
    },
    "executor": {
        "in_process": Entry(
            target="pipeline.execution.in_process:InProcess", says="one after the other"
        ),
        "processes": Entry(
            target="pipeline.execution.processes:Processes", says="several at a time"
        ),
    },
}


FAMILIES: dict[Seam, dict[str, Entry]] = {
    "reader": {
        "transformers": Entry(
            target="scene_builder.language.chat:model_reader",
            says="any instruct model that transformers can load",
            takes="<hub id or folder>",
        ),
        "openai": Entry(
            target="scene_builder.language.chat:server_reader",
            says="any OpenAI-compatible server (key in WORLDREEL_API_KEY or OPENAI_API_KEY)",
            takes="<base url>#<model>",
        ),
    },
    "stylizer": {
        "sdxl": Entry(
            target="render.stylize.large.stylizers:SdxlStylizer",
            says="SDXL paints key frames, carried along exact motion (--model; needs a GPU)",
            takes="<hub id or folder>",
            extra="large",
        ),
        "wan": Entry(
            target="render.stylize.large.stylizers:WanStylizer",
            says="Wan VACE, a video model told exact depth and edges (--model; needs a GPU)",
            takes="<hub id or folder>",
            extra="large",
        ),
        "cosmos": Entry(
            target="render.stylize.large.stylizers:CosmosStylizer",
            says="Cosmos Transfer 2.5, from simulation to video (--model; needs a big GPU)",
            takes="<hub id or folder>",
            extra="large",
        ),
    },
}
"""Names that something behind a colon completes."""


def seams() -> tuple[Seam, ...]:
    """Return the names of all seams."""
    return tuple(TABLE)


def listing(seam: Seam) -> dict[str, Entry]:
    """Return what `seam` offers, by name; nothing is imported."""
    found = dict(TABLE[seam])
    for point in entry_points(group=f"worldreel.{seam}"):
        says = f"from {point.dist.name}" if point.dist else ""
        found.setdefault(point.name, Entry(target=point.value, says=says))
    return found


def families(seam: Seam) -> dict[str, Entry]:
    """Return the families that `seam` offers, by the name in front of the colon."""
    return dict(FAMILIES.get(seam, {}))


def entry_named(seam: Seam, name: str) -> Entry:
    """Return the entry of that name, or of the family in front of its colon.

    Raises:
        UnknownNameError: If there is none; the message lists what there is.
    """
    offers, kinds = listing(seam), families(seam)
    if name in offers:
        return offers[name]
    kind, colon, rest = name.partition(":")
    if kind in kinds and rest.strip():
        return kinds[kind]
    whole = {kind: f"{kind}:{kinds[kind].takes}" for kind in kinds}
    if kind in kinds:
        raise UnknownNameError(f"--{seam} {name!r} is not complete: write {whole[kind]}")
    close = difflib.get_close_matches(kind if colon else name, [*offers, *kinds], n=1)
    hint = f" Did you mean {whole.get(close[0], close[0])!r}?" if close else ""
    there = ", ".join([*offers, *whole.values()])
    raise UnknownNameError(f"No {seam} named {name!r}. There are: {there}.{hint}")


def create(seam: Seam, name: str, **options: Any) -> Any:  # noqa: ANN401 - any seam's class
    """Make the implementation of that name.

    Args:
        seam: Which seam.
        name: Which implementation.
        options: Wishes; those that its class does not know are left out.

    Raises:
        UnknownNameError: If there is no implementation of that name.
        SettingsError: If what stands behind the colon is not what the family takes.
        MissingExtraError: If a package that it needs is not installed.
    """
    entry = entry_named(seam, name)
    module, _, attribute = entry.target.partition(":")
    try:
        kind = getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in OWN_PACKAGES:
            raise  # a defect, which no installation mends
        mend = f"'worldreel[{entry.extra}]'" if entry.extra else str(error.name)
        raise MissingExtraError(
            f"the {seam} {name!r} needs the package {error.name!r}: pip install {mend}"
        ) from error
    known = inspect.signature(kind).parameters
    wishes = {**entry.options, **{key: options[key] for key in options if key in known}}
    return kind(name.partition(":")[2], **wishes) if entry.takes else kind(**wishes)
