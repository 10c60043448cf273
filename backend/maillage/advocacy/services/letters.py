"""What advocacy writes to people: that something they said is disputed, and what came of it."""

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.advocacy.domain import Outcome, Stance
from maillage.advocacy.domain.positions import said_why
from maillage.advocacy.models import PositionDispute
from maillage.advocacy.selectors.subjects import subject_text
from maillage.kernel import dates
from maillage.messaging.domain import BY_HAND, Button, Facts, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.recipients import reader_id_of

_EITHER = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_TITLE = gettext_lazy("what became of what you said of an office holder")

DISPUTED = Purpose("advocacy.position_disputed", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)
SETTLED = Purpose("advocacy.dispute_settled", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)


def disputed_letter(message: Message) -> Letter:
    """Tell whoever wrote a position down that somebody says that it is wrong, and why; nothing once that is settled."""
    dispute = _dispute(message)
    if dispute.settled_at is not None:
        raise LookupError("it is settled")
    return Letter(
        subject=_("Somebody says that this is wrong: %(name)s") % {"name": dispute.position.holder.full_name},
        preview=_("Until an organiser settles it, it makes nobody stop asking."),
        blocks=(
            Paragraph(_("You wrote down where %(name)s stands:") % {"name": dispute.position.holder.full_name}),
            Facts(_facts(dispute, message)),
            Paragraph(_("Somebody who reads it says that it is wrong:")),
            Prose(source=dispute.reason, safe_html=linebreaks(dispute.reason, autoescape=True)),
            Paragraph(_("An organiser above the place settles it. If you were mistaken, you can undo what you wrote yourself.")),
            *_button(message),
        ),
    )


def settled_letter(message: Message) -> Letter:
    """Tell who said it and who disputed it what came of it, in the words of whoever settled it."""
    dispute = _dispute(message)
    if dispute.settled_at is None:
        raise LookupError("it is not settled")
    name = dispute.position.holder.full_name
    stands = dispute.outcome == Outcome.UPHELD
    why = said_why(dispute.words)
    return Letter(
        subject=(_("It stands: what was said of %(name)s") if stands else _("Undone: what was said of %(name)s")) % {"name": name},
        preview=_("The position counts again.") if stands else _("The position counts no more."),
        blocks=(
            Facts(_facts(dispute, message)),
            Paragraph(
                _("Somebody said that this is wrong. It stands.")
                if stands
                else _("Somebody said that this is wrong. It was undone, and counts no more.")
            ),
            *((Prose(source=why, safe_html=linebreaks(why, autoescape=True)),) if why else ()),
            *_button(message),
        ),
    )


LETTERS = ((DISPUTED, disputed_letter), (SETTLED, settled_letter))


def _dispute(message: Message) -> PositionDispute:
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    whole = PositionDispute.objects.select_related("position__holder", "position__subject", "position__area")
    return whole.prefetch_related("position__subject__texts").get(pk=message.about_id)


def _facts(dispute: PositionDispute, message: Message) -> tuple[tuple[str, str], ...]:
    position = dispute.position
    rows = [
        (_("Subject"), subject_text(position.subject, language=message.language).title),
        (_("Position"), str(Stance(position.stance).label)),
        (_("Said on"), dates.dated(position.said_on, position.area.time_zone)),
    ]
    return (*rows, (_("Sentence"), position.quote)) if position.quote else tuple(rows)


def _button(message: Message) -> tuple[Button | Quiet, ...]:
    if message.channel in BY_HAND:
        return (Quiet(_("If you wish to add something, say it to whoever brings you this.")),)
    reader_id = reader_id_of(message)
    reader = User.objects.filter(pk=reader_id).first() if reader_id else None
    organises = reader is not None and accounts.holds_role(reader, roles=[Role.ORGANISER], now=message.queued_at)
    return (Button(_("Look at it"), f"{settings.PUBLIC_URL}/app/{'desk/mps' if organises else 'seat'}"),)
