"""What nouns look like on the stage: `python benchmarks/contact_sheet.py --out sheet.jpg`.

Takes nouns (default: `docs/assets/nouns.txt`) as a film would, from installed libraries and our
own builders, and renders them side by side with Cycles. `--numbered` leaves the names out, for
eyes that are to say what they see; `--pick 60 --seed 1` draws some of the nouns, and prints which.
"""

import argparse
import logging
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import bpy
import numpy as np
from mathutils import Matrix, Vector
from PIL import Image, ImageDraw, ImageFont

from pipeline.parts import Parts
from pipeline.settings import Settings
from scene_builder.assets.decompose import cache_folder
from scene_builder.assets.source import Asset, Description
from scene_builder.blender.session import fresh_scene
from scene_builder.blender.wardrobe import Wardrobe
from scene_builder.model.chance import stream

NOUNS = Path(__file__).parent.parent / "docs" / "assets" / "nouns.txt"
COLUMNS, ROWS = 10, 4
STEP = 1.3
"""Distance from tile to tile; a thing's largest side is 1."""

log = logging.getLogger("contact_sheet")


def asset_of(noun: str, seed: int) -> Asset | None:
    """Return what a film of this seed would show for a noun."""
    for source in Parts(Settings()).sources:
        found = source.find(noun, Description(), stream(seed, "build", noun))
        if found is not None:
            return found
    return None


def page_of(assets: Sequence[Asset], tile_px: int, samples: int) -> Image.Image:
    """Return a picture of at most `COLUMNS` × `ROWS` things, from above and to the right."""
    scene = fresh_scene()
    wardrobe = Wardrobe(cache_folder())
    turn = Matrix.Rotation(math.radians(20), 3, "X") @ Matrix.Rotation(math.radians(-32), 3, "Z")
    for k, asset in enumerate(assets):
        body = SimpleNamespace(id=str(k), noun=asset.noun, mesh=asset.mesh,
                               materials=asset.materials)  # fmt: skip
        thing = bpy.data.objects.new(asset.noun, wardrobe.dressed_mesh(body))
        some = asset.mesh.vertices[:: max(1, len(asset.mesh.vertices) // 4000)]
        corners = [turn @ Vector(v) for v in some]
        low = Vector([min(c[a] for c in corners) for a in range(3)])
        high = Vector([max(c[a] for c in corners) for a in range(3)])
        size = 1 / max(high.x - low.x, high.z - low.z)
        place = Vector((k % COLUMNS * STEP, 0, -(k // COLUMNS) * STEP))
        thing.matrix_world = Matrix.LocRotScale(
            place - (low + high) / 2 * size, turn.to_quaternion(), Vector((size, size, size))
        )
        scene.collection.objects.link(thing)
    _light(scene)
    scene.render.resolution_x, scene.render.resolution_y = COLUMNS * tile_px, ROWS * tile_px
    scene.cycles.samples = samples
    path = Path(bpy.app.tempdir or "/tmp") / "contact_sheet.png"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    with Image.open(path) as picture:
        return picture.convert("RGB")


def _light(scene: bpy.types.Scene) -> None:
    lens = bpy.data.cameras.new("camera")
    lens.type, lens.ortho_scale = "ORTHO", COLUMNS * STEP
    camera = bpy.data.objects.new("camera", lens)
    camera.location = ((COLUMNS - 1) * STEP / 2, -20, -(ROWS - 1) * STEP / 2)
    camera.rotation_euler = (math.pi / 2, 0, 0)
    scene.camera = camera
    sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
    sun.data.energy, sun.data.angle = 2.6, 0.3
    sun.rotation_euler = (math.radians(48), math.radians(-12), math.radians(-30))
    for thing in (camera, sun):
        scene.collection.objects.link(thing)
    world = scene.world = bpy.data.worlds.new("world")
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs[0].default_value = (0.8, 0.8, 0.8, 1)
    world.node_tree.nodes["Background"].inputs[1].default_value = 0.75
    scene.render.engine = "CYCLES"
    scene.cycles.use_denoising = True
    scene.cycles.max_bounces = 5
    scene.view_settings.view_transform = "Standard"


def main(arguments: Sequence[str] | None = None) -> None:
    """Choose, render, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nouns", type=Path, default=NOUNS)
    parser.add_argument("--out", type=Path, default=Path("sheet.jpg"))
    parser.add_argument("--pick", type=int, default=0, help="draw so many of the nouns")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tile", type=int, default=128, help="edge of a tile [px]")
    parser.add_argument("--samples", type=int, default=12)
    parser.add_argument("--numbered", action="store_true", help="numbers instead of names")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    nouns = [line.strip() for line in options.nouns.read_text("utf-8").splitlines()]
    nouns = [noun for noun in nouns if noun and not noun.startswith("#")]
    if options.pick:
        drawn = np.random.default_rng(options.seed).permutation(len(nouns))[: options.pick]
        nouns = [nouns[k] for k in drawn]
    found = [(noun, asset_of(noun, options.seed)) for noun in nouns]
    shown = [(noun, asset) for noun, asset in found if asset is not None]
    pages = []
    for start in range(0, len(shown), COLUMNS * ROWS):
        part = shown[start : start + COLUMNS * ROWS]
        page = page_of([asset for _, asset in part], options.tile, options.samples)
        draw, font = ImageDraw.Draw(page), ImageFont.load_default(11)
        for k, (noun, asset) in enumerate(part):
            label = str(start + k + 1) if options.numbered else noun
            mark = "" if options.numbered or not asset.credit.fallback else " (stand-in)"
            corner = (k % COLUMNS * options.tile + 4, (k // COLUMNS + 1) * options.tile - 14)
            draw.text(corner, label + mark, (40, 40, 40), font)
            log.info("%d %s: %s by %s", start + k + 1, noun, asset.credit.name, asset.credit.author)
        pages.append(page.crop((0, 0, page.width, -(-len(part) // COLUMNS) * options.tile)))
    sheet = Image.new("RGB", (pages[0].width, sum(page.height for page in pages)))
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height
    sheet.save(options.out, quality=78)
    log.info("%d things: %s", len(shown), options.out)


if __name__ == "__main__":
    main()
