"""Words that are evidence for the closed words of the notation, as regular expressions."""

HINTS: dict[str, str] = {
    "inside": r"in|into|inside|within|out|contain\w*|hold\w*|full|filled|of|bottom",
    "under": r"under|beneath|below|underneath",
    "above": r"above|over",
    "left_of": r"left",
    "right_of": r"right",
    "behind": r"behind|back",
    "in_front_of": r"front|before",
    "beside": r"beside|next|by|alongside|side|adjacent|flank\w*|abreast",
    "near": r"near\w*|close\w*|past|far|vicinity|around|by|distance|away",
    "between": r"between|flank\w*|amid|among",
    "against": r"against|lean\w*",
    "around": r"around|circl\w*|surround\w*|encircl\w*|ring\w*",
    "stacked": r"stack\w*|pil\w*|tower|heap\w*|top|column|pyramid",
    "facing": r"fac\w+|opposite|look\w*|turned|toward\w*",
    "attached_to": r"\w*attached|fixed|glued|mounted|fastened|bolted|stuck|tied|"
    r"chained|nailed|screwed|clipped|taped|welded|hooked|pinned|strapped",
    "hanging_from": r"hang\w*|hung|suspended|dangl\w*|sw[iua]\w*|"
    r"attached|end|cord|chain|rope|string",
    "in_row": r"row\w*|line\w*|queue|file|column|one behind|string",
}
"""Predicate of a relation → words of which a prompt that says it has one."""

TURNS: dict[str, str] = {
    "left": r"left\w*|right",
    "right": r"right\w*|left",
    "forward": r"forwards?|ahead",
    "backward": r"backwards?",
    "toward_camera": r"camera|us",
    "away": r"away|distance",
    "up": r"up\w*|air|sky",
    "down": r"down\w*",
    "off": r"off|from|edge|side|end",
    "clockwise": r"clockwise",
    "counter_clockwise": r"counter-?clockwise|anti-?clockwise",
}
"""Direction → the same."""

ENDS: dict[str, str] = {
    "knocks_over": r"knock\w*|toppl\w*|tip\w*|bowl\w*|overturn\w*|flatten\w*|"
    r"push\w*|down|over|upset\w*|up-?end\w*|fell\w*",
    "falls": r"f[ae]ll\w*|toppl\w*|tip\w*|collaps\w*|tumbl\w*|keel\w*|go\w* down|drop\w*|went",
    "falls_off": r"off|from|edge|out|over|side",
    "lands_in": r"in|into|inside",
    "avoids": r"miss\w*|avoid\w*|dodg\w*|clear|without|past|around",
    "lands_on": r"on|onto|upon|atop",
    "bounces": r"\w*bound\w*|bounc\w*|hop\w*|ricochet\w*|boing\w*|spring\w*|leap\w*|jump\w*",
    "stays_on": r"stay\w*|remain\w*|put|stuck|keep\w*",
    "comes_to_rest": r"rest\w*|stop\w*|halt\w*|settl\w*|still|standstill",
    "leaves_frame": r"frame|picture|view|shot|leav\w*",
    "moves": r"mov\w+|budg\w*|shift\w*|stir\w*|still|unmoved|wobbl\w*|shak\w*|jolt\w*",
}
"""Predicate of an outcome → the same; touches needs none."""

NEGATIONS = r"fail\w*|neither|nor|instead|not|never|without|no|none|miss\w*|avoid\w*|\w+n't"
"""What may deny an outcome."""

ORDERS = r"then|before|after\w*|finally|first|next|until"
"""What may put one outcome after another."""

NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "fall": ("drop", "roll"), "drop": ("fall",), "roll": ("slide",), "slide": ("roll",),
    "spin": ("turn",), "turn": ("spin",), "float": ("fly",), "fly": ("float",),
    "throw": ("launch",), "launch": ("throw",),
}  # fmt: skip
"""Verb → what the same words may say of another thing: a ball tumbles by rolling."""
