"""A receipt, downloaded by the link that its donor's mailbox got."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.fundraising.domain.receipts import number_said
from maillage.fundraising.selectors.receipt_pdf import cerfa_pdf
from maillage.fundraising.selectors.receipts import paper_of, receipt_by_token
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal


@require_safe
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Give the PDF of a receipt; one that was cancelled says so across its page."""
    try:
        found = receipt_by_token(token, now=now())
    except Refusal as refusal:
        return render(request, "fundraising/link.html", {"refusal": refusal}, status=refusal.status)
    headers = {"Content-Disposition": f'attachment; filename="recu-{number_said(found.year, found.number)}.pdf"'}
    return HttpResponse(cerfa_pdf(paper_of(found)), content_type="application/pdf", headers=headers)
