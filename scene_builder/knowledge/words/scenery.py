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

ROOM_ADJECTIVES = ("kitchen", "living room", "bedroom", "bathroom", "office", "classroom",
                   "library", "workshop", "garden", "studio", "garage", "laboratory", "park",
                   "street", "school")  # fmt: skip
"""Places that stand before a noun: a kitchen table is a table, in a kitchen."""

TIMES: dict[str, tuple[str, ...]] = {
    "morning": ("in the morning", "morning light", "early morning"),
    "day": ("by day", "in daylight", "at noon", "at midday", "daytime", "in broad daylight"),
    "afternoon": ("in the afternoon", "afternoon light"),
    "evening": ("in the evening", "evening light"),
    "sunset": ("at sunset", "at dusk", "golden hour", "sunset light"),
    "sunrise": ("at sunrise", "at dawn"),
    "night": ("at night", "by night", "at midnight", "under the stars", "in the moonlight"),
}  # fmt: skip

WEATHERS: dict[str, tuple[str, ...]] = {
    "clear": ("clear sky", "blue sky"), "sunny": ("sunny", "in the sunshine", "in bright sun"),
    "cloudy": ("cloudy", "overcast", "grey sky"), "rain": ("in the rain", "rainy", "raining"),
    "snow": ("in the snow", "snowy", "snowing", "snowfall"),
    "fog": ("foggy", "in the fog", "misty", "in the mist"),
    "storm": ("stormy", "thunderstorm", "in a storm"), "windy": ("windy", "in the wind"),
}  # fmt: skip

GROUNDS: dict[str, tuple[str, ...]] = {
    "wood": ("wooden floor", "wood floor", "parquet", "floorboards", "wooden floorboards"),
    "marble": ("marble floor",), "concrete": ("concrete floor", "concrete ground", "pavement"),
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
""")
)
"""Nouns that name nothing which could be put on a stage."""

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
    "toon": ("toon", "cartoon", "cartoonish", "cel-shaded", "comic", "comic book"),
    "watercolor": ("watercolor", "watercolour", "aquarelle"),
    "oil": ("oil painting", "oil paint", "oils"),
    "sketch": ("sketch", "pencil drawing", "hand-drawn"),
    "anime": ("anime", "manga"), "pixel": ("pixel art", "8-bit", "pixelated"),
    "clay": ("claymation", "clay animation", "plasticine"), "noir": ("film noir", "noir"),
    "cyberpunk": ("cyberpunk", "neon-lit"), "ink": ("ink wash", "ink drawing", "sumi-e"),
    "low_poly": ("low poly", "low-poly"), "cinematic": ("cinematic", "movie-like"),
    "vintage": ("vintage film", "old film", "super 8"),
}  # fmt: skip

FRAMINGS: dict[Framing, tuple[str, ...]] = {
    "extreme_close_up": ("extreme close-up", "extreme close up", "macro shot", "macro"),
    "close_up": ("close-up", "close up", "closeup", "close shot"),
    "medium": ("medium shot", "mid shot", "medium view"),
    "wide": ("wide shot", "wide angle", "wide-angle", "wide view", "establishing shot",
             "long shot", "panorama"),
}  # fmt: skip

ANGLES: dict[Angle, tuple[str, ...]] = {
    "eye_level": ("eye level", "eye-level", "at eye height"),
    "high": ("high angle", "high-angle", "from slightly above", "from a high angle"),
    "low": ("low angle", "low-angle", "from a low angle", "from below", "worm's-eye view"),
    "top": ("top-down", "top down", "bird's-eye view", "bird's eye view", "overhead shot",
            "overhead view", "seen from above", "top view", "from straight above"),
}  # fmt: skip

MOVES: dict[Move, tuple[str, ...]] = {
    "static": ("static camera", "fixed camera", "locked-off", "still camera", "static shot",
               "tripod shot", "the camera does not move"),
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
    "handheld": ("handheld", "hand-held", "shaky camera", "shaky"),
}  # fmt: skip

FREE_MOVES = frozenset(
    {"follows", "following", "tracks", "circles", "circling", "orbits", "orbiting", "rises",
     "descends", "moves closer", "moves in", "moves back", "moves up", "moves down", "shaky",
     "moves around", "pulls back", "pulls away", "push in", "pushes in", "pull back"}
)  # fmt: skip
"""Move wordings that speak of the camera only in a clause whose subject is the camera."""

GRAVITIES: dict[str, tuple[str, ...]] = {
    "moon": ("on the moon", "lunar gravity", "moon gravity"),
    "mars": ("on mars", "martian gravity"),
    "zero": ("zero gravity", "zero-gravity", "weightless", "weightlessness", "microgravity",
             "no gravity", "in space", "in outer space"),
}  # fmt: skip

MOODS = ("cosy", "cozy", "gloomy", "dramatic", "cheerful", "mysterious", "dreamy", "tense",
         "serene", "moody", "playful", "eerie", "melancholic", "epic")  # fmt: skip
