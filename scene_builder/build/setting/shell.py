"""Ground, walls and ceiling: bodies that never move."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from scene_builder.build.setting.air import Air, air_of
from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.lights import environment_of
from scene_builder.knowledge.colors import linear_color
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID, AssetCredit, Body, Collider

OUTDOOR_M = 900.0
"""Edge of the ground outdoors [m]: its end has to look like a horizon."""

WALL_M = 0.12
"""Thickness of walls and ceiling [m]."""

HORIZON_M = 900.0
"""Where water ends behind a beach [m]."""

SEA_M, SEA_COLOR = 0.012, "#17475f"

STATIC_DENSITY = 1000.0

SWEEP_M = 1.2
"""Radius of a studio's backdrop where floor becomes wall [m]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The inner faces of a room [m]; outdoors only the ground exists.

    Attributes:
        left_x: Inner face of the left wall.
        right_x: Where floor and back wall end on the right.
        front_y: Where the floor ends towards the camera.
        wall_y: Inner face of the back wall.
        ceiling_z: Inner face of the ceiling.
    """

    left_x: float
    right_x: float
    front_y: float
    wall_y: float
    ceiling_z: float


def shell_bodies(
    place: Place, shell: Shell, *, seed: int, wall: bool, ceiling: bool
) -> tuple[Body, ...]:
    """Return the ground, and the walls and the ceiling that are there.

    Args:
        place: The kind of place.
        shell: Its measures.
        seed: Seed of the run.
        wall: Whether there is a back wall although the place has none.
        ceiling: Whether something needs a ceiling.
    """
    bodies = [_ground(place, shell, seed)]
    if place.shore_m is not None:
        bodies.append(_sea(place, place.shore_m, seed))
    if place.backdrop:
        return (*bodies, _backdrop(place, shell, seed), *_top(place, shell, seed, ceiling))
    if place.indoor or wall:
        middle, width = (shell.left_x + shell.right_x) / 2, shell.right_x - shell.left_x
        size = (width + 2 * WALL_M, WALL_M, shell.ceiling_z)
        bodies.append(_box("wall", place, size, (middle, shell.wall_y + WALL_M / 2, 0.0), seed))
    if place.indoor:
        depth = shell.wall_y - shell.front_y
        size = (WALL_M, depth, shell.ceiling_z)
        at = (shell.left_x - WALL_M / 2, shell.wall_y - depth / 2, 0.0)
        bodies.append(_box("wall_left", place, size, at, seed))
    return (*bodies, *_top(place, shell, seed, ceiling))


def _top(place: Place, shell: Shell, seed: int, needed: bool) -> list[Body]:
    if not needed:
        return []
    width, depth = shell.right_x - shell.left_x, shell.wall_y - shell.front_y
    at = ((shell.left_x + shell.right_x) / 2, shell.wall_y - depth / 2, shell.ceiling_z)
    return [_box("ceiling", place, (width, depth, WALL_M), at, seed)]


def _ground(place: Place, shell: Shell, seed: int) -> Body:
    low = np.array([-OUTDOOR_M, -OUTDOOR_M]) / 2
    high = -low
    if place.indoor:
        low = np.array([shell.left_x - WALL_M, shell.front_y])
        high = np.array([shell.right_x, shell.wall_y + WALL_M])
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]])
    vertices = np.column_stack([corners, np.zeros(4)])
    triangles = np.array([[0, 1, 2], [0, 2, 3]])
    made = _static(
        GROUND_ID, "floor" if place.indoor else "ground", place.ground, place.ground_color,
        _mesh(vertices, triangles), Collider(shape="plane"), Pose.identity(), seed,
    )  # fmt: skip
    marks = dict(place.marks)
    if place.shore_m is not None:
        marks["shore_y_m"] = place.shore_m
    bare = made.materials[0]
    marked = replace(bare, parameters={**bare.parameters, **marks})
    return replace(made, materials=(_air(place).over(marked),))


def _sea(place: Place, shore: float, seed: int) -> Body:
    """Calm water from the shore to the horizon, a finger above the sand that it covers."""
    y = (shore, shore, HORIZON_M, HORIZON_M)
    x = (-HORIZON_M, HORIZON_M, HORIZON_M, -HORIZON_M)
    vertices = np.column_stack([x, y, np.zeros(4)])
    mesh = _mesh(vertices, np.array([[0, 1, 2], [0, 2, 3]]))
    size = (2 * HORIZON_M, HORIZON_M - shore, SEA_M)
    center = np.array([0.0, (HORIZON_M + shore) / 2, -SEA_M / 2])
    collider = Collider(shape="box", size=size, center=center)
    pose = Pose.at(0.0, 0.0, SEA_M)
    made = _static("decor_sea", "sea", "water", SEA_COLOR, mesh, collider, pose, seed)
    water = Material(
        name="open_water", base_color=linear_color(SEA_COLOR), parameters={"shore_y_m": shore}
    )
    return replace(made, materials=(_air(place).over(water),))


def _air(place: Place) -> Air:
    return air_of(environment_of(place, place.setting))


def _box(
    name: str,
    place: Place,
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    seed: int,
) -> Body:
    """Return a static box of full edges `size`, its base's centre at `at` [m]."""
    signs = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], np.float64)
    ring = signs * np.array(size) / 2
    vertices = np.vstack([ring, ring + np.array([0, 0, size[2]])])
    triangles = np.array(
        [[0, 2, 1], [0, 3, 2], [4, 5, 6], [4, 6, 7], [0, 1, 5], [0, 5, 4],
         [1, 2, 6], [1, 6, 5], [2, 3, 7], [2, 7, 6], [3, 0, 4], [3, 4, 7]]
    )  # fmt: skip
    collider = Collider(shape="box", size=size, center=np.array([0.0, 0.0, size[2] / 2]))
    color = "#f2f0ea" if name == "ceiling" else place.wall_color
    noun = "ceiling" if name == "ceiling" else "wall"
    return _static(
        name, noun, "plaster" if name == "ceiling" else place.wall, color,
        _mesh(vertices, triangles), collider, Pose.at(*at), seed,
    )  # fmt: skip


