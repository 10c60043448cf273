"""Consents that came with a form: what else goes, and comes back, with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise as LazyText

from maillage.people.domain.wordings import Wording


@dataclass(frozen=True)
class Form:
    """A form of a hall that brings a consent.

    `take_back(person_id, now)` takes back what the person asked with it; `give_back(person_id, taken_at, now)` undoes
    what the former did at that instant. Both inside the caller's transaction, which writes the consent itself.
    `shows_contact`: others see the number or address with which it was asked, so that it ends with that one.
    `is_kept(person_id, channel)` says whether what was asked with it on a way is still known; None: whatever was taken back.
    What is not known any more is asked for on its form alone: to agree again elsewhere would bring nothing back.
    """

    take_back: Callable[[UUID, datetime], None]
    give_back: Callable[[UUID, datetime, datetime], None]
    shows_contact: bool = False
    is_kept: Callable[[UUID, str], bool] | None = None

    def can_come_back(self, person_id: UUID, channel: str) -> bool:
        """Say whether agreeing again on a way, elsewhere than on the form, would bring back what was asked with it."""
        return self.is_kept is None or self.is_kept(person_id, channel)

    def goes(self, *, is_given_elsewhere: bool) -> bool:
        """Say whether what was asked goes where the consent is taken back on one way: as long as another is left, it stays asked."""
        return self.shows_contact or not is_given_elsewhere


@dataclass(frozen=True)
class PaperAsk:
    """Something that a person may ask for on the paper form of their place: its box, and what they agree to with it."""

    box: str | LazyText
    wording: Wording


PAPER_ASKS: list[PaperAsk] = []
"""What the paper form offers beside what stands for itself; filled by halls from their `apps.py`."""


def is_on_paper(wording: Wording) -> bool:
    """Say whether the paper form of a place prints a wording: what stands for itself on every way, and what is asked for on it."""
    return (wording.is_standing and wording.only_by is None) or any(ask.wording.purpose == wording.purpose for ask in PAPER_ASKS)


FORMS: dict[str, Form] = {}
"""By the purpose of the consent that the form brings."""


def register_form(purpose: str, form: Form) -> None:
    """Tell what goes with a consent; called from a hall's `apps.py`. Raises ValueError on a second one for a purpose."""
    if purpose in FORMS:
        raise ValueError(f"the form of {purpose} is registered twice")
    FORMS[purpose] = form
