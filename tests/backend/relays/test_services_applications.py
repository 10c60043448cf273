from datetime import datetime, timedelta
from typing import Any

import pytest

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import Consent, ConsentState, Person, Promise
from maillage.relays import selectors, services
from maillage.relays.domain import APPLICANT_CONTACT, APPLY_SOURCE, CONFIRM_WITHIN, MAILS_A_DAY, ApplicationStatus
from maillage.relays.domain.filling import ASKED_SOURCE
from maillage.relays.models import Application
from maillage.relays.services.letters import received_letter, waiting_letter
from tests.backend.days import ZONE
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

ASKED: dict[str, Any] = {
    "given_name": "Samir",
    "family_name": "Belkacem",
    "email": "samir@people.example",
    "language": "fr",
    "agrees_to_contact": True,
    "is_of_age": True,
}


def ask(net: SmallNetwork, code: str = "0101", at: datetime | None = None, **changes: Any) -> Application:
    services.apply_for_seat(seat_id=net.seat(code).pk, **{**ASKED, **changes}, now=at or now())
    return Application.objects.latest("created_at")


def confirm(application: Application) -> Application:
    point = application.person.contact_points.get(channel="email")
    return services.confirm_application(application_id=application.pk, contact_point_id=point.pk, now=now())


def test_nothing_happens_before_the_address_confirms(net: SmallNetwork):
    net.organiser()
    application = ask(net, motivation="  Je connais tout le monde.  ", phone="06 12 34 56 78")
    assert application.status == ApplicationStatus.UNCONFIRMED
    assert application.motivation == "Je connais tout le monde."
    assert selectors.seat(net.seat("0101").pk).state == "vacant"
    (message,) = Message.objects.all()
    assert (message.purpose, message.address, message.about_id) == ("relays.confirm_application", "samir@people.example", application.pk)
    assert not Promise.objects.exists()
    assert not Consent.objects.exists()
    assert application.person.confirmed_at is None


def test_confirming_starts_the_48_hours_and_tells_both_sides(net: SmallNetwork):
    nearest = net.organiser("department", "01", name="Nadia Ferhat")
    net.organiser("country", "XM", name="Loin Loin")
    application = confirm(ask(net))
    assert application.status == ApplicationStatus.SUBMITTED
    assert application.promise is not None
    assert application.promise.due_at - application.promise.made_at == timedelta(hours=48)
    assert application.person.contact_points.get().verified_at is not None
    assert ConsentState.objects.get().is_given
    assert Consent.objects.get().wording == "relay_application.1"
    told = set(Message.objects.exclude(purpose="relays.confirm_application").values_list("purpose", "person_id"))
    assert told == {
        ("relays.application_received", application.person_id),
        ("relays.application_waiting", Person.objects.get(user=nearest).pk),
    }
    assert selectors.seat(net.seat("0101").pk).state == "applied"
    assert Entry.objects.filter(name="application.confirmed", subject_id=str(application.pk)).count() == 1


def agreed_ways(application: Application) -> set[str]:
    given = ConsentState.objects.filter(person=application.person_id, purpose=APPLICANT_CONTACT.purpose, is_given=True)
    return set(given.values_list("channel", flat=True))


def test_who_gives_a_number_with_the_form_agrees_to_be_called_at_it(net: SmallNetwork):
    application = confirm(ask(net, phone="06 12 34 56 78", agrees_to_be_asked=True))
    assert agreed_ways(application) == {"email", "phone"}
    by_phone = Consent.objects.get(channel="phone")
    assert (by_phone.wording, by_phone.source) == (APPLICANT_CONTACT.version, APPLY_SOURCE), "asking for other seats is by mail"
    services.withdraw_application(application_id=application.pk, now=now())
    assert agreed_ways(application) == set(), "both go with the application"


def test_of_somebody_known_no_number_comes_with_a_form(net: SmallNetwork):
    make_person(given_name="Samir", family_name="Belkacem", email="samir@people.example", phone="+33699999999")
    application = confirm(ask(net, phone="06 12 34 56 78"))
    assert agreed_ways(application) == {"email"}


def test_confirming_twice_starts_one_clock(net: SmallNetwork):
    application = ask(net)
    first = confirm(application)
    assert confirm(application).promise_id == first.promise_id
    assert Promise.objects.count() == 1


