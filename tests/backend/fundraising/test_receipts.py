"""Tax receipts: numbered without gaps, drawn whole, cancelled and replaced."""

import threading
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.payments import Dispute, Movement
from maillage.fundraising.domain.receipts import ReceiptStep, WhyCancelled, in_letters
from maillage.fundraising.domain.words import DisputeState, DonationState, MonthlyState
from maillage.fundraising.models import Donation, Fund, MonthlyDonation, OfficialReceipt, Receipt, ReceiptDonation
from maillage.fundraising.selectors.receipts import receipt_steps, receipt_token
from maillage.fundraising.services import disputes
from maillage.fundraising.services.receipts import MAKE
from maillage.fundraising.tasks import make_receipt
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.people.domain.law import GivingRules
from maillage.people.models import Access
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.fundraising.factories import association, make_donor, make_fund, settled
from tests.backend.fundraising.test_forgetting import until_somebody_waits
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry


def make(donation: Donation) -> Receipt | None:
    return services.make_receipt(donation_id=donation.pk, now=now())


@pytest.mark.django_db
def test_a_donation_gets_one_receipt_however_often_it_is_asked():
    donation = settled(association())
    first = make(donation)
    assert first is not None
    assert (first.number, first.year, first.amount) == (1, donation.counted_on.year, 5000)
    assert make(donation) == first
    assert Message.objects.filter(purpose="fundraising.receipt").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("rules", [GivingRules.FR_PARTY, GivingRules.NONE])
def test_no_other_paper_is_made_than_an_association_s(rules):
    assert make(settled(make_fund(rules))) is None
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_a_recipient_whose_facts_are_missing_makes_no_receipt_until_they_are_there():
    fund = association(signatory="")
    donation = settled(fund)
    assert make(donation) is None
    assert [step.code for step in receipt_steps(donation)] == [ReceiptStep.WAITING]
    fund.signatory = "Nadia Ferhat, trésorière"
    fund.save()
    assert make(donation) is not None


