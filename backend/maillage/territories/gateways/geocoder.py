"""Streets, asked of the geocoder of the settings by the server: it learns an address, never who asks."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.kernel.errors import Unavailable

logger = logging.getLogger(__name__)

MOST_FOUND = 6

# httpx writes each address it asks for, query string included, at level INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Street:
    """A candidate for what was typed."""

    label: str
    lat: float
    lon: float


def streets_found(*, text: str, locality: str = "") -> list[Street]:
    """Ask for up to six candidates, within the commune of this INSEE code where one is given. Raises: Unavailable."""
    import httpx  # only here: it takes a quarter of a web process's start, and a street is asked for once in a while

    if not settings.GEOCODER_URL:
        raise Unavailable(_("Street search is switched off here. Click on the map instead."), code="geocoder_off")
    query: dict[str, str | int] = {"q": text, "limit": MOST_FOUND, "autocomplete": 1}
    if locality:
        query["citycode"] = locality
    try:
        answer = httpx.get(settings.GEOCODER_URL, params=query, timeout=settings.GEOCODER_SECONDS, headers={"User-Agent": "Maillage"})
        answer.raise_for_status()
        features = answer.json()["features"]
        return [
            Street(
                label=str(feature["properties"]["label"]),
                lat=float(feature["geometry"]["coordinates"][1]),
                lon=float(feature["geometry"]["coordinates"][0]),
            )
            for feature in features[:MOST_FOUND]
        ]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, IndexError) as error:
        logger.warning("the geocoder does not answer (%s)", type(error).__name__)
        raise Unavailable(_("Street search does not answer right now. Click on the map instead."), code="geocoder_unavailable") from None
