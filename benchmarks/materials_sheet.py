"""What substances look like: `python benchmarks/materials_sheet.py --out materials.jpg`.

Renders a ball and a block of every substance (or of those that are named, `oak marble:black …`)
side by side with Cycles, lit as a room is, with their names.
"""

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from physics.still import StillSimulator
from render.blender.renderer import BlenderRenderer
from render.camera_track import CameraTrack
from render.tonemap import tone_mapped
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.rounds import sphere
from scene_builder.assets.shapes.solid import Solid
from scene_builder.build.setting.lights import looking
from scene_builder.build.setting.panoramas import panorama_of
from scene_builder.build.setting.table import PLACES
from scene_builder.knowledge.materials import known_substances, material_for
from scene_builder.model.chance import stream
from scene_builder.model.lens import Lens
from scene_builder.model.light import Environment, Light
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage
from scene_builder.model.timeline import Timeline

COLUMNS = 9
TILE_PX = 132
TILE_M = 0.3
AWAY_M = 14.0
"""From the camera to the sheet: far, so that all tiles are seen alike."""
SCENERY = {"open_water": "#4a6a78", "straw": "#c9a95c", "planks": "#8f6a45",
           "chalkboard": "#2c4036"}  # fmt: skip
"""Materials that only places wear, and a colour for them."""
GLOWING = frozenset({"flame", "light"})
"""They would light the whole sheet."""


def thing(name: str, solid: Solid, material: Material, where: tuple[float, float, float]) -> Body:
    """Return a body of one material that stays where it is."""
    slots = np.zeros(len(solid.triangles), np.int32)
    return Body(
        id=name, noun="thing", mobility="static", materials=(material,), mass_kg=1.0,
        mesh=Mesh(vertices=solid.vertices, triangles=solid.triangles, material_index=slots),
        collider=Collider(shape="sphere", size=(0.1,)), center_of_mass=np.zeros(3),
        inertia=np.eye(3), pose=Pose.at(*where), asset=AssetCredit(name=name, source="benchmark"),
    )  # fmt: skip


def material_named(name: str) -> Material:
    """Return the material of `substance` or `substance:colour`."""
    if name in SCENERY:
        seen = material_for("plaster", SCENERY[name], stream(1, "sheet", name))
        return Material(name=name, base_color=seen.base_color)
    kind, _, color = name.partition(":")
    return material_for(kind, color or None, stream(1, "sheet", name))


def stage_of(names: Sequence[str]) -> Stage:
    """Return a wall of balls and blocks."""
    rows = -(-len(names) // COLUMNS)
    ball = sphere(0.085, detail=4)
    block = box(0.1, 0.1, 0.15, bevel=0.006).turned("z", 30.0)
    bodies = []
    for k, name in enumerate(names):
        x, z = (k % COLUMNS + 0.5) * TILE_M, -(k // COLUMNS + 0.5) * TILE_M
        material = material_named(name)
        bodies.append(thing(f"ball{k}", ball, material, (x - 0.05, 0.0, z + 0.035)))
        bodies.append(thing(f"block{k}", block, material, (x + 0.075, 0.06, z - 0.05)))
    wide, high = COLUMNS * TILE_M, rows * TILE_M
    grey = Material(name="plaster", base_color=np.full(3, 0.35))
    back = box(1.5 * wide, 0.02, 2.0 * high, bevel=0.0)
    bodies.append(thing("back", back, grey, (wide / 2, 0.4, -1.5 * high)))
    middle = np.array([wide / 2, 0.0, -high / 2])
    key = looking(middle + np.array([2.2, -3.2, 3.0]), middle)
    fill = looking(middle + np.array([-3.5, -3.0, 0.5]), middle)
    return Stage(
        bodies=tuple(bodies),
        lights=(
            Light(id="key", kind="area", pose=key, color=np.ones(3), power=520.0, size=1.0),
            Light(id="fill", kind="area", pose=fill, color=np.ones(3), power=110.0, size=2.0),
        ),
        environment=Environment(
            place="studio", indoor=True, time_of_day="day", weather="clear",
            sky_color=np.array([0.95, 0.97, 1.0]), sky_strength=0.35,
            panorama=panorama_of(PLACES["studio"], "day", "clear"),
        ),
        timeline=Timeline(frame_count=1, fps=Fraction(24), substeps=1),
    )  # fmt: skip


def picture_of(names: Sequence[str], samples: int) -> Image.Image:
    """Return the sheet."""
    stage = stage_of(names)
    rows = -(-len(names) // COLUMNS)
    size_px = (COLUMNS * TILE_PX, rows * TILE_PX)
    lens = Lens(
        focal_length_mm=36.0 * AWAY_M / (COLUMNS * TILE_M), sensor_width_mm=36.0, size_px=size_px
    )
    middle = np.array([COLUMNS * TILE_M / 2, 0.0, -rows * TILE_M / 2])
    eye = looking(middle + np.array([0.0, -AWAY_M, 0.0]), middle)
    track = CameraTrack(positions=eye.position[None], wxyz=eye.wxyz[None], lens=lens)
    motion = StillSimulator().simulate(stage)
    renderer = BlenderRenderer(samples=samples)
    frame = next(iter(renderer.render(stage, motion, track, frames=range(1))))
    sheet = Image.fromarray(tone_mapped(frame.rgb))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(11)
    for k, name in enumerate(names):
        place = (k % COLUMNS * TILE_PX + 5, (k // COLUMNS + 1) * TILE_PX - 15)
        draw.text(place, name, (245, 245, 245), font, stroke_width=1, stroke_fill=(20, 20, 20))
    return sheet


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="substances, each with a colour behind a colon")
    parser.add_argument("--out", type=Path, default=Path("materials.jpg"))
    parser.add_argument("--samples", type=int, default=24)
    given = parser.parse_args(arguments)
    names = given.names or [*(n for n in known_substances() if n not in GLOWING), *SCENERY]
    picture_of(names, given.samples).save(given.out, quality=88)
    sys.stdout.write(f"{len(names)} substances: {given.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
