"""A mesh that somebody put into the scene becomes a body."""

import numpy as np

from pipeline.blender_addon.restaging.edits import Addition
from scene_builder.assets.measuring.height_field import height_field
from scene_builder.assets.measuring.hollow import hollow
from scene_builder.assets.measuring.solid_shape import collider_of, lightened, mass_of_surface
from scene_builder.knowledge.materials import substance
from scene_builder.model.errors import AssetError
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import AssetCredit, Body


def body_of(one: Addition) -> Body:
    """Return an added thing as a body: with a solid, a mass and an inertia of its own.

    Raises:
        AssetError: If it encloses nothing.
        UnknownNameError: If its substance is unknown.
    """
    kind = substance(one.substance)
    points = np.asarray(one.vertices, np.float64)
    light = lightened(points, one.triangles)
    cavity = hollow(height_field(light.vertices, light.triangles))
    try:
        collider = collider_of(light, cavity)
        mass = mass_of_surface(light, collider, kind.density, is_vessel=cavity is not None)
        mass = mass.checked(one.body)
    except AssetError as error:
        raise AssetError(f"the added object {one.body}: {error}") from error
    if one.mass_kg is not None:
        mass = mass.weighing(one.mass_kg)
    still = one.mobility == "static"
    look = dict(kind.parameters)
    return Body(
        id=one.body,
        noun=one.noun,
        mesh=Mesh(vertices=one.vertices, triangles=one.triangles, material_index=one.slots),
        collider=collider,
        materials=tuple(
            Material(name=kind.shader, base_color=np.array(color), parameters=look)
            for color in one.colors
        ),
        mass_kg=mass.mass_kg,
        center_of_mass=mass.center_of_mass,
        inertia=mass.inertia,
        pose=one.pose,
        mobility=one.mobility,
        asset=AssetCredit(
            name=one.noun, source="added by hand", author="the user", licence="LicenseRef-own",
            licence_url="",
        ),
        friction=kind.friction if one.friction is None else one.friction,
        rolling_friction=0.0 if still else kind.rolling_friction,
        spinning_friction=0.0 if still else kind.spinning_friction,
        restitution=kind.restitution,
        break_impulse=None,
    )  # fmt: skip
