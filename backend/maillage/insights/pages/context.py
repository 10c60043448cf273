"""What every public page's shell needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from maillage.fundraising.selectors.funds import public_funds
from maillage.insights.selectors.actions import current_action_id
from maillage.kernel.clock import now
from maillage.people.selectors.organisation import organisation

FACE = "node_modules/@fontsource-variable/radio-canada/files/radio-canada-latin-standard-normal.woff2"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Name the organisation, the page's lasting address and its other languages, in each page's header and footer."""
    return {
        "organisation": organisation().name,
        "languages": organisation().languages,
        "source_url": settings.SOURCE_URL,
        "face": FACE,
        "share_image": f"{settings.PUBLIC_URL}/share.png",
        "address": address_of(request),
        "gives": SimpleLazyObject(lambda: public_funds().exists()),
        "current_action": SimpleLazyObject(lambda: current_action_id(now=now())),
    }


def address_of(request: HttpRequest) -> dict[str, Any] | None:
    """Give the page's canonical address and the same page in each language; None outside the languages' folders.

    `switch` keeps what the reader searched; `href` and `canonical`, which robots read, do not.
    """
    languages = organisation().languages
    first, _slash, rest = request.path.removeprefix("/").partition("/")
    if first not in languages:
        return None
    query = request.GET.urlencode()
    return {
        "canonical": f"{settings.PUBLIC_URL}{request.path}",
        "default": f"{settings.PUBLIC_URL}/{languages[0]}/{rest}",
        "languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "href": f"{settings.PUBLIC_URL}/{code}/{rest}",
                "switch": f"/{code}/{rest}" + (f"?{query}" if query else ""),
                "is_current": code == get_language(),
            }
            for code in languages
        ],
    }
