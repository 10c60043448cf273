"""The texts that people agree to, by version. A changed text is a new version; old ones stay, for the proof."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.people.domain.words import Channel


@dataclass(frozen=True)
class Wording:
    """What a box says beside its label; a Consent names its version.

    `is_standing`: given or taken back at any time, apart from any form. `only_by`: the one way on which it is asked; None: any.
    `title`: what it is for, in a few words, for who writes it or reads the list.
    """

    version: str
    purpose: str
    text: str | LazyText
    is_standing: bool = False
    only_by: Channel | None = None
    title: str | LazyText = ""

    @property
    def slug(self) -> str:
        """Return the address of its document: what comes before the number."""
        return wording_parts(self.version)[0]

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
    title=_("Contact by the relay"),
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
    title=_("News of one's constituency"),
)
"""Who agrees joins the list of their own constituency's news: a choice of theirs, not one made by what is known of them."""

WORDINGS: dict[str, Wording] = {RELAY_CONTACT.version: RELAY_CONTACT, AREA_NEWS.version: AREA_NEWS}


LONGEST_WORDING = 600
"""Letters of a wording that the organisation writes: it stands beside a box, and on one page with others."""

_HOUSE = "-house"


def wording_parts(version: str) -> tuple[str, int]:
    """Split the version of a wording (`relay_contact.1`) into its document's address and its number."""
    slug, _dot, number = version.rpartition(".")
    return slug, int(number)


def house_slug(slug: str) -> str:
    """Return the address of the document in which the organisation writes its own words in the place of a wording of the code."""
    return f"{slug}{_HOUSE}"


def code_slug(slug: str) -> str:
    """Return the address of the wording of the code for which a document of the organisation stands; its own for one of the code."""
    return slug.removesuffix(_HOUSE)


def words_changed(read: Mapping[str, str] | None, boxes: Mapping[str, Wording]) -> dict[str, list[str]]:
    """Say beside which ticked boxes other words stand now than those that were read, by field, for an `Invalid`.

    `read`: by box, the version that the form showed; None from a caller that shows no form. `boxes`: what each agrees to now.
    """
    said = gettext("The words beside this box changed while you were writing: read them again, and tick it if you agree.")
    return {box: [said] for box, version in (read or {}).items() if box in boxes and version != boxes[box].version}


def newest_in_code() -> dict[str, Wording]:
    """Return what the code says now, by purpose: the highest number of each."""
    found: dict[str, Wording] = {}
    for wording in WORDINGS.values():
        other = found.get(wording.purpose)
        if other is None or wording_parts(other.version)[1] < wording_parts(wording.version)[1]:
            found[wording.purpose] = wording
    return found
