"""Handing a seat over: begun, taken back, completed by an organiser or by the day, with notes or without."""

from datetime import timedelta

import pytest

from maillage.accounts.models import Grant, Session
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.selectors import export_of
from maillage.relays import services
from maillage.relays.domain import ApplicationStatus, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.domain.notes import NOTES_KEPT, NoteKind
from maillage.relays.models import HandOver, SeatNote, Term
from maillage.relays.selectors.successors import successors
from tests.backend.accounts.factories import sign_in
from tests.backend.people.factories import agree_to_relay
from tests.backend.relays.factories import SmallNetwork, make_application, make_conversation, make_holder, make_network

TODAY = now().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def net(db: None) -> SmallNetwork:
    return make_network(at=TODAY - timedelta(days=200))


def written(term: Term, text: str = "Elle écoute mieux le matin.", kind: NoteKind = NoteKind.OFFICE_HOLDER) -> SeatNote:
    return services.write_note(seat_id=term.seat_id, author_id=term.person_id, kind=kind, text=text, now=TODAY)


def begun(term: Term, **asked: object) -> HandOver:
    fields = {"ends_on": (TODAY + timedelta(days=3)).date(), "by": term.person.user, "now": TODAY, **asked}
    return services.begin_hand_over(term_id=term.pk, **fields)


def mails() -> list[str]:
    return sorted(Message.objects.values_list("purpose", flat=True))


def test_begun_by_the_holder_it_changes_nothing_but_tells_the_nearest_organisers(net: SmallNetwork):
    nadia, far = net.organiser("department", "01"), net.organiser(name="Loin Taine")
    term, _person = make_holder(net.seat("0101"))
    found = begun(term, words="Je déménage.", gives_notes=True)
    term.refresh_from_db()
    assert (found.status, found.gives_notes, term.ends_at) == (HandOverStatus.BEGUN, True, None)
    assert list(Message.objects.filter(purpose="relays.hand_over_asked").values_list("person__user", flat=True)) == [nadia.pk]
    assert far.pk != nadia.pk
    assert Entry.objects.filter(name="hand_over.begun", subject_id=found.pk).exists()


@pytest.mark.parametrize(("days", "is_good"), [(-1, False), (0, True), (92, True), (93, False)])
def test_the_last_day_is_today_at_the_earliest(net: SmallNetwork, days: int, is_good: bool):
    term, _ = make_holder(net.seat("0101"))
    if is_good:
        assert begun(term, ends_on=(TODAY + timedelta(days=days)).date())
    else:
        with pytest.raises(Invalid) as wrong:
            begun(term, ends_on=(TODAY + timedelta(days=days)).date())
        assert "ends_on" in wrong.value.fields


def test_one_hand_over_of_a_term_at_a_time(net: SmallNetwork):
    term, _ = make_holder(net.seat("0101"))
    first = begun(term)
    with pytest.raises(Conflict) as wrong:
        begun(term)
    assert wrong.value.code == "hand_over_under_way"
    services.take_back_hand_over(hand_over_id=first.pk, by=term.person.user, now=TODAY)
    assert begun(term).pk != first.pk


