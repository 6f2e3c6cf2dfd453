"""Shapes and types are checked while tests run, and only then."""

import os

import jaxtyping
import pytest

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

jaxtyping.install_import_hook(
    ["scene_builder", "physics", "render", "pipeline"],
    "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))",
)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests share nothing with the user but the cache of weights: no installed library counts."""
    os.environ.setdefault("WORLDREEL_SHAPE_CHECKS", "1")
    os.environ["WORLDREEL_DATA"] = str(tmp_path_factory.mktemp("data"))
