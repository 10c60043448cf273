"""When people last gave, or asked others to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from maillage.people.selectors.signs import read_signs


def signs_of_donations(person_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, datetime]:
    """Return when each of these people last began a donation, themself (an instalment is none), or opened a page."""
    return read_signs(SIGNS, person_ids, now)


SIGNS = """
SELECT donor.person_id AS person_id, donation.started_at AS at
FROM fundraising_donor donor JOIN fundraising_donation donation ON donation.donor_id = donor.id
LEFT JOIN fundraising_monthlydonation monthly ON monthly.id = donation.monthly_id
WHERE donor.person_id = ANY(%(ids)s) AND (monthly.id IS NULL OR donation.started_at = monthly.created_at)
UNION ALL
SELECT page.owner_id, page.opened_at FROM fundraising_fundraisingpage page
WHERE page.owner_id = ANY(%(ids)s) AND page.opened_at IS NOT NULL
"""
