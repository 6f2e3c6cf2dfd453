"""What every executor promises."""

import pytest

from pipeline.plugins import create, listing


def double(number: int) -> int:
    if number < 0:
        raise ValueError(f"{number} is below zero")
    return 2 * number


@pytest.fixture(params=list(listing("executor")))
def executor(request):
    return create("executor", request.param, jobs=2)


def test_answers_come_in_the_order_of_the_items(executor):
    assert list(executor.map(double, range(7))) == [0, 2, 4, 6, 8, 10, 12]


def test_an_error_in_a_task_reaches_the_caller(executor):
    with pytest.raises(ValueError, match="-1 is below zero"):
        list(executor.map(double, [3, -1, 4]))
