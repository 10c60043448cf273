"""What somebody may do about people."""

from datetime import datetime
from uuid import UUID

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import UNDER_WAY, WRITTEN, DocumentKind, VersionState


def can_enter_people(actor: Actor, *, area_id: UUID, now: datetime) -> bool:
    """Say whether they may enter people met in a constituency: who holds it or stands in, and the organisers above."""
    return accounts.is_reached(actor, roles=[Role.ORGANISER, *HOLDERS], area_id=area_id, now=now)


def inspected_abilities(*, has_account: bool) -> dict[str, bool]:
    """What the data-protection officer may do with the person of a reason: who signs in puts their own data right."""
    return {"correct": not has_account}


def version_abilities(
    *, state: str, writes: bool, discusses: bool, speaks: bool, takes_comments: bool, agrees: bool, kind: str
) -> dict[str, bool]:
    """What an actor may do with a version of a document.

    `discusses`: they read what is said of it; `speaks`: a person is behind them; `agrees`: they have not agreed yet.
    """
    under_way = kind in WRITTEN and writes and state in UNDER_WAY
    return {
        "edit": under_way,
        "propose": under_way and state == VersionState.DRAFT,
        "adopt": under_way and state == VersionState.PROPOSED,
        "withdraw": under_way,
        "see_comments": discusses,
        "comment": discusses and speaks and takes_comments,
        "answer": under_way and state == VersionState.PROPOSED,
        "agree": kind == DocumentKind.CHARTER and state == VersionState.ADOPTED and speaks and agrees,
    }
