"""Shapes and types are checked while tests run, and only then."""

import os

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
