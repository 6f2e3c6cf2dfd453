"""Every body placed, sized and dressed: what is simulated, rendered and exported."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from scene_builder.model.actions.action import StageAction
from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.errors import SceneError
from scene_builder.model.fabrics.coil import Coil
from scene_builder.model.fabrics.fabric import Fabric
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.fluids.fluid import Fluid, Immersion
from scene_builder.model.graph import CameraCue
from scene_builder.model.light import Environment, Light
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.timeline import Timeline
from scene_builder.model.words import ColliderShape, JointKind, Mobility

__all__ = [
    "GROUND_ID", "AssetCredit", "Body", "Collider", "Freedom", "Joint", "Stage", "StageAction",
    "View",
]  # fmt: skip

GROUND_ID = "ground"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Collider:
    """The solid that touches others.

    Attributes:
        shape: Which solid.
        size: `sphere`: (radius,). `box`: full edges (x, y, z). `capsule`, `cylinder`:
            (radius, height along Z; a capsule's height includes both caps).
            `plane` (z ≤ 0 is solid) and `hulls`: (). All [m].
        center: Centre of the solid in the body's frame (3) [m]; zero for plane and hulls.
        hulls: Convex pieces in the body's frame, for `hulls` only.
    """

    shape: ColliderShape
    size: tuple[float, ...] = ()
    center: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    hulls: tuple[Mesh, ...] = ()

    def __post_init__(self) -> None:
        set_read_only(self, "center", np.float64, (3,))
        wanted = {"sphere": 1, "box": 3, "capsule": 2, "cylinder": 2}.get(self.shape, 0)
        if len(self.size) != wanted or any(not s > 0 for s in self.size):
            raise ValueError(f"a {self.shape} collider needs {wanted} sizes above 0: {self.size}")
        if (self.shape == "hulls") != bool(self.hulls):
            raise ValueError("hulls are given exactly when the shape is 'hulls'")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetCredit:
    """Where a body's shape comes from, and how well it fits what was asked for."""

    name: str
    source: str
    author: str = "worldreel"
    licence: str = "CC0-1.0"
    licence_url: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    changes: str = ""
    score: float = 1.0
    fallback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """One individual on the stage.

    Attributes:
        id: `cup#2`; `ground`, `wall`, `ceiling` for what closes the place.
        noun: What it is.
        entity: The entity of the graph that it belongs to; None for what the words do not name.
        mesh: Its surface, in the body's frame (origin at the base's centre, Z up).
        collider: Its solid, in the same frame.
        materials: One for each material slot of the mesh.
        mass_kg: Mass [kg].
        center_of_mass: In the body's frame (3) [m].
        inertia: About the centre of mass, in the body's axes (3 3) [kg·m²].
        friction: Coulomb's coefficient; a pair's is the product of both (Bullet's rule).
        rolling_friction: Rolling resistance [m].
        spinning_friction: Resistance to spinning about the contact's normal [m].
        restitution: 0…1; a pair's is the product of both (Bullet's rule).
        linear_damping: Share of the velocity lost each second, 0 unless air is asked for.
        angular_damping: Likewise for the angular velocity.
        break_impulse: Impulse [N·s] above which it breaks; None for never.
        pose: `world_from_body` at frame 0.
        linear_velocity: Of the centre of mass at frame 0 (3) [m/s].
        angular_velocity: In the world's axes at frame 0 (3) [rad/s].
        mobility: `dynamic` moves by the laws, `static` never, `kinematic` by command.
        color_asked: The colour that the words name, or None.
        piece_of: The body that it breaks off (`vase#1` for `vase#1.p3`), or None. Until that
            breaks, its pieces are absent; they share its frame, and where it is they are.
        part_of: The body that a joint holds it to as a part (`car#1` for `car#1.wheel_rear_left`).
        asset: Where its shape comes from.
    """

    id: str
    noun: str
    mesh: Mesh
    collider: Collider
    materials: tuple[Material, ...]
    mass_kg: float
    center_of_mass: Float[Array, "3"]
    inertia: Float[Array, "3 3"]
    pose: Pose
    mobility: Mobility
    asset: AssetCredit
    entity: str | None = None
    friction: float = 0.5
    rolling_friction: float = 0.0
    spinning_friction: float = 0.0
    restitution: float = 0.3
    linear_damping: float = 0.0
    angular_damping: float = 0.0
    break_impulse: float | None = None
    linear_velocity: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    angular_velocity: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    color_asked: str | None = None
    piece_of: str | None = None
    part_of: str | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "center_of_mass", np.float64, (3,))
        set_read_only(self, "inertia", np.float64, (3, 3))
        set_read_only(self, "linear_velocity", np.float64, (3,))
        set_read_only(self, "angular_velocity", np.float64, (3,))
        if not self.materials or self.mesh.material_index.max() >= len(self.materials):
            raise ValueError(f"{self.id}: the mesh names a material slot that is not there")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joint:
    """What holds two bodies together.

    Attributes:
        id: Unique among the stage's joints.
        kind: `hinge` turns about the frame's Z, `slider` moves along it, `ball` turns freely,
            `rope` keeps the anchors at most `length_m` apart, `spring` pulls towards `length_m`.
        parent: Body id, or None for the world.
        child: Body id.
        parent_from_joint: The joint's frame in the parent's body frame (or in the world).
        child_from_joint: The joint's frame in the child's body frame.
        lower, upper: Limits [rad or m]; None for no limit.
        length_m: Rest length of a rope or spring [m].
        stiffness: Of a spring [N/m].
        damping: [N·s/m], or [N·m·s/rad] for turning joints.
    """

    id: str
    kind: JointKind
    parent: str | None
    child: str
    parent_from_joint: Pose
    child_from_joint: Pose
    lower: float | None = None
    upper: float | None = None
    length_m: float = 0.0
    stiffness: float = 0.0
    damping: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Freedom:
    """What the words leave open about one body: all that a director may change.

    Attributes:
        body: Body id.
        offset_low, offset_high: Least and largest displacement (3) [m], in the world.
        yaw_deg: Interval of extra turns about the vertical [deg].
        speed_scale: Interval of factors on the speed of the body's actions.
        heading_deg: Interval of turns of the actions' direction about the vertical [deg].
        friction: Interval of the friction coefficient, or None where it is fixed.
        restitution: Interval of the restitution coefficient, or None where it is fixed.
        delay_secs: Interval by which the body's actions may begin later [s].
        group: Bodies of one group are displaced together (a stack, a row); "" is the body alone.
        spread: Interval of factors on the distances between the bodies of its group.
        turn_deg: Interval of turns of the group's places, not its bodies, about their middle [deg].
        loft_scale: Interval of factors on the upward part of the speed of the body's actions.
    """

    body: str
    offset_low: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    offset_high: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    yaw_deg: tuple[float, float] = (0.0, 0.0)
    speed_scale: tuple[float, float] = (1.0, 1.0)
    heading_deg: tuple[float, float] = (0.0, 0.0)
    friction: tuple[float, float] | None = None
    restitution: tuple[float, float] | None = None
    delay_secs: tuple[float, float] = (0.0, 0.0)
    group: str = ""
    spread: tuple[float, float] = (1.0, 1.0)
    turn_deg: tuple[float, float] = (0.0, 0.0)
    loft_scale: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        set_read_only(self, "offset_low", np.float64, (3,))
        set_read_only(self, "offset_high", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the camera looks from, and what it does.

    Attributes:
        azimuth_deg: From the scene to the first camera, counter-clockwise from −Y (it sees +Y).
        cues: The graph's camera cues, in time order.
        subjects: Bodies named in actions and outcomes: they have to stay in the picture.
        shown: Further bodies that the words name: they have to be seen when the shot begins.
        actors: Who does something: the camera does not lose them afterwards.
    """

    azimuth_deg: float = 0.0
    cues: tuple[CameraCue, ...] = ()
    subjects: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage:
    """Everything there is, at frame 0, and everything that will act on it.

    Attributes:
        bodies: All bodies; `bodies[k - 1]` has index k in a picture's `body_index`.
        joints: What holds bodies together.
        actions: What acts on them, in time order.
        freedoms: What the words leave open.
        lights: Lamps.
        environment: The place.
        shot: The view.
        timeline: Frames, seconds and physics steps.
        gravity: Acceleration (3) [m/s²].
        fluids, immersions: Air and water, where something feels them, and what feels which.
        fabrics, softs: Which bodies are cloth, of what kind; which give way, and how much.
        coils: Which bodies are seen as springs, and follow their ends.
    """

    bodies: tuple[Body, ...]
    environment: Environment
    timeline: Timeline
    shot: View = View()
    joints: tuple[Joint, ...] = ()
    actions: tuple[StageAction, ...] = ()
    freedoms: tuple[Freedom, ...] = ()
    lights: tuple[Light, ...] = ()
    gravity: Float[Array, "3"] = field(default_factory=lambda: np.array([0.0, 0.0, -9.81]))
    fluids: tuple[Fluid, ...] = ()
    immersions: tuple[Immersion, ...] = ()
    fabrics: tuple[Fabric, ...] = ()
    softs: tuple[Softness, ...] = ()
    coils: tuple[Coil, ...] = ()

    def __post_init__(self) -> None:
        set_read_only(self, "gravity", np.float64, (3,))
        if len(set(self.body_ids)) != len(self.bodies):
            raise SceneError("two bodies of the stage share one id")

    @property
    def body_ids(self) -> tuple[str, ...]:
        """The ids of all bodies, in order."""
        return tuple(body.id for body in self.bodies)

    @property
    def deforming(self) -> frozenset[str]:
        """The ids of the bodies that are not rigid."""
        bending = [fabric.body for fabric in self.fabrics] + [soft.body for soft in self.softs]
        return frozenset(bending + [coil.body for coil in self.coils])

    def body(self, body_id: str) -> Body:
        """Return the body of that id; raises `SceneError` if there is none."""
        for body in self.bodies:
            if body.id == body_id:
                return body
        raise SceneError(f"no body {body_id!r} on the stage; there are: {', '.join(self.body_ids)}")
