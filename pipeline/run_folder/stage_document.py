"""The form of stage.json: what is checked when a stage comes back from the disk."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator

from scene_builder.model.graph import CameraCue
from scene_builder.model.words import ActionKind, ColliderShape, JointKind, Mobility

Number = int | float
"""A finite number; whole numbers stay whole, so that a stage comes back exactly."""
Vector = Annotated[tuple[Number, ...], Field(min_length=3, max_length=3)]
Quaternion = Annotated[tuple[Number, ...], Field(min_length=4, max_length=4)]
Interval = tuple[Number, Number]
Positive = Annotated[Number, Field(gt=0)]
NotNegative = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]


def _fraction(value: object) -> Fraction:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError("a rate is written like '24' or '24000/1001'") from None


ExactRate = Annotated[Fraction, PlainValidator(_fraction), PlainSerializer(str)]


class Door(BaseModel):
    """What every part of a document has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class TimelineDocument(Door):
    """`Timeline`."""

    frame_count: int
    fps: ExactRate
    substeps: int


class MaterialDocument(Door):
    """`Material`."""

    name: str
    base_color: Vector
    parameters: dict[str, Number] = {}
    textures: dict[str, str] = {}


class ColliderDocument(Door):
    """`Collider`; `hulls` names a GLB file."""

    shape: ColliderShape
    size: tuple[Number, ...] = ()
    center: Vector = (0.0, 0.0, 0.0)
    hulls: str | None = None


class AssetDocument(Door):
    """`AssetCredit`."""

    name: str
    source: str
    author: str
    licence: str
    licence_url: str
    changes: str
    score: Number
    fallback: bool


class BodyDocument(Door):
    """`Body`; `mesh` names a GLB file."""

    id: str
    noun: str
    mesh: str
    collider: ColliderDocument
    mass_kg: NotNegative
    friction: NotNegative
    rolling_friction: NotNegative
    restitution: Share
    position: Vector
    wxyz: Quaternion
    linear_velocity: Vector
    angular_velocity: Vector
    mobility: Mobility
    entity: str | None
    materials: tuple[MaterialDocument, ...]
    color_asked: str | None
    center_of_mass: Vector
    inertia: Annotated[tuple[Vector, ...], Field(min_length=3, max_length=3)]
    linear_damping: NotNegative
    angular_damping: NotNegative
    spinning_friction: NotNegative
    break_impulse: Positive | None
    piece_of: str | None = None
    part_of: str | None = None
    asset: AssetDocument


class PoseDocument(Door):
    """`Pose`."""

    position: Vector
    wxyz: Quaternion


class JointDocument(Door):
    """`Joint`."""

    id: str
    kind: JointKind
    parent: str | None
    child: str
    parent_from_joint: PoseDocument
    child_from_joint: PoseDocument
    lower: Number | None
    upper: Number | None
    length_m: NotNegative
    stiffness: NotNegative
    damping: NotNegative


class PathDocument(Door):
    """`TimedPath`."""

    times: tuple[NotNegative, ...]
    positions: tuple[Vector, ...]
    wxyz: tuple[Quaternion, ...]


class ActionDocument(Door):
    """`StageAction`."""

    kind: ActionKind
    body: str
    start_secs: NotNegative
    duration_secs: NotNegative
    linear: Vector
    angular: Vector
    joint: str | None
    verb: str
    other: str | None = None
    path: PathDocument | None = None


class FreedomDocument(Door):
    """`Freedom`."""

    body: str
    offset_low: Vector
    offset_high: Vector
    yaw_deg: Interval
    speed_scale: Interval
    heading_deg: Interval
    friction: Interval | None
    restitution: Interval | None = None
    delay_secs: Interval = (0.0, 0.0)
    group: str
    spread: Interval = (1.0, 1.0)
    turn_deg: Interval = (0.0, 0.0)
    loft_scale: Interval = (1.0, 1.0)


class LightDocument(Door):
    """`Light`."""

    id: str
    kind: Literal["sun", "area", "point", "spot"]
    position: Vector
    wxyz: Quaternion
    color: Vector
    power: NotNegative
    size: NotNegative


class PanoramaDocument(Door):
    """`Panorama`."""

    file: str
    title: str
    source: str
    author: str
    licence: str
    licence_url: str
    changes: str


class EnvironmentDocument(Door):
    """`Environment`."""

    place: str
    indoor: bool
    time_of_day: str
    weather: str
    sky_color: Vector
    sky_strength: NotNegative
    sun_elevation_deg: Number | None
    sun_azimuth_deg: Number
    panorama: PanoramaDocument | None = None


class FluidDocument(Door):
    """`Fluid`."""

    name: str
    density: Positive
    velocity: Vector
    surface_z: Number | None
    shore_y: Number | None


class ImmersionDocument(Door):
    """`Immersion`."""

    body: str
    fluid: str
    drag_coefficient: NotNegative
    area_m2: NotNegative
    volume_m3: NotNegative
    hollow: bool


class FabricDocument(Door):
    """`Fabric`."""

    body: str
    size_m: tuple[Positive, Positive]
    areal_density: Positive
    stretch_stiffness: Positive
    shear_stiffness: Positive
    bending_stiffness: Positive
    thickness_m: Positive
    pins: tuple[Annotated[int, Field(ge=0)], ...] = ()


class CoilDocument(Door):
    """`Coil`."""

    body: str
    joint: str
    turns: Positive


class SoftnessDocument(Door):
    """`Softness`."""

    body: str
    youngs_modulus: Positive
    poisson_ratio: Annotated[Number, Field(ge=0, lt=0.5)]
    loss: NotNegative


class ViewDocument(Door):
    """`View`."""

    azimuth_deg: Number
    cues: tuple[CameraCue, ...]
    subjects: tuple[str, ...]
    shown: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


class StageDocument(Door):
    """`Stage`."""

    gravity: Vector
    timeline: TimelineDocument
    bodies: tuple[BodyDocument, ...]
    joints: tuple[JointDocument, ...] = ()
    actions: tuple[ActionDocument, ...] = ()
    freedoms: tuple[FreedomDocument, ...] = ()
    lights: tuple[LightDocument, ...] = ()
    environment: EnvironmentDocument
    shot: ViewDocument
    fluids: tuple[FluidDocument, ...] = ()
    immersions: tuple[ImmersionDocument, ...] = ()
    fabrics: tuple[FabricDocument, ...] = ()
    softs: tuple[SoftnessDocument, ...] = ()
    coils: tuple[CoilDocument, ...] = ()
