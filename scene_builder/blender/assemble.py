"""A stage in Blender: what is there, at frame 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import bpy

from scene_builder.blender.fog import fog_over
from scene_builder.blender.lights import blender_light, place
from scene_builder.blender.wardrobe import Wardrobe
from scene_builder.blender.world import blender_world
from scene_builder.model.stage import Stage

ID_PROPERTY = "worldreel_id"
"""The custom property that holds a body's id: Blender may change an object's name."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assembly:
    """What a stage became in Blender.

    Attributes:
        objects: The object of each body, by body id.
        lights: The object of each lamp, by light id.
        world: The surroundings; whoever renders makes it the scene's.
    """

    objects: Mapping[str, bpy.types.Object]
    lights: Mapping[str, bpy.types.Object]
    world: bpy.types.World


def assemble(
    stage: Stage,
    into: bpy.types.Collection,
    *,
    textures_root: Path | None = None,
    volumes: bool = False,
) -> Assembly:
    """Add everything on `stage` to a collection; nothing that was there before is touched.

    Each object's frame is its body's frame, unscaled; `pass_index` is the body's index in
    pictures (from 1). Bodies with equal meshes and materials share one Blender mesh.

    Args:
        stage: What to build.
        into: Where the objects are linked.
        textures_root: The folder that materials' picture files are relative to.
        volumes: Whether fog is a volume; otherwise surfaces are drawn as they are seen through it.

    Raises:
        AssetError: If a texture cannot be read.
    """
    fog = fog_over(stage, into) if volumes else None
    wardrobe = Wardrobe(textures_root, bare=fog is not None)
    objects = {}
    for index, body in enumerate(stage.bodies, start=1):
        made = bpy.data.objects.new(
            body.id, wardrobe.dressed_mesh(body, deforms=body.id in stage.deforming)
        )
        made[ID_PROPERTY] = body.id
        made.pass_index = index
        place(made, body.pose)
        into.objects.link(made)
        objects[body.id] = made
    lights = {light.id: blender_light(light, into) for light in stage.lights}
    has_sun = any(light.kind == "sun" for light in stage.lights)
    return Assembly(
        objects=MappingProxyType(objects),
        lights=MappingProxyType(lights),
        world=blender_world(stage.environment, has_sun=has_sun),
    )
