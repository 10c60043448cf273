"""What is known of who takes part around a place, or could stay when their application is taken back."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from maillage.people.domain import RELAY_CONTACT, Channel, Wording
from maillage.people.selectors import may_contact, wordings_in_force
from maillage.relays.domain import COVERED
from maillage.relays.domain.joining import JOIN_WORDINGS
from maillage.relays.models import Application, Joining, SeatStanding


def joined_of(application: Application) -> Joining | None:
    """Return what an applicant joined at the place of their application; None where they did not."""
    theirs = Joining.objects.filter(Q(person=application.person_id) | Q(person__absorbed=application.person_id))
    return theirs.select_related("seat__area", "person__area").filter(seat=application.seat_id, confirmed_at__isnull=False).first()


def greeting_of(joining: Joining, standing: SeatStanding) -> str:
    """Say, in the language in use, who greets somebody who takes part, and whether anybody sees them."""
    lives_in = joining.person.area
    if lives_in and lives_in.pk != standing.area_id:
        return _("You were known here before, in %(place)s: that stays your place, and its relay may greet you if you agreed to it.") % {
            "place": lives_in.called
        }
    if not may_contact(person_id=joining.person_id, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL):
        return _("The relay of your place sees nothing of you, as you chose.")
    if standing.state not in COVERED:
        return _("No relay answers here yet. Once one does, they see that you are here.")
    return _("The relay of your place sees that you are new, and may greet you.")


def join_boxes() -> dict[str, Wording]:
    """Return what the form to join asks now, by the name of its box. One query."""
    said = wordings_in_force()
    return {name: said[wording.purpose] for name, wording in JOIN_WORDINGS.items()}


def agreed_already(person_id: UUID) -> set[str]:
    """Name the boxes of `JOIN_WORDINGS` that a person has agreed to, by mail, before."""
    return {
        name for name, wording in JOIN_WORDINGS.items() if may_contact(person_id=person_id, purpose=wording.purpose, channel=Channel.EMAIL)
    }