def test_an_organiser_begins_it_for_who_asked_by_telephone_but_never_gives_their_notes(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, person = make_holder(net.seat("0101"))
    found = begun(term, by=nadia, gives_notes=True)
    assert not found.gives_notes
    assert mails() == ["relays.hand_over_begun"]
    with pytest.raises(Forbidden):
        services.let_notes_go_along(hand_over_id=found.pk, by=nadia, gives_notes=True)
    assert services.let_notes_go_along(hand_over_id=found.pk, by=person.user, gives_notes=True).gives_notes


def test_taken_back_everything_stays_as_it_was_and_who_did_not_do_it_is_told(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, person = make_holder(net.seat("0101"))
    note = written(term)
    found = begun(term, gives_notes=True)
    services.take_back_hand_over(hand_over_id=found.pk, by=nadia, now=TODAY)
    services.take_back_hand_over(hand_over_id=found.pk, by=nadia, now=TODAY)
    term.refresh_from_db()
    note.refresh_from_db()
    assert (term.ends_at, note.handed_at) == (None, None)
    assert list(Message.objects.filter(purpose="relays.hand_over_taken_back").values_list("person", flat=True)) == [person.pk]


def test_it_passes_to_the_stand_in_with_the_notes_in_one_go(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    seat = net.seat("0101")
    term, _person = make_holder(seat)
    standing, ada = make_holder(seat, kind=TermKind.STAND_IN, email="ada@people.example", given_name="Ada")
    theirs, hers = written(term), written(standing, "À moi.")
    found = begun(term, successor_id=ada.pk, gives_notes=True)
    next_term = services.complete_hand_over(hand_over_id=found.pk, successor_id=ada.pk, by=nadia, now=TODAY)
    for row in (term, standing, theirs, hers, found):
        row.refresh_from_db()
    assert (term.ending, standing.ending) == (TermEnding.HANDED_OVER, TermEnding.BECAME_RELAY)
    assert next_term is not None
    assert (next_term.person, next_term.kind, next_term.ends_at) == (ada, TermKind.RELAY, None)
    assert (theirs.handed_at, hers.handed_at) == (TODAY, None), "who stood in keeps what she wrote"
    assert (found.status, found.settled_by) == (HandOverStatus.DONE, nadia)
    running = set(Grant.objects.running(TODAY).filter(origin__startswith="term:").values_list("user__email", "role"))
    assert running == {("ada@people.example", "relay")}
    assert mails() == ["relays.hand_over_asked", "relays.handed_over", "relays.welcome"], "nobody is told that an organiser ended it"


def test_it_passes_to_an_applicant_who_is_appointed_by_it(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, _ = make_holder(net.seat("0101"))
    application = make_application(net.seat("0101"), at=TODAY - timedelta(hours=3))
    next_term = services.complete_hand_over(hand_over_id=begun(term).pk, successor_id=application.person_id, by=nadia, now=TODAY)
    application.refresh_from_db()
    application.promise.refresh_from_db()
    assert next_term is not None
    assert (next_term.application, application.status) == (application, ApplicationStatus.APPROVED)
    assert application.promise.kept_at == TODAY
    next_term.person.refresh_from_db()
    assert next_term.person.user is not None


@pytest.mark.parametrize("stands_in", [True, False])
def test_what_was_written_and_waits_goes_to_the_applicant_who_takes_the_seat(net: SmallNetwork, stands_in: bool):
    nadia = net.organiser("department", "01")
    term, _ = make_holder(net.seat("0101"))
    if stands_in:
        make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
    waits = make_conversation(net.seat("0101"), at=TODAY)
    application = make_application(net.seat("0101"), at=TODAY - timedelta(hours=3))
    told = Message.objects.filter(purpose="relays.conversation_turn").exclude(person=term.person)
    services.complete_hand_over(hand_over_id=begun(term).pk, successor_id=application.person_id, by=nadia, now=TODAY)
    waits.refresh_from_db()
    assert waits.answerer == application.person
    assert [mail.person for mail in told] == [application.person]


@pytest.mark.parametrize("is_by_day", [True, False])
def test_without_anybody_what_was_written_and_waits_goes_to_the_organisers(net: SmallNetwork, is_by_day: bool):
    nadia = net.organiser("department", "01")
    term, _ = make_holder(net.seat("0101"))
    waits = make_conversation(net.seat("0101"), at=TODAY)
    found = begun(term)
    if is_by_day:
        services.end_handed_over(now=TODAY + timedelta(days=5))
    else:
        services.complete_hand_over(hand_over_id=found.pk, by=nadia, now=TODAY)
    waits.refresh_from_db()
    assert waits.answerer is None
    assert Message.objects.filter(purpose="relays.conversation_turn", person=nadia.person).count() == 1


def test_without_anybody_the_seat_is_open_and_the_notes_wait(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, _ = make_holder(net.seat("0101"))
    note = written(term)
    assert services.complete_hand_over(hand_over_id=begun(term, gives_notes=True).pk, by=nadia, now=TODAY) is None
    note.refresh_from_db()
    assert note.handed_at == TODAY
    assert not Term.objects.filter(ends_at__isnull=True).exists()


def test_who_may_not_hold_it_any_more_is_refused_and_nothing_has_changed(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, _ = make_holder(net.seat("0101"))
    application = make_application(net.seat("0101"), at=TODAY)
    found = begun(term, successor_id=application.person_id)
    services.withdraw_application(application_id=application.pk, now=TODAY)
    with pytest.raises(Invalid) as wrong:
        services.complete_hand_over(hand_over_id=found.pk, successor_id=application.person_id, by=nadia, now=TODAY)
    term.refresh_from_db()
    assert "successor" in wrong.value.fields
    assert term.ends_at is None


def test_on_the_day_after_the_last_one_it_is_done_by_itself_in_the_time_of_the_place(net: SmallNetwork):
    net.organiser("department", "01")
    term, _person = make_holder(net.seat("0101"))
    note = written(term)
    found = begun(term, ends_on=TODAY.date(), gives_notes=True)
    assert services.end_handed_over(now=TODAY + timedelta(hours=6)) == 0
    assert services.end_handed_over(now=TODAY + timedelta(hours=13)) == 1
    assert services.end_handed_over(now=TODAY + timedelta(hours=14)) == 0
    for row in (term, note, found):
        row.refresh_from_db()
    assert (term.ending, found.status, found.settled_by) == (TermEnding.HANDED_OVER, HandOverStatus.DONE, None)
    assert note.handed_at is not None
    assert mails() == ["relays.hand_over_asked", "relays.handed_over", "relays.seat_open"]


@pytest.mark.parametrize("who", ["holder", "organiser", "erased"])
def test_ending_without_completing_settles_it_and_says_how_it_ended(net: SmallNetwork, who: str):
    nadia = net.organiser("department", "01")
    term, person = make_holder(net.seat("0101"))
    written(term)
    found = begun(term, gives_notes=True)
    if who == "erased":
        people.erase_person(person_id=person.pk, now=TODAY)
        assert (HandOver.objects.count(), SeatNote.objects.count()) == (0, 0)
    else:
        services.end_term(term_id=term.pk, by=person.user if who == "holder" else nadia, now=TODAY)
        found.refresh_from_db()
        assert found.status == HandOverStatus.DONE
        assert SeatNote.objects.get().handed_at == TODAY
    term.refresh_from_db()
    assert term.ending == {"holder": "stepped_down", "organiser": "ended_by_organiser", "erased": "erased"}[who]


def test_without_a_hand_over_the_notes_go_with_the_term(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    written(term)
    services.end_term(term_id=term.pk, by=person.user, now=TODAY)
    assert not SeatNote.objects.exists()


def test_the_end_of_the_term_closes_the_sessions(net: SmallNetwork, client):
    nadia = net.organiser("department", "01")
    term, person = make_holder(net.seat("0101"))
    sign_in(client, person.user)
    services.complete_hand_over(hand_over_id=begun(term).pk, by=nadia, now=TODAY)
    assert not Session.objects.filter(user=person.user).exists()


def test_a_holder_sees_of_who_could_come_next_only_who_agreed(net: SmallNetwork):
    seat = net.seat("0101")
    term, _ = make_holder(seat)
    make_holder(seat, kind=TermKind.STAND_IN, email="ada@people.example", given_name="Ada")
    quiet = make_application(seat, given_name="Tue", family_name="Caché", email="quiet@people.example")
    open_one = make_application(seat, given_name="Lou", family_name="Ouverte", email="open@people.example")
    agree_to_relay(open_one.person)
    found = {one.person_id: (one.short_name, one.is_seen_by_relay) for one in successors(term)}
    assert found[open_one.person_id] == ("Lou O.", True)
    assert found[quiet.person_id][1] is False
    assert ("", True) in found.values(), "the stand-in can be proposed without being named"


def test_notes_are_their_authors_to_change_and_to_take_back(net: SmallNetwork):
    seat = net.seat("0101")
    term, person = make_holder(seat)
    other_term, other = make_holder(seat, kind=TermKind.STAND_IN, email="ada@people.example")
    note = written(term, kind=NoteKind.PROMISED)

    with pytest.raises(NotFound):
        services.mend_note(note_id=note.pk, author_id=other.pk, text="Non.", due_on=None)
    with pytest.raises(NotFound):
        services.tick_note(note_id=note.pk, holder_id=other.pk, is_kept=True, now=TODAY)
    mended = services.mend_note(note_id=note.pk, author_id=person.pk, text=" Viendra en mars. ", due_on=TODAY.date())
    assert (mended.text, mended.due_on) == ("Viendra en mars.", TODAY.date())
    assert services.tick_note(note_id=note.pk, holder_id=person.pk, is_kept=True, now=TODAY).kept_at == TODAY
    services.complete_hand_over(
        hand_over_id=begun(term, gives_notes=True).pk, successor_id=other.pk, by=net.organiser("department", "01"), now=TODAY
    )
    assert services.tick_note(note_id=note.pk, holder_id=other.pk, is_kept=False, now=TODAY).kept_at is None
    with pytest.raises(Conflict):
        services.mend_note(note_id=note.pk, author_id=person.pk, text="Trop tard.", due_on=None)
    services.throw_note_away(note_id=note.pk, author_id=person.pk)
    assert not SeatNote.objects.exists()
    assert other_term.pk


def test_who_holds_the_seat_no_more_writes_nothing(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    services.end_term(term_id=term.pk, by=person.user, now=TODAY)
    with pytest.raises(Forbidden):
        written(term)


def test_a_day_belongs_to_what_was_promised_or_is_to_be_done(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    with pytest.raises(Invalid):
        services.write_note(
            seat_id=term.seat_id, author_id=person.pk, kind=NoteKind.HELP, text="La mairie.", due_on=TODAY.date(), now=TODAY
        )
    with pytest.raises(Invalid):
        written(term, "   ")


def test_what_was_handed_on_is_forgotten_after_a_year(net: SmallNetwork):
    term, _ = make_holder(net.seat("0101"))
    written(term)
    services.complete_hand_over(hand_over_id=begun(term, gives_notes=True).pk, by=net.organiser(), now=TODAY)
    assert services.forget_notes(now=TODAY + NOTES_KEPT - timedelta(days=1)) == 0
    assert services.forget_notes(now=TODAY + NOTES_KEPT + timedelta(days=1)) == 1


def test_a_copy_of_what_is_kept_has_notes_and_hand_overs(net: SmallNetwork):

    term, person = make_holder(net.seat("0101"))
    written(term)
    begun(term, words="Je déménage.")
    kept = export_of(person.pk, now=TODAY)["relays"]
    assert kept["notes"][0]["text"] == "Elle écoute mieux le matin."
    assert kept["hand_overs"][0]["words"] == "Je déménage."
