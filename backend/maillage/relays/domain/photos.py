"""The photo of who holds a seat: what they agree to, and how large it is drawn."""

from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Wording

PHOTO_SIDE = 480
"""Points of a side: twice what a page shows, for screens that draw finely."""

PHOTO_SOURCE = "relays.photo"
"""The form on which it is agreed, as the log of consents names it."""

PHOTO = Wording(
    version="relay_photo.1",
    purpose="relays.photo",
    text=_(
        "The public page of the seat that I hold shows this photo of me to anybody, for as long as I hold it. I can take it back at "
        "any time: it is gone from that page and from this site at once. Who copied it before may still have it."
    ),
    title=_("Photo on the page of a seat"),
)
"""What a relay agrees to who shows their photo; kept as a consent on e-mail, by which they were proved."""
