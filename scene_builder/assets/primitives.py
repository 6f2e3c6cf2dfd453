"""The double for asset sources: every noun is a box or a ball of a plausible size."""

from typing import final

import numpy as np

from scene_builder.assets.mass import mass_of
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.rounds import sphere
from scene_builder.assets.source import Asset, AssetSource, Description, Support
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import AssetCredit, Collider

UNKNOWN_SIZE_M = 0.2
ROUND = frozenset(
    "ball marble apple orange balloon basketball soccer_ball tennis_ball bowling_ball".split()
)


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
        size = UNKNOWN_SIZE_M
        if kind is not None:
            size = kind.size_for(description.size)
        elif isinstance(description.size, int | float):
            size = float(description.size)
        name = description.material or (kind.substance if kind else "plastic")
        ball = kind is not None and kind.name in ROUND
        if ball:
            solid = sphere(size / 2, detail=3).moved(z=size / 2)
            collider = Collider(shape="sphere", size=(size / 2,), center=np.array([0, 0, size / 2]))
        else:
            solid = box(size, size, size, bevel=0.01 * size)
            collider = Collider(
                shape="box", size=(size, size, size), center=np.array([0, 0, size / 2])
            )
        mass = mass_of(solid.vertices, solid.triangles, substance(name).density)
        if description.mass_kg is not None:
            mass = mass.weighing(description.mass_kg)
        top = Support(center=np.array([0, 0, size]), half_extents=np.full(2, 0.48 * size))
        return Asset(
            noun=kind.name if kind else noun,
            mesh=Mesh(
                vertices=solid.vertices,
                triangles=solid.triangles,
                material_index=np.zeros(len(solid.triangles), np.int32),
            ),
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
