"""Words for colours, materials, sizes and speeds, and the graph's word for each."""

from scene_builder.knowledge.colors import COLORFUL

BASE_COLORS = """
red orange yellow green blue purple pink brown black white gray gold silver cyan magenta beige
turquoise violet navy maroon teal olive crimson lime ivory indigo coral salmon khaki lavender
tan plum orchid tomato chocolate
""".split()  # noqa: SIM905 - a list of words reads better than a list of strings

COLOR_WORDS: dict[str, str] = {color: color for color in BASE_COLORS} | {
    "grey": "gray", "golden": "gold", "silvery": "silver", "scarlet": "crimson",
    "ruby": "crimson", "burgundy": "maroon", "emerald": "mediumseagreen", "jade": "seagreen",
    "amber": "orange", "azure": "deepskyblue", "cobalt": "mediumblue", "mint": "aquamarine",
    "aqua": "aqua", "charcoal": "darkslategray", "cream": "cornsilk", "mauve": "plum",
    "lilac": "plum", "fuchsia": "fuchsia", "peach-coloured": "peachpuff", "rusty": "sienna",
    "reddish": "indianred", "bluish": "steelblue", "greenish": "darkseagreen",
    "yellowish": "khaki", "snow-white": "snow", "jet-black": "black", "blood-red": "darkred",
    "sky-blue": "skyblue", "rose": "pink", "bronze-coloured": "peru", "mustard": "goldenrod",
} | dict.fromkeys(
    """colorful colourful multicolored multicoloured multi-colored multi-coloured multicolor
    multicolour rainbow-colored rainbow-coloured many-colored many-coloured differently-colored
    differently-coloured different-colored different-coloured brightly-colored
    brightly-coloured variously-colored variously-coloured vividly-colored
    vividly-coloured technicolor rainbow""".split(), COLORFUL  # noqa: SIM905 - a list of words reads better
)  # fmt: skip
"""Word → CSS colour name, or `COLORFUL`."""

SHADES: dict[str, tuple[str, ...]] = {
    "light": ("blue", "green", "gray", "pink", "yellow", "cyan", "salmon", "coral"),
    "dark": ("blue", "green", "gray", "red", "orange", "cyan", "magenta", "violet",
             "salmon", "turquoise", "khaki", "orchid"),
    "pale": ("turquoise",),
    "deep": ("pink",),
    "hot": ("pink",),
}  # fmt: skip
"""Shade words that form a CSS name with a colour."""

SHADED: dict[tuple[str, str], str] = {
    ("sky", "blue"): "skyblue", ("royal", "blue"): "royalblue", ("navy", "blue"): "navy",
    ("midnight", "blue"): "midnightblue", ("forest", "green"): "forestgreen",
    ("lime", "green"): "limegreen", ("olive", "green"): "olivedrab",
    ("sea", "green"): "seagreen", ("dark", "purple"): "indigo",
    ("dark", "olive"): "darkolivegreen", ("light", "brown"): "peru",
    ("dark", "brown"): "saddlebrown", ("pale", "blue"): "lightblue",
    ("pale", "green"): "palegreen", ("pale", "yellow"): "lightyellow",
    ("pale", "pink"): "lightpink", ("bright", "red"): "red", ("bright", "yellow"): "yellow",
    ("bright", "green"): "lime", ("bright", "blue"): "dodgerblue",
    ("bright", "orange"): "darkorange", ("deep", "blue"): "mediumblue", ("deep", "red"): "darkred",
    ("light", "red"): "lightcoral", ("light", "purple"): "plum", ("light", "orange"): "sandybrown",
    ("dark", "yellow"): "goldenrod", ("dark", "pink"): "mediumvioletred",
} | {
    (many, of): COLORFUL
    for many in ("different", "various", "many", "bright", "rainbow", "assorted", "all", "several")
    for of in ("colors", "colours")
}  # fmt: skip

