"""Every law is asked of every simulator."""

import pytest

from pipeline.plugins import create

SIMULATORS = ("bullet", "mujoco")


@pytest.fixture(scope="session", params=SIMULATORS)
def simulator(request):
    return create("simulator", request.param)
