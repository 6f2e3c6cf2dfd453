"""A shot as GLB: poses are the run's, and every defect that was put into one is found."""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from physics.trajectory import Trajectory
from pipeline.export.gltf.bending import key_frames
from pipeline.export.gltf.checking import compared
from pipeline.export.gltf.scene import glb_bytes
from pipeline.export.gltf.tangents import tangents_of
from pipeline.scene_page.page import page_with, policy
from render.camera_track import CameraTrack
from render.dressed import DressedSurface, Look
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.stage import Body, Stage

Glb = tuple[dict[str, Any], bytes]


def surface_of(body: Body, *, textured: bool) -> DressedSurface:
    """Flat triangles: a corner for each, as a baked surface has."""
    corners = body.mesh.triangles.ravel()
    points = np.asarray(body.mesh.vertices[corners], np.float32)
    a, b, c = points[0::3], points[1::3], points[2::3]
    normals = np.cross(b - a, c - a)
    normals = np.repeat(normals / np.linalg.norm(normals, axis=1, keepdims=True), 3, axis=0)
    uv = np.random.default_rng(0).random((len(points), 2)).astype(np.float32)
    picture = np.full((8, 8, 3), 90, np.uint8)
    maps = {"color_map": picture, "surface_map": picture, "normal_map": picture} if textured else {}
    return DressedSurface(
        points=points, normals=normals.astype(np.float32), uv=uv if textured else None,
        triangles=np.arange(len(points), dtype=np.int32).reshape(-1, 3),
        vertex=corners.astype(np.int32),
        look=Look(
            name=body.noun, base_color=body.materials[0].base_color, emission=np.zeros(3), **maps
        ),
    )  # fmt: skip


@pytest.fixture
def shot(stage: Stage, motion: Trajectory) -> Shot:
    count = motion.frame_count
    places = np.stack([np.linspace(0, 0.5, count), np.full(count, -2.0), np.full(count, 0.4)], 1)
    turn = np.tile([np.sqrt(0.5), np.sqrt(0.5), 0, 0], (count, 1))  # it looks along +Y
    lens = Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(64, 36))
    return Shot(
        stage=stage, trajectory=motion, track=CameraTrack(positions=places, wxyz=turn, lens=lens)
    )


@pytest.fixture
def dressed(stage: Stage) -> Mapping[str, tuple[DressedSurface, ...]]:
    made = {b.id: (surface_of(b, textured=b.noun != "ball"),) for b in stage.bodies}
    return made | {"block#2": made["block#1"]}


def opened(glb: bytes) -> Glb:
    size = struct.unpack_from("<I", glb, 12)[0]
    return json.loads(glb[20 : 20 + size]), glb[28 + size :]


def closed(document: Mapping[str, Any], buffer: bytes) -> bytes:
    head = json.dumps(document).encode()
    head += b" " * (-len(head) % 4)
    parts = struct.pack("<I4s", len(head), b"JSON") + head
    parts += struct.pack("<I4s", len(buffer), b"BIN\0") + buffer
    return b"glTF" + struct.pack("<II", 2, 12 + len(parts)) + parts


def numbers(document: Mapping[str, Any], buffer: bytes, index: int) -> Array:
    accessor = document["accessors"][index]
    start = document["bufferViews"][accessor["bufferView"]]["byteOffset"]
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}[accessor["type"]]
    kind = np.uint32 if accessor["componentType"] == 5125 else np.float32
    data = np.frombuffer(buffer, kind, accessor["count"] * width, start)
    return data.reshape(-1, width)


def rotated(xyzw: Array, points: Array) -> Array:
    x, y, z, w = xyzw
    u = np.array([x, y, z])
    return points + 2 * np.cross(u, np.cross(u, points) + w * points)


