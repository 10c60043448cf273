"""The letter to whom an administrator gave a role."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import Grant
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.queue import queue_message
from maillage.people.selectors.organisation import organisation

APPOINTMENT = Purpose(
    "accounts.appointment",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("roles that you are given"),
)


def tell_of_appointment(*, grant_id: UUID, now: datetime) -> None:
    """Write to whoever was appointed, in their language; a role that has gone meanwhile is not told."""
    grant = Grant.objects.select_related("user").filter(pk=grant_id).running(now).first()
    if grant is not None:
        queue_message(APPOINTMENT.name, now=now, address=grant.user.email, language=grant.user.language, about_id=grant.pk)


def appointment_letter(message: Message) -> Letter:
    """Say which role is held where, and how one signs in. Raises: Grant.DoesNotExist, LookupError."""
    about: UUID | None = message.about_id
    if about is None:
        raise LookupError("an appointment is about a role")
    grant = Grant.objects.select_related("area").get(pk=about)
    return Letter(
        subject=_("You are now %(role)s: %(place)s") % {"role": grant.get_role_display(), "place": grant.area.called},
        blocks=(
            Paragraph(_("An administrator of %(organisation)s gave you a role.") % {"organisation": organisation().name}),
            Facts(((_("Role"), grant.get_role_display()), (_("Place"), grant.area.called))),
            Paragraph(_("You sign in with this address: a code comes by mail, there is no password to choose.")),
            Button(_("Sign in"), f"{settings.PUBLIC_URL}/app/", accent=True),
            Quiet(_("If you did not expect this, do nothing: the role opens only to who reads this mailbox.")),
        ),
    )
