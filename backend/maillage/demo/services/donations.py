"""Three thousand invented donations with their books: written in bulk, posted as real ones are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Q

from maillage import journal
from maillage.demo.domain.giving import CARD, IBAN, ZONE, Gift, gifts
from maillage.demo.domain.names import full_name
from maillage.demo.services.people import DOMAIN, Population
from maillage.demo.services.provider import TELL
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.identity import identity_of
from maillage.fundraising.domain.payments import Charge, Fee, Payout, Refund
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState, Nature, PayoutState
from maillage.fundraising.models import (
    Donation,
    DonationShare,
    Donor,
    DonorIdentity,
    Fund,
    MonthlyDonation,
    MonthlyShare,
    PaymentAttempt,
    RefundAuthorisation,
)
from maillage.fundraising.models import Payout as PaidOut
from maillage.fundraising.selectors.places import places_of
from maillage.fundraising.services import ledger
from maillage.kernel.text import fold
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint
from maillage.territories.models import Area, AreaAlias

FIRST_NAME = 2_000
"""Names from here on are the givers'."""
KNOWN = 120
"""Givers who are people of the demo, with an address that they proved."""
AT_ONCE = 500
PAID_OUT_EVERY = 7
AUTHORISED_WITHIN = timedelta(hours=1)
DECLARATION = "political.1"


def give(fund: Fund, seats: Sequence[Area], *, population: Population, now: datetime, say: Callable[[str], None]) -> None:
    """Let invented people give to a recipient over half a year: once and monthly, a few refused, a few given back, paid out each week."""
    drawn = gifts(now=now)
    donors = _donors(sorted({gift.giver for gift in drawn}), seats, population=population, now=now)
    envelopes = list(fund.envelopes.order_by("pk"))
    monthly = _monthly(fund, drawn, donors, now=now)
    MonthlyShare.objects.bulk_create(
        MonthlyShare(monthly=each, fund=envelopes[0], amount=each.amount) for giver, each in monthly.items() if envelopes and giver % 2
    )
    made = [(gift, _donation(fund, number, gift, donors[gift.giver], monthly.get(gift.giver))) for number, gift in enumerate(drawn)]
    Donation.objects.bulk_create((donation for _gift, donation in made), batch_size=AT_ONCE)
    shares = [share for gift, donation in made if (share := _share(gift, donation, envelopes))]
    DonationShare.objects.bulk_create(shares, batch_size=AT_ONCE)
    PaymentAttempt.objects.bulk_create(
        PaymentAttempt(donation=donation, token=f"ctoken_demo_{number}", outcome=gift.failure, at=gift.at + timedelta(minutes=1))
        for number, (gift, donation) in enumerate(made)
        if gift.failure
    )
    parts = {share.donation_id: {share.fund_id: share.amount} for share in shares}
    written = [posting for gift, donation in made if donation.charge for posting in _postings(gift, donation, parts.get(donation.pk, {}))]
    for begin in range(0, len(written), AT_ONCE):
        ledger.post(written[begin : begin + AT_ONCE], now=now)
    sent = list(_payouts(written))
    PaidOut.objects.bulk_create(
        PaidOut(
            id=each.id,
            fund=fund,
            amount=each.amount,
            state=PayoutState.PAID,
            is_automatic=True,
            sent_at=each.happened_at,
            arrives_on=each.arrives_on,
        )
        for each in sent
    )
    ledger.post((postings.of_payout(fund.pk, each) for each in sent), now=now)
    _authorise([donation for _gift, donation in made if donation.refunded])
    journal.jobs.enqueue(TELL, fund_id=fund.pk)
    say(f"{len(made)} donations invented")


