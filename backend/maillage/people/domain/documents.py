"""Texts that people agree to: how they live, how they read, and whom they bind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

CHARTER = "charter"
"""The address of the one charter of an installation."""

AGREE_WITHIN = timedelta(days=30)
"""How long whoever holds something has to agree to a new version, unless its adoption says otherwise."""

COMMENTS_FOR = timedelta(days=14)
"""How long a proposed version takes comments, unless it says otherwise."""

LONGEST_OPEN = timedelta(days=366)
"""The furthest day that a proposal or an adoption may name."""

TYPED_FROM = 20
"""From how many people to ask again the number has to be typed, as when an action is launched."""


class DocumentKind(models.TextChoices):
    """What a document is for."""

    CHARTER = "charter", _("charter")
    WORDING = "wording", _("wording")
    HOUSE_WORDING = "house_wording", _("wording of the organisation")


WRITTEN = (DocumentKind.CHARTER, DocumentKind.HOUSE_WORDING)
"""What is written together: drafted, proposed, commented on, adopted. Wordings of the code are kept only."""


class VersionState(models.TextChoices):
    """Where a version stands; at most one of a document is under way, and at most one adopted."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed")
    ADOPTED = "adopted", _("in force")
    SUPERSEDED = "superseded", _("replaced")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNDER_WAY = (VersionState.DRAFT, VersionState.PROPOSED)
PUBLIC = (VersionState.ADOPTED, VersionState.SUPERSEDED)
"""What anybody reads: the version in force, and those before it."""


class Voice(models.TextChoices):
    """As what somebody comments on a proposed version."""

    ORGANISER = "organiser", _("an organiser")
    RELAY = "relay", _("a relay")
    STAND_IN = "stand_in", _("a stand-in")
    MEMBER = "member", _("a member")


class CommentState(models.TextChoices):
    """What became of a comment."""

    OPEN = "open", _("not answered yet")
    TAKEN_IN = "taken_in", _("taken in")
    NOT_TAKEN = "not_taken", _("not taken in")


class AgreedBy(models.TextChoices):
    """How somebody agreed."""

    APP = "app", _("on their own page")
    LINK = "link", _("on the page behind a link that was mailed to them")
    PAPER = "paper", _("on paper")


@dataclass(frozen=True)
class DocumentWords:
    """A document's words in one language: a title, what changes and why, and the text (markdown)."""

    title: str
    body: str
    summary: str = ""


Bound = Callable[[], set[UUID]]
BOUND: dict[str, Bound] = {}
"""By kind of document, who is bound by it now: the ids of the persons who are asked to agree to each new version."""


def register_bound(kind: str, bound: Bound) -> None:
    """Tell whom a kind of document binds; called from a hall's `apps.py`. Raises ValueError on a second one."""
    if kind in BOUND:
        raise ValueError(f"whom a {kind} binds is registered twice")
    BOUND[kind] = bound


def bound_by(kind: str) -> set[UUID]:
    """Return the ids of the persons whom a kind of document binds now; nobody where no hall says so."""
    bound = BOUND.get(kind)
    return bound() if bound else set()


QualificationNames = Callable[[str], dict[str, str]]
QUALIFICATION_NAMES: list[QualificationNames] = []
"""Say how codes of qualifications are called in a language; filled by the halls that require some."""


def qualification_names(language: str) -> dict[str, str]:
    """Return what every known code of a qualification is called in a language."""
    return {code: name for names in QUALIFICATION_NAMES for code, name in names(language).items()}
