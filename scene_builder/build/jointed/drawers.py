"""Chests whose drawer slides out: a case with an empty bay, and a drawer in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from scene_builder.assets.procedural.blueprint import Part, Slot
from scene_builder.assets.procedural.shaping import hulls_of, mesh_of, weight_of
from scene_builder.assets.procedural.things.home.tables import knob
from scene_builder.assets.shapes.boxes import box, open_box
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.assets.source import Mechanism, MovingPart, RigidPart
from scene_builder.build.jointed.opening import OPENING
from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.knowledge.materials import material_for
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.parts import counted_parts
from scene_builder.model.chance import stream
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import AssetCredit, Body, Collider

CASED = "cabinet"
"""Shape of the nouns that have drawers: dressers, nightstands, filing cabinets."""

BOARD_M, PLINTH_M, GAP_M = 0.02, 0.06, 0.003
"""Of a case: how thick its boards are, how high its foot is, and what a drawer leaves free."""

BAY_M, MOST_BAYS = 0.2, 5
"""A case has a drawer for so much of its height, and at most so many."""

FROM_ABOVE = MappingProxyType({
    "top": 0, "upper": 0, "uppermost": 0, "first": 0, "second": 1, "third": 2, "fourth": 3,
    "fifth": 4,
})  # fmt: skip
"""Which drawer a word means, counted from above."""

LOWEST = frozenset({"bottom", "lower", "lowest", "last"})

_SAID = re.compile(rf"\b({'|'.join((*FROM_ABOVE, *LOWEST, 'middle'))}) (?:\w+ )?drawer\b")

DRAWN_SHARE = 0.65
"""A drawer comes out by this share of its depth: with more it would fall off its rails."""

RAIL_DAMPING = 12.0
"""Of a drawer on wooden rails [N·s/m]: nudged with 0.5 m/s it stops within its depth."""

OUTWARDS = np.array([[-1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, -1.0, 0.0]])
"""Axes of a drawer's joint: its Z looks to the front, where −Y is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chest:
    """A body dressed as a chest of drawers, and how it comes apart."""

    body: Body
    mechanism: Mechanism


def has_drawers(member: Member, mine: Sequence[Deed]) -> bool:
    """Return whether a thing is opened or closed, and that means a drawer of it.

    Args:
        member: Its shape.
        mine: All that it does.
    """
    if member.asset.mechanism is not None or not any(deed.verb in OPENING for deed in mine):
        return False
    said = member.asset.noun if member.entity is None else member.entity.noun
    matches = (resolve_noun(noun) for noun in (member.asset.noun, said))
    return any(match is not None and match.noun.shape == CASED for match in matches)


def drawer_said(words: str) -> str:
    """Return which drawer the words speak of, as they say it: "middle", "second"; else "top"."""
    found = _SAID.search(words.lower())
    return "top" if found is None else found[1]


def chest_of(body: Body, member: Member, said: str = "top") -> Chest:
    """Return a body as a chest of its own size, one of whose drawers slides.

    Args:
        body: Where it stands, facing −Y in its own frame.
        member: Its substance and colour, and how many drawers its noun says.
        said: Which drawer slides, as `drawer_said` tells.
    """
    x, y, z = (float(value) for value in body.mesh.extents)
    slots = [Slot(substance=member.asset.substance), Slot(substance="brass")]
    bays = _bays(member, z)
    free = _place(said, bays)
    high = (z - PLINTH_M - BOARD_M) / bays
    wide = x - 2 * BOARD_M
    fronts = [
        part
        for k in range(bays)
        if k != free
        for part in _front(wide, y, high).parts(PLINTH_M + k * high)
    ]  # fmt: skip
    case = (Part(solid=_case(x, y, z, bays, high)), *fronts)
    way = _drawer(wide, y, high, PLINTH_M + free * high)
    rng = stream(0, "drawers", body.id)
    materials = tuple(
        material_for(str(slot.substance), color, rng)
        for slot, color in zip(slots, (body.color_asked, None), strict=True)
    )
    dressed = replace(
        body, materials=materials,
        asset=AssetCredit(name=f"{body.noun} with drawers", source="procedural"),
    )  # fmt: skip
    base = RigidPart(mesh=mesh_of(case), collider=hulls_of(case), mass=weight_of(case, slots))
    sliding = _sliding(way, slots, DRAWN_SHARE * (y - 2 * BOARD_M))
    return Chest(body=dressed, mechanism=Mechanism(base=base, parts=(sliding,), anchored=True))


