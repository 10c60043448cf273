"""What robots read: where they may go, and every public page with its languages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maillage.kernel.clock import now
from maillage.people.selectors.organisation import organisation
from maillage.relays.selectors import networks, seats

DAY = 86_400


@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """Open the public pages, close what is behind a sign-in, a signed link or a form."""
    lines = ["User-agent: *", "Disallow: /app/", "Disallow: /api/", "Disallow: /embed/"]
    lines += [
        f"Disallow: /{code}/{path}"
        for code, _name in settings.LANGUAGES
        for path in ("a/", "relays/", "mail/", "sign-in/", "give/thanks/", "give/receipt/", "give/address/", "give/year/")
    ]
    lines += ["", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the home page, the list of places and each place, in each language with its twins. Two queries."""
    network = networks.current_network(now=now())
    codes = list(seats.standings(network.pk).order_by("area__code").values_list("area__code", flat=True)) if network else []
    languages = organisation().languages
    body = "".join(_entry(name, kwargs, languages) for name, kwargs in _addresses(codes))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return HttpResponse(f"{head}\n{body}</urlset>\n", content_type="application/xml; charset=utf-8")


def _addresses(codes: list[str]) -> list[tuple[str, dict[str, str]]]:
    return [("home", {}), ("places", {}), ("progress", {}), *(("place", {"code": code}) for code in codes), ("privacy", {}), ("legal", {})]


def _entry(name: str, kwargs: dict[str, str], languages: list[str]) -> str:
    """Write one page: an address for each language, all naming one another. Codes are letters and digits: nothing to escape."""
    here = {}
    for language in languages:
        with override(language):
            here[language] = settings.PUBLIC_URL + reverse(name, kwargs=kwargs)
    twins = "".join(f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>' for language, address in here.items())
    return "".join(f"<url><loc>{address}</loc>{twins}</url>\n" for address in here.values())
