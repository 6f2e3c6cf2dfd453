"""How far apart, and how close, what stands together may stand."""

from itertools import combinations

import numpy as np
import pytest

from scene_builder.layout.slack import LEAST_GAP_M, slack_of, spread_of
from scene_builder.layout.solving.footprints import footprint, separation
from scene_builder.model.pose import Pose


def spread(names, layout, factor):
    places = {name: layout.poses[name].position for name in names}
    middle = np.mean(list(places.values()), axis=0)
    return {
        name: Pose(position=place + (factor - 1) * (place - middle), wxyz=layout.poses[name].wxyz)
        for name, place in places.items()
    }


def test_what_stands_together_may_stand_closer_but_never_touches(arrange):
    _, layout = arrange({"cup": ("cup", 3)}, [])
    names = ("cup#1", "cup#2", "cup#3")
    half = slack_of(names, layout, np.full(2, 0.01))
    low, high = spread_of(names, layout, half)
    assert low <= 1 <= high
    for factor in (low, high):
        poses = spread(names, layout, factor)
        assert layout.state.clash(poses) is None
        assert layout.state.broken(poses) is None
    closest = spread(names, layout, low)
    items = layout.state.items
    for one, other in combinations(names, 2):
        shapes = footprint(items[one], closest[one]), footprint(items[other], closest[other])
        assert low == 1 or separation(*shapes) >= LEAST_GAP_M - 1e-3


def test_one_thing_alone_has_no_distances(arrange):
    _, layout = arrange({"cup": ("cup", 1)}, [])
    assert spread_of(("cup#1",), layout, np.zeros(2)) == (1.0, 1.0)


def test_a_stack_keeps_its_distances(arrange):
    _, layout = arrange({"block": ("block", 3)}, [("block", "stacked")])
    names = tuple(name for name in layout.poses if name.startswith("block"))
    assert spread_of(names, layout, np.zeros(2)) == pytest.approx((1.0, 1.0))
