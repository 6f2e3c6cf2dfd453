"""A small language for shader nodes: every method adds one node and returns its output.

Sockets are found by position where Blender's names changed between 4.5 and 5.0.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import bpy

Socket = Any
"""An output of a node (`bpy.types.NodeSocket`)."""
Node = Any
"""A node (`bpy.types.Node`); which sockets and settings it has depends on its kind."""
Value = Socket | float | Sequence[float]
"""What an input takes: another node's output, a number, a vector or a colour."""
Inputs = Mapping[Any, Value]
"""Values by an input's name or position."""


class Graph:
    """The nodes of one material or world, under construction; what it had is cleared."""

    def __init__(self, owner: bpy.types.Material | bpy.types.World) -> None:
        # Blender 5 gives every material and world nodes, and frowns on asking for them.
        if owner.node_tree is None:
            owner.use_nodes = True
        self.tree = owner.node_tree
        self.tree.nodes.clear()
        self._memo: dict[str, Socket] = {}

    def node(self, kind: str, inputs: Inputs, **settings: object) -> Node:
        """Add a node of `kind` (without the `ShaderNode` prefix) and feed its inputs."""
        made = self.tree.nodes.new(f"ShaderNode{kind}")
        for setting, choice in settings.items():
            setattr(made, setting, choice)
        for name, value in inputs.items():
            self.feed(made.inputs[name], value)
        return made

    def feed(self, socket: Socket, value: Value) -> None:
        """Link `value` to an input, or write it there when it is a number, vector or colour."""
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, int | float):
            socket.default_value = float(value)
        else:
            numbers = tuple(float(v) for v in value)
            wants_alpha = socket.type == "RGBA" and len(numbers) == 3  # noqa: PLR2004
            socket.default_value = (*numbers, 1.0) if wants_alpha else numbers

    def once(self, kind: str, output: str) -> Socket:
        """Return the output of an input-less node, which is shared by all who ask."""
        key = f"{kind}.{output}"
        if key not in self._memo:
            self._memo[key] = self.node(kind, {}).outputs[output]
        return self._memo[key]

    def attribute(self, name: str) -> Socket:
        """Return a vector attribute of the mesh."""
        return self.node("Attribute", {}, attribute_name=name).outputs["Vector"]

    def math(self, operation: str, a: Value, b: Value = 0.0, *, clamp: bool = False) -> Socket:
        """Return `a operation b` (`ADD`, `MULTIPLY`, `POWER`, `FRACT`, …)."""
        return self.node("Math", {0: a, 1: b}, operation=operation, use_clamp=clamp).outputs[0]

    def vector(self, operation: str, a: Value, b: Value = (0.0, 0.0, 0.0)) -> Socket:
        """Return a vector operation; `DOT_PRODUCT`, `LENGTH` and `DISTANCE` give a number."""
        made = self.node("VectorMath", {0: a, 1: b}, operation=operation)
        return made.outputs["Value" if operation in _GIVES_NUMBER else "Vector"]

    def scaled(self, vector: Value, factor: Value) -> Socket:
        """Return `vector` times a number."""
        return self.node(
            "VectorMath", {"Vector": vector, "Scale": factor}, operation="SCALE"
        ).outputs["Vector"]

    def xyz(self, vector: Value) -> tuple[Socket, Socket, Socket]:
        """Take a vector apart."""
        outputs = self.node("SeparateXYZ", {0: vector}).outputs
        return outputs[0], outputs[1], outputs[2]

    def combine(self, x: Value, y: Value, z: Value) -> Socket:
        """Put a vector together."""
        return self.node("CombineXYZ", {0: x, 1: y, 2: z}).outputs[0]

    def noise(
        self, vector: Value, scale: Value, *, detail: float = 2.0, roughness: float = 0.5
    ) -> Socket:
        """Return fractal Perlin noise around 0.5; `scale` is in cycles per unit of `vector`."""
        inputs = {"Vector": vector, "Scale": scale, "Detail": detail, "Roughness": roughness}
        return self.node("TexNoise", inputs).outputs[0]

    def cells(self, vector: Value, scale: Value, *, feature: str = "F1", output: int = 0) -> Socket:
        """Return Worley noise: output 0 is the distance, 1 a colour that is random by cell."""
        inputs = {"Vector": vector, "Scale": scale}
        return self.node("TexVoronoi", inputs, feature=feature).outputs[output]

    def ramp(self, factor: Value, low: float, high: float, start: Value, end: Value) -> Socket:
        """Map `low`…`high` smoothly onto `start`…`end`, clamped."""
        inputs = {0: factor, 1: low, 2: high, 3: start, 4: end}
        return self.node("MapRange", inputs, interpolation_type="SMOOTHSTEP").outputs[0]

    def mix(self, factor: Value, a: Value, b: Value, blend: str = "MIX") -> Socket:
        """Mix two colours; the factor is clamped."""
        made = self.node("Mix", {}, data_type="RGBA", blend_type=blend)
        for position, value in ((0, factor), (6, a), (7, b)):
            self.feed(made.inputs[position], value)
        return made.outputs[2]

    def blend(self, factor: Value, a: Socket, b: Socket) -> Socket:
        """Mix two closures."""
        return self.node("MixShader", {0: factor, 1: a, 2: b}).outputs[0]

    def bump(self, height: Value, depth_m: float, *, sunk: bool = False) -> Socket:
        """Return a normal bent by `height` (0…1) of `depth_m` [m]; `sunk` turns it inwards."""
        inputs = {"Height": height, "Distance": depth_m, "Strength": 1.0}
        return self.node("Bump", inputs, invert=sunk).outputs["Normal"]


_GIVES_NUMBER = frozenset({"DOT_PRODUCT", "LENGTH", "DISTANCE"})
