"""The closed words of the scene graph, and the few word lists that every step shares."""

from typing import Literal, get_args

Predicate = Literal[
    "on", "inside", "under", "above", "left_of", "right_of", "in_front_of", "behind", "beside",
    "near", "between", "against", "stacked", "attached_to", "hanging_from", "facing", "around",
    "in_row",
]  # fmt: skip
Verb = Literal[
    "drop", "fall", "roll", "slide", "throw", "push", "pull", "kick", "spin", "swing", "bounce",
    "launch", "pour", "float", "fly", "walk", "run", "turn", "open", "close", "stack", "explode",
    "melt", "stay",
]  # fmt: skip
OutcomePredicate = Literal[
    "touches", "falls_off", "falls", "knocks_over", "lands_on", "lands_in", "bounces",
    "comes_to_rest", "stays_on", "avoids", "leaves_frame", "moves",
]  # fmt: skip
Direction = Literal[
    "left", "right", "forward", "backward", "toward_camera", "away", "up", "down", "off",
    "clockwise", "counter_clockwise",
]  # fmt: skip
Framing = Literal["extreme_close_up", "close_up", "medium", "wide"]
Angle = Literal["eye_level", "high", "low", "top"]
Move = Literal[
    "static", "dolly_in", "dolly_out", "orbit_left", "orbit_right", "pan_left", "pan_right",
    "tilt_up", "tilt_down", "crane_up", "crane_down", "track", "handheld",
]  # fmt: skip
Compare = Literal["exactly", "at_least", "at_most"]
Mobility = Literal["dynamic", "static", "kinematic"]
ColliderShape = Literal["sphere", "box", "capsule", "cylinder", "plane", "hulls"]
JointKind = Literal["fixed", "hinge", "slider", "ball", "rope", "spring"]
ActionKind = Literal[
    "set_velocity", "apply_force", "apply_torque", "attach", "release", "drive_joint",
    "follow_path", "burst",
]  # fmt: skip

PREDICATES: tuple[str, ...] = get_args(Predicate)
VERBS: tuple[str, ...] = get_args(Verb)
OUTCOME_PREDICATES: tuple[str, ...] = get_args(OutcomePredicate)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
FRAMINGS: tuple[str, ...] = get_args(Framing)
ANGLES: tuple[str, ...] = get_args(Angle)
MOVES: tuple[str, ...] = get_args(Move)

SIZE_WORDS: tuple[str, ...] = (
    "tiny", "small", "short", "medium", "large", "tall", "long", "huge", "giant",
)  # fmt: skip
SPEED_WORDS: tuple[str, ...] = ("slow", "gentle", "medium", "fast", "hard", "very_fast")
GRAVITY_WORDS: dict[str, float] = {"earth": 9.81, "moon": 1.62, "mars": 3.71, "zero": 0.0}
"""Downward acceleration [m/s²] of each word (NASA planetary fact sheets)."""

RESERVED_IDS: tuple[str, ...] = ("ground", "floor", "wall", "ceiling", "camera")
"""Ids that a relation or a target may name without an entity of that name."""
