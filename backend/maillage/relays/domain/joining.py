"""Words and rules of joining: taking part around a place without holding its seat."""

from maillage.people.domain import AREA_NEWS, RELAY_CONTACT, Wording
from maillage.relays.domain.filling import SEAT_ASKING

JOIN_LINK = "relays.joining"
"""Purpose of the signed link that confirms a joining: ids are the joining and the contact point."""

JOIN_SOURCE = "relays.join"
"""The form to join, as the log of consents names it."""

STAY_SOURCE = "relays.stay"
"""The page of a missed promise, where somebody stays and takes part without the seat."""

JOIN_WORDINGS: dict[str, Wording] = {
    "agrees_to_contact": RELAY_CONTACT,
    "agrees_to_news": AREA_NEWS,
    "agrees_to_be_asked": SEAT_ASKING,
}
"""What the form asks, each apart and none ticked before, by the name of its box: at least one, for which the address is kept."""