def _bays(member: Member, z: float) -> int:
    """Return how many drawers a chest of a height has [m]: as many as the words say."""
    said = counted_parts(member.entity.noun) if member.entity is not None else None
    if said is not None and said.part == "drawer":
        return said.number
    return int(np.clip(round((z - PLINTH_M) / BAY_M), 1, MOST_BAYS))


def _place(said: str, bays: int) -> int:
    """Return which of some bays is spoken of, counted from below."""
    if said == "middle":
        return (bays - 1) // 2
    return 0 if said in LOWEST else max(bays - 1 - FROM_ABOVE[said], 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Front:
    """The face of a drawer and its knobs, standing on z = 0."""

    panel: Solid
    knobs: Solid

    def parts(self, low: float) -> tuple[Part, Part]:
        """Return both at a height [m]."""
        return (
            Part(solid=self.panel.moved(z=low)),
            Part(solid=self.knobs.moved(z=low).without_hulls(), slot=1),
        )


def _front(wide: float, y: float, high: float) -> _Front:
    panel = box(wide - 2 * GAP_M, BOARD_M, high - 2 * GAP_M, bevel=0.003)
    panel = panel.moved(y=(BOARD_M - y) / 2, z=GAP_M)
    sides = (0.0,) if wide < 2 * BAY_M else (-wide / 4, wide / 4)
    knobs = [knob().moved(x=side, y=-y / 2, z=high / 2) for side in sides]
    return _Front(panel=panel, knobs=joined(*knobs))


def _case(x: float, y: float, z: float, bays: int, high: float) -> Solid:
    """Return the boards of a case: sides, back, foot, lid, and a rail under every drawer."""
    deep = y - BOARD_M
    sides = [
        box(BOARD_M, y, z - BOARD_M, bevel=0.002).moved(x=s * (x - BOARD_M) / 2) for s in (-1, 1)
    ]
    inner = x - 2 * BOARD_M
    back = box(inner, 0.01, z - BOARD_M - PLINTH_M, bevel=0.0005).moved(y=y / 2 - 0.006, z=PLINTH_M)
    foot = box(inner, deep, PLINTH_M - 2 * GAP_M, bevel=0.002).moved(y=BOARD_M / 2)
    rails = [
        box(inner, 0.06, GAP_M, bevel=0.0005).moved(y=0.05 - deep / 2, z=low - GAP_M)
        for low in (PLINTH_M + k * high for k in range(1, bays))
    ]
    lid = box(x + 0.01, y, BOARD_M, bevel=0.004).moved(z=z - BOARD_M)
    return joined(*sides, back, foot, *rails, lid)


def _drawer(wide: float, y: float, high: float, low: float) -> tuple[Part, ...]:
    """Return a drawer, shut, in the chest's frame."""
    deep = y - 2 * BOARD_M - 0.02
    boards = open_box(
        wide - 6 * GAP_M, deep, 0.7 * (high - 2 * GAP_M), wall=0.012, floor=0.008
    )  # fmt: skip
    tray = joined(*boards).moved(y=BOARD_M - y / 2 + deep / 2, z=low + 2 * GAP_M)
    return (Part(solid=tray), *_front(wide, y, high).parts(low))


def _sliding(parts: tuple[Part, ...], slots: list[Slot], way: float) -> MovingPart:
    frame = Pose(position=np.zeros(3), wxyz=wxyz_from_rotation(OUTWARDS))
    back = frame.inverse()
    weight = weight_of(parts, slots)
    hulls = tuple(_seen_from(hull, back) for hull in hulls_of(parts).hulls)
    turn = back.rotation
    return MovingPart(
        name="drawer",
        shape=RigidPart(
            mesh=_seen_from(mesh_of(parts), back),
            collider=Collider(shape="hulls", hulls=hulls),
            mass=replace(
                weight,
                center_of_mass=back @ weight.center_of_mass,
                inertia=turn @ weight.inertia @ turn.T,
            ),
        ),
        asset_from_part=frame,
        kind="slider",
        upper=way,
        damping=RAIL_DAMPING,
    )


def _seen_from(mesh: Mesh, part_from_asset: Pose) -> Mesh:
    return replace(mesh, vertices=part_from_asset @ np.asarray(mesh.vertices, np.float64))