@pytest.mark.django_db
def test_a_receipt_that_was_skipped_is_made_another_night():
    fund = association(signatory="")
    donation = settled(fund)
    settled(make_fund())
    assert make(donation) is None
    tonight = now()
    assert services.ask_for_missing_receipts(now=tonight) == 0
    Fund.objects.filter(pk=fund.pk).update(signatory="Nadia Ferhat, trésorière")
    assert [services.ask_for_missing_receipts(now=tonight) for _twice in range(2)] == [1, 0]
    job = Job.objects.get(name=MAKE, unique_key__isnull=False)
    make_receipt(**job.args)
    assert Receipt.objects.get().parts.get().donation == donation
    assert services.ask_for_missing_receipts(now=tonight + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_what_is_given_back_in_part_makes_another_receipt_and_wholly_none():
    donation = settled(association())
    first = make(donation)
    Donation.objects.filter(pk=donation.pk).update(refunded=2000)
    second = make(donation)
    first.refresh_from_db()
    assert (first.why_cancelled, first.cancelled_at is not None) == (WhyCancelled.GIVEN_BACK, True)
    assert (second.amount, second.number, second.replaces) == (3000, 2, first)
    assert make(donation) == second
    Donation.objects.filter(pk=donation.pk).update(refunded=5000)
    make(donation)
    second.refresh_from_db()
    assert second.cancelled_at is not None
    assert Receipt.objects.count() == 2
    assert [step.code for step in receipt_steps(Donation.objects.get())] == [ReceiptStep.CANCELLED]
    assert make(donation) is None


@pytest.mark.django_db
def test_a_donation_given_back_before_its_receipt_has_none():
    donation = settled(association())
    Donation.objects.filter(pk=donation.pk).update(refunded=5000)
    assert make(donation) is None


@pytest.mark.django_db
def test_the_database_refuses_two_valid_receipts_of_one_donation():
    donation = settled(association())
    receipt = make(donation)
    other = Receipt.objects.create(fund=donation.fund, year=2026, number=99, donor=donation.donor, amount=1, currency="eur", rules="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReceiptDonation.objects.create(receipt=other, donation=donation, amount=1)
    assert ReceiptDonation.objects.get(receipt=receipt).is_valid


@pytest.mark.django_db
def test_instalments_of_a_year_get_one_receipt_together():
    fund, donor = association(), make_donor()
    monthly = MonthlyDonation.objects.create(fund=fund, donor=donor, amount=1000, currency="eur", day=5, state=MonthlyState.ACTIVE)
    for month in (1, 2, 3):
        on = date(2026, month, 5)
        donation = settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=on)
        Donation.objects.filter(pk=donation.pk).update(counted_on=on)
        assert make(donation) is None
        assert [step.code for step in receipt_steps(donation)] == [ReceiptStep.TO_COME]
    assert services.ask_for_yearly_receipts(year=2025, now=now()) == 0
    assert services.ask_for_yearly_receipts(year=2026, now=now()) == 1
    assert services.ask_for_yearly_receipts(year=2026, now=now()) == 0
    for _ in range(2):
        services.make_yearly_receipt(monthly_id=monthly.pk, year=2026, now=now())
    receipt = Receipt.objects.get()
    assert (receipt.amount, receipt.parts.count(), receipt.year) == (3000, 3, 2026)
    last = Donation.objects.order_by("-counted_on").first()
    Donation.objects.filter(pk=last.pk).update(refunded=1000)
    assert make(last).amount == 2000


@pytest.mark.django_db
def test_a_receipt_made_by_mistake_is_cancelled_by_the_treasurer_and_replaced():
    donation = settled(association())
    receipt = make(donation)
    by = make_user(email="treasurer@people.example")
    following = services.cancel_receipt(receipt_id=receipt.pk, why=WhyCancelled.MISTAKEN, by=by, now=now())
    assert (following.number, following.replaces) == (2, receipt)
    with pytest.raises(Conflict) as refused:
        services.cancel_receipt(receipt_id=receipt.pk, why=WhyCancelled.MISTAKEN, by=by, now=now())
    assert refused.value.code == "receipt_cancelled"


@pytest.mark.django_db
def test_the_treasurer_prints_a_receipt_for_who_has_no_mailbox_and_cancels_it(client: Client, small_country: SmallCountry):
    person = make_person(given_name="Claire")
    donation = settled(association(), donor=make_donor(email="", person=person))
    treasury = "/api/v1/fundraising/treasury"
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    assert client.get(f"{treasury}/donations/{donation.pk}/receipt/").status_code == 404
    assert client.get(f"{treasury}/donations/{donation.pk}/").json()["receipt"] is None
    receipt = make(donation)
    answer = client.get(f"{treasury}/donations/{donation.pk}/receipt/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert Access.objects.filter(reading="fundraising.receipt", person_ids__contains=[person.pk]).count() == 1
    assert client.get(f"{treasury}/donations/{donation.pk}/").json()["receipt"]["id"] == str(receipt.pk)
    cancel = f"{treasury}/receipts/{receipt.pk}/cancel/"
    assert client.post(cancel, {"why": "given_back"}, content_type="application/json").status_code == 400
    assert [client.post(cancel, {"why": "mistaken"}, content_type="application/json").status_code for _twice in range(2)] == [204, 409]
    assert list(Receipt.objects.order_by("number").values_list("number", "why_cancelled")) == [(1, "mistaken"), (2, "")]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_numbered_without_gap_or_twin_though_some_fail():
    fund = association()
    donations = [settled(fund) for _ in range(20)]
    start = threading.Barrier(20)
    failures = []

    def run(index: int) -> None:
        start.wait()
        try:
            with transaction.atomic():
                make(donations[index])
                if index % 4 == 0:
                    raise RuntimeError("cut off before the commit")
        except RuntimeError:
            failures.append(index)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 5
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 16))
    for index in failures:
        make(donations[index])
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gone", [1000, 400])
def test_two_instalments_that_went_back_at_once_cancel_their_receipt_once(gone):
    fund, donor = association(), make_donor()
    monthly = MonthlyDonation.objects.create(fund=fund, donor=donor, amount=1000, currency="eur", day=5, state=MonthlyState.ACTIVE)
    one, other = (settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=date(2026, month, 5)) for month in (1, 2))
    services.make_yearly_receipt(monthly_id=monthly.pk, year=one.counted_on.year, now=now())
    Donation.objects.update(refunded=gone)
    failed = []

    def follow_other() -> None:
        try:
            make(other)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    second = threading.Thread(target=follow_other)
    with transaction.atomic():
        make(one)
        second.start()
        until_somebody_waits()
    second.join()
    assert not failed
    assert Entry.objects.filter(name="receipt.cancelled").count() == 1
    assert [receipt.amount for receipt in Receipt.objects.filter(cancelled_at=None)] == ([1200] if gone == 400 else [])


