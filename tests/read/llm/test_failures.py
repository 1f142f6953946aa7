"""What servers do wrong: each is one sentence, nothing waits without an end, and nothing shows the key."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from model_server import Reply, answering, claim, failing, said, told, toll
from running import free_port
from vedette.model.errors import ServiceError, UsageError
from vedette.read import read_articles
from vedette.read.llm.endpoint import Endpoint

TEXT = "Gunmen ambushed an army patrol near Kunduz on Friday, killing two soldiers."
TOLD = claim("ambushed", "armed_clash", perpetrators=["Gunmen"], tolls=[toll("two")])
GOOD = said(told(TOLD))
KEY = "sk-very-secret-4711"


def test_a_server_that_is_busy_is_asked_again_when_it_says(model):
    model.server.reply = [failing(429, Retry_After="1"), GOOD]
    began = time.monotonic()
    assert len(model.claims(TEXT)) == 1
    assert time.monotonic() - began > 0.9


def test_a_time_to_come_back_may_be_told_as_a_date(model):
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    model.server.reply = [failing(503, Retry_After=at), GOOD]
    assert len(model.claims(TEXT)) == 1


def test_a_server_that_asks_for_an_hour_is_not_waited_for(model):
    model.server.reply = [failing(429, "quota", Retry_After="3600")]
    reading = model.reading(TEXT)
    assert reading.claims == ()
    assert "HTTP 429, saying quota" in reading.failed
    assert reading.failed.endswith("the next run asks again")


@pytest.mark.usefixtures("impatient")
def test_a_server_that_fails_is_asked_again_a_few_times(model):
    model.server.reply = [failing(500), failing(502), Reply(b"<html>", 503), GOOD]
    assert len(model.claims(TEXT)) == 1
    model.server.reply = lambda _: failing(500)
    assert "HTTP 500" in model.reading(TEXT).failed
    assert len(model.server.asked) == 8


@pytest.mark.usefixtures("impatient")
def test_a_server_that_fails_time_and_again_ends_the_run_soon(model):
    model.server.reply = lambda _: failing(500)
    with pytest.raises(ServiceError, match="HTTP 500"):
        model.readings(*[f"{n}. {TEXT}" for n in range(50)])
    assert len(model.server.asked) <= 20


def test_a_slow_answer_is_a_failure_of_that_article_alone(model):
    slow = Reply(GOOD.body, pause=20.0)
    model.server.reply = lambda asked: slow if "Slow" in asked.text else GOOD
    first, second = model.readings(f"Slow. {TEXT}", TEXT, timeout=2)
    assert "not answered within 2 s" in first.failed
    assert len(second.claims) == 1


def test_a_server_that_answers_nobody_ends_the_run_after_a_few_texts(model):
    model.server.reply = lambda _: Reply(GOOD.body, pause=20.0)
    with pytest.raises(ServiceError, match="raise timeout"):
        model.readings(*[f"{n}. {TEXT}" for n in range(40)], timeout=0.3)
    assert len(model.server.asked) < 10


@pytest.mark.usefixtures("impatient")
def test_a_dead_server_is_one_sentence_and_soon(model):
    base_url = f"http://127.0.0.1:{free_port()}/v1"
    began = time.monotonic()
    with pytest.raises(ServiceError) as raised:
        model.readings(*[f"{n}. {TEXT}" for n in range(200)], base_url=base_url)
    assert str(raised.value) == f"{base_url}: no server answers there (Connection refused): start it, or mend base_url"
    assert time.monotonic() - began < 20


def test_a_wrong_model_ends_the_run_and_names_it(model):
    with pytest.raises(ServiceError, match=r"knows no model 'large-model'.*model large-model not found"):
        model.readings(TEXT, TEXT, model="large-model")


def test_a_wrong_address_ends_the_run(model):
    with pytest.raises(ServiceError, match="base_url is wrong"):
        model.reading(TEXT, base_url=model.server.base_url + "/more")


def test_a_refused_key_ends_the_run_and_is_not_shown(model):
    model.server.key = "another"
    with pytest.raises(ServiceError, match="does not let us in") as raised:
        model.reading(TEXT, key=KEY)
    assert KEY not in str(raised.value)


def test_the_key_is_sent_in_the_header_and_shown_nowhere(model):
    model.server.key = KEY
    model.server.reply = [failing(400, f"bad {KEY}"), failing(400, f"bad {'x' * 190} {KEY} {KEY}")]
    reading = model.reading(TEXT, key=KEY)
    assert KEY[:8] not in reading.failed
    endpoint = Endpoint("http://x/v1", "m", key=KEY)
    assert KEY not in repr(endpoint)
    assert pickle.loads(pickle.dumps(endpoint)) == endpoint


def test_a_server_that_knows_no_schema_is_told_the_schema_in_words(model):
    model.server.reply = lambda asked: failing(400, "response_format") if asked.form == "json_schema" else GOOD
    assert len(model.claims(TEXT)) == 1
    plain = model.server.asked[-1]
    assert plain.form == "json_object"
    assert '"additionalProperties": false' in plain.rules
    model.server.asked.clear()
    assert [len(reading.claims) for reading in model.readings(TEXT, f"Again. {TEXT}", concurrent=1)] == [1, 1]
    assert [asked.form for asked in model.server.asked] == ["json_schema", "json_object", "json_object"]


def test_a_text_that_the_server_refuses_fails_alone(model):
    model.server.reply = lambda asked: failing(400, "context length") if "Long" in asked.text else GOOD
    first, second = model.readings(f"Long. {TEXT}", TEXT, concurrent=1)
    assert "refuses the question with HTTP 400, saying context length" in first.failed
    assert len(second.claims) == 1


def test_a_server_that_refuses_every_question_ends_the_run(model):
    model.server.reply = lambda _: failing(400, "max_tokens is not supported")
    with pytest.raises(ServiceError, match="refuses the question with HTTP 400, saying max_tokens is not supported"):
        model.readings(*[f"{n}. {TEXT}" for n in range(50)])
    assert len(model.server.asked) < 20


def test_a_message_of_failure_shows_nothing_of_the_question(model):
    model.server.reply = lambda asked: Reply(asked.text.encode(), 400)
    assert "Gunmen" not in model.reading(TEXT).failed


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (said("I cannot help with that."), "no JSON object"),
        (said(told(TOLD)[:-20]), "no JSON object"),
        (said(told(TOLD)[:-20], "length"), "cut off (max_tokens is 4096)"),
        (said(told(TOLD) + told(TOLD)), "several JSON objects"),
        (said(None), "says nothing"),
        (said("", "content_filter"), "says nothing (content_filter)"),
        (said(told({"trigger": 1})), "no claim of the model's answer"),
        (said('{"claims": 3}'), "no list of claims"),
        (Reply(b"<html>hello</html>"), "no chat completion"),
        (Reply(b""), "no chat completion"),
        (Reply(b"\xff\xfe\x00"), "no chat completion"),
        (Reply(b'{"choices": []}'), "no chat completion"),
        (Reply(b'{"choices": [{"message": {"content": ["x"]}}]}'), "no chat completion"),
        (Reply(b"[" * 100_000), "no chat completion"),
        (said("x" * 3_000_000), "more than 2 MiB"),
        (Reply(b"", 204), "HTTP 204"),
    ],
)
def test_an_answer_that_cannot_be_used_is_a_failure_and_no_reading(model, reply: Reply, words: str):
    model.server.reply = lambda _: reply
    assert words in failure(model)


def failure(model) -> str:
    """What is told of an article that comes to no reading, or of the end of the run."""
    try:
        reading = model.reading(TEXT)
    except ServiceError as error:
        return str(error)
    assert (reading.claims, reading.unread) == ((), "")
    return reading.failed


@pytest.mark.parametrize("content", [f"```json\n{told(TOLD)}\n```", f"Sure! Here it is: {told(TOLD)} Anything else?"])
def test_prose_around_the_answer_does_no_harm(model, content: str):
    model.server.reply = lambda _: said(content)
    assert len(model.claims(TEXT)) == 1


def test_an_answer_that_trickles_is_cut_off(model):
    import socket
    import threading

    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def trickle() -> None:
        connection, _ = listener.accept()
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not stopped.wait(0.05):
            try:
                connection.sendall(b" ")
            except OSError:
                return

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    began = time.monotonic()
    reading = model.reading(TEXT, base_url=base_url, timeout=0.4)
    assert "not answered within 0.4 s" in reading.failed
    assert time.monotonic() - began < 20  # it would trickle for an hour
    stopped.set()
    listener.close()


def test_a_redirect_is_not_followed(model):
    model.server.key = KEY
    model.server.reply = [Reply(b"", 307, {"Location": "http://127.0.0.1:9/elsewhere"})]
    with pytest.raises(ServiceError, match="HTTP 307"):
        model.reading(TEXT, key=KEY)


def test_without_a_server_there_is_nothing_to_ask(make_article, reference):
    with pytest.raises(UsageError, match=r"\[llm\]"):
        read_articles([make_article(TEXT)], reference, "llm")


def test_a_failed_article_does_not_stop_those_after_it(model):
    model.server.reply = lambda asked: said("nonsense") if "number 3 " in asked.text else said(told(TOLD))
    readings = model.readings(*[f"Report number {n} of today. {TEXT}" for n in range(10)])
    assert [bool(reading.failed) for reading in readings] == [n == 3 for n in range(10)]


def test_nothing_is_asked_of_an_empty_text(model):
    model.server.reply = answering(TOLD)
    assert model.reading("").claims == ()
    assert model.server.asked == []
