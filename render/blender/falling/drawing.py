"""Drops and flakes in Blender: points that a node group moves, and what stands at each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import bpy
import numpy as np

from render.blender.falling.paths import Paths, falling_in, paths_of
from render.shot import Shot
from render.weather.precipitation import Precipitation
from scene_builder.model.arrays import Array

FALLING_PROPERTY = "worldreel_falling"
"""The custom property of an object whose instances are drops or flakes: water or snow."""
_WIDER = 1.6
"""How much wider than its drop a streak is drawn, where it is not opaque."""
_MOST_OPACITY = 0.85
_SIDES = 5
_FLAKE = (0.95, 0.95, 0.95, 1.0)
_DROP = (0.92, 0.95, 1.0, 1.0)
Socket = Any
"""An output of a node (`bpy.types.NodeSocket`)."""


@contextmanager
def falling(
    shot: Shot, scene: bpy.types.Scene, camera: bpy.types.Object, *, seed: int
) -> Iterator[Sequence[bpy.types.Object]]:
    """Let it rain or snow in a scene while the block runs; give the objects, none in dry weather.

    What falls is moved by the scene's time alone, along ways that end where something keeps it
    off at frame 0.

    Args:
        shot: Names the weather.
        scene: Where the objects go.
        camera: What is near to it is not drawn.
        seed: Seed of the run.
    """
    falls = falling_in(shot)
    added: list[Any] = []
    things = []
    try:
        if falls is not None:
            kind = "rain" if falls.matter == "water" else "snow"
            for k, paths in enumerate(paths_of(shot, falls, seed=seed), start=1):
                things.append(_thing(f"{kind} {k}", paths, falls, camera, added))
                scene.collection.objects.link(things[-1])
        yield things
    finally:
        bpy.data.batch_remove(added)


def _thing(
    name: str, paths: Paths, falls: Precipitation, camera: bpy.types.Object, added: list[Any]
) -> bpy.types.Object:
    widths, lengths, opacity = _sizes(paths, falls)
    mesh = bpy.data.meshes.new(name)
    added.append(mesh)
    mesh.vertices.add(len(paths.tops))
    mesh.vertices.foreach_set("co", paths.tops.astype(np.float32).ravel())
    for attribute, values in {
        "velocity": paths.velocities,
        "period": paths.periods_secs,
        "phase": paths.phases_secs,
        "end": paths.ends_secs,
        "width": widths,
        "length": lengths,
    }.items():
        _store(mesh, attribute, values)
    tree = bpy.data.node_groups.new(name, "GeometryNodeTree")
    material = _material(name, falls, opacity)
    added += [tree, material]
    _wire(tree, falls, material, camera, paths.near_m)
    thing = bpy.data.objects.new(name, mesh)
    added.append(thing)
    thing.modifiers.new(name, "NODES").node_group = tree
    thing[FALLING_PROPERTY] = falls.matter
    # Whatever falls is too thin to darken anything, or to light it.
    thing.visible_shadow = thing.visible_diffuse = False
    return thing


def _sizes(paths: Paths, falls: Precipitation) -> tuple[Array, Array, float]:
    """Return widths (n) [m], lengths (n) [m] and opacity, such that as much is covered as truly is.

    A drop that moves while the shutter is open covers its disc's area, however long its streak;
    what stands for several covers as much as they do.
    """
    diameters = paths.diameters_m
    if falls.matter == "snow":
        wide = diameters * np.sqrt(paths.stands_for)
        return wide, wide, 1.0
    lengths = np.linalg.norm(paths.velocities, axis=1) * falls.exposure_secs
    area = paths.stands_for * np.pi / 4 * diameters**2
    opacity = float(np.median(area / (_WIDER * diameters * lengths)))
    wide = _WIDER * diameters * max(1.0, opacity / _MOST_OPACITY)
    return wide, lengths, min(opacity, _MOST_OPACITY)


def _store(mesh: bpy.types.Mesh, name: str, values: Array) -> None:
    several = values.ndim > 1
    kind, field = ("FLOAT_VECTOR", "vector") if several else ("FLOAT", "value")
    attribute = mesh.attributes.new(name, kind, "POINT")
    attribute.data.foreach_set(field, values.astype(np.float32).ravel())


def _material(name: str, falls: Precipitation, opacity: float) -> bpy.types.Material:
    """Return what lets the light behind it through: a flake wholly white, a drop thinly."""
    material = bpy.data.materials.new(name)
    if material.node_tree is None:
        material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    white = _FLAKE if falls.matter == "snow" else _DROP
    back, ahead = (tree.nodes.new(f"ShaderNodeBsdf{way}") for way in ("Diffuse", "Translucent"))
    back.inputs["Color"].default_value = ahead.inputs["Color"].default_value = white
    # A flake scatters as much back as ahead; a drop shows what is behind it.
    share = 0.5 if falls.matter == "snow" else 0.8
    body = _mixed(tree, back.outputs[0], ahead.outputs[0], share)
    clear = tree.nodes.new("ShaderNodeBsdfTransparent").outputs[0]
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(_mixed(tree, clear, body, opacity), output.inputs["Surface"])
    return material


def _mixed(tree: Any, first: Socket, second: Socket, share: float) -> Socket:  # noqa: ANN401
    node = tree.nodes.new("ShaderNodeMixShader")
    node.inputs[0].default_value = share
    tree.links.new(first, node.inputs[1])
    tree.links.new(second, node.inputs[2])
    return node.outputs[0]


class _Nodes:
    """The nodes of one group, under construction."""

    def __init__(self, tree: Any) -> None:  # noqa: ANN401 - bpy.types.GeometryNodeTree
        self.tree = tree

    def add(self, kind: str, inputs: dict[Any, Any], **settings: object) -> Any:  # noqa: ANN401
        """Add a node, choose its settings, and feed its inputs by name or position."""
        node = self.tree.nodes.new(kind)
        for setting, choice in settings.items():
            setattr(node, setting, choice)
        for name, value in inputs.items():
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, node.inputs[name])
            else:
                node.inputs[name].default_value = value
        return node

    def number(self, operation: str, *values: Socket | float) -> Socket:
        """Return what becomes of numbers."""
        return self.add("ShaderNodeMath", dict(enumerate(values)), operation=operation).outputs[0]

    def vector(self, operation: str, *values: Socket) -> Socket:
        """Return the vector that becomes of vectors."""
        made = self.add("ShaderNodeVectorMath", dict(enumerate(values)), operation=operation)
        return made.outputs["Vector"]

    def scaled(self, vector: Socket, factor: Socket) -> Socket:
        """Return a vector times a number."""
        inputs = {"Vector": vector, "Scale": factor}
        return self.add("ShaderNodeVectorMath", inputs, operation="SCALE").outputs["Vector"]

    def stored(self, name: str, kind: str = "FLOAT") -> Socket:
        """Return an attribute of the points."""
        node = self.add("GeometryNodeInputNamedAttribute", {}, data_type=kind)
        node.inputs["Name"].default_value = name
        return node.outputs["Attribute"]


def _wire(
    tree: Any,  # noqa: ANN401 - bpy.types.GeometryNodeTree
    falls: Precipitation,
    material: bpy.types.Material,
    camera: bpy.types.Object,
    near_m: float,
) -> None:
    """Let points fall with the scene's time, and put a drop or a flake at each in the air."""
    for direction in ("INPUT", "OUTPUT"):
        tree.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    nodes = _Nodes(tree)
    points = nodes.add("NodeGroupInput", {}).outputs[0]
    time = nodes.add("GeometryNodeInputSceneTime", {}).outputs["Seconds"]
    velocity = nodes.stored("velocity", "FLOAT_VECTOR")
    sum_ = nodes.number("ADD", time, nodes.stored("phase"))
    age = nodes.number("FLOORED_MODULO", sum_, nodes.stored("period"))
    way = nodes.scaled(velocity, age)
    if falls.sway_m > 0:
        way = nodes.vector("ADD", way, _swaying(nodes, falls, time))
    moved = nodes.add("GeometryNodeSetPosition", {"Geometry": points, "Offset": way}).outputs[0]
    eye = nodes.add("GeometryNodeObjectInfo", {"Object": camera}, transform_space="ORIGINAL")
    place = nodes.add("GeometryNodeInputPosition", {}).outputs[0]
    between = nodes.add(
        "ShaderNodeVectorMath", {0: place, 1: eye.outputs["Location"]}, operation="DISTANCE"
    )
    landed = nodes.number("GREATER_THAN", age, nodes.stored("end"))
    close = nodes.number("LESS_THAN", between.outputs["Value"], near_m)
    gone = nodes.number("MAXIMUM", landed, close)
    there = nodes.add("GeometryNodeDeleteGeometry", {"Geometry": moved, "Selection": gone})
    size = nodes.add(
        "ShaderNodeCombineXYZ",
        {0: nodes.stored("width"), 1: nodes.stored("width"), 2: nodes.stored("length")},
    )
    along = nodes.add("FunctionNodeAlignRotationToVector", {"Vector": velocity}, axis="Z")
    drawn = nodes.add(
        "GeometryNodeInstanceOnPoints",
        {"Points": there.outputs[0], "Instance": _shape(nodes, falls, material),
         "Rotation": along.outputs[0], "Scale": size.outputs[0]},
    )  # fmt: skip
    nodes.add("NodeGroupOutput", {0: drawn.outputs[0]})


