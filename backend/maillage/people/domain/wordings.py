"""The texts that people agree to, by version. A changed text is a new version; old ones stay, for the proof."""

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from maillage.people.domain.words import Channel


@dataclass(frozen=True)
class Wording:
    """What a box says beside its label; a Consent names its version.

    `is_standing`: given or taken back at any time, apart from any form. `only_by`: the one way on which it is asked; None: any.
    """

    version: str
    purpose: str
    text: str | LazyText
    is_standing: bool = False
    only_by: Channel | None = None

    def stands_by(self, channel: str) -> bool:
        """Say whether it is given or taken back at any time on a way to reach somebody."""
        return self.is_standing and self.only_by in (None, channel)


RELAY_CONTACT = Wording(
    version="relay_contact.1",
    purpose="people.relay_contact",
    text=_(
        "The relay of my constituency may contact me, and for that sees my first name, my initial, my commune and this contact. "
        "I can take this back at any time."
    ),
    is_standing=True,
)

AREA_NEWS = Wording(
    version="area_news.1",
    purpose="people.area_news",
    text=_(
        "The relay or an organiser of my constituency may send me its news by e-mail; this address and my constituency are used for that, "
        "and nothing else of me. I can take this back at any time."
    ),
    is_standing=True,
    only_by=Channel.EMAIL,
)
"""Who agrees joins the list of their own constituency's news: a choice of theirs, not one made by what is known of them."""

WORDINGS: dict[str, Wording] = {RELAY_CONTACT.version: RELAY_CONTACT, AREA_NEWS.version: AREA_NEWS}


def standing_wordings() -> list[Wording]:
    """Return what is given or taken back on any way to be reached, apart from any form of a hall: on paper, from a list, on one's page."""
    return [wording for wording in WORDINGS.values() if wording.is_standing and wording.only_by is None]


def standing_wording(purpose: str) -> Wording | None:
    """Return the text that stands for a purpose; None where it comes with a form only, or is unknown."""
    return next((wording for wording in WORDINGS.values() if wording.is_standing and wording.purpose == purpose), None)