@pytest.mark.django_db
def test_the_mail_brings_the_paper_and_a_link_downloads_it_always():
    donation = settled(association(), donor=make_donor(given_name="Claire *x*", family_name="#strong[Dumontel] $"))
    receipt = make(donation)
    deliver_message(message_id=Message.objects.get(purpose="fundraising.receipt").pk, now=now())
    sent = mail.outbox[0]
    (attached,) = sent.attachments
    assert (attached[0], attached[2]) == (f"recu-{receipt.year}-000001.pdf", "application/pdf")
    for _ in range(2):
        answer = Client().get(f"/fr/give/receipt/{receipt_token(receipt)}/")
        assert answer.status_code == 200
        assert answer.content == attached[1]
    assert attached[1].startswith(b"%PDF-1.7")
    assert b"pdfaid:part" in attached[1]
    assert Client().get("/fr/give/receipt/x/").status_code == 404


@pytest.mark.django_db
def test_a_receipt_that_was_cancelled_says_so():
    donation = settled(association())
    receipt = make(donation)
    before = Client().get(f"/en/give/receipt/{receipt_token(receipt)}/").content
    Donation.objects.filter(pk=donation.pk).update(refunded=5000)
    make(donation)
    receipt.refresh_from_db()
    after = Client().get(f"/en/give/receipt/{receipt_token(receipt)}/").content
    assert before != after
    letter = Message.objects.filter(purpose="fundraising.receipt").latest("queued_at")
    deliver_message(message_id=letter.pk, now=now())
    assert "000001" in mail.outbox[0].subject
    assert "rendu" in mail.outbox[0].body
    assert not mail.outbox[0].attachments


@pytest.mark.django_db
def test_a_receipt_that_cannot_be_replaced_at_once_is_not_said_to_be_given_back():
    fund = association()
    receipt = make(settled(fund))
    Fund.objects.filter(pk=fund.pk).update(signatory="")
    services.cancel_receipt(receipt_id=receipt.pk, why=WhyCancelled.MISTAKEN, by=make_user(), now=now())
    deliver_message(message_id=Message.objects.latest("queued_at").pk, now=now())
    assert "Le don demeure" in mail.outbox[0].body
    assert "rendu" not in mail.outbox[0].body


@pytest.mark.django_db
def test_the_official_receipt_of_a_political_donation_is_followed_and_never_printed():
    donation = settled(make_fund())
    assert [(step.code, step.at is not None) for step in receipt_steps(donation)] == [
        (ReceiptStep.RECORDED, True),
        (ReceiptStep.TRANSMITTED, False),
        (ReceiptStep.ISSUED, False),
    ]
    OfficialReceipt.objects.create(donation=donation, transmitted_at=now(), issued_at=now(), number="A2026-12345")
    assert receipt_steps(donation)[-1].number == "A2026-12345"


@pytest.mark.django_db
def test_no_receipt_is_to_come_of_what_a_bank_took_back():
    for fund, taken in ((make_fund(), [ReceiptStep.RECORDED, ReceiptStep.TRANSMITTED]), (association(), [])):
        donation = settled(fund)
        if taken:
            OfficialReceipt.objects.create(donation=donation, transmitted_at=now())
        back = Movement(id=f"txn_{fund.code}", kind="adjustment", amount=-5000, fee=0, source="du_1", happened_at=now())
        found = Dispute(
            id=f"du_{fund.code}",
            charge=donation.charge or "",
            intent="",
            amount=5000,
            state=DisputeState.LOST,
            reason="debit_not_authorized",
            due_at=None,
            happened_at=now(),
            is_inquiry=False,
            movements=(back,),
        )
        disputes.apply_dispute(donation_id=donation.pk, found=found, now=now())
        donation.refresh_from_db()
        steps = receipt_steps(donation)
        assert [step.code for step in steps] == [*taken, ReceiptStep.CANCELLED]
        assert all(step.at is not None for step in steps)


@pytest.mark.django_db
def test_a_donation_that_was_not_paid_has_no_steps():
    donation = settled(association())
    donation.state = DonationState.FAILED
    assert receipt_steps(donation) == []


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (1, "zéro euro et un centime"),
        (100, "un euro"),
        (5020, "cinquante euros et vingt centimes"),
        (8000, "quatre-vingts euros"),
        (120_000, "mille deux cents euros"),
        (100_000_000, "un million d’euros"),
    ],
)
def test_an_amount_is_said_in_letters(cents, said):
    assert in_letters(cents) == said