def _shape(nodes: _Nodes, falls: Precipitation, material: bpy.types.Material) -> Socket:
    """Return what stands for a particle, one metre large."""
    if falls.matter == "snow":
        shape = nodes.add("GeometryNodeMeshIcoSphere", {"Radius": 0.5, "Subdivisions": 1})
    else:
        shape = nodes.add(
            "GeometryNodeMeshCylinder", {"Vertices": _SIDES, "Radius": 0.5, "Depth": 1.0}
        )
    inputs = {"Geometry": shape.outputs["Mesh"], "Material": material}
    return nodes.add("GeometryNodeSetMaterial", inputs).outputs[0]


def _swaying(nodes: _Nodes, falls: Precipitation, time: Socket) -> Socket:
    """Return how far a flake is beside its way: each swings at a moment of its own."""
    rate = 2 * np.pi / falls.sway_secs
    turn = nodes.number("MULTIPLY", time, float(rate))
    sides = []
    for name, factor in (("phase", 17.0), ("period", 29.0)):
        own = nodes.number("MULTIPLY", nodes.stored(name), factor)
        wave = nodes.number("SINE", nodes.number("ADD", turn, own))
        sides.append(nodes.number("MULTIPLY", wave, falls.sway_m))
    return nodes.add("ShaderNodeCombineXYZ", {0: sides[0], 1: sides[1]}).outputs[0]
