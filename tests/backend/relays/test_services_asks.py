from datetime import timedelta

import pytest
from django.test import Client

from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.domain import PURPOSES
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import ConsentState, Person
from maillage.people.selectors import may_contact
from maillage.people.selectors.own import export_of
from maillage.relays import services
from maillage.relays.domain import APPLICANT_CONTACT, ApplicationStatus, SeatState, TermKind
from maillage.relays.domain.filling import ASK_LASTS, ASK_RESTS, ASK_VOLUNTEER, ASKED_LINK, Answer, AskKind, AskStatus, StepKind, Unasked
from maillage.relays.models import Application, Filling, FillingStep, SeatAsk, SeatStanding, Term
from maillage.relays.selectors.volunteers import open_asks
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_application, make_holder
from tests.backend.relays.filling_factories import make_next_door, make_volunteer
from tests.backend.relays.test_letters import letter_of


def ask(net: SmallNetwork, person: Person, code: str = "0101", *, kind: AskKind = AskKind.VOLUNTEER, at=None, by=None) -> SeatAsk:
    """Ask one person, and let the mail leave."""
    by = by or net.organiser(name="Nadia Ferhat", email=f"asker.{code}.{person.pk}@desk.example")
    instant = at or now()
    asked = services.ask_people(seat_id=net.seat(code).pk, person_ids=[person.pk], kind=kind, by=by, now=instant)
    assert asked.unasked == {}
    services.send_ask(ask_id=asked.asks[0].pk, now=instant + timedelta(minutes=3))
    return SeatAsk.objects.get(pk=asked.asks[0].pk)


