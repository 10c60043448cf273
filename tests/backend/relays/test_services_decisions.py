from datetime import timedelta

import pytest

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging.models import Message
from maillage.relays import selectors, services
from maillage.relays.domain import ApplicationStatus, TermKind
from maillage.relays.models import Term
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder


def test_a_call_keeps_the_promise_once(net: SmallNetwork):
    organiser, application = net.organiser(), make_application(net.seat("0101"), at=now() - timedelta(hours=20))
    services.note_contact(application_id=application.pk, by=organiser, now=now())
    first = now()
    services.note_contact(application_id=application.pk, by=net.organiser("department", "01", name="Autre Autre"), now=now())
    application.refresh_from_db()
    assert application.status == ApplicationStatus.CONTACTED
    assert application.promise is not None
    assert application.promise.kept_by == organiser
    assert application.promise.kept_at is not None
    assert application.promise.kept_at <= first
    assert Entry.objects.filter(name="application.contacted").count() == 1


def test_approval_opens_term_account_and_grant_together(net: SmallNetwork):
    organiser = net.organiser()
    application = make_application(net.seat("0101"), email="samir@people.example", shows_given_name=True)
    term = services.approve_application(application_id=application.pk, by=organiser, now=now())
    user = User.objects.get(email="samir@people.example")
    grant = Grant.objects.get(user=user)
    assert (grant.role, grant.area.code, grant.origin) == (Role.RELAY, "0101", f"term:{term.pk}")
    standing = selectors.seat(net.seat("0101").pk)
    assert (standing.state, standing.holder.given_name, standing.holder.shows_given_name) == ("filled", "Samir", True)
    application.refresh_from_db()
    assert (application.status, application.decided_by, application.promise.kept_by) == ("approved", organiser, organiser)
    assert Message.objects.filter(purpose="relays.welcome", person=application.person, about_id=term.pk).count() == 1
    assert {"application.approved", "term.opened", "role.granted"} <= set(Entry.objects.values_list("name", flat=True))


def test_who_shares_an_address_with_a_user_holds_the_seat_without_one(net: SmallNetwork):
    spouse = make_person(email="both@people.example", given_name="Ana")
    make_holder(net.seat("0201"), email="", given_name="Other")
    services.open_term(seat=net.seat("0202"), person=spouse, kind=TermKind.RELAY, now=now(), by=None)
    application = make_application(net.seat("0101"), email="both@people.example")
    term = services.approve_application(application_id=application.pk, by=net.organiser(), now=now())
    term.person.refresh_from_db()
    assert term.person.user is None
    assert selectors.seat(net.seat("0101").pk).state == "filled"
    assert services.compare_grants(now=now()) == (0, 0)


def test_other_applications_stay_open_to_be_answered(net: SmallNetwork):
    chosen, other = make_application(net.seat("0101")), make_application(net.seat("0101"), email="other@people.example")
    services.approve_application(application_id=chosen.pk, by=net.organiser(), now=now())
    other.refresh_from_db()
    assert other.status == ApplicationStatus.SUBMITTED
    assert selectors.open_elsewhere(chosen.pk) == 1


def test_a_second_approval_for_a_seat_names_who_was_faster(net: SmallNetwork):
    first, second = make_application(net.seat("0101")), make_application(net.seat("0101"), email="other@people.example")
    services.approve_application(application_id=first.pk, by=net.organiser(name="Nadia Ferhat"), now=now())
    with pytest.raises(Conflict) as refused:
        services.approve_application(application_id=second.pk, by=net.organiser("department", "01", name="Paul Autre"), now=now())
    assert (refused.value.code, refused.value.extra["decided_by"]) == ("seat_taken", "Nadia Ferhat")
    second.refresh_from_db()
    assert second.status == ApplicationStatus.SUBMITTED
    assert not User.objects.filter(email="other@people.example").exists()


def test_a_stand_in_may_join_a_relay(net: SmallNetwork):
    make_holder(net.seat("0101"))
    application = make_application(net.seat("0101"))
    term = services.approve_application(application_id=application.pk, by=net.organiser(), kind=TermKind.STAND_IN, now=now())
    assert Grant.objects.get(origin=f"term:{term.pk}").role == Role.STAND_IN
    assert selectors.seat(net.seat("0101").pk).holder_kind == TermKind.RELAY


def test_declining_carries_the_organisers_words(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    with pytest.raises(Invalid):
        services.decline_application(application_id=application.pk, words="  ", by=net.organiser(), now=now())
    services.decline_application(application_id=application.pk, words=" Bienvenue au 0102. ", by=User.objects.get(), now=now())
    application.refresh_from_db()
    assert (application.status, application.decision_words) == ("declined", "Bienvenue au 0102.")
    assert application.promise.kept_at is not None
    assert Message.objects.get().purpose == "relays.application_declined"


@pytest.mark.parametrize("act", [services.note_contact, services.approve_application])
def test_what_is_decided_is_decided(net: SmallNetwork, act):
    organiser, application = net.organiser(), make_application(net.seat("0101"))
    services.decline_application(application_id=application.pk, words="Non.", by=organiser, now=now())
    with pytest.raises(Conflict) as refused:
        act(application_id=application.pk, by=organiser, now=now())
    assert (refused.value.code, refused.value.extra["decided_by"]) == ("application_decided", "Nadia Ferhat")


def test_nobody_decides_about_what_was_not_confirmed(net: SmallNetwork):
    application = make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED)
    with pytest.raises(NotFound):
        services.approve_application(application_id=application.pk, by=net.organiser(), now=now())
    assert not Term.objects.exists()


def test_ending_a_term_ends_its_grant_in_the_same_breath(net: SmallNetwork):
    organiser = net.organiser()
    term, holder = make_holder(net.seat("0101"))
    for _twice in range(2):
        services.end_term(term_id=term.pk, by=organiser, now=now())
    assert selectors.seat(net.seat("0101").pk).state == "vacant"
    assert not Grant.objects.running(now()).filter(user=holder.user).exists()
    assert Message.objects.get().purpose == "relays.term_ended"
    assert Entry.objects.filter(name="term.ended").count() == 1
    term_again, _ = make_holder(net.seat("0101"), email="next@people.example")
    assert selectors.seat(net.seat("0101").pk).term_id == term_again.pk


def test_who_leaves_is_not_written_to(net: SmallNetwork):
    term, holder = make_holder(net.seat("0101"))
    services.end_term(term_id=term.pk, by=holder.user, now=now())
    assert not Message.objects.exists()


def test_the_nightly_check_finds_what_differs(net: SmallNetwork, caplog):
    term, _holder = make_holder(net.seat("0101"))
    gone, _other = make_holder(net.seat("0102"))
    assert services.compare_grants(now=now()) == (0, 0)
    Grant.objects.filter(origin=f"term:{term.pk}").delete()
    Term.objects.filter(pk=gone.pk).update(ends_at=now())
    assert services.compare_grants(now=now()) == (1, 1)
    assert Entry.objects.get(name="grant.missed").subject_id == str(term.pk)
    assert "disagree" in caplog.text


def test_a_sign_of_life_moves_forward_only(net: SmallNetwork):
    term, holder = make_holder(net.seat("0101"))
    later = now()
    services.note_sign_of_life(person_id=holder.pk, now=later)
    services.note_sign_of_life(person_id=holder.pk, now=later - timedelta(days=3))
    term.refresh_from_db()
    holder.user.refresh_from_db()
    assert term.seen_at == holder.user.seen_at == later
