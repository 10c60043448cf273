"""What was given in a year, by the link that the mailbox got: a page to read and to print. It names nobody who gave."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.fundraising.selectors.yearly import given_in, statement_by_token
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Refusal


@require_safe
@never_cache
def year_given(request: HttpRequest, token: str) -> HttpResponse:
    """Show a statement as it stands today: what went back since is in it."""
    try:
        statement = statement_by_token(token, now=now())
    except Refusal as refusal:
        return render(request, "fundraising/link.html", {"refusal": refusal}, status=refusal.status)
    found = given_in(statement.donor.email, year=statement.year, language=get_language() or settings.LANGUAGE_CODE)
    return render(request, "fundraising/year_given.html", {"year": statement.year, "recipients": found, "read_on": day_in(now(), "UTC")})
