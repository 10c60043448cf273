"""The letter that carries a code to whoever gives."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel.sealing import unseal
from maillage.messaging.domain import Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.selectors.organisation import organisation

PROOF_CODE = Purpose(
    "fundraising.proof_code",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("codes that confirm your address"),
)


def proof_letter(message: Message) -> Letter:
    """Write the code, first in the subject so that a phone's notice shows it. Raises: LookupError once it is erased."""
    if message.secret is None:
        raise LookupError("the code is gone")
    code = unseal(bytes(message.secret))
    return Letter(
        subject=_("%(code)s is your code") % {"code": code},
        preview=_("It works once, for ten minutes."),
        blocks=(
            Paragraph(
                _("With this code you confirm to %(organisation)s that this address is yours:") % {"organisation": organisation().name}
            ),
            Facts(((_("Code"), code),)),
            Paragraph(_("It works once, for ten minutes, on the page where you asked for it.")),
            Quiet(_("If you did not ask for it, do nothing: nothing was given in your name. Never tell anyone this code, us included.")),
        ),
    )
