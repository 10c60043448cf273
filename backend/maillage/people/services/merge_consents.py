"""Agreements of two records joined, and taken apart: the log only goes forward, and a withdrawal always wins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from maillage.people.domain import Channel, ConsentAct
from maillage.people.domain.merging import MERGE_SOURCE, UNMERGE_SOURCE
from maillage.people.models import Consent, ConsentState, Merge
from maillage.people.services.consents import agreed_last, drop_consent, record_consent, withdraw_consent

Key = tuple[str, Channel]


def join_consents(*, kept_id: UUID, absorbed_id: UUID, now: datetime) -> dict[str, Any]:
    """Let the record that stays say what both had said, and return what each had said before.

    What either took back is taken back; what one agreed to and the other never spoke of is agreed to. The other record says
    nothing any more while it is hidden.  Facts: consent.given, consent.withdrawn, consent.moved.
    """
    upto = Consent.objects.filter(person_id__in=[kept_id, absorbed_id]).order_by("-id").values_list("id", flat=True).first() or 0
    kept, absorbed = _states(kept_id), _states(absorbed_id)
    for purpose, channel in sorted(absorbed):
        other, own = absorbed[purpose, channel], kept.get((purpose, channel))
        if own is None or (own.is_given and not other.is_given):
            wording = agreed_last(absorbed_id, purpose, channel)
            _say(other.is_given, person_id=kept_id, key=(purpose, channel), wording=wording, source=MERGE_SOURCE, now=now)
        drop_consent(person_id=absorbed_id, purpose=purpose, channel=channel, act=ConsentAct.MOVED, source=MERGE_SOURCE, now=now)
    before = {"kept": kept, "absorbed": absorbed}
    return {"upto": upto, **{side: [_kept(state) for state in states.values()] for side, states in before.items()}}


def part_consents(merge: Merge, *, now: datetime) -> None:
    """Let both records say again what they had said before, but for what was said since: that stays, and was it taken back, for both.

    What a record had taken back stays so too where it was given since, on a form, while nobody knew by which of two people.
    Facts: consent.given, consent.withdrawn, consent.undone.
    """
    kept_before, absorbed_before = (_read(merge.consents[side]) for side in ("kept", "absorbed"))
    since = _said_since(merge)
    if merge.settled_at is None:
        since = {key: is_given for key, is_given in since.items() if not (is_given and _is_refused(kept_before.get(key)))}
    for key in sorted({*kept_before, *absorbed_before} - set(since)):
        _return(merge.person_id, key, kept_before.get(key), now=now)
    for key in sorted({*absorbed_before, *(key for key, is_given in since.items() if not is_given)}):
        was = absorbed_before.get(key)
        if since.get(key) is False and not _is_refused(was):
            _say(False, person_id=merge.absorbed_id, key=key, wording="", source=UNMERGE_SOURCE, now=now)
        else:
            _return(merge.absorbed_id, key, was, now=now)


def _states(person_id: UUID) -> dict[Key, ConsentState]:
    return {(state.purpose, Channel(state.channel)): state for state in ConsentState.objects.filter(person_id=person_id)}


def _kept(state: ConsentState) -> dict[str, Any]:
    return {
        "id": state.pk,
        "purpose": state.purpose,
        "channel": state.channel,
        "is_given": state.is_given,
        "changed_at": state.changed_at.isoformat(),
    }


def _read(rows: list[dict[str, Any]]) -> dict[Key, Mapping[str, Any]]:
    return {(row["purpose"], Channel(row["channel"])): row for row in rows}


def _is_refused(was: Mapping[str, Any] | None) -> bool:
    return was is not None and not was["is_given"]


def _said_since(merge: Merge) -> dict[Key, bool]:
    """What was said since of the record that stays, by somebody and not by a merge: the last word on each."""
    lines = Consent.objects.filter(
        person_id=merge.person_id, id__gt=merge.consents["upto"], act__in=[ConsentAct.GIVEN, ConsentAct.WITHDRAWN]
    )
    said = lines.exclude(source__in=[MERGE_SOURCE, UNMERGE_SOURCE]).order_by("id")
    return {(line.purpose, Channel(line.channel)): line.act == ConsentAct.GIVEN for line in said}


def _return(person_id: UUID, key: Key, was: Mapping[str, Any] | None, *, now: datetime) -> None:
    """Bring one state back as it was: by a line where it differs, and with the instant at which it had changed."""
    purpose, channel = key
    state = ConsentState.objects.filter(person_id=person_id, purpose=purpose, channel=channel).first()
    if was is None:
        if state is not None:
            drop_consent(person_id=person_id, purpose=purpose, channel=channel, act=ConsentAct.UNDONE, source=UNMERGE_SOURCE, now=now)
        return
    if state is None or state.is_given != was["is_given"]:
        wording = agreed_last(person_id, purpose, channel)
        _say(was["is_given"], person_id=person_id, key=key, wording=wording, source=UNMERGE_SOURCE, now=now)
    changed_at = parse_datetime(was["changed_at"])
    ConsentState.objects.filter(person_id=person_id, purpose=purpose, channel=channel).update(id=was["id"], changed_at=changed_at)


def _say(is_given: bool, *, person_id: UUID, key: Key, wording: str, source: str, now: datetime) -> None:
    purpose, channel = key
    if is_given:
        record_consent(person_id=person_id, purpose=purpose, channel=channel, wording=wording, source=source, now=now)
    else:
        withdraw_consent(person_id=person_id, purpose=purpose, channel=channel, source=source, now=now)
