"""The form of a fund within another site's page: a frame without cookies, whose links open outside (decision 16)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from maillage.fundraising.pages.give import FRESH_SECONDS, give_context
from maillage.fundraising.pages.payment_policy import allow_payment
from maillage.fundraising.selectors.funds import public_fund
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.people.selectors.organisation import organisation


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of a fund, with what the law has each call for donations say; `?language=` chooses, no cookie is read or set."""
    asked = request.GET.get("language", settings.LANGUAGE_CODE)
    with translation.override(organisation().language_for(asked)):
        try:
            fund = public_fund(code)
        except NotFound:
            return not_found(request)
        response = allow_payment(render(request, "fundraising/embed.html", give_context(fund, now=now(), opens="_blank")), framed=True)
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response
