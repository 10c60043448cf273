"""How much one natural person may still give: what they gave, what is under way, and the instalments to come (ADR 27)."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.fundraising.domain import caps
from maillage.fundraising.domain.caps import Counted, Monthly
from maillage.fundraising.domain.identity import identity_of
from maillage.fundraising.domain.rule_parts import Cap, Period
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.schedule import APART, on_or_after
from maillage.fundraising.domain.words import BY_HAND, COUNTED, RUNNING, DonationState, MonthlyState
from maillage.fundraising.models import Donation, Donor, DonorIdentity, Fund, MonthlyDonation
from maillage.fundraising.selectors.funds import day_of_payment
from maillage.people.domain.law import GivingRules

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Allowance:
    """A cap of one person in a period (a year, or an election): cents that count towards it, and cents that are left."""

    cap: Cap
    period: str
    counted: int
    remaining: int


@dataclass(frozen=True)
class Whose:
    """Of whom amounts are counted: the identities of one person.

    `proven`: only donors whose owner proved their address, and what the treasurer entered: the count that refuses. Otherwise
    everything that was declared in this name: the count of the law. `address`: only what may be told to whoever proved it
    (`told_donors`).
    """

    identities: Collection[UUID]
    proven: bool
    address: str = ""

    def __post_init__(self) -> None:
        if self.address and not self.proven:
            raise ValueError("an address says something of what was proved from it")


def group_of(identity_id: UUID) -> list[UUID]:
    """Return the identities that are counted as one natural person with this one, itself among them, in the order of their keys."""
    first = DonorIdentity.objects.filter(pk=identity_id).values_list("counts_as", flat=True).first() or identity_id
    return list(DonorIdentity.objects.filter(Q(pk=first) | Q(counts_as=first)).order_by("pk").values_list("pk", flat=True))


def election_of(fund: Fund) -> str:
    """Name the election whose cap holds for a recipient; one that names none is counted for itself."""
    return str(fund.election_id or fund.pk)


def is_office_written(method: str, *, declared: bool) -> bool:
    """Say whether the treasurer wrote down that whoever gave holds an elective office: on-line anybody may declare it."""
    return declared and method in BY_HAND


def allowances(whose: Whose, *, fund: Fund, today: date) -> list[Allowance]:
    """Return what each cap of a recipient's rules leaves to a person on a day; none where the rules have no cap."""
    rules = rules_on(GivingRules(fund.rules), today)
    amounts = amounts_of(whose, fund=fund, today=today) if rules.caps else []
    found = []
    for cap in rules.caps:
        key = caps.period_key(cap, on=today, election=election_of(fund))
        found.append(Allowance(cap, key, caps.used(cap, amounts, key), caps.remaining(cap, amounts, key)))
    return found


def amounts_of(
    whose: Whose, *, fund: Fund, today: date, without: Donation | None = None, without_monthly: MonthlyDonation | None = None
) -> list[Counted]:
    """Return what counts of a person under the rules of a recipient, of all recipients that have these rules; two queries, or three.

    What is pending counts on the day it was begun, and today as well where a year ended since: it may be paid then or now. Of
    monthly donations that run the instalments to come count until the end of next year.
    """
    return [
        *_given(whose, fund=fund, today=today, without=without),
        *_to_come(whose, fund=fund, today=today, without=without, without_monthly=without_monthly),
    ]


def told_donors(address: str, *, identities: Collection[UUID]) -> QuerySet[Donor]:
    """Return the declarations in a person's name that may be told to whoever proved an address.

    Those from that address, and those that join the same standing record as one from it. A name is not enough, nor money given in
    it: whoever proves an address of their own may type any name and birth date, and pay a euro.
    """
    proved = Donor.objects.filter(identity__in=identities, proved_at__isnull=False)
    records = proved.filter(email=address, person__isnull=False).values("person")
    return proved.filter(Q(email=address) | Q(person__in=records))


def given_from(address: str, *, family_name: str, given_name: str, born_on: date | None) -> QuerySet[Donation]:
    """Return the donations that may be told to whoever proved an address and declares these names."""
    if born_on is None:
        names = {"donor__family_name__iexact": family_name.strip(), "donor__given_name__iexact": given_name.strip()}
        return Donation.objects.filter(donor__proved_at__isnull=False, donor__email=address, **names)
    whose = seen_at(address, family_name=family_name, given_name=given_name, born_on=born_on)
    return Donation.objects.filter(donor__in=told_donors(address, identities=whose.identities).values("pk"))


