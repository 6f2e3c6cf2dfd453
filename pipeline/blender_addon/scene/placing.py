"""A run's stage and motion are put into the open scene, in a collection of their own."""

from collections.abc import Set
from pathlib import Path

import bpy
import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from pipeline.blender_addon.scene import marks
from pipeline.blender_addon.scene.colors import remember_color
from pipeline.blender_addon.scene.fitting import fit_scene
from pipeline.blender_addon.scene.surfaces import drawn_extents, surface_of
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.stage_file import read_stage
from pipeline.steps.motion import TRACK, TRAJECTORY
from pipeline.steps.stage import STAGE
from render.blender.keyframes import animate, animate_body
from render.camera_track import CameraTrack
from scene_builder.blender.assemble import ID_PROPERTY, Assembly, assemble
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, Stage

COLLECTION = "worldreel"
CAMERA = "worldreel camera"
FLAT_M, SCALED = 1e-6, 1e-5
STILL_M = 1e-5
"""What moves by less gets no keys, and can be moved by hand at any frame [m]."""


def place(
    scene: bpy.types.Scene, run: Path, *, fit: bool, anew: bool, moving: bool = True,
    own: Set[str] | None = None,
) -> None:  # fmt: skip
    """Show a run in a scene; objects that are not the run's stay as they are.

    Args:
        scene: The open scene.
        run: The run folder, with a stage.
        fit: Whether the scene gets the run's length, size, camera and world.
        anew: Whether all objects are made again; if not, those that are there get new motion.
        moving: Whether its motion, if there is one, is shown.
        own: The bodies that the user's own objects show; None for all that they showed before.

    Raises:
        DamagedError: If the run's files are missing or damaged.
        AssetError: If a picture cannot be read.
    """
    stage = read_stage(run / STAGE)
    collection = own_collection(scene)
    known = bodies_in(scene)
    kept = {body_id: thing for body_id, thing in known.items() if thing.get(marks.OWN)}
    for body_id in set(kept) - (set(stage.body_ids) if own is None else set(own)):
        _let_go(kept.pop(body_id))
    ours = set(known) - set(kept)
    whole = set(stage.body_ids) - set(kept)
    if anew or ours != whole:
        clear(collection)
        _assemble(stage, run, scene, collection, set(kept))
    things = bodies_in(scene)
    for body in stage.bodies:
        _describe(things[body.id], body)
        if body.id not in kept and body.id not in stage.deforming:
            _size(things[body.id], body)
    if moving and (run / TRAJECTORY).exists() and (run / TRACK).exists():
        trajectory, track = read_trajectory(run / TRAJECTORY), read_track(run / TRACK)
        for body in stage.bodies:
            _move(things[body.id], trajectory, body.id)
        camera = _camera(collection, track)
        if fit:
            fit_scene(scene, camera, trajectory.frame_count, track.lens.size_px)
    else:
        for body in stage.bodies:
            _stand(things[body.id], body)


def own_collection(scene: bpy.types.Scene) -> bpy.types.Collection:
    """Return the scene's collection for the run; it is made if there is none."""
    known = scene.worldreel.collection
    if known is None:
        known = scene.worldreel.collection = bpy.data.collections.new(COLLECTION)
    if known not in scene.collection.children_recursive:
        scene.collection.children.link(known)
    return known


def bodies_in(scene: bpy.types.Scene) -> dict[str, bpy.types.Object]:
    """Return the objects of bodies by id; of copies, the one with the body's own name counts."""
    found: dict[str, bpy.types.Object] = {}
    for thing in scene.objects:
        body_id = marks.id_of(thing)
        if body_id is not None and (body_id not in found or thing.name == body_id):
            found[body_id] = thing
    return found


def clear(collection: bpy.types.Collection) -> None:
    """Delete all that the add-on put into a collection, and nothing else."""
    ours = [thing for thing in collection.all_objects if marks.is_ours(thing)]
    left: list[bpy.types.ID] = []
    for thing in ours:
        left += [slot.material for slot in thing.material_slots if slot.material is not None]
        left += _actions(thing)
        if thing.data is not None:
            left.append(thing.data)
        bpy.data.objects.remove(thing, do_unlink=True)
    unique = {item.as_pointer(): item for item in left}
    for item in sorted(unique.values(), key=lambda item: isinstance(item, bpy.types.Material)):
        if item.users == 0:
            bpy.data.batch_remove([item])


def _assemble(
    stage: Stage, run: Path, scene: bpy.types.Scene, into: bpy.types.Collection, without: set[str]
) -> Assembly:
    made = assemble(stage, into, textures_root=run.resolve())
    for lamp in made.lights.values():
        lamp[marks.PROP] = True
    for body_id in without:
        # The user's own object shows it.
        double = made.objects[body_id]
        mesh = double.data
        bpy.data.objects.remove(double, do_unlink=True)
        if mesh.users == 0:
            bpy.data.meshes.remove(mesh)
    for thing in into.all_objects:
        if marks.id_of(thing) is not None and not thing.get(marks.OWN):
            for slot in thing.material_slots:
                remember_color(slot.material)
    _surround(scene, made.world)
    return made