def _donors(givers: Sequence[int], seats: Sequence[Area], *, population: Population, now: datetime) -> dict[int, Donor]:
    points = ContactPoint.objects.filter(channel=Channel.EMAIL, verified_at__isnull=False, person__area__in=seats)
    known = list(points.select_related("person__area", "person__locality__kind").order_by("pk")[:KNOWN])
    postcodes = _postcodes(population)
    donors = {
        giver: _donor(giver, seats, known[giver] if giver < len(known) else None, postcodes=postcodes, population=population, now=now)
        for giver in givers
    }
    found = places_of(list(donors.values()))
    for donor in donors.values():
        donor.area_id = found.get(donor.pk)
    named = {
        giver: identity_of(family_name=donor.family_name, given_name=donor.given_name, born_on=donor.born_on)
        for giver, donor in donors.items()
        if donor.born_on
    }
    DonorIdentity.objects.bulk_create((DonorIdentity(**asdict(each)) for each in set(named.values())), ignore_conflicts=True)
    keys = {(each.family_key, each.given_key, each.born_on): each for each in DonorIdentity.objects.all()}
    for giver, each in named.items():
        donors[giver].identity = keys[each.family_key, each.given_key, each.born_on]
    Donor.objects.bulk_create(donors.values(), batch_size=AT_ONCE)
    return donors


def _postcodes(population: Population) -> dict[UUID, list[str]]:
    """The postal codes of each commune in which the demo's people live; of a large city they are those of its arrondissements."""
    homes = {home.pk for homes in population.localities.values() for home in homes}
    aliases = AreaAlias.objects.filter(Q(area__in=homes) | Q(area__parent__in=homes), scheme="postal").order_by("code")
    found: dict[UUID, list[str]] = {}
    for area, parent, code in aliases.values_list("area", "area__parent", "code"):
        if home := area if area in homes else parent:
            found.setdefault(home, []).append(code)
    return found


def _donor(
    giver: int,
    seats: Sequence[Area],
    point: ContactPoint | None,
    *,
    postcodes: Mapping[UUID, Sequence[str]],
    population: Population,
    now: datetime,
) -> Donor:
    draw = Random(f"giver {giver}")  # noqa: S311  nothing is kept secret by it
    given_name, family_name = full_name(FIRST_NAME + giver)
    area = seats[draw.randrange(len(seats))]
    homes = population.localities.get(str(area.pk), [])
    home = homes[giver % len(homes)] if homes else None
    email = f"{fold(given_name).replace(' ', '')}.{fold(family_name).replace(' ', '')}.don{giver}@{DOMAIN}"
    if point is not None:
        person = point.person
        given_name, family_name, email, area, home = (
            person.given_name,
            person.family_name,
            point.value,
            person.area or area,
            person.locality,
        )
    is_abroad = home is not None and home.kind.code == "country_abroad"
    codes = ["10000"] if is_abroad else postcodes.get(home.pk, []) if home else []
    return Donor(
        person=point.person if point else None,
        proved_at=now if point else None,
        email=email,
        language="fr",
        given_name=given_name,
        family_name=family_name,
        born_on=date(1940 + draw.randrange(65), 1 + draw.randrange(12), 1 + draw.randrange(28)),
        nationality="FR",
        address_lines=f"{1 + draw.randrange(80)} rue de l’Exemple",
        postcode=codes[giver % len(codes)] if codes else "",
        city=home.name if home else "",
        country=home.code if home and is_abroad else area.country,
        created_at=now,
    )


def _monthly(fund: Fund, drawn: Sequence[Gift], donors: dict[int, Donor], *, now: datetime) -> dict[int, MonthlyDonation]:
    """The monthly donations behind the instalments: who did not pay for five weeks has stopped."""
    instalments: dict[int, list[Gift]] = {}
    for gift in drawn:
        if gift.monthly:
            instalments.setdefault(gift.giver, []).append(gift)
    made = {}
    for giver, paid in instalments.items():
        first, last = paid[0], paid[-1]
        has_stopped = last.at < now - timedelta(days=35)
        made[giver] = MonthlyDonation(
            fund=fund,
            donor=donors[giver],
            amount=first.amount,
            currency=fund.currency,
            day=min(first.at.astimezone(ZONE).day, 28),
            method=first.method,
            state=MonthlyState.STOPPED if has_stopped else MonthlyState.ACTIVE,
            next_on=None if has_stopped else _next(last.at, now=now),
            customer=f"cus_demo{giver}",
            payment_method=f"pm_demo{giver}",
            mandate=f"mandate_demo{giver}" if first.method == Method.SEPA_DEBIT else "",
            method_label=f"IBAN •••• {IBAN[-4:]}" if first.method == Method.SEPA_DEBIT else f"Visa •••• {CARD[-4:]}",
            created_at=first.at,
            stopped_at=last.at + timedelta(days=20) if has_stopped else None,
        )
    MonthlyDonation.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    return made


