"""Words for where and when it happens, and for how the film looks and moves."""

from scene_builder.knowledge.words.nouns import words
from scene_builder.model.words import Angle, Framing, Move

PLACES: dict[str, tuple[str, ...]] = {
    "kitchen": ("kitchen",), "living room": ("living room", "lounge"), "room": ("room",),
    "bedroom": ("bedroom",), "bathroom": ("bathroom",), "office": ("office",),
    "classroom": ("classroom", "schoolroom"), "library": ("library",),
    "workshop": ("workshop", "garage"), "studio": ("studio", "photo studio"),
    "gym": ("gym", "sports hall"), "museum": ("museum", "gallery"), "warehouse": ("warehouse",),
    "factory": ("factory",), "laboratory": ("laboratory", "lab"), "cafe": ("cafe", "café"),
    "restaurant": ("restaurant",), "street": ("street", "road", "alley"), "city": ("city", "town"),
    "park": ("park", "playground"), "garden": ("garden", "backyard", "yard"),
    "forest": ("forest", "woods"), "meadow": ("meadow", "field"), "beach": ("beach", "seashore"),
    "desert": ("desert",), "mountains": ("mountains", "mountain"), "harbour": ("harbour",),
    "bowling alley": ("bowling alley",), "farm": ("farm", "farmyard"), "stadium": ("stadium",),
    "space": ("space", "outer space"), "castle hall": ("castle hall",), "attic": ("attic",),
    "cellar": ("cellar", "basement"), "hallway": ("hallway", "corridor"), "roof": ("rooftop",),
}  # fmt: skip

PLACE_NOUNS = frozenset(
    words("""
kitchen lounge room bedroom bathroom office classroom schoolroom library workshop garage studio
gym museum gallery warehouse factory laboratory lab cafe café restaurant street road alley city
town park playground garden backyard yard forest woods meadow field beach seashore desert
mountains mountain harbour harbor farm farmyard stadium attic cellar basement hallway corridor
rooftop village store shop supermarket market mall bakery canteen cafeteria diner bar pub saloon
tavern kitchenette pantry conservatory greenhouse hall ballroom auditorium theater theatre cinema
church cathedral temple chapel castle palace courtyard patio terrace balcony porch veranda deck
garret loft shed barn stable hangar airport station platform subway tunnel bridge dock pier jetty
port marina shipyard shore coast riverbank river lake lakeside pond swamp marsh jungle rainforest
savanna prairie tundra glacier canyon valley cave cavern cliff hillside hilltop quarry mine zoo
aquarium circus fairground arena court pitch racetrack track rink pool swimming_pool spa sauna
hospital clinic pharmacy school kindergarten university campus dormitory hotel lobby mill windmill
brewery vineyard orchard plantation ranch campsite campground village square plaza marketplace
parking_lot car_park driveway sidewalk pavement highway crossroads junction roundabout gas_station
train_station bus_stop living_room dining_room sitting_room playroom nursery study den
laundry_room locker_room changing_room waiting_room dining_car train_car boardroom courtroom
throne_room control_room space_station spaceship submarine bowling_alley ice_rink skate_park
bathhouse boathouse lighthouse tower_block apartment flat house mansion cottage hut cabin igloo
tent ruins graveyard cemetery dungeon crypt laundromat barbershop hardware_store bookstore
toy_store toy_shop pet_shop flower_shop arcade casino prison jail police_station fire_station
post_office bank court wharf quay aisle galley kiosk schoolyard suburb countryside wilderness
outback island lagoon reef seabed ocean sea seaside bay planet mars moon underpass ditch
""")
)
"""Nouns that say where it happens."""
PLACE_OR_THING = frozenset(
    words("""
bridge dock pier jetty platform cliff castle tent igloo hut cabin cottage house windmill lighthouse
boat deck tower pool pond lake river spaceship submarine roof kiosk shed barn cave platform track
aquarium mountain temple church chapel palace flat square court bank bar moon planet island
bay mine den study deck station driveway sidewalk road rink court well bench
""")
)
"""Those of them that are things where anything stands on, in or beside them."""

ROOM_ADJECTIVES = ("kitchen", "living room", "bedroom", "bathroom", "office", "classroom",
                   "library", "workshop", "garden", "studio", "garage", "laboratory", "park",
                   "street", "school", "cellar", "attic", "basement", "hotel", "hospital", "bakery",
                   "restaurant", "café", "cafe", "bar", "pub", "museum", "gym", "factory",
                   "warehouse")  # fmt: skip
"""Places that stand before a noun: a kitchen table is a table, in a kitchen."""

