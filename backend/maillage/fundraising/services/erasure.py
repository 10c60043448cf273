"""What somebody gave, once they ask to be forgotten, or once nobody needs it: what the law has kept stays, and nothing else."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.fundraising.domain.declarations import WORDS
from maillage.fundraising.domain.payments import UNPAID_KEPT
from maillage.fundraising.domain.words import DonationState, MonthlyState
from maillage.fundraising.models import (
    BatchRow,
    Difference,
    Dispute,
    Donation,
    Donor,
    DonorCorrection,
    DonorIdentity,
    HeldCard,
    LedgerEntry,
    MonthlyDonation,
    NearIdentity,
    PaymentAttempt,
    YearlyStatement,
)
from maillage.fundraising.models.donors import KEPT
from maillage.fundraising.services.campaign_pages import erase_messages, erase_pages
from maillage.fundraising.services.monthly import give_up, locked
from maillage.fundraising.services.proofs import forget_proofs_of
from maillage.fundraising.services.rollups import recount_donors

FORGOTTEN_AT_ONCE = 2000

_DECLARED = ("email", "honorific", "given_name", "family_name", "nationality", "address_lines", "postcode", "city", "country", "news")


def erase_donor(person_id: UUID, now: datetime) -> None:
    """Part a person from what they gave, and forget how they are reached; their declarations and the amounts are kept by law.

    The constituency stays beside the address that the law has kept: no sum by place changes. What they gave monthly stops with it:
    nobody could tell them of it, nor be asked to stop it. Their pages close and say nothing of them; neither do messages of theirs.
    """
    erase_pages(person_id, now=now)
    erase_messages(Donor.objects.filter(person_id=person_id))
    running = MonthlyDonation.objects.filter(donor__person_id=person_id).exclude(state=MonthlyState.STOPPED)
    for monthly_id in running.order_by("pk").values_list("pk", flat=True):
        give_up(locked(monthly_id), now=now)
    MonthlyDonation.objects.filter(donor__person_id=person_id).update(method_label="")
    forget_proofs_of(list(Donor.objects.filter(person_id=person_id).values_list("email", flat=True)))
    PaymentAttempt.objects.filter(donation__donor__person_id=person_id).delete()
    declared = list(Donor.objects.select_for_update().filter(person_id=person_id).order_by("created_at", "pk"))
    Donor.objects.filter(pk__in=[donor.pk for donor in declared]).update(
        person=None, email="", news="", counted_with=declared[0] if declared else None
    )
    if declared:
        Donor.objects.filter(counted_with__in=declared).update(counted_with=declared[0])
    YearlyStatement.objects.filter(donor__in=declared).delete()
    recount_donors([donor.pk for donor in declared])


def forget_declarations(*, now: datetime) -> int:
    """Empty the declarations of whoever gave so long ago that no law keeps them any more; say how many. The amounts stay, of nobody.

    Books are kept ten years from the end of their year. Whoever gave as one still counts as one. Safe to repeat: some thousands at a
    time, the next ones another night.
    """
    before = now.year - KEPT.years
    lately = Donation.objects.filter(donor=OuterRef("pk"), counted_on__year__gte=before)
    running = MonthlyDonation.objects.filter(donor=OuterRef("pk")).exclude(state=MonthlyState.STOPPED)
    old = Donor.objects.filter(~Exists(lately), ~Exists(running), created_at__year__lt=before).exclude(family_name="", email="")
    with transaction.atomic():
        donors = list(old.select_for_update(of=("self",), skip_locked=True).order_by("created_at", "pk")[:FORGOTTEN_AT_ONCE])
        first: dict[UUID, Donor] = {}
        for donor in donors:
            whose = donor.identity_id or donor.person_id
            if whose is not None or donor.counted_with_id is None:
                donor.counted_with = first.setdefault(whose or donor.pk, donor)
        _empty(donors)
        YearlyStatement.objects.filter(donor__in=donors).delete()
        NearIdentity.objects.filter(Q(one__donors=None) | Q(other__donors=None)).delete()
        _forget_identities()
        recount_donors([donor.pk for donor in donors])
    return len(donors)


def forget_unpaid(*, now: datetime) -> int:
    """Empty the declarations of whoever began donations and never paid one, and forget who they were; say how many.

    A donation that ended stays, of nobody: its amount was never in a book, nor in a sum. What somebody may still ask about or decide
    keeps its donor. Nothing that is locked at this moment is waited for. Safe to repeat: some thousands at a time, until none is left.
    """
    with transaction.atomic():
        unpaid = _never_paid(now - UNPAID_KEPT)
        wanted = list(unpaid.order_by("created_at", "pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
        held = _lock_free(Donor.objects.filter(pk__in=wanted))
        own: list[QuerySet[Any]] = [model.objects.filter(donor__in=held) for model in (MonthlyDonation, Donation)]
        for rows in own:
            unpaid = unpaid.exclude(pk__in=rows.exclude(pk__in=_lock_free(rows)).values_list("donor", flat=True))
        donors = list(unpaid.filter(pk__in=held))  # read again: what changed before it was locked counts
        for donor in donors:
            donor.area = None
        _empty(donors)
        MonthlyDonation.objects.filter(donor__in=donors).update(method_label="")
        erase_messages(donors)
        _forget_identities()
    return len(donors)


def _never_paid(before: datetime) -> QuerySet[Donor]:
    """Return the donors all of whose donations were given up, none of them begun or tried since, and about whom nothing is left to do.

    Kept are who has money in the books, a monthly donation that runs or stopped since, a paper donation, a card on which the treasurer
    decided, a dispute, an open difference, or a statement of a year.
    """
    own = Donation.objects.filter(donor=OuterRef("pk"))
    theirs = {"donation__donor": OuterRef("pk")}
    keeping: list[QuerySet[Any]] = [
        own.filter(~Q(state=DonationState.ENDED) | Q(started_at__gt=before)),
        PaymentAttempt.objects.filter(**theirs, at__gt=before),
        LedgerEntry.objects.filter(**theirs),
        MonthlyDonation.objects.filter(donor=OuterRef("pk")).exclude(state=MonthlyState.STOPPED, stopped_at__lte=before),
        BatchRow.objects.filter(**theirs),
        HeldCard.objects.filter(**theirs),
        Dispute.objects.filter(**theirs),
        Difference.objects.filter(**theirs, closed_at__isnull=True),
        YearlyStatement.objects.filter(donor=OuterRef("pk")),
    ]
    begun = Donor.objects.filter(Exists(own.filter(state=DonationState.ENDED))).exclude(family_name="", email="")
    return begun.filter(*(~Exists(kept) for kept in keeping))


def _empty(donors: list[Donor]) -> None:
    """Let nothing be left of what donors declared, nor of what a treasurer put right in it."""
    for donor in donors:
        donor.person = donor.identity = donor.born_on = None
        donor.elected, donor.folded_name = False, ""
        for name in _DECLARED:
            setattr(donor, name, "")
    Donor.objects.bulk_update(donors, ["person", "identity", "counted_with", "area", "born_on", "elected", "folded_name", *_DECLARED])
    DonorCorrection.objects.filter(donor__in=donors).update(
        named=None, born_on=None, reason="", **{name: "" for name in WORDS if name != "born_on"}
    )


def _forget_identities() -> None:
    """Forget the identities that nobody declares any more and on which nobody decided.

    One in whose name somebody gives at this moment is left alone: who takes it up holds it, and is not waited for.
    """
    counted = DonorIdentity.objects.filter(counts_as=OuterRef("pk"))
    free = DonorIdentity.objects.filter(~Exists(counted), donors=None, near_later=None, near_before=None)
    free.filter(pk__in=_lock_free(free)).delete()


def _lock_free(rows: QuerySet[Any]) -> list[UUID]:
    """Lock those of some rows that nobody else has locked, in the order of their keys, and return these."""
    return list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk").values_list("pk", flat=True))
