"""The mails to whoever takes part around a place: one that asks their address to confirm, one that says what comes next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Heading, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.preference_letters import choices_of
from maillage.people.domain import Channel
from maillage.people.selectors import wordings_known
from maillage.relays.domain import CONFIRM_WITHIN
from maillage.relays.domain.joining import JOIN_LINK
from maillage.relays.models import Joining
from maillage.relays.selectors import seat
from maillage.relays.selectors.joining import greeting_of
from maillage.relays.selectors.waiting import once_joined
from maillage.relays.services.letter_parts import about, greeted, page

_JOINING = gettext_lazy("answers about taking part")

CONFIRM = Purpose("relays.confirm_joining", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_JOINING)
JOINED = Purpose("relays.joined", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.PERSON}), title=_JOINING)


def confirm_letter(message: Message) -> Letter:
    """Ask an address to confirm; it asserts nothing, because anyone may have typed it."""
    joining = Joining.objects.select_related("seat__area", "person").get(pk=about(message), confirmed_at__isnull=True)
    point = joining.person.contact_points.get(channel=Channel.EMAIL, value=message.address)
    ends_at = joining.created_at + CONFIRM_WITHIN
    token = sign_link(JOIN_LINK, ids=[joining.pk, point.pk], ends_at=ends_at)
    area = joining.seat.area
    return Letter(
        subject=_("%(place)s: one click to take part") % {"place": area.called},
        preview=_("Without your confirmation, nothing happens."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, gave this address to take part around %(place)s.") % {"place": area.called}),
            Paragraph(_("If it was you, open this page and confirm. Nobody sees anything of you before that.")),
            Button(_("Confirm, or say it was not me"), page(message, f"relays/join/confirm/{token}/"), accent=True),
            Quiet(
                _("If it was not you, do nothing: nobody is told, and on %(day)s we forget this address.")
                % {"day": dates.day(ends_at, area.time_zone)}
            ),
        ),
    )


def joined_letter(message: Message) -> Letter:
    """Tell whoever takes part what they agreed to, what comes next, and how all of it is taken back."""
    joining = Joining.objects.select_related("seat__area", "person__area").get(pk=about(message), confirmed_at__isnull=False)
    standing = seat(joining.seat_id)
    agreed = wordings_known(joining.wordings).values()
    return Letter(
        subject=_("%(place)s: you take part") % {"place": standing.area.called},
        preview=_("What comes next, and three things to do."),
        blocks=(
            Paragraph(
                _("%(name)s, thank you: you take part around %(place)s.") % {"name": greeted(joining.person), "place": standing.area.called}
            ),
            Paragraph(greeting_of(joining, standing)),
            Heading(_("Three things to do")),
            *(Button(each.title, page(message, each.path)) for each in once_joined(standing)),
            Heading(_("What you agreed to")),
            *(Paragraph(str(wording.text)) for wording in agreed),
            Quiet(_("You take back any of it at any time, and are erased if you wish, on the page of your choices:")),
            Button(_("My choices"), choices_of(joining.person_id, message)),
        ),
    )


JOINING_LETTERS = ((CONFIRM, confirm_letter), (JOINED, joined_letter))
