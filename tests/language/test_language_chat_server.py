"""Servers as they are: strict, sloppy, busy, slow, talkative, and broken."""

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.command_line.main import main
from scene_builder.language.backends.addresses import server_address
from scene_builder.language.backends.http_post import Limits, is_private
from scene_builder.language.backends.openai_http import HttpChat, chat_at
from scene_builder.language.backends.server_habits import RUNGS
from scene_builder.language.chat import ASKED_SCHEMA, ChatReader, server_reader
from scene_builder.model.errors import ModelError, SceneError, SettingsError

PROMPT = "A red ball rolls off a table."
GRAPH = {
    "schema": "worldreel.scene/1",
    "entities": [{"id": "ball", "noun": "ball", "color": "red"}, {"id": "table", "noun": "table"}],
    "relations": [{"subject": "ball", "predicate": "on", "object": "table"}],
    "actions": [{"actor": "ball", "verb": "roll", "direction": "off"}],
}
GOOD = json.dumps(GRAPH)
HI = [{"role": "user", "content": "hi"}]
QUICK = Limits(answer_secs=60, total_secs=200, retry_secs=(0.01, 0.02, 0.03))
IMPATIENT = Limits(answer_secs=1.5, total_secs=30, retry_secs=(0.01, 0.02, 0.03))


