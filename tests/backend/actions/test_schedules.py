"""A launch set for an hour: it leaves by itself, is moved or taken back, or held back when the hour comes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import ActionStatus, HeldBack, RequestStatus, ScheduleStatus
from maillage.actions.models import Action, Assignment, LaunchRequest, Schedule
from maillage.insights.selectors.actions import action_shown
from maillage.journal.domain import State
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.domain import RENDERERS
from maillage.messaging.models import Message
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import make_action, move_window
from tests.backend.relays.factories import SmallNetwork, make_holder

LATER = timedelta(days=2)


@pytest.fixture
def organiser(net: SmallNetwork) -> User:
    return net.organiser()


@pytest.fixture
def action(net: SmallNetwork) -> Action:
    """A draft that reaches one person."""
    make_holder(net.seat("0101"))
    return make_action(net)


def schedule(action: Action, by: User, **said: object) -> Schedule:
    asked = {"version": 1, "expected": 1, "launch_at": now() + LATER, **said}
    return services.schedule_action(action_id=action.pk, by=by, now=now(), **asked)


def come(found: Schedule, *, late: timedelta = timedelta(0)) -> bool:
    """Its hour comes."""
    return services.launch_scheduled(schedule_id=found.pk, now=found.launch_at + late)


def code_of(do: Callable[[], object]) -> str:
    with pytest.raises(Conflict) as refused:
        do()
    return refused.value.code


def status_of(action: Action) -> str:
    action.refresh_from_db()
    return action.status


def few_are_many(monkeypatch: pytest.MonkeyPatch, most: int = 0) -> None:
    monkeypatch.setattr("maillage.actions.domain.launches.SECOND_PERSON_ABOVE", most)


def test_it_leaves_at_its_hour_once_to_whom_it_reaches_then(net: SmallNetwork, action: Action, organiser: User):
    found = schedule(action, organiser)
    assert status_of(action) == ActionStatus.SCHEDULED
    assert Job.objects.get(name="actions.launch_scheduled").run_at == found.launch_at
    assert services.launch_scheduled(schedule_id=found.pk, now=found.launch_at - timedelta(seconds=1)) is False
    assert action_shown(action.pk, now=now(), language="fr") is None
    make_holder(net.seat("0102"))
    assert [come(found), come(found)] == [True, False]
    assert status_of(action) == ActionStatus.LAUNCHED
    assert Message.objects.filter(purpose="actions.brief").count() == 2
    said = Entry.objects.get(name="action.launched")
    assert (said.actor_id, said.data["expected"], said.data["messages"]) == (organiser.pk, 1, 2)
    found.refresh_from_db()
    assert found.status == ScheduleStatus.LEFT


@pytest.mark.parametrize("off", [timedelta(0), timedelta(days=30)])
def test_the_hour_is_to_come_and_before_the_end(action: Action, organiser: User, off: timedelta):
    with pytest.raises(Invalid) as refused:
        schedule(action, organiser, launch_at=now() + off)
    assert list(refused.value.fields) == ["launch_at"]
    assert code_of(lambda: schedule(action, organiser, version=2)) == "version_conflict"
    assert code_of(lambda: schedule(action, organiser, expected=9)) == "number_differs"


def test_it_is_moved_and_taken_back(action: Action, organiser: User):
    first = schedule(action, organiser)
    second = schedule(action, organiser, launch_at=now() + timedelta(days=3))
    assert come(first) is False
    assert code_of(lambda: services.launch_action(action_id=action.pk, by=organiser, now=now())) == "is_scheduled"
    for _time in range(2):
        assert services.take_back_schedule(action_id=action.pk, by=organiser, now=now()).status == ActionStatus.DRAFT
    assert come(second) is False
    assert not Assignment.objects.exists()
    assert [one.status for one in Schedule.objects.order_by("launch_at")] == [ScheduleStatus.MOVED, ScheduleStatus.TAKEN_BACK]
    services.launch_action(action_id=action.pk, by=organiser, now=now())
    assert code_of(lambda: services.take_back_schedule(action_id=action.pk, by=organiser, now=now())) == "already_launched"


def test_a_change_keeps_the_hour_which_comes_before_the_end(action: Action, organiser: User):
    found = schedule(action, organiser)
    with pytest.raises(Invalid) as refused:
        services.edit_action(
            action_id=action.pk, version=1, starts_at=now(), ends_at=found.launch_at - timedelta(hours=1), by=organiser, now=now()
        )
    assert list(refused.value.fields) == ["ends_at"]
    services.edit_action(action_id=action.pk, version=1, by=organiser, now=now())
    assert come(found) is True


def test_so_many_by_then_that_a_second_person_is_needed_hold_it_back(
    net: SmallNetwork, action: Action, organiser: User, monkeypatch: pytest.MonkeyPatch
):
    net.organiser("department", "01", name="Paul Autre")
    few_are_many(monkeypatch, 1)
    found = schedule(action, organiser)
    make_holder(net.seat("0102"))
    assert [come(found), come(found)] == [False, False]
    assert (status_of(action), Assignment.objects.exists()) == (ActionStatus.DRAFT, False)
    message = Message.objects.get(purpose="actions.held_back")
    assert message.person == organiser.person
    with translation.override("en"):
        assert "a second person has to say yes first" in RENDERERS["actions.held_back"](message).plain()
    found.refresh_from_db()
    assert (found.status, found.held_back) == (ScheduleStatus.HELD_BACK, HeldBack.SECOND_PERSON)
    assert not Message.objects.filter(purpose="actions.brief").exists()


def test_an_hour_that_comes_after_the_end_holds_it_back(action: Action, organiser: User):
    found = schedule(action, organiser)
    assert come(found, late=timedelta(days=30)) is False
    found.refresh_from_db()
    assert (status_of(action), found.held_back) == (ActionStatus.DRAFT, HeldBack.WINDOW_OVER)


def test_who_set_the_hour_and_organises_no_more_holds_it_back(net: SmallNetwork, action: Action, organiser: User):
    other = net.organiser(name="Ada Lind", email="ada@desk.example")
    found = schedule(action, organiser)
    organiser.grants.update(ends_at=now())
    assert come(found) is False
    found.refresh_from_db()
    assert (status_of(action), found.held_back) == (ActionStatus.DRAFT, HeldBack.ORGANISER_GONE)
    message = Message.objects.get(purpose="actions.held_back")
    assert message.person == other.person
    with translation.override("en"):
        assert "organises the territory no more" in RENDERERS["actions.held_back"](message).plain()


def test_what_still_waits_after_its_hour_is_asked_for_again_then_held_back(action: Action, organiser: User):
    found = schedule(action, organiser)
    after = found.launch_at + timedelta(minutes=10)
    jobs = Job.objects.filter(name="actions.launch_scheduled")
    assert services.launch_overdue(now=found.launch_at) == 0
    assert jobs.count() == 1
    assert [services.launch_overdue(now=after), services.launch_overdue(now=after), jobs.count()] == [0, 0, 2]
    jobs.update(state=State.DEAD)
    assert [services.launch_overdue(now=after), services.launch_overdue(now=after)] == [1, 0]
    found.refresh_from_db()
    assert (status_of(action), found.held_back) == (ActionStatus.DRAFT, HeldBack.FAILED)
    assert Message.objects.filter(purpose="actions.held_back").count() == 1


def test_the_silence_before_a_vote_holds_it_back(action: Action, organiser: User, monkeypatch: pytest.MonkeyPatch):
    found = schedule(action, organiser)
    monkeypatch.setattr(
        "maillage.actions.services.calendar.silent_seats", lambda _action, now: {"0101"} if now >= found.launch_at else set()
    )
    assert code_of(lambda: schedule(action, organiser, launch_at=found.launch_at + timedelta(hours=1))) == "election_silence"
    assert come(found) is False
    found.refresh_from_db()
    assert (status_of(action), found.held_back) == (ActionStatus.DRAFT, HeldBack.SILENCE)


class TestSecondPerson:
    @pytest.fixture(autouse=True)
    def _one_is_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        few_are_many(monkeypatch)

    @pytest.fixture
    def second(self, net: SmallNetwork) -> User:
        return net.organiser(name="Ada Lind", email="ada@desk.example")

    def ask(self, action: Action, by: User, *, version: int = 1, launch_at: datetime | None = None) -> LaunchRequest:
        return services.ask_launch(action_id=action.pk, version=version, expected=1, launch_at=launch_at, by=by, now=now())

    def agree(self, request: LaunchRequest, by: User, at: datetime | None = None) -> Action:
        return services.agree_to_launch(action_id=request.action_id, request_id=request.pk, expected=1, by=by, now=at or now())

    def test_a_yes_sets_the_hour_that_was_asked_for(self, action: Action, organiser: User, second: User):
        assert code_of(lambda: schedule(action, organiser)) == "second_person_needed"
        request = self.ask(action, organiser, launch_at=now() + LATER)
        with pytest.raises(Invalid):
            self.agree(request, second, at=now() + LATER + timedelta(minutes=1))
        assert self.agree(request, second).status == ActionStatus.SCHEDULED
        found = Schedule.objects.get()
        assert (found.launch_at, found.by) == (request.launch_at, organiser)
        assert code_of(lambda: schedule(action, organiser, launch_at=now() + timedelta(days=3))) == "second_person_needed"
        assert come(found) is True

    def test_a_yes_of_who_is_no_organiser_any_more_holds_it_back(self, action: Action, organiser: User, second: User):
        self.agree(self.ask(action, organiser, launch_at=now() + LATER), second)
        User.objects.filter(pk=second.pk).update(is_active=False)
        found = Schedule.objects.get()
        assert come(found) is False
        found.refresh_from_db()
        assert found.held_back == HeldBack.ORGANISER_GONE

    def test_after_a_change_the_yes_is_needed_anew(self, action: Action, organiser: User, second: User):
        self.agree(self.ask(action, organiser, launch_at=now() + LATER), second)
        services.edit_action(action_id=action.pk, version=1, by=organiser, now=now())
        found = Schedule.objects.get()
        anew = self.ask(action, second, version=2)
        assert anew.launch_at == found.launch_at
        assert self.agree(anew, organiser).status == ActionStatus.SCHEDULED
        assert Schedule.objects.count() == 1
        assert come(found) is True

    def test_without_it_nothing_leaves_and_what_is_asked_ends(self, action: Action, organiser: User, second: User):
        self.agree(self.ask(action, organiser, launch_at=now() + LATER), second)
        services.edit_action(action_id=action.pk, version=1, by=organiser, now=now())
        anew = self.ask(action, organiser, version=2)
        assert come(Schedule.objects.get()) is False
        assert Message.objects.filter(purpose="actions.held_back").count() == 2
        anew.refresh_from_db()
        assert anew.status == RequestStatus.OVERTAKEN
        assert not Message.objects.filter(purpose="actions.launch_settled", about_id=anew.pk).exists()

    def test_who_asked_is_told_that_the_hour_was_taken_back(self, action: Action, organiser: User, second: User):
        self.agree(self.ask(action, organiser, launch_at=now() + LATER), second)
        services.edit_action(action_id=action.pk, version=1, by=organiser, now=now())
        anew = self.ask(action, organiser, version=2)
        services.take_back_schedule(action_id=action.pk, by=second, now=now())
        message = Message.objects.get(purpose="actions.launch_settled", about_id=anew.pk)
        with translation.override("en"):
            assert "took back the hour" in RENDERERS[message.purpose](message).plain()


def test_an_hour_without_an_offset_is_of_the_country(client: Client, action: Action, organiser: User):
    move_window(
        action, starts_at=datetime.fromisoformat("2099-07-01T10:00:00+02:00"), ends_at=datetime.fromisoformat("2099-07-01T18:00:00+02:00")
    )
    sign_in(client, organiser)
    address = f"/api/v1/actions/{action.pk}/schedule/"
    body = {"version": 1, "expected": 1, "launch_at": "2099-07-01T08:00"}
    seen = client.put(address, body, content_type="application/json").json()
    assert (seen["status"], seen["time_zone"], seen["abilities"]["edit"], seen["abilities"]["see_board"]) == (
        "scheduled",
        "Europe/Paris",
        True,
        False,
    )
    assert datetime.fromisoformat(seen["launch_at"]) == datetime.fromisoformat("2099-07-01T08:00:00+02:00")
    back = client.delete(address).json()
    assert (back["status"], back["launch_at"]) == ("draft", None)
