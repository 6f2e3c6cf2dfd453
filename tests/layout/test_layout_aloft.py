"""Several things that start in the air over one."""

from itertools import pairwise

import numpy as np
import pytest

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import placed_item
from scene_builder.model.errors import LayoutError

HEIGHT_M = 0.5


def falling(count: int, kind: str = "above") -> list[Cue]:
    return [
        Cue(kind=kind, actor=f"ball#{k}", targets=("bowl#1",), height=HEIGHT_M)
        for k in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [1, 3, 6])
def test_what_falls_on_one_thing_starts_one_above_the_other(arrange, count):
    _, layout = arrange({"ball": ("ball", count), "bowl": ("bowl", 1)}, [], cues=falling(count))
    items = layout.state.items
    bowl = placed_item(items["bowl#1"], layout.poses["bowl#1"])
    balls = [
        placed_item(items[f"ball#{k}"], layout.poses[f"ball#{k}"]) for k in range(1, 1 + count)
    ]
    assert balls[0].low[2] - bowl.high[2] == pytest.approx(HEIGHT_M)
    for lower, upper in pairwise(balls):
        assert 0 < upper.low[2] - lower.high[2] < 0.1
        assert np.allclose(upper.center[:2], bowl.center[:2], atol=1e-9)


def test_what_is_thrown_from_one_place_is_still_refused(arrange):
    with pytest.raises(LayoutError, match="in the air"):
        arrange({"ball": ("ball", 2), "bowl": ("bowl", 1)}, [], cues=falling(2, "air"))