def test_every_corner_is_where_the_run_has_it_at_every_frame(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    document, buffer = opened(glb_bytes(shot, dressed))
    (film,) = document["animations"]
    moved: dict[int, dict[str, Array]] = {}
    for channel in film["channels"]:
        sampler = film["samplers"][channel["sampler"]]
        target = channel["target"]
        moved.setdefault(target["node"], {})[target["path"]] = numbers(
            document, buffer, sampler["output"]
        )
        times = numbers(document, buffer, sampler["input"])[:, 0]
        np.testing.assert_allclose(times, shot.trajectory.times, atol=1e-6)
    for k, node in enumerate(document["nodes"]):
        if "mesh" not in node:
            continue
        part = document["meshes"][node["mesh"]]["primitives"][0]
        points = numbers(document, buffer, part["attributes"]["POSITION"]).astype(float)
        own = dressed[node["name"]][0].points
        for frame in range(shot.trajectory.frame_count):
            at = moved.get(k, {})
            turn = at["rotation"][frame] if "rotation" in at else node["rotation"]
            place = at["translation"][frame] if "translation" in at else node["translation"]
            shown = rotated(turn, points) + place
            x, y, z = (shot.trajectory.pose(frame, node["name"]) @ own.astype(float)).T
            np.testing.assert_allclose(shown, np.stack([x, z, -y], 1), atol=1e-5)


def test_the_camera_of_the_film_goes_along(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    document, _ = opened(glb_bytes(shot, dressed))
    (node,) = [n for n in document["nodes"] if "camera" in n]
    ahead = rotated(node["rotation"], np.array([0.0, 0.0, -1.0]))
    up = rotated(node["rotation"], np.array([0.0, 1.0, 0.0]))
    np.testing.assert_allclose(ahead, [0, 0, -1], atol=1e-6)  # +Y of ours
    np.testing.assert_allclose(up, [0, 1, 0], atol=1e-6)
    lens = document["cameras"][0]["perspective"]
    assert lens["yfov"] == pytest.approx(2 * np.arctan(18 / 64))


def test_a_file_is_sound_and_repeats_byte_by_byte(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    glb = glb_bytes(shot, dressed, words="Ein Ball, 日本")
    assert glb == glb_bytes(shot, dressed, words="Ein Ball, 日本")
    assert compared(glb, shot.trajectory) == ()
    document, _ = opened(glb)
    assert len(document["meshes"]) == 3  # both blocks wear the same
    assert len(document["animations"]) == 1
    assert document["asset"]["extras"]["words"] == "Ein Ball, 日本"


def test_cloth_goes_from_form_to_form(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    motion, body = shot.trajectory, shot.stage.body("block#1")
    rest = body.mesh.vertices
    forms = np.stack([rest + np.array([0, 0, 0.01 * k]) for k in range(motion.frame_count)])
    forms[:, 0] += np.linspace(0, 0.1, motion.frame_count)[:, None]
    bent = replace(motion, deform={"block#1": forms.astype(np.float32)})
    soft = replace(shot, trajectory=bent)
    own = {**dressed, "block#1": (surface_of(body, textured=False),)}
    glb = glb_bytes(soft, own)
    assert compared(glb, bent) == ()
    document, buffer = opened(glb)
    (mesh,) = [m for m in document["meshes"] if m["name"] == "block#1"]
    (part,) = mesh["primitives"]
    assert len(part["targets"]) == len(mesh["weights"]) == motion.frame_count - 1
    base = numbers(document, buffer, part["attributes"]["POSITION"])
    for k, target in enumerate(part["targets"], start=1):
        x, y, z = forms[k][own["block#1"][0].vertex].T
        shown = base + numbers(document, buffer, target["POSITION"])
        np.testing.assert_allclose(shown, np.stack([x, z, -y], 1), atol=1e-6)


def test_fewer_forms_are_kept_of_large_meshes() -> None:
    assert key_frames(5, 10) == [0, 1, 2, 3, 4]
    many = key_frames(97, 20_000)
    assert many[0] == 0
    assert many[-1] == 96
    assert 2 <= len(many) < 97


def test_a_piece_appears_when_it_breaks_off(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    present = np.ones_like(shot.trajectory.present)
    k = shot.trajectory.index("block#2")
    present[:5, k] = False
    present[:, shot.trajectory.index("ball#1")] = False
    broken = replace(shot, trajectory=replace(shot.trajectory, present=present))
    document, buffer = opened(glb_bytes(broken, dressed))
    names = [node["name"] for node in document["nodes"]]
    assert "ball#1" not in names
    (film,) = document["animations"]
    (channel,) = [c for c in film["channels"] if c["target"]["path"] == "scale"]
    sampler = film["samplers"][channel["sampler"]]
    assert sampler["interpolation"] == "STEP"
    assert names[channel["target"]["node"]] == "block#2"
    np.testing.assert_array_equal(numbers(document, buffer, sampler["output"])[:, 0], present[:, k])


def test_a_page_holds_all_that_it_shows(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    page = page_with(glb_bytes(shot, dressed), title='A <ball> & "two" blocks')
    assert "A &lt;ball&gt; &amp; &quot;two&quot; blocks" in page
    assert "@SCENE@" not in page
    assert f'content="{policy()}"' in page


def _sheet(uv: Array) -> DressedSurface:
    """A square metre of floor, of two triangles that share two corners."""
    points = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32)
    return DressedSurface(
        points=points, normals=np.tile(np.array([0, 0, 1], np.float32), (4, 1)),
        uv=uv.astype(np.float32), triangles=np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        vertex=np.arange(4, dtype=np.int32),
        look=Look(name="floor", base_color=np.ones(3), emission=np.zeros(3)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("right", "up"),
    [((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, 1)), ((0.6, 0.8), (-0.8, 0.6))],
)
def test_tangents_run_along_the_picture(
    right: tuple[float, float], up: tuple[float, float]
) -> None:
    """On the floor the picture's right and its up lie where it was laid, mirrored or not."""
    flat = _sheet(np.zeros((4, 2))).points[:, :2]
    sheet = _sheet(np.stack([flat @ right, flat @ up], axis=1))
    found = tangents_of(sheet, sheet.points, sheet.normals)
    np.testing.assert_allclose(found[:, :2], np.tile(right, (4, 1)), atol=1e-6)
    across = np.cross(sheet.normals, found[:, :3]) * found[:, 3:]
    np.testing.assert_allclose(across[:, :2], np.tile(up, (4, 1)), atol=1e-6)


def test_tangents_are_found_where_a_picture_is_folded_flat() -> None:
    sheet = _sheet(np.zeros((4, 2)))
    found = tangents_of(sheet, sheet.points, sheet.normals)
    np.testing.assert_allclose(np.linalg.norm(found[:, :3], axis=1), 1, atol=1e-6)
    np.testing.assert_allclose((found[:, :3] * sheet.normals).sum(1), 0, atol=1e-6)
    np.testing.assert_array_equal(np.abs(found[:, 3]), 1)


# ------------------------------------------------------------------ planted defects
def _sampler(document: Mapping[str, Any], path: str) -> int:
    film = document["animations"][0]
    found = (c["sampler"] for c in film["channels"] if c["target"]["path"] == path)
    return int(film["samplers"][next(found)]["output"])


def _overwrite(glb: Glb, index: int, values: Callable[[Array], Array]) -> Glb:
    document, buffer = glb
    old = numbers(document, buffer, index)
    new = np.asarray(values(old.copy()), old.dtype).tobytes()
    start = document["bufferViews"][document["accessors"][index]["bufferView"]]["byteOffset"]
    return document, buffer[:start] + new + buffer[start + len(new) :]


def _attribute(name: str) -> Callable[[Mapping[str, Any]], int]:
    return lambda d: int(d["meshes"][0]["primitives"][0]["attributes"][name])


def _worn(name: str) -> Callable[[Mapping[str, Any]], int]:
    return lambda d: int(d["meshes"][1]["primitives"][0]["attributes"][name])


def _changed(
    index: Callable[[Mapping[str, Any]], int], values: Callable[[Array], Array]
) -> Callable[[Glb], Glb]:
    return lambda glb: _overwrite(glb, index(glb[0]), values)


def _edited(edit: Callable[[dict[str, Any]], object]) -> Callable[[Glb], Glb]:
    def change(glb: Glb) -> Glb:
        edit(glb[0])
        return glb

    return change


def _flip(values: Array) -> Array:
    values[len(values) // 2 :] *= -1
    return values


DEFECTS: dict[str, Callable[[Glb], Glb]] = {
    "two animations": _edited(lambda d: d["animations"].append(d["animations"][0])),
    "lost animation": _edited(lambda d: d.pop("animations")),
    "flipped quaternions": _changed(lambda d: _sampler(d, "rotation"), _flip),
    "turns of length two": _changed(lambda d: _sampler(d, "rotation"), lambda v: 2 * v),
    "not finite": _changed(_attribute("POSITION"), lambda v: v * np.nan),
    "wrong bounds": _changed(_attribute("POSITION"), lambda v: 3 * v),
    "normals of length 3": _changed(_attribute("NORMAL"), lambda v: 3 * v),
    "corners that are not there": _changed(
        lambda d: d["meshes"][0]["primitives"][0]["indices"], lambda v: v + 10_000
    ),
    "no texture coordinates": _edited(
        lambda d: d["meshes"][1]["primitives"][0]["attributes"].pop("TEXCOORD_0")
    ),
    "tangents of length 2": _changed(_worn("TANGENT"), lambda v: v * [2, 2, 2, 1]),
    "tangents that are normals": _changed(_worn("TANGENT"), lambda v: v[:, [2, 0, 1, 3]]),
    "tangents of no hand": _changed(_worn("TANGENT"), lambda v: v * [1, 1, 1, 0]),
    "centimetres": _edited(
        lambda d: [n.update(translation=[100.0 * v for v in n["translation"]]) for n in d["nodes"]]
    ),
    "Z up": _changed(lambda d: _sampler(d, "translation"), lambda v: v[:, [0, 2, 1]]),
    "turned the other way": _changed(
        lambda d: _sampler(d, "rotation"), lambda v: v * [-1, -1, -1, 1] + [0.1, 0, 0, 0]
    ),
    "time runs back": _changed(
        lambda d: d["animations"][0]["samplers"][0]["input"], lambda v: v[::-1]
    ),
    "a buffer elsewhere": _edited(lambda d: d["buffers"][0].update(uri="scene.bin")),
    "a picture elsewhere": _edited(lambda d: d["images"][0].update(uri="wood.jpg")),
    "a buffer too short": lambda glb: (glb[0], glb[1][:-400]),
    "version 1": _edited(lambda d: d["asset"].update(version="1.0")),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_every_planted_defect_is_found(
    name: str, shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    glb = closed(*DEFECTS[name](opened(glb_bytes(shot, dressed))))
    assert compared(glb, shot.trajectory)


def test_half_a_file_is_told_as_damaged(
    shot: Shot, dressed: Mapping[str, tuple[DressedSurface, ...]]
) -> None:
    glb = glb_bytes(shot, dressed)
    for cut in (0, 3, 12, 30, len(glb) // 2, len(glb) - 4):
        assert compared(glb[:cut], None)