TIMES: dict[str, tuple[str, ...]] = {
    "morning": ("in the morning", "morning light", "early morning", "morning"),
    "day": ("by day", "in daylight", "daytime", "in broad daylight", "daylight", "during the day"),
    "noon": ("at noon", "at midday", "noon", "midday", "high noon", "noontime"),
    "afternoon": ("in the afternoon", "afternoon light", "afternoon"),
    "evening": ("in the evening", "evening light", "evening"),
    "sunset": ("at sunset", "golden hour", "sunset light", "sunset", "sundown"),
    "dusk": ("at dusk", "dusk", "twilight", "at twilight", "nightfall"),
    "sunrise": ("at sunrise", "sunrise"),
    "dawn": ("at dawn", "dawn", "daybreak", "first light"),
    "midnight": ("at midnight", "midnight"),
    "night": ("at night", "by night", "under the stars", "in the moonlight", "night", "moonlight",
              "starlight", "by moonlight", "nighttime", "under the moon"),
}  # fmt: skip

WEATHERS: dict[str, tuple[str, ...]] = {
    "clear": ("clear sky", "blue sky"), "sunny": ("sunny", "in the sunshine", "in bright sun",
                                         "in the sun", "sunshine", "sunlit",
                                         "bright sunlight", "sunlight"),
    "cloudy": ("cloudy", "overcast", "grey sky", "overcast sky", "under a grey sky", "gray sky"),
    "rain": ("in the rain", "rainy", "raining", "rain", "heavy rain", "it rained", "it rains",
             "drizzle", "downpour", "in heavy rain", "light rain", "pouring rain", "it is raining"),
    "snow": ("snowy", "snowing", "snowfall", "falling snow", "it snows", "blizzard", "snowstorm",
             "heavy snow", "it is snowing", "snowflakes"),
    "fog": ("foggy", "in the fog", "misty", "in the mist", "fog", "mist", "haze", "hazy"),
    "storm": ("stormy", "thunderstorm", "in a storm", "storm", "lightning storm"),
    "windy": ("windy", "in the wind", "wind", "breeze", "breezy", "gust of wind", "gusty",
              "wave of wind", "strong wind", "gale", "a gust"),
}  # fmt: skip

GROUNDS: dict[str, tuple[str, ...]] = {
    "wood": ("wooden floor", "wood floor", "parquet", "floorboards", "wooden floorboards"),
    "marble": ("marble floor",), "concrete": ("concrete floor", "concrete ground"),
    "grass": ("grass", "lawn", "grassy ground"), "sand": ("sand", "sandy ground"),
    "ice": ("ice", "frozen lake", "icy ground"), "tile": ("tiled floor", "tile floor", "tiles"),
    "carpet": ("carpeted floor", "carpet floor"), "asphalt": ("asphalt", "tarmac"),
    "snow": ("snowy ground",), "stone": ("stone floor", "cobblestones"),
    "dirt": ("dirt", "muddy ground", "dirt road"),
}  # fmt: skip

GROUND_NOUNS = frozenset(
    words("""
floor ground floorboards floorboard lane pavement lawn grass sand earth surface field street road
parquet asphalt tarmac tiles cobblestones ice snow dirt mud water air sky alley path track court
lake
""")
)
"""Nouns that mean what everything stands on (or moves through), not a thing."""

NO_THINGS = frozenset(
    words("""
scene video clip film movie shot image hand wind moment time light shadow colour color world view
distance place sun sunlight sunshine breeze dust silence motion sound style way morning evening
night day second minute nothing everything something anything nobody whole rest lot look camera
other first last size kind shape background foreground horizon reflection moonlight air atmosphere
groove hole gap crack opening spot pattern picture shot sight gravity speed pace time
candlelight heat cold summer winter autumn season course order row by half noon midnight
midday dusk dawn rain storm thunderstorm weather gust rhythm order beat sequence direction course
front back bottom middle center centre left right rest news new wave ripple
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december birthday party picnic weekend week month year hour today
tomorrow tonight yesterday
""")
)
"""Nouns that name nothing which could be put on a stage."""