class TestAsking:
    def test_one_mail_leaves_in_a_few_minutes_with_the_consent_that_it_needs(self, net: SmallNetwork, mailoutbox):
        awa = make_volunteer(net, "0101")
        nadia = net.organiser()
        asked = services.ask_people(seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now())
        assert not Message.objects.filter(person=awa).exists(), "nothing leaves before the minutes are over"
        assert Job.objects.get(name="relays.send_ask").run_at == asked.leaves_at
        services.send_ask(ask_id=asked.asks[0].pk, now=asked.leaves_at)
        services.send_ask(ask_id=asked.asks[0].pk, now=asked.leaves_at)
        message = Message.objects.get(person=awa)
        assert messaging.deliver_message(message_id=message.pk, now=now()) == "sent"
        (mail,) = mailoutbox
        assert mail.to == ["awa.diop@people.example"]
        assert "/relays/asked/" in mail.body
        assert "Nadia Ferhat" in mail.body
        assert "List-Unsubscribe" in mail.extra_headers
        step = FillingStep.objects.get()
        assert (step.kind, step.count, step.by) == (StepKind.ASKED_VOLUNTEERS, 1, nadia)

    def test_until_then_it_is_undone_as_if_it_had_never_been(self, net: SmallNetwork):
        awa, nadia = make_volunteer(net, "0101"), net.organiser()
        asked = services.ask_people(seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now())
        services.take_back_ask(ask_id=asked.asks[0].pk, by=nadia, now=now())
        services.take_back_ask(ask_id=asked.asks[0].pk, by=nadia, now=now())
        services.send_ask(ask_id=asked.asks[0].pk, now=asked.leaves_at)
        assert not Message.objects.exists()
        assert not FillingStep.objects.exists()
        assert ask(net, awa).status == AskStatus.WAITING, "they can be asked again at once"

    def test_what_has_left_is_not_called_back(self, net: SmallNetwork):
        asked = ask(net, make_volunteer(net, "0101"))
        with pytest.raises(Conflict) as refusal:
            services.take_back_ask(ask_id=asked.pk, by=asked.asked_by, now=now())
        assert refusal.value.code == "ask_left"

    def test_an_agreement_that_was_taken_back_meanwhile_stops_it(self, net: SmallNetwork):
        awa, nadia = make_volunteer(net, "0101"), net.organiser()
        asked = services.ask_people(seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now())
        people.change_consent(
            person_id=awa.pk, purpose=ASK_VOLUNTEER, channel=Channel.EMAIL, is_given=False, source="preferences", now=now()
        )
        services.send_ask(ask_id=asked.asks[0].pk, now=asked.leaves_at)
        assert not Message.objects.exists()
        assert SeatAsk.objects.get().status == AskStatus.TAKEN_BACK

    def test_one_seat_at_a_time(self, net: SmallNetwork):
        awa = make_volunteer(net, "0101")
        ask(net, awa)
        again = services.ask_people(
            seat_id=net.seat("0102").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=net.organiser(email="b@desk.example"), now=now()
        )
        assert again.unasked == {awa.pk: Unasked.ASKED_ALREADY}

    @pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_ME])
    def test_sixty_days_of_rest_after_a_no(self, net: SmallNetwork, answer: Answer):
        awa, start = make_volunteer(net, "0101"), now()
        asked = ask(net, awa, at=start)
        services.answer_ask(ask_id=asked.pk, answer=answer, now=start + timedelta(hours=1))
        by = net.organiser(email="b@desk.example")
        early = start + ASK_RESTS - timedelta(hours=1)
        assert services.ask_people(seat_id=net.seat("0102").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=by, now=early).unasked == {
            awa.pk: Unasked.RESTS
        }
        assert ask(net, awa, "0102", at=start + ASK_RESTS + timedelta(hours=2)).status == AskStatus.WAITING

    def test_silence_lapses_and_rests_too(self, net: SmallNetwork):
        awa, start = make_volunteer(net, "0101"), now()
        asked = ask(net, awa, at=start)
        assert services.lapse_asks(now=start + ASK_LASTS - timedelta(hours=1)) == 0
        assert services.lapse_asks(now=start + ASK_LASTS) == 1
        asked.refresh_from_db()
        assert asked.status == AskStatus.LAPSED
        with pytest.raises(Conflict):
            services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=start + ASK_LASTS)

    def test_who_did_not_agree_or_holds_a_seat_or_lives_elsewhere_is_left_out(self, net: SmallNetwork):
        here = net.organiser("department", "01")
        stranger = make_holder(net.seat("0102"))[1]
        far = make_volunteer(net, "0201", name="Far Away")
        by_phone = make_volunteer(net, "0101", name="Paul Fixe", channel=Channel.PHONE, email="")
        seated = make_volunteer(net, "0103", name="Sara Assise")
        services.open_term(seat=net.seat("0103"), person=seated, kind=TermKind.RELAY, now=now(), by=None)
        asked = services.ask_people(
            seat_id=net.seat("0101").pk,
            person_ids=[stranger.pk, far.pk, by_phone.pk, seated.pk],
            kind=AskKind.VOLUNTEER,
            by=here,
            now=now(),
        )
        assert asked.asks == []
        assert asked.unasked == {
            stranger.pk: Unasked.NOT_AGREED,
            far.pk: Unasked.OUT_OF_REACH,
            by_phone.pk: Unasked.NO_ADDRESS,
            seated.pk: Unasked.HOLDS_SEAT,
        }
        assert not FillingStep.objects.exists()

    def test_nobody_or_too_many_at_once_is_refused(self, net: SmallNetwork):
        nadia = net.organiser()
        with pytest.raises(Invalid):
            services.ask_people(seat_id=net.seat("0101").pk, person_ids=[], kind=AskKind.VOLUNTEER, by=nadia, now=now())
        with pytest.raises(NotFound):
            services.ask_people(seat_id=nadia.pk, person_ids=[nadia.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now())


class TestAnsweringAsAVolunteer:
    def test_a_yes_is_an_application_with_its_consent_and_its_clock(self, net: SmallNetwork):
        awa = make_volunteer(net, "0101")
        asked, at = ask(net, awa), now()
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=at)
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=at)
        application = Application.objects.get()
        assert (application.person, application.seat, application.status) == (awa, asked.seat, ApplicationStatus.SUBMITTED)
        assert application.promise.due_at == at + timedelta(hours=48)
        assert may_contact(person_id=awa.pk, purpose=APPLICANT_CONTACT.purpose, channel=Channel.EMAIL)
        assert SeatStanding.objects.get(seat=asked.seat).state == SeatState.APPLIED
        assert Message.objects.filter(purpose="relays.application_waiting").exists(), "its organisers are told"
        services.withdraw_application(application_id=application.pk, now=now())
        assert not may_contact(person_id=awa.pk, purpose=APPLICANT_CONTACT.purpose, channel=Channel.EMAIL)

    def test_without_the_agreement_to_be_called_nothing_happens(self, net: SmallNetwork):
        asked = ask(net, make_volunteer(net, "0101"))
        with pytest.raises(Invalid):
            services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        assert not Application.objects.exists()
        assert SeatAsk.objects.get().status == AskStatus.WAITING

    def test_a_network_that_has_closed_since_takes_no_yes(self, net: SmallNetwork):
        asked = ask(net, make_volunteer(net, "0101"))
        net.network.closes_at = now()
        net.network.save(update_fields=["closes_at"])
        with pytest.raises(Conflict) as refused:
            services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=now())
        assert refused.value.code == "network_closed"
        assert not Application.objects.exists()
        assert services.answer_ask(ask_id=asked.pk, answer=Answer.NO, now=now()).status == AskStatus.DECLINED

    def test_never_takes_the_agreement_back(self, net: SmallNetwork):
        awa = make_volunteer(net, "0101")
        services.answer_ask(ask_id=ask(net, awa).pk, answer=Answer.NEVER, now=now())
        assert not may_contact(person_id=awa.pk, purpose=ASK_VOLUNTEER, channel=Channel.EMAIL)

    def test_who_is_asked_for_a_seat_that_somebody_else_gets_is_free_at_once(self, net: SmallNetwork):
        awa, lin = make_volunteer(net, "0101"), make_volunteer(net, "0102", name="Lin Cho")
        asked, other = ask(net, awa), ask(net, lin, "0103")
        make_holder(net.seat("0101"))
        asked.refresh_from_db()
        other.refresh_from_db()
        assert (asked.status, other.status) == (AskStatus.TAKEN_BACK, AskStatus.WAITING), "another seat still looks for somebody"
        assert Entry.objects.filter(name="seat_ask.retracted").count() == 1
        assert services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=now()).status == AskStatus.TAKEN_BACK
        assert not Application.objects.exists()
        assert ask(net, awa, "0102").status == AskStatus.WAITING, "nothing rests on them"

    def test_a_question_that_has_not_left_is_taken_back_as_if_it_had_never_been(self, net: SmallNetwork):
        awa, nadia = make_volunteer(net, "0101"), net.organiser()
        asked = services.ask_people(seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now())
        make_holder(net.seat("0101"))
        services.send_ask(ask_id=asked.asks[0].pk, now=asked.leaves_at)
        assert not Message.objects.filter(person=awa).exists()
        assert not FillingStep.objects.exists()

    def test_a_stand_in_leaves_the_seat_to_volunteers(self, net: SmallNetwork):
        asked = ask(net, make_volunteer(net, "0101"))
        make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
        asked.refresh_from_db()
        assert asked.status == AskStatus.WAITING

    def test_a_yes_that_meets_a_seat_just_taken_closes_the_question(self, net: SmallNetwork):
        asked = ask(net, make_volunteer(net, "0101"))
        make_holder(net.seat("0101"))
        SeatAsk.objects.update(status=AskStatus.WAITING, answered_at=None)  # whoever answers in that very moment is passed over
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=now())
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK
        assert not Application.objects.exists()

    def test_silence_about_a_seat_that_is_taken_is_no_silence(self, net: SmallNetwork):
        awa = make_volunteer(net, "0101")
        asked = ask(net, awa)
        make_holder(net.seat("0101"))
        SeatAsk.objects.update(status=AskStatus.WAITING, answered_at=None)
        assert services.lapse_asks(now=asked.ends_at) == 1
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK
        assert ask(net, awa, "0102", at=asked.ends_at).status == AskStatus.WAITING

    def test_the_page_names_the_vacant_seats_next_door(self, net: SmallNetwork, client: Client):
        make_next_door(net, "0101", "0102", "0103")
        asked = ask(net, make_volunteer(net, "0101"))
        make_holder(net.seat("0101"))
        make_holder(net.seat("0103"))
        page = f"/en/relays/asked/{sign_link(ASKED_LINK, ids=[asked.pk], ends_at=asked.ends_at)}/"
        for shown in (client.get(page).text, client.post(page, {"answer": "yes", "agrees_to_contact": "x"}, follow=True).text):
            assert "Somebody else has just taken this seat." in shown
            assert 'href="/en/places/0102/"' in shown
            assert 'href="/en/places/0103/"' not in shown, "somebody holds it"


