"""E-mail addresses that somebody else wrote, on a paper or in a file, wait for their owners (ADR 17, last heading)."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage import journal
from maillage.kernel.errors import NotFound
from maillage.people.domain import Channel, Wording
from maillage.people.domain.imports import ImportStatus
from maillage.people.domain.waiting import ASKED_FROM, WaitingState
from maillage.people.models import ConsentState, ContactPoint, Import, PaperForm, WaitingAddress
from maillage.people.selectors.family import family_ids, standing_id
from maillage.people.selectors.imports import consent_columns, wording_of
from maillage.people.selectors.wordings import wordings_known
from maillage.people.services.consents import record_consent
from maillage.people.services.contact_points import verify_contact_point
from maillage.people.services.standing import lock_all_standing

logger = logging.getLogger(__name__)

PAPER = "paper"
"""The source of an agreement on paper, as the log of consents names it."""

FILE = "address_confirmed"
"""That of an agreement of a file whose address its owner confirmed: they have spoken themselves, so undoing the file leaves it."""


@dataclass(frozen=True)
class ToAsk:
    """An address whose owner is to be asked now, once for all who share it in one file; `id` is one of its contact points."""

    id: UUID
    address: str
    language: str


def addresses_to_ask(*, most: int, now: datetime) -> list[ToAsk]:
    """Take the next addresses of finished imports and mark them as asked; of each import some, so that a small one need not wait.

    Nobody is asked within the first hour after an import (`ASKED_FROM`). What somebody proved meanwhile counts without a question,
    and who refused meanwhile all that the list says is passed over.
    Two workers never take the same. The caller queues a mail for each, in the same transaction.
    """
    unasked = _waiting().filter(batch=OuterRef("pk"))
    done = Import.objects.filter(Exists(unasked), status=ImportStatus.DONE, ended_at__lte=now - ASKED_FROM)
    batches = list(done.order_by("ended_at").values_list("pk", flat=True)[:most])
    asked: list[ToAsk] = []
    with transaction.atomic():
        values = {batch_id: _next_values(batch_id, most=ceil(most / len(batches))) for batch_id in batches}
        sharing = WaitingAddress.objects.filter(batch__in=batches, point__value__in=set().union(*values.values()))
        lock_all_standing(set(sharing.values_list("point__person_id", flat=True)))
        for batch_id in batches:
            asked += _take(batch_id, values[batch_id], now=now)
    return asked


def _waiting() -> QuerySet[WaitingAddress]:
    """Addresses that wait, but for those that the record to which theirs was joined has given up: they wait until it is taken apart."""
    same = ContactPoint.objects.filter(
        person=OuterRef("point__person__merged_into"), channel=OuterRef("point__channel"), value=OuterRef("point__value")
    )
    return WaitingAddress.objects.filter(Q(point__person__merged_into__isnull=True) | Exists(same), state=WaitingState.WAITING)


def _next_values(batch_id: UUID, *, most: int) -> set[str]:
    return set(_waiting().filter(batch_id=batch_id).order_by("id").values_list("point__value", flat=True)[:most])


def _take(batch_id: UUID, values: Collection[str], *, now: datetime) -> list[ToAsk]:
    waiting = _waiting().filter(batch_id=batch_id, point__value__in=values).select_related("point__person", "batch")
    rows = list(waiting.select_for_update(of=("self",)).order_by("id"))
    first: dict[str, ToAsk] = {}
    for row in rows:
        is_proved = _is_proved_by_now(row.point)
        if not is_proved and _is_refused(row):
            row.state = WaitingState.PASSED_OVER
            continue
        row.state, row.asked_at = WaitingState.ASKED, now
        if not is_proved:
            first.setdefault(row.point.value, ToAsk(id=row.point_id, address=row.point.value, language=row.point.person.language))
    WaitingAddress.objects.bulk_update(rows, ["state", "asked_at"])
    for row in rows:
        if _is_proved_by_now(row.point):
            _count(row.point, now=now)
    return list(first.values())


def _is_proved_by_now(point: ContactPoint) -> bool:
    """Say whether somebody proved an address since, on this record or on the one that it was joined to."""
    if point.verified_at is None and point.person.merged_into_id is not None:
        same = ContactPoint.objects.filter(person_id=standing_id(point.person_id), channel=point.channel, value=point.value)
        return same.filter(verified_at__isnull=False).exists()
    return point.verified_at is not None


def _is_refused(row: WaitingAddress) -> bool:
    """Say whether somebody refused all that a list says they agreed to: nothing would come of their yes."""
    columns = consent_columns(row.batch)
    purposes = {columns[number].purpose for number in row.columns}
    said = ConsentState.objects.filter(person_id=standing_id(row.point.person_id), channel=Channel.EMAIL, is_given=False)
    return bool(purposes) and said.filter(purpose__in=purposes).count() == len(purposes)


def pass_over_refused(*, person_id: UUID) -> None:
    """Ask a person no more, nor by a mail that has not left yet, whether an address is theirs for what they have just refused."""
    asked = WaitingAddress.objects.filter(point__person__in=family_ids(person_id), state__in=(WaitingState.WAITING, WaitingState.ASKED))
    refused = [row.pk for row in asked.select_related("batch", "point") if _is_refused(row)]
    WaitingAddress.objects.filter(pk__in=refused).update(state=WaitingState.PASSED_OVER)


def pass_over(*, contact_point_ids: Collection[UUID]) -> None:
    """Keep that the owners of these addresses are not asked, since they were not long ago or want no such question."""
    values = ContactPoint.objects.filter(pk__in=contact_point_ids).values("value")
    batches = WaitingAddress.objects.filter(point_id__in=contact_point_ids).values("batch_id")
    asked = WaitingAddress.objects.filter(point__value__in=values, batch_id__in=batches, state=WaitingState.ASKED)
    asked.update(state=WaitingState.PASSED_OVER)


def confirm_entered_address(*, contact_point_id: UUID, now: datetime) -> str:
    """Keep that the owner of an address said that it is theirs, and what was agreed to for it on papers and in files; return it.

    Safe to repeat. What was taken back meanwhile stays so. Who shares the address in the file that the question was about is
    confirmed with them.
    Facts: contact_point.verified, consent.given.  Raises: NotFound.
    """
    with transaction.atomic():
        points = _together(contact_point_id)
        for point in points:
            try:
                verify_contact_point(contact_point_id=point.pk, now=now)
            except ContactPoint.DoesNotExist:  # the record that it was joined to has given this address up
                raise NotFound(code="link_broken") from None
            _count(point, now=now)
    return points[0].value


def deny_entered_address(*, contact_point_id: UUID, now: datetime) -> str:
    """Forget an address whose owner says that it was not them, and return it; the person stays, without it.

    Facts: contact_point.denied.  Raises: NotFound (unknown, or confirmed already).
    """
    with transaction.atomic():
        points = [point for point in _together(contact_point_id) if point.verified_at is None]
        if contact_point_id not in [point.pk for point in points]:
            raise NotFound(code="link_broken")
        for point in points:
            journal.record("contact_point.denied", subject=point, at=now, person_id=point.person_id)
            PaperForm.objects.filter(person_id=point.person_id).update(waiting=[])
            point.delete()
    return points[0].value


def agree_on_paper(*, person_id: UUID, wording: Wording, channel: Channel, now: datetime) -> None:
    """Keep that somebody agreed on a paper of ours to what stood beside a box. Facts: consent.given."""
    record_consent(person_id=person_id, purpose=wording.purpose, channel=channel, wording=wording.version, source=PAPER, now=now)


def is_from_file(*, contact_point_id: UUID) -> bool:
    """Say whether the owner of an address was asked because it stands in a file."""
    return WaitingAddress.objects.filter(point_id=contact_point_id, asked_at__isnull=False).exists()


def _together(contact_point_id: UUID) -> list[ContactPoint]:
    """Lock whoever has the address that a link is about, or shares it in the file of the question, then these addresses, in order."""
    asked = WaitingAddress.objects.filter(asked_at__isnull=False)
    about = asked.filter(point_id=contact_point_id)
    one = ContactPoint.objects.filter(Q(person__papers__isnull=False) | Exists(asked.filter(point=OuterRef("pk"))), pk=contact_point_id)
    value = one.filter(channel=Channel.EMAIL).values_list("value", flat=True).first()
    if value is None:
        raise NotFound(code="link_broken")
    sharing = asked.filter(batch_id__in=about.values("batch_id"), point__value=value).values("point_id")
    points = ContactPoint.objects.filter(Q(pk=contact_point_id) | Q(pk__in=sharing), channel=Channel.EMAIL)
    lock_all_standing(points.values_list("person_id", flat=True))
    return list(points.select_for_update(of=("self",)).order_by("pk"))


def _count(point: ContactPoint, *, now: datetime) -> None:
    """Let count what waited for an address: of papers, then of files."""
    for paper in PaperForm.objects.select_for_update().filter(person_id=point.person_id).exclude(waiting=[]):
        known = wordings_known(paper.waiting)
        paper.waiting = [version for version in paper.waiting if version not in known]
        if paper.waiting:
            logger.error("a paper names wordings that nobody knows: %s", ", ".join(paper.waiting))
        paper.save(update_fields=["waiting"])
        for wording in known.values():
            agree_on_paper(person_id=point.person_id, wording=wording, channel=Channel.EMAIL, now=now)
    waiting = WaitingAddress.objects.filter(point=point).exclude(state=WaitingState.CONFIRMED).select_related("batch")
    for row in waiting.select_for_update(of=("self",)).order_by("id"):
        row.state = WaitingState.CONFIRMED
        row.save(update_fields=["state"])
        _agree(point.person_id, row, now=now)


def _agree(person_id: UUID, row: WaitingAddress, *, now: datetime) -> None:
    columns = consent_columns(row.batch)
    for number in sorted(row.columns):
        column = columns[number]
        said = ConsentState.objects.filter(person_id=standing_id(person_id), purpose=column.purpose, channel=Channel.EMAIL)
        if not said.exists():  # what they said themselves meanwhile, yes or no, stands
            wording = wording_of(row.batch, number, column)
            record_consent(person_id=person_id, purpose=column.purpose, channel=Channel.EMAIL, wording=wording, source=FILE, now=now)
