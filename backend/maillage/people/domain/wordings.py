"""The texts that people agree to, by version. A changed text is a new version; old ones stay, for the proof."""

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """What a box says beside its label; a Consent names its version.

    `is_standing`: given or taken back at any time, apart from any form.
    """

    version: str
    purpose: str
    text: str | LazyText
    is_standing: bool = False


RELAY_CONTACT = Wording(
    version="relay_contact.1",
    purpose="people.relay_contact",
    text=_(
        "The relay of my constituency may contact me, and for that sees my first name, my initial, my commune and this contact. "
        "I can take this back at any time."
    ),
    is_standing=True,
)

WORDINGS: dict[str, Wording] = {RELAY_CONTACT.version: RELAY_CONTACT}


def standing_wordings() -> list[Wording]:
    """Return what is given or taken back apart from any form of a hall: on one's page, by the link of a mail, on paper."""
    return [wording for wording in WORDINGS.values() if wording.is_standing]


def standing_wording(purpose: str) -> Wording | None:
    """Return the text that stands for a purpose; None where it comes with a form only, or is unknown."""
    return next((wording for wording in standing_wordings() if wording.purpose == purpose), None)
