"""What office holders said: written once, disputed, settled, undone; and the state that follows, in the same transaction (ADR 36)."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.advocacy.domain import KnownBy, Outcome, Stance
from maillage.advocacy.domain.positions import FORGOTTEN, position_troubles, standing_of, why_troubles
from maillage.advocacy.models import Contact, Position, PositionDispute, PositionState
from maillage.advocacy.selectors.positions import said_on as lines_on
from maillage.advocacy.selectors.positions import standing_kept, state_mismatches
from maillage.advocacy.services.subjects import require_open_subject
from maillage.kernel import dates
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient
from maillage.messaging.services.recipients import recipient_of
from maillage.people.services.consents import the_controller
from maillage.territories.models import Area

logger = logging.getLogger(__name__)


def say_position(
    *,
    holder_id: UUID,
    area: Area,
    subject_id: UUID,
    stance: Stance,
    known_by: KnownBy,
    said_on: date,
    now: datetime,
    author_id: UUID | None,
    by: User | None,
    quote: str = "",
    source_url: str = "",
    contact_id: UUID | None = None,
) -> Position:
    """Write down what an office holder of a place said on an open subject, as `author_id` (or the user `by`) heard or read it.

    Facts: position.said.  Raises: Invalid by field, Conflict (`subject_closed`).
    """
    troubles = position_troubles(
        known_by=known_by, source_url=source_url, quote=quote.strip(), said_on=said_on, today=dates.day_in(now, area.time_zone)
    )
    if contact_id is not None and not Contact.objects.filter(pk=contact_id, holder_id=holder_id).exists():
        troubles["contact"] = [_("This contact was with somebody else.")]
    if troubles:
        raise Invalid(_("Some fields need another look."), fields=troubles)
    with transaction.atomic():
        require_open_subject(subject_id)
        return write_position(
            Position(
                holder_id=holder_id,
                area=area,
                subject_id=subject_id,
                stance=stance,
                known_by=known_by,
                source_url=source_url,
                said_on=said_on,
                quote=quote.strip(),
                contact_id=contact_id,
                author_id=author_id,
                by=by,
                recorded_at=now,
            ),
            now=now,
        )


def write_position(position: Position, *, now: datetime) -> Position:
    """Write a line and let the state follow. Called inside a transaction. Facts: position.said."""
    with _following(position.subject_id, position.holder_id):
        position.save(force_insert=True)
    journal.record(
        "position.said",
        subject=position,
        at=now,
        holder_id=position.holder_id,
        subject_id=position.subject_id,
        stance=int(position.stance),
        known_by=str(position.known_by),
    )
    return position


def undo_position(*, position_id: UUID, why: str, by: User | None, now: datetime) -> Position:
    """Take a position out of what counts, with words; the line stays, struck through. An open dispute of it ends with it.

    Facts: position.undone, dispute.settled.  Raises: NotFound, Invalid (why), Conflict (`already_undone`).
    """
    if troubles := why_troubles("why", why):
        raise Invalid(fields=troubles)
    with transaction.atomic():
        position = locked_position(position_id)
        if position.undone_at is not None:
            raise already_undone()
        take_back(position, why=why.strip(), by=by, now=now)
    return position


def take_back(position: Position, *, why: str, by: User | None, now: datetime, is_by_author: bool = False) -> None:
    """Undo a locked position that stands, with its open dispute, and let the state follow. Called inside a transaction.

    `is_by_author`: whoever said it does it, with an account or without one.
    Facts: position.undone, dispute.settled.
    """
    dispute = _open_dispute(position)
    if dispute is not None:
        _settle(dispute, Outcome.UNDONE, words=why, by=by, is_by_author=is_by_author, now=now)
    with _following(position.subject_id, position.holder_id):
        position.undone_at, position.undone_by, position.undone_why = now, by, why
        position.save(update_fields=["undone_at", "undone_by", "undone_why"])
    journal.record("position.undone", subject=position, at=now, actor_id=by.pk if by else None)


def is_disputed(position: Position) -> bool:
    """Say whether somebody disputes a locked position."""
    return position.disputes.filter(settled_at__isnull=True).exists()


def already_undone() -> Conflict:
    """Why a position that counts no more is not touched again."""
    return Conflict(_("This position has been undone already."), code="already_undone")


def dispute_position(*, position_id: UUID, reason: str, by: User, now: datetime) -> PositionDispute:
    """Say that a position is wrong, and why: until it is settled it makes nobody stop, and whoever said it is told.

    Facts: position.disputed.  Raises: NotFound, Invalid (reason), Conflict (`already_undone`, `already_disputed`,
    `already_settled`: their own dispute of it was).
    """
    if troubles := why_troubles("reason", reason):
        raise Invalid(fields=troubles)
    with transaction.atomic():
        position = locked_position(position_id)
        if position.undone_at is not None:
            raise already_undone()
        if _open_dispute(position) is not None:
            raise Conflict(_("Somebody disputes it already. An organiser will settle that."), code="already_disputed")
        if position.disputes.filter(by=by).exists():
            raise Conflict(_("You disputed it before, and that was settled. Tell the organisers what is new."), code="already_settled")
        with _following(position.subject_id, position.holder_id):
            dispute = PositionDispute.objects.create(position=position, by=by, reason=reason.strip(), opened_at=now)
        journal.record("position.disputed", subject=position, at=now, actor_id=by.pk, dispute_id=dispute.pk)
        messaging.queue_messages("advocacy.position_disputed", _told(dispute, but=by, and_disputer=False), now=now)
    return dispute


def settle_dispute(*, position_id: UUID, outcome: Outcome, words: str, by: User, now: datetime) -> Position:
    """End the open dispute of a position, with words: it stands, or it is undone. Who said it and who disputed it are told.

    Facts: dispute.settled, position.undone.  Raises: NotFound, Invalid (words), Conflict (`not_disputed`).
    """
    if troubles := why_troubles("words", words):
        raise Invalid(fields=troubles)
    with transaction.atomic():
        position = locked_position(position_id)
        dispute = _open_dispute(position)
        if dispute is None:
            raise Conflict(_("Nobody disputes this position any more."), code="not_disputed")
        if outcome == Outcome.UNDONE:
            take_back(position, why=words.strip(), by=by, now=now)
        else:
            _settle(dispute, outcome, words=words.strip(), by=by, now=now)
    return position


def settle_forgotten(*, position_id: UUID, now: datetime) -> None:
    """End the open dispute of a position whose disputer is forgotten: it stands, and who said it is told. Called inside a transaction.

    Facts: dispute.settled.
    """
    dispute = _open_dispute(locked_position(position_id))
    if dispute is not None:
        _settle(dispute, Outcome.UPHELD, words=FORGOTTEN, by=None, now=now)


def locked_position(position_id: UUID) -> Position:
    """Return a position, locked until the transaction ends: others may still point to it, as states do. Raises: NotFound."""
    found = Position.objects.select_for_update(of=("self",), no_key=True).select_related("author", "by").filter(pk=position_id).first()
    if found is None:
        raise NotFound(code="position_unknown")
    return found


def check_positions(*, now: datetime) -> int:
    """Compare every state with the lines, mend those that differ, and say how many did; a difference is told to the operators.

    Joining two records may leave one behind: the two people who heard it are one since. Facts: positions.checked.
    """
    differing = follow_positions(state_mismatches())
    if differing:
        logger.error("position states differed from the lines: %d, the first of office holder %s", len(differing), differing[0][1])
    journal.record("positions.checked", subject=the_controller(), at=now, differing=len(differing))
    return len(differing)


def follow_positions(pairs: Iterable[tuple[UUID, UUID]]) -> list[tuple[UUID, UUID]]:
    """Let the states of these subjects and holders follow their lines, one by one; return those that had not."""
    differing = []
    for subject_id, holder_id in sorted(set(pairs)):
        with transaction.atomic():
            if _follow(_held_state(subject_id, holder_id)):
                differing.append((subject_id, holder_id))
    return differing


@contextmanager
def _following(subject_id: UUID, holder_id: UUID) -> Iterator[None]:
    """Hold the state of a holder on a subject while something is written of it, and let it follow."""
    state = _held_state(subject_id, holder_id)
    yield
    _follow(state)


def _held_state(subject_id: UUID, holder_id: UUID) -> PositionState:
    """Return the state of a holder on a subject, locked until the transaction ends."""
    PositionState.objects.get_or_create(subject_id=subject_id, holder_id=holder_id)
    return PositionState.objects.select_for_update(of=("self",), no_key=True).get(subject_id=subject_id, holder_id=holder_id)


def _follow(state: PositionState) -> bool:
    """Write what the lines say into a locked state; say whether it said something else."""
    lines = lines_on([state.subject_id], holder_id=state.holder_id).get((state.subject_id, state.holder_id), ())
    standing = standing_of(lines)
    if standing_kept(state) == standing:
        return False
    state.stance, state.since, state.expires_on = standing.stance, standing.since, standing.expires_on
    state.convinced_until, state.latest_id = standing.convinced_until, standing.latest_id
    state.is_disputed, state.lines = standing.is_disputed, standing.lines
    state.save()
    return True


def _open_dispute(position: Position) -> PositionDispute | None:
    return (
        PositionDispute.objects.select_for_update(of=("self",), no_key=True)
        .select_related("by")
        .filter(position=position, settled_at__isnull=True)
        .first()
    )


def _settle(dispute: PositionDispute, outcome: Outcome, *, words: str, by: User | None, now: datetime, is_by_author: bool = False) -> None:
    position = dispute.position
    with _following(position.subject_id, position.holder_id):
        dispute.outcome, dispute.words, dispute.settled_by, dispute.settled_at = outcome, words, by, now
        dispute.save(update_fields=["outcome", "words", "settled_by", "settled_at"])
    journal.record("dispute.settled", subject=dispute, at=now, actor_id=by.pk if by else None, outcome=str(outcome))
    messaging.queue_messages("advocacy.dispute_settled", _told(dispute, but=by, but_author=is_by_author, and_disputer=True), now=now)


def _told(dispute: PositionDispute, *, but: User | None, and_disputer: bool, but_author: bool = False) -> list[Recipient]:
    """Who said it, and where asked for who disputes it: each once, and never whoever does it."""
    position = dispute.position
    found: list[Recipient] = []
    if position.author is not None and not but_author and (but is None or position.author.user_id != but.pk):
        found.append(Recipient(person_id=position.author.pk, about_id=dispute.pk))
    elif position.author is None and position.by is not None and position.by != but:
        found.append(recipient_of(position.by, about_id=dispute.pk))
    if and_disputer and dispute.by is not None and dispute.by != but:
        found.append(recipient_of(dispute.by, about_id=dispute.pk))
    return found
