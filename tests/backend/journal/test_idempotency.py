"""A request sent twice acts once, over the network or through a form."""

from threading import Event, Thread
from types import SimpleNamespace
from uuid import uuid4

import orjson
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.journal import idempotency
from maillage.journal.models import IdempotencyKey, Inbound
from maillage.kernel.errors import Refusal

pytestmark = pytest.mark.django_db

KEY = "0193-a-key-of-a-client"


def effect():
    Inbound.objects.create(source="trial", external_id=str(uuid4()))


def effects():
    return Inbound.objects.count()


class Ask(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    before = staticmethod(lambda: None)

    @idempotency.idempotent
    def post(self, request):
        effect()
        self.before()
        if refusal := request.data.get("refusal"):
            raise Refusal("no", code=refusal)
        if request.data.get("bug"):
            raise RuntimeError
        return Response({"number": effects()}, status=request.data.get("status", 201), headers={"Location": "/somewhere/"})


@idempotency.idempotent
def ask_by_form(request):
    effect()
    if request.POST.get("text") == "bad":
        return HttpResponse("bad", status=422)
    return HttpResponseRedirect("sent/")


def post(body=None, *, key=KEY, user=None, path="/ask/", before=None):
    headers = {"Idempotency-Key": key} if key else {}
    request = RequestFactory().post(path, orjson.dumps(body or {}), content_type="application/json", headers=headers)
    request.user = user or AnonymousUser()
    view = Ask.as_view(**({"before": before} if before else {}))
    if user:
        authenticator = SimpleNamespace(authenticate=lambda _: (user, None), authenticate_header=lambda _: None)
        view = Ask.as_view(authentication_classes=[lambda: authenticator])
    return view(request).render()


def post_form(*, key=KEY, **fields):
    request = RequestFactory().post("/ask/", {"idempotency_key": key, "csrfmiddlewaretoken": str(uuid4()), **fields})
    request.user = AnonymousUser()
    return ask_by_form(request)


def test_the_same_request_gets_the_same_answer_and_acts_once():
    first, second = post({"a": 1, "b": [2]}), post({"b": [2], "a": 1})
    assert effects() == 1
    assert first.content == second.content == b'{"number":1}'
    assert first.status_code == second.status_code == 201
    assert first["Location"] == second["Location"] == "/somewhere/"
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"


def test_without_a_key_each_request_acts():
    post(key=None)
    post(key=None)
    assert effects() == 2


def test_another_body_under_the_same_key_is_a_problem():
    post({"a": 1})
    refused = post({"a": 2})
    assert (refused.status_code, refused.data["code"]) == (422, "idempotency_key_reused")
    assert refused["Content-Type"] == "application/problem+json"
    assert effects() == 1


@pytest.mark.parametrize("key", ["short", "with spaces in the key", "é" * 20, "x" * 129])
def test_a_malformed_key_is_a_problem(key):
    request = RequestFactory().post("/ask/", b"{}", content_type="application/json")
    request.META["HTTP_IDEMPOTENCY_KEY"] = key
    answer = Ask.as_view()(request)
    assert (answer.status_code, answer.data["code"]) == (400, "bad_idempotency_key")


def test_a_key_belongs_to_its_user_and_endpoint():
    someone, other = User(email="a@example.org"), User(email="b@example.org")
    for ask in ({}, {"user": someone}, {"user": other}, {"path": "/elsewhere/"}):
        post(**ask)
        post(**ask)
    assert effects() == 4


@pytest.mark.parametrize(("body", "status"), [({"refusal": "full"}, 400), ({"status": 409}, 409)])
def test_a_refusal_has_no_effect_and_is_not_kept(body, status):
    assert post(body).status_code == status
    assert effects() == 0
    assert not IdempotencyKey.objects.exists()


def test_a_crash_leaves_a_state_that_can_be_tried_again():
    with pytest.raises(RuntimeError):
        post({"bug": True})
    assert effects() == 0
    assert post().status_code == 201
    assert effects() == 1


def test_nothing_of_who_or_what_is_kept_but_the_answer():
    post({"name": "Zélie Marquevrai"}, user=User(email="zelie@example.org"))
    row = IdempotencyKey.objects.get()
    assert len(row.key) == len(row.fingerprint) == 64
    assert KEY not in row.key
    kept = repr(IdempotencyKey.objects.values().get())
    assert "Marquevrai" not in kept
    assert "zelie" not in kept


@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_the_same_time_waits_for_the_first():
    is_inside, may_end = Event(), Event()
    answers = []

    def first_stays_inside():
        is_inside.set()
        may_end.wait(20)

    def ask(**how):
        try:
            answers.append(post(**how))
        finally:
            connection.close()

    first = Thread(target=ask, kwargs={"before": first_stays_inside})
    first.start()
    assert is_inside.wait(20)
    second = Thread(target=ask)
    second.start()
    wait_for_a_waiting_backend()
    may_end.set()
    first.join()
    second.join()
    assert [answer.content for answer in answers] == [b'{"number":1}'] * 2
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(idempotency, "PATIENCE_SECONDS", 1)
    is_inside, may_end = Event(), Event()

    def first_stays_inside():
        is_inside.set()
        may_end.wait(20)

    def ask():
        try:
            post(before=first_stays_inside)
        finally:
            connection.close()

    first = Thread(target=ask)
    first.start()
    assert is_inside.wait(20)
    answer = post()
    may_end.set()
    first.join()
    assert (answer.status_code, answer.data["code"]) == (409, "idempotency_in_progress")
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_whose_process_dies_has_not_been():
    """The database closes the connection in the middle, as it does when the web process is killed."""

    def dies():
        pid = connection.connection.info.backend_pid

        def beside():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
            connection.close()

        thread = Thread(target=beside)
        thread.start()
        thread.join()

    with pytest.raises(Exception, match=r"terminat|closed|connection"):
        post(before=dies)
    connection.close()
    assert effects() == 0
    assert post().status_code == 201
    assert effects() == 1


def test_a_form_sent_twice_acts_once_and_leads_to_the_same_page():
    first, second = post_form(text="hello"), post_form(text="hello")
    assert effects() == 1
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, "sent/")


def test_a_form_corrected_and_sent_again_is_a_new_request():
    assert post_form(text="bad").status_code == 422
    assert effects() == 0
    assert post_form(text="hello").status_code == 302
    assert post_form(text="hello, again").status_code == 302
    assert effects() == 2


def test_what_was_answered_before_the_installations_key_changed_is_answered_again(settings):
    post({"a": 1})
    post_form(text="good")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-00000000000000000000000000000000000000"
    assert post({"a": 1})["Idempotency-Replayed"] == "true"
    assert post_form(text="good")["Location"] == "sent/"
    assert effects() == 2
    assert post({"a": 2}).status_code == 422
    assert post({"a": 1}, key=f"{KEY}-2").content == b'{"number":3}'


def test_a_form_with_a_broken_key_acts_as_without():
    post_form(key="x", text="hello")
    post_form(key="x", text="hello")
    assert effects() == 2


@pytest.mark.django_db(transaction=True)
def test_the_patience_is_this_waits_alone():
    seen = []

    def look():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")
            seen.append(cursor.fetchone()[0])

    post(before=look)
    assert seen == ["0"]


def wait_for_a_waiting_backend():
    with connection.cursor() as cursor:
        for _ in range(10_000):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
