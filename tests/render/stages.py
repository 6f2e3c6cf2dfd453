"""Small stages, motions and cameras made of records alone."""

from fractions import Fraction

import numpy as np

from physics.trajectory import Contacts, Trajectory
from render.camera_track import CameraTrack
from scene_builder.model.lens import Lens
from scene_builder.model.light import Environment, Light
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, multiply_wxyz, wxyz_from_rotation
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage, View
from scene_builder.model.timeline import Timeline


def box_mesh(x, y, z):
    """A box with its origin at the base's centre."""
    corners = np.array([[sx, sy, sz] for sz in (0, 1) for sy in (-0.5, 0.5) for sx in (-0.5, 0.5)])
    triangles = np.array(
        [[0, 2, 1], [1, 2, 3], [4, 5, 6], [5, 7, 6], [0, 1, 4], [1, 5, 4],
         [2, 6, 3], [3, 6, 7], [0, 4, 2], [2, 4, 6], [1, 3, 5], [3, 7, 5]]
    )  # fmt: skip
    return Mesh(vertices=corners * [x, y, z], triangles=triangles, material_index=np.zeros(12, int))


def ball_mesh(radius, rings=24):
    """A UV sphere with shared poles, resting on its origin."""
    turns = 2 * rings
    polar = np.pi * np.arange(1, rings) / rings
    around = 2 * np.pi * np.arange(turns) / turns
    ring = np.stack(
        [np.outer(np.sin(polar), np.cos(around)), np.outer(np.sin(polar), np.sin(around)),
         np.outer(np.cos(polar), np.ones(turns))], axis=-1,
    ).reshape(-1, 3)  # fmt: skip
    vertices = np.concatenate([[[0, 0, 1]], ring, [[0, 0, -1]]]) * radius + [0, 0, radius]
    last = len(vertices) - 1
    triangles = []
    for k in range(turns):
        n = (k + 1) % turns
        triangles.append([0, 1 + k, 1 + n])
        for r in range(rings - 2):
            a, b = 1 + r * turns, 1 + (r + 1) * turns
            triangles += [[a + k, b + k, a + n], [a + n, b + k, b + n]]
        triangles.append([last, last - turns + n, last - turns + k])
    slots = np.zeros(len(triangles), int)
    return Mesh(vertices=vertices, triangles=np.array(triangles), material_index=slots)


def body(body_id, mesh, color, position, *, mobility="dynamic", material="plastic"):
    low, high = mesh.low, mesh.high
    return Body(
        id=body_id, noun=body_id.partition("#")[0], mesh=mesh, entity=body_id.partition("#")[0],
        collider=Collider(shape="box", size=tuple(high - low), center=(low + high) / 2),
        materials=(Material(name=material, base_color=np.array(color, float),
                            parameters={"roughness": 0.6}),),
        mass_kg=0.2, center_of_mass=(low + high) / 2, inertia=np.eye(3) * 1e-3,
        pose=Pose.at(*position), mobility=mobility,
        asset=AssetCredit(name="test", source="test"),
    )  # fmt: skip


def ground(size=8.0):
    half = size / 2
    mesh = Mesh(
        vertices=np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * half,
        triangles=np.array([[0, 1, 2], [0, 2, 3]]),
        material_index=np.array([0, 0]),
    )
    given = body("ground", box_mesh(1, 1, 1), (0.5, 0.4, 0.3), (0, 0, 0), mobility="static")
    return Body(
        id="ground", noun="ground", mesh=mesh, collider=Collider(shape="plane"),
        materials=given.materials, mass_kg=0.0, center_of_mass=np.zeros(3), inertia=np.eye(3),
        pose=Pose.identity(), mobility="static", asset=given.asset,
    )  # fmt: skip


def make_stage(bodies, *, frames=6, fps=24, cues=(), subjects=(), azimuth_deg=0.0):
    return Stage(
        bodies=tuple(bodies),
        environment=Environment(
            place="studio", indoor=False, time_of_day="day", weather="clear",
            sky_color=np.array([0.5, 0.65, 0.9]), sky_strength=0.6,
        ),
        timeline=Timeline(frame_count=frames, fps=Fraction(fps), substeps=20),
        shot=View(cues=tuple(cues), subjects=tuple(subjects), azimuth_deg=azimuth_deg),
        lights=(
            Light(id="key", kind="area", color=np.array([1.0, 0.95, 0.85]), power=150.0, size=1.0,
                  pose=aimed_pose((1.8, -1.6, 2.6), (0, 0, 0.7))),
        ),
    )  # fmt: skip


def aimed_pose(eye, target):
    """A pose at `eye` [m] whose −Z points at `target` [m], +Y up."""
    eye, target = np.array(eye, float), np.array(target, float)
    back = (eye - target) / np.linalg.norm(eye - target)
    right = np.cross([0, 0, 1.0], back)
    right /= np.linalg.norm(right)
    rotation = np.stack([right, np.cross(back, right), back], axis=1)
    return Pose(position=eye, wxyz=wxyz_from_rotation(rotation))


def make_motion(stage, moves=None):
    """The stage's own poses, but `moves[id] = (velocity [m/s], spin about Y [rad/s])`."""
    frames, count = stage.timeline.frame_count, len(stage.bodies)
    times = stage.timeline.times_secs
    positions = np.tile(np.stack([b.pose.position for b in stage.bodies]), (frames, 1, 1))
    wxyz = np.tile(np.stack([b.pose.wxyz for b in stage.bodies]), (frames, 1, 1))
    for k, b in enumerate(stage.bodies):
        if moves and b.id in moves:
            velocity, spin = moves[b.id]
            positions[:, k] += times[:, None] * np.array(velocity)
            half = times * spin / 2
            turn = np.stack([np.cos(half), 0 * half, np.sin(half), 0 * half], axis=-1)
            wxyz[:, k] = multiply_wxyz(turn, wxyz[:, k])
    return Trajectory(
        body_ids=stage.body_ids, times=times, positions=positions, wxyz=wxyz,
        linear_velocities=np.zeros((frames, count, 3)),
        angular_velocities=np.zeros((frames, count, 3)),
        present=np.ones((frames, count), bool), contacts=Contacts(),
        penetration_m=np.zeros(frames),
    )  # fmt: skip


def make_track(frames, size_px=(96, 64), eye=(0.3, -2.2, 1.3), target=(0, 0, 0.7), drift=0.0):
    """A camera that drifts sideways by `drift` [m] a frame while it looks at `target`."""
    poses = [aimed_pose((eye[0] + drift * k, eye[1], eye[2]), target) for k in range(frames)]
    return CameraTrack(
        positions=np.stack([pose.position for pose in poses]),
        wxyz=np.stack([pose.wxyz for pose in poses]),
        lens=Lens(focal_length_mm=42.0, sensor_width_mm=36.0, size_px=size_px),
    )
