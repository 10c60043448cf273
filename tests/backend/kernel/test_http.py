"""The addresses that exist before any app does."""

import pytest
from django.db import connection
from django.test import RequestFactory

from maillage.kernel import http, readiness


def test_health_asks_nothing_of_others(client, django_assert_num_queries):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.fixture
def without_dispatcher(monkeypatch):
    monkeypatch.setitem(readiness.CHECKS, "queue", readiness.CHECKS["queue"][:1])


@pytest.mark.django_db
def test_ready_when_all_is_there(client, without_dispatcher):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "reasons": {}})


@pytest.mark.django_db
def test_each_absence_has_its_reason(client, settings, without_dispatcher):
    settings.CELERY_BROKER_URL = "redis://:secret@127.0.0.1:1/0"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'journal'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {
        "migrations": "2 migrations are not applied",
        "queue": "does not answer (ConnectionError)",
    }


def test_a_floor_above_adds_its_reason(client, monkeypatch):
    monkeypatch.setattr(readiness, "CHECKS", {"queue": [lambda: "", lambda: "it stands still", lambda: "never asked"]})
    assert client.get("/readyz").json()["reasons"] == {"queue": "it stands still"}


@pytest.mark.parametrize(
    ("view", "status", "code"),
    [(http.not_found, 404, "not_found"), (http.server_error, 500, "server_error"), (http.csrf_failure, 403, "csrf")],
)
def test_error_pages_are_problems_under_the_api(view, status, code):
    answer = view(RequestFactory().get("/api/v1/nowhere/"))
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert f'"code":"{code}"'.encode() in answer.content
