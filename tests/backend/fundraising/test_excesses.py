"""What was given beyond a cap goes back by the treasurer's word, and who may be one person is said by them."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.excess import going_back
from maillage.fundraising.domain.words import DonationState, ExcessState, Method, Nature, NearState
from maillage.fundraising.models import Donation, DonorIdentity, Excess, NearIdentity, RefundAuthorisation
from maillage.fundraising.selectors.allowance import group_of
from maillage.fundraising.selectors.own import donations_of
from maillage.fundraising.services.near import MOST, find_near
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.people.domain.law import GivingRules
from maillage.people.models import Access
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import make_donation, make_donor, make_fund
from tests.backend.people.factories import make_person

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
AGENT = {"authorised_by": "Anne Mandat", "authorised_on": date(2026, 11, 20), "reference": "mail of the 20th"}


@pytest.fixture
def fund():
    return make_fund(code="rive-commune")


@pytest.fixture
def treasurer(small_country):
    return make_granted(Role.TREASURER, small_country.country)


def given(fund, amount, *, minutes=0, who=None, **fields):
    """A settled donation, and what follows from the fact of it."""
    donor = fields.pop("donor", None) or make_donor(**who or {})
    donation = make_donation(fund, amount=amount, state=DonationState.SETTLED, at=AT + timedelta(minutes=minutes), donor=donor, **fields)
    services.follow_caps(donation_id=donation.pk, now=now())
    return donation


def refunded(donation, cents):
    Donation.objects.filter(pk=donation.pk).update(refunded=cents)
    services.follow_caps(donation_id=donation.pk, now=now())


def found():
    return dict(Excess.objects.filter(state=ExcessState.FOUND).values_list("donation", "cents"))


# what is too much


@pytest.mark.parametrize(
    ("over", "left", "parts"),
    [(0, [5], []), (3, [5], [3]), (7, [5, 4], [5, 2]), (20, [5, 4], [5, 4]), (-4, [5], []), (3, [0, 5], [None, 3])],
)
def test_the_latest_goes_back_first(over, left, parts):
    ids = [uuid4() for _ in left]
    assert going_back(over, zip(ids, left, strict=True)) == {pk: part for pk, part in zip(ids, parts, strict=False) if part}


def test_what_passes_the_cap_is_found_once_whoever_proved_what(fund):
    first = given(fund, 700_000)
    assert found() == {}
    last = given(fund, 60_000, minutes=5, who={"email": "other@people.example", "proved_at": AT})
    for donation in (first, last, first):
        services.follow_caps(donation_id=donation.pk, now=now())
    assert found() == {last.pk: 10_000}
    excess = Excess.objects.get()
    assert (excess.cap, excess.period, excess.fund) == ("all_parties_a_year", "2026", fund)
    assert Entry.objects.filter(name="excess.found").count() == 1


def test_all_recipients_under_the_same_rules_count_and_others_do_not(fund):
    given(fund, 700_000)
    given(make_fund(GivingRules.FR_ASSOCIATION), 900_000)
    last = given(make_fund(), 100_000, minutes=5)
    assert found() == {last.pk: 50_000}


def test_dues_of_whoever_holds_an_elective_office_are_no_excess_where_the_treasurer_wrote_it(fund):
    given(fund, 700_000)
    given(fund, 100_000, nature=Nature.DUES, donor=make_donor(elected=True), method=Method.CHEQUE)
    assert found() == {}
    last = given(fund, 60_000, minutes=5, nature=Nature.DUES, donor=make_donor(elected=True))
    assert found() == {last.pk: 10_000}


def test_what_goes_back_is_no_excess_any_more(fund):
    given(fund, 700_000)
    last = given(fund, 60_000, minutes=5)
    refunded(last, 4_000)
    assert found() == {last.pk: 6_000}
    refunded(last, 10_000)
    assert list(Excess.objects.values_list("state", "cents")) == [(ExcessState.RETURNED, 6_000)]
    refunded(last, 4_000)  # the refund failed
    assert found() == {last.pk: 6_000}


def test_a_refund_of_an_earlier_donation_frees_the_later_one(fund):
    first = given(fund, 700_000)
    given(fund, 60_000, minutes=5)
    refunded(first, 10_000)
    assert not Excess.objects.exists()


def test_what_fails_or_waits_is_no_excess(fund):
    given(fund, 700_000)
    for state in set(DonationState) - {DonationState.SETTLED}:
        donation = make_donation(fund, amount=100_000, state=state, at=AT)
        services.follow_caps(donation_id=donation.pk, now=now())
    assert found() == {}


def test_whoever_gave_reads_it_in_the_file_of_their_data(fund):
    person = make_person()
    given(fund, 700_000)
    given(fund, 60_000, minutes=5, donor=make_donor(person=person, proved_at=AT))
    (told,) = donations_of(person.pk)["beyond_the_cap"]
    assert (told["cents"], told["period"], told["state"]) == (10_000, "2026", "found")


# what the treasurer decides


def test_what_the_agent_authorised_stands_until_it_went_back(fund, treasurer):
    given(fund, 700_000)
    last = given(fund, 60_000, minutes=5)
    excess = services.authorise_excess(excess_id=Excess.objects.get().pk, by=treasurer, now=now(), **AGENT)
    assert RefundAuthorisation.objects.get().amount == 10_000
    services.follow_caps(donation_id=last.pk, now=now())
    assert found() == {}
    later = given(fund, 1_000, minutes=9)
    assert found() == {later.pk: 1_000}
    refunded(last, 10_000)
    excess.refresh_from_db()
    assert (excess.state, found()) == (ExcessState.RETURNED, {later.pk: 1_000})
    with pytest.raises(Conflict) as refused:
        services.undo_excess(excess_id=excess.pk, by=treasurer, now=now())
    assert refused.value.code == "already_given_back"


def test_what_the_agent_authorised_can_be_taken_back_before_it_goes(fund, treasurer):
    given(fund, 700_000)
    last = given(fund, 60_000, minutes=5)
    excess = services.authorise_excess(excess_id=Excess.objects.get().pk, by=treasurer, now=now(), **AGENT)
    services.undo_excess(excess_id=excess.pk, by=treasurer, now=now())
    assert found() == {last.pk: 10_000}
    assert not RefundAuthorisation.objects.exists()


def test_what_stays_stays_for_a_reason_and_can_be_found_again(fund, treasurer):
    given(fund, 700_000)
    last = given(fund, 60_000, minutes=5)
    excess = Excess.objects.get()
    with pytest.raises(Invalid):
        services.dismiss_excess(excess_id=excess.pk, reason=" ", by=treasurer, now=now())
    services.dismiss_excess(excess_id=excess.pk, reason="Two cousins of one name", by=treasurer, now=now())
    with pytest.raises(Conflict):
        services.dismiss_excess(excess_id=excess.pk, reason="Again", by=treasurer, now=now())
    services.follow_caps(donation_id=last.pk, now=now())
    assert found() == {}
    services.undo_excess(excess_id=excess.pk, by=treasurer, now=now())
    assert found() == {last.pk: 10_000}


# who may be one person


def test_near_identities_that_both_gave_are_proposed_once(fund):
    given(fund, 1_000)
    for who in ({"given_name": "Clare"}, {"given_name": "C"}, {"given_name": "Dumontel", "family_name": "Claire"}):
        given(fund, 1_000, who=who)
    given(fund, 1_000, who={"born_on": date(1984, 5, 18)})
    given(fund, 1_000, who={"given_name": "Zoé"})
    near = NearIdentity.objects.filter(one__given_key="claire", one__family_key="dumontel", one__born_on=date(1984, 5, 17))
    assert sorted(near.values_list("why", flat=True)) == ["birth_date_slip", "given_initial", "names_swapped", "typing_slip"]
    for identity in DonorIdentity.objects.all():
        assert find_near(identity_id=identity.pk, now=now()) == 0


def test_who_never_gave_is_proposed_to_nobody(fund):
    make_donor(given_name="Clare")
    given(fund, 1_000)
    assert not NearIdentity.objects.exists()


def test_of_very_many_who_declare_one_birth_date_a_few_are_proposed(fund, django_assert_num_queries):
    for number in range(MOST + 5):
        given(fund, 100, who={"given_name": "Claire" + "abcdefghijklmnopqrstuvwxyz"[number]})
    NearIdentity.objects.all().delete()
    donation = given(fund, 100)
    NearIdentity.objects.all().delete()
    with django_assert_num_queries(8):
        assert find_near(identity_id=donation.donor.identity_id, now=now()) == MOST


def test_the_same_person_is_counted_as_one_and_undone_in_the_same_way(fund, treasurer):
    first = given(fund, 700_000)
    last = given(fund, 60_000, minutes=5, who={"given_name": "Clare"})
    near = NearIdentity.objects.get()
    assert found() == {}
    services.decide_near(near_id=near.pk, state=NearState.SAME, by=treasurer, now=now())
    services.decide_near(near_id=near.pk, state=NearState.SAME, by=treasurer, now=now())
    assert found() == {last.pk: 10_000}
    assert group_of(last.donor.identity_id) == sorted([first.donor.identity_id, last.donor.identity_id])
    services.decide_near(near_id=near.pk, state=NearState.OPEN, by=treasurer, now=now())
    assert found() == {}
    assert group_of(last.donor.identity_id) == [last.donor.identity_id]
    services.decide_near(near_id=near.pk, state=NearState.NOT_SAME, by=treasurer, now=now())
    assert found() == {}
    assert Entry.objects.filter(name="near_identity.decided").count() == 3


def test_three_spellings_are_one_group_and_part_where_the_pair_between_them_is_undone(fund, treasurer):
    donations = [given(fund, 1_000, who={"given_name": name}) for name in ("Claire", "Clare", "Clar")]
    claire, clare, clar = (donation.donor.identity_id for donation in donations)
    pairs = {(near.one_id, near.other_id): near.pk for near in NearIdentity.objects.all()}
    for pair in ((clare, clar), (claire, clare)):
        services.decide_near(near_id=pairs[pair], state=NearState.SAME, by=treasurer, now=now())
    assert group_of(clar) == [claire, clare, clar]
    assert set(DonorIdentity.objects.values_list("counts_as", flat=True)) == {None, claire}
    services.decide_near(near_id=pairs[claire, clare], state=NearState.NOT_SAME, by=treasurer, now=now())
    assert (group_of(claire), group_of(clar)) == ([claire], [clare, clar])


# the treasurer's lists


def client_of(user):
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    return client


def post(client, path, body=None):
    return client.post(f"/api/v1/fundraising/{path}", json.dumps(body or {}), content_type="application/json")


def test_the_list_names_who_gave_what_and_why_it_goes_back(fund, treasurer):
    person = make_person()
    given(fund, 700_000)
    last = given(fund, 60_000, minutes=5, donor=make_donor(person=person, proved_at=AT))
    (item,) = client_of(treasurer).get("/api/v1/fundraising/excesses/").json()["items"]
    assert (item["given_name"], item["family_name"], item["born_on"], item["cents"]) == ("Claire", "Dumontel", "1984-05-17", 10_000)
    assert (item["fund"], item["donation"], item["amount"], item["is_proved"]) == (fund.code, str(last.pk), 60_000, True)
    assert "€7,500" in item["said"]
    assert list(Access.objects.values_list("reading", "person_ids")) == [("fundraising.excesses", [person.pk])]


def test_the_list_is_paged_by_state_and_recipient(fund, treasurer):
    for number in range(3):
        who = {"family_name": "Martin" + "abc"[number], "born_on": date(1960 + 11 * number, 1, 1)}
        given(fund, 700_000, who=who)
        given(fund, 100_000, minutes=5, who=who)
    client = client_of(treasurer)
    first = client.get("/api/v1/fundraising/excesses/?limit=2").json()
    second = client.get(f"/api/v1/fundraising/excesses/?limit=2&after={first['next']}").json()
    assert len({item["id"] for item in first["items"] + second["items"]}) == 3
    assert second["next"] is None
    assert client.get("/api/v1/fundraising/excesses/?state=dismissed").json()["items"] == []
    counts = {code: len(client.get(f"/api/v1/fundraising/excesses/?fund={code}").json()["items"]) for code in (fund.code, "elsewhere")}
    assert counts == {fund.code: 3, "elsewhere": 0}


def test_the_treasurer_decides_and_undoes(fund, treasurer):
    given(fund, 700_000)
    given(fund, 60_000, minutes=5)
    client, excess = client_of(treasurer), Excess.objects.get()
    assert post(client, f"excesses/{excess.pk}/dismiss/").json()["fields"].keys() == {"reason"}
    assert post(client, f"excesses/{excess.pk}/dismiss/", {"reason": "Cousins"}).status_code == 204
    assert post(client, f"excesses/{excess.pk}/undo/").status_code == 204
    again = Excess.objects.get()
    wrong = post(client, f"excesses/{again.pk}/authorise/", {"authorised_by": "", "authorised_on": "2026-11-20", "reference": ""})
    assert wrong.json()["fields"].keys() == {"authorised_by", "reference"}
    said = {"authorised_by": "Anne Mandat", "authorised_on": "2026-11-20", "reference": "mail"}
    assert post(client, f"excesses/{again.pk}/authorise/", said).status_code == 204
    assert Excess.objects.get().state == ExcessState.AUTHORISED


def test_pairs_are_listed_with_what_each_declared_and_gave(fund, treasurer):
    given(fund, 1_000)
    given(fund, 2_000, who={"given_name": "Clare", "email": "clare@people.example"})
    client = client_of(treasurer)
    (item,) = client.get("/api/v1/fundraising/near-identities/").json()["items"]
    assert (item["why"], item["said"]) == ("typing_slip", "One letter differs.")
    assert [(side["given_name"], side["given"], side["email"]) for side in item["sides"]] == [
        ("Claire", 1_000, "claire.dumontel@people.example"),
        ("Clare", 2_000, "clare@people.example"),
    ]
    assert post(client, f"near-identities/{item['id']}/decide/", {"state": "same"}).status_code == 204
    assert client.get("/api/v1/fundraising/near-identities/").json()["items"] == []
    assert len(client.get("/api/v1/fundraising/near-identities/?state=same").json()["items"]) == 1


def test_a_treasurer_sees_no_donor_of_another_recipient(small_country, fund):
    department = small_country.area("01", kind="department")
    elsewhere = make_fund(area=department)
    given(fund, 700_000)
    given(elsewhere, 800_000, minutes=5, who={"given_name": "Clare"})
    pair = NearIdentity.objects.get()
    local, national = client_of(make_granted(Role.TREASURER, department)), client_of(make_granted(Role.TREASURER, small_country.country))
    assert len(local.get("/api/v1/fundraising/excesses/").json()["items"]) == 1
    assert local.get("/api/v1/fundraising/near-identities/").json()["items"] == []
    assert post(local, f"near-identities/{pair.pk}/decide/", {"state": "same"}).status_code == 404
    assert len(national.get("/api/v1/fundraising/near-identities/").json()["items"]) == 1
    assert post(national, f"near-identities/{pair.pk}/decide/", {"state": "same"}).status_code == 204


def test_a_page_of_either_list_is_a_few_queries_however_long(fund, treasurer, django_assert_max_num_queries):
    for number in range(8):
        given(fund, 800_000, who={"given_name": "Claire" + "abcdefgh"[number]})
    client = client_of(treasurer)
    for path in ("excesses/", "near-identities/"):
        client.get(f"/api/v1/fundraising/{path}")
        with django_assert_max_num_queries(13):
            assert len(client.get(f"/api/v1/fundraising/{path}").json()["items"]) >= 8
