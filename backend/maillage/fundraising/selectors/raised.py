"""What came in, as the books say, and how many gave."""

from dataclasses import dataclass

from django.db import connection

from maillage.fundraising.domain.words import Account, DonationState
from maillage.fundraising.models import Fund
from maillage.people.domain import SMALLEST_SHOWN

_BOOKS = """
SELECT coalesce(-sum(line.amount), 0) FROM fundraising_ledgerline line
JOIN fundraising_ledgerentry entry ON entry.id = line.entry_id
WHERE entry.fund_id = %(fund)s AND line.account = ANY(%(accounts)s)
"""
_GIVERS = """
SELECT count(DISTINCT coalesce(donor.identity_id::text, lower(donor.email))),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY donation.amount)
FROM fundraising_donation donation JOIN fundraising_donor donor ON donor.id = donation.donor_id
WHERE donation.fund_id = %(fund)s AND donation.state = %(settled)s AND donation.refunded < donation.amount
"""


@dataclass(frozen=True)
class Raised:
    """Cents that came in and stayed, from how many people, and the cents that half of the donations do not exceed."""

    amount: int
    people: int
    median: int


def raised_for(fund: Fund) -> Raised | None:
    """Say what a recipient was given so far; None while so few gave that the sum would tell what one of them did. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVERS, {"fund": fund.pk, "settled": DonationState.SETTLED})
        people, median = cursor.fetchone()
        if people < SMALLEST_SHOWN:
            return None
        cursor.execute(_BOOKS, {"fund": fund.pk, "accounts": [Account.DONATIONS, Account.DUES, Account.REFUNDS, Account.DISPUTES]})
        (amount,) = cursor.fetchone()
    return Raised(amount=int(amount), people=people, median=median)
