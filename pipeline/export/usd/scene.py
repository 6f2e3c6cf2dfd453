"""A dressed shot as the layer of a USDZ package."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pxr import Gf, Kind, Sdf, Tf, Usd, UsdGeom, UsdUI

from pipeline.credits import credits_of
from pipeline.export.selection import Selection
from pipeline.export.turning import continuous, turned, turned_wxyz
from pipeline.export.usd.archive import package
from pipeline.export.usd.materials import MATERIALS, Palette
from pipeline.export.usd.moving import drifts, place
from pipeline.export.usd.physics import (
    add_floor,
    add_gravity,
    add_joint,
    add_rigid_body,
    approximation,
    bind_friction,
)
from pipeline.export.usd.shapes import SHAPES, Shapes
from pipeline.export.usd.skins import add_skin
from pipeline.export.usd.sound import PRIM, Sound, add_sound
from render.dressed import DressedSurface
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

ROOT = "/Scene"
_LABEL_LETTERS = 80
_STARTING = ("set_velocity", "release")
"""Actions with which an event begins that an engine can run by itself."""
_TOGETHER_SECS = 0.05
"""How much later than the first an action may be and still be of the beginning [s]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a scene is set down.

    Attributes:
        scale: Factor on all lengths.
        offset_m: What is added to places after that, in our frame (x, y, z) [m].
        live: Whether an engine moves the bodies, and not their samples.
        words: What the shot shows, for those who cannot see it.
        sound: What is heard of the film; None for nothing. An engine's own event is silent.
    """

    scale: float = 1.0
    offset_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    live: bool = False
    words: str = ""
    sound: Sound | None = None


def usdz_bytes(
    shot: Shot,
    selection: Selection,
    dressed: Mapping[str, Sequence[DressedSurface]],
    setting: Setting,
) -> bytes:
    """Return a shot as the content of a USDZ file, the same bytes every time.

    Args:
        shot: What happens.
        selection: What of it is exported.
        dressed: The bodies' surfaces, by body id; bodies with the very same share a shape.
        setting: How it is set down.
    """
    with tempfile.TemporaryDirectory(prefix="worldreel-") as folder:
        layer = Path(folder) / "scene.usdc"
        stage = Usd.Stage.CreateNew(str(layer))
        palette = Palette(stage, ROOT)
        _fill(stage, palette, shot, dressed, setting, prim_names(selection.bodies))
        files = dict(palette.files)
        if setting.sound is not None and not setting.live:
            middle = (*selection.middle_m, 0.0)
            place = turned(np.array(middle) * setting.scale + np.array(setting.offset_m))
            add_sound(stage, ROOT, setting.sound, place.tolist())
            files[setting.sound.file] = setting.sound.content
        stage.GetRootLayer().Save()
        del stage, palette
        return package(layer.read_bytes(), files)


def _fill(
    stage: Any,  # noqa: ANN401 - Usd.Stage
    palette: Palette,
    shot: Shot,
    dressed: Mapping[str, Sequence[DressedSurface]],
    setting: Setting,
    names: Mapping[str, str],
) -> None:
    seen = {body_id: name for body_id, name in names.items() if dressed.get(body_id)}
    bending = {body_id: seen[body_id] for body_id in seen if body_id in shot.trajectory.deform}
    _head(stage, shot, setting, {b: seen[b] for b in seen if b not in bending})
    UsdGeom.Scope.Define(stage, f"{ROOT}/{MATERIALS}")
    add_gravity(stage, ROOT, shot.stage.gravity, setting.scale)
    shapes = Shapes(stage, ROOT, palette, setting.scale)
    shared = Counter(id(dressed[body_id]) for body_id in seen)
    for body_id, name in seen.items():
        body, surfaces = shot.stage.body(body_id), dressed[body_id]
        if body_id in bending:
            continue
        put = shapes.put_shared if shared[id(surfaces)] > 1 else shapes.put
        prim = UsdGeom.Xform.Define(stage, f"{ROOT}/{name}").GetPrim()
        put(f"{ROOT}/{name}", surfaces, solid=approximation(body.collider))
        _embody(prim, body, shot, setting)
        bind_friction(stage, ROOT, prim, body)
    _add_skins(stage, shot, dressed, setting, bending, shapes)
    if setting.live:
        _add_joints(stage, shot, seen, setting)
        add_floor(stage, ROOT)


def _add_skins(
    stage: Any,  # noqa: ANN401 - Usd.Stage
    shot: Shot,
    dressed: Mapping[str, Sequence[DressedSurface]],
    setting: Setting,
    names: Mapping[str, str],
    shapes: Shapes,
) -> None:
    """Put in what bends, and write down how near its skins come to the motion."""
    off = {}
    for body_id, name in names.items():
        off[name] = add_skin(
            f"{ROOT}/{name}", shot.stage.body(body_id), dressed[body_id], shot.trajectory,
            shapes, np.array(setting.offset_m),
        )  # fmt: skip
    if off:
        layer = stage.GetRootLayer()
        told = dict(layer.customLayerData)
        skins = {"skins": {name: body_id for body_id, name in names.items()}, "skin_off_m": off}
        told["worldreel"] = {**told["worldreel"], **skins}
        layer.customLayerData = told


def prim_names(body_ids: Sequence[str]) -> dict[str, str]:
    """Return a name for each body's prim that USD allows, all different."""
    names: dict[str, str] = {}
    for body_id in body_ids:
        plain = Tf.MakeValidIdentifier(body_id)
        plain = plain if plain.isascii() else "body"
        taken = set(names.values()) | {MATERIALS, SHAPES, "Physics", "UnseenFloor", PRIM}
        name, count = plain, 1
        while name in taken:
            count += 1
            name = f"{plain}_{count}"
        names[body_id] = name
    return names