BASE_MATERIALS = """
wood metal steel iron brass copper bronze aluminium tin glass crystal plastic rubber stone marble
granite paper cardboard fabric cloth wool cotton silk velvet leather brick clay ceramic porcelain
concrete ice wax foam cork straw bamboo chrome gold silver jelly sand lead felt
""".split()  # noqa: SIM905

MATERIAL_WORDS: dict[str, str] = {word: word for word in BASE_MATERIALS} | {
    "wooden": "wood", "oak": "wood", "pine": "wood", "metallic": "metal", "golden": "gold",
    "woollen": "wool", "woolen": "wool", "earthenware": "ceramic", "china": "porcelain",
    "aluminum": "aluminium", "icy": "ice", "leathery": "leather", "silken": "silk",
    "brazen": "brass", "waxen": "wax", "crystalline": "crystal", "terracotta": "clay",
    "mahogany": "wood", "walnut": "wood", "rubbery": "rubber", "carton": "cardboard",
    "styrofoam": "foam", "polished steel": "steel", "cast-iron": "iron",
}  # fmt: skip
"""Word → material."""

COLOR_OR_MATERIAL: frozenset[str] = frozenset({"gold", "golden", "silver"})
"""Adjectives that name a colour; after "made of" they name a material."""

SIZE_WORD_OF: dict[str, str] = {
    "tiny": "tiny", "miniature": "tiny", "minuscule": "tiny", "mini": "tiny",
    "small": "small", "little": "small", "short": "short", "low": "short",
    "medium": "medium", "medium-sized": "medium", "large": "large", "big": "large",
    "tall": "tall", "high": "tall", "long": "long", "huge": "huge", "enormous": "huge",
    "massive": "huge", "giant": "giant", "gigantic": "giant", "colossal": "giant",
    "oversized": "huge",
}  # fmt: skip
"""Word → one of the graph's size words."""

SPEED_WORD_OF: dict[str, str] = {
    "slowly": "slow", "slow": "slow", "lazily": "slow", "leisurely": "slow",
    "gently": "gentle", "softly": "gentle", "lightly": "gentle", "gradually": "slow",
    "fast": "fast", "quickly": "fast", "rapidly": "fast", "swiftly": "fast", "briskly": "fast",
    "speedily": "fast", "hard": "hard", "forcefully": "hard", "violently": "hard",
    "powerfully": "hard", "at full speed": "very_fast", "at high speed": "very_fast",
    "at great speed": "very_fast", "very fast": "very_fast", "furiously": "very_fast",
    "wildly": "fast", "frantically": "fast", "vigorously": "hard", "at top speed": "very_fast",
    "at medium speed": "medium", "at a medium speed": "medium", "at moderate speed": "medium",
    "at low speed": "slow", "at a snail's pace": "slow", "at a slow pace": "slow",
    "at walking pace": "slow", "hurriedly": "fast", "carefully": "gentle", "smoothly": "gentle",
    "delicately": "gentle", "tenderly": "gentle", "madly": "fast", "rapid": "fast",
    "like lightning": "very_fast", "at breakneck speed": "very_fast", "steadily": "medium",
    "very slowly": "slow", "with great force": "hard", "heavily": "hard",
}  # fmt: skip
"""Word → one of the graph's speed words."""

