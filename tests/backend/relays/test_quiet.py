"""Three quiet weeks, a call; six, a mail; sixty days, and the organiser is told. A sign of life stops it all."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.relays import selectors, services
from maillage.relays.domain import CallClosed, CallOutcome, CompanionKind, QuietStepKind, StillHere, TermKind
from maillage.relays.models import FriendlyCall, QuietAnswer, QuietStep, Term
from maillage.relays.selectors.own import seats_of
from maillage.relays.selectors.quiet import call_seen, calls_owed, quiet_rows, tried_for
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_holder, make_neighbours, make_pair, make_welcome
from tests.backend.relays.test_letters import letter_of

TOMORROW = in_days(1)
DAY = datetime.combine(TOMORROW, time(10), tzinfo=ZoneInfo("Europe/Paris"))
NIGHT = datetime.combine(TOMORROW, time(23, 30), tzinfo=ZoneInfo("Europe/Paris"))


def quiet_since(term: Term, days: float, *, at: datetime = DAY) -> Term:
    Term.objects.filter(pk=term.pk).update(seen_at=at - timedelta(days=days), starts_at=at - timedelta(days=300))
    term.person.user.__class__.objects.filter(pk=term.person.user_id).update(seen_at=None)
    term.refresh_from_db()
    return term


def mails(purpose: str) -> list[Message]:
    return list(Message.objects.filter(purpose=purpose).order_by("queued_at"))


@pytest.fixture
def quiet(net: SmallNetwork) -> Term:
    """A relay of 0101 who was quiet for 22 days; the department has an organiser."""
    net.organiser("country", "XM", name="Loin Haut")
    net.organiser("department", "01", name="Inès Prat")
    term, _relay = make_holder(net.seat("0101"))
    return quiet_since(term, 22)


def test_nothing_happens_before_three_weeks(quiet: Term):
    quiet_since(quiet, 20.9)
    assert services.climb_quiet_terms(now=DAY) == 0
    assert not QuietStep.objects.exists()


def test_after_three_weeks_the_organiser_above_owes_a_call_once(quiet: Term):
    assert services.climb_quiet_terms(now=DAY) == 1
    assert services.climb_quiet_terms(now=DAY + timedelta(minutes=10)) == 0
    call = FriendlyCall.objects.get()
    assert (call.caller, call.term) == (None, quiet)
    (mail,) = mails("relays.friendly_call")
    assert mail.person.given_name == "Inès"
    letter = letter_of(mail)
    assert "Camille" in letter.subject
    assert Entry.objects.filter(name="call.asked").count() == 1


def test_the_buddy_comes_first_then_the_facilitator(net: SmallNetwork, quiet: Term):
    make_neighbours(net, "0101", {"0102": 4000})
    _, buddy = make_welcome(net, "0102", name="Bo")
    _, facilitator = make_welcome(net, "0103", name="Fa")
    quiet.person.user.refresh_from_db()
    make_pair(quiet, facilitator, kind=CompanionKind.FACILITATOR)
    pair = make_pair(quiet, buddy)
    quiet_since(quiet, 22)
    services.climb_quiet_terms(now=DAY)
    assert FriendlyCall.objects.get().caller == buddy
    assert [mail.person for mail in mails("relays.friendly_call")] == [buddy]
    services.end_companion(companion_id=pair.pk, by_newcomer=False, now=DAY)
    assert FriendlyCall.objects.get().caller == facilitator
    services.climb_quiet_terms(now=DAY + timedelta(minutes=10))
    assert {mail.person for mail in mails("relays.friendly_call")} == {buddy, facilitator}


@pytest.fixture
def accompanied(net: SmallNetwork, quiet: Term) -> tuple[Term, Term]:
    """The quiet relay has a buddy next door and a facilitator: their terms."""
    make_neighbours(net, "0101", {"0102": 4000})
    of_buddy, buddy = make_welcome(net, "0102", name="Bo")
    of_facilitator, facilitator = make_welcome(net, "0103", name="Fa")
    quiet.person.user.refresh_from_db()
    make_pair(quiet, facilitator, kind=CompanionKind.FACILITATOR)
    make_pair(quiet, buddy)
    quiet_since(quiet, 22)
    return of_buddy, of_facilitator


def pause(term: Term, *, at: datetime = DAY) -> None:
    services.pause_term(term_id=term.pk, until=(at + timedelta(days=30)).date(), by=None, now=at)


def test_a_companion_who_is_away_is_asked_for_no_call(quiet: Term, accompanied: tuple[Term, Term]):
    buddy, facilitator = accompanied
    pause(buddy)
    quiet_since(facilitator, 61)
    services.climb_quiet_terms(now=DAY)
    call = FriendlyCall.objects.get(term=quiet)
    assert call.caller is None
    assert "Inès" in {mail.person.given_name for mail in mails("relays.friendly_call")}


def test_who_pauses_passes_on_the_calls_that_they_owe(quiet: Term, accompanied: tuple[Term, Term]):
    buddy, facilitator = accompanied
    services.climb_quiet_terms(now=DAY)
    assert FriendlyCall.objects.get().caller == buddy.person
    pause(buddy)
    assert FriendlyCall.objects.get().caller == facilitator.person
    assert not calls_owed(buddy.person.user, now=DAY)
    services.climb_quiet_terms(now=DAY + timedelta(minutes=10))
    assert [mail.person for mail in mails("relays.friendly_call")] == [buddy.person, facilitator.person], "who is next is told"
    services.climb_quiet_terms(now=DAY + timedelta(minutes=20))
    assert len(mails("relays.friendly_call")) == 2


def test_who_falls_silent_themself_passes_on_the_calls_that_they_owe(quiet: Term, accompanied: tuple[Term, Term]):
    buddy, facilitator = accompanied
    services.climb_quiet_terms(now=DAY)
    quiet_since(buddy, 61)
    services.climb_quiet_terms(now=DAY + timedelta(minutes=10))
    assert FriendlyCall.objects.get(term=quiet).caller == facilitator.person


def test_a_call_of_organisers_who_left_is_owed_by_the_next_place_up(quiet: Term, net: SmallNetwork):
    services.climb_quiet_terms(now=DAY)
    near, far = (User.objects.get(person__given_name=name) for name in ("Inès", "Loin"))
    assert [len(calls_owed(user, now=DAY)) for user in (near, far)] == [1, 0]
    Grant.objects.filter(user=near).update(ends_at=DAY)
    later = DAY + timedelta(hours=1)
    assert [len(calls_owed(user, now=later)) for user in (near, far)] == [0, 1]


def organises(term: Term) -> User:
    """The quiet holder organises their department, alone."""
    user = User.objects.get(person=term.person_id)
    Grant.objects.filter(role=Role.ORGANISER, area__code="01", area__kind__code="department").update(user=user)
    return user


def test_nobody_is_asked_to_call_themself(quiet: Term):
    own, far = organises(quiet), User.objects.get(person__given_name="Loin")
    services.climb_quiet_terms(now=DAY)
    (mail,) = mails("relays.friendly_call")
    assert mail.person.user == far
    step = QuietStep.objects.get()
    assert step.area.kind.code == "country"
    call = FriendlyCall.objects.get()
    assert [len(calls_owed(user, now=DAY)) for user in (own, far)] == [0, 1]
    with pytest.raises(NotFound):
        call_seen(own, call.pk, now=DAY)
    quiet_since(quiet, 60.5)
    services.climb_quiet_terms(now=DAY)
    (told,) = mails("relays.fell_asleep")
    assert told.person.user == far
    assert "Hautes-Brumes, 1re circonscription" in letter_of(told).plain()


def test_a_call_that_is_passed_on_never_falls_to_whom_it_is_about(quiet: Term, accompanied: tuple[Term, Term]):
    services.climb_quiet_terms(now=DAY)
    own, far = organises(quiet), User.objects.get(person__given_name="Loin")
    for term in accompanied:
        pause(term)
    services.climb_quiet_terms(now=DAY + timedelta(minutes=10))
    assert FriendlyCall.objects.get().caller is None
    assert far in {mail.person.user for mail in mails("relays.friendly_call")}
    assert own not in {mail.person.user for mail in mails("relays.friendly_call")}
    assert FriendlyCall.objects.get().step.area.kind.code == "country"


def test_a_call_that_falls_into_the_night_is_told_at_eight(quiet: Term):
    quiet_since(quiet, 22, at=NIGHT)
    services.climb_quiet_terms(now=NIGHT)
    assert FriendlyCall.objects.count() == 1
    assert not mails("relays.friendly_call")
    services.climb_quiet_terms(now=NIGHT + timedelta(hours=8))  # 7:30 of the place
    assert not mails("relays.friendly_call")
    services.climb_quiet_terms(now=NIGHT + timedelta(hours=8, minutes=40))
    assert len(mails("relays.friendly_call")) == 1


def test_a_sign_of_life_closes_the_call_and_says_when(quiet: Term):
    services.climb_quiet_terms(now=DAY)
    services.note_sign_of_life(person_id=quiet.person_id, now=DAY + timedelta(hours=3))
    call = FriendlyCall.objects.get()
    assert call.closed_because == CallClosed.BACK
    with pytest.raises(Conflict, match="donné signe de vie le"):
        services.finish_call(call_id=call.pk, outcome=CallOutcome.WELL, words="", by=quiet.person.user, now=DAY + timedelta(hours=4))
    assert services.climb_quiet_terms(now=DAY + timedelta(days=20)) == 0
    assert services.climb_quiet_terms(now=DAY + timedelta(days=22)) == 1  # a new silence, a new ladder
    assert QuietStep.objects.count() == 2


def test_a_sign_in_stops_it_before_anybody_is_told(quiet: Term, net: SmallNetwork):
    quiet_since(quiet, 22, at=NIGHT)
    services.climb_quiet_terms(now=NIGHT)
    accounts.note_sign_in(user_id=quiet.person.user_id, now=NIGHT + timedelta(hours=1))
    services.climb_quiet_terms(now=NIGHT + timedelta(hours=9))
    assert not mails("relays.friendly_call")
    assert FriendlyCall.objects.get().closed_because == CallClosed.BACK


def test_who_pauses_is_not_called(quiet: Term):
    Term.objects.filter(pk=quiet.pk).update(paused_at=DAY)
    assert services.climb_quiet_terms(now=DAY) == 0
    Term.objects.filter(pk=quiet.pk).update(paused_at=None)
    services.climb_quiet_terms(now=DAY)
    Term.objects.filter(pk=quiet.pk).update(paused_at=DAY)
    services.climb_quiet_terms(now=DAY + timedelta(hours=1))
    assert FriendlyCall.objects.get().closed_because == CallClosed.PAUSED


@pytest.mark.parametrize("outcome", CallOutcome)
def test_what_came_of_a_call_is_kept_and_is_no_sign_of_life(quiet: Term, outcome: CallOutcome):
    services.climb_quiet_terms(now=DAY)
    organiser = mails("relays.friendly_call")[0].person.user
    call = FriendlyCall.objects.get()
    services.finish_call(call_id=call.pk, outcome=outcome, words=" Va bien. ", by=organiser, now=DAY)
    call.refresh_from_db()
    assert (call.outcome, call.words, call.done_by) == (outcome, "Va bien.", organiser)
    seen_at = quiet.seen_at
    quiet.refresh_from_db()
    assert quiet.seen_at == seen_at
    offers = outcome in (CallOutcome.BREAK, CallOutcome.HAND_OVER)
    assert bool(mails("relays.still_here")) is offers
    if offers:
        assert "au téléphone" in str(letter_of(mails("relays.still_here")[0]).blocks)
    with pytest.raises(Conflict) as refused:
        services.finish_call(call_id=call.pk, outcome=outcome, words="", by=organiser, now=DAY)
    assert refused.value.code == "call_closed"


def test_a_mail_after_six_weeks_then_the_worklist_says_what_was_tried(quiet: Term, net: SmallNetwork, django_assert_num_queries):
    fall_quiet(quiet, days=22)
    services.climb_quiet_terms(now=now())
    organiser = quiet.seat.area.parent and net.organiser("department", "01", name="Zoé Autre", email="zoe@desk.example")
    call = FriendlyCall.objects.get()
    services.finish_call(call_id=call.pk, outcome=CallOutcome.NOT_REACHED, words="Messagerie.", by=organiser, now=now())
    since = now() - timedelta(days=46)
    Term.objects.filter(pk=quiet.pk).update(seen_at=since)
    quiet.person.user.__class__.objects.filter(pk=quiet.person.user_id).update(seen_at=None)
    QuietStep.objects.update(since=since)
    assert services.climb_quiet_terms(now=now()) == 1
    assert QuietStep.objects.filter(kind=QuietStepKind.MAIL).exists()
    since = now() - timedelta(days=61)
    Term.objects.filter(pk=quiet.pk).update(seen_at=since)
    QuietStep.objects.update(since=since)
    assert services.climb_quiet_terms(now=now()) == 1
    assert selectors.seat(quiet.seat_id).state == "dormant"
    QuietStep.objects.update(tell_at=now())
    services.climb_quiet_terms(now=now())
    assert {mail.person.given_name for mail in mails("relays.fell_asleep")} == {"Inès", "Zoé"}
    assert "1 siège en sommeil" in letter_of(mails("relays.fell_asleep")[0]).subject
    with django_assert_num_queries(1):
        (row,) = quiet_rows(organiser, now=now(), is_dormant=True)
    with django_assert_num_queries(2):
        tried = tried_for({row["id"]: row["seen"]})[quiet.pk]
    assert [step.kind for step in tried.steps] == ["call", "mail", "dormant"]
    assert (tried.call.outcome, tried.call.words) == ("not_reached", "Messagerie.")


def test_machines_that_stood_still_take_the_last_rung_only(quiet: Term):
    quiet_since(quiet, 70)
    assert services.climb_quiet_terms(now=DAY) == 1
    assert list(QuietStep.objects.values_list("kind", flat=True)) == ["dormant"]
    assert not FriendlyCall.objects.exists()


def test_a_rung_is_a_row_once_for_each_silence(quiet: Term):
    services.climb_quiet_terms(now=DAY)
    step = QuietStep.objects.get()
    with pytest.raises(IntegrityError):
        QuietStep.objects.create(term=quiet, kind=step.kind, since=step.since, at=DAY, tell_at=DAY)


@pytest.mark.parametrize("answer", StillHere)
def test_an_answer_of_the_holder_is_a_sign_of_life(quiet: Term, answer: StillHere):
    quiet_since(quiet, 46)
    services.climb_quiet_terms(now=DAY)
    services.answer_still_here(term_id=quiet.pk, answer=answer, until=(DAY + timedelta(days=30)).date(), now=DAY)
    quiet.refresh_from_db()
    assert quiet.seen_at == DAY
    assert bool(quiet.paused_at) is (answer == StillHere.BREAK)
    assert QuietAnswer.objects.get().answer == answer
    assert services.climb_quiet_terms(now=DAY + timedelta(days=2)) == 0


def test_no_day_of_a_break_is_none_at_night_either(net: SmallNetwork):
    night = datetime.combine(TOMORROW, time(2, 30), tzinfo=UTC)  # the evening before in Guadeloupe
    term, _holder = make_holder(net.seat("0301"), at=night - timedelta(days=46))
    with pytest.raises(Invalid):
        services.answer_still_here(term_id=term.pk, answer=StillHere.BREAK, now=night)
    term.refresh_from_db()
    assert term.paused_at is None


def test_who_wishes_to_hand_over_stands_on_the_worklist_until_they_answer_otherwise(quiet: Term, net: SmallNetwork):
    organiser = net.organiser("department", "01", name="Zoé Autre", email="zoe@desk.example")
    services.answer_still_here(term_id=quiet.pk, answer=StillHere.HAND_OVER, now=now())
    assert [row["wishes_hand_over"] for row in quiet_rows(organiser, now=now())] == [True]
    services.answer_still_here(term_id=quiet.pk, answer=StillHere.HERE, now=now())
    assert not quiet_rows(organiser, now=now())
    services.end_term(term_id=quiet.pk, by=organiser, now=now())
    with pytest.raises(Conflict):
        services.answer_still_here(term_id=quiet.pk, answer=StillHere.HERE, now=now())


def test_owed_calls_go_away_with_a_sign_of_life_before_the_next_run(quiet: Term, net: SmallNetwork):
    fall_quiet(quiet, days=22)
    services.climb_quiet_terms(now=now())
    organiser = net.organiser("department", "01", name="Zoé Autre", email="zoe@desk.example")
    (owed,) = calls_owed(organiser, now=now())
    assert owed.is_mine
    assert owed.contacts == [{"channel": "email", "value": "holder.relay.0101@people.example"}]
    accounts.note_sign_in(user_id=quiet.person.user_id, now=now())
    assert calls_owed(organiser, now=now()) == []


def test_erased_with_the_person(quiet: Term):
    services.climb_quiet_terms(now=DAY)
    services.answer_still_here(term_id=quiet.pk, answer=StillHere.HERE, now=DAY)
    exported = seats_of(quiet.person_id)
    assert exported["friendly_calls"][0]["closed_because"] == "back"
    assert [row["answer"] for row in exported["quiet_answers"]] == ["here"]
    people.erase_person(person_id=quiet.person_id, now=DAY)
    assert not QuietStep.objects.exists()
    assert not FriendlyCall.objects.exists()
    assert not QuietAnswer.objects.exists()


@pytest.fixture
def standing_in(net: SmallNetwork) -> Term:
    """Ada stands in for 0101, and was quiet for 22 days; the department has an organiser."""
    net.organiser("department", "01", name="Inès Prat")
    term, _ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada", language="en")
    return quiet_since(term, 22)


def test_who_stands_in_is_called_written_to_and_told_of(net: SmallNetwork, standing_in: Term):
    services.climb_quiet_terms(now=DAY)
    (mail,) = mails("relays.friendly_call")
    assert mail.person.given_name == "Inès"
    letter = letter_of(mail).plain()
    assert "Ada" in letter
    assert "relais de" not in letter
    (owed,) = calls_owed(mail.person.user, now=DAY)
    assert owed.call.term == standing_in
    quiet_since(standing_in, 46)
    services.climb_quiet_terms(now=DAY)
    asked = letter_of(mails("relays.still_here")[0]).plain()
    assert "You still stand in, or you would like to stop" in asked
    assert "break" not in asked
    assert "dormant" not in asked
    quiet_since(standing_in, 60.5)
    services.climb_quiet_terms(now=DAY)
    (told,) = mails("relays.stand_in_silent")
    assert told.person.given_name == "Inès"
    assert "Hautes-Brumes, 1re circonscription" in letter_of(told).plain()
    assert not mails("relays.fell_asleep")
    assert selectors.seat(net.seat("0101").pk).state == "stand_in", "they cover it still"
    (row,) = quiet_rows(mail.person.user, now=DAY)
    assert (row["kind"], row["person__given_name"]) == ("stand_in", "Ada")
    assert not quiet_rows(mail.person.user, now=DAY, is_dormant=True)


def test_nobody_is_asked_about_who_stands_in_beside_a_relay_who_is_there(net: SmallNetwork, standing_in: Term):
    relay, _camille = make_holder(net.seat("0102"), at=now())
    Term.objects.filter(pk=standing_in.pk).update(seat=relay.seat)
    organiser = User.objects.get(person__given_name="Inès")
    for days in (22, 46, 60.5):
        quiet_since(standing_in, days)
        assert services.climb_quiet_terms(now=DAY) == 0
    assert not quiet_rows(organiser, now=DAY)
    services.answer_still_here(term_id=standing_in.pk, answer=StillHere.HAND_OVER, now=DAY - timedelta(days=22))
    assert [row["wishes_hand_over"] for row in quiet_rows(organiser, now=DAY)] == [True], "what they wish is seen all the same"
    pause(relay)
    assert services.climb_quiet_terms(now=DAY) == 1, "the place rests on them"
    assert len(mails("relays.friendly_call")) == 1


@pytest.mark.parametrize("days", [22, 60.5])
def test_what_waits_about_who_stands_in_goes_once_the_relay_is_back(net: SmallNetwork, standing_in: Term, days: float):
    relay, camille = make_holder(net.seat("0102"))
    Term.objects.filter(pk=standing_in.pk).update(seat=relay.seat)
    quiet_since(relay, 70)
    QuietStep.objects.create(term=relay, kind=QuietStepKind.DORMANT, since=relay.seen_at, at=DAY, tell_at=DAY, told_at=DAY)
    quiet_since(standing_in, days)
    assert services.climb_quiet_terms(now=DAY) == 1
    organiser = User.objects.get(person__given_name="Inès")
    (mail,) = mails("relays.friendly_call") or mails("relays.stand_in_silent")
    letter_of(mail)
    assert len(calls_owed(organiser, now=DAY)) == (days == 22)
    services.note_sign_of_life(person_id=camille.pk, now=DAY)
    with pytest.raises(LookupError):
        letter_of(mail)
    assert calls_owed(organiser, now=DAY) == []
    assert not quiet_rows(organiser, now=DAY)


def test_of_who_stands_in_twice_each_call_says_how_to_reach_them(net: SmallNetwork, standing_in: Term):
    other = services.open_term(seat=net.seat("0102"), person=standing_in.person, kind=TermKind.STAND_IN, now=now(), by=None)
    for term in (standing_in, other):
        quiet_since(term, 22)
    services.climb_quiet_terms(now=DAY)
    owed = calls_owed(User.objects.get(person__given_name="Inès"), now=DAY)
    reached = [{"channel": "email", "value": "holder.stand_in.0101@people.example"}]
    assert [each.contacts for each in owed] == [reached, reached]


def test_who_holds_a_seat_too_is_asked_about_that_one_alone(net: SmallNetwork, quiet: Term):
    stand_in = services.open_term(seat=net.seat("0102"), person=quiet.person, kind=TermKind.STAND_IN, now=now(), by=None)
    quiet.person.refresh_from_db()
    for days, told in ((22, "relays.friendly_call"), (46, "relays.still_here"), (60.5, "relays.fell_asleep")):
        quiet_since(quiet, days)
        Term.objects.filter(pk=stand_in.pk).update(seen_at=DAY - timedelta(days=days))
        services.climb_quiet_terms(now=DAY)
        assert len(mails(told)) == 1
    assert len(mails("relays.stand_in_silent")) == 1
    assert list(QuietStep.objects.filter(term=stand_in).values_list("kind", flat=True)) == [QuietStepKind.DORMANT]


def test_who_stands_in_answers_that_they_are_there_or_would_like_to_stop_and_does_not_pause(standing_in: Term):
    with pytest.raises(Conflict) as refused:
        services.answer_still_here(term_id=standing_in.pk, answer=StillHere.BREAK, until=in_days(9), now=DAY)
    assert refused.value.code == "not_a_relay"
    services.answer_still_here(term_id=standing_in.pk, answer=StillHere.HAND_OVER, now=DAY)
    standing_in.refresh_from_db()
    assert (standing_in.ends_at, standing_in.seen_at) == (None, DAY)
    services.answer_still_here(term_id=standing_in.pk, answer=StillHere.HERE, now=DAY + timedelta(hours=1))
    assert list(QuietAnswer.objects.order_by("at").values_list("answer", flat=True)) == ["hand_over", "here"]
