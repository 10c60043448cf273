"""The public face of an action: what is asked, when, and how far it is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.insights.pages.finder import finder_props
from maillage.insights.pages.home import FRESH_SECONDS
from maillage.insights.selectors.actions import action_shown
from maillage.kernel.clock import now as read_clock
from maillage.kernel.http import not_found
from maillage.kernel.markdown import safe_html


@require_safe
def action(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a launched action to anyone; a draft does not exist for the public, and a stopped one says so."""
    found = action_shown(id, now=read_clock(), language=get_language() or "fr")
    if found is None:
        return not_found(request)
    brief = mark_safe(safe_html(found.brief))  # noqa: S308 cleaned by an allow-list
    context = {"action": found, "brief": brief, "current": "action", "finder": finder_props()}
    response = render(request, "insights/action.html", context)
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response
