"""A flood from one network waits for somebody to look; a busy stand does not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.journal.models import Entry
from maillage.kernel.errors import Invalid
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.people.models import Promise
from maillage.relays import selectors, services
from maillage.relays.domain import CONFIRM_LINK, FLOOD, ApplicationStatus
from maillage.relays.models import Application
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.relays.factories import SmallNetwork, make_application
from tests.backend.relays.test_letters import letter_of

AT = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
NET = "a mark of one network..."
(HOUR, AN_HOUR), (DAY, A_DAY) = FLOOD


def confirm(net: SmallNetwork, number: int, *, at: datetime, network: str = NET, code: str = "0101") -> Application:
    application = make_application(
        net.seat(code), status=ApplicationStatus.UNCONFIRMED, at=at, email=f"n{number}@people.example", given_name=f"Nom{number}"
    )
    point = application.person.contact_points.get()
    return services.confirm_application(application_id=application.pk, contact_point_id=point.pk, network=network, now=at)


def confirm_many(net: SmallNetwork, count: int, *, every: timedelta, **fields: Any) -> list[Application]:
    return [confirm(net, number, at=AT + every * number, **fields) for number in range(count)]


def statuses(applications: list[Application]) -> list[str]:
    return [str(application.status) for application in applications]


def test_a_stand_of_three_volunteers_is_not_held(net: SmallNetwork):
    """18 an hour for three hours, all from one wifi."""
    assert set(statuses(confirm_many(net, 54, every=timedelta(hours=1) / 18))) == {"submitted"}


def test_beyond_the_rate_of_an_hour_somebody_looks_first(net: SmallNetwork):
    asked = confirm_many(net, AN_HOUR + 3, every=timedelta(seconds=10))
    assert statuses(asked) == ["submitted"] * AN_HOUR + ["held"] * 3
    assert Promise.objects.count() == AN_HOUR
    assert Entry.objects.filter(name="application.held").count() == 3
    later = confirm(net, 99, at=AT + HOUR + timedelta(minutes=10))
    assert later.status == ApplicationStatus.SUBMITTED, "the hour is over"


def test_a_slow_flood_is_seen_by_the_day(net: SmallNetwork):
    asked = confirm_many(net, A_DAY + 2, every=timedelta(minutes=10))
    assert statuses(asked) == ["submitted"] * A_DAY + ["held"] * 2


def test_another_network_and_an_unknown_one_are_let_in(net: SmallNetwork):
    confirm_many(net, AN_HOUR, every=timedelta(seconds=10))
    assert confirm(net, 97, at=AT + timedelta(minutes=10), network="another").status == "submitted"
    assert confirm(net, 98, at=AT + timedelta(minutes=10), network="").status == "submitted"


def test_a_held_one_starts_no_clock_and_colours_no_seat(net: SmallNetwork):
    net.organiser("department", "01", name="Nadia Ferhat")
    confirm_many(net, AN_HOUR, every=timedelta(seconds=1))
    Message.objects.all().delete()
    held = [confirm(net, 50 + number, at=AT + timedelta(minutes=number), code="0102") for number in range(2)]
    assert statuses(held) == ["held", "held"]
    assert held[0].promise is None
    assert selectors.seat(net.seat("0102").pk).state == "vacant"
    assert services.climb_promises(now=AT + timedelta(hours=47)) == AN_HOUR
    told = Message.objects.filter(queued_at__lt=AT + timedelta(hours=1))
    assert sorted(told.values_list("purpose", flat=True)) == [
        "relays.application_held",
        "relays.application_held",
        "relays.applications_held",
    ], "each applicant, and the organiser once that day"
    honest = letter_of(told.filter(purpose="relays.application_held")[0])
    assert "48" in honest.preview
    assert "2" in letter_of(told.get(purpose="relays.applications_held")).subject


def test_letting_in_starts_the_clock_then(net: SmallNetwork):
    nadia = net.organiser(name="Nadia Ferhat")
    held = confirm_many(net, AN_HOUR + 2, every=timedelta(seconds=1))[-2:]
    at = AT + timedelta(hours=5)
    ids = [one.pk for one in held]
    assert services.release_applications(application_ids=ids, by=nadia, now=at) == 2
    assert services.release_applications(application_ids=ids, by=nadia, now=at) == 0
    for one in Application.objects.filter(pk__in=ids).select_related("promise"):
        assert (one.status, one.promise.made_at, one.network) == ("submitted", at, "")
        assert Message.objects.filter(purpose="relays.application_received", about_id=one.pk).count() == 1


def test_declining_them_takes_words_once(net: SmallNetwork):
    nadia = net.organiser(name="Nadia Ferhat")
    held = confirm_many(net, AN_HOUR + 2, every=timedelta(seconds=1))[-2:]
    ids = [one.pk for one in held]
    with pytest.raises(Invalid):
        services.decline_held(application_ids=ids, words="  ", by=nadia, now=AT)
    assert services.decline_held(application_ids=ids, words="Nous ne vous connaissons pas.", by=nadia, now=AT) == 2
    assert Message.objects.filter(purpose="relays.application_declined").count() == 2
    assert not selectors.held_for(nadia, now=AT + timedelta(days=1)).exists()


def test_a_held_applicant_may_take_it_back(net: SmallNetwork):
    held = confirm_many(net, AN_HOUR + 1, every=timedelta(seconds=1))[-1]
    assert services.withdraw_application(application_id=held.pk, now=AT).status == ApplicationStatus.WITHDRAWN


def test_the_network_is_forgotten_after_a_day(net: SmallNetwork):
    old, young = confirm(net, 1, at=AT), confirm(net, 2, at=AT + timedelta(hours=23))
    assert services.forget_networks(now=AT + timedelta(hours=24, minutes=1)) == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.network, young.network) == ("", NET)


def test_what_is_kept_of_a_network_is_no_address(client: Client, net: SmallNetwork):
    for number, address in enumerate(("203.0.113.77", "203.0.113.77", "2001:db8:1:2::7", "2001:db8:1:2::8")):
        application = make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED, email=f"{number}@people.example")
        point = application.person.contact_points.get()
        token = sign_link(CONFIRM_LINK, ids=[application.pk, point.pk], ends_at=application.created_at + timedelta(days=1))
        assert client.post(f"/en/relays/apply/confirm/{token}/", {"was": "me"}, REMOTE_ADDR=address).status_code == 302
    marks = list(Application.objects.order_by("pk").values_list("network", flat=True))
    assert marks[0] == marks[1] != marks[2] == marks[3]
    assert all(len(mark) == 24 and mark.isalnum() for mark in marks)


def test_an_organiser_counts_lets_in_and_declines_their_queue_only(client: Client, net: SmallNetwork):
    here = [make_application(net.seat("0101"), status=ApplicationStatus.HELD, email=f"h{number}@people.example") for number in range(3)]
    elsewhere = make_application(net.seat("0201"), status=ApplicationStatus.HELD, email="far@people.example")
    sign_in(client, net.organiser("department", "01", name="Nadia Ferhat"))
    assert client.get("/api/v1/relays/applications/held/").json() == {"waiting": 3}
    listed = client.get("/api/v1/relays/applications/?status=held").json()["items"]
    assert {item["id"] for item in listed} == {str(one.pk) for one in here}
    assert all(item["abilities"]["release"] and not item["abilities"]["approve"] for item in listed)
    asked = {"ids": [str(here[0].pk), str(elsewhere.pk)]}
    answer = client.post("/api/v1/relays/applications/held/release/", asked, content_type="application/json")
    assert answer.json() == {"answered": 1}
    elsewhere.refresh_from_db()
    assert elsewhere.status == ApplicationStatus.HELD
    alone = client.post("/api/v1/relays/applications/held/release/", {"ids": [str(elsewhere.pk)]}, content_type="application/json")
    assert alone.status_code == 403
    said = {"ids": [str(one.pk) for one in here[1:]], "words": "Merci, mais non."}
    assert client.post("/api/v1/relays/applications/held/decline/", said, content_type="application/json").json() == {"answered": 2}
    assert client.get("/api/v1/relays/applications/held/").json() == {"waiting": 0}


def told(at: datetime) -> list[str]:
    """Whose turn to look was said since an instant, by name or by address."""
    rows = Message.objects.filter(purpose="relays.applications_held", queued_at__gte=at)
    return sorted(row.person.given_name if row.person else row.address for row in rows)


def test_what_is_held_is_said_again_each_day_until_somebody_looks(net: SmallNetwork):
    nadia = net.organiser("department", "01", name="Nadia Ferhat")
    held = confirm_many(net, AN_HOUR + 2, every=timedelta(seconds=1))[-2:]
    assert services.remind_of_held(now=AT + timedelta(hours=3)) == 0, "told today already"
    assert services.remind_of_held(now=AT + timedelta(hours=14)) == 0, "nobody is disturbed at night"
    tomorrow = AT + timedelta(days=1)
    assert [services.remind_of_held(now=tomorrow) for _time in range(2)] == [1, 0]
    letter = letter_of(Message.objects.get(purpose="relays.applications_held", queued_at=tomorrow))
    assert "2" in letter.subject
    assert "23" in letter.plain(), "since which day the first waits"
    services.release_applications(application_ids=[one.pk for one in held], by=nadia, now=tomorrow)
    assert services.remind_of_held(now=tomorrow + timedelta(days=1)) == 0


def test_after_each_two_days_the_next_place_up_looks_too(net: SmallNetwork):
    net.organiser("department", "01", name="Inès Prat")
    net.organiser("region", "10", name="Hugo Lamy")
    net.organiser(name="Loin Haut")
    confirm_many(net, AN_HOUR + 1, every=timedelta(seconds=1))
    for days, expected in ((1, ["Inès"]), (2, ["Hugo", "Inès"]), (3, ["Hugo", "Inès"]), (4, ["Hugo", "Inès", "Loin"])):
        at = AT + timedelta(days=days, minutes=5)
        services.remind_of_held(now=at)
        assert told(at) == expected, days


def test_who_has_but_an_address_is_told_once_a_day_too(net: SmallNetwork):
    make_granted(Role.ORGANISER, net.country.area("01", "department"), email="nobody@desk.example")
    confirm_many(net, AN_HOUR + 3, every=timedelta(seconds=1))
    assert told(AT) == ["nobody@desk.example"]
    message = Message.objects.get(purpose="relays.applications_held")
    assert "3" in letter_of(message).subject
    tomorrow = AT + timedelta(days=1)
    assert [services.remind_of_held(now=tomorrow) for _time in range(2)] == [1, 0]


def test_who_entered_or_asked_is_not_the_one_who_looks(net: SmallNetwork):
    nadia = net.organiser("department", "01", name="Nadia Ferhat")
    net.organiser(name="Loin Haut")
    make_application(net.seat("0101"), status=ApplicationStatus.HELD, at=AT, person=nadia.person)
    services.remind_of_held(now=AT + timedelta(hours=1))
    assert told(AT) == ["Loin"]
