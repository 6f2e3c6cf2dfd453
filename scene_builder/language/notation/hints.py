"""Words that are evidence for the closed words of the notation, as regular expressions."""

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
"""Direction → words that may say it."""

ORDERS = r"then|before|after\w*|finally|first|next|until"
"""What may put one outcome after another."""

INDIVIDUALS = (
    r"one|others?|another|first|second|third|fourth|fifth|sixth|last|latter|former|next|middle|"
    r"centre|center|rest|top(?:most)?|bottom|left\w*|right\w*|nearest|front|each other|half"
)
"""What may tell one of several like things from the others."""