def _next(last: datetime, *, now: datetime) -> date:
    """The same day of the month after the last instalment, never before the day after tomorrow."""
    day = last.astimezone(ZONE).date()
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=min(day.day, 28))
    return max(following, now.astimezone(ZONE).date() + timedelta(days=2))


def _donation(fund: Fund, number: int, gift: Gift, donor: Donor, monthly: MonthlyDonation | None) -> Donation:
    is_settled = gift.state == DonationState.SETTLED
    day = gift.at.astimezone(ZONE).date()
    return Donation(
        fund=fund,
        donor=donor,
        monthly=monthly if gift.monthly else None,
        due_on=day if gift.monthly else None,
        method=gift.method,
        amount=gift.amount,
        refunded=gift.back,
        currency=fund.currency,
        state=gift.state,
        failure=gift.failure,
        intent=f"pi_demo{number}",
        charge=f"ch_demo{number}" if is_settled else None,
        source=gift.source,
        declaration=DECLARATION,
        started_at=gift.at,
        settled_at=gift.at + timedelta(minutes=1) if is_settled else None,
        counted_on=day,
    )


def _share(gift: Gift, donation: Donation, envelopes: Sequence[Fund]) -> DonationShare | None:
    if gift.envelope < 0 or not envelopes:
        return None
    part = donation.amount if gift.envelope < 2 else donation.amount // 200 * 100
    return DonationShare(donation=donation, fund=envelopes[gift.envelope % len(envelopes)], amount=part) if part else None


def _postings(gift: Gift, donation: Donation, shares: dict[UUID, int]) -> Iterator[postings.Posting | None]:
    """What the provider took and kept, and what went back after three days."""
    given = postings.Given(
        id=donation.pk,
        fund_id=donation.fund_id,
        nature=Nature.DONATION,
        amount=donation.amount,
        shares=shares,
    )
    happened_at = donation.settled_at or donation.started_at
    charge_id = donation.charge or ""
    fee = Fee(id=charge_id.replace("ch_", "txn_"), amount=25 + donation.amount * 15 // 1000, happened_at=happened_at)
    charge = Charge(id=charge_id, amount=donation.amount, refunded=gift.back, currency=donation.currency, happened_at=happened_at, fee=fee)
    yield postings.of_charge(given, charge)
    yield postings.of_fee(donation.fund_id, fee, donation.pk)
    if gift.back:
        back = Refund(
            id=charge_id.replace("ch_", "re_"),
            charge=charge_id,
            amount=gift.back,
            state="succeeded",
            happened_at=happened_at + timedelta(hours=2),
        )
        yield postings.of_refund(given, back)


def _authorise(given_back: Sequence[Donation]) -> None:
    """Record the agent's word for what went back; of the last one it was forgotten, which the nightly reconciliation finds."""
    RefundAuthorisation.objects.bulk_create(
        RefundAuthorisation(
            donation=donation,
            amount=donation.refunded,
            authorised_by="Dominique Exemple",
            authorised_on=donation.counted_on,
            reference=f"courriel du {donation.counted_on:%d/%m/%Y}",
            recorded_at=donation.started_at + AUTHORISED_WITHIN,
        )
        for donation in given_back[:-1]
    )


def _payouts(written: Sequence[postings.Posting | None]) -> Iterator[Payout]:
    """Each week, what the provider held was sent to the bank."""
    held: dict[date, int] = {}
    for posting in written:
        if posting is not None:
            day = posting.happened_at.astimezone(ZONE).date()
            monday = day + timedelta(days=PAID_OUT_EVERY - day.weekday())
            held[monday] = held.get(monday, 0) + sum(amount for account, _fund, amount in posting.lines if account == "provider")
    last = max((posting.happened_at for posting in written if posting is not None), default=None)
    for monday, amount in sorted(held.items()):
        at = datetime(monday.year, monday.month, monday.day, 6, tzinfo=ZONE)
        if amount > 0 and last is not None and at <= last:
            yield Payout(id=f"po_demo{monday:%Y%m%d}", amount=amount, state="paid", arrives_on=monday, happened_at=at)
