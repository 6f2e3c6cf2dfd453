"""Another material, another colour: how a body would look, rub and bounce."""

from dataclasses import replace

import numpy as np

from pipeline.whatif.changes import Change
from scene_builder.knowledge.materials import (
    Substance,
    is_substance,
    known_substances,
    material_for,
    substance,
)
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.chance import stream
from scene_builder.model.errors import SceneError, SettingsError, UnknownNameError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.material import Material
from scene_builder.model.stage import Body

SAME_COLOR = 0.15
"""Slots whose linear colours are no farther apart are painted as one."""
_PICTURE = "base_color"


def made_of(
    body: Body, change: Change, graph: SceneGraph, seed: int
) -> tuple[Body, float | None, str]:
    """Return a body of another substance: how it rubs, bounces, breaks and looks.

    Args:
        body: The body.
        change: Which substance.
        graph: What the words say: the old substance, and a colour that stays.
        seed: Of the run, for the shade.

    Returns:
        The body, its mass as it was; how many times denser the substance is, None if the old
        one is not known; what that means in words.

    Raises:
        SettingsError: If there is no such substance.
    """
    try:
        new = substance(change.value)
    except UnknownNameError as error:
        raise SettingsError(f"{change.given}: {error}") from None
    old = substance_of(body, graph)
    surface = material_for(new.name, body.color_asked, stream(seed, "whatif", body.id))
    main = _main(body)
    made = replace(
        body,
        materials=tuple(
            surface if material.name == body.materials[main].name else material
            for material in body.materials
        ),
        friction=new.friction,
        rolling_friction=new.rolling_friction,
        spinning_friction=new.spinning_friction,
        restitution=new.restitution,
        break_impulse=new.break_impulse(body.mass_kg, float(body.mesh.extents.max()))
        if body.mobility == "dynamic"
        else None,
    )
    if old is None:
        return made, None, "the old substance is not known, so the mass stays"
    return made, new.density / old.density, f"{new.name} instead of {old.name}"


def colored(body: Body, change: Change, graph: SceneGraph, seed: int) -> Body:
    """Return a body of another colour; what it is made of stays.

    Raises:
        SettingsError: If it is no colour.
    """
    kind = substance_of(body, graph)
    name = kind.name if kind else "plastic"
    try:
        dyed = material_for(name, change.value, stream(seed, "whatif", body.id)).base_color
    except SceneError as error:
        raise SettingsError(f"{change.given}: {error}") from None
    main = body.materials[_main(body)]

    def painted(material: Material) -> Material:
        apart = float(np.linalg.norm(material.base_color - main.base_color))
        if material.name != main.name or apart > SAME_COLOR:
            return material
        pictures = {name: file for name, file in material.textures.items() if name != _PICTURE}
        return replace(material, base_color=dyed, textures=pictures)

    materials = tuple(painted(material) for material in body.materials)
    asked = change.value if body.entity else body.color_asked
    return replace(body, materials=materials, color_asked=asked)


def substance_of(body: Body, graph: SceneGraph) -> Substance | None:
    """Return what a body is made of, or None.

    A stage keeps coefficients, not names: of the substances that rub and bounce as the body
    does, the one that the words or the kind of thing name is taken first.
    """
    entity = graph.entity(body.entity) if body.entity else None
    match = resolve_noun(body.noun)
    named = [entity.material if entity else None, match.noun.substance if match else None]
    named += [material.name for material in body.materials]
    wanted = [substance(name) for name in named if name is not None and is_substance(name)]
    fitting = [kind for kind in map(substance, known_substances()) if _behaves(body, kind)]
    names = [kind.name for kind in wanted]
    fitting.sort(key=lambda kind: names.index(kind.name) if kind.name in names else len(names))
    return next(iter([*fitting, *wanted]), None)


def _behaves(body: Body, kind: Substance) -> bool:
    """Whether a body bounces and rolls as a substance does; its friction may be a take's own."""
    ours = (body.restitution, body.rolling_friction, body.spinning_friction)
    theirs = (kind.restitution, kind.rolling_friction, kind.spinning_friction)
    return ours == theirs


def _main(body: Body) -> int:
    """Return the material slot that covers most of a body."""
    mesh = body.mesh
    a, b, c = (mesh.vertices[mesh.triangles[:, k]].astype(np.float64) for k in range(3))
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    return int(np.bincount(mesh.material_index, weights=areas).argmax())