PLAIN_ADJECTIVES = """
old new shiny smooth polished heavy light bright round square flat empty full lonely beautiful
pretty rusty dusty worn broken simple plain striped spotted transparent clear solid hollow thin
thick narrow wide soft hard delicate fragile antique modern fancy cheap expensive ripe fresh
clean dirty cute elegant ornate matte glossy sturdy rickety wobbly curved open
closed upright fallen moving rolling identical different same nearby distant lone stray whole
half-full perfect ordinary vintage cracked carved painted toy round-bottomed
framed crumpled abandoned parked steep gentle
spherical cubic rectangular circular magnificent mysterious glowing gleaming glittering bouncy
other second third first last next fat thin bare dead dim parallel medieval ancient awake asleep
alive ripe raw cooked burnt fluffy furry hairy bald slim chubby plump skinny young elderly baby
adult giant lazy sleepy curious clumsy brave shy proud angry happy sad silly funny weird odd strange
mystic magic royal golden-haired sunlit moonlit starlit candlelit dark bold vivid pastel neon
fluorescent pale dusky frosty frozen wet dry damp soggy muddy sandy rocky grassy leafy mossy snowy
icy foggy misty rainy windy stormy sunny hot cold warm cool heated steaming boiling melting
burning flaming smoking quiet silent noisy loud busy empty-handed deserted abandoned crowded
spacious cozy cosy tidy messy neat ruined restored original genuine fake real digital electric
electronic mechanical automatic manual portable wireless inflatable foldable collapsible
stackable removable adjustable reusable disposable edible poisonous dangerous safe-looking
sharp blunt pointed pointy jagged rough coarse grainy sticky slippery slimy oily greasy waxy
crisp crunchy juicy sweet sour salty bitter spicy creamy foamy bubbly fizzy sparkling sparkly
shimmering glittery twinkling glazed lacquered varnished polka-dot checkered chequered plaid
patterned floral monochrome black-and-white two-tone colored coloured
tilted slanted sloping slanting upturned overturned inverted sideways vertical horizontal diagonal
oblong oval circular triangular hexagonal conical cylindrical pyramidal cuboid crooked bent twisted
wavy curly coiled rolled folded crumpled wrinkled torn ripped shredded patched knitted woven
stuffed padded lined unlit lit unlocked locked loose tight heavy-duty lightweight weighty bulky
compact slender stout stocky towering looming mighty powerful strong weak feeble frail robust rugged
rustic industrial urban rural suburban futuristic retro classic classical traditional contemporary
victorian gothic baroque roman greek egyptian chinese japanese french italian english american
persian spare extra additional single double triple twin separate nearest closest farthest adjacent
opposite neighbouring neighboring far near left-hand right-hand central outer inner upper lower
topmost bottommost main minor major entire complete partial various several certain particular
special common rare unusual famous favourite favorite beloved precious valuable priceless
worthless luxurious lavish humble shabby scruffy tattered threadbare faded bleached stained
scratched dented chipped battered weathered rusted corroded tarnished well-worn well-used
brand-new newborn unopened sealed half-open half-eaten half-full ornate decorated decorative
gift-wrapped wrapped boxed bottled canned potted caged leashed saddled masked hooded bearded
wind-up clockwork remote-controlled battery-powered wooden-legged four-legged three-legged
overloaded loaded unloaded laden packed stacked lone solitary single-file full-size life-size
full-sized life-sized oversize undersized medium-size stray feral tame domestic stationary
immobile still motionless frantic calm peaceful serene gleeful joyful cheerful playful
enchanted haunted spooky creepy eerie sinister evil good bad nice great fine best better worst
higher lower larger smaller bigger taller late early shorter longer wider heavier lighter biggest
""".split()  # noqa: SIM905
"""Adjectives that the scene graph has no field for."""


COLOR_PHRASES: dict[str, str] = (
    COLOR_WORDS
    | {f"{shade} {color}": css for (shade, color), css in SHADED.items()}
    | {f"{shade} {c}": shade + c for shade, colors in SHADES.items() for c in colors}
)
"""Word, or shade and word → CSS colour name."""

CSS_OF_WORDS: frozenset[str] = frozenset(COLOR_PHRASES.values())
"""Every CSS name that the words above can give, and `COLORFUL`."""


def color_from_words(words: tuple[str, ...]) -> str | None:
    """Return the CSS name of one or two words ("light blue", "golden"), or None."""
    if len(words) == 1:
        return COLOR_WORDS.get(words[0])
    shade, word = words
    if (shade, word) in SHADED:
        return SHADED[shade, word]
    color = COLOR_WORDS.get(word)
    if color is None:
        return None
    if color in SHADES.get(shade, ()):
        return f"{shade}{color}"
    return color if shade in {"light", "dark", "pale", "deep", "bright", "vivid"} else None