def _surround(scene: bpy.types.Scene, world: bpy.types.World) -> None:
    """Keep the run's world in the file, and drop the one before it."""
    before = scene.worldreel.world
    shown = before is not None and scene.world == before
    scene.worldreel.world = world
    if shown:
        scene.world = world
    if before is not None and before.users == 0:
        bpy.data.worlds.remove(before)


def _describe(thing: bpy.types.Object, body: Body) -> None:
    thing[marks.ROLE] = body.mobility
    thing[marks.MASS] = float(body.mass_kg)
    thing[marks.FRICTION] = float(body.friction)
    thing.id_properties_ui(marks.MASS).update(min=0.0, description="Mass [kg]")
    thing.id_properties_ui(marks.FRICTION).update(min=0.0, description="Coulomb's coefficient")


def _size(thing: bpy.types.Object, body: Body) -> None:
    """Show a body as large as it is: what grew along with another still has its old mesh."""
    drawn, wanted = drawn_extents(thing), np.asarray(body.mesh.extents, np.float64)
    thick = (drawn > FLAT_M) & (wanted > FLAT_M)
    factors = np.where(thick, wanted / np.where(thick, drawn, 1.0), 1.0)
    thing.scale = np.where(np.abs(factors - 1.0) > SCALED, factors, 1.0).tolist()


def _move(thing: bpy.types.Object, trajectory: Trajectory, body_id: str) -> None:
    """Give an object the keys of its body's motion; what does not move gets none."""
    k = trajectory.body_ids.index(body_id)
    pose = trajectory.pose(0, body_id)
    offset = _origin_of(thing)
    _forget_motion(thing)
    thing.rotation_mode = "QUATERNION"
    thing.location = (pose @ offset).tolist()
    thing.rotation_quaternion = pose.wxyz.tolist()
    way = np.abs(trajectory.positions[:, k] - trajectory.positions[0, k]).max()
    turn = np.abs(trajectory.wxyz[:, k] - trajectory.wxyz[0, k]).max()
    still = max(float(way), float(turn)) <= STILL_M and trajectory.present[:, k].all()
    if still and body_id not in trajectory.deform:
        return
    if not offset.any():
        animate_body(thing, trajectory, body_id)
        return
    frames = range(trajectory.frame_count)
    places = np.array([trajectory.pose(frame, body_id) @ offset for frame in frames])
    animate(thing, {"location": places, "rotation_quaternion": trajectory.wxyz[:, k]})


def _origin_of(thing: bpy.types.Object) -> Float[Array, "3"]:
    """Return where an object's origin is in its body's frame (3) [m]."""
    if not thing.get(marks.OWN):
        return np.zeros(3)
    return surface_of(thing).seated(np.array(thing.matrix_world.to_scale()))[1]


def _stand(thing: bpy.types.Object, body: Body) -> None:
    _forget_motion(thing)
    thing.rotation_mode = "QUATERNION"
    thing.location = (body.pose @ _origin_of(thing)).tolist()
    thing.rotation_quaternion = body.pose.wxyz.tolist()
    # A piece is there once its whole is broken.
    thing.hide_viewport = thing.hide_render = body.piece_of is not None


def _let_go(thing: bpy.types.Object) -> None:
    """Leave an object of the user to itself until it is simulated again."""
    _forget_motion(thing)
    del thing[ID_PROPERTY], thing[marks.OWN]


def _forget_motion(thing: bpy.types.Object) -> None:
    actions = _actions(thing)
    thing.animation_data_clear()
    thing.parent = None
    if thing.type == "MESH" and thing.data.shape_keys is not None and not thing.get(marks.OWN):
        thing.shape_key_clear()
    for action in actions:
        if action.users == 0:
            bpy.data.actions.remove(action)


def _actions(thing: bpy.types.Object) -> list[bpy.types.Action]:
    keys = getattr(thing.data, "shape_keys", None)
    data = [thing.animation_data, None if keys is None else keys.animation_data]
    return [one.action for one in data if one is not None and one.action is not None]


def _camera(collection: bpy.types.Collection, track: CameraTrack) -> bpy.types.Object:
    """Return the run's camera, on its way."""
    ours = (one for one in collection.all_objects if one.type == "CAMERA" and one.get(marks.PROP))
    camera = next(ours, None)
    if camera is None:
        camera = bpy.data.objects.new(CAMERA, bpy.data.cameras.new(CAMERA))
        camera[marks.PROP] = True
        collection.objects.link(camera)
    lens = track.lens
    camera.data.sensor_fit = "HORIZONTAL"
    camera.data.lens, camera.data.sensor_width = lens.focal_length_mm, lens.sensor_width_mm
    camera.data.clip_start, camera.data.clip_end = 0.01, 2000.0
    _forget_motion(camera)
    animate(camera, {"location": track.positions, "rotation_quaternion": track.wxyz})
    return camera
