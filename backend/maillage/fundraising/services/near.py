"""Identities that may be one person: found once both gave, and joined or told apart by the treasurer (ADR 27)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.identity import Identity, near
from maillage.fundraising.domain.words import DonationState, NearState
from maillage.fundraising.models import Donation, DonorIdentity, NearIdentity
from maillage.fundraising.selectors.allowance import group_of
from maillage.fundraising.services.allowance import lock_groups
from maillage.fundraising.services.excesses import recount_excess
from maillage.fundraising.services.rollups import recount_identities

MOST = 20
"""Pairs of one identity that are proposed at once: a birth date that very many declare says nothing about who is who."""


def follow_caps(*, donation_id: UUID, now: datetime) -> None:
    """Count the excess of whoever a donation is of, and propose who they may be, once money of theirs came. Safe to repeat.

    Facts: excess.found.
    """
    identity_id = Donation.objects.values_list("donor__identity", flat=True).get(pk=donation_id)
    if identity_id is not None:
        recount_excess(identity_id=identity_id, now=now)
        find_near(identity_id=identity_id, now=now)


def find_near(*, identity_id: UUID, now: datetime) -> int:
    """Propose the identities that gave and may be the same person as this one, which gave; say how many were new. Safe to repeat."""
    here = DonorIdentity.objects.get(pk=identity_id)
    own = _read(here)
    alike = DonorIdentity.objects.filter(Q(born_on=here.born_on) | Q(family_key=here.family_key, given_key=here.given_key))
    why = {other.pk: found for other in alike.exclude(pk=here.pk) if (found := near(own, _read(other)))}
    paid = Donation.objects.filter(donor__identity__in=why, state=DonationState.SETTLED)
    gave = set(paid.values_list("donor__identity", flat=True))
    known = set(NearIdentity.objects.filter(one=here).values_list("other", flat=True))
    known |= set(NearIdentity.objects.filter(other=here).values_list("one", flat=True))
    new = sorted(gave - known - set(group_of(here.pk)))[:MOST]
    made = [NearIdentity(one_id=min(here.pk, pk), other_id=max(here.pk, pk), why=why[pk], found_at=now) for pk in new]
    NearIdentity.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def decide_near(*, near_id: UUID, state: NearState, by: User, now: datetime) -> NearIdentity:
    """Say that two identities are the same person, are not, or (`open`) that it is not decided after all. Safe to repeat.

    Their caps are counted together or apart from then on, and the excess of each anew.
    Facts: near_identity.decided.
    """
    with transaction.atomic():
        one, other = NearIdentity.objects.values_list("one", "other").get(pk=near_id)
        members = lock_groups([one, other])
        pair = NearIdentity.objects.select_for_update(of=("self",)).get(pk=near_id)
        if pair.state == state:
            return pair
        pair.state, pair.decided_by, pair.decided_at = state, by, now
        pair.save(update_fields=["state", "decided_by", "decided_at"])
        journal.record("near_identity.decided", subject=pair, at=now, actor_id=by.pk, state=str(state))
        groups = _groups(members)
        for group in groups:
            root = group[0]
            DonorIdentity.objects.filter(pk=root).update(counts_as=None)
            DonorIdentity.objects.filter(pk__in=group[1:]).update(counts_as=root)
        recount_identities(members)
        for group in groups:
            recount_excess(identity_id=group[0], now=now)
    return pair


def _groups(members: Collection[UUID]) -> list[list[UUID]]:
    """Part identities into those that are one person by what was said of them in pairs, the oldest of each first."""
    same = NearIdentity.objects.filter(Q(one__in=members) | Q(other__in=members), state=NearState.SAME).values_list("one", "other")
    together = {member: {member} for member in members}
    for one, other in same:
        joined = together[one] | together[other]
        together |= dict.fromkeys(joined, joined)
    return [list(group) for group in sorted({tuple(sorted(group)) for group in together.values()})]


def _read(row: DonorIdentity) -> Identity:
    return Identity(row.family_key, row.given_key, row.born_on)
