"""What the tests of physics share."""

import pytest

from physics.bullet.simulator import BulletSimulator


@pytest.fixture(scope="session")
def simulator():
    return BulletSimulator()