class TestStandingIn:
    @pytest.fixture
    def neighbour(self, net: SmallNetwork) -> Person:
        make_next_door(net, "0101", "0102", "0103")
        return make_holder(net.seat("0102"))[1]

    def test_yes_then_an_organiser_confirms_and_a_second_term_opens(self, net: SmallNetwork, neighbour: Person):
        asked = ask(net, neighbour, kind=AskKind.STAND_IN)
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        assert Message.objects.filter(purpose="relays.stand_in_agreed", person=asked.asked_by.person).exists()
        assert SeatStanding.objects.get(seat=asked.seat).state == SeatState.VACANT, "nothing before the organiser confirms"
        term = services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())
        assert services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now()) is None
        assert term is not None
        assert (term.kind, term.person) == (TermKind.STAND_IN, neighbour)
        assert SeatStanding.objects.get(seat=asked.seat).state == SeatState.STAND_IN
        assert Term.objects.filter(person=neighbour, ends_at__isnull=True).count() == 2
        neighbour.refresh_from_db()
        assert sorted(neighbour.user.grants.values_list("role", flat=True)) == ["relay", "stand_in"]
        services.end_term(term_id=term.pk, by=neighbour.user, now=now())
        assert SeatStanding.objects.get(seat=net.seat("0102")).state == SeatState.FILLED, "their own seat stays theirs"

    def test_a_no_rests_for_that_seat_alone(self, net: SmallNetwork, neighbour: Person):
        make_next_door(net, "0104", "0102")
        asked = ask(net, neighbour, kind=AskKind.STAND_IN)
        services.answer_ask(ask_id=asked.pk, answer=Answer.NO, now=now())
        by = net.organiser(email="b@desk.example")
        again = services.ask_people(seat_id=asked.seat_id, person_ids=[neighbour.pk], kind=AskKind.STAND_IN, by=by, now=now())
        assert again.unasked == {neighbour.pk: Unasked.RESTS}
        assert ask(net, neighbour, "0104", kind=AskKind.STAND_IN).status == AskStatus.WAITING

    def test_who_stands_in_already_or_stopped_such_mails_is_left_out(self, net: SmallNetwork, neighbour: Person):
        services.open_term(seat=net.seat("0104"), person=neighbour, kind=TermKind.STAND_IN, now=now(), by=None)
        other = make_holder(net.seat("0103"), given_name="Stop")[1]
        services.answer_ask(ask_id=ask(net, other, "0201", kind=AskKind.STAND_IN).pk, answer=Answer.NEVER, now=now())
        asked = services.ask_people(
            seat_id=net.seat("0101").pk, person_ids=[neighbour.pk, other.pk], kind=AskKind.STAND_IN, by=net.organiser(), now=now()
        )
        assert asked.unasked == {neighbour.pk: Unasked.HOLDS_SEAT, other.pk: Unasked.NOT_AGREED}

    def test_a_relay_spares_the_neighbours(self, net: SmallNetwork, neighbour: Person):
        other = make_holder(net.seat("0103"), given_name="Lou")[1]
        said_yes, waits = ask(net, neighbour, kind=AskKind.STAND_IN), ask(net, other, kind=AskKind.STAND_IN)
        services.answer_ask(ask_id=said_yes.pk, answer=Answer.YES, now=now())
        make_holder(net.seat("0101"))
        assert set(SeatAsk.objects.values_list("status", flat=True)) == {AskStatus.TAKEN_BACK}
        assert Message.objects.get(purpose="relays.stand_in_not_needed").person == neighbour, "who had said yes is told"
        with pytest.raises(Conflict):
            services.confirm_stand_in(ask_id=said_yes.pk, by=said_yes.asked_by, now=now())
        assert services.answer_ask(ask_id=waits.pk, answer=Answer.YES, now=now()).status == AskStatus.TAKEN_BACK

    def test_a_stand_in_appointed_otherwise_spares_them_too(self, net: SmallNetwork, neighbour: Person):
        asked = ask(net, neighbour, kind=AskKind.STAND_IN)
        make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK

    def test_a_yes_is_told_to_the_nearest_organisers_where_who_asked_organises_the_place_no_more(
        self, net: SmallNetwork, neighbour: Person
    ):
        left, near = net.organiser(email="left@desk.example"), net.organiser("department", "01", name="Inès Prat")
        asked = ask(net, neighbour, kind=AskKind.STAND_IN, by=left)
        left.grants.update(ends_at=now())
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        (mail,) = Message.objects.filter(purpose="relays.stand_in_agreed")
        assert mail.person == near.person
        assert "assurerait l’intérim" in letter_of(mail).subject
        assert "vous avez" not in PURPOSES[mail.purpose].title, "whoever is told asked nobody"

    @pytest.mark.parametrize("is_handed_over", [True, False])
    def test_a_yes_that_goes_with_the_neighbours_own_seat_is_told_to_both_sides(
        self, net: SmallNetwork, neighbour: Person, is_handed_over: bool
    ):
        nadia = net.organiser("department", "01")
        asked = ask(net, neighbour, kind=AskKind.STAND_IN, by=nadia)
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        term = neighbour.terms.get()
        if is_handed_over:
            found = services.begin_hand_over(term_id=term.pk, ends_on=in_days(1), by=neighbour.user, now=now())
            services.complete_hand_over(hand_over_id=found.pk, by=nadia, now=now())
        else:
            services.end_term(term_id=term.pk, by=nadia, now=now())
        told = Message.objects.get(purpose="relays.handed_over" if is_handed_over else "relays.term_ended", person=neighbour)
        assert "avec votre oui" in letter_of(told).plain()
        (mail,) = Message.objects.filter(purpose="relays.stand_in_taken_back")
        assert mail.person == nadia.person
        assert neighbour.full_name in letter_of(mail).subject

    @pytest.mark.parametrize("has_left", [True, False])
    def test_a_question_that_goes_with_it_is_told_to_whoever_had_read_it(self, net: SmallNetwork, neighbour: Person, has_left: bool):
        nadia = net.organiser("department", "01")
        if has_left:
            ask(net, neighbour, kind=AskKind.STAND_IN, by=nadia)
        else:
            services.ask_people(seat_id=net.seat("0101").pk, person_ids=[neighbour.pk], kind=AskKind.STAND_IN, by=nadia, now=now())
        services.end_term(term_id=neighbour.terms.get().pk, by=nadia, now=now())
        assert SeatAsk.objects.get().status == AskStatus.TAKEN_BACK
        told = Message.objects.get(purpose="relays.term_ended", person=neighbour)
        assert ("avec votre oui" in letter_of(told).plain()) == has_left
        assert not Message.objects.filter(purpose="relays.stand_in_taken_back").exists()

    def test_a_yes_that_nobody_confirms_is_over_after_two_weeks_and_told(self, net: SmallNetwork, neighbour: Person):
        asked = ask(net, neighbour, kind=AskKind.STAND_IN, at=now() - timedelta(days=15))
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now() - timedelta(days=13))
        assert services.lapse_asks(now=now()) == 0
        late = now() + timedelta(days=2)
        assert open_asks([neighbour.pk], now=now()) == {neighbour.pk}
        assert open_asks([neighbour.pk], now=late) == set()
        assert services.lapse_asks(now=late) == 1
        assert services.lapse_asks(now=late) == 0
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK
        (mail,) = Message.objects.filter(person=neighbour, purpose="relays.stand_in_unconfirmed")
        assert "en 14 jours" in letter_of(mail).plain()
        again = ask(net, neighbour, kind=AskKind.STAND_IN, at=late, by=asked.asked_by)
        assert again.status == AskStatus.WAITING, "nobody rests after a yes"

    def test_a_yes_that_waits_beside_a_stand_in_is_thanked_when_it_is_over(self, net: SmallNetwork, neighbour: Person):
        asked = ask(net, neighbour, kind=AskKind.STAND_IN, at=now() - timedelta(days=20))
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now() - timedelta(days=14))
        make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
        assert services.lapse_asks(now=now()) == 1
        assert Message.objects.filter(person=neighbour, purpose="relays.stand_in_not_needed").count() == 1
        assert not Message.objects.filter(purpose="relays.stand_in_unconfirmed").exists()

    def test_who_is_no_relay_any_more_stands_in_by_no_earlier_yes(self, net: SmallNetwork, neighbour: Person):
        asked, grants = ask(net, neighbour, kind=AskKind.STAND_IN), neighbour.user.grants
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        services.end_term(term_id=neighbour.terms.get().pk, by=net.organiser("department", "01"), now=now())
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK
        assert not Message.objects.filter(purpose="relays.stand_in_not_needed").exists(), "the mail about their own seat tells them"
        with pytest.raises(Conflict) as refusal:
            services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())
        assert refusal.value.code == "ask_over"
        assert not grants.running(now()).exists()

    def test_a_question_that_waits_goes_with_the_last_seat_alone(self, net: SmallNetwork, neighbour: Person):
        services.open_term(seat=net.seat("0104"), person=neighbour, kind=TermKind.RELAY, now=now(), by=None)
        asked = ask(net, neighbour, kind=AskKind.STAND_IN)
        first, second = neighbour.terms.order_by("pk")
        services.end_term(term_id=first.pk, by=neighbour.user, now=now())
        asked.refresh_from_db()
        assert asked.status == AskStatus.WAITING
        services.end_term(term_id=second.pk, by=neighbour.user, now=now())
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK

    def test_a_question_to_who_left_before_it_was_taken_back_is_refused(self, net: SmallNetwork, neighbour: Person):
        asked, said_yes = ask(net, neighbour, kind=AskKind.STAND_IN), make_holder(net.seat("0103"), given_name="Lou")[1]
        agreed = ask(net, said_yes, kind=AskKind.STAND_IN)
        services.answer_ask(ask_id=agreed.pk, answer=Answer.YES, now=now())
        leaves = services.ask_people(
            seat_id=net.seat("0101").pk,
            person_ids=[make_holder(net.seat("0202"), given_name="Max")[1].pk],
            kind=AskKind.STAND_IN,
            by=net.organiser(),
            now=now(),
        )
        Term.objects.update(ends_at=now())
        for refused in (
            lambda: services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now()),
            lambda: services.confirm_stand_in(ask_id=agreed.pk, by=agreed.asked_by, now=now()),
        ):
            with pytest.raises(Conflict) as refusal:
                refused()
            assert refusal.value.code == "no_relay"
        assert services.answer_ask(ask_id=asked.pk, answer=Answer.NO, now=now()).status == AskStatus.DECLINED
        services.send_ask(ask_id=leaves.asks[0].pk, now=leaves.leaves_at)
        assert SeatAsk.objects.get(pk=leaves.asks[0].pk).status == AskStatus.TAKEN_BACK

    def test_who_said_yes_is_not_seated_beside_a_relay_who_is_back(self, net: SmallNetwork, neighbour: Person):
        relay, _camille = make_holder(net.seat("0101"))
        stands_in, _ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
        for term in (relay, stands_in):
            fall_quiet(term, days=61)
        asked = ask(net, neighbour, kind=AskKind.STAND_IN)
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        services.note_sign_of_life(person_id=relay.person_id, now=now())
        with pytest.raises(Conflict) as refusal:
            services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())
        assert refusal.value.code == "seat_filled"
        asked.refresh_from_db()
        assert asked.status == AskStatus.TAKEN_BACK, "they may be asked for another seat"
        assert Message.objects.get(purpose="relays.stand_in_not_needed").person == neighbour
        running = Term.objects.filter(seat=relay.seat_id, ends_at__isnull=True)
        assert set(running) == {relay, stands_in}, "who stands in beside them goes on, silent or not"
        with pytest.raises(Conflict) as again:
            services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())
        assert again.value.code == "ask_over"

    def test_set_aside_is_told(self, net: SmallNetwork, neighbour: Person):
        asked = ask(net, neighbour, kind=AskKind.STAND_IN)
        with pytest.raises(Conflict):
            services.set_aside_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
        services.set_aside_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())
        assert Message.objects.filter(purpose="relays.stand_in_not_needed", person=neighbour).exists()
        assert not Term.objects.filter(kind=TermKind.STAND_IN).exists()