def _backdrop(place: Place, shell: Shell, seed: int) -> Body:
    """A sheet that bends from the floor up: no corner catches the eye."""
    half = (shell.right_x - shell.left_x) / 2 + 4.0
    angles = np.linspace(0, np.pi / 2, 25)
    y = np.append(SWEEP_M * np.sin(angles), SWEEP_M)
    z = np.append(SWEEP_M * (1 - np.cos(angles)), shell.ceiling_z + 2.0)
    # On the floor exactly: lamps would draw a line under an edge that lies above it.
    line = np.column_stack([np.zeros_like(y), y, z])
    vertices = np.vstack([line - np.array([half, 0, 0]), line + np.array([half, 0, 0])])
    n = len(line)
    k = np.arange(n - 1)
    triangles = np.concatenate(
        [np.column_stack([k, k + n, k + n + 1]), np.column_stack([k, k + n + 1, k + 1])]
    )
    height = float(z[-1])
    collider = Collider(
        shape="box", size=(2 * half, WALL_M, height),
        center=np.array([0.0, SWEEP_M + WALL_M / 2, height / 2]),
    )  # fmt: skip
    pose = Pose.at((shell.left_x + shell.right_x) / 2, shell.wall_y - SWEEP_M, 0.0)
    return _static(
        "wall", "wall", place.wall, place.wall_color, _mesh(vertices, triangles), collider, pose,
        seed,
    )  # fmt: skip


def _mesh(vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"]) -> Mesh:
    return Mesh(
        vertices=vertices,
        triangles=triangles,
        material_index=np.zeros(len(triangles), np.int32),
    )


def _static(
    name: str,
    noun: str,
    made_of: str,
    color: str | None,
    mesh: Mesh,
    collider: Collider,
    pose: Pose,
    seed: int,
) -> Body:
    kind = substance(made_of)
    return Body(
        id=name,
        noun=noun,
        mesh=mesh,
        collider=collider,
        materials=(material_for(made_of, color, stream(seed, "build", "setting", noun)),),
        # What never moves needs no mass; a positive one keeps every record regular.
        mass_kg=STATIC_DENSITY,
        center_of_mass=np.asarray(collider.center),
        inertia=np.eye(3) * STATIC_DENSITY,
        pose=pose,
        mobility="static",
        asset=AssetCredit(name=noun, source="build"),
        friction=kind.friction,
        rolling_friction=kind.rolling_friction,
        spinning_friction=kind.spinning_friction,
        restitution=kind.restitution,
    )
