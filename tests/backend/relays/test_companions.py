"""A facilitator and a buddy: offered, never imposed; nobody is shown who did not agree beforehand."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden, Invalid
from maillage.messaging.models import Message
from maillage.messaging.selectors.preferences import preferences_of
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import Consent, ContactPoint
from maillage.people.selectors import may_contact
from maillage.relays import services
from maillage.relays.domain import WELCOME, CompanionKind, CompanionStatus
from maillage.relays.models import Companion, Term, Welcome
from maillage.relays.selectors.companions import companions_of, newcomers_alone
from maillage.relays.selectors.own import seats_of
from maillage.relays.selectors.welcomes import candidates, own_welcome
from tests.backend.days import in_days, noon
from tests.backend.relays.factories import (
    SmallNetwork,
    agree_to_welcome,
    fall_quiet,
    make_holder,
    make_neighbours,
    make_pair,
    make_welcome,
)
from tests.backend.relays.test_letters import letter_of


@pytest.fixture
def newcomer(net: SmallNetwork) -> Term:
    """Somebody who took the seat 0101 just now; 0102 shares the longest border with it, then 0104, then 0103."""
    make_neighbours(net, "0101", {"0102": 9000, "0103": None, "0104": 3000})
    term, _person = make_holder(net.seat("0101"), at=now())
    return term


def contact_of(term: Term):
    return term.person.contact_points.get()


def purposes() -> list[str]:
    return sorted(Message.objects.exclude(purpose__in=["relays.welcome"]).values_list("purpose", flat=True))


def test_who_held_a_seat_for_six_weeks_may_welcome_and_an_organiser_as_facilitator(net: SmallNetwork):
    _, recent = make_holder(net.seat("0102"), at=now() - timedelta(weeks=5))
    with pytest.raises(Forbidden) as refused:
        agree_to_welcome(recent)
    assert refused.value.code == "no_standing"
    organiser = net.organiser("department", "01")
    with pytest.raises(Invalid) as wrong:
        agree_to_welcome(organiser.person)
    assert "as_buddy" in wrong.value.fields
    assert agree_to_welcome(organiser.person, as_buddy=False).as_facilitator
    dormant, relay = make_welcome(net, "0103")
    services.stop_welcoming(person_id=relay.pk, now=now())
    fall_quiet(dormant, days=61)
    with pytest.raises(Forbidden):
        agree_to_welcome(relay)


@pytest.mark.parametrize(("places", "both"), [(0, True), (6, True), (1, False)])
def test_one_to_five_as_one_of_the_two(net: SmallNetwork, places: int, both: bool):
    _, relay = make_welcome(net, "0102")
    with pytest.raises(Invalid):
        agree_to_welcome(relay, places=places, as_facilitator=both, as_buddy=both)


def test_it_is_a_consent_and_taking_it_back_ends_what_it_brought(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102")
    make_pair(newcomer, buddy)
    assert Consent.objects.filter(person_id=buddy.pk, purpose=WELCOME.purpose, act="given").count() == 1
    Message.objects.all().delete()
    people.change_consent(person_id=buddy.pk, purpose=WELCOME.purpose, channel=Channel.EMAIL, is_given=False, source="tests", now=now())
    assert Companion.objects.get().status == CompanionStatus.ENDED
    (mail,) = Message.objects.all()
    assert (mail.purpose, mail.person) == ("relays.companion_ended", newcomer.person)
    assert "ne dit rien de vous" in str(letter_of(mail).blocks)
    assert candidates(newcomer, CompanionKind.BUDDY, now=now()) == []
    people.change_consent(person_id=buddy.pk, purpose=WELCOME.purpose, channel=Channel.EMAIL, is_given=True, source="tests", now=now())
    assert Welcome.objects.get().ended_at is None
    services.stop_welcoming(person_id=buddy.pk, now=now())
    services.stop_welcoming(person_id=buddy.pk, now=now())
    assert Consent.objects.filter(person_id=buddy.pk, purpose=WELCOME.purpose, act="withdrawn").count() == 2


def test_the_longest_border_is_the_first_buddy_and_only_who_agreed(net: SmallNetwork, newcomer: Term):
    make_holder(net.seat("0201"))
    for code, name in (("0104", "Bo"), ("0103", "Cy"), ("0201", "No")):
        if code != "0201":
            make_welcome(net, code, name=name)
    make_holder(net.seat("0102"), at=now() - timedelta(weeks=30))  # the longest border, and did not agree
    assert [each.place.code for each in candidates(newcomer, CompanionKind.BUDDY, now=now())] == ["0104", "0103"]


def test_the_same_department_then_who_accompanies_fewest_is_the_first_facilitator(net: SmallNetwork, newcomer: Term):
    _, far = make_welcome(net, "0201", name="Far")
    _, busy = make_welcome(net, "0103", name="Busy", places=3)
    _, free = make_welcome(net, "0104", name="Free")
    other, _ = make_holder(net.seat("0202"), at=now(), email="other@people.example")
    make_pair(other, busy, kind=CompanionKind.FACILITATOR)
    organiser = net.organiser("country", "XM")
    agree_to_welcome(organiser.person, as_buddy=False)
    found = [each.person_id for each in candidates(newcomer, CompanionKind.FACILITATOR, now=now())]
    assert found[:2] == [free.pk, busy.pk]
    assert set(found[2:]) == {far.pk, organiser.person.pk}


def test_a_newcomer_is_told_once_by_place_only(net: SmallNetwork, newcomer: Term):
    make_welcome(net, "0102", name="Bo")
    make_welcome(net, "0104", name="Fa", as_buddy=False)
    offers = services.offer_companions(term_id=newcomer.pk, now=now())
    services.offer_companions(term_id=newcomer.pk, now=now())
    assert {(offer.kind, offer.place.code) for offer in offers} == {("buddy", "0102"), ("facilitator", "0104")}
    (mail,) = Message.objects.filter(purpose="relays.companions_offered")
    text = str(letter_of(mail))
    assert "Bo" not in text.replace("Both", "").replace("both", "")
    assert net.country.area("0102").called in text
    assert all(seen.other is None and seen.contact is None for seen in companions_of(newcomer.person.user))
    assert companions_of(Term.objects.get(seat=net.seat("0102")).person.user) == []


def test_who_knows_the_ropes_is_no_newcomer(net: SmallNetwork, newcomer: Term):
    make_welcome(net, "0102", name="Bo")
    before = net.seat("0203")
    Term.objects.create(
        seat=before, person=newcomer.person, starts_at=now() - timedelta(days=200), ends_at=now() - timedelta(days=20), seen_at=now()
    )
    assert services.offer_companions(term_id=newcomer.pk, now=now()) == []


def test_both_say_yes_and_then_know_each_other(net: SmallNetwork, newcomer: Term, django_assert_num_queries):
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    (offer,) = services.offer_companions(term_id=newcomer.pk, now=now())
    services.say_yes(companion_id=offer.pk, contact_id=contact_of(newcomer).pk, now=now())
    (asked,) = companions_of(buddy.user)
    assert (asked.other, asked.contact) == (None, None)
    services.accept_newcomer(companion_id=offer.pk, now=now())
    services.accept_newcomer(companion_id=offer.pk, now=now())
    with django_assert_num_queries(1):
        (theirs,) = companions_of(buddy.user)
        named = (theirs.other, theirs.contact)
    assert named == (newcomer.person, contact_of(newcomer))
    (mine,) = companions_of(newcomer.person.user)
    assert (mine.other, mine.contact) == (buddy, buddy.contact_points.get())
    assert purposes() == ["relays.companion_agreed", "relays.companion_agreed", "relays.companion_asked", "relays.companions_offered"]
    assert [entry.name for entry in Entry.objects.filter(name__startswith="companion").order_by("id")] == [
        "companion.offered",
        "companion.asked",
        "companion.agreed",
    ]
    for mail in Message.objects.filter(purpose="relays.companion_agreed"):
        assert "@people.example" not in str(letter_of(mail))


@pytest.mark.parametrize("other", ["+33699887766", ""])
def test_a_companion_is_shown_no_number_that_nobody_chose_to_show(net: SmallNetwork, newcomer: Term, other: str):
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    phone = ContactPoint.objects.create(person=newcomer.person, channel=Channel.PHONE, value="+33612345678", verified_at=now())
    (offer,) = services.offer_companions(term_id=newcomer.pk, now=now())
    services.say_yes(companion_id=offer.pk, contact_id=phone.pk, now=now())
    services.accept_newcomer(companion_id=offer.pk, now=now())
    (before,) = companions_of(buddy.user)
    assert before.contact == phone
    people.correct_number(
        person_id=newcomer.person_id,
        channel=Channel.PHONE,
        number=other,
        instead_of=phone.value,
        by_id=None,
        source="my_data",
        now=now(),
    )
    (theirs,) = companions_of(buddy.user)
    assert (theirs.companion.status, theirs.other, theirs.contact) == (CompanionStatus.RUNNING, newcomer.person, None)


def test_a_number_that_newcomers_saw_is_shown_no_more_and_neither_is_the_one_in_its_place(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    phone = ContactPoint.objects.create(person=buddy, channel=Channel.PHONE, value="+33612345678", verified_at=now())
    chosen = {"person_id": buddy.pk, "places": 1, "as_facilitator": False, "as_buddy": True}
    services.agree_to_welcome(**chosen, contact_id=phone.pk, now=now())
    pair = make_pair(newcomer, buddy)
    asked = {"person_id": buddy.pk, "channel": Channel.PHONE, "by_id": None, "source": "my_data", "now": now()}
    people.correct_number(**asked, number="+33699887766", instead_of=phone.value)
    assert Companion.objects.get(pk=pair.pk).status == CompanionStatus.ENDED
    assert own_welcome(buddy.pk) is None
    assert "relays.companion_ended" in purposes()
    people.correct_number(**asked, number="+33699887766", instead_of="+33699887766", is_proved=True)
    (email, proved) = buddy.contact_points.order_by("channel")
    assert services.agree_to_welcome(**chosen, contact_id=proved.pk, now=now()).contact == proved != email


@pytest.mark.parametrize("is_corrected", [True, False])
def test_who_welcomed_by_a_number_that_is_gone_is_offered_no_box_that_brings_nothing_back(net: SmallNetwork, is_corrected: bool):
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    phone = ContactPoint.objects.create(person=buddy, channel=Channel.PHONE, value="+33612345678", verified_at=now())
    services.agree_to_welcome(person_id=buddy.pk, places=1, as_facilitator=False, as_buddy=True, contact_id=phone.pk, now=now())
    agreed = {"person_id": buddy.pk, "purpose": WELCOME.purpose, "channel": Channel.PHONE, "source": "tests", "now": now()}
    if is_corrected:
        number = {"channel": Channel.PHONE, "number": "+33699887766", "instead_of": phone.value}
        people.correct_number(person_id=buddy.pk, **number, by_id=None, source="my_data", now=now())
    else:
        assert people.change_consent(**agreed, is_given=False)
    offered = {choice.key for choice in preferences_of(buddy.pk).consents}
    assert (f"{WELCOME.purpose}:phone" in offered) is not is_corrected
    assert f"{WELCOME.purpose}:email" not in offered, "they welcome by telephone since"
    assert people.change_consent(**agreed, is_given=True) is not is_corrected
    assert (own_welcome(buddy.pk) is None) is is_corrected
    assert may_contact(person_id=buddy.pk, purpose=WELCOME.purpose, channel=Channel.PHONE) is not is_corrected


def test_somebody_else_then_nobody(net: SmallNetwork, newcomer: Term):
    make_welcome(net, "0102", name="Bo", as_facilitator=False)
    make_welcome(net, "0104", name="Cy", as_facilitator=False)
    (first,) = services.offer_companions(term_id=newcomer.pk, now=now())
    second = services.pass_on(companion_id=first.pk, wants_another=True, now=now())
    assert second.place.code == "0104"
    assert services.pass_on(companion_id=second.pk, wants_another=True, now=now()) is None
    with pytest.raises(Conflict) as refused:
        services.ask_for_companion(term_id=newcomer.pk, kind=CompanionKind.BUDDY, now=now())
    assert refused.value.code == "nobody_left"


def test_no_thank_you_is_the_end_until_they_ask(net: SmallNetwork, newcomer: Term):
    make_welcome(net, "0102", name="Bo", as_facilitator=False)
    make_welcome(net, "0104", name="Cy", as_facilitator=False)
    (first,) = services.offer_companions(term_id=newcomer.pk, now=now())
    assert services.pass_on(companion_id=first.pk, wants_another=False, now=now()) is None
    assert services.offer_companions(term_id=newcomer.pk, now=now()) == []
    assert services.ask_for_companion(term_id=newcomer.pk, kind=CompanionKind.BUDDY, now=now()).place.code == "0104"


def test_a_companion_says_no_and_is_not_named(net: SmallNetwork, newcomer: Term):
    make_welcome(net, "0102", name="Bo", as_facilitator=False)
    make_welcome(net, "0104", name="Cy", as_facilitator=False)
    (first,) = services.offer_companions(term_id=newcomer.pk, now=now())
    services.say_yes(companion_id=first.pk, contact_id=contact_of(newcomer).pk, now=now())
    services.refuse_newcomer(companion_id=first.pk, now=now())
    assert [seen.companion.place.code for seen in companions_of(newcomer.person.user)] == ["0104"]
    with pytest.raises(Conflict):
        services.accept_newcomer(companion_id=first.pk, now=now())


def asked(newcomer: Term) -> Companion:
    """The newcomer said yes to the first who is offered, who is asked."""
    offer = services.offer_companions(term_id=newcomer.pk, now=now())[0]
    return services.say_yes(companion_id=offer.pk, contact_id=contact_of(newcomer).pk, now=now())


def test_after_a_week_without_an_answer_somebody_else_is_offered(net: SmallNetwork, newcomer: Term):
    make_welcome(net, "0102", name="Bo", as_facilitator=False)
    make_welcome(net, "0104", name="Cy", as_facilitator=False)
    waiting = asked(newcomer)
    at = noon()
    assert services.lapse_unanswered(now=at + timedelta(days=6)) == 0
    assert services.lapse_unanswered(now=at + timedelta(days=8, hours=11)) == 0, "at night nobody is told"
    assert [services.lapse_unanswered(now=at + timedelta(days=8)) for _time in range(2)] == [1, 0]
    waiting.refresh_from_db()
    assert waiting.status == CompanionStatus.UNANSWERED
    (seen,) = companions_of(newcomer.person.user)
    assert (seen.companion.status, seen.companion.place.code) == (CompanionStatus.OFFERED, "0104")
    mail = Message.objects.get(purpose="relays.companion_unanswered")
    letter = letter_of(mail)
    assert mail.person == newcomer.person
    assert net.country.area("0104").called in letter.plain()
    assert not {"Bo", "Cy"} & set(letter.plain().replace(",", " ").split())
    with pytest.raises(Conflict) as refused:
        services.accept_newcomer(companion_id=waiting.pk, now=now())
    assert refused.value.code == "companion_closed"
    assert Entry.objects.filter(name="companion.unanswered").count() == 1


@pytest.mark.parametrize("absence", ["paused", "silent"])
def test_who_is_asked_and_goes_away_keeps_nobody_waiting(net: SmallNetwork, newcomer: Term, absence: str):
    theirs, _buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    waiting = asked(newcomer)
    assert services.lapse_unanswered(now=noon()) == 0
    if absence == "paused":
        services.pause_term(term_id=theirs.pk, until=in_days(20), by=None, now=now())
    else:
        fall_quiet(theirs, days=61)
    assert services.lapse_unanswered(now=noon()) == 1
    waiting.refresh_from_db()
    assert waiting.status == CompanionStatus.UNANSWERED
    letter = letter_of(Message.objects.get(purpose="relays.companion_unanswered"))
    assert "vous cherchez quelqu" in letter.plain(), "where nobody is left it is said, too"


def test_an_organiser_who_pauses_a_seat_of_their_own_is_offered_once_they_are_back(net: SmallNetwork, newcomer: Term):
    theirs, person = make_welcome(net, "0103", name="Fa", as_buddy=False)
    Grant.objects.create(
        user=person.user, role=Role.ORGANISER, area=net.country.country, starts_at=now() - timedelta(days=9), origin="appointed:tests"
    )
    services.pause_term(term_id=theirs.pk, until=in_days(20), by=None, now=now())
    assert candidates(newcomer, CompanionKind.FACILITATOR, now=now()) == []
    assert services.offer_companions(term_id=newcomer.pk, now=now()) == []
    services.resume_term(term_id=theirs.pk, by=None, now=now())
    waiting = asked(newcomer)
    assert waiting.person_id == person.pk
    assert services.lapse_unanswered(now=noon()) == 0


def test_who_runs_along_is_not_closed_when_they_pause(net: SmallNetwork, newcomer: Term):
    theirs, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    make_pair(newcomer, buddy)
    services.pause_term(term_id=theirs.pk, until=in_days(20), by=None, now=now())
    assert services.lapse_unanswered(now=noon() + timedelta(days=9)) == 0


def test_an_organiser_chooses_somebody_else_than_who_was_asked_but_not_than_who_said_yes(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    _, other = make_welcome(net, "0104", name="Cy", as_facilitator=False)
    _, third = make_welcome(net, "0103", name="Di", as_facilitator=False)
    by = net.organiser("department", "01")
    waiting = asked(newcomer)
    chosen = {"term_id": newcomer.pk, "kind": CompanionKind.BUDDY, "by": by, "now": now()}
    offer = services.propose_companion(**chosen, person_id=other.pk)
    waiting.refresh_from_db()
    assert (waiting.person, waiting.status, offer.status) == (buddy, CompanionStatus.PASSED, CompanionStatus.OFFERED)
    assert Message.objects.get(purpose="relays.companion_ended").person == buddy, "nothing is asked of them any more"
    services.say_yes(companion_id=offer.pk, contact_id=contact_of(newcomer).pk, now=now())
    services.accept_newcomer(companion_id=offer.pk, now=now())
    with pytest.raises(Conflict) as refused:
        services.propose_companion(**chosen, person_id=third.pk)
    assert refused.value.code == "companion_exists"


@pytest.mark.parametrize("by_newcomer", [True, False])
def test_either_ends_it_and_the_other_is_told_without_a_reason(net: SmallNetwork, newcomer: Term, by_newcomer: bool):
    _, buddy = make_welcome(net, "0102", name="Bo")
    pair = make_pair(newcomer, buddy)
    Message.objects.all().delete()
    services.end_companion(companion_id=pair.pk, by_newcomer=by_newcomer, now=now())
    services.end_companion(companion_id=pair.pk, by_newcomer=by_newcomer, now=now())
    assert [mail.person for mail in Message.objects.all()] == [buddy if by_newcomer else newcomer.person]
    assert companions_of(buddy.user) == companions_of(newcomer.person.user) == []


def test_it_ends_with_the_term_of_either(net: SmallNetwork, newcomer: Term):
    term, buddy = make_welcome(net, "0102", name="Bo", places=2)
    other, _ = make_holder(net.seat("0103"), at=now(), email="other@people.example")
    make_neighbours(net, "0103", {"0102": 500})
    make_pair(newcomer, buddy)
    make_pair(other, buddy)
    services.end_term(term_id=newcomer.pk, by=None, now=now())
    assert [seen.companion.term for seen in companions_of(buddy.user)] == [other]
    services.end_term(term_id=term.pk, by=None, now=now())
    assert not Companion.objects.exclude(status=CompanionStatus.ENDED).exists()


def test_a_full_companion_is_offered_to_nobody_and_says_so_to_who_came_late(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102", name="Bo")
    other, _ = make_holder(net.seat("0103"), at=now(), email="other@people.example")
    make_neighbours(net, "0103", {"0102": 500})
    (late, *_) = services.offer_companions(term_id=newcomer.pk, now=now())
    make_pair(other, buddy)
    with pytest.raises(Conflict) as refused:
        services.say_yes(companion_id=late.pk, contact_id=contact_of(newcomer).pk, now=now())
    assert refused.value.code == "place_taken"
    late.refresh_from_db()
    assert late.status == CompanionStatus.REFUSED


def test_an_organiser_sees_who_has_nobody_and_proposes(net: SmallNetwork, newcomer: Term, django_assert_num_queries):
    organiser, elsewhere = net.organiser("department", "01"), net.organiser("department", "02", name="Hugo Lamy")
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    with django_assert_num_queries(1):
        (row,) = newcomers_alone(organiser, now=now())
    assert (row["id"], row["facilitator"], row["buddy"]) == (newcomer.pk, None, None)
    assert not newcomers_alone(elsewhere, now=now())
    services.propose_companion(term_id=newcomer.pk, kind=CompanionKind.BUDDY, person_id=buddy.pk, by=organiser, now=now())
    assert newcomers_alone(organiser, now=now())[0]["buddy"] == "offered"
    with pytest.raises(Invalid):
        services.propose_companion(
            term_id=newcomer.pk, kind=CompanionKind.FACILITATOR, person_id=newcomer.person_id, by=organiser, now=now()
        )


def test_the_database_has_the_last_word(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102", name="Bo")
    pair = make_pair(newcomer, buddy)
    with pytest.raises(IntegrityError):
        Companion.objects.create(term=newcomer, kind=pair.kind, person=buddy, place=pair.place, offered_at=now())


def test_told_and_erased(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102", name="Bo")
    make_pair(newcomer, buddy)
    assert seats_of(buddy.pk)["accompanies"][0]["status"] == "running"
    assert seats_of(buddy.pk)["welcomes_newcomers"][0]["contact__value"] == "bo.0102@people.example"
    assert seats_of(newcomer.person_id)["accompanied_by"][0]["kind"] == "buddy"
    people.erase_person(person_id=buddy.pk, now=now())
    assert not Companion.objects.exists()
    assert not Welcome.objects.exists()
    assert companions_of(newcomer.person.user) == []