def test_two_applications_of_one_person_for_a_seat_are_one(net: SmallNetwork):
    known = make_person(email="samir@people.example", given_name="Samir", family_name="Belkacem")
    first, second = ask(net), ask(net)
    assert first.person == second.person == known
    opened = confirm(first)
    assert confirm(second) == opened
    assert Application.objects.filter(status=ApplicationStatus.SUBMITTED).count() == 1
    assert Promise.objects.count() == 1


def test_a_known_address_gets_the_same_answer_and_changes_nothing(net: SmallNetwork):
    known = make_person(email="samir@people.example", given_name="Samira", family_name="Autre")
    stranger = services.apply_for_seat(seat_id=net.seat("0101").pk, **{**ASKED, "email": "new@people.example"}, now=now())
    answer = services.apply_for_seat(seat_id=net.seat("0101").pk, **ASKED, now=now())
    assert (answer.seat, answer.confirm_before > now()) == (stranger.seat, True)
    known.refresh_from_db()
    assert (known.given_name, known.family_name) == ("Samira", "Autre")


def test_an_address_typed_too_often_gets_no_further_mail_and_no_other_answer(net: SmallNetwork):
    for _time in range(MAILS_A_DAY + 2):
        assert services.apply_for_seat(seat_id=net.seat("0101").pk, **ASKED, now=now()).seat.area.code == "0101"
    assert Message.objects.filter(purpose="relays.confirm_application").count() == MAILS_A_DAY
    assert Application.objects.count() == MAILS_A_DAY


