"""What somebody declared when they gave is put right by the treasurer, and all that hangs on it follows."""

import json
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.declarations import WORDS, Words
from maillage.fundraising.domain.official_numbers import Numbered
from maillage.fundraising.domain.receipts import WhyCancelled
from maillage.fundraising.models import (
    CountedDonation,
    Donation,
    Donor,
    DonorCorrection,
    DonorFile,
    DonorIdentity,
    Excess,
    Fund,
    NearIdentity,
    OfficialReceipt,
    Receipt,
)
from maillage.fundraising.selectors.own import donations_of
from maillage.fundraising.selectors.receipts import paper_of
from maillage.fundraising.services import donor_corrections, rollups
from maillage.fundraising.services.correction_letters import corrected_letter
from maillage.fundraising.services.payments import apply_payment
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.models import Message
from maillage.people.domain.law import GivingRules
from maillage.people.models import Access
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.accounts.test_step_up import grow_old
from tests.backend.days import in_days
from tests.backend.fundraising.factories import association, make_batch_row, make_donation, make_donor, make_fund, paid, settled
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

ADDRESS = {"address_lines": "12 rue des Remparts", "postcode": "26150", "city": "Die", "country": "FR"}


def words_of(donor: Donor) -> Words:
    return Words(**{name: getattr(donor, name) for name in WORDS})


def correct(donation: Donation, **said: Any) -> DonorCorrection:
    """Put some words of a donation's donor right, the others as they stand."""
    donor = Donor.objects.get(pk=donation.donor_id)
    asked = {"reason": "Her letter of the 3rd", "after": donor.corrections.count()}
    asked |= {name: said.pop(name) for name in ("reason", "after") if name in said}
    by = make_user(f"treasurer-{uuid4().hex}@people.example")
    return services.correct_donor(donation_id=donation.pk, said=replace(words_of(donor), **said), **asked, by=by, now=now())


def wrong(donation: Donation, **said: Any) -> Invalid:
    with pytest.raises(Invalid) as refused:
        correct(donation, **said)
    return refused.value


def identity_of(donor_id: UUID) -> tuple[str, str]:
    identity = Donor.objects.get(pk=donor_id).identity
    assert identity is not None
    return identity.family_key, identity.given_key


def test_names_put_right_are_those_of_another_person_for_the_cap_and_put_back_of_the_first() -> None:
    fund = make_fund()
    typed_wrong = settled(fund, amount=500_000, donor=make_donor(family_name="Dumontal"))
    settled(fund, amount=400_000, donor=make_donor())
    correct(typed_wrong, family_name="Dumontel")
    assert identity_of(typed_wrong.donor_id) == ("dumontel", "claire")
    assert Excess.objects.get().cents == 150_000
    assert CountedDonation.objects.values("giver").distinct().count() == 1
    assert Donor.objects.filter(folded_name__contains=" dumontel").count() == 2
    correct(typed_wrong, family_name="Dumontal")
    assert not Excess.objects.exists()
    assert CountedDonation.objects.values("giver").distinct().count() == 2
    assert NearIdentity.objects.count() == 1


def test_what_stood_is_kept_in_the_table_and_only_its_names_in_the_journal() -> None:
    donation = settled()
    person = make_person(given_name="Claire")
    Donor.objects.filter(pk=donation.donor_id).update(person=person)
    former = donation.donor.identity_id
    correction = correct(donation, family_name=" Dumontet ", country="fr", address_lines="1 rue Neuve")
    assert correction.changed == ["family_name", "address_lines"]
    assert (correction.family_name, correction.address_lines, correction.named) == ("Dumontel", "12 rue des Remparts", former)
    fact = Entry.objects.get(name="donor.corrected")
    assert fact.data == {"changed": correction.changed, "correction_id": str(correction.pk)}
    (told,) = donations_of(person.pk)["declared_before"]
    assert (told["family_name"], told["reason"]) == ("Dumontel", "Her letter of the 3rd")


def test_whoever_proved_their_address_is_known_anew_by_the_names_and_written_to_without_them() -> None:
    address = "claire.dumontel@people.example"
    known, other = (make_person(given_name=name, family_name="Dumontel", email=address) for name in ("Claire", "Louis"))
    donation = settled(donor=make_donor(person=known, proved_at=now()))
    correction = correct(donation, given_name="Louis")
    assert Donor.objects.get(pk=donation.donor_id).person == other
    message = Message.objects.get(purpose="fundraising.donor_corrected")
    assert (message.about_id, message.address) == (correction.pk, address)
    with override("en"):
        text = corrected_letter(message).plain()
    assert "first name" in text
    assert not {"Claire", "Louis", "Dumontel"} & set(text.split())
    correct(settled(donor=make_donor()), given_name="Louis")
    assert Message.objects.filter(purpose="fundraising.donor_corrected").count() == 1


