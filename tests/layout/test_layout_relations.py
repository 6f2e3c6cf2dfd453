"""What each relation means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene_builder.layout.items import Placed
from scene_builder.layout.relations import CARRYING, holds
from scene_builder.model.words import PREDICATES


def box(name, x, y, z=0.0, size=(0.2, 0.2, 0.2), front=(0.0, -1.0, 0.0)) -> Placed:
    half = np.array([size[0] / 2, size[1] / 2, 0.0])
    low = np.array([x, y, z]) - half
    return Placed(id=name, low=low, high=low + np.array(size), front=np.array(front))


TABLE = box("table", 0, 0, size=(1.2, 0.7, 0.7))

CASES = [
    ("on", box("a", 0.3, 0.1, 0.7), (TABLE,), True),
    ("on", box("a", 0.9, 0.1, 0.7), (TABLE,), False),
    ("on", box("a", 0.3, 0.1, 0.8), (TABLE,), False),
    ("on", box("a", 0.3, 0.1, 0.0), (TABLE,), False),
    ("inside", box("a", 0, 0, 0.05, size=(0.05, 0.05, 0.05)), (box("b", 0, 0),), True),
    ("inside", box("a", 0, 0, 0.25, size=(0.05, 0.05, 0.05)), (box("b", 0, 0),), False),
    ("under", box("a", 0.2, 0.1, size=(0.3, 0.3, 0.3)), (TABLE,), True),
    ("under", box("a", 2, 0), (TABLE,), False),
    ("above", box("a", 0, 0, 1.5), (TABLE,), True),
    ("above", box("a", 0, 0, 0.2), (TABLE,), False),
    ("left_of", box("a", -1, 0), (box("b", 0, 0),), True),
    ("left_of", box("a", 1, 0), (box("b", 0, 0),), False),
    ("left_of", box("a", -0.3, 2), (box("b", 0, 0),), False),
    ("right_of", box("a", 1, 0), (box("b", 0, 0), box("c", 0.4, 0)), True),
    ("right_of", box("a", 1, 0), (box("b", 0, 0), box("c", 1.4, 0)), False),
    ("in_front_of", box("a", 0, -1), (box("b", 0, 0),), True),
    ("behind", box("a", 0, 1), (box("b", 0, 0),), True),
    ("behind", box("a", 0, -1), (box("b", 0, 0),), False),
    ("beside", box("a", 0.4, 0), (box("b", 0, 0),), True),
    ("beside", box("a", 0, 0.4), (box("b", 0, 0),), False),
    ("near", box("a", 0.3, 0.4), (box("b", 0, 0),), True),
    ("near", box("a", 3, 0), (box("b", 0, 0),), False),
    ("between", box("a", 0, 0), (box("b", -1, 0), box("c", 1, 0.05)), True),
    ("between", box("a", 2, 0), (box("b", -1, 0), box("c", 1, 0)), False),
    ("against", box("a", 0.2, 0), (box("b", 0, 0),), True),
    ("against", box("a", 0.5, 0), (box("b", 0, 0),), False),
    ("stacked", box("a", 0, 0, 0.2), (box("b", 0, 0, 0.0), box("c", 0, 0, 0.4)), True),
    ("stacked", box("a", 0, 0, 0.2), (box("b", 0.5, 0, 0.0),), False),
    ("in_row", box("a", 0, 0), (box("b", 0.5, 0), box("c", 1.0, 0)), True),
    ("in_row", box("a", 0, 0), (box("b", 0.5, 0.4), box("c", 1.0, 0)), False),
    ("hanging_from", box("a", 0, 0, 1.0), (box("b", 0, 0, 1.2, size=(0.1, 0.1, 0.8)),), True),
    ("hanging_from", box("a", 0, 0, 2.2), (box("b", 0, 0, 1.2, size=(0.1, 0.1, 0.8)),), False),
    ("attached_to", box("a", 0.2, 0, 0.1), (box("b", 0, 0),), True),
    ("facing", box("a", 0, 0), (box("b", 0.1, -2),), True),
    ("facing", box("a", 0, 0), (box("b", 2, 0),), False),
    ("around", box("a", 0.5, 0.5), (box("b", 0, 0),), True),
    ("around", box("a", 5, 5), (box("b", 0, 0),), False),
]


@pytest.mark.parametrize(("predicate", "subject", "objects", "true"), CASES)
def test_relations_mean_what_the_camera_sees(predicate, subject, objects, true):
    assert holds(predicate, subject, objects) is true


def test_every_predicate_has_a_case_that_holds():
    assert {case[0] for case in CASES if case[3]} == set(PREDICATES)


metres = st.floats(-3, 3, allow_nan=False)


@given(metres, metres, st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_opposite_directions_never_hold_together(x, y, width, depth):
    a, b = box("a", x, y, size=(width, depth, 0.3)), box("b", 0, 0)
    for one, other in (("left_of", "right_of"), ("in_front_of", "behind")):
        assert not (holds(one, a, (b,)) and holds(other, a, (b,)))
        assert not (holds(one, a, (b,)) and holds(one, b, (a,)))


@given(metres, metres)
def test_carriers_need_one_object_and_directions_all(x, y):
    a, far = box("a", x, y, 0.7), box("far", 40, 40)
    for predicate in CARRYING:
        assert holds(predicate, a, (TABLE, far)) == any(
            holds(predicate, a, (one,)) for one in (TABLE, far)
        )
    assert holds("left_of", a, (TABLE, far)) == (
        holds("left_of", a, (TABLE,)) and holds("left_of", a, (far,))
    )
