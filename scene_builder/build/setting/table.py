"""The places that are known."""

from scene_builder.build.setting.kinds import Place

_ROOMS = (
    Place(
        name="room", indoor=True, ground="oak", ground_color="#8a5a36",
        scenery=("skirting", "curtained_window", "sunlit_window"),
        decor=("bookshelf", "potted plant", "picture frame", "floor lamp", "cabinet"),
    ),
    Place(
        name="living room", indoor=True, ground="oak", ground_color="#8a5a36",
        wall_color="#d3cbb8",
        scenery=("skirting", "sofa", "curtained_window", "rug", "sunlit_window"),
        decor=("bookshelf", "potted plant", "floor lamp"),
    ),
    Place(
        name="kitchen", indoor=True, ground="tile", ground_color="#cfc8ba",
        wall_color="#e4e2da", scenery=("tiled_wall", "kitchen_units", "sunlit_window"),
        decor=("potted plant",),
    ),
    Place(
        name="bedroom", indoor=True, ground="oak", ground_color="#a5794c",
        wall_color="#b9c6cc",
        scenery=("skirting", "bed", "bed_prints", "curtained_window", "rug", "sunlit_window"),
        decor=("potted plant",),
    ),
    Place(
        name="bathroom", indoor=True, ground="tile", ground_color="#c3d0d4", wall="tile",
        wall_color="#dfe9ea", scenery=("window_right",), decor=("mirror", "potted plant"),
    ),
    Place(
        name="office", indoor=True, ground="carpet", ground_color="#6f7a84",
        wall_color="#dfe0de", scenery=("skirting", "wide_windows", "desks"),
        decor=("potted plant", "cabinet"),
    ),
    Place(
        name="classroom", indoor=True, ground="oak", ground_color="#a87745",
        wall_color="#dde3cc", scenery=("two_tone", "skirting", "blackboard"),
        decor=("bookshelf", "globe"),
    ),
    Place(
        name="library", indoor=True, ground="walnut", wall_color="#cfc4ae",
        scenery=("bookcases",), decor=("floor lamp", "potted plant"),
    ),
    Place(
        name="workshop", indoor=True, ground="concrete", wall="brick", wall_color="#9a6a54",
        scenery=("workbench", "sunlit_window"), decor=("ladder", "barrel", "crate"),
    ),
    Place(
        name="warehouse", indoor=True, ground="concrete", wall="concrete",
        wall_color="#b4b2ac", scenery=("shutter", "racks"), decor=("crate", "barrel", "box"),
    ),
    Place(
        name="gym", indoor=True, ground="pine", ground_color="#c08a52", wall_color="#cfd4d8",
        scenery=("wall_bars",), decor=("bench", "bench"),
    ),
    Place(
        name="museum", indoor=True, ground="marble", ground_color="#b9b2a6",
        wall_color="#7d3b38", scenery=("skirting", "paintings", "rope_barrier"),
        decor=("bench",),
    ),
    Place(
        name="laboratory", indoor=True, ground="tile", ground_color="#d5dadc",
        wall_color="#e6ebec", scenery=("skirting", "desks"), decor=("cabinet", "shelf"),
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
        name="stage", indoor=True, ground="oak", ground_color="#6e4a2c", wall_color="#2a1518",
        scenery=("stage_curtain",),
    ),
    Place(
        name="space station", indoor=True, ground="tile", ground_color="#8f989f",
        wall_color="#c9cdd0", scenery=("panels",),
    ),
    Place(
        name="studio", indoor=True, ground="plaster", ground_color="#e6e1d8",
        wall_color="#e6e1d8", backdrop=True,
    ),
)  # fmt: skip

_GREEN = ("bush", "tree", "fence", "grass tuft", "pine tree")

_OPEN = (
    Place(name="park", indoor=False, ground="grass", scenery=("hedge_row", "sward"),
          decor=("tree", "bench", "bush", "tree")),
    Place(name="garden", indoor=False, ground="grass", marks={"mown_m": 0.6},
          scenery=("field_fence", "hedge_row", "sward"), decor=("bush", "tree", "bush", "bush")),
    Place(name="forest", indoor=False, ground="soil", ground_color="#67522f",
          scenery=("trunks", "leaf_litter"), decor=("bush", "rock", "bush", "rock")),
    Place(name="meadow", indoor=False, ground="grass", scenery=("hedge_row", "hills", "sward"),
          decor=("bush", "grass tuft", "tree")),
    Place(name="field", indoor=False, ground="grass", ground_color="#a08a45",
          scenery=("field_fence", "hedge_row", "hills", "dry_sward"), decor=("tree",)),
    Place(name="street", indoor=False, ground="asphalt",
          marks={"lane_y_m": 1.5}, scenery=("row_of_houses",)),
    Place(name="road", indoor=False, ground="asphalt",
          marks={"lane_y_m": 1.3, "edge_y_m": 2.9}, scenery=("guard_rail", "hills")),
    Place(name="parking lot", indoor=False, ground="asphalt", ground_color="#4a4b4d",
          marks={"bay_m": 2.6}, scenery=("street_lamps", "skyline"), decor=("tree",)),
    Place(name="city", indoor=False, ground="tile", ground_color="#99958d",
          marks={"roughness": 0.85, "coat": 0.0, "pattern_scale_m": 0.6},
          scenery=("street_lamps", "skyline"), decor=("tree", "bench")),
    Place(name="rooftop", indoor=False, ground="concrete", scenery=("parapet",)),
    Place(name="stadium", indoor=False, ground="grass",
          marks={"mown_m": 4.0, "edge_y_m": 7.0}, scenery=("stands",)),
    Place(name="beach", indoor=False, ground="sand", ground_color="#efd5a4",
          shore_m=5.0, scenery=("headland", "pebbles"), decor=("rock", "rock")),
    Place(name="lake", indoor=False, ground="gravel", shore_m=3.6, scenery=("banks", "pebbles"),
          decor=("rock", "bush", "rock")),
    Place(name="desert", indoor=False, ground="sand", ground_color="#cf9f66",
          scenery=("dunes", "desert_pebbles"), decor=("cactus", "rock", "rock")),
    Place(name="mountains", indoor=False, ground="grass", ground_color="#7d7f4c",
          scenery=("mountains", "scattered_pines", "dry_sward"), decor=("rock", "rock", "rock")),
    Place(name="farm", indoor=False, ground="grass",
          scenery=("field_fence", "hills", "hedge_row", "sward"), decor=("barrel", "tree")),
    Place(name="snow field", indoor=False, ground="snow",
          scenery=("far_mountains", "drifts", "snowy_pines")),
    Place(name="outdoors", indoor=False, ground="grass", scenery=("hedge_row", "sward"),
          decor=_GREEN),
    Place(name="space", indoor=False, ground="regolith", ground_color="#8d8b88",
          scenery=("craters",), decor=("rock", "rock", "rock")),
)  # fmt: skip

PLACES = {place.name: place for place in (*_ROOMS, *_OPEN)}
