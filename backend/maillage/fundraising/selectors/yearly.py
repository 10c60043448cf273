"""What was given in a year from one proved address, as it is told there."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from maillage.fundraising.domain.cost import Limit, limit_said
from maillage.fundraising.domain.links import YEAR_LINK, YEAR_LINK_LASTS
from maillage.fundraising.domain.receipts import receipt_said
from maillage.fundraising.domain.words import DonationState, MonthlyState
from maillage.fundraising.domain.yearly import Gave, Given, added_up, counts_for_tax
from maillage.fundraising.models import Donation, Donor, Fund, MonthlyDonation, YearlyStatement
from maillage.fundraising.selectors.funds import name_of, rules_of
from maillage.kernel.errors import NotFound
from maillage.kernel.links import read_link, sign_link


@dataclass(frozen=True)
class ToRecipient:
    """What one recipient was given, in words of the active language: its name, limits of the tax, which receipt there is."""

    fund: Fund
    name: str
    given: Given
    limits: tuple[str, ...]
    receipt: str


def told_from(address: str, *, year: int) -> QuerySet[Donation]:
    """Return the donations of a year that may be told at an address: those whose giver proved it, and nothing that others typed."""
    given = Donation.objects.filter(donor__email=address, donor__proved_at__isnull=False, state=DonationState.SETTLED)
    return given.filter(counted_on__year=year) if address else given.none()


def given_in(address: str, *, year: int, language: str) -> list[ToRecipient]:
    """Add up what was given in a year from an address, recipient by recipient in the order of the first donation to each."""
    by_fund: dict[Fund, list[Donation]] = {}
    for donation in told_from(address, year=year).select_related("fund").order_by("counted_on", "pk"):
        by_fund.setdefault(donation.fund, []).append(donation)
    found: list[ToRecipient] = []
    before: dict[str, int] = {}
    for fund, donations in by_fund.items():
        rules = rules_of(fund, donations[-1].settled_at or donations[-1].started_at)
        tax = rules.tax(cares=fund.cares)
        gave = [Gave(one.amount, one.refunded, one.counted_on, one.method) for one in donations]
        given = added_up(gave, tax=tax, given_before=before.get(fund.rules, 0))
        before[fund.rules] = before.get(fund.rules, 0) + counts_for_tax(gave, tax)
        has_cash = given.cost is not None and counts_for_tax(gave, tax) < given.kept
        limits = [limit for limit in (given.cost.limits if given.cost else ()) if limit != Limit.CASH or has_cash]
        monthly = any(one.monthly_id for one in donations)
        found.append(
            ToRecipient(
                fund=fund,
                name=name_of(fund, language),
                given=given,
                limits=tuple(limit_said(limit, tax, fund.currency) for limit in limits) if tax else (),
                receipt=receipt_said(rules.receipt, is_monthly=monthly),
            )
        )
    return found


def running_from(address: str) -> list[MonthlyDonation]:
    """Return the monthly donations that go on from a proved address."""
    running = MonthlyDonation.objects.filter(donor__email=address, donor__proved_at__isnull=False).exclude(state=MonthlyState.STOPPED)
    return list(running.order_by("created_at", "pk")) if address else []


def givers_to_tell(year: int) -> QuerySet[Donor]:
    """Return the latest declaration of each proved address from which something was received in a year, and which was not told yet."""
    received = Donation.objects.filter(donor=OuterRef("pk"), state=DonationState.SETTLED, counted_on__year=year)
    told = YearlyStatement.objects.filter(year=year, donor__email=OuterRef("email"))
    proved = Donor.objects.filter(~Exists(told), Exists(received), proved_at__isnull=False).exclude(email="")
    return proved.order_by("email", "-created_at", "-pk").distinct("email")


def year_token(statement: YearlyStatement) -> str:
    """Return the token of the link that shows a statement."""
    return sign_link(YEAR_LINK, ids=[statement.pk], ends_at=statement.made_at + YEAR_LINK_LASTS)


def statement_by_token(token: str, *, now: datetime) -> YearlyStatement:
    """Return the statement that a link shows. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(YEAR_LINK, token, now=now)
    found = YearlyStatement.objects.select_related("donor").filter(pk=ids[0]).first() if ids else None
    if found is None or not found.donor.email:
        raise NotFound(code="link_broken")
    return found
