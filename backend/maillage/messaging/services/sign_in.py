"""The letters of signing in."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import User
from maillage.kernel.sealing import unseal
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.preference_letters import choices_at
from maillage.people.selectors.organisation import organisation

SIGN_IN_CODE = Purpose(
    "accounts.sign_in_code",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("sign-in codes"),
)


def sign_in_letter(message: Message) -> Letter:
    """Write the code to who signs in with the address, and to its owner alone that nobody does.

    Whoever asked was told nothing, and waited for nothing: this is looked up here, when the message leaves.
    """
    is_known = User.objects.filter(email=message.address.lower(), is_active=True).exists()
    return sign_in_code_letter(message) if is_known else no_account_letter(message)


def sign_in_code_letter(message: Message) -> Letter:
    """Write the code, first in the subject so that a phone's notice shows it. Raises: LookupError once it is erased."""
    if message.secret is None:
        raise LookupError("the code is gone")
    code = unseal(bytes(message.secret))
    return Letter(
        subject=_("%(code)s is your sign-in code") % {"code": code},
        preview=_("It works once, for ten minutes."),
        blocks=(
            Paragraph(_("Here is the code that signs you in to %(organisation)s:") % {"organisation": organisation().name}),
            Facts(((_("Code"), code),)),
            Paragraph(_("It works once, for ten minutes, in the window where you asked for it.")),
            Quiet(_("If you did not ask for it, do nothing: nobody gets in without this code. Never give it to anyone, not even to us.")),
        ),
    )


def no_account_letter(message: Message) -> Letter:
    """Say that nobody signs in with this address, to its owner alone: the browser was told nothing.

    Who takes part with it needs no account: they are led to their choices, and from there to what is known of them.
    """
    choices = choices_at(message.address.lower(), message)
    if choices:
        return Letter(
            subject=_("You take part without an account"),
            blocks=(
                Paragraph(_("Somebody, perhaps you, asked for a sign-in code with this address. There is no account for it here.")),
                Paragraph(_("We know you by it all the same: to take part, nobody needs to sign in.")),
                Paragraph(
                    _("Here you see what you agreed to and receive; from that page we also mail you a link to all that we know of you.")
                ),
                *choices,
                Quiet(_("If it was not you, do nothing: nothing was created.")),
            ),
        )
    return Letter(
        subject=_("No account with this address"),
        blocks=(
            Paragraph(_("Somebody, perhaps you, asked for a sign-in code with this address. There is no account for it here.")),
            Paragraph(_("Perhaps you gave us another address. And if you would like to take part, it begins with your constituency.")),
            Button(_("Find my constituency"), f"{settings.PUBLIC_URL}/{message.language}/"),
            Quiet(_("If it was not you, do nothing: nothing was created.")),
        ),
    )