def _head(stage: Any, shot: Shot, setting: Setting, names: Mapping[str, str]) -> None:  # noqa: ANN401
    """Write what holds for the whole scene: axes, units, time, words, place and credits."""
    timeline = shot.stage.timeline
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    fps = float(timeline.fps)
    stage.SetTimeCodesPerSecond(fps)
    stage.SetFramesPerSecond(fps)
    stage.SetStartTimeCode(0)
    stage.SetEndTimeCode(0 if setting.live else shot.trajectory.frame_count - 1)
    root = UsdGeom.Xform.Define(stage, ROOT).GetPrim()
    stage.SetDefaultPrim(root)
    Usd.ModelAPI(root).SetKind(Kind.Tokens.assembly)
    if setting.words:
        told = UsdUI.AccessibilityAPI.Apply(root, "default")
        told.CreateLabelAttr(_short(setting.words))
        told.CreateDescriptionAttr(setting.words)
    root.AddAppliedSchema("Preliminary_AnchoringAPI")
    for key, value in (("anchoring:type", "plane"), ("planeAnchoring:alignment", "horizontal")):
        attribute = root.CreateAttribute(
            f"preliminary:{key}", Sdf.ValueTypeNames.Token, False, Sdf.VariabilityUniform
        )
        attribute.Set(value)
    shown = credits_of(shot.stage)
    layer = stage.GetRootLayer()
    layer.documentation = shown.text
    root.SetAssetInfoByKey("credits", shown.line)
    layer.customLayerData = {
        "creator": "worldreel",
        "Apple": {"preferredIblVersion": 2},
        "worldreel": {
            "scale": float(setting.scale),
            "offset": Gf.Vec3d(*map(float, setting.offset_m)),
            "live": setting.live,
            "moves": any(_moves(shot, body_id) for body_id in names),
            "bodies": {name: body_id for body_id, name in names.items()},
            "credits": {f"work_{k}": work for k, work in enumerate(shown.works, 1)},
        },
        "copyright": shown.line,
    }


def _moves(shot: Shot, body_id: str) -> bool:
    """Whether a body is not the same at all frames."""
    motion, k = shot.trajectory, shot.trajectory.index(body_id)
    changes = body_id in motion.deform or not motion.present[:, k].all()
    return changes or drifts(motion.positions[:, k], continuous(motion.wxyz[:, k]))


def _embody(prim: Any, body: Body, shot: Shot, setting: Setting) -> None:  # noqa: ANN401
    """Place a body, let it move, and give it its mass."""
    motion = shot.trajectory
    k = motion.index(body.id)
    positions = turned(motion.positions[:, k] * setting.scale + np.array(setting.offset_m))
    place(
        UsdGeom.Xform(prim),
        positions,
        continuous(turned_wxyz(motion.wxyz[:, k])),
        np.ones_like(motion.present[:, k]) if setting.live else motion.present[:, k],
        animated=not setting.live,
    )
    if body.mobility != "static":
        engine = setting.live and body.mobility == "dynamic"
        start = _first_velocities(shot, body) if engine else None
        add_rigid_body(prim, body, scale=setting.scale, velocities=start)


def _first_velocities(shot: Shot, body: Body) -> tuple[Array, Array]:
    """Return the linear [m/s] and angular [rad/s] velocity that a body begins with (3), (3).

    A film stands still for a moment; an engine begins with what ends that moment.
    """
    starting = [a for a in shot.stage.actions if a.kind in _STARTING]
    begins = min((a.start_secs for a in starting), default=0.0)
    for action in starting:
        sets = action.kind == "set_velocity" and action.body == body.id
        if sets and action.start_secs <= begins + _TOGETHER_SECS:
            return action.linear, action.angular
    return body.linear_velocity, body.angular_velocity


def _add_joints(
    stage: Any,  # noqa: ANN401 - Usd.Stage
    shot: Shot,
    names: Mapping[str, str],
    setting: Setting,
) -> None:
    for k, joint in enumerate(shot.stage.joints):
        if joint.child in names and (joint.parent is None or joint.parent in names):
            parent = None if joint.parent is None else f"{ROOT}/{names[joint.parent]}"
            add_joint(
                stage, f"{ROOT}/Joint_{k}", joint,
                parent=parent, child=f"{ROOT}/{names[joint.child]}", scale=setting.scale,
            )  # fmt: skip


def _short(words: str) -> str:
    """Return the beginning of a text, cut between words."""
    if len(words) <= _LABEL_LETTERS:
        return words
    return words[: _LABEL_LETTERS - 1].rsplit(" ", 1)[0] + "…"
