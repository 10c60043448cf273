"""What somebody gave, once they ask to be forgotten: what the law has kept stays, and nothing else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from maillage.fundraising.domain.declarations import WORDS
from maillage.fundraising.domain.words import MonthlyState
from maillage.fundraising.models import (
    Donation,
    Donor,
    DonorCorrection,
    DonorIdentity,
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
    erase_messages(person_id)
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
            donor.counted_with = first.setdefault(donor.identity_id or donor.person_id or donor.pk, donor)
            donor.person = donor.identity = donor.born_on = None
            donor.elected, donor.folded_name = False, ""
            for name in _DECLARED:
                setattr(donor, name, "")
        Donor.objects.bulk_update(donors, ["person", "identity", "counted_with", "born_on", "elected", "folded_name", *_DECLARED])
        DonorCorrection.objects.filter(donor__in=donors).update(
            named=None, born_on=None, reason="", **{name: "" for name in WORDS if name != "born_on"}
        )
        YearlyStatement.objects.filter(donor__in=donors).delete()
        NearIdentity.objects.filter(Q(one__donors=None) | Q(other__donors=None)).delete()
        counted = DonorIdentity.objects.filter(counts_as=OuterRef("pk"))
        DonorIdentity.objects.filter(~Exists(counted), donors=None, near_later=None, near_before=None).delete()
        recount_donors([donor.pk for donor in donors])
    return len(donors)
