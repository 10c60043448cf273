"""One donation as its treasurer reads it: who declared what, what happened when, and what the books say."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.fundraising.domain.declarations import called
from maillage.fundraising.domain.payments import Outcome
from maillage.fundraising.domain.receipts import number_said
from maillage.fundraising.domain.words import Account, EntryKind
from maillage.fundraising.models import Donation, LedgerEntry, LedgerLine
from maillage.fundraising.selectors.listing import LISTED, MORE_OF_THE_GIVER, gave_before, names_of, shaped
from maillage.fundraising.selectors.receipts import papers_of

_TOLD = (EntryKind.REFUND, EntryKind.REFUND_FAILED, EntryKind.DISPUTE, EntryKind.DISPUTE_WON, EntryKind.CORRECTION)
"""Entries that are steps in the life of a donation; the others say what its payment did to the books."""


def donation_card(donation: Donation) -> dict[str, Any]:
    """Return one donation in the shape of the API; ten queries."""
    columns = (*LISTED, *MORE_OF_THE_GIVER, "declaration", "donor__elected", "donor__proved_at")
    row = Donation.objects.filter(pk=donation.pk).values(*columns, is_returning=gave_before()).get()
    entries = _entries(donation.pk)
    told = ({"at": entry["happened_at"], "what": entry["kind"], "said": entry["said"]} for entry in entries if entry["kind"] in _TOLD)
    return {
        **shaped([row])[0],
        "declaration": row["declaration"],
        "is_proved": row["donor__proved_at"] is not None,
        "elected": row["donor__elected"],
        "steps": sorted((*_steps(donation), *_corrected(donation), *told), key=lambda step: step["at"]),
        "entries": entries,
        "receipt": _receipt(donation),
    }


def _receipt(donation: Donation) -> dict[str, Any] | None:
    receipt = papers_of([donation]).get(donation.pk)
    if receipt is None:
        return None
    return {"id": receipt.pk, "number": number_said(receipt.year, receipt.number), "issued_at": receipt.issued_at}


def _steps(donation: Donation) -> Iterator[dict[str, Any]]:
    begun = _("Begun: it is paid each month") if donation.monthly_id else _("Begun")
    yield {"at": donation.started_at, "what": "started", "said": begun}
    for attempt in donation.attempts.order_by("at"):
        if donation.settled_at and attempt.at > donation.settled_at:
            break  # another card for the months after it
        if attempt.outcome and attempt.outcome not in {*Outcome}:
            yield {"at": attempt.at, "what": "failed", "said": _("Not paid (%(code)s)") % {"code": attempt.outcome}}
    if donation.settled_at:
        yield {"at": donation.settled_at, "what": "settled", "said": _("Received")}


def _corrected(donation: Donation) -> Iterator[dict[str, Any]]:
    for at, changed in donation.donor.corrections.order_by("at", "pk").values_list("at", "changed"):
        yield {"at": at, "what": "corrected", "said": _("Put right: %(what)s") % {"what": ", ".join(called(changed))}}


def _entries(donation_id: UUID) -> list[dict[str, Any]]:
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = list(
        LedgerLine.objects.filter(entry__donation=donation_id).order_by("pk").values_list("entry_id", "account", "fund_id", "amount")
    )
    names = names_of({fund_id for _entry, _account, fund_id, _amount in found})
    for entry_id, account, fund_id, amount in found:
        lines[entry_id].append({"account": Account(account).label, "fund": names[fund_id], "amount": amount})
    entries = LedgerEntry.objects.filter(donation=donation_id).order_by("happened_at", "pk")
    return [
        {
            "key": entry.key,
            "kind": entry.kind,
            "said": EntryKind(entry.kind).label,
            "happened_at": entry.happened_at,
            "booked_on": entry.booked_on,
            "lines": lines[entry.pk],
        }
        for entry in entries
    ]
