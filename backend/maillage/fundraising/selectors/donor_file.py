"""What each donation brought in a year, as the authority asks for it."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from maillage.fundraising.domain.exports.cnccfp import Agent, Operation
from maillage.fundraising.domain.words import EntryKind, Method, Nature
from maillage.fundraising.models import Donation, Fund, LedgerEntry, LineMatch, Movement
from maillage.fundraising.selectors.books import donations_of_year, last_days_of

_Batch = tuple[list[Operation], list[UUID]]


def agent_of(fund: Fund) -> Agent:
    """Return the agent who collected."""
    return Agent(
        code=fund.registration or fund.code,
        legal_name=fund.legal_name,
        address=" ".join(fund.address.split()),
        phone=fund.phone,
        email=fund.email,
    )


def operations_of_year(fund: Fund, year: int) -> Iterator[_Batch]:
    """Give the operations of a year a batch at a time, each with the ids of the people whom it names."""
    after: UUID | None = None
    while sums := donations_of_year(fund, year, after=after):
        cents = dict(sums)
        found = Donation.objects.filter(pk__in=cents).select_related("donor", "batch_row__batch").order_by("pk")
        donations = list(found)
        statements = _statements(donations)
        days = last_days_of(fund, year, [donation.pk for donation in donations if donation.counted_on.year != year])
        operations = [
            _operation(donation, cents[donation.pk], days.get(donation.pk, donation.counted_on), statements.get(donation.pk, ""))
            for donation in donations
        ]
        yield operations, [person for donation in donations if (person := donation.donor.person_id)]
        after = sums[-1][0]


def _operation(donation: Donation, cents: int, on: date, statement: str) -> Operation:
    donor = donation.donor
    row = getattr(donation, "batch_row", None)
    return Operation(
        id=str(donation.pk),
        nature=Nature(donation.nature),
        method=Method(donation.method or Method.CARD),
        on=on,
        donor=str(donor.identity_id or donor.pk),
        honorific=donor.honorific,
        family_name=donor.family_name,
        given_name=donor.given_name,
        elected=donor.elected,
        address=" ".join(donor.address_lines.split()),
        city=donor.city,
        postcode=donor.postcode,
        country=donor.country,
        currency=donation.currency,
        amount=cents,
        statement=statement,
        slip=row.batch.slip if row else "",
    )


def _statements(donations: Sequence[Donation]) -> dict[UUID, str]:
    """Say in which line of which statement each donation came to the bank: itself, by its slip, or within a payout."""
    keys: dict[UUID, str] = {}
    for donation in donations:
        row = getattr(donation, "batch_row", None)
        if row is not None:
            keys[donation.pk] = f"donation:{donation.pk}" if row.batch.method == Method.TRANSFER else f"deposit:{row.batch_id}"
    paid_out = Movement.objects.filter(
        entry__donation__in=[donation.pk for donation in donations], entry__kind=EntryKind.DONATION, payout__isnull=False
    )
    keys |= {donation: f"payout:{payout}" for donation, payout in paid_out.values_list("entry__donation", "payout")}
    entries = LedgerEntry.objects.filter(key__in=set(keys.values()))
    matches = LineMatch.objects.filter(entry__in=entries).values_list("entry__key", "line__statement__number", "line__position")
    lines = {key: f"{number} {position}".strip() for key, number, position in matches}
    return {donation: lines[key] for donation, key in keys.items() if key in lines}
