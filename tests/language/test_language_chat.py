import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from scene_builder.language.backends.openai_http import RUNGS, HttpChat
from scene_builder.language.canned import CannedChat, CannedReader
from scene_builder.language.chat import ChatReader
from scene_builder.language.rules import RuleReader
from scene_builder.model.errors import ModelError, PromptError, SceneError, SettingsError
from scene_builder.model.graph import SceneGraph

PROMPT = "A red ball rolls into two cups on a kitchen table."
GRAPH = {
    "schema": "worldreel.scene/1",
    "entities": [{"id": "ball", "noun": "ball", "color": "red"},
                 {"id": "cup", "noun": "cup", "count": 2}, {"id": "table", "noun": "table"}],
    "relations": [{"subject": "cup", "predicate": "on", "object": "table"}],
    "actions": [{"actor": "ball", "verb": "roll", "target": "cup"}],
    "outcomes": [{"predicate": "touches", "subject": "ball", "object": "cup"}],
}  # fmt: skip
GOOD = json.dumps(GRAPH)
SCHEMA = SceneGraph.model_json_schema()


def test_a_good_answer_is_the_graph_with_what_closed_wordings_say():
    chat = CannedChat(GOOD)
    reading = ChatReader(chat).read(PROMPT)
    assert reading.graph.setting.place == "kitchen"
    assert reading.graph.actions[0].target == "cup"
    assert reading.graph.prompt == PROMPT
    assert (reading.reader, reading.repairs) == ("chat", ())
    assert [message["role"] for message in chat.asked[0]] == [
        "system", "user", "assistant", "user"]  # fmt: skip
    assert chat.asked[0][-1]["content"] == PROMPT


@pytest.mark.parametrize(
    "answer", [f"```json\n{GOOD}\n```", f"<think>a ball {{</think>{GOOD}", f"Here it is: {GOOD}."]
)
def test_thoughts_and_fences_around_the_object_do_no_harm(answer):
    assert len(ChatReader(CannedChat(answer)).read(PROMPT).graph.entities) == 3


def test_a_wrong_answer_is_sent_back_with_its_faults():
    wrong = json.dumps({**GRAPH, "actions": [{"actor": "dog", "verb": "teleport"}], "mood": 1})
    chat = CannedChat(wrong, GOOD)
    reading = ChatReader(chat).read(PROMPT)
    sent = chat.asked[1][-1]["content"]
    assert "actions.0.verb" in sent
    assert "mood" in sent
    assert chat.asked[1][-2] == {"role": "assistant", "content": wrong}
    assert "sent back" in reading.repairs[0]


def test_at_most_five_faults_are_sent_back():
    entities = [{"id": "Bad Id", "noun": ""}] * 20
    chat = CannedChat(json.dumps({**GRAPH, "entities": entities}), GOOD)
    ChatReader(chat).read(PROMPT)
    assert chat.asked[1][-1]["content"].count("\n- ") == 5


@pytest.mark.parametrize("answer", ["I cannot do that.", "{", "[1]", '{"entities": []}'])
def test_three_bad_answers_are_an_error(answer):
    chat = CannedChat(answer)
    with pytest.raises(SceneError, match="no valid scene in 3 answers"):
        ChatReader(chat).read(PROMPT)
    assert len(chat.asked) == 3


def test_attributes_that_a_chat_model_invents_are_filtered():
    invented = json.loads(GOOD)
    invented["entities"][0]["material"] = "rubber"
    reading = ChatReader(CannedChat(json.dumps(invented))).read(PROMPT)
    assert reading.graph.entities[0].material is None
    assert any("rubber" in repair for repair in reading.repairs)


def test_the_canned_reader_gives_its_reading_and_refuses_what_others_refuse():
    reading = RuleReader().read(PROMPT)
    reader = CannedReader(reading)
    assert reader.read("A cat sleeps.") is reading
    with pytest.raises(PromptError):
        reader.read(" ")


class Server(HTTPServer):
    """Takes one form of request, and refuses the others as real servers do."""

    def __init__(self, takes, content=GOOD):
        super().__init__(("127.0.0.1", 0), Handler)
        self.takes, self.content, self.forms, self.keys = takes, content, [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        form = request.get("response_format", {})
        name = form.get("type", "none") + ("+schema" if "schema" in form else "")
        self.server.forms.append(name)
        self.server.keys.append(self.headers.get("Authorization"))
        good = name in self.server.takes and self.path == "/v1/chat/completions"
        body = json.dumps({"choices": [{"message": {"content": self.server.content}}]})
        data = (body if good else "response_format is not supported").encode()
        self.send_response(200 if good else 500)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def serve():
    servers = []

    def start(*takes, **options):
        server = Server(takes, **options)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("rung", range(len(RUNGS)))
def test_the_strictest_form_that_a_server_takes_is_found_and_remembered(serve, rung):
    server = serve(RUNGS[rung])
    chat = HttpChat(server.url, "small", key="secret")
    assert chat.reply([{"role": "user", "content": "hi"}], SCHEMA) == GOOD
    assert chat.reply([{"role": "user", "content": "hi"}], SCHEMA) == GOOD
    assert server.forms == [*RUNGS[: rung + 1], RUNGS[rung]]
    assert set(server.keys) == {"Bearer secret"}


def test_a_reader_over_http(serve):
    reading = ChatReader(HttpChat(serve("json_object").url, "small")).read(PROMPT)
    assert [entity.id for entity in reading.graph.entities] == ["ball", "cup", "table"]


def test_a_server_that_refuses_everything_is_an_error(serve):
    with pytest.raises(ModelError, match=r"refused the request for 'small' \(HTTP 500"):
        HttpChat(serve().url, "small").reply([], SCHEMA)


def test_an_answer_that_is_no_message_is_an_error(serve):
    with pytest.raises(ModelError, match="is no message"):
        HttpChat(serve("json_schema", content=None).url, "small").reply([], SCHEMA)


def test_a_server_that_is_not_there_is_an_error(serve):
    server = serve()
    server.shutdown()
    server.server_close()
    with pytest.raises(ModelError, match="is it running"):
        HttpChat(server.url, "small", timeout_secs=5).reply([], SCHEMA)


def test_the_environment_names_the_server(serve, monkeypatch):
    server = serve("json_schema")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_MODEL", "small")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert ChatReader().read(PROMPT).reader == "chat"
    assert server.keys == ["Bearer k"]


@pytest.mark.parametrize("missing", ["OPENAI_BASE_URL", "OPENAI_MODEL"])
def test_an_environment_without_a_server_is_an_error(monkeypatch, missing):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_MODEL", "small")
    monkeypatch.delenv(missing)
    with pytest.raises(SettingsError, match=missing):
        ChatReader()
