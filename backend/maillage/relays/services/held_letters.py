"""The letters of the queue in which somebody looks first."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.accounts.models import User
from maillage.kernel import dates
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.recipients import reader_id_of
from maillage.relays.domain import ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.selectors import held_for
from maillage.relays.services.floods import QUEUE
from maillage.relays.services.letter_parts import about, greeted, is_by_hand, until_then

_PERSON = frozenset({RecipientKind.PERSON})

HELD = Purpose("relays.application_held", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("answers about your application"))
WAITS = Purpose(
    QUEUE,
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS}),
    title=gettext_lazy("applications that wait for you"),
)


def held_letter(message: Message) -> Letter:
    """Tell an applicant, honestly, that somebody looks first and that the 48 hours start then."""
    application = Application.objects.select_related("seat__area", "person").get(pk=about(message))
    if application.status != ApplicationStatus.HELD or application.confirmed_at is None:
        raise LookupError("it was let in or answered")
    area = application.seat.area
    return Letter(
        subject=_("%(place)s: somebody looks at your application first") % {"place": area.called},
        preview=_("The 48 hours have not begun yet. They begin when it is let in, and you are told."),
        blocks=(
            Paragraph(
                _("Thank you, %(name)s. You asked for the seat of %(place)s.") % {"name": greeted(application.person), "place": area.called}
            ),
            *(
                (
                    Paragraph(
                        _(
                            "Many applications were entered in a short time, so an organiser looks at them before anybody calls. "
                            "That says nothing about you: it happens at a busy stand."
                        )
                    ),
                    Paragraph(
                        _("The 48 hours in which a human calls you begin when yours is let in. You are told then by whom and by when.")
                    ),
                )
                if is_by_hand(message)
                else (
                    Paragraph(
                        _(
                            "Many applications came from the same network as yours in a short time, so an organiser looks at them before "
                            "anybody calls. That says nothing about you: it happens at a busy stand, in a school or an office."
                        )
                    ),
                    Paragraph(
                        _(
                            "The 48 hours in which a human calls you begin when yours is let in. You receive a mail then, "
                            "with a name and an hour."
                        )
                    ),
                )
            ),
            *until_then(message, application, since=application.confirmed_at),
        ),
    )


def queue_letter(message: Message) -> Letter:
    """Tell an organiser how many applications wait for a look; at most one such mail a day."""
    reader_id = reader_id_of(message)
    user = User.objects.filter(pk=reader_id).first() if reader_id else None
    held = held_for(user, now=message.queued_at) if user else Application.objects.none()
    waiting = held.count()
    if not waiting:
        raise LookupError("the queue is empty, or no longer theirs")
    first = held.order_by("confirmed_at").select_related("seat__area")[0]
    since = dates.instant(first.confirmed_at or message.queued_at, first.seat.area.time_zone)
    return Letter(
        subject=ngettext("%(count)s application waits for a look", "%(count)s applications wait for a look", waiting) % {"count": waiting},
        preview=_("They came from one network in a short time. Their 48 hours have not begun."),
        blocks=(
            Paragraph(_("They came from one network in a short time: a busy stand, or somebody who makes up people. You can tell.")),
            Facts(((_("The first has waited since"), since),)),
            Paragraph(_("Nobody was promised a call yet, and no map counts them. Let them in or decline them, all at once or one by one.")),
            Button(_("Look at the queue"), f"{settings.PUBLIC_URL}/app/desk/applications?status=held", accent=True),
            Quiet(_("You receive this at most once a day, because you organise this place.")),
        ),
    )


HELD_LETTERS = ((HELD, held_letter), (WAITS, queue_letter))
