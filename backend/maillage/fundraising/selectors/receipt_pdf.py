"""A receipt drawn as PDF/A, to be printed or kept: its content is data, so that nothing typed by anybody is read as layout."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils import translation

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.receipts import Paper, in_letters
from maillage.fundraising.domain.words import Method
from maillage.kernel import dates

FORM = Path(__file__).with_name("cerfa-11580.typ")


def cerfa_pdf(paper: Paper) -> bytes:
    """Draw a receipt with the content of the form Cerfa 11580*05, in French whatever the reader's language.

    PDF/A-2a, its fonts embedded and its parts named for who reads it aloud; the same paper is the same bytes.
    """
    with translation.override("fr"):
        data = json.dumps(_content(paper), ensure_ascii=False)
    drawn = typst.compile(
        str(FORM), sys_inputs={"data": data}, pdf_standards="a-2a", ignore_system_fonts=True, timestamp=int(paper.issued_at.timestamp())
    )
    return bytes(drawn)


def _content(paper: Paper) -> dict[str, Any]:
    methods = {each.method for each in paper.paid}
    first, last = paper.paid[0].on, paper.paid[-1].on
    return {
        "number": paper.number,
        "replaces": paper.replaces,
        "cancelled": paper.cancelled,
        "body": {
            "name": paper.body.legal_name,
            "registration": paper.body.registration,
            "address": paper.body.address,
            "purpose": paper.body.purpose,
            "quality": paper.body.quality,
            "signatory": paper.body.signatory,
        },
        "donor": {"name": paper.donor, "address": paper.donor_address},
        "amount": amount_said(paper.amount),
        "letters": in_letters(paper.amount),
        "when": _said(first) if first == last else f"du {_said(first)} au {_said(last)}",
        "payments": [[_said(each.on), amount_said(each.amount)] for each in paper.paid] if len(paper.paid) > 1 else [],
        "cash": Method.CASH in methods,
        "cheque": Method.CHEQUE in methods,
        "transfer": bool(methods & {Method.CARD, Method.SEPA_DEBIT, Method.TRANSFER}),
        "issued": dates.dated(paper.issued_at, paper.time_zone),
    }


def _said(on: date) -> str:
    return dates.dated(on, "UTC")
