"""The letters that carry a code to whoever gives, and that ask once more whether an address is theirs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.fundraising.domain.links import ADDRESS_LINK, FORGOTTEN_AFTER
from maillage.fundraising.services.letter_parts import about, page
from maillage.kernel.links import sign_link
from maillage.kernel.sealing import unseal
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.selectors.organisation import organisation

PROOF_CODE = Purpose(
    "fundraising.proof_code",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("codes that confirm your address"),
)


ADDRESS_DENIED = Purpose(
    "fundraising.address_denied",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("whether an address is yours"),
)


def denied_letter(message: Message) -> Letter:
    """Tell an address that somebody denied it, and how it is kept. Raises: LookupError where it speaks of nothing."""
    token = sign_link(ADDRESS_LINK, ids=[about(message)], ends_at=message.queued_at + FORGOTTEN_AFTER)
    return Letter(
        subject=_("Your address is forgotten here in a week"),
        preview=_("Unless it was you who gave."),
        blocks=(
            Paragraph(
                _(
                    "Somebody pressed “It was not me” in a mail about a donation. In a week this address is forgotten there, and nothing "
                    "is written to it about that donation any more."
                )
            ),
            Paragraph(_("Did you give? Whoever you passed that mail on to can press this. Then keep your address:")),
            Button(_("It was me: confirm my address"), page(message, f"give/address/{token}/"), accent=True),
            Quiet(_("If it was not you who gave, there is nothing to do.")),
        ),
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
