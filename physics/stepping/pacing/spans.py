"""When actions are at work, in ticks."""

import math

from scene_builder.model.stage import StageAction


def span_of(action: StageAction, tick_secs: float) -> tuple[int, float]:
    """First and last tick of an action; what drives without an end has none."""
    begin = max(0, round(action.start_secs / tick_secs))
    if action.kind == "drive_joint" and action.duration_secs == 0:
        return begin, math.inf
    return begin, math.ceil((action.start_secs + action.duration_secs) / tick_secs)