def told_at(address: str, *, fund: Fund, family_name: str, given_name: str, born_on: date, now: datetime) -> list[Allowance]:
    """Return what each cap leaves to whoever proved an address, as far as it may be told there. Raises: Unnamed."""
    whose = seen_at(address, family_name=family_name, given_name=given_name, born_on=born_on)
    return allowances(whose, fund=fund, today=day_of_payment(fund, now))


def seen_at(address: str, *, family_name: str, given_name: str, born_on: date) -> Whose:
    """Return what may be told at a proved address of who declares these names.

    The same statements run whether the identity is known or not. Raises: Unnamed.
    """
    named = identity_of(family_name=family_name, given_name=given_name, born_on=born_on)
    identity = DonorIdentity.objects.filter(**asdict(named)).values_list("pk", flat=True).first()
    group = group_of(identity or NOBODY) or [NOBODY]
    return Whose(group, proven=True, address=address)


def donations_counted(whose: Whose, *, fund: Fund, today: date) -> QuerySet[Donation]:
    """Return the donations that count, or may count, towards the caps of a recipient's rules on a day: found by whose they are."""
    rows = Donation.objects.filter(donor__identity__in=whose.identities, state__in=COUNTED, fund__rules=fund.rules)
    if whose.proven:
        rows = rows.filter(Q(donor__proved_at__isnull=False) | Q(method__in=BY_HAND))
    if whose.address:
        rows = rows.filter(donor__in=told_donors(whose.address, identities=whose.identities).values("pk"))
    if not _counts_by_election(fund, today):  # what was begun in the year before may be paid in this one
        rows = rows.filter(counted_on__gte=date(today.year - 1, 1, 1))
    return rows


def _given(whose: Whose, *, fund: Fund, today: date, without: Donation | None) -> list[Counted]:
    rows = donations_counted(whose, fund=fund, today=today)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    by_election = _counts_by_election(fund, today)
    found = []
    for amount, refunded, on, state, nature, method, declared, election, fund_id in rows.values_list(
        "amount", "refunded", "counted_on", "state", "nature", "method", "donor__elected", "fund__election", "fund"
    ):
        elected = is_office_written(method, declared=declared)
        counted = Counted(amount - refunded, on, nature, elected, str(election or fund_id))
        found.append(counted)
        if state != DonationState.SETTLED and on.year < today.year and not by_election:
            found.append(Counted(counted.amount, today, nature, elected, counted.election))
    return found


def _to_come(whose: Whose, *, fund: Fund, today: date, without: Donation | None, without_monthly: MonthlyDonation | None) -> list[Counted]:
    rows = MonthlyDonation.objects.filter(donor__identity__in=whose.identities, state__in=RUNNING, fund__rules=fund.rules)
    if whose.proven:
        rows = rows.filter(donor__proved_at__isnull=False)
    if whose.address:
        rows = rows.filter(donor__in=told_donors(whose.address, identities=whose.identities).values("pk"))
    if without_monthly is not None:
        rows = rows.exclude(pk=without_monthly.pk)
    running = list(rows.select_related("fund"))
    beginning = [monthly.pk for monthly in running if monthly.state == MonthlyState.STARTING]
    paid = Donation.objects.filter(monthly__in=beginning, state__in=COUNTED)
    paying = set(paid.values_list("monthly", flat=True))
    until = date(today.year + 1, 12, 31)
    retried = without.monthly_id if without is not None else None
    found: list[Counted] = []
    for monthly in running:
        if monthly.state == MonthlyState.STARTING and monthly.pk not in paying:
            continue  # one whose first payment failed keeps nothing free
        found += caps.to_come(as_counted(monthly, today=today), until=until)
        if monthly.retry_on not in (None, monthly.next_on) and monthly.pk != retried:  # what was refused is tried again
            found.append(Counted(monthly.amount, monthly.retry_on, monthly.nature, election=election_of(monthly.fund)))
    return found


def as_counted(monthly: MonthlyDonation, *, today: date, amount: int | None = None, next_on: date | None = None) -> Monthly:
    """Return a monthly donation as the rules count it: from its next instalment on, as long as its recipient collects.

    One that has no day yet counts from the first day on which its schedule may take it.
    """
    earliest = today
    if monthly.state == MonthlyState.STARTING:
        earliest = max(today, day_of_payment(monthly.fund, monthly.created_at) + APART)
    return Monthly(
        amount=amount or monthly.amount,
        next_on=next_on or monthly.next_on or on_or_after(monthly.day, earliest),
        day=monthly.day,
        ends_on=monthly.fund.closes_on,
        nature=monthly.nature,
        election=election_of(monthly.fund),
    )


def _counts_by_election(fund: Fund, today: date) -> bool:
    return any(cap.period == Period.ELECTION for cap in rules_on(GivingRules(fund.rules), today).caps)
