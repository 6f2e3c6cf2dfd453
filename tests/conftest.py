"""Shapes and types are checked while tests run, and only then."""

import atexit
import os
import sys

import pytest

from tests import shape_checks

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

shape_checks.install(["scene_builder", "physics", "render", "pipeline"])


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests share nothing with the user but the cache of weights: no installed library counts."""
    os.environ.setdefault("WORLDREEL_SHAPE_CHECKS", "1")
    os.environ["WORLDREEL_DATA"] = str(tmp_path_factory.mktemp("data"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep what the session ended with, for `pytest_unconfigure`."""
    session.config.stash[_ENDED_WITH] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave without taking Blender's library down: now and then that waits for ever."""
    if "bpy" not in sys.modules or hasattr(config, "workerinput"):
        return
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(config.stash.get(_ENDED_WITH, 1))


_ENDED_WITH = pytest.StashKey[int]()
