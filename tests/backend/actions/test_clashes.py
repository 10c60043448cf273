"""What a launch would meet: taken days, office holders who are asked already, mails that the gate would refuse."""

from datetime import UTC, date, datetime, timedelta

import pytest

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import ActionStatus
from maillage.actions.domain.clashes import days_of, touch, weeks_of
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors import action_seen, clashes_of
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging.domain import Reason
from maillage.people.domain import Channel
from maillage.people.models import ConsentState
from maillage.territories.domain import CalendarKind, WindowKind
from maillage.territories.models import Area, Election, ElectionWindow
from maillage.territories.services.calendar import write_window
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import make_action, make_launched
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


def window(area: Area, first: date, last: date, *, kind: CalendarKind = CalendarKind.HOLIDAY, called: str = "Zone B"):
    return write_window(area=area, kind=kind, starts_on=first, ends_on=last, labels={"en": called}, by_id=None, now=now())


def met(user: User, action: Action):
    return clashes_of(user, action_seen(user, action.pk, now=now()), language="en", now=now())


def test_days_are_those_of_the_place_and_weeks_run_from_monday_to_sunday():
    starts_at, ends_at = datetime(2027, 2, 16, 23, 30, tzinfo=UTC), datetime(2027, 2, 17, 23, 0, tzinfo=UTC)
    assert days_of(starts_at=starts_at, ends_at=ends_at, zone="Europe/Paris") == (date(2027, 2, 17), date(2027, 2, 17))
    assert days_of(starts_at=starts_at, ends_at=ends_at, zone="America/Martinique") == (date(2027, 2, 16), date(2027, 2, 17))
    assert weeks_of((date(2027, 2, 17), date(2027, 2, 22))) == (date(2027, 2, 15), date(2027, 2, 28))
    assert weeks_of((date(9999, 12, 31), date(9999, 12, 31))) == (date(9999, 12, 27), date(9999, 12, 31))
    assert touch((date(2027, 2, 1), date(2027, 2, 3)), (date(2027, 2, 3), date(2027, 2, 9)))
    assert not touch((date(2027, 2, 1), date(2027, 2, 3)), (date(2027, 2, 4), date(2027, 2, 9)))


def test_taken_days_are_told_with_the_seats_wholly_below_each_place(net: SmallNetwork, national: User):
    action = make_action(net)
    day = action.starts_at.date()
    for code in ("01", "03"):
        window(net.country.area(code, "department"), day - timedelta(days=3), day + timedelta(days=3))
    window(net.country.area("02", "department"), day + timedelta(days=4), day + timedelta(days=9))
    found = met(national, action)
    assert [(one.dated.called, one.codes) for one in found.days] == [("Zone B", ["0101", "0102", "0103", "0104", "0301", "0302"])]
    assert (found.silent, found.actions) == ([], [])


def test_nothing_is_launched_while_the_law_asks_for_silence(net: SmallNetwork, national: User):
    action = make_action(net)
    day = action.starts_at.date()
    vote = Election.objects.create(country="XM", code="vote", name={"fr": "Le vote"}, territory=net.country.country, first_round_on=day)
    silence = {"election": vote, "kind": WindowKind.SILENCE, "law": "article L. 49"}
    ElectionWindow.objects.create(area=net.country.country, starts_on=day - timedelta(days=20), ends_on=day - timedelta(days=19), **silence)
    assert met(national, action).silent == []
    # Where one votes on another day, the days of the whole country do not count.
    ElectionWindow.objects.create(area=net.country.area("03", "department"), starts_on=day, ends_on=day, **silence)
    found = met(national, action)
    assert (found.silent, [(one.dated.called, one.dated.is_expected) for one in found.days]) == (["0301", "0302"], [("Le vote", True)])
    with pytest.raises(Conflict) as refused:
        services.launch_action(action_id=action.pk, by=national, now=now())
    assert (refused.value.code, refused.value.extra["number"], Assignment.objects.count()) == ("election_silence", 2, 0)


def test_what_leaves_in_the_silence_is_refused_though_the_action_comes_after_it(net: SmallNetwork, national: User):
    action = make_action(net)
    today = now().date()
    window(net.country.area("0101"), today - timedelta(days=1), today + timedelta(days=1), kind=CalendarKind.SILENCE)
    assert met(national, action).silent == ["0101"]
    with pytest.raises(Conflict):
        services.launch_action(action_id=action.pk, by=national, now=now())


def test_who_is_asked_in_the_same_week_by_another_action_is_told_by_its_name(net: SmallNetwork, national: User):
    make_holder(net.seat("0101"))
    make_launched(net)
    other = make_network(net.country, slug="other-net")
    make_holder(other.seat("0102"))
    texts = {"en": {"title": "Elsewhere", "brief": "Go."}}
    make_launched(other, texts=texts, default_language="en")
    make_launched(other, texts=texts, default_language="en", starts_in=timedelta(days=40))
    found = met(national, make_action(net))
    assert [(one.title, one.codes) for one in found.actions] == [("Elsewhere", ["0102"]), ("Small lines", ["0101"])]
    Action.objects.filter(status=ActionStatus.LAUNCHED).update(status=ActionStatus.STOPPED)
    assert met(national, make_action(net)).actions == []


def test_what_the_gate_would_refuse_is_said_by_reason(net: SmallNetwork, national: User, client):
    _, stopped = make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), email="")
    make_holder(net.seat("0103"))
    ConsentState.objects.create(person=stopped, purpose="actions.brief", channel=Channel.EMAIL, is_given=False, changed_at=now())
    action = make_action(net)
    assert {one.reason: one.codes for one in met(national, action).refused} == {Reason.NO_ADDRESS: ["0102"], Reason.STOPPED: ["0101"]}
    sign_in(client, national)
    told = client.get(f"/api/v1/actions/{action.pk}/clashes/", headers={"accept-language": "en"}).json()
    assert [(one["reason"], one["said"], one["seats"]) for one in told["refused"]] == [
        ("no_address", "no proved address", ["0102"]),
        ("stopped", "stopped this", ["0101"]),
    ]
