"""Two records of one person are joined and taken apart, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, Session, User
from maillage.actions.models import Assignment, Report
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging.models import Message
from maillage.people import selectors, services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.merging import MERGED_FIELDS, Kept
from maillage.people.models import Consent, ConsentState, ContactPoint, Merge, MergeStep, Person, Promise, SavedView
from maillage.people.selectors.consents import may_contact
from maillage.relays import services as relays
from maillage.relays.domain import APPLICANT_CONTACT, ApplicationStatus, TermKind
from maillage.relays.models import Application, Term
from maillage.relays.selectors import grants_without_term, terms_without_grant
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.people.merged_lives import TwoRecords, dump, two_full_records
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder, make_network

pytestmark = pytest.mark.django_db
ALL_OF_THE_OTHER = dict.fromkeys(MERGED_FIELDS, Kept.ABSORBED)


@pytest.fixture
def net() -> SmallNetwork:
    return make_network()


@pytest.fixture
def two(net: SmallNetwork) -> TwoRecords:
    return two_full_records(net)


def joined(two: TwoRecords, values: dict[str, Kept] | None = None) -> Merge:
    return services.merge_people(kept_id=two.kept.pk, absorbed_id=two.absorbed.pk, values=values or {}, by=two.by, now=now())


def two_simple(net: SmallNetwork, **fields: object) -> TwoRecords:
    """Two records with a name and a place each."""
    here = net.country.area("0101")
    kept, absorbed = make_person(area=here, email="a@people.example"), make_person(area=here, email="b@people.example")
    return TwoRecords(net=net, kept=kept, absorbed=absorbed, by=net.organiser())


@pytest.mark.parametrize("values", [{}, ALL_OF_THE_OTHER])
def test_joined_and_taken_apart_every_table_is_as_before(two: TwoRecords, values: dict[str, Kept]):
    before = dump()
    merge = joined(two, values)
    assert dump() != before
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    after = dump()
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
    assert selectors.consent_mismatches(limit=10) == []
    assert not MergeStep.objects.exists(), "what had been overwritten is not kept longer than needed"


def test_all_that_belongs_to_the_other_record_is_the_persons(two: TwoRecords):
    merge = joined(two)
    kept = Person.objects.get(pk=two.kept.pk)
    assert Person.objects.get(pk=two.absorbed.pk).merged_into_id == kept.pk
    assert set(kept.contact_points.values_list("value", flat=True)) == {
        "maia@people.example",
        "n@people.example",
        "+33600000001",
        "+33600000009",
    }
    assert kept.contact_points.get(value="n@people.example").verified_at is not None, "the other record proved it"
    assert kept.contact_points.filter(channel=Channel.PHONE, is_preferred=True).count() == 1
    assert set(Term.objects.filter(person=kept).values_list("seat__area__code", flat=True)) == {"0101", "0103"}
    assert kept.assignments.count() == 2
    assert Report.objects.get().author_id == kept.pk
    assert set(SavedView.objects.filter(owner=kept.user).values_list("name", flat=True)) == {"Ici", "Ailleurs"}
    assert list(SavedView.objects.filter(owner_id=two.absorbed.user_id).values_list("name", flat=True)) == ["Ici"], "one name, one view"
    assert kept.origins.count() == 1
    assert kept.absorbed.get().pk == two.absorbed.pk
    assert Message.objects.filter(person_id=two.absorbed.pk).count() == 1, "the same mail about the same thing, twice, is one"
    assert Entry.objects.filter(name="person.merged", subject_id=str(kept.pk)).get().data == {
        "absorbed_id": str(two.absorbed.pk),
        "merge_id": str(merge.pk),
    }


def test_of_two_applications_for_one_seat_the_one_that_waits_longest_goes_on(two: TwoRecords):
    joined(two)
    asked = Application.objects.filter(seat__area__code="0102")
    assert sorted(asked.values_list("status", flat=True)) == ["submitted", "withdrawn"]
    assert asked.get(status=ApplicationStatus.SUBMITTED).person_id == two.kept.pk
    assert Promise.objects.filter(application__in=asked, released_at__isnull=True, kept_at__isnull=True).count() == 1


def test_one_way_to_sign_in_remains_with_the_roles_of_both(two: TwoRecords):
    assert two.kept.user
    assert two.absorbed.user
    Session.objects.create(session_key="k", session_data="", expire_date=now() + timedelta(days=1), user=two.absorbed.user)
    merge = joined(two)
    running = Grant.objects.running(now()).filter(role=Role.RELAY)
    assert set(running.values_list("user_id", flat=True)) == {two.kept.user_id}
    assert list(terms_without_grant(now=now())) == []
    assert list(grants_without_term(now=now())) == []
    assert not User.objects.get(pk=two.absorbed.user_id).is_active
    assert not Session.objects.filter(user=two.absorbed.user).exists()
    Session.objects.create(session_key="l", session_data="", expire_date=now() + timedelta(days=1), user=two.kept.user)
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    assert User.objects.get(pk=two.absorbed.user_id).is_active
    assert not Session.objects.filter(user=two.kept.user).exists(), "a browser would still show what the roles opened"


def test_the_only_account_goes_to_the_record_that_stays_and_back(net: SmallNetwork):
    two = two_simple(net)
    user = make_user("b@people.example")
    Person.objects.filter(pk=two.absorbed.pk).update(user=user)
    relays.open_term(seat=net.seat("0102"), person=two.kept, kind=TermKind.RELAY, now=now(), by=None)
    Person.objects.filter(pk=two.kept.pk).update(user=None)
    User.objects.filter(email="a@people.example").delete()
    before = dump()
    merge = joined(two)
    assert Person.objects.get(user=user).pk == two.kept.pk
    assert list(terms_without_grant(now=now())) == [], "whoever signs in now has the role of the seat that they held without"
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    assert dump() == before


def test_a_withdrawal_always_wins_and_the_states_agree_with_the_log(two: TwoRecords):
    merge = joined(two)
    assert not may_contact(person_id=two.kept.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    assert may_contact(person_id=two.kept.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)
    assert not ConsentState.objects.filter(person_id=two.absorbed.pk).exists()
    assert set(Consent.objects.filter(source="merge").values_list("person_id", "act")) == {
        (two.kept.pk, "withdrawn"),
        (two.kept.pk, "given"),
        (two.absorbed.pk, "moved"),
    }
    assert services.check_consents(now=now()) == 0
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    assert may_contact(person_id=two.kept.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    assert not may_contact(person_id=two.absorbed.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    assert services.check_consents(now=now()) == 0


def test_what_is_withdrawn_while_joined_is_withdrawn_for_both(net: SmallNetwork):
    two = two_simple(net)
    agree_to_relay(two.kept), agree_to_relay(two.absorbed)
    merge = joined(two)
    # By a link in a mail that the other record once got: it reaches the person all the same.
    services.change_consent(
        person_id=two.absorbed.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, is_given=False, source="mail_link", now=now()
    )
    services.withdraw_consent(person_id=two.absorbed.pk, purpose="relays.brief", channel=Channel.EMAIL, source="mail_link", now=now())
    assert not may_contact(person_id=two.kept.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    for person in (two.kept, two.absorbed):
        states = dict(ConsentState.objects.filter(person=person).values_list("purpose", "is_given"))
        assert states == {RELAY_CONTACT.purpose: False, "relays.brief": False}
    assert services.check_consents(now=now()) == 0


def test_what_is_agreed_while_joined_stays_with_the_record_that_stood(net: SmallNetwork):
    two = two_simple(net)
    merge = joined(two)
    agree_to_relay(two.kept)
    point = ContactPoint.objects.create(person=two.kept, channel=Channel.PHONE, value="+33600000003")
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    assert may_contact(person_id=two.kept.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    assert not ConsentState.objects.filter(person=two.absorbed).exists()
    assert ContactPoint.objects.get(pk=point.pk).person_id == two.kept.pk


def test_what_was_changed_or_deleted_since_is_left_alone(net: SmallNetwork):
    two = two_simple(net)
    Person.objects.filter(pk=two.absorbed.pk).update(given_name="Nadège", folded_name=" ferhat nadege")
    merge = joined(two, {"given_name": Kept.ABSORBED})
    kept = Person.objects.get(pk=two.kept.pk)
    assert (kept.given_name, kept.folded_name) == ("Nadège", " ferhat nadege")
    kept.given_name = "Nadia-Rose"
    kept.save()
    ContactPoint.objects.get(value="b@people.example").delete()
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    kept.refresh_from_db()
    assert kept.given_name == "Nadia-Rose"
    assert not two.absorbed.contact_points.exists()


def test_three_records_are_taken_apart_from_the_last(net: SmallNetwork):
    two = two_simple(net)
    third = make_person(area=net.country.area("0101"), email="c@people.example")
    before = dump()
    first = joined(two)
    second = services.merge_people(kept_id=third.pk, absorbed_id=two.kept.pk, values={}, by=two.by, now=now())
    assert selectors.standing_id(two.absorbed.pk) == third.pk
    assert selectors.family_ids(third.pk) == sorted([third.pk, two.kept.pk, two.absorbed.pk])
    with pytest.raises(Conflict) as refused:
        services.take_apart(merge_id=first.pk, by=two.by, now=now())
    assert refused.value.code == "merged_since"
    for merge in (second, first, first):
        services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    assert dump() == before


def test_one_record_is_absorbed_once_and_never_by_itself(net: SmallNetwork):
    two = two_simple(net)
    third = make_person(area=net.country.area("0101"))
    joined(two)
    with pytest.raises(Conflict) as refused:
        services.merge_people(kept_id=third.pk, absorbed_id=two.absorbed.pk, values={}, by=two.by, now=now())
    assert refused.value.code == "merged_already"
    with pytest.raises(Invalid):
        services.merge_people(kept_id=third.pk, absorbed_id=third.pk, values={}, by=two.by, now=now())
    with pytest.raises(Invalid):
        services.merge_people(kept_id=third.pk, absorbed_id=two.kept.pk, values={"user": Kept.KEPT}, by=two.by, now=now())


def barred(two: TwoRecords, by: User | None = None) -> list[str]:
    with pytest.raises(Conflict) as refused:
        services.merge_people(kept_id=two.kept.pk, absorbed_id=two.absorbed.pk, values={}, by=by or two.by, now=now())
    assert refused.value.code == "merge_barred"
    assert not Merge.objects.exists()
    return list(refused.value.extra["bars"])  # type: ignore[call-overload]


def test_nobody_comes_by_a_role_that_was_given_to_somebody_else(net: SmallNetwork):
    two = two_simple(net)
    Person.objects.filter(pk=two.absorbed.pk).update(user=make_granted(Role.ADMINISTRATOR, net.country.country))
    assert len(barred(two)) == 1
    other_way = TwoRecords(net=net, kept=two.absorbed, absorbed=two.kept, by=two.by)
    assert joined(other_way), "the record with the role stays"


def test_nobody_joins_their_own_record_to_another(net: SmallNetwork):
    two = two_simple(net)
    Person.objects.filter(user=two.by).update(area=net.country.area("0101"))
    own = Person.objects.get(user=two.by)
    for kept, absorbed in ((own, two.kept), (two.kept, own)):
        assert barred(TwoRecords(net=net, kept=kept, absorbed=absorbed, by=two.by))


def test_a_seat_held_by_one_and_stood_in_by_the_other_is_settled_first(net: SmallNetwork):
    _term, kept = make_holder(net.seat("0101"))
    _other, absorbed = make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
    (bar,) = barred(TwoRecords(net=net, kept=kept, absorbed=absorbed, by=net.organiser()))
    assert net.seat("0101").area.called in bar


def test_an_application_that_nobody_may_call_about_any_more_is_decided_first(net: SmallNetwork):
    two = two_simple(net)
    make_application(net.seat("0101"), person=two.kept)
    services.withdraw_consent(person_id=two.absorbed.pk, purpose=APPLICANT_CONTACT.purpose, channel=Channel.EMAIL, source="x", now=now())
    assert len(barred(two)) == 1


@pytest.mark.parametrize("who", [lambda net: net.organiser("department", "02"), lambda net: make_holder(net.seat("0101"))[1].user])
def test_only_who_organises_both_joins_them_and_takes_them_apart(net: SmallNetwork, who: Callable[[SmallNetwork], User]):
    two = two_simple(net)
    with pytest.raises(NotFound):
        services.merge_people(kept_id=two.kept.pk, absorbed_id=two.absorbed.pk, values={}, by=who(net), now=now())
    merge = joined(two)
    stranger = net.organiser("department", "02", name="Hugo Lamy")
    with pytest.raises(NotFound):
        services.take_apart(merge_id=merge.pk, by=stranger, now=now())


def test_the_unconfirmed_and_the_erased_are_not_there(net: SmallNetwork):
    two = two_simple(net)
    services.erase_person(person_id=two.absorbed.pk, now=now())
    with pytest.raises(NotFound):
        joined(two)


def test_a_hidden_record_is_in_no_list_and_nothing_is_written_to_it(two: TwoRecords):
    joined(two)
    reached = selectors.people_reached(two.by, now=now())
    assert two.absorbed not in reached
    assert selectors.email_addresses([two.absorbed.pk]) == {}
    assert Assignment.objects.filter(holder=two.absorbed).count() == 0
    met = services.meet_person(given_name="Maia", family_name="Quillon", email="n@people.example", language="fr", now=now())
    assert (met.person.pk, met.is_known) == (two.kept.pk, True), "whoever types the other name is the same person"


def test_a_seat_taken_by_a_hidden_record_is_the_persons(net: SmallNetwork):
    two = two_simple(net)
    joined(two)
    term = relays.open_term(seat=net.seat("0102"), person=two.absorbed, kind=TermKind.RELAY, now=now(), by=None)
    assert term.person_id == two.kept.pk


def test_erasing_the_person_erases_both_records_and_what_the_merge_kept(two: TwoRecords):
    joined(two, ALL_OF_THE_OTHER)
    services.erase_person(person_id=two.absorbed.pk, now=now())
    assert Person.objects.filter(pk__in=[two.kept.pk, two.absorbed.pk], erased_at__isnull=False).count() == 2
    assert not Merge.objects.exists()
    assert not MergeStep.objects.exists()
    assert not User.objects.filter(pk__in=[two.kept.user_id, two.absorbed.user_id]).exists()
    text = str(dump())
    assert "Quillon" not in text
    assert "n@people.example" not in text


def test_a_copy_of_ones_data_holds_both_records_and_says_who_joined_them(two: TwoRecords):
    merge = joined(two)
    copy = selectors.export_of(two.kept.pk, now=now())
    assert copy["joined"][0]["people"]["family_name"] == "Quillon"
    assert copy["joined"][0]["messaging"]["messages"]
    assert [line["act"] for line in copy["joined"][0]["people"]["consent_log"]][-1] == "moved"
    assert [(line["merged_at"], line["by"]) for line in copy["people"]["merges"]] == [(merge.merged_at, "Inès Prat")]


def test_who_read_about_either_record_is_told(two: TwoRecords):
    for person in (two.kept, two.absorbed):
        services.note_access(reader=two.by, role=Role.ORGANISER, reading="people.card", person_ids=[person.pk], now=now())
        assert person.user
        services.note_access(reader=person.user, role=Role.RELAY, reading="people.card", person_ids=[two.absorbed.pk], now=now())
    merge = joined(two)
    assert len(selectors.accesses_of(two.kept.pk, after=None, limit=50)["items"]) == 1, "it is not settled that the other is theirs too"
    services.settle_merge(merge_id=merge.pk, now=now())
    seen = selectors.accesses_of(two.kept.pk, after=None, limit=50)["items"]
    assert [line["reader"] for line in seen] == ["Inès Prat"] * 2, "and not what they read of themself, signed in either way"
    services.take_apart(merge_id=merge.pk, by=two.by, now=now())
    assert len([line for line in selectors.accesses_of(two.kept.pk, after=None, limit=50)["items"] if line["reader"] == "Inès Prat"]) == 1
