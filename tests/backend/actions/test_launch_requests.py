"""Above a thousand people, one organiser asks for the launch and another one says yes or no."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from maillage.accounts.models import Grant, User
from maillage.actions import services
from maillage.actions.domain import ActionStatus, RequestStatus
from maillage.actions.models import Action, Assignment, LaunchRequest
from maillage.actions.selectors.own import answers_of
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden, Invalid
from maillage.messaging.domain import RENDERERS
from maillage.messaging.models import Message
from maillage.people import services as people
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import make_action
from tests.backend.relays.factories import SmallNetwork, make_holder


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.actions.domain.launches.SECOND_PERSON_ABOVE", 1)


@pytest.fixture
def first(net: SmallNetwork) -> User:
    return net.organiser()


@pytest.fixture
def second(net: SmallNetwork) -> User:
    return net.organiser(name="Ada Lind", email="ada@desk.example")


@pytest.fixture
def action(net: SmallNetwork) -> Action:
    """A draft that reaches two people."""
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"))
    return make_action(net)


def ask(action: Action, by: User, **said: int) -> LaunchRequest:
    return services.ask_launch(action_id=action.pk, by=by, now=now(), **{"version": 1, "expected": 2, **said})


def agree(request: LaunchRequest, by: User, expected: int = 2) -> Action:
    return services.agree_to_launch(action_id=request.action_id, request_id=request.pk, expected=expected, by=by, now=now())


def code_of(do: Callable[[], object]) -> str:
    with pytest.raises((Conflict, Forbidden)) as refused:
        do()
    return refused.value.code


def told(purpose: str, user: User) -> str:
    message = Message.objects.get(purpose=purpose, person__user=user)
    with translation.override("en"):
        letter = RENDERERS[purpose](message)
        return f"{letter.subject}\n{letter.plain()}"


def test_one_alone_launches_to_nobody_of_so_many(action: Action, first: User):
    assert code_of(lambda: services.launch_action(action_id=action.pk, by=first, now=now(), expected=2)) == "second_person_needed"
    assert not Assignment.objects.exists()
    assert not Message.objects.exists()


def test_another_one_says_yes_and_it_leaves(action: Action, first: User, second: User):
    request = ask(action, first)
    letter = told("actions.launch_asked", second)
    assert "Nadia Ferhat asks for the launch of this action, which reaches 2 people." in letter
    assert f"/app/desk/actions/{action.pk}" in letter
    assert not Message.objects.filter(purpose="actions.launch_asked", person__user=first).exists()
    assert code_of(lambda: agree(request, first)) == "own_request"
    assert code_of(lambda: agree(request, second, expected=3)) == "number_differs"
    assert not Assignment.objects.exists()
    assert agree(request, second).status == ActionStatus.LAUNCHED
    assert Message.objects.filter(purpose="actions.brief").count() == 2
    request.refresh_from_db()
    assert (request.status, request.settled_by) == (RequestStatus.AGREED, second)
    assert "Ada Lind read it and said yes" in told("actions.launch_settled", first)
    assert [entry.name for entry in Entry.objects.filter(name__regex="^(launch|action)").order_by("pk")] == [
        "action.drafted",
        "launch.asked",
        "launch.agreed",
        "action.launched",
    ]
    assert code_of(lambda: agree(request, second)) == "request_over"
    with pytest.raises(LookupError):
        told("actions.launch_asked", second)


def test_a_no_has_a_reason_which_who_asked_reads(action: Action, first: User, second: User):
    request = ask(action, first)
    whose = {"action_id": action.pk, "request_id": request.pk, "now": now()}
    with pytest.raises(Invalid):
        services.refuse_launch(**whose, reason="  ", by=second)
    assert code_of(lambda: services.refuse_launch(**whose, reason="Non.", by=first)) == "own_request"
    services.refuse_launch(**whose, reason="The date is wrong.", by=second)
    assert "The date is wrong." in told("actions.launch_settled", first)
    assert code_of(lambda: agree(request, second)) == "request_over"
    kept = [answers_of(user.person.pk)["launches"][0] for user in (first, second)]
    assert [(one["was_theirs"], one["own_reason"]) for one in kept] == [(True, ""), (False, "The date is wrong.")]
    people.erase_person(person_id=second.person.pk, now=now())
    request.refresh_from_db()
    assert (request.reason, request.settled_by) == ("", None)


def test_another_text_is_asked_anew(action: Action, first: User, second: User):
    request = ask(action, first)
    services.edit_action(action_id=action.pk, version=1, by=second, now=now())
    assert code_of(lambda: agree(request, second)) == "request_over"
    assert "Somebody changed or launched this action meanwhile" in told("actions.launch_settled", first)
    assert code_of(lambda: ask(action, first)) == "version_conflict"
    assert code_of(lambda: ask(action, first, version=2, expected=7)) == "number_differs"
    again = ask(action, first, version=2)
    assert agree(again, second).status == ActionStatus.LAUNCHED


def test_who_asked_takes_it_back(action: Action, first: User, second: User):
    request = ask(action, first)
    whose = {"action_id": action.pk, "request_id": request.pk, "now": now()}
    assert code_of(lambda: services.withdraw_launch(**whose, by=second)) == "not_yours"
    for _time in range(2):
        assert services.withdraw_launch(**whose, by=first).status == RequestStatus.WITHDRAWN
    assert code_of(lambda: agree(request, second)) == "request_over"
    assert not Message.objects.filter(purpose="actions.launch_settled").exists()
    assert ask(action, second).status == RequestStatus.ASKED


def test_who_asked_and_leads_no_more_launches_nothing_by_another_hand(action: Action, first: User, second: User):
    request = ask(action, first)
    Grant.objects.filter(user=first).update(ends_at=now())
    assert code_of(lambda: agree(request, second)) == "request_over"
    assert not Assignment.objects.exists()


def test_somebody_has_to_be_there_and_few_need_nobody(net: SmallNetwork, action: Action, first: User, monkeypatch: pytest.MonkeyPatch):
    net.organiser("department", "01", name="Paul Autre")
    assert code_of(lambda: ask(action, first)) == "nobody_else"
    monkeypatch.setattr("maillage.actions.domain.launches.SECOND_PERSON_ABOVE", 2)
    assert code_of(lambda: ask(action, first)) == "not_needed"


def test_the_second_person_finds_it_on_the_desk(client: Client, action: Action, first: User, second: User):
    address = f"/api/v1/actions/{action.pk}/"
    sign_in(client, first)
    assert client.get(f"{address}preview/").json()["needs_second_person"] is True
    asked = client.post(f"{address}launch-requests/", {"version": 1, "expected": 2}, content_type="application/json")
    assert asked.status_code == 201
    (one,) = asked.json()["items"]
    assert (one["by"], one["is_own"], one["status"], one["expected"], one["version"]) == ("Nadia Ferhat", True, "asked", 2, 1)
    assert client.get(address).json()["abilities"]["agree_to_launch"] is False
    sign_in(client, second)
    seen = client.get(address).json()
    assert (bool(seen["launch_asked_at"]), seen["abilities"]["agree_to_launch"]) == (True, True)
    assert client.get(f"{address}launch-requests/").json()["items"][0]["is_own"] is False
    launched = client.post(f"{address}launch-requests/{one['id']}/agree/", {"expected": 2}, content_type="application/json").json()
    assert (launched["status"], launched["launch_asked_at"]) == ("launched", None)
