"""Logs tell what happened where, never to whom."""

import logging

import orjson
import pytest
from django.db import IntegrityError
from django.test import Client

from maillage.accounts.models import User
from maillage.kernel.logs import JsonFormatter


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    @property
    def text(self):
        return "\n".join(self.lines)

    @property
    def last(self):
        return orjson.loads(self.lines[-1])


@pytest.fixture
def log():
    handler = Lines()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


def test_a_line_is_json_with_instant_level_and_logger(log):
    logging.getLogger("maillage.trial").warning("%s of %d", "one", 2)
    assert {**log.last, "at": ""} == {"at": "", "level": "warning", "logger": "maillage.trial", "message": "one of 2"}
    assert log.last["at"].startswith("20")


def test_query_strings_reach_no_line(log):
    client = Client(raise_request_exception=False)
    client.get("/api/v1/nowhere/?lat=44.93&q=Marquevrai")
    client.get("/api/v1/nowhere/Ijp8ZXhhbXBsZSI6IHRydWV9Ijp8ZXhhbXBsZSI6IHRydWV9:signed/")
    logging.getLogger("maillage.trial").warning("GET http://host/locate/?lat=44.93&lon=4.89 and more")
    assert "/api/v1/nowhere/" in log.text
    for kept_out in ("44.93", "Marquevrai", "signed"):
        assert kept_out not in log.text


@pytest.mark.django_db
def test_what_a_database_says_of_a_row_reaches_no_line(log):
    email = "zelie.marquevrai@example.org"
    User.objects.create(email=email)
    try:
        User.objects.create(email=email)
    except IntegrityError:
        logging.getLogger("maillage.trial").exception("refused")
    exception = log.last["exception"]
    assert "marquevrai" not in exception
    assert "23505 accounts_user_email" in exception, "the code and the constraint"
    assert "test_logs.py" in exception
    assert "IntegrityError" in exception


def test_an_exception_says_its_type_and_a_bug_its_words(log):
    for error in (ValueError("Marquevrai"), TypeError("unexpected keyword argument 'x'")):
        logging.getLogger("maillage.trial").error("because of %s", error, exc_info=error)
        logging.getLogger("maillage.trial").error(error)
    assert "Marquevrai" not in log.text
    assert "unexpected keyword argument" in log.text
    assert orjson.loads(log.lines[0])["message"] == "because of ValueError"


def test_addresses_are_cut(log):
    logging.getLogger("other.library").warning("refused <%s>: unknown", "zelie@example.org")
    assert log.last["message"] == "refused <<address>>: unknown"


def test_the_cause_is_told_before(log):
    def fails():
        try:
            raise KeyError("Marquevrai")
        except KeyError as error:
            raise RuntimeError("again") from error

    try:
        fails()
    except RuntimeError:
        logging.getLogger("maillage.trial").exception("failed")
    told = log.last["exception"]
    assert told.index("KeyError\n") < told.index("then\n") < told.index("RuntimeError\n")
