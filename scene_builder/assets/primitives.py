"""The double for asset sources: every noun is a box or a ball of a plausible size."""

from typing import final

import numpy as np

from scene_builder.assets.mass import mass_of
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.rounds import sphere
from scene_builder.assets.shapes.solid import Solid
from scene_builder.assets.source import Asset, AssetSource, Description, Support
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.knowledge.nouns import Noun, resolve_noun
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import AssetCredit, Collider

UNKNOWN_SIZE_M = 0.2
ROUND = frozenset(
    {
        "apple", "ball", "balloon", "basketball", "bowling_ball", "marble", "orange",
        "soccer_ball", "tennis_ball",
    }
)  # fmt: skip


@final
class PrimitiveSource(AssetSource):
    """Makes anything, recognisably nothing: for tests and for sizing a scene up."""

    name = "primitives"

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return a ball for what is round, a cube for everything else.

        Args:
            noun: Any word.
            description: Colour, material, size and mass, where the words state them.
            rng: Draws the colour, where it is open.

        Raises:
            UnknownNameError: If the description's material is unknown.
            SceneError: If its colour or size is none.
        """
        match = resolve_noun(noun)
        kind = match.noun if match else None
        size = _size(kind, description.size)
        name = description.material or (kind.substance if kind else "plastic")
        ball = kind is not None and kind.name in ROUND
        solid, collider = _ball(size) if ball else _cube(size)
        mass = mass_of(solid.vertices, solid.triangles, substance(name).density)
        if description.mass_kg is not None:
            mass = mass.weighing(description.mass_kg)
        top = Support(center=np.array([0, 0, size]), half_extents=np.full(2, 0.48 * size))
        slots = np.zeros(len(solid.triangles), np.int32)
        return Asset(
            noun=kind.name if kind else noun,
            mesh=Mesh(vertices=solid.vertices, triangles=solid.triangles, material_index=slots),
            collider=collider,
            materials=(material_for(name, description.color, rng),),
            substance=substance(name).name,
            mass_kg=mass.mass_kg,
            center_of_mass=mass.center_of_mass,
            inertia=mass.inertia,
            supports=() if ball else (top,),
            rolls="any" if ball else None,
            furniture=kind.furniture if kind else False,
            credit=AssetCredit(name=noun, source=self.name, score=0.1, fallback=True),
        )


def _size(kind: Noun | None, asked: str | float | None) -> float:
    if kind is not None:
        return kind.size_for(asked)
    return float(asked) if isinstance(asked, int | float) else UNKNOWN_SIZE_M


def _ball(size: float) -> tuple[Solid, Collider]:
    center = np.array([0, 0, size / 2])
    solid = sphere(size / 2, detail=3).moved(z=size / 2)
    return solid, Collider(shape="sphere", size=(size / 2,), center=center)


def _cube(size: float) -> tuple[Solid, Collider]:
    center = np.array([0, 0, size / 2])
    solid = box(size, size, size, bevel=0.01 * size)
    return solid, Collider(shape="box", size=(size, size, size), center=center)
