"""What happens to money after a payment, against the stand-in: given back, disputed, paid out, and read back by night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.words import DonationState, RefundState
from maillage.fundraising.models import ClosedYear, Dispute, Donation, LedgerEntry, Movement, Payout, RefundRequest
from maillage.fundraising.services import refunds
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from tests.backend.accounts.factories import make_user
from tests.backend.fundraising.factories import make_fund, settled
from tests.backend.fundraising.standing import Place, run_jobs


@pytest.fixture
def by(db: None) -> User:
    return make_user("tresor@people.example")


def give_back(donation: Donation, by: User, amount: int = 2000) -> RefundRequest:
    return services.give_back(donation_id=donation.pk, amount=amount, reason="Demandé par courrier", by=by, now=now())


def authorise(donation: Donation, by: User, amount: int = 2000) -> None:
    services.authorise_refund(
        donation_id=donation.pk,
        amount=amount,
        authorised_by="Le mandataire",
        authorised_on=date(2026, 11, 2),
        reference="courrier 12",
        by=by,
        now=now(),
    )


def facts(name: str) -> int:
    return Entry.objects.filter(name=name).count()


def test_a_part_goes_back_and_then_the_rest(place: Place, by: User) -> None:
    donation = place.given(5000)
    assert give_back(donation, by).state == RefundState.DONE
    donation.refresh_from_db()
    assert (donation.refunded, donation.state) == (2000, DonationState.SETTLED)
    with pytest.raises(Invalid):
        give_back(donation, by, 3001)
    assert give_back(donation, by, 3000).state == RefundState.DONE
    place.hear()
    donation.refresh_from_db()
    assert (donation.refunded, facts("donation.refunded")) == (5000, 2)
    assert place.sums()["refunds"] == 5000
    place.agrees()


@pytest.mark.parametrize("amount", [0, -100, 5001])
def test_nothing_else_goes_back(place: Place, by: User, amount: int) -> None:
    donation = place.given(5000)
    with pytest.raises(Invalid):
        give_back(donation, by, amount)
    assert not RefundRequest.objects.exists()


def test_what_was_not_paid_does_not_go_back(place: Place, by: User) -> None:
    with pytest.raises(Conflict) as refused:
        give_back(place.donation(), by)
    assert refused.value.code == "not_settled"


@pytest.mark.parametrize("outage", ["closed_after", "closed_before"])
def test_an_answer_that_is_lost_gives_back_once(place: Place, by: User, outage: str) -> None:
    donation = place.given(5000)
    place.stripe.switch("api", outage=outage, path="/v1/refunds", method="POST")
    assert give_back(donation, by).state == RefundState.ASKED
    with pytest.raises(Invalid):
        give_back(donation, by, 3001)
    place.stripe.switch("api")
    place.stripe.move(days=2)  # the provider has forgotten the key
    run_jobs(refunds.SEND)
    donation.refresh_from_db()
    assert donation.refunded == 2000
    assert RefundRequest.objects.get().state == RefundState.DONE
    assert len(place.stripe.client.v1.refunds.list().data) == 1
    place.agrees()


def test_the_same_key_gives_back_once(place: Place, by: User) -> None:
    donation = place.given(5000)
    asked = {"donation_id": donation.pk, "amount": 2000, "reason": "x", "by": by, "now": now(), "key": "k" * 20}
    assert services.give_back(**asked).pk == services.give_back(**asked).pk
    assert len(place.stripe.client.v1.refunds.list().data) == 1


def test_what_the_provider_does_not_know_does_not_go_back(place: Place, by: User) -> None:
    donation = place.given(5000)
    Donation.objects.filter(pk=donation.pk).update(charge="ch_of_another_account")
    request = give_back(donation, by)
    assert (request.state, request.failure) == (RefundState.FAILED, "resource_missing")


def test_a_refund_that_fails_is_written_both_ways(place: Place, by: User) -> None:
    donation = services.take_held(donation_id=place.given(5000, "pm_card_refundFail").pk, by=by, now=now())
    give_back(donation, by)
    place.stripe.move(working_days=4)
    place.hear()
    donation.refresh_from_db()
    assert (donation.refunded, facts("donation.reinstated")) == (0, 1)
    assert RefundRequest.objects.get().state == RefundState.FAILED
    assert {"refund", "refund_failed"} < set(place.kinds())
    place.agrees()


def test_of_a_political_fund_nothing_goes_back_without_the_agents_word(agent: Place, by: User) -> None:
    donation = agent.given(5000)
    with pytest.raises(Conflict) as refused:
        give_back(donation, by)
    assert refused.value.code == "not_authorised"
    authorise(donation, by)
    with pytest.raises(Conflict):
        give_back(donation, by, 2001)
    assert give_back(donation, by).state == RefundState.DONE
    with pytest.raises(Conflict):
        give_back(donation, by, 1)
    agent.agrees()


def test_the_agent_authorises_on_a_day_of_their_own_time_zone(by: User) -> None:
    said = {"donation_id": settled(make_fund()).pk, "amount": 100, "authorised_by": "Le mandataire", "reference": "courrier 12", "by": by}
    at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    services.authorise_refund(**said, authorised_on=date(2026, 12, 1), now=at)
    with pytest.raises(Invalid):
        services.authorise_refund(**said, authorised_on=date(2026, 12, 2), now=at)


def test_no_more_goes_back_than_is_authorised_while_the_first_half_is_on_its_way(agent: Place, by: User) -> None:
    donation = agent.given(5000)
    agent.stripe.switch("bank", refunds_wait=True)
    authorise(donation, by, 2500)
    first = give_back(donation, by, 2500)
    run_jobs(refunds.SEND)
    assert (first.state, "refunds" in agent.sums()) == (RefundState.ASKED, False)
    with pytest.raises(Conflict) as refused:
        give_back(donation, by, 2500)
    assert refused.value.code == "not_authorised"
    agent.stripe.move(working_days=4)
    agent.reconcile()
    first.refresh_from_db()
    assert (first.state, agent.sums()["refunds"]) == (RefundState.DONE, 2500)
    with pytest.raises(Conflict):
        give_back(donation, by, 1)
    agent.agrees()


def test_what_somebody_gave_back_at_the_provider_is_red_until_it_is_authorised(agent: Place, by: User) -> None:
    donation = agent.given(5000)
    agent.stripe.client.v1.refunds.create({"charge": donation.charge or "", "amount": 1500})
    agent.hear()
    agent.reconcile()
    difference = agent.fund.differences.get(closed_at__isnull=True)
    assert (difference.kind, difference.donation, difference.ours, difference.theirs) == ("unauthorised", donation, 0, 1500)
    agent.reconcile()
    assert agent.fund.differences.count() == 1
    services.explain_difference(difference_id=difference.pk, words="Erreur au guichet", by=by, now=now())
    authorise(donation, by, 1500)
    agent.agrees()
    difference.refresh_from_db()
    assert difference.closed_at is not None
    assert difference.words == "Erreur au guichet"


def dispute(place: Place, donation: Donation) -> str:
    return str(place.stripe.control("disputes", {"charge": donation.charge})["id"])


def test_a_bank_takes_back_and_the_treasurer_wins(place: Place, by: User) -> None:
    donation = place.given(5000)
    id = dispute(place, donation)
    place.hear()
    donation.refresh_from_db()
    kept = Dispute.objects.get()
    assert (donation.refunded, facts("donation.returned"), facts("donation.disputed")) == (5000, 1, 1)
    assert (kept.state, kept.due_at is not None) == ("needs_response", True)
    assert place.sums()["disputes"] == 5000
    place.agrees()
    services.answer_dispute(dispute_id=id, evidence="winning_evidence", by=by, now=now())
    place.hear()
    kept.refresh_from_db()
    donation.refresh_from_db()
    assert (kept.state, kept.answered_at is not None, donation.refunded) == ("won", True, 0)
    assert facts("donation.reinstated") == 1
    place.agrees()
    with pytest.raises(Conflict):
        services.answer_dispute(dispute_id=id, evidence="once more", by=by, now=now())


def test_a_dispute_that_nobody_answers_is_lost_and_its_fee_is_an_expense(place: Place) -> None:
    donation = place.given(5000)
    before = place.sums()["fees"]
    dispute(place, donation)
    place.stripe.move(days=12)
    place.hear()
    donation.refresh_from_db()
    assert (Dispute.objects.get().state, donation.refunded) == ("lost", 5000)
    assert place.sums()["fees"] > before
    place.agrees()


def test_an_answer_to_a_bank_that_is_lost_is_sent_again(place: Place, by: User) -> None:
    id = dispute(place, place.given(5000))
    place.hear()
    place.stripe.switch("api", outage="closed_before", path="/v1/disputes", method="POST")
    assert services.answer_dispute(dispute_id=id, evidence="winning_evidence", by=by, now=now()).answered_at is None
    place.stripe.switch("api")
    run_jobs("fundraising.send_answer")
    assert Dispute.objects.get().answered_at is not None
    place.agrees()


def test_a_debit_that_its_bank_returns_in_a_closed_year_is_booked_in_the_open_one(place: Place) -> None:
    donation = place.given(5000, "pm_success_fr")
    place.stripe.move(working_days=3)
    place.hear()
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    year = donation.counted_on.year
    ClosedYear.objects.create(fund=place.fund, year=year)
    place.stripe.control("returns", {"charge": donation.charge})
    place.hear()
    donation.refresh_from_db()
    assert (donation.refunded, facts("donation.returned"), facts("donation.refunded")) == (5000, 1, 0)
    entry = LedgerEntry.objects.get(kind="dispute")
    assert entry.booked_on == date(year + 1, 1, 1)
    assert Dispute.objects.get().state == "lost"
    place.agrees()


def test_a_payout_says_what_it_holds_and_one_that_comes_back_is_written_both_ways(place: Place) -> None:
    place.given(5000)
    place.given(7000)
    place.stripe.move(working_days=4)
    place.hear()
    payout = Payout.objects.get()
    assert payout.state == "paid"
    lines = Movement.objects.filter(payout=payout).exclude(source=payout.pk)
    assert sum(line.amount - line.fee for line in lines) == payout.amount
    assert place.sums()["bank"] == payout.amount
    place.agrees()
    place.stripe.control(f"payouts/{payout.pk}", {"outcome": "failed"})
    place.hear()
    payout.refresh_from_db()
    assert (payout.state, payout.failure, facts("payout.failed")) == ("failed", "account_closed", 1)
    assert "bank" not in place.sums()
    place.agrees()


def test_what_nobody_told_is_found_by_night(place: Place, by: User) -> None:
    paid = [place.pay(place.donation(3000 + 100 * number)) for number in range(3)]
    place.pay(place.donation(), "pm_success_fr")
    place.stripe.client.v1.refunds.create({"charge": paid[0].charge or "", "amount": 300})
    place.stripe.control("disputes", {"charge": paid[1].charge})
    place.stripe.move(working_days=5)
    run = place.reconcile()
    assert run.applied
    place.agrees()
    assert {"donation", "fee", "refund", "dispute", "payout"} <= set(place.kinds())
    assert place.kinds().count("donation") == 4
    before = place.kinds()
    place.hear()
    place.agrees()
    assert place.kinds() == before, "what is told later writes nothing more"


def test_a_line_of_our_books_that_nobody_has_is_named(place: Place) -> None:
    from tests.backend.fundraising.factories import settled

    settled(place.fund, at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC), intent="pi_of_nobody", amount=4200)
    Donation.objects.update(intent=None)
    place.reconcile()
    found = sorted(place.fund.differences.values_list("kind", "ours"))
    assert found == [("in_books_only", -100), ("in_books_only", 4200)]


def test_what_the_provider_does_not_know_is_named_and_the_rest_is_read(place: Place) -> None:
    lost = place.donation(intent="pi_of_another_account", state=DonationState.PROCESSING)
    Dispute.objects.create(id="dp_of_another_account", donation=lost, amount=5000, state="needs_response", reason="", opened_at=now())
    heard = place.pay(place.donation())
    run = place.reconcile()
    assert run.is_whole
    difference = place.fund.differences.get(kind="in_books_only", reference="pi_of_another_account")
    assert (difference.ours, difference.donation) == (5000, lost)
    heard.refresh_from_db()
    assert heard.state == DonationState.SETTLED
    Donation.objects.filter(pk=lost.pk).update(state=DonationState.ENDED)
    place.reconcile()
    assert not place.fund.differences.filter(reference="pi_of_another_account", closed_at=None).exists()


def test_a_difference_that_is_gone_closes_by_itself_and_one_that_is_explained_waits(place: Place, by: User) -> None:
    paid = place.stripe.client.v1.payment_intents.create(
        {
            "amount": 900,
            "currency": "eur",
            "confirm": True,
            "payment_method": "pm_card_fr",
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
        }
    )
    place.stripe.move(by=2)
    place.reconcile()
    difference = place.fund.differences.get()
    assert difference.reference == paid.latest_charge
    services.explain_difference(difference_id=difference.pk, words="Vente de badges", by=by, now=now())
    place.reconcile()
    difference.refresh_from_db()
    assert (difference.closed_at, difference.words) == (None, "Vente de badges")
    with pytest.raises(Invalid):
        services.explain_difference(difference_id=difference.pk, words=" ", by=by, now=now())


def test_one_run_at_a_time_and_a_dead_one_is_begun_anew(place: Place) -> None:
    first = services.begin_reconciliation(fund=place.fund, by=None, now=now())
    assert services.begin_reconciliation(fund=place.fund, by=None, now=now()) == first
    later = now() + timedelta(hours=7)
    assert services.begin_reconciliation(fund=place.fund, by=None, now=later) != first
    assert services.reconcile_all(now=later) == 1


def test_a_balance_below_zero_is_named(place: Place) -> None:
    donation = place.given(5000)
    place.stripe.move(working_days=4)
    dispute(place, donation)
    place.hear()
    place.reconcile()
    assert place.balance() < 0
    assert list(place.fund.differences.filter(closed_at__isnull=True).values_list("kind", flat=True)) == ["negative"]
