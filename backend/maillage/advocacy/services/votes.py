"""How office holders voted: records taken in as their assembly publishes them, and tied to what is asked."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.advocacy.domain import FR_ASSEMBLEE, Record, RecordsLoaded, Side
from maillage.advocacy.domain.votes import TIED_MOST
from maillage.advocacy.models import OfficeHolder, RollCall, Vote
from maillage.advocacy.services.subjects import locked_subject, subject_closed
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.people.services.consents import the_controller


def load_roll_calls(*, records: Iterable[Record], now: datetime, body: str = FR_ASSEMBLEE) -> RecordsLoaded:
    """Make the record of an assembly ours, a roll call at a time. Loading it twice changes nothing, and a correction is taken over.

    A vote of somebody whom no list of office holders names is left out and said; loaded again once they are known, it comes in.
    What was stopped half way keeps the roll calls that were written whole.
    Facts: roll_calls.loaded.  Raises: Invalid where nobody of this assembly is known.
    """
    holders = dict(OfficeHolder.objects.filter(source=body).values_list("external_id", "id"))
    if not holders:
        raise Invalid(f"nobody of {body} is known here; load the office holders first", code="no_holder_known")
    kept = dict(RollCall.objects.filter(body=body).values_list("external_id", "digest"))
    read = written = votes = 0
    unknown: set[str] = set()
    for record in records:
        read += 1
        named = record.choices.keys() | record.meant.keys()
        unknown |= named - holders.keys()
        known = sorted(named & holders.keys())
        votes += len(known)
        digest = _digest(record, known)
        if kept.get(record.external_id) != digest:
            _keep(record, {holders[number]: number for number in known}, body=body, digest=digest)
            kept[record.external_id] = digest
            written += 1
    with transaction.atomic():
        journal.record("roll_calls.loaded", subject=the_controller(), at=now, body=body, read=read, written=written, unknown=len(unknown))
    return RecordsLoaded(read=read, written=written, votes=votes, unknown=tuple(sorted(unknown)))


def tie_roll_call(*, roll_call_id: UUID, subject_id: UUID, favourable: Side, by: User, now: datetime) -> RollCall:
    """Say that a roll call was on a subject, and which vote was for it; said again it is put right.

    Facts: roll_call.tied.  Raises: NotFound, Conflict (`subject_closed`, `tied_elsewhere`, `too_many`).
    """
    with transaction.atomic():
        subject = locked_subject(subject_id)
        if subject.closed_at is not None:
            raise subject_closed()
        roll_call = _locked(roll_call_id)
        if roll_call.subject_id not in (None, subject_id):
            raise Conflict(_("This roll call is tied to another subject. Untie it there first."), code="tied_elsewhere")
        if subject.roll_calls.exclude(pk=roll_call_id).count() >= TIED_MOST:
            raise Conflict(_("At most 30 roll calls fit beside one subject."), code="too_many")
        roll_call.subject, roll_call.favourable, roll_call.tied_by, roll_call.tied_at = subject, favourable, by, now
        roll_call.save(update_fields=["subject", "favourable", "tied_by", "tied_at"])
        journal.record("roll_call.tied", subject=roll_call, at=now, actor_id=by.pk, subject_id=subject_id, favourable=str(favourable))
    return roll_call


def untie_roll_call(*, roll_call_id: UUID, by: User, now: datetime) -> RollCall:
    """Part a roll call from its subject; the record stays. Safe to repeat. Facts: roll_call.untied.  Raises: NotFound."""
    with transaction.atomic():
        roll_call = _locked(roll_call_id)
        if roll_call.subject_id is not None:
            subject_id = roll_call.subject_id
            roll_call.subject, roll_call.favourable, roll_call.tied_by, roll_call.tied_at = None, "", None, None
            roll_call.save(update_fields=["subject", "favourable", "tied_by", "tied_at"])
            journal.record("roll_call.untied", subject=roll_call, at=now, actor_id=by.pk, subject_id=subject_id)
    return roll_call


def _keep(record: Record, numbers: Mapping[UUID, str], *, body: str, digest: str) -> None:
    """Write one roll call whole; who is named in it no more goes."""
    with transaction.atomic():
        roll_call, _is_new = RollCall.objects.update_or_create(
            body=body,
            external_id=record.external_id,
            defaults={
                "number": record.number,
                "on": record.on,
                "title": record.title,
                "result": record.result or "",
                "address": record.address,
                "tally_for": record.tally.for_it,
                "tally_against": record.tally.against,
                "tally_abstained": record.tally.abstained,
                "digest": digest,
            },
        )
        roll_call.votes.exclude(holder__in=list(numbers)).delete()
        rows = [
            Vote(roll_call=roll_call, holder_id=holder_id, choice=record.choices.get(number, ""), meant=record.meant.get(number, ""))
            for holder_id, number in numbers.items()
        ]
        Vote.objects.bulk_create(rows, update_conflicts=True, unique_fields=["roll_call", "holder"], update_fields=["choice", "meant"])


def _digest(record: Record, known: list[str]) -> str:
    """A fingerprint of what is written of a record."""
    votes = [[number, record.choices.get(number, ""), record.meant.get(number, "")] for number in known]
    tally = [record.tally.for_it, record.tally.against, record.tally.abstained]
    said = [record.number, record.on.isoformat(), record.title, record.result or "", record.address, tally, votes]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _locked(roll_call_id: UUID) -> RollCall:
    found = RollCall.objects.select_for_update(of=("self",), no_key=True).filter(pk=roll_call_id).first()
    if found is None:
        raise NotFound(code="roll_call_unknown")
    return found
