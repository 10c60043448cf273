"""What one shares so that somebody takes a seat: its public address and ready words, in each language of the organisation."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from maillage.people.selectors.organisation import organisation
from maillage.relays.models import Seat
from maillage.relays.selectors.networks import office_of
from maillage.territories.models import Area


@dataclass(frozen=True)
class Invitation:
    """Words to share in one language: a mail (`subject`, `text`), a line for a text message or a group (`short`), a poster."""

    language: str
    url: str
    poster: str
    subject: str
    text: str
    short: str


def invitations(seat: Seat) -> list[Invitation]:
    """Return the invitation to one seat in each language; the link says nothing of who shares it."""
    found = []
    house = organisation()
    for language in house.languages:
        with translation.override(language):
            place = seat.area.called
            url = seat_page(seat.area)
            office = office_of(seat.network, language=language)
            found.append(
                Invitation(
                    language=language,
                    url=url,
                    poster=_poster(seat.area),
                    subject=_("%(place)s looks for somebody") % {"place": place},
                    text=_(
                        "Hello,\n\nnobody speaks for %(place)s yet with %(house)s. It takes three hours a month and the wish to meet "
                        "your %(office)s: no label, no experience. Whoever asks is called by a human within 48 hours and commits to "
                        "nothing before.\n\nThe page of this place says all of it:\n%(url)s\n\nIt is not you? Perhaps you know "
                        "somebody there: pass this on."
                    )
                    % {"place": place, "house": house.name, "office": office, "url": url},
                    short=_("%(place)s looks for somebody to speak for it: three hours a month, no experience. %(url)s")
                    % {"place": place, "url": url},
                )
            )
    return found


def seat_page(area: Area) -> str:
    """Return the public address of a seat in the active language: the page of its place."""
    return f"{settings.PUBLIC_URL}{reverse('place', kwargs={'code': area.code})}"


def _poster(area: Area) -> str:
    return f"{settings.PUBLIC_URL}{reverse('poster', kwargs={'code': area.code})}"