def test_where_they_give_from_follows_the_address(small_country: SmallCountry) -> None:
    donation = settled(donor=make_donor(area=small_country.area("0101")))
    correct(donation, postcode="00000", city="Nowhere")
    assert Donor.objects.get(pk=donation.donor_id).area is None
    assert CountedDonation.objects.get().area_id is None


def test_a_receipt_with_other_words_is_cancelled_and_replaced_and_shows_what_it_printed() -> None:
    donation = settled(association())
    first = services.make_receipt(donation_id=donation.pk, now=now())
    assert first is not None
    correct(donation, honorific="Mme")
    assert Receipt.objects.count() == 1
    correct(donation, family_name="Dumontet", city="Crest")
    first.refresh_from_db()
    second = Receipt.objects.get(replaces=first)
    assert (first.why_cancelled, second.cancelled_at) == (WhyCancelled.CORRECTED, None)
    assert (paper_of(first).donor, paper_of(second).donor) == ("Claire Dumontel", "Claire Dumontet")
    assert "Die" in paper_of(first).donor_address
    correct(donation, family_name="Dumontot")
    assert [paper_of(each).donor for each in Receipt.objects.order_by("number")] == [
        "Claire Dumontel",
        "Claire Dumontet",
        "Claire Dumontot",
    ]
    assert services.make_receipt(donation_id=donation.pk, now=now()) == Receipt.objects.get(cancelled_at=None)


def test_what_cannot_be_is_refused_by_field() -> None:
    donation = settled()
    assert set(wrong(donation, family_name=" ", reason=" ").fields) == {"family_name", "reason"}
    assert set(wrong(donation, family_name="!!").fields) == {"family_name"}
    assert set(wrong(donation, born_on=in_days(-3000)).fields) == {"born_on"}
    assert set(wrong(donation, nationality="US", country="US").fields) == {"nationality"}
    assert wrong(donation).code == "nothing_changed"
    assert not DonorCorrection.objects.exists()


def test_what_the_rules_do_not_ask_is_left_aside() -> None:
    donation = settled(association(), donor=Donor.objects.create(given_name="Claire", family_name="Dumontel", language="fr", **ADDRESS))
    correct(donation, given_name="Clara", born_on=date(1984, 5, 17), nationality="FR")
    donor = Donor.objects.get()
    assert (donor.given_name, donor.born_on, donor.nationality, donor.identity) == ("Clara", None, "", None)


def test_nobody_writes_over_what_another_put_right_meanwhile() -> None:
    donation = settled()
    correct(donation, family_name="Dumontet")
    with pytest.raises(Conflict) as refused:
        correct(donation, family_name="Dumontot", after=0)
    assert refused.value.code == "corrected_meanwhile"


def test_a_row_of_an_open_batch_is_changed_there() -> None:
    with pytest.raises(Conflict) as refused:
        correct(make_batch_row().donation, family_name="Dumontet")
    assert refused.value.code == "batch_open"


def test_a_number_that_names_the_donor_of_a_file_handed_in_before_is_found() -> None:
    fund = make_fund()
    donation = settled(fund, at=now() - timedelta(days=2))
    former = donation.donor.identity_id
    file = DonorFile.objects.create(fund=fund, year=donation.counted_on.year, taken_at=now() - timedelta(minutes=1))
    treasurer = make_user("sender@people.example")
    services.mark_sent(file_id=file.pk, sent_on=in_days(), words="On-line", by=treasurer, now=now())
    correct(donation, family_name="Dumontet")
    line = Numbered(number="A-1", donation=None, donor=former, issued_on=None)
    services.bring_numbers(fund=fund, year=file.year, lines={2: line}, by=treasurer, now=now())
    assert OfficialReceipt.objects.get().number == "A-1"


def test_what_no_law_keeps_any_more_is_forgotten_of_what_stood_too() -> None:
    donation = settled()
    correct(donation, family_name="Dumontet")
    long_ago = now() - timedelta(days=365 * 12)
    Donation.objects.update(counted_on=long_ago.date())
    Donor.objects.update(created_at=long_ago)
    services.forget_declarations(now=now())
    kept = DonorCorrection.objects.get()
    assert (kept.family_name, kept.reason, kept.born_on, kept.named) == ("", "", None, None)
    Donation.objects.update(counted_on=in_days())
    with pytest.raises(Conflict) as refused:
        correct(donation, family_name="Dumontel", given_name="Claire", born_on=date(1984, 5, 17), **ADDRESS, nationality="FR")
    assert refused.value.code == "declaration_forgotten"


