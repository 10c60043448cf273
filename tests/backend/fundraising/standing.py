"""A recipient whose account is at the stand-in for Stripe, and what is done there again and again."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum

from maillage.fundraising import services
from maillage.fundraising.domain.card_testing import Origin
from maillage.fundraising.domain.words import Account
from maillage.fundraising.models import Donation, Fund, LedgerEntry, LedgerLine, Movement, Reconciliation
from maillage.fundraising.services.reconciliation import begin_reconciliation
from maillage.journal.models import Inbound, Job
from maillage.journal.running import run
from maillage.kernel.clock import now
from tests.backend.fundraising.factories import make_donation
from tests.backend.stripe_stand_in import StripeAccount

RETURN = "http://testserver/fr/back/"


@dataclass
class Place:
    """One recipient and its account."""

    fund: Fund
    stripe: StripeAccount

    def donation(self, amount: int = 5000, **fields: Any) -> Donation:
        """A donation that was begun, and nothing asked outside yet."""
        return make_donation(self.fund, amount=amount, **{"intent": None, "method": ""} | fields)

    def token(self, method: str = "pm_card_fr") -> str:
        """What a donor's browser collected."""
        return str(self.stripe.client.v1.test_helpers.confirmation_tokens.create({"payment_method": method}).id)

    def pay(self, donation: Donation, method: str = "pm_card_fr", *, token: str = "", at: datetime | None = None, **more: Any) -> Donation:
        """Try to pay, as the page does."""
        given = token or self.token(method)
        paid, _ = services.pay_donation(donation_id=donation.pk, token=given, return_url=RETURN, now=at or now(), **more)
        return paid

    def given(self, amount: int = 5000, method: str = "pm_card_fr", **fields: Any) -> Donation:
        """A donation that was paid, with all that its account told of it."""
        donation = self.pay(self.donation(amount, **fields), method)
        self.stripe.move(by=2)
        self.hear()
        donation.refresh_from_db()
        return donation

    def events(self) -> list[Any]:
        """What the account has to tell, oldest first."""
        return list(reversed(list(self.stripe.client.v1.events.list({"limit": 100}).auto_paging_iter())))

    def hear(self, events: list[Any] | None = None) -> None:
        """Take messages in and settle them: all of them where none are named."""
        for event in self.events() if events is None else events:
            services.take_in(account=self.stripe.name, event_id=event.id, body=str(event).encode())
        for row_id in Inbound.objects.filter(state="waiting").order_by("received_at", "pk").values_list("pk", flat=True):
            run(table="inbound", row_id=str(row_id))
        assert not Inbound.objects.exclude(state="done").exists(), Inbound.objects.exclude(state="done").values("failure")

    def reconcile(self, *, at: datetime | None = None) -> Reconciliation:
        """Read the account back."""
        begun = begin_reconciliation(fund=self.fund, by=None, now=at or now())
        return services.reconcile(reconciliation_id=begun.pk, now=at or now())

    def books(self) -> int:
        """What the books say is at the provider."""
        return LedgerLine.objects.filter(account=Account.PROVIDER, entry__fund=self.fund).aggregate(cents=Sum("amount"))["cents"] or 0

    def balance(self) -> int:
        """What is there."""
        found = self.stripe.client.v1.balance.retrieve()
        return sum(each.amount for part in (found.available, found.pending) for each in part)

    def kinds(self) -> list[str]:
        """The entries of the books."""
        return sorted(LedgerEntry.objects.filter(fund=self.fund).values_list("kind", flat=True))

    def sums(self) -> dict[str, int]:
        """What each account of the books holds, but those that hold nothing."""
        rows = LedgerLine.objects.filter(entry__fund=self.fund).values("account").annotate(cents=Sum("amount"))
        return {row["account"]: row["cents"] for row in rows if row["cents"]}

    def agrees(self) -> None:
        """Read all back: money and books agree, to the cent, and nothing is left to explain."""
        self.stripe.move(by=2)  # a charge's movement comes a moment after it
        self.reconcile()
        assert self.books() == self.balance()
        still = self.fund.differences.filter(closed_at__isnull=True).exclude(kind="negative")  # fees alone may leave less than nothing
        assert not still.exists(), list(still.values())
        assert not Movement.objects.filter(fund=self.fund, state="open").exists()


def run_jobs(name: str) -> None:
    """Run the jobs of a name that wait, due or not."""
    for job in Job.objects.filter(name=name, state="waiting"):
        Job.objects.filter(pk=job.pk).update(run_at=datetime.fromtimestamp(time.time() - 1, tz=now().tzinfo))
        run(table="job", row_id=str(job.pk))
        job.refresh_from_db()
        assert job.state == "done", job.failure


ELSEWHERE = Origin(network="a" * 24, device="b" * 24)
