"""Kinds of places: what closes them, what their ground is, and what usually stands in them."""

from dataclasses import dataclass, replace

from scene_builder.knowledge.materials import is_substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import SceneGraph, Setting

OUTDOOR_NOUNS = frozenset(
    {"tree", "pine_tree", "bush", "street_lamp", "fence", "mailbox", "arrow_sign", "snowman",
     "kite", "grass_tuft"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A kind of place.

    Attributes:
        name: What it is called.
        indoor: Whether walls and a ceiling close it.
        ground: Substance of the ground.
        ground_color: CSS colour of the ground, or None for the substance's own.
        wall: Substance of the walls.
        wall_color: CSS colour of the walls.
        decor: Nouns that suit the background, best first.
        backdrop: A studio: no corners, only a soft sweep of one colour.
        sea: Water up to the horizon, far behind.
    """

    name: str
    indoor: bool
    ground: str
    ground_color: str | None = None
    wall: str = "plaster"
    wall_color: str = "#dcd8cd"
    decor: tuple[str, ...] = ()
    backdrop: bool = False
    sea: bool = False


_LIVING = ("bookshelf", "potted plant", "picture frame", "floor lamp", "cabinet")
_GREEN = ("bush", "tree", "fence", "grass tuft", "pine tree")

_PLACES = {
    place.name: place
    for place in (
        Place(name="room", indoor=True, ground="oak", ground_color="#8a5a36", decor=_LIVING),
        Place(
            name="living room", indoor=True, ground="oak", ground_color="#8a5a36",
            wall_color="#d9d3c4", decor=("bookshelf", "potted plant", "picture frame", "armchair"),
        ),
        Place(
            name="kitchen", indoor=True, ground="tile", ground_color="#cfc8ba",
            wall_color="#e4e2da", decor=("cabinet", "potted plant", "window", "shelf"),
        ),
        Place(
            name="bedroom", indoor=True, ground="carpet", ground_color="#b9ae9e",
            wall_color="#cdd3d6", decor=("cabinet", "picture frame", "potted plant"),
        ),
        Place(
            name="bathroom", indoor=True, ground="tile", ground_color="#dfe6e8", wall="tile",
            wall_color="#e8eeee", decor=("mirror", "potted plant", "cabinet"),
        ),
        Place(
            name="office", indoor=True, ground="carpet", ground_color="#7d858c",
            wall_color="#dfe0de", decor=("bookshelf", "potted plant", "cabinet", "picture frame"),
        ),
        Place(
            name="classroom", indoor=True, ground="oak", ground_color="#a87745",
            wall_color="#dde3dc", decor=("bookshelf", "cabinet", "picture frame"),
        ),
        Place(
            name="library", indoor=True, ground="walnut", wall_color="#cfc4ae",
            decor=("bookshelf", "bookshelf", "potted plant", "bookshelf"),
        ),
        Place(
            name="workshop", indoor=True, ground="concrete", wall="brick", wall_color="#9a6a54",
            decor=("shelf", "barrel", "crate", "ladder"),
        ),
        Place(
            name="warehouse", indoor=True, ground="concrete", wall="concrete",
            wall_color="#b4b2ac", decor=("crate", "barrel", "box", "shelf"),
        ),
        Place(
            name="gym", indoor=True, ground="pine", ground_color="#c08a52", wall_color="#cfd4d8",
            decor=("bench", "bench"),
        ),
        Place(
            name="museum", indoor=True, ground="marble", wall_color="#eceae4",
            decor=("picture frame", "pedestal", "picture frame", "bench"),
        ),
        Place(
            name="laboratory", indoor=True, ground="tile", ground_color="#d5dadc",
            wall_color="#e6ebec", decor=("cabinet", "shelf"),
        ),
        Place(
            name="bowling alley", indoor=True, ground="pine", ground_color="#c89a5c",
            wall_color="#4a5566",
        ),
        Place(
            name="cellar", indoor=True, ground="stone", wall="brick", wall_color="#8d6b58",
            decor=("barrel", "crate", "shelf"),
        ),
        Place(
            name="studio", indoor=True, ground="plaster", ground_color="#cfcfcf",
            wall_color="#cfcfcf", backdrop=True,
        ),
        Place(name="park", indoor=False, ground="grass", decor=("tree", "bush", "bench", "tree")),
        Place(name="garden", indoor=False, ground="grass", decor=("bush", "fence", "tree", "bush")),
        Place(
            name="forest", indoor=False, ground="soil", ground_color="#5c4a33",
            decor=("pine tree", "tree", "pine tree", "bush", "rock"),
        ),
        Place(name="meadow", indoor=False, ground="grass", decor=("bush", "grass tuft", "tree")),
        Place(name="street", indoor=False, ground="asphalt", decor=("street lamp", "tree")),
        Place(name="city", indoor=False, ground="concrete", decor=("street lamp", "tree", "bench")),
        Place(name="beach", indoor=False, ground="sand", decor=("rock", "rock"), sea=True),
        Place(name="desert", indoor=False, ground="sand", decor=("cactus", "rock", "rock")),
        Place(name="mountains", indoor=False, ground="stone", decor=("rock", "pine tree", "rock")),
        Place(name="farm", indoor=False, ground="grass", decor=("fence", "barrel", "tree")),
        Place(name="snow field", indoor=False, ground="snow", decor=("pine tree", "pine tree")),
        Place(name="outdoors", indoor=False, ground="grass", decor=_GREEN),
        Place(
            name="space", indoor=False, ground="stone", ground_color="#8d8d8d",
            decor=("rock", "rock", "rock", "rock"),
        ),
    )
}  # fmt: skip

_SYNONYMS = {
    "lounge": "living room", "attic": "room", "hallway": "room", "castle hall": "museum",
    "cafe": "kitchen", "restaurant": "kitchen", "factory": "warehouse", "garage": "workshop",
    "sports hall": "gym", "lab": "laboratory", "playground": "park", "lawn": "garden",
    "yard": "garden", "backyard": "garden", "field": "meadow", "woods": "forest",
    "road": "street", "alley": "street", "parking lot": "street", "town": "city",
    "harbour": "city", "roof": "city", "stadium": "meadow", "moon": "space", "school": "classroom",
    "basement": "cellar", "gallery": "museum", "indoors": "room", "house": "living room",
}  # fmt: skip

_GROUNDS = {
    "wood": "oak", "wooden": "oak", "parquet": "oak", "lawn": "grass", "dirt": "soil",
    "mud": "soil", "earth": "soil", "pavement": "concrete", "tiles": "tile", "floor": "oak",
}  # fmt: skip


def place_of(graph: SceneGraph) -> tuple[Place, tuple[str, ...]]:
    """Return the place of a graph, and sentences about what was chosen.

    A place that the words leave open is a bright room, or outdoors for what belongs there.
    """
    notes = []
    asked = graph.setting.place
    name = _SYNONYMS.get(asked or "", asked or "")
    if name not in _PLACES:
        chosen = _fitting(graph)
        if asked:
            notes.append(f"The place {asked!r} is not known; it is shown as a {chosen}.")
        else:
            notes.append(f"The words name no place; it is a {chosen}.")
        name = chosen
    return _grounded(_PLACES[name], graph.setting, notes), tuple(notes)


def _fitting(graph: SceneGraph) -> str:
    if graph.setting.weather == "snow" or graph.setting.ground == "snow":
        return "snow field"
    if graph.setting.ground in ("grass", "lawn"):
        return "park"
    if graph.setting.ground in ("sand", "asphalt"):
        return {"sand": "beach", "asphalt": "street"}[graph.setting.ground]
    for entity in graph.entities:
        match = resolve_noun(entity.noun)
        if match is not None and (match.noun.name in OUTDOOR_NOUNS or match.noun.outdoors):
            return "park"
    return "room"


def _grounded(place: Place, setting: Setting, notes: list[str]) -> Place:
    asked = setting.ground
    if asked is None:
        return place
    substance = _GROUNDS.get(asked, asked)
    if not is_substance(substance):
        notes.append(f"The ground {asked!r} is not known; it is {place.ground}.")
        return place
    color = place.ground_color if substance == place.ground else None
    if substance == "oak":
        color = "#8a5a36"
    return replace(place, ground=substance, ground_color=color)
