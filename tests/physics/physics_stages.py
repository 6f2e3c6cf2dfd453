"""Small stages made from records directly: no asset, no layout, only mechanics."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from physics.still import StillSimulator
from physics.trajectory import Contacts
from scene_builder.model.graph import SceneGraph
from scene_builder.model.light import Environment
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage, StageAction
from scene_builder.model.timeline import Timeline

FPS = Fraction(24)
GREY = (Material(name="plastic", base_color=np.full(3, 0.5)),)
CREDIT = AssetCredit(name="test", source="test")
AIR = Environment(
    place="studio", indoor=False, time_of_day="day", weather="clear",
    sky_color=np.ones(3), sky_strength=1.0,
)  # fmt: skip


def box_mesh(size, center=(0, 0, 0)):
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    triangles = [
        [0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1],
        [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3],
    ]  # fmt: skip
    return mesh_of(corners * np.asarray(size, float) / 2 + center, triangles)


def mesh_of(points, triangles):
    return Mesh(
        vertices=np.asarray(points, np.float32),
        triangles=np.asarray(triangles, np.int32),
        material_index=np.zeros(len(triangles), np.int32),
    )


def act(kind, body, **more):
    for name in ("linear", "angular"):
        if name in more:
            more[name] = np.asarray(more[name], float)
    return StageAction(kind=kind, body=body, **more)


def body(id, collider, mesh, mass, com, inertia, pose, mobility="dynamic", **more):
    for name in ("linear_velocity", "angular_velocity"):
        if name in more:
            more[name] = np.asarray(more[name], float)
    return Body(
        id=id, noun=id.partition("#")[0], entity=more.pop("entity", id.partition("#")[0]),
        mesh=mesh, collider=collider, materials=GREY, mass_kg=mass, center_of_mass=com,
        inertia=inertia, pose=pose, mobility=mobility, asset=CREDIT, **more,
    )  # fmt: skip


def ball(id="ball#1", radius=0.035, at=(0, 0, 0), mass=0.05, **more):
    """`at` is the lowest point of the ball: its frame's origin."""
    inertia = np.eye(3) * 0.4 * mass * radius**2
    center = np.array([0, 0, radius])
    return body(
        id, Collider(shape="sphere", size=(radius,), center=center),
        box_mesh([2 * radius] * 3, center), mass, center, inertia, Pose.at(*at), **more,
    )  # fmt: skip


def box_inertia(size, mass):
    x, y, z = np.square(size)
    return np.diag([y + z, x + z, x + y]) * mass / 12


def box(id="box#1", size=(0.1, 0.1, 0.1), at=(0, 0, 0), mass=0.5, hull=False, yaw=0.0, **more):
    center = np.array([0, 0, size[2] / 2])
    mesh = box_mesh(size, center)
    collider = Collider(shape="box", size=tuple(size), center=center)
    if hull:
        collider = Collider(shape="hulls", hulls=(mesh,))
    pose = more.pop("pose", Pose.at(*at, yaw_deg=yaw))
    return body(id, collider, mesh, mass, center, box_inertia(size, mass), pose, **more)


def ground(**more):
    mesh = box_mesh((10, 10, 0.1), (0, 0, -0.05))
    return body(
        "ground", Collider(shape="plane"), mesh, 1.0, np.zeros(3), np.eye(3),
        Pose.at(0, 0, 0), "static", **{"entity": None, "friction": 0.8, **more},
    )  # fmt: skip


def table(id="table#1", size=(1.0, 0.6, 0.7), at=(0, 0, 0), **more):
    top = box_mesh((size[0], size[1], 0.03), (0, 0, size[2] - 0.015))
    legs = [
        box_mesh((0.05, 0.05, size[2] - 0.03), (x, y, (size[2] - 0.03) / 2))
        for x in (-size[0] / 2 + 0.05, size[0] / 2 - 0.05)
        for y in (-size[1] / 2 + 0.05, size[1] / 2 - 0.05)
    ]
    return body(
        id, Collider(shape="hulls", hulls=(top, *legs)), box_mesh(size, (0, 0, size[2] / 2)),
        15.0, np.array([0, 0, size[2] * 0.8]), np.eye(3), Pose.at(*at), "static", **more,
    )  # fmt: skip


