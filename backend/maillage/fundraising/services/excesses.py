"""What was given beyond a cap: counted by the law's count after each payment, decided by the treasurer (ADR 27)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain import caps
from maillage.fundraising.domain.caps import Counted
from maillage.fundraising.domain.excess import going_back
from maillage.fundraising.domain.rule_parts import Cap
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.words import DonationState, ExcessState
from maillage.fundraising.models import Donation, Excess
from maillage.fundraising.selectors.allowance import election_of, is_office_written
from maillage.fundraising.services import refunds
from maillage.fundraising.services.allowance import lock_group
from maillage.kernel.errors import Conflict, Invalid
from maillage.people.domain.law import GivingRules

STANDING = (ExcessState.AUTHORISED, ExcessState.DISMISSED)
"""What the treasurer decided: it is not found again."""


def recount_excess(*, identity_id: UUID, now: datetime) -> None:
    """Let the rows of a person's excess say what they gave too much, by all that was settled in their name; safe to repeat.

    The latest donation goes back first. What was decided stands, and what has gone back is said so.
    Facts: excess.found.
    """
    with transaction.atomic():
        group = lock_group(identity_id)
        settled = Donation.objects.filter(donor__identity__in=group, state=DonationState.SETTLED).select_related("fund", "donor")
        given = list(settled.order_by("-settled_at", "-pk"))
        rows = list(Excess.objects.select_for_update(of=("self",)).filter(donation__in=given).order_by("pk"))
        back = {donation.pk: donation.refunded for donation in given}
        for row in rows:
            _note_returned(row, back[row.donation_id])
        wanted: dict[tuple[UUID, str, str], int] = {}
        for (cap, period), counting in _by_cap(given).items():
            for donation_id, cents in _too_much(cap, period, counting, rows).items():
                wanted[donation_id, cap.code, period] = cents
        _keep({donation.pk: donation for donation in given}, rows, wanted, now=now)


def authorise_excess(*, excess_id: UUID, authorised_by: str, authorised_on: date, reference: str, by: User, now: datetime) -> Excess:
    """Record that the agent agreed that an excess goes back; it is then given back like any other donation.

    Facts: refund.authorised, excess.decided.  Raises: Invalid (what is missing, by field), Conflict (`already_decided`).
    """
    with transaction.atomic():
        excess = _to_decide(excess_id)
        excess.authorisation = refunds.authorise_refund(
            donation_id=excess.donation_id,
            amount=excess.cents,
            authorised_by=authorised_by,
            authorised_on=authorised_on,
            reference=reference,
            by=by,
            now=now,
        )
        return _decide(excess, ExcessState.AUTHORISED, by=by, now=now)


def dismiss_excess(*, excess_id: UUID, reason: str, by: User, now: datetime) -> Excess:
    """Let an excess stay, for a reason that is kept: two people of one name and birth date, say.

    Facts: excess.decided.  Raises: Invalid (`reason`), Conflict (`already_decided`).
    """
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why it stays: the books keep it.")]})
    with transaction.atomic():
        excess = _to_decide(excess_id)
        excess.reason = reason.strip()
        return _decide(excess, ExcessState.DISMISSED, by=by, now=now)


def undo_excess(*, excess_id: UUID, by: User, now: datetime) -> None:
    """Take back what was decided of an excess: it is counted anew. Safe to repeat.

    Facts: excess.reopened.  Raises: Conflict (`already_given_back`).
    """
    with transaction.atomic():
        identity_id = Excess.objects.values_list("donation__donor__identity", flat=True).get(pk=excess_id)
        lock_group(identity_id)
        excess = Excess.objects.select_for_update(of=("self",)).select_related("donation", "authorisation").get(pk=excess_id)
        if excess.state == ExcessState.FOUND:
            return
        authorisation = excess.authorisation
        if excess.state == ExcessState.RETURNED or (
            authorisation is not None and refunds.left_authorised(excess.donation) < authorisation.amount
        ):
            raise Conflict(_("Something of it has gone back, or is asked to: that is not undone here."), code="already_given_back")
        journal.record("excess.reopened", subject=excess, at=now, actor_id=by.pk, donation_id=excess.donation_id, amount=excess.cents)
        excess.delete()
        if authorisation is not None:
            authorisation.delete()
        recount_excess(identity_id=identity_id, now=now)


def _by_cap(latest_first: Sequence[Donation]) -> dict[tuple[Cap, str], list[Donation]]:
    """Sort donations by cap and period, as the rules of the latest one's day say it."""
    found: dict[tuple[str, str], tuple[Cap, list[Donation]]] = {}
    for donation in latest_first:
        election = election_of(donation.fund)
        elected = is_office_written(donation.method, declared=donation.donor.elected)
        counted = Counted(donation.amount, donation.counted_on, donation.nature, elected, election)
        for cap in rules_on(GivingRules(donation.fund.rules), donation.counted_on).caps:
            key = caps.period_key(cap, on=donation.counted_on, election=election)
            if caps.counts(cap, counted, key):
                found.setdefault((cap.code, key), (cap, []))[1].append(donation)
    return {(cap, key): donations for (_code, key), (cap, donations) in found.items()}


