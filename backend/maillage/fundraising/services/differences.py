"""Differences between our books and the provider's: opened once, closed once they are gone, explained by the treasurer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.words import DifferenceKind
from maillage.fundraising.models import Difference
from maillage.kernel.errors import Conflict, Invalid

LONGEST_WORDS = 1000


@dataclass(frozen=True)
class Found:
    """One difference as it stands: what it is about, and cents by our books and at the provider, where there are any."""

    kind: DifferenceKind
    reference: str
    ours: int | None = None
    theirs: int | None = None
    donation_id: UUID | None = None


def open_difference(*, fund_id: UUID, found: Found, now: datetime) -> Difference:
    """Keep a difference that somebody stumbled upon, in the caller's transaction; one that is open already is left as it is.

    Facts: difference.found.
    """
    difference, is_new = Difference.objects.get_or_create(
        fund_id=fund_id,
        kind=found.kind,
        reference=found.reference,
        closed_at=None,
        defaults={"ours": found.ours, "theirs": found.theirs, "donation_id": found.donation_id, "opened_at": now},
    )
    if is_new:
        journal.record("difference.found", subject=difference, at=now, kind=found.kind.value)
    return difference


def settle_differences(*, fund_id: UUID, found: Iterable[Found], now: datetime) -> None:
    """Let the open differences of a recipient be exactly these: new ones are opened, those that are gone are closed.

    One whose amounts changed is another one: it is to be explained again. Facts: difference.found, difference.closed.
    """
    wanted = {(each.kind.value, each.reference): each for each in found}
    with transaction.atomic():
        for difference in Difference.objects.select_for_update().filter(fund_id=fund_id, closed_at__isnull=True).order_by("pk"):
            same = wanted.get((difference.kind, difference.reference))
            if same is not None and (same.ours, same.theirs) == (difference.ours, difference.theirs):
                del wanted[difference.kind, difference.reference]
                continue
            difference.closed_at = now
            difference.save(update_fields=["closed_at"])
            journal.record("difference.closed", subject=difference, at=now, kind=difference.kind)
        for each in wanted.values():
            open_difference(fund_id=fund_id, found=each, now=now)


def explain_difference(*, difference_id: UUID, words: str, by: User, now: datetime) -> Difference:
    """Write down why a difference is as it is; it stays until it is gone, and is not red any more.

    Facts: difference.explained.  Raises: Invalid (no words, or too many), Conflict (`difference_closed`).
    """
    if not words.strip():
        raise Invalid(fields={"words": [_("Write a sentence: whoever reads the books later looks for it.")]})
    if len(words) > LONGEST_WORDS:
        raise Invalid(fields={"words": [_("At most %(most)s letters fit here.") % {"most": LONGEST_WORDS}]})
    with transaction.atomic():
        difference = Difference.objects.select_for_update().get(pk=difference_id)
        if difference.closed_at is not None:
            raise Conflict(_("This difference is gone: there is nothing to explain any more."), code="difference_closed")
        difference.words, difference.explained_by, difference.explained_at = words.strip(), by, now
        difference.save(update_fields=["words", "explained_by", "explained_at"])
        journal.record("difference.explained", subject=difference, at=now, actor_id=by.pk, kind=difference.kind)
    return difference