class TestForgetting:
    def test_what_is_kept_is_told_and_goes(self, net: SmallNetwork):
        awa = make_volunteer(net, "0101")
        asked = ask(net, awa)
        told = export_of(awa.pk, now=now())["relays"]["asked_for"]
        assert told[0]["seat__area__code"] == "0101"
        people.erase_person(person_id=awa.pk, now=now())
        assert not SeatAsk.objects.filter(pk=asked.pk).exists()
        assert not ConsentState.objects.filter(person=awa).exists()
        assert FillingStep.objects.get().count == 1, "that somebody was asked stays counted"

    def test_an_organiser_takes_their_words_with_them(self, net: SmallNetwork):
        nadia = net.organiser()
        seat = net.seat("0101")
        services.take_on_seat(seat_id=seat.pk, by=nadia, now=now())
        services.note_step(seat_id=seat.pk, kind=StepKind.OTHER, words="Vu le foyer rural", by=nadia, now=now())
        services.plan_next_step(seat_id=seat.pk, words="Rappeler la mairie", on=None, by=nadia, now=now())
        told = export_of(nadia.person.pk, now=now())["relays"]
        assert told["tried"][0]["words"] == "Vu le foyer rural"
        people.erase_person(person_id=nadia.person.pk, now=now())
        filling, step = Filling.objects.get(), FillingStep.objects.get()
        assert (filling.taken_by, filling.next_step, step.words, step.by, step.kind) == (None, "", "", None, StepKind.OTHER)


