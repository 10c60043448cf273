"""Assignments, narrowed to what the actor may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import ANSWER_LINK, BEFORE_LAUNCH, PAPER_LINK, REPORTS_TAKEN
from maillage.actions.models import Assignment, LocalParagraph
from maillage.kernel.errors import NotFound
from maillage.kernel.links import LinkEnded, read_link, sign_link
from maillage.people.models import Person


@dataclass(frozen=True)
class Linked:
    """The assignment behind a link in a mail, and the person to whom the mail was sent, in whose name it is answered."""

    assignment: Assignment
    author_id: UUID

    @property
    def is_theirs(self) -> bool:
        """Whether that person acts on it; else somebody else does, or nobody."""
        return self.assignment.acting_id == self.author_id

    @property
    def is_relieved(self) -> bool:
        """Whether that person holds it, and a neighbour has taken it over."""
        return self.assignment.holder_id == self.author_id and not self.is_theirs


def own_assignments(user: Actor) -> QuerySet[Assignment]:
    """What a signed-in holder is asked, and what they took over next door; drafts never are."""
    if user.pk is None:
        return Assignment.objects.none()
    return _whole().filter(Q(holder__user_id=user.pk) | Q(neighbour__user_id=user.pk))


def assignment_seen(user: Actor, assignment_id: UUID, *, now: datetime) -> Assignment:
    """One assignment that a user holds, took over or organises. Raises: NotFound."""
    if user.pk is None:
        raise NotFound(code="assignment_unknown")
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now)
    found = _whole().filter(Q(holder__user_id=user.pk) | Q(neighbour__user_id=user.pk) | organised, pk=assignment_id).first()
    if found is None:
        raise NotFound(code="assignment_unknown")
    return found


def answer_token(assignment: Assignment, *, author_id: UUID) -> str:
    """The token of the link by which a mail's reader answers without a login; it ends when the action closes."""
    return sign_link(ANSWER_LINK, ids=[assignment.pk, author_id], ends_at=assignment.action.ends_at + REPORTS_TAKEN)


def paper_token(assignment: Assignment, *, author_id: UUID | None = None, user_id: UUID | None = None) -> str:
    """The token of the page that prints a brief: the holder's own with the code that takes their answer, anybody else's without.

    `user_id`: to which account it was given, where it is not the holder's own; the sheet bears their name.
    """
    ids = [assignment.pk, author_id] if author_id else [assignment.pk, assignment.pk, user_id] if user_id else [assignment.pk]
    return sign_link(PAPER_LINK, ids=ids, ends_at=assignment.action.ends_at + REPORTS_TAKEN)


@dataclass(frozen=True)
class Sheet:
    """A brief to print, and whose copy it is; `author_id` is the one whose own sheet it is, while they act on it.

    `is_inside`: it was taken by them, or by an organiser; who acts no more reads nothing new of who sits there.
    """

    assignment: Assignment
    author_id: UUID | None
    reader: Person | User | None
    is_inside: bool


def sheet_of(token: str, *, now: datetime) -> Sheet:
    """What a link to a brief on paper opens. Raises: NotFound (`link_broken`, `assignment_unknown`), LinkEnded."""
    ids = read_link(PAPER_LINK, token, now=now)
    found = _whole().filter(pk=ids[0]).first() if ids else None
    if found is None:
        raise NotFound(code="assignment_unknown")
    if found.action.ends_at + REPORTS_TAKEN <= now:
        raise LinkEnded
    if len(ids) == 3:
        account = account_named(ids[2])
        if account is None:
            raise NotFound(code="assignment_unknown")
        return Sheet(assignment=found, author_id=None, reader=account, is_inside=_serves(account, found, now=now))
    is_own = len(ids) == 2
    author_id = ids[1] if is_own and found.acting_id == ids[1] else None
    reader = reader_named(found, ids[1]) if is_own else None
    return Sheet(assignment=found, author_id=author_id, reader=reader, is_inside=author_id is not None or not is_own)


def _serves(user: User, assignment: Assignment, *, now: datetime) -> bool:
    """Whether an account acts on an assignment or organises its place today. A query, two at most."""
    acting = assignment.acting
    if acting is not None and acting.user_id == user.pk:
        return True
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now)
    return Assignment.objects.filter(organised, pk=assignment.pk).exists()


def reader_named(assignment: Assignment, person_id: UUID) -> Person | None:
    """The person to whom a link was sent, unless they were forgotten since. A query where they do not act on it."""
    for person in (assignment.neighbour, assignment.holder):
        if person is not None and person.pk == person_id:
            return person if person.erased_at is None else None
    return Person.objects.filter(pk=person_id, erased_at=None).first()


def account_named(user_id: UUID) -> User | None:
    """The account to which a link was given, while there is one. A query."""
    return User.objects.filter(pk=user_id, is_active=True).select_related("person").first()


def linked_assignment(token: str, *, now: datetime) -> Linked:
    """What a link of a mail opens. Raises: NotFound (`link_broken`, `assignment_unknown`), LinkEnded."""
    ids = read_link(ANSWER_LINK, token, now=now)
    if len(ids) != 2:
        raise NotFound(code="link_broken")
    found = _whole().filter(pk=ids[0]).first()
    if found is None:
        raise NotFound(code="assignment_unknown")
    if found.action.ends_at + REPORTS_TAKEN <= now:
        raise LinkEnded
    return Linked(assignment=found, author_id=ids[1])


def _whole() -> QuerySet[Assignment]:
    """Assignments of launched actions with what their page shows, and whether a place adds to the brief. Three queries at most."""
    return (
        Assignment.objects.exclude(action__status__in=BEFORE_LAUNCH)
        .annotate(photo_id=F("report__photo__id"), is_added_to=Exists(LocalParagraph.objects.filter(action_id=OuterRef("action_id"))))
        .select_related("action__subject", "seat__area__kind", "holder", "neighbour", "report")
        .prefetch_related("action__texts", "action__subject__texts")
    )