@pytest.mark.parametrize("dies_at", ["recount_donors", "find_near", "tell_corrected"])
def test_a_process_that_dies_on_the_way_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch, dies_at: str) -> None:
    donation = settled()

    def die(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(donor_corrections, dies_at, die)
    with pytest.raises(KeyboardInterrupt):
        correct(donation, family_name="Dumontet")
    assert identity_of(donation.donor_id) == ("dumontel", "claire")
    assert not DonorCorrection.objects.exists()
    assert not Entry.objects.filter(name="donor.corrected").exists()


@pytest.mark.django_db(transaction=True)
def test_a_payment_that_is_settled_at_the_same_instant_counts_for_who_it_is_now() -> None:
    fund = make_fund()
    settled(fund, amount=500_000, donor=make_donor())
    donor = make_donor(family_name="Dumontal")
    donations = [make_donation(fund, amount=100_000, donor=donor) for _ in range(3)]
    start = Barrier(len(donations) + 1)

    def run(act: Any) -> None:
        try:
            start.wait(timeout=30)
            act()
        finally:
            connection.close()

    def pay(donation: Donation) -> Any:
        return lambda: apply_payment(donation_id=donation.pk, payment=paid(donation, at=now()), seen=0, now=now())

    acts = [*(pay(each) for each in donations), lambda: correct(donations[0], family_name="Dumontel")]
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for donation in donations:
        services.follow_caps(donation_id=donation.pk, now=now())
    assert sum(Excess.objects.values_list("cents", flat=True)) == 50_000
    assert CountedDonation.objects.values("giver").distinct().count() == 1
    assert rollups.differences(fund) == []


def treasurer_of(small_country: SmallCountry) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def ask(client: Client, donation: Donation, **said: Any) -> Any:
    path = f"/api/v1/fundraising/treasury/donations/{donation.pk}/donor/"
    standing = client.get(path).json()
    body = {name: standing[name] for name in WORDS} | {"after": standing["corrections"], "reason": "Her letter"} | said
    return client.post(f"{path}correct/", json.dumps(body), content_type="application/json")


def test_the_treasurer_reads_what_follows_puts_it_right_and_sees_it_on_the_card(small_country: SmallCountry) -> None:
    client = treasurer_of(small_country)
    person = make_person(given_name="Claire")
    donation = settled(donor=make_donor(person=person))
    path = f"/api/v1/fundraising/treasury/donations/{donation.pk}/"
    standing = client.get(f"{path}donor/").json()
    assert (standing["family_name"], standing["donations"], standing["monthly"], standing["is_told"]) == ("Dumontel", 1, 0, False)
    assert set(standing["correctable"]) == set(WORDS)
    assert ask(client, donation, family_name="Dumontet").status_code == 204
    card = client.get(path).json()
    assert card["family_name"] == "Dumontet"
    assert [step["said"] for step in card["steps"] if step["what"] == "corrected"] == ["Put right: family name"]
    assert Access.objects.filter(reading="fundraising.donation", person_ids=[person.pk]).count() == 3
    assert client.get(f"{path}donor/").json()["corrections"] == 1
    assert set(ask(client, donation, born_on=None).json()["fields"]) == {"born_on"}


def test_it_asks_for_a_recent_proof_and_for_all_recipients_that_the_declaration_is_of(small_country: SmallCountry) -> None:
    donation = settled()
    proved_long_ago = treasurer_of(small_country)
    grow_old(proved_long_ago)
    assert ask(proved_long_ago, donation, family_name="Dumontet").json()["code"] == "step_up_required"
    here: Fund = make_fund(GivingRules.FR_PARTY, area=small_country.area("0101"))
    given_here = settled(here, donor=donation.donor)
    local = Client()
    sign_in(local, make_granted(Role.TREASURER, small_country.area("0101"), email="local@people.example"))
    assert local.get(f"/api/v1/fundraising/treasury/donations/{given_here.pk}/").status_code == 200
    assert local.get(f"/api/v1/fundraising/treasury/donations/{given_here.pk}/donor/").status_code == 404
    assert DonorIdentity.objects.count() == 1
