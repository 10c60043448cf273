"""The one page behind every address of `/app/`: the members' and organisers' application starts from it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from maillage.people.selectors.organisation import organisation


@never_cache
@ensure_csrf_cookie
@require_safe
def app(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Serve the shell, in the language of whoever is signed in; the application itself asks who that is."""
    if request.user.is_authenticated:
        translation.activate(organisation().language_for(request.user.language))
        request.LANGUAGE_CODE = translation.get_language() or "fr"
    return render(request, "app.html")