ABSTRACT = frozenset(
    words("""
outcome doubt attempt joke luck detail focus surprise instant idea feel mood atmosphere lighting
advert advertisement memory rumour rumor plenty action thing thank thanks event story history
mystery secret reason purpose problem question answer truth lie fact case matter result effect
cause chance risk danger fun joy happiness sadness anger fear love hope peace war game match show
contest competition race play turn move step trick stunt magic miracle dream nightmare wish plan
project task job work business life death world universe nature tension drama comedy tragedy
romance adventure suspense excitement chaos calm harmony balance energy force power strength
weight height width length depth size volume mass pressure temperature heat cold impact collision
crash bang boom thud sound noise echo voice song tune melody word sentence name title text caption
credit logo brand quality quantity amount number pair couple bit part portion share level degree
angle perspective composition contrast resolution texture surface finish style fashion trend
tradition culture age era century decade past present future beginning ending finale climax
opening closing intro outro summer autumn winter spring holiday vacation trip journey visit walk
ride flight landing takeoff delay pause break rest stop start finish sequence series cycle loop
repetition routine habit slow-motion realism reality imagination fantasy fiction science physics
motion movement rotation fall drop roll slide bounce swing spin flow stream burst explosion launch
smell scent odor odour taste touch feeling emotion thought mind soul spirit heart attention
interest curiosity patience sleep silence audience spectator viewer everyone caption viewpoint
vantage direction distance proximity middle-ground depth-of-field field_of_view bokeh blur lens
film_grain grain_effect vibe ambience ambiance touch_of_humour humour humor advantage advice
afterward aftermath middle neighbourhood neighborhood area region zone spot location position
place scene setting environment space corner
""")
)
"""Nouns of thought and film talk, where the table of things does not know them as things."""

FRAME = frozenset({"frame", "picture", "shot", "view", "sight", "screen", "image"})
"""What one leaves by going where the camera does not look."""

NOT_SERVED: dict[str, str] = {
    r"slow[- ]motion|slo-mo": "slow motion: the film runs at the speed of the world",
    r"time[- ]?lapse|fast forward|sped up": "time-lapse: the film runs at the speed of the world",
    r"in reverse|backwards in time|rewind": "reversed time: the film runs forward",
    r"music|soundtrack|sound of|voice-?over": "sound: the film is silent",
    r"subtitles?|caption": "subtitles",
    r"split[- ]screen|picture[- ]in[- ]picture": "several pictures at once",
}
"""Patterns of what a film of worldreel cannot have → how that is said."""

STYLES: dict[str, tuple[str, ...]] = {
    "photoreal": ("photorealistic", "photoreal", "realistic", "lifelike", "photo-realistic"),
    "toon": ("toon", "cartoon", "cartoonish", "cel-shaded", "ninja cartoon"),
    "impressionist": ("impressionist", "impressionism"),
    "crayon": ("crayon", "crayons"), "commercial": ("commercial", "toy commercial"),
    "documentary": ("documentary",), "stop motion": ("stop motion", "stop-motion"),
    "charcoal": ("charcoal drawing", "charcoal"), "pastel": ("pastel drawing", "pastels"),
    "origami": ("origami style",), "minimalist": ("minimalist", "minimalistic"),
    "surreal": ("surreal", "surrealist"), "comic": ("comic book", "comic", "graphic novel"),
    "chalk": ("chalk drawing",), "retro": ("retro",), "vaporwave": ("vaporwave",),
    "ukiyo-e": ("ukiyo-e", "woodblock print"), "pop art": ("pop art",), "3d render": ("3d render",
    "3d animation", "cgi", "pixar style", "pixar"), "lego": ("lego style",),
    "watercolor": ("watercolor", "watercolour", "aquarelle"),
    "oil": ("oil painting", "oil paint", "oils"),
    "sketch": ("pencil sketch", "sketch", "pencil drawing", "hand-drawn", "line drawing"),
    "anime": ("anime", "manga"), "pixel": ("pixel art", "8-bit", "pixelated"),
    "clay": ("claymation", "clay animation", "plasticine"), "noir": ("film noir", "noir"),
    "cyberpunk": ("cyberpunk", "neon-lit"), "ink": ("ink wash", "ink drawing", "sumi-e"),
    "low_poly": ("low poly", "low-poly"), "cinematic": ("cinematic", "movie-like"),
    "vintage": ("vintage film", "old film", "super 8"),
}  # fmt: skip

FRAMINGS: dict[Framing, tuple[str, ...]] = {
    "extreme_close_up": ("extreme close-up", "extreme close up", "extreme closeup",
                         "big close-up", "macro lens", "macro shot", "macro"),
    "close_up": ("close-up", "close up", "closeup", "close shot", "tight shot", "detail shot",
                 "in close", "close on"),
    "medium": ("medium shot", "mid shot", "medium view", "medium distance", "mid-shot",
               "medium close-up", "half total"),
    "wide": ("wide shot", "wide angle", "wide-angle", "wide view", "establishing shot",
             "long shot", "panorama", "wide-shot", "full shot",
             "panoramic view", "wide", "very wide shot"),
}  # fmt: skip