class Server(ThreadingHTTPServer):
    """Does to its n-th request what the n-th part of its script says; the last part stays."""

    daemon_threads = True

    def __init__(self, script):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.asked, self.sent = script, [], 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def forms(self):
        return [form_of(request) for request, _ in self.asked]

    def handle_error(self, *args):
        """Clients that hang up are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((request, self.headers.get("Authorization")))
        script = self.server.script
        script[min(len(self.server.asked), len(script)) - 1](self, request)

    def answer(self, status, text, **headers):
        data = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """Say nothing."""


def form_of(request):
    form = request.get("response_format", {})
    return form.get("type", "none") + ("+schema" if "schema" in form else "")


def says(content):
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})
    return lambda handler, request: handler.answer(200, body)


def fails(status, text="busy", **headers):
    return lambda handler, request: handler.answer(status, text, **headers)


def takes_only(form, *, status=500, text="response_format is not supported"):
    def part(handler, request):
        (says(GOOD) if form_of(request) == form else fails(status, text))(handler, request)

    return part


def hangs(handler, request):
    time.sleep(4)


def drips(handler, request):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def talks(handler, request):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(160):
        handler.wfile.write(b"x" * 65536)
        handler.server.sent += 65536


def hangs_up(handler, request):
    handler.connection.shutdown(socket.SHUT_RDWR)


def hangs_up_midway(handler, request):
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def serve():
    servers = []

    def start(*script):
        server = Server(script)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def chat_with(tmp_path):
    def chat(server, **options):
        options = {"limits": QUICK, "cache": tmp_path / "cache"} | options
        return HttpChat(server.url, "small", **options)

    return chat


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("status", [400, 422, 500])
def test_the_strictest_form_that_a_server_takes_is_found_and_remembered(
    serve, chat_with, rung, status
):
    server = serve(takes_only(rung, status=status))
    chat = chat_with(server)
    assert chat.reply(HI, ASKED_SCHEMA) == GOOD
    assert chat.reply(HI, ASKED_SCHEMA) == GOOD
    assert chat_with(server).reply(HI, ASKED_SCHEMA) == GOOD  # as after a new start
    assert server.forms == [*RUNGS[: RUNGS.index(rung) + 1], rung, rung]


def test_memory_is_kept_for_each_server_and_model_and_may_be_damaged(serve, chat_with, tmp_path):
    server = serve(takes_only("json_object"))
    chat_with(server, key="secret-key").reply(HI, ASKED_SCHEMA)
    (kept,) = (tmp_path / "cache" / "servers").iterdir()
    document = json.loads(kept.read_text())
    assert (document["url"], document["model"], document["rung"]) == (server.url, "small", 2)
    assert "secret" not in kept.read_text()
    assert HttpChat(server.url, "other", cache=tmp_path / "cache").rung == "json_schema"
    for damage in ("{", "[]", '{"rung": 9, "token_field": "x", "temperature": 1}'):
        kept.write_text(damage)
        assert chat_with(server).rung == "json_schema"


def test_a_cache_that_cannot_be_written_is_no_obstacle(serve, tmp_path):
    (tmp_path / "file").write_text("")
    chat = HttpChat(serve(says(GOOD)).url, "small", cache=tmp_path / "file", limits=QUICK)
    assert chat.reply(HI, ASKED_SCHEMA) == GOOD


def test_a_server_that_has_become_strict_is_asked_in_another_way(serve, chat_with):
    server = serve(takes_only("json_schema"), takes_only("json_object", status=400))
    chat = chat_with(server)
    assert chat.reply(HI, ASKED_SCHEMA) == chat.reply(HI, ASKED_SCHEMA) == GOOD
    assert chat.rung == "json_object"


def test_newer_names_of_fields_are_learnt(serve, chat_with):
    server = serve(
        fails(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        fails(400, "Unsupported value: 'temperature' does not support 0 with this model."),
        says(GOOD),
    )
    chat = chat_with(server)
    assert chat.reply(HI, ASKED_SCHEMA) == GOOD
    last = server.asked[-1][0]
    assert last["max_completion_tokens"] == QUICK.max_tokens
    assert not {"max_tokens", "temperature"} & last.keys()
    assert server.forms == ["json_schema"] * 3
    chat_with(server).reply(HI, ASKED_SCHEMA)
    assert len(server.asked) == 4


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_a_busy_server_is_asked_again(serve, chat_with, status):
    server = serve(fails(status), says(GOOD))
    assert chat_with(server).reply(HI, ASKED_SCHEMA) == GOOD
    assert server.forms == ["json_schema"] * 2


def test_a_busy_server_says_when_to_come_back(serve, chat_with):
    limits = Limits(retry_secs=(3000.0,), total_secs=200)
    server = serve(fails(429, Retry_After="0.2"), says(GOOD))
    began = time.monotonic()
    assert chat_with(server, limits=limits).reply(HI, ASKED_SCHEMA) == GOOD
    assert time.monotonic() - began >= 0.2


def test_nobody_waits_longer_than_there_is_time(serve, chat_with):
    limits = Limits(retry_secs=(0.1,), total_secs=50)
    server = serve(fails(429, "quota", Retry_After="3600"))
    began = time.monotonic()
    with pytest.raises(ModelError, match="HTTP 429: 'quota'"):
        chat_with(server, limits=limits).reply(HI, ASKED_SCHEMA)
    assert time.monotonic() - began < 50


def test_after_some_attempts_it_is_enough(serve, chat_with):
    server = serve(fails(503, "down"))
    with pytest.raises(ModelError, match=r"refused the request for 'small' \(HTTP 503: 'down'\)"):
        chat_with(server).reply(HI, ASKED_SCHEMA)
    assert len(server.asked) == 1 + len(QUICK.retry_secs)


@pytest.mark.parametrize("part", [hangs, drips, hangs_up, hangs_up_midway])
def test_a_server_that_fails_once_is_asked_again(serve, chat_with, part):
    server = serve(part, says(GOOD))
    assert chat_with(server, limits=IMPATIENT).reply(HI, ASKED_SCHEMA) == GOOD


@pytest.mark.parametrize("part", [hangs, drips, hangs_up, hangs_up_midway])
def test_a_server_that_never_answers_is_an_error_in_time(serve, chat_with, part):
    began = time.monotonic()
    with pytest.raises(ModelError, match="try again later"):
        chat_with(serve(part), limits=IMPATIENT).reply(HI, ASKED_SCHEMA)
    assert time.monotonic() - began < IMPATIENT.total_secs


def test_ten_megabytes_are_cut_off_while_they_come(serve, chat_with):
    server = serve(talks)
    limits = Limits(max_bytes=100_000)
    with pytest.raises(ModelError, match="more than 100,000 bytes"):
        chat_with(server, limits=limits).reply(HI, ASKED_SCHEMA)
    time.sleep(0.1)
    assert server.sent < 9_000_000
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body", ["", "hello", "[]", '{"choices": []}', '{"choices": [{"message": {}}]}', "null",
             '{"choices": [{"message": {"content": null}}]}', "[" * 50_000],
)  # fmt: skip
def test_an_answer_that_is_no_message_is_an_error(serve, chat_with, body):
    with pytest.raises(ModelError, match="is no message"):
        chat_with(serve(fails(200, body))).reply(HI, ASKED_SCHEMA)


def test_an_answer_in_parts_is_put_together(serve, chat_with):
    parts = [
        {"type": "text", "text": GOOD[:9]},
        {"type": "image"},
        {"type": "text", "text": GOOD[9:]},
    ]
    assert chat_with(serve(says(parts))).reply(HI, ASKED_SCHEMA) == GOOD


@pytest.mark.parametrize(
    ("status", "mend"), [(401, "WORLDREEL_API_KEY"), (403, "key"), (404, "ends in /v1")]
)
def test_a_refusal_says_what_to_do_and_never_the_key(serve, chat_with, status, mend):
    server = serve(fails(status, "Incorrect API key provided: secret-key."))
    with pytest.raises(ModelError, match=mend) as caught:
        chat_with(server, key="secret-key").reply(HI, ASKED_SCHEMA)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(server.asked) == 1


def test_a_key_is_not_carried_elsewhere(serve, chat_with):
    other = serve(says(GOOD))
    server = serve(fails(307, "", Location=other.url + "/chat/completions"))
    with pytest.raises(ModelError, match="HTTP 307"):
        chat_with(server, key="secret-key").reply(HI, ASKED_SCHEMA)
    assert other.asked == []


def test_a_server_that_is_not_there_is_an_error(serve, chat_with):
    server = serve(says(GOOD))
    server.shutdown()
    server.server_close()
    with pytest.raises(ModelError, match="is it running"):
        chat_with(server).reply(HI, ASKED_SCHEMA)


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ([GOOD[:-9], GOOD], "breaks off"),
        (["I am sorry, I cannot do that.", GOOD], "holds no JSON object"),
        (['{"scene": []}', GOOD], "entities: is missing"),
        ([json.dumps({**GRAPH, "actions": [{"actor": "cat", "verb": "roll"}]}), GOOD],
         "names 'cat', which is no entity"),
    ],
)  # fmt: skip
def test_bad_answers_are_sent_back_over_http(serve, chat_with, answers, fault):
    server = serve(*map(says, answers))
    reading = ChatReader(chat_with(server)).read(PROMPT)
    assert [entity.id for entity in reading.graph.entities] == ["ball", "table"]
    assert fault in server.asked[1][0]["messages"][-1]["content"]
    assert fault in reading.repairs[0]


def test_a_server_that_ignores_the_form_is_read_all_the_same(serve, chat_with):
    said = (
        f"<think>A {{ball}}, let me see.</think>\nHere is your scene:\n```json\n{GOOD}\n```\nBye!"
    )
    reading = ChatReader(chat_with(serve(says(said)))).read(PROMPT)
    assert len(reading.graph.entities) == 2
    assert reading.repairs == ()


def test_a_model_that_never_learns_is_an_error(serve, chat_with):
    server = serve(says("{}"))
    with pytest.raises(SceneError, match=r"no valid scene in 3 answers.*entities: is missing"):
        ChatReader(chat_with(server)).read(PROMPT)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "text",
    ["", "http://x", "http://x#", "x#m", "ftp://x#m", "http://#m", "http://x:port#m",
     "http://u:secret@x/v1#m", "http://x/v1?api_key=secret#m"],
)  # fmt: skip
def test_addresses_that_name_no_server_are_refused_without_their_secrets(text):
    with pytest.raises(SettingsError, match="--reader") as caught:
        server_address(text)
    assert "secret" not in str(caught.value)


def test_an_address_is_a_base_and_a_model():
    address = server_address("http://[::1]:8080/v1/chat/completions/#Qwen/Qwen3-4B#2")
    assert (address.url, address.model) == ("http://[::1]:8080/v1", "Qwen/Qwen3-4B#2")


@pytest.mark.parametrize(
    ("url", "private"),
    [("https://api.example.com/v1", True), ("http://127.0.0.1:1/v1", True),
     ("http://[::1]/v1", True), ("http://localhost/v1", True), ("http://192.168.0.9/v1", False),
     ("http://localhost.example.com/v1", False)],
)  # fmt: skip
def test_the_common_key_goes_where_nobody_overhears_it(monkeypatch, url, private):
    monkeypatch.setenv("OPENAI_API_KEY", "common")
    monkeypatch.delenv("WORLDREEL_API_KEY", raising=False)
    assert is_private(url) is private
    assert chat_at(server_address(f"{url}#m"))._key == ("common" if private else None)
    monkeypatch.setenv("WORLDREEL_API_KEY", "own")
    assert chat_at(server_address(f"{url}#m"))._key == "own"


def test_the_environment_names_the_server(serve, monkeypatch, tmp_path):
    server = serve(says(GOOD))
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path))
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_MODEL", "small")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert ChatReader().read(PROMPT).reader == "chat"
    assert server.asked[0][1] == "Bearer k"


@pytest.mark.parametrize("missing", ["OPENAI_BASE_URL", "OPENAI_MODEL"])
def test_an_environment_without_a_server_is_an_error(monkeypatch, missing):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_MODEL", "small")
    monkeypatch.delenv(missing)
    with pytest.raises(SettingsError, match=missing):
        ChatReader()


def test_a_reader_is_the_same_for_the_same_server_and_model(monkeypatch):
    monkeypatch.setenv("WORLDREEL_API_KEY", "one")
    one = server_reader("http://127.0.0.1:9/v1#a")
    monkeypatch.setenv("WORLDREEL_API_KEY", "two")
    assert one.identity == server_reader("http://127.0.0.1:9/v1#a").identity
    assert one.identity != server_reader("http://127.0.0.1:9/v1#b").identity


def test_the_command_line_takes_a_server_and_keeps_no_key(serve, monkeypatch, tmp_path, capsys):
    server = serve(says(GOOD))
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WORLDREEL_API_KEY", "secret-key")
    run = tmp_path / "run"
    command = ["plan", PROMPT, "--reader", f"openai:{server.url}#small", "--out", str(run)]
    assert main(command) == 0
    assert server.asked[0][1] == "Bearer secret-key"
    assert json.loads((run / "reading.json").read_text())["reader"] == command[3]
    assert main(command) == 0
    assert len(server.asked) == 1  # the reading stands
    said = "".join(capsys.readouterr())
    for file in [*run.rglob("*"), *(tmp_path / "cache").rglob("*")]:
        said += file.read_text() if file.is_file() else ""
    assert "secret" not in said


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        ("opnai:http://x#m", "Did you mean 'openai:<base url>#<model>'?"),
        ("openai", "write openai:<base url>#<model>"),
        ("openai:http://x", "for example openai:http://"),
        ("transformers:", "write transformers:<hub id or folder>"),
        ("transformers:/no/such/folder", "holds no config.json"),
        ("transformers:no spaces", "for example transformers:Qwen/"),
        ("transformers:Qwen/Qwen3-4B?quantize=3bit", "quantize=4bit"),
        ("transformers:Qwen/Qwen3-4B?trust_remote_code=1", "behind the question mark may stand"),
        ("transformers:Qwen/Qwen3-4B?gguf=../x.gguf", "hub id or folder"),
    ],
)
def test_a_reader_that_is_none_is_one_line_and_exit_2(reader, said, tmp_path, capsys):
    assert main(["plan", PROMPT, "--reader", reader, "--out", str(tmp_path / "run")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert said in lines[0]
    assert not Path(tmp_path / "run").exists()
