"""What somebody gave, once they ask to be forgotten: what the law has kept stays, and nothing else."""

from datetime import datetime
from uuid import UUID

from maillage.fundraising.domain.words import MonthlyState
from maillage.fundraising.models import Donor, MonthlyDonation, PaymentAttempt
from maillage.fundraising.services.campaign_pages import erase_messages, erase_pages
from maillage.fundraising.services.monthly import give_up, locked
from maillage.fundraising.services.proofs import forget_proofs_of
from maillage.fundraising.services.rollups import recount_donors


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
    recount_donors([donor.pk for donor in declared])