def _too_much(cap: Cap, period: str, latest_first: Sequence[Donation], rows: Sequence[Excess]) -> dict[UUID, int]:
    """Return cents of donations that are beyond a cap and not decided yet."""
    standing: dict[UUID, int] = {}
    back = {donation.pk: donation.refunded for donation in latest_first}
    for row in rows:
        if (row.cap, row.period) == (cap.code, period) and row.state in STANDING and row.donation_id in back:
            gone = back[row.donation_id] - row.refunded_before if row.state == ExcessState.AUTHORISED else 0
            standing[row.donation_id] = standing.get(row.donation_id, 0) + row.cents - gone
    left = {donation.pk: donation.amount - donation.refunded for donation in latest_first}
    over = sum(left.values()) - cap.amount - sum(standing.values())
    return going_back(over, [(pk, cents - standing.get(pk, 0)) for pk, cents in left.items()])


def _keep(given: dict[UUID, Donation], rows: Sequence[Excess], wanted: dict[tuple[UUID, str, str], int], *, now: datetime) -> None:
    for row in rows:
        if row.state != ExcessState.FOUND:
            continue
        cents = wanted.pop((row.donation_id, row.cap, row.period), 0)
        if not cents:
            row.delete()
        elif cents != row.cents:
            row.cents, row.refunded_before = cents, given[row.donation_id].refunded
            row.save(update_fields=["cents", "refunded_before"])
    for (donation_id, cap, period), cents in wanted.items():
        donation = given[donation_id]
        made = Excess.objects.create(
            fund=donation.fund,
            donation=donation,
            cap=cap,
            period=period,
            cents=cents,
            refunded_before=donation.refunded,
            found_at=now,
        )
        journal.record("excess.found", subject=made, at=now, donation_id=donation_id, amount=cents)


def _note_returned(row: Excess, refunded: int) -> None:
    """Say of what was to go back that it did, or that it came back after all."""
    gone = refunded - row.refunded_before >= row.cents
    if row.state == ExcessState.RETURNED and not gone:
        state = ExcessState.AUTHORISED if row.decided_at else ExcessState.FOUND
    elif row.state in (ExcessState.FOUND, ExcessState.AUTHORISED) and gone:
        state = ExcessState.RETURNED
    else:
        return
    row.state = state
    row.save(update_fields=["state"])


def _to_decide(excess_id: UUID) -> Excess:
    lock_group(Excess.objects.values_list("donation__donor__identity", flat=True).get(pk=excess_id))
    excess = Excess.objects.select_for_update(of=("self",)).get(pk=excess_id)
    if excess.state != ExcessState.FOUND:
        raise Conflict(_("Somebody decided about this already."), code="already_decided")
    return excess


def _decide(excess: Excess, state: ExcessState, *, by: User, now: datetime) -> Excess:
    excess.state, excess.decided_by, excess.decided_at = state, by, now
    excess.save(update_fields=["state", "reason", "authorisation", "decided_by", "decided_at"])
    journal.record("excess.decided", subject=excess, at=now, actor_id=by.pk, donation_id=excess.donation_id, amount=excess.cents)
    return excess
