"""The mails about concerns: none of them holds a word of what was told."""

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import User
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.recipients import reader_id_of
from maillage.relays.domain import CONCERN_KEPT, CONFIRM_WITHIN, TOLD_LINK
from maillage.relays.models import Concern
from maillage.relays.selectors.concerns import concern_of_taking, concerns_read_by, name_of, zone_of
from maillage.relays.services.letter_parts import about, page

_EITHER = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_TELLING = gettext_lazy("answers to what you told us")

TOLD = Purpose("relays.concern_told", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=gettext_lazy("what people tell you in confidence"))
GIVEN_BACK = Purpose(
    "relays.concern_given_back",
    lane=Lane.TRANSACTIONAL,
    recipients=_EITHER,
    title=gettext_lazy("what people tell you in confidence"),
)
CONFIRM = Purpose("relays.concern_confirm", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_TELLING)
TAKEN_UP = Purpose("relays.concern_taken_up", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=_TELLING, confides=True)
CLOSED = Purpose("relays.concern_closed", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=_TELLING, confides=True)
NAMED = Purpose(
    "relays.safety_contact", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=gettext_lazy("what people tell you in confidence")
)


def told_letter(message: Message) -> Letter:
    """Tell whom it stands with that something waits, and until when; what it is stands on the page alone."""
    concern = Concern.objects.select_related("area").get(pk=about(message), taken_at__isnull=True)
    by = dates.instant(concern.due_at, zone_of(concern.area))
    return Letter(
        subject=_("Somebody tells you that something is wrong: before %(instant)s") % {"instant": by},
        preview=_("It waits for you, and for nobody else."),
        blocks=(
            Paragraph(_("You were promised to read it before %(instant)s. If nobody takes it up by then, it climbs.") % {"instant": by}),
            Button(_("Read it and take it up"), f"{settings.PUBLIC_URL}/app/concerns", accent=True),
            Quiet(_("What was told stands on that page alone, not in this mail. Each reading is written down.")),
        ),
    )


def given_back_letter(message: Message) -> Letter:
    """Tell whoever may take it up that what somebody had taken up waits again; nothing once it is in somebody's hands."""
    reader_id = reader_id_of(message)
    reader = User.objects.filter(pk=reader_id).first() if reader_id else None
    waiting = concerns_read_by(reader, now=message.queued_at).filter(taken_at__isnull=True) if reader else Concern.objects.none()
    first = waiting.select_related("area").order_by("due_at", "pk").first()
    if first is None:
        raise LookupError("nothing waits for them any more")
    by = dates.instant(first.due_at, zone_of(first.area))
    return Letter(
        subject=_("Something that was told in confidence waits again: before %(instant)s") % {"instant": by},
        preview=_("Whoever had taken it up does not read it any more."),
        blocks=(
            Paragraph(_("Whoever had taken it up does not read it any more. It waits for you, and whoever told it counts on an answer.")),
            Button(_("Read it and take it up"), f"{settings.PUBLIC_URL}/app/concerns", accent=True),
            Quiet(_("What was told stands on that page alone, not in this mail. Each reading is written down.")),
        ),
    )


def confirm_letter(message: Message) -> Letter:
    """Ask an address whether whoever told something left it to be answered; it asserts nothing, since anyone may have typed it."""
    concern = Concern.objects.select_related("area").get(pk=about(message), answer_to=message.address, answer_confirmed_at__isnull=True)
    ends_at = concern.made_at + CONFIRM_WITHIN
    return Letter(
        subject=_("Is this address yours? One press, and you are told what comes of it"),
        preview=_("Without your press, nobody writes to you again."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, told us that something is wrong and left this address to be answered at.")),
            Paragraph(_("It is with the person who reads it already, whatever you do here. Nobody is shown your address.")),
            Button(_("It was me, or it was not"), page(message, f"mail/told/{_told_token(concern)}/"), accent=True),
            Quiet(
                _("If it was not you, do nothing: on %(day)s we forget this address.") % {"day": dates.day(ends_at, zone_of(concern.area))}
            ),
        ),
    )


def _told_token(concern: Concern) -> str:
    return sign_link(TOLD_LINK, ids=[concern.pk], ends_at=concern.made_at + CONCERN_KEPT)


def taken_up_letter(message: Message) -> Letter:
    """Tell whoever told it who has taken it up; nothing where they have given it back."""
    concern = concern_of_taking(about(message), person_id=message.person_id, address=message.address)
    name = name_of(concern.taken_by) if concern.taken_by else ""
    return Letter(
        subject=_("What you told us is in somebody's hands"),
        preview=_("From now on they alone read it."),
        blocks=(
            Paragraph(
                _("%(name)s has read what you told us and takes care of it. From now on they alone read it.") % {"name": name}
                if name
                else _("An administrator has read what you told us and takes care of it. From now on they alone read it.")
            ),
            Paragraph(_("You are told what comes of it. In danger, call the emergency number of your country first.")),
        ),
    )


def closed_letter(message: Message) -> Letter:
    """Tell whoever told it what came of it."""
    concern = Concern.objects.get(pk=about(message), closed_at__isnull=False)
    return Letter(
        subject=_("What came of what you told us"),
        blocks=(
            Paragraph(_("Whoever took care of it writes to you:")),
            Prose(source=concern.outcome, safe_html=linebreaks(concern.outcome, autoescape=True)),
            Quiet(_("It is kept for one year and then erased. If something happens again, tell it again.")),
        ),
    )


def named_letter(message: Message) -> Letter:
    """Tell somebody that they are named to whoever says that something is wrong."""
    return Letter(
        subject=_("You are the person to whom people tell that something is wrong"),
        blocks=(
            Paragraph(
                _(
                    "The organisation has named you. Members who tell that something is wrong, and whoever wrote to a seat, read your "
                    "name and by when you read it. The public page of a place names nobody; who left an address there reads the name "
                    "of whoever takes care of it."
                )
            ),
            Paragraph(_("You have until the end of the day, after 20:00 until 9:00 the next morning; then it climbs to somebody else.")),
            Button(_("See what waits for me"), f"{settings.PUBLIC_URL}/app/concerns", accent=True),
        ),
    )


CONCERN_LETTERS = (
    (TOLD, told_letter),
    (GIVEN_BACK, given_back_letter),
    (CONFIRM, confirm_letter),
    (TAKEN_UP, taken_up_letter),
    (CLOSED, closed_letter),
    (NAMED, named_letter),
)
