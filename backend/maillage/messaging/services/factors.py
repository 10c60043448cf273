"""Letters about how somebody signs in: what changed, so that they notice when it was not they."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.messaging.domain import Button, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.queue import queue_message

CHANGES: dict[str, tuple[Promise, Promise]] = {
    "factor.added": (
        gettext_lazy("A second factor was added to your account"),
        gettext_lazy("A passkey or an authenticator app can now prove that it is you."),
    ),
    "factor.removed": (
        gettext_lazy("A second factor was removed from your account"),
        gettext_lazy("A passkey or an authenticator app was taken away from your account."),
    ),
    "factor.codes_renewed": (
        gettext_lazy("Your recovery codes were renewed"),
        gettext_lazy("Ten new recovery codes were made for your account; the former ones open nothing any more."),
    ),
    "factor.reset": (
        gettext_lazy("Your second factors were reset"),
        gettext_lazy(
            "Your passkeys, your authenticator app, your recovery codes and your password were taken away, and you were signed out. "
            "Sign in by code, and set up a new one."
        ),
    ),
    "password.changed": (gettext_lazy("Your password was changed"), gettext_lazy("Your other sessions were ended.")),
    "password.removed": (
        gettext_lazy("Your password was removed"),
        gettext_lazy("You sign in by the code that comes by mail, or by a passkey."),
    ),
}
"""By fact: the subject and the first paragraph."""


def tell_of_change(*, fact: str, user_id: UUID) -> None:
    """Write to somebody that the way they sign in changed; who is gone by now is told nothing."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        queue_message(f"accounts.{fact.replace('.', '_')}", now=now(), address=user.email, language=user.language)


def _letter(message: Message, *, subject: Promise, words: Promise) -> Letter:
    return Letter(
        subject=str(subject),
        blocks=(
            Paragraph(str(words)),
            Button(_("See how you sign in"), f"{settings.PUBLIC_URL}/app/security"),
            Quiet(_("If it was not you, end your other sessions there, and write to an administrator of the organisation.")),
        ),
    )


def _purpose(fact: str) -> Purpose:
    return Purpose(
        f"accounts.{fact.replace('.', '_')}",
        lane=Lane.TRANSACTIONAL,
        recipients=frozenset({RecipientKind.ADDRESS}),
        title=gettext_lazy("changes to how you sign in"),
    )


LETTERS: list[tuple[Purpose, Callable[[Message], Letter]]] = [
    (_purpose(fact), partial(_letter, subject=subject, words=words)) for fact, (subject, words) in CHANGES.items()
]