def cup(id="cup#1", radius=0.04, height=0.1, wall=0.004, at=(0, 0, 0), mass=0.12, sides=16, **more):
    """A hollow cup of convex wall pieces on a disc."""
    hulls = [_prism(_ring(radius, sides), 0.0, wall)]
    outer, inner = _ring(radius, sides), _ring(radius - wall, sides)
    for k in range(sides):
        n = (k + 1) % sides
        hulls.append(_prism(np.array([inner[k], outer[k], outer[n], inner[n]]), wall, height))
    inertia = np.diag([1, 1, 0]) * mass * (radius**2 / 2 + height**2 / 12)
    inertia += np.diag([0, 0, mass * radius**2 * 0.9])
    return body(
        id, Collider(shape="hulls", hulls=tuple(hulls)),
        box_mesh((2 * radius, 2 * radius, height), (0, 0, height / 2)), mass,
        np.array([0, 0, height * 0.43]), inertia, Pose.at(*at), **more,
    )  # fmt: skip


def _ring(radius, sides):
    angle = np.arange(sides) * 2 * np.pi / sides
    return np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius


def _prism(outline, low, high):
    n = len(outline)
    points = np.concatenate(
        [np.column_stack([outline, np.full(n, low)]), np.column_stack([outline, np.full(n, high)])]
    )
    triangles = [[0, k, k + 1] for k in range(1, n - 1)] + [
        [n, n + k, n + k + 1] for k in range(1, n - 1)
    ]
    triangles += [[k, (k + 1) % n, n + k] for k in range(n)]
    return mesh_of(points, triangles)


def stage(*bodies, secs=2.0, step_hz=480.0, **more):
    return Stage(
        bodies=bodies, environment=AIR,
        timeline=Timeline.lasting(secs, fps=FPS, step_hz=step_hz), **more,
    )  # fmt: skip


def centers(stage, motion, body_id):
    """Centre of mass of a body at every frame (f 3) [m]."""
    com = stage.body(body_id).center_of_mass
    return np.array([motion.pose(f, body_id) @ com for f in range(motion.frame_count)])


def told(stage, paths=(), turns=(), touches=()):
    """A motion told by hand.

    `paths`: id → positions (f 3); `turns`: id → tilts about Y (f) [deg];
    `touches`: (time, a, b, normal from b to a, impulse).
    """
    still = StillSimulator().simulate(stage)
    positions, wxyz = still.positions.copy(), still.wxyz.copy()
    linear, angular = still.linear_velocities.copy(), still.angular_velocities.copy()
    for body_id, path in dict(paths).items():
        k = still.index(body_id)
        positions[:, k] = path
        linear[:, k] = np.gradient(positions[:, k], still.times, axis=0)
    for body_id, degrees in dict(turns).items():
        k, half = still.index(body_id), np.deg2rad(degrees) / 2
        wxyz[:, k] = np.stack([np.cos(half), 0 * half, np.sin(half), 0 * half], axis=1)
        angular[:, k, 1] = np.gradient(2 * half, still.times)
    rows = sorted(touches, key=lambda row: row[0])
    contacts = Contacts(
        time=np.array([row[0] for row in rows], float),
        a=np.array([still.index(row[1]) for row in rows], np.int32),
        b=np.array([still.index(row[2]) for row in rows], np.int32),
        point=np.zeros((len(rows), 3)),
        normal=np.array([row[3] for row in rows], float).reshape(-1, 3),
        impulse=np.array([row[4] for row in rows], float),
    )
    return replace(
        still, positions=positions, wxyz=wxyz, linear_velocities=linear,
        angular_velocities=angular, contacts=contacts,
    )  # fmt: skip


def graph(outcomes, **counts):
    entities = [{"id": name, "noun": name, "count": count} for name, count in counts.items()]
    document = {"schema": "worldreel.scene/1", "entities": entities, "outcomes": outcomes}
    return SceneGraph.model_validate(document)