def test_the_form_asks_for_the_agreement_and_keeps_it_once_confirmed(net: SmallNetwork):
    services.apply_for_seat(
        seat_id=net.seat("0101").pk,
        given_name="Samir",
        family_name="",
        email="samir@people.example",
        language="fr",
        agrees_to_contact=True,
        is_of_age=True,
        agrees_to_be_asked=True,
        now=now(),
    )
    application = Application.objects.get()
    person = application.person
    assert not ConsentState.objects.exists(), "nothing is agreed to before the address is proved"
    services.confirm_application(application_id=application.pk, contact_point_id=person.contact_points.get().pk, now=now())
    assert may_contact(person_id=person.pk, purpose=ASK_VOLUNTEER, channel=Channel.EMAIL)
    services.withdraw_application(application_id=application.pk, now=now())
    assert may_contact(person_id=person.pk, purpose=ASK_VOLUNTEER, channel=Channel.EMAIL), "it stands apart from the application"


def test_who_asked_for_a_seat_is_not_asked(net: SmallNetwork):
    awa = make_volunteer(net, "0101")
    make_application(net.seat("0102"), person=awa)
    asked = services.ask_people(seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=net.organiser(), now=now())
    assert asked.unasked == {awa.pk: Unasked.HOLDS_SEAT}