def test_whose_address_it_is_goes_on_once_they_confirm(net: SmallNetwork):
    for _time in range(MAILS_A_DAY + 1):
        services.apply_for_seat(seat_id=net.seat("0101").pk, **ASKED, now=now())
    services.apply_for_seat(seat_id=net.seat("0102").pk, **ASKED, now=now())
    assert Message.objects.filter(purpose="relays.confirm_application").count() == MAILS_A_DAY
    asked = Application.objects.latest("created_at")
    services.confirm_application(application_id=asked.pk, contact_point_id=asked.person.contact_points.get().pk, now=now())
    services.apply_for_seat(seat_id=net.seat("0102").pk, **ASKED, now=now())
    assert Message.objects.filter(purpose="relays.confirm_application").count() == MAILS_A_DAY + 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_name": "  "}, "given_name"),
        ({"agrees_to_contact": False}, "agrees_to_contact"),
        ({"email": "nowhere"}, "email"),
        ({"phone": "call me"}, "phone"),
    ],
)
def test_what_is_wrong_is_said_by_field(net: SmallNetwork, change: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused:
        ask(net, **change)
    assert list(refused.value.fields) == [field]
    assert not Application.objects.exists()
    assert not Message.objects.exists()


def test_a_filled_seat_takes_no_application(net: SmallNetwork):
    make_holder(net.seat("0101"))
    with pytest.raises(Conflict) as refused:
        ask(net)
    assert refused.value.code == "seat_filled"


def test_a_closed_network_takes_no_application(net: SmallNetwork):
    net.network.closes_at = now()
    net.network.save()
    with pytest.raises(Conflict) as refused:
        ask(net)
    assert refused.value.code == "network_closed"


def test_withdrawing_gives_the_seat_and_the_consent_back(net: SmallNetwork):
    application = confirm(ask(net))
    for _twice in range(2):
        services.withdraw_application(application_id=application.pk, now=now())
    assert selectors.seat(net.seat("0101").pk).state == "vacant"
    assert not ConsentState.objects.get().is_given
    with pytest.raises(Conflict) as refused:
        confirm(application)
    assert refused.value.code == "application_withdrawn"


def test_a_decided_application_is_not_withdrawn(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    services.decline_application(application_id=application.pk, words="Merci.", by=net.organiser(), now=now())
    with pytest.raises(Conflict) as refused:
        services.withdraw_application(application_id=application.pk, now=now())
    assert refused.value.code == "application_decided"


def test_somebody_elses_contact_point_confirms_nothing(net: SmallNetwork):
    application = ask(net)
    other = make_person(email="other@people.example")
    with pytest.raises(NotFound):
        services.confirm_application(application_id=application.pk, contact_point_id=other.contact_points.get().pk, now=now())
    application.refresh_from_db()
    assert application.status == ApplicationStatus.UNCONFIRMED


def test_what_nobody_confirmed_is_forgotten_after_its_week(net: SmallNetwork):
    old = make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED, at=now() - CONFIRM_WITHIN - timedelta(minutes=1))
    young = make_application(net.seat("0102"), status=ApplicationStatus.UNCONFIRMED)
    confirmed = make_application(net.seat("0103"), at=now() - timedelta(days=30))
    assert services.forget_unconfirmed(now=now()) == 1
    assert set(Application.objects.values_list("pk", flat=True)) == {young.pk, confirmed.pk}
    assert Entry.objects.filter(name="application.forgotten", subject_id=str(old.pk)).exists()


def test_who_proved_an_address_before_is_not_forgotten_with_what_they_did_not_confirm(net: SmallNetwork):
    known = make_person(email=ASKED["email"], given_name="Samir", family_name="Belkacem")
    assert ask(net, at=now() - CONFIRM_WITHIN - timedelta(minutes=1)).person_id == known.pk
    assert services.forget_unconfirmed(now=now()) == 1
    assert Person.objects.get() == known


@pytest.mark.parametrize("it_was_not_me", [False, True])
def test_an_address_that_never_confirmed_is_forgotten_with_its_application(net: SmallNetwork, it_was_not_me: bool):
    begun = now() - CONFIRM_WITHIN - timedelta(minutes=1)
    application = ask(net, at=begun)
    if it_was_not_me:
        services.withdraw_application(application_id=application.pk, now=begun)
    assert services.forget_unconfirmed(now=now() - timedelta(hours=1)) == 0
    assert services.forget_unconfirmed(now=now()) == 1
    assert not Person.objects.filter(pk=application.person_id).exists()
    assert not Message.objects.exclude(address="").exists()


def test_what_was_written_goes_a_month_after_it_was_taken_back(net: SmallNetwork):
    application = make_application(net.seat("0101"), motivation="Le samedi.")
    kept = make_application(net.seat("0102"), email="other@people.example", motivation="Le lundi.")
    services.withdraw_application(application_id=application.pk, now=now())
    assert services.forget_withdrawn(now=now() + timedelta(days=29)) == 0
    assert services.forget_withdrawn(now=now() + timedelta(days=31)) == 1
    application.refresh_from_db()
    kept.refresh_from_db()
    assert (application.motivation, kept.motivation) == ("", "Le lundi.")


def test_what_was_agreed_to_by_two_ways_goes_with_the_last_application(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    for source in (APPLY_SOURCE, ASKED_SOURCE):
        people.record_consent(
            person_id=application.person_id,
            purpose=APPLICANT_CONTACT.purpose,
            channel=Channel.EMAIL,
            wording=APPLICANT_CONTACT.version,
            source=source,
            now=now(),
        )
    services.withdraw_application(application_id=application.pk, now=now())
    assert not ConsentState.objects.get(person=application.person_id, purpose=APPLICANT_CONTACT.purpose).is_given


def with_consent(net: SmallNetwork, *, at: datetime, ways: tuple[Channel, ...] = (Channel.EMAIL,)) -> Application:
    """Somebody asked for a seat at an instant, and agreed to be called."""
    application = make_application(net.seat("0101"), at=at)
    for channel in ways:
        people.record_consent(
            person_id=application.person_id,
            purpose=APPLICANT_CONTACT.purpose,
            channel=channel,
            wording=APPLICANT_CONTACT.version,
            source=APPLY_SOURCE,
            now=at,
        )
    return application


def tick(application: Application, *, is_given: bool, at: datetime, channel: Channel = Channel.EMAIL) -> Application:
    """They change what they agreed to on the page of their choices; return the application as it is then."""
    agreed = {"person_id": application.person_id, "purpose": APPLICANT_CONTACT.purpose, "channel": channel}
    assert people.change_consent(**agreed, is_given=is_given, source="tests", now=at)
    return Application.objects.select_related("promise").get(pk=application.pk)


def test_a_miss_stays_with_its_application_when_the_consent_goes_and_comes_back(net: SmallNetwork):
    net.organiser("department", "01")
    asked_at = (now() + timedelta(days=1)).astimezone(ZONE).replace(hour=11)  # by day, as the hours below: the apology leaves at once
    application = with_consent(net, at=asked_at)
    services.climb_promises(now=asked_at + timedelta(hours=49))
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 1
    missed = tick(application, is_given=False, at=asked_at + timedelta(hours=50)).promise
    assert missed is not None
    assert missed.released_at is not None
    back_at = asked_at + timedelta(hours=51)
    again = tick(application, is_given=True, at=back_at)
    assert (again.status, again.promise) == (ApplicationStatus.SUBMITTED, missed)
    assert again.promise is not None
    assert (again.promise.released_at, again.promise.due_at) == (None, missed.due_at), "it is owed at once, and missed still"
    assert selectors.owed_call(again, now=back_at) is not None
    assert Promise.objects.count() == 1
    services.climb_promises(now=back_at)
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 1, "who waits was told already"
    services.note_contact(application_id=again.pk, by=net.organiser(), now=back_at)
    missed.refresh_from_db()
    assert missed.kept_at is not None
    assert missed.kept_at > missed.due_at


def test_what_was_missed_while_nobody_looked_is_told_once_the_consent_is_back(net: SmallNetwork):
    net.organiser("department", "01")
    net.organiser("country", "XM", name="Loin Loin")
    application = with_consent(net, at=now() - timedelta(hours=60))
    tick(application, is_given=False, at=now() - timedelta(hours=2))
    tick(application, is_given=True, at=now())
    services.climb_promises(now=now())
    assert Entry.objects.filter(name="promise.climbed").count() == 1


@pytest.mark.parametrize("waits", [timedelta(hours=1), timedelta(hours=50)])
def test_what_was_not_missed_starts_anew_and_tells_both_sides(net: SmallNetwork, waits: timedelta):
    nearest = net.organiser("department", "01")
    taken_at = now() - waits
    application = with_consent(net, at=taken_at - timedelta(hours=1))
    tick(application, is_given=False, at=taken_at)
    again = tick(application, is_given=True, at=now())
    promise = again.promise
    assert promise is not None
    assert (again.status, promise.due_at - promise.made_at) == (ApplicationStatus.SUBMITTED, timedelta(hours=48))
    assert promise.pk != application.promise_id
    received, waiting = (
        Message.objects.get(purpose="relays.application_received"),
        Message.objects.get(purpose="relays.application_waiting"),
    )
    assert (received.person, waiting.person) == (application.person, nearest.person)
    assert "Nadia Ferhat" in received_letter(received).preview
    assert "Samir Belkacem" in waiting_letter(waiting).plain()


@pytest.mark.parametrize("back", [Channel.EMAIL, Channel.PHONE])
def test_an_application_comes_back_whichever_of_its_ways_is_ticked_again(net: SmallNetwork, back: Channel):
    asked_at = now() - timedelta(hours=9)
    application = with_consent(net, at=asked_at, ways=(Channel.EMAIL, Channel.PHONE))
    for hours, channel in ((1, Channel.EMAIL), (2, Channel.PHONE)):
        gone = tick(application, is_given=False, at=asked_at + timedelta(hours=hours), channel=channel)
    assert gone.status == ApplicationStatus.WITHDRAWN
    tick(application, is_given=False, at=asked_at + timedelta(hours=3), channel=Channel.SMS)  # refused, and never agreed to
    assert tick(application, is_given=True, at=now(), channel=back).status == ApplicationStatus.SUBMITTED


def test_both_sides_are_told_of_each_clock(net: SmallNetwork):
    net.organiser("department", "01")
    application = confirm(ask(net))
    for _time in range(2):
        tick(application, is_given=False, at=now())
        tick(application, is_given=True, at=now())
    assert Message.objects.filter(purpose="relays.application_received").count() == 3
    assert Message.objects.filter(purpose="relays.application_waiting").count() == 3


def test_who_organises_since_is_not_told_to_call_themself(net: SmallNetwork):
    net.organiser("department", "01")
    application = with_consent(net, at=now() - timedelta(hours=2))
    tick(application, is_given=False, at=now() - timedelta(hours=1))
    user = people.give_account(person_id=application.person_id, now=now())
    assert user is not None
    accounts.grant_role(user=user, role=Role.ORGANISER, area=net.seat("0101").area, origin="desk", now=now())
    tick(application, is_given=True, at=now())
    assert [one.person.given_name for one in Message.objects.filter(purpose="relays.application_waiting")] == ["Nadia"]


def test_what_cannot_be_asked_for_any_more_stays_taken_back(net: SmallNetwork):
    application = with_consent(net, at=now() - timedelta(hours=60))
    tick(application, is_given=False, at=now() - timedelta(hours=1))
    make_holder(net.seat("0101"))
    again = tick(application, is_given=True, at=now())
    assert again.status == ApplicationStatus.WITHDRAWN
    assert again.promise is not None
    assert again.promise.released_at is not None
