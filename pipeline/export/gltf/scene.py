"""A dressed shot as a GLB file: one node a body, one animation for all."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.credits import credits_of
from pipeline.export.gltf.bending import add_targets, key_frames, moved_normals
from pipeline.export.gltf.document import ARRAY_BUFFER, ELEMENT_BUFFER, Document
from pipeline.export.gltf.lights import LIGHTS, sun_of
from pipeline.export.gltf.materials import Palette
from pipeline.export.gltf.tangents import tangents_of
from pipeline.export.turning import continuous, turned, turned_outside, turned_wxyz
from render.camera_track import CameraTrack
from render.dressed import DressedSurface
from render.shot import Shot
from scene_builder.model.arrays import Array

CAMERA = "camera"
_NEAR_M, _FAR_M = 0.01, 1000.0
Dressed = Mapping[str, Sequence[DressedSurface]]


def glb_bytes(shot: Shot, dressed: Dressed, *, words: str = "", sunlit: bool = False) -> bytes:
    """Return a shot as the content of a GLB file, the same bytes every time.

    Y is up, lengths are metres, and all that moves is keyed at every frame of the film. Whose work
    the shot shows stands in `asset.copyright` and `asset.extras.credits`.

    Args:
        shot: What happens.
        dressed: The bodies' surfaces, by body id; bodies with the very same share a mesh.
        words: What the shot shows.
        sunlit: Whether a sun goes along (KHR_lights_punctual) that shines as the film's main light.
    """
    document = Document()
    scene = _Scene(shot, document, Palette(document))
    nodes = [
        scene.body(body.id, dressed[body.id])
        for body in shot.stage.bodies
        if dressed.get(body.id) and shot.trajectory.present[:, shot.trajectory.index(body.id)].any()
    ]
    nodes.append(scene.camera(shot.track))
    extensions = {}
    if sunlit and shot.stage.lights:
        lamp, node = sun_of(shot.stage)
        nodes.append(document.add("nodes", node))
        extensions = {"extensionsUsed": [LIGHTS], "extensions": {LIGHTS: {"lights": [lamp]}}}
    if scene.channels:
        document.add(
            "animations", {"name": "film", "channels": scene.channels, "samplers": scene.samplers}
        )
    document.add("scenes", {"name": "worldreel", "nodes": nodes})
    shown = credits_of(shot.stage)
    extras = {"words": words, "credits": list(shown.works)}
    asset = {
        "version": "2.0", "generator": "worldreel", "copyright": shown.line, "extras": extras,
    }  # fmt: skip
    return document.glb(asset=asset, scene=0, **extensions)


@dataclass(slots=True)
class _Scene:
    """The nodes of one file, and how they move."""

    shot: Shot
    document: Document
    palette: Palette
    channels: list[dict[str, Any]] = field(default_factory=list)
    samplers: list[dict[str, Any]] = field(default_factory=list)
    _meshes: dict[int, int] = field(default_factory=dict)
    _times: dict[int, int] = field(default_factory=dict)

    def body(self, body_id: str, surfaces: Sequence[DressedSurface]) -> int:
        """Add a body, and return its node."""
        motion, body = self.shot.trajectory, self.shot.stage.body(body_id)
        k = motion.index(body_id)
        told = {"noun": body.noun, "mass_kg": body.mass_kg, "mobility": body.mobility}
        bends = body_id in motion.deform
        mesh = self._bending_mesh(body_id, surfaces) if bends else self._mesh(body_id, surfaces)
        node = self.document.add("nodes", {"name": body_id, "mesh": mesh, "extras": told})
        if bends:
            self._bend(node, body_id)
        else:
            self._move(node, motion.positions[:, k], motion.wxyz[:, k])
        here = motion.present[:, k]
        if not here.all():
            self.document.parts["nodes"][node]["scale"] = [float(here[0])] * 3
            shown = np.repeat(here.astype(np.float32)[:, None], 3, axis=1)
            self._channel(node, "scale", shown, range(len(here)), steps=True)
        return node

    def camera(self, track: CameraTrack) -> int:
        """Add the film's camera, and return its node."""
        width, height = track.lens.size_px
        lens = {
            "yfov": 2 * math.atan(height / 2 / track.lens.focal_px),
            "aspectRatio": width / height, "znear": _NEAR_M, "zfar": _FAR_M,
        }  # fmt: skip
        self.document.add("cameras", {"type": "perspective", "perspective": lens})
        node = self.document.add("nodes", {"name": CAMERA, "camera": 0})
        # A camera looks along its own −Z in glTF as here, so its own axes are not turned.
        self._move(node, track.positions, track.wxyz, own_axes=True)
        return node

    def _mesh(self, name: str, surfaces: Sequence[DressedSurface]) -> int:
        if id(surfaces) not in self._meshes:
            parts = [self._part(s, turned(s.points), turned(s.normals)) for s in surfaces]
            mesh = {"name": name, "primitives": parts}
            self._meshes[id(surfaces)] = self.document.add("meshes", mesh)
        return self._meshes[id(surfaces)]

    def _part(self, surface: DressedSurface, points: Array, normals: Array) -> dict[str, Any]:
        numbers = self.document.numbers
        attributes = {
            "POSITION": numbers(points.astype(np.float32), target=ARRAY_BUFFER, bounds=True),
            "NORMAL": numbers(normals.astype(np.float32), target=ARRAY_BUFFER),
        }
        if surface.uv is not None:
            uv = surface.uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
            attributes["TEXCOORD_0"] = numbers(uv, target=ARRAY_BUFFER)
        if surface.look.normal_map is not None:
            tangents = tangents_of(surface, points, normals)
            attributes["TANGENT"] = numbers(tangents, target=ARRAY_BUFFER)
        indices = numbers(surface.triangles.ravel(), target=ELEMENT_BUFFER)
        material = self.palette.material(surface.look)
        return {"attributes": attributes, "indices": indices, "material": material}

    def _bending_mesh(self, body_id: str, surfaces: Sequence[DressedSurface]) -> int:
        """Add a mesh with a form for every key, in the world."""
        forms = self.shot.trajectory.deform[body_id]
        keys = key_frames(len(forms), sum(len(s.points) for s in surfaces))
        parts = []
        for surface in surfaces:
            points = [turned(forms[k][surface.vertex]) for k in keys]
            normals = [moved_normals(p, surface.triangles, surface.vertex) for p in points]
            part = self._part(surface, points[0], normals[0])
            part["targets"] = add_targets(self.document, points, normals)
            parts.append(part)
        weights = [0.0] * (len(keys) - 1)
        mesh = {"name": body_id, "primitives": parts, "weights": weights}
        return self.document.add("meshes", mesh)

    def _bend(self, node: int, body_id: str) -> None:
        """Let a mesh go from form to form; the first is the mesh itself."""
        mesh = self.document.parts["meshes"][self.document.parts["nodes"][node]["mesh"]]
        count = len(mesh["weights"]) + 1
        frames = len(self.shot.trajectory.deform[body_id])
        keys = key_frames(frames, count=count)
        weights = np.eye(count, dtype=np.float32)[:, 1:]
        self._channel(node, "weights", weights.ravel(), keys)

    def _move(self, node: int, positions: Array, wxyz: Array, *, own_axes: bool = False) -> None:
        """Give a node its pose at frame 0, and its motion if it has any."""
        places = turned(positions).astype(np.float32)
        turns = continuous(turned_outside(wxyz) if own_axes else turned_wxyz(wxyz))
        turns = np.roll(turns, -1, axis=1).astype(np.float32)  # glTF's w stands last
        item = self.document.parts["nodes"][node]
        item["translation"], item["rotation"] = places[0].tolist(), turns[0].tolist()
        frames = range(len(places))
        if np.ptp(places, axis=0).any():
            self._channel(node, "translation", places, frames)
        if np.ptp(turns, axis=0).any():
            self._channel(node, "rotation", turns, frames)

    def _channel(
        self, node: int, path: str, values: Array, frames: Sequence[int], *, steps: bool = False
    ) -> None:
        sampler = {
            "input": self._time(frames),
            "output": self.document.numbers(values),
            "interpolation": "STEP" if steps else "LINEAR",
        }
        self.samplers.append(sampler)
        target = {"node": node, "path": path}
        self.channels.append({"sampler": len(self.samplers) - 1, "target": target})

    def _time(self, frames: Sequence[int]) -> int:
        """Return the accessor of the times of some frames, each written once."""
        if len(frames) not in self._times:
            times = np.array(frames) / float(self.shot.stage.timeline.fps)
            self._times[len(frames)] = self.document.numbers(times, bounds=True)
        return self._times[len(frames)]
