"""What advocacy asks whoever wrote to an office holder: whether they answered."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.advocacy.domain import ContactKind
from maillage.advocacy.domain.answering import ANSWERED_LINK, ANSWERS, LINK_LASTS
from maillage.advocacy.selectors.answering import about, asked_on, question_asked
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import BY_HAND, Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

QUESTION = Purpose(
    "advocacy.answer_question",
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS}),
    title=gettext_lazy("whether those to whom you wrote answered"),
)


def question_letter(message: Message) -> Letter:
    """Ask whether an office holder answered; nothing once that is said, or stands at the contact."""
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    question = question_asked(message.about_id)
    contact = question.contact
    steps = list(contact.steps.all())
    first = asked_on(steps)
    if question.said_at is not None or first is None or any(step.kind in ANSWERS for step in steps):
        raise LookupError("it is said already")
    name = contact.holder.full_name
    token = sign_link(ANSWERED_LINK, ids=[question.pk], ends_at=question.asked_at + LINK_LASTS)
    link = f"{settings.PUBLIC_URL}/{message.language}/advocacy/answered/{token}/"
    by_hand = message.channel in BY_HAND
    return Letter(
        subject=_("Did %(name)s answer you?") % {"name": name},
        preview=_("One press is enough. So we know who answers, and who does not."),
        blocks=(
            Paragraph(_("You logged that you wrote to them or asked for a conversation:")),
            Facts(
                (
                    (_("Whom"), name),
                    (_("How"), str(ContactKind(contact.kind).label)),
                    (_("Day"), dates.dated(first, contact.area.time_zone)),
                    (_("About"), about(contact)),
                )
            ),
            Quiet(_("Tell whoever brings you this whether they answered."))
            if by_hand
            else Button(_("Say whether they answered"), link, accent=True),
            Quiet(_("We ask twice at most: after two weeks, and after three.")),
        ),
    )


ANSWER_LETTERS = ((QUESTION, question_letter),)
