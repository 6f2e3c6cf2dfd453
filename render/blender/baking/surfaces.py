"""Bodies of a shot, dressed for other programs: their materials become pictures."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import bpy
import numpy as np

from render.blender.baking.atlas import lay_out
from render.blender.baking.channels import color_map, normal_map, surface_map, varies
from render.blender.baking.corners import Corners, number_vertices
from render.blender.baking.cutting import cut_disc, keep_slots, thin_out
from render.blender.baking.slots import KINDS, Kind, kind_of, number
from render.blender.baking.store import SurfaceStore, surface_key
from render.blender.theatre import open_theatre
from render.dressed import DressedSurface, Look, Order, linear_mean
from render.shot import Shot
from scene_builder.blender.wardrobe import role_of
from scene_builder.model.digest import digest
from scene_builder.model.stage import Body

_GLASS_OPACITY, _STAINED_OPACITY, _SHELL_ROUGHNESS = 0.25, 0.7, 0.5
"""Of glass without colour, and of deeply coloured glass; and how rough either may be."""
_MIN_NORMAL_PX, _MOST_NORMAL_PX = 512, 1024
"""Edges of pictures from which normals are bent at all, and beyond which it is not worth its time:
each of their points asks the pattern three times."""
_WHOLE = 1.0
_BRIGHTEST = 1.0


def dressed_surfaces(
    shot: Shot,
    orders: Mapping[str, Order],
    *,
    textures_root: Path | None = None,
    store: SurfaceStore | None = None,
) -> Mapping[str, tuple[DressedSurface, ...]]:
    """Return the surfaces of the bodies that are ordered, by body id.

    Bodies that share mesh, materials and order share the very same surfaces. What was in
    Blender before stays untouched.

    Args:
        shot: What is there.
        orders: What is wanted of which body.
        textures_root: The folder that materials' picture files are relative to.
        store: Where surfaces are kept from one time to the next; None bakes all.

    Raises:
        AssetError: If a texture cannot be read.
        RenderError: If Blender cannot bake.
    """
    index = {body_id: k for k, body_id in enumerate(shot.stage.body_ids, start=1)}
    models = _models(shot, orders)
    keys = {
        body.id: surface_key(
            body, orders[body.id], index=index[body.id], textures_root=textures_root,
            deforms=body.id in shot.stage.deforming,
        )
        for body in shot.stage.bodies
        if body.id in set(models.values())
    }  # fmt: skip
    made = {}
    for body_id, key in keys.items():
        kept = store.find(key) if store is not None else None
        if kept is not None:
            made[body_id] = kept
    wanted = tuple(b for b in shot.stage.bodies if b.id in keys and b.id not in made)
    if wanted:
        made.update(_baked(shot, wanted, index, orders, textures_root))
        if store is not None:
            for body in wanted:
                store.keep(keys[body.id], made[body.id])
    return {body.id: made[models[body.id]] for body in shot.stage.bodies if body.id in orders}


def _models(shot: Shot, orders: Mapping[str, Order]) -> dict[str, str]:
    """Return for each body that is ordered the first one that looks the same."""
    first: dict[str, str] = {}
    models = {}
    for body in shot.stage.bodies:
        if body.id in orders:
            own = body.id if body.id in shot.stage.deforming else None
            look = digest([body.mesh, body.materials, role_of(body), own, orders[body.id]])
            models[body.id] = first.setdefault(look, body.id)
    return models


def _baked(
    shot: Shot,
    bodies: tuple[Body, ...],
    index: Mapping[str, int],
    orders: Mapping[str, Order],
    textures_root: Path | None,
) -> dict[str, tuple[DressedSurface, ...]]:
    wanted = replace(shot.stage, bodies=bodies, lights=())
    found = {}
    with open_theatre(wanted, shot.track, textures_root=textures_root) as theatre:
        _set_baking(theatre.scene)
        with _in_front(theatre.scene):
            for thing in theatre.assembly.objects.values():
                thing.hide_render = True
            for body_id, thing in theatre.assembly.objects.items():
                thing.pass_index = index[body_id]  # it shifts the pattern
                found[body_id] = tuple(_surfaces(theatre.scene, thing, orders[body_id]))
    return found


def _surfaces(
    scene: bpy.types.Scene, thing: bpy.types.Object, order: Order
) -> Iterator[DressedSurface]:
    kinds = [kind_of(slot) for slot in thing.data.materials]
    for kind in KINDS:
        slots = {k for k, found in enumerate(kinds) if found == kind}
        with _part(scene, thing, slots, order) as part:
            if part is not None:
                yield _dressed(part, kind, order)


@contextmanager
def _part(
    scene: bpy.types.Scene, thing: bpy.types.Object, slots: set[int], order: Order
) -> Iterator[bpy.types.Object | None]:
    """Give an object with some slots' faces of another, alone in the selection."""
    if not slots:
        yield None
        return
    mesh = thing.data.copy()
    number_vertices(mesh)
    keep_slots(mesh, slots)
    if order.within_m is not None:
        cut_disc(mesh, order.within_m)
    part = bpy.data.objects.new("part", mesh)
    part.rotation_mode = "QUATERNION"
    part.location, part.rotation_quaternion = thing.location, thing.rotation_quaternion
    part.pass_index = thing.pass_index
    scene.collection.objects.link(part)
    layer = scene.view_layers[0]
    layer.objects.active = part
    part.select_set(True, view_layer=layer)
    meshes = [mesh]
    try:
        if order.keep < _WHOLE and len(mesh.polygons):
            thin_out(part, order.keep)
            meshes.append(part.data)
        _drop_unused_slots(part.data, slots)
        yield part if len(part.data.polygons) else None
    finally:
        bpy.data.objects.remove(part)
        for item in meshes:
            bpy.data.meshes.remove(item)


