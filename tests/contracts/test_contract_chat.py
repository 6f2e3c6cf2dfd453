"""What every chat promises. Servers and weights have tests of their own."""

import pytest

from scene_builder.language.canned import CannedChat
from scene_builder.language.reader import Chat

MESSAGES = [{"role": "user", "content": "Say what you see, as JSON."}]


@pytest.fixture
def chat() -> Chat:
    return CannedChat('{"seen": "a ball"}', '{"seen": "a cup"}')


def test_every_question_gets_a_text(chat):
    answers = [chat.reply(MESSAGES, {"type": "object"}) for _ in range(2)]
    assert answers == ['{"seen": "a ball"}', '{"seen": "a cup"}']


def test_the_messages_are_left_as_they_were(chat):
    before = [dict(message) for message in MESSAGES]
    chat.reply(MESSAGES, {})
    assert before == MESSAGES