ANGLES: dict[Angle, tuple[str, ...]] = {
    "eye_level": ("eye level", "eye-level", "at eye height"),
    "high": ("high angle", "high-angle", "from slightly above", "from a high angle", "high camera",
             "looking down"),
    "low": ("low angle", "low-angle", "from a low angle", "from below", "worm's-eye view",
            "worm's eye view",
            "low camera", "looking up", "ground level", "ground-level", "frog's-eye view"),
    "top": ("top-down", "top down", "bird's-eye view", "bird's eye view", "overhead shot",
            "overhead view", "seen from above", "top view", "from straight above", "birdseye view",
            "shot from the top", "shot from above", "from overhead", "viewed from above",
            "filmed from above", "from directly above", "bird's-eye", "bird's eye", "aerial view",
            "aerial shot", "top-down view", "overhead"),
}  # fmt: skip

MOVES: dict[Move, tuple[str, ...]] = {
    "static": ("static camera", "fixed camera", "locked-off", "still camera", "static shot",
               "tripod shot", "the camera does not move", "static", "no camera movement",
               "fixed shot",
               "camera static", "stationary camera", "locked-off shot", "locked off"),
    "dolly_in": ("dolly in", "dollies in", "push in", "pushes in", "push-in", "moves closer",
                 "zoom in", "zooms in", "moves in", "tracks in"),
    "dolly_out": ("dolly out", "dollies out", "pull back", "pulls back", "pulls away",
                  "zoom out", "zooms out", "moves back"),
    "orbit_left": ("orbits to the left", "orbit left", "orbits left", "circles to the left"),
    "orbit_right": ("orbits to the right", "orbit right", "orbits right", "orbits", "circles",
                    "orbit shot", "orbiting", "circling", "moves around"),
    "pan_left": ("pan left", "pans left", "panning left", "pans to the left"),
    "pan_right": ("pan right", "pans right", "panning right", "pans to the right", "pans across"),
    "tilt_up": ("tilt up", "tilts up", "tilts upward"),
    "tilt_down": ("tilt down", "tilts down", "tilts downward"),
    "crane_up": ("crane up", "cranes up", "crane shot", "rises", "moves up"),
    "crane_down": ("crane down", "cranes down", "descends", "moves down"),
    "track": ("tracking shot", "follows", "following", "tracks", "track shot", "follow shot"),
    "handheld": ("handheld", "hand-held", "shaky camera", "shaky", "shaky cam", "hand held"),
}  # fmt: skip

FREE_MOVES = frozenset(
    {"follows", "following", "tracks", "circles", "circling", "orbits", "orbiting", "rises",
     "descends", "moves closer", "moves in", "moves back", "moves up", "moves down", "shaky",
     "moves around", "pulls back", "pulls away", "push in", "pushes in", "pull back"}
)  # fmt: skip
"""Move wordings that speak of the camera only in a clause whose subject is the camera."""

CAMERA_VERBS: dict[str, str] = {
    form: move
    for move, forms in {
        "pan": "pan pans panning", "tilt": "tilt tilts tilting", "dolly": "dolly dollies dollying",
        "orbit": "orbit orbits orbiting circle circles circling arc arcs rotate rotates revolves "
        "rotating revolving",
        "crane": "crane cranes craning boom booms", "zoom": "zoom zooms zooming",
        "push": "push pushes pushing", "pull": "pull pulls pulling withdraws withdrawing "
        "retreats retreating",
        "track": "track tracks tracking follow follows following trucks truck chases",
        "rise": "rise rises rising lifts lifting ascends ascending climbs climbing soars soaring",
        "sink": "descend descends descending sinks sinking "
        "lowers lowering", "move": "move moves moving glides drifts slides flies travels goes "
        "creeps creeping closes closing inches inching edges edging eases easing comes coming "
        "draws "
        "drawing gets getting gliding drifting flying travelling going",
        "turn": "turn turns swings swivels sweeps sweeping swinging swivelling",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""What a camera does, in any form → the kind of move."""

GRAVITIES: dict[str, tuple[str, ...]] = {
    "moon": ("on the moon", "lunar gravity", "one-sixth gravity", "moon gravity", "on the lunar "
    "surface"),
    "mars": ("on mars", "from mars", "martian gravity", "martian surface"),
    "zero": ("zero gravity", "zero-gravity", "weightless", "weightlessness", "microgravity",
             "no gravity", "in space", "in outer space", "zero g", "zero-g", "gravity-free",
             "without gravity", "weightlessly", "without weight", "no weight"),
}  # fmt: skip

MOODS = ("cosy", "cozy", "gloomy", "dramatic", "cheerful", "mysterious", "dreamy", "tense",
         "serene", "moody", "playful", "eerie", "melancholic", "epic")  # fmt: skip