def _drop_unused_slots(mesh: bpy.types.Mesh, slots: set[int]) -> None:
    """Renumber the faces so that only the slots that they use are left."""
    kept = sorted(slots)
    numbers = np.zeros(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("material_index", numbers)
    for slot in reversed(range(len(mesh.materials))):
        if slot not in slots:
            mesh.materials.pop(index=slot)
    mesh.polygons.foreach_set("material_index", np.searchsorted(kept, numbers).astype(np.int32))


def _dressed(part: bpy.types.Object, kind: Kind, order: Order) -> DressedSurface:
    if kind == "clear":
        look = _clear_look(part.data.materials[0])
    else:
        lay_out(part)
        look = _baked_look(part, kind, order.map_px)
    corners = Corners(part.data)
    return DressedSurface(
        points=corners.points,
        normals=corners.normals,
        uv=corners.uv if look.has_maps else None,
        triangles=corners.triangles,
        vertex=corners.vertex,
        look=look,
    )


def _clear_look(material: bpy.types.Material) -> Look:
    color = np.array(material.diffuse_color[:3], np.float64)
    stain = float(np.ptp(color) / max(color.max(), 1e-6))
    return Look(
        name=material.name,
        base_color=color,
        roughness=min(number(material, "Roughness", material.roughness), _SHELL_ROUGHNESS),
        opacity=_GLASS_OPACITY + stain * (_STAINED_OPACITY - _GLASS_OPACITY),
        ior=number(material, "IOR", 1.5),
        emission=np.zeros(3),
    )


def _baked_look(part: bpy.types.Object, kind: Kind, px: int) -> Look:
    material = part.data.materials[0]
    colors = color_map(part, kind, px)
    mean = linear_mean(colors)
    glows = kind == "glowing"
    colored = varies(colors)
    shown = surface_map(part, max(px // 2, 64)) if not glows else None
    rough = shown is not None and varies(shown)
    numbers = shown.reshape(-1, 3).mean(axis=0) / 255 if shown is not None else (0.0, 1.0, 0.0)
    bent = (
        normal_map(part, min(px, _MOST_NORMAL_PX))
        if kind == "opaque" and px >= _MIN_NORMAL_PX
        else None
    )
    strength = number(material, "Emission Strength") if glows else 0.0
    return Look(
        name=material.name,
        base_color=np.zeros(3) if glows else mean,
        roughness=float(numbers[1]),
        metallic=float(numbers[2]),
        emission=np.minimum(mean * strength, _BRIGHTEST),
        color_map=colors if colored else None,
        surface_map=shown if rough else None,
        normal_map=bent,
        glows=glows,
        two_sided=kind == "cutout",
    )


def _set_baking(scene: bpy.types.Scene) -> None:
    scene.world = None
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.use_denoising = False
    scene.cycles.seed = 0
    scene.render.bake.use_selected_to_active = False


@contextmanager
def _in_front(scene: bpy.types.Scene) -> Iterator[None]:
    """Show a scene in Blender's windows meanwhile: its operators work on nothing else."""
    windows = list(bpy.context.window_manager.windows)
    before = [window.scene for window in windows]
    for window in windows:
        window.scene = scene
    try:
        yield
    finally:
        for window, shown in zip(windows, before, strict=True):
            window.scene = shown
