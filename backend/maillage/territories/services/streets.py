"""From a street to the seats that it may lie in, asked by the server and kept nowhere."""

from maillage.territories.domain import Position
from maillage.territories.gateways import geocoder
from maillage.territories.selectors.locating import Located, located


def street_located(*, text: str, locality: str = "", language: str) -> Located | None:
    """Place the first candidate of a street, within the commune of this INSEE code where one is given; None where nothing fits.

    Raises: Unavailable when the geocoder is off or silent.
    """
    for street in geocoder.streets_found(text=text, locality=locality)[:1]:
        return located(position=Position(lat=street.lat, lon=street.lon), language=language)
    return None
