"""A film of several shots: schema `worldreel.film/1`.

The shots share a world. The same id is the same thing in every shot: what one shot says of it
(colour, material, size, mass, number) holds in the shots after it, until one says otherwise.
So do place, ground, light, weather, gravity, style and mood.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from scene_builder.model.graph import Entity, SceneGraph

MAX_SHOTS = 60
"""Most shots of one film."""

LASTING = ("color", "material", "size", "mass_kg", "mobility")
"""What stays with a thing from shot to shot."""
_DEFAULTED = {"entity": ("count", "text"), "setting": ("gravity",)}


class FilmShot(BaseModel):
    """One shot: what happens in it, and what is written under it.

    Its length is the scene's `duration_secs`, its camera the scene's `camera`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scene: SceneGraph
    caption: Annotated[str, Field(max_length=2000)] = ""


class FilmDocument(BaseModel):
    """The shots of a film, in order, and the words that it was made of."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    schema_name: Literal["worldreel.film/1"] = Field(alias="schema")
    title: Annotated[str, Field(max_length=200)] = ""
    text: str = ""
    shots: Annotated[tuple[FilmShot, ...], Field(min_length=1, max_length=MAX_SHOTS)]


def continued(film: FilmDocument) -> FilmDocument:
    """Return the film with everything written out in each shot that earlier shots say.

    What is written out stays as it is: doing it twice changes nothing.
    """
    known: dict[str, dict[str, Any]] = {}
    world: dict[str, dict[str, Any]] = {"setting": {}, "look": {}}
    shots = []
    for shot in film.shots:
        entities = []
        for entity in shot.scene.entities:
            whole = known.get(entity.id, {}) | _stated(entity, "entity")
            known[entity.id] = {k: v for k, v in whole.items() if k in (*LASTING, "count", "text")}
            entities.append(Entity.model_validate(whole))
        for part in ("setting", "look"):
            world[part] = world[part] | _stated(getattr(shot.scene, part), part)
        kinds = {part: type(getattr(shot.scene, part)) for part in world}
        lasting = {part: kinds[part].model_validate(values) for part, values in world.items()}
        changes = {"entities": tuple(entities), **lasting}
        scene = SceneGraph.model_validate(shot.scene.model_copy(update=changes).model_dump())
        shots.append(FilmShot(scene=scene, caption=shot.caption))
    return film.model_copy(update={"shots": tuple(shots)})


def _stated(part: BaseModel, kind: str) -> dict[str, Any]:
    """What a part says itself; a default that nobody wrote says nothing."""
    unsaid = {name for name in _DEFAULTED.get(kind, ()) if name not in part.model_fields_set}
    return {k: v for k, v in part.model_dump().items() if v not in (None, "") and k not in unsaid}
