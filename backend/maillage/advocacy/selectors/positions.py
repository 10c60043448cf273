"""What office holders said, narrowed to what the actor may see, and where it leaves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.advocacy.domain import KnownBy, Stance
from maillage.advocacy.domain.positions import Said, Standing, standing_of
from maillage.advocacy.models import Contact, Position, PositionDispute, PositionState, Subject
from maillage.advocacy.selectors.office_holders import sitting_mandates
from maillage.advocacy.selectors.sights import positions_seen
from maillage.advocacy.selectors.subjects import titled
from maillage.kernel.errors import NotFound
from maillage.territories.models import called

POSITION = (
    "id",
    "subject_id",
    "holder_id",
    "holder__given_name",
    "holder__family_name",
    "area__code",
    "stance",
    "known_by",
    "source_url",
    "said_on",
    "quote",
    "author_id",
    "author__given_name",
    "author__family_name",
    "by_id",
    "contact_id",
    "recorded_at",
    "undone_at",
    "undone_why",
    "organised",
)


def position_rows(user: Actor, *, now: datetime) -> QuerySet[Position, dict[str, Any]]:
    """Rows of the positions that a user may see, each with its open dispute; `has_disputed`: the reader did, now or before."""
    rows: QuerySet[Position, dict[str, Any]] = (
        positions_seen(user, now=now)
        .annotate(open=FilteredRelation("disputes", condition=Q(disputes__settled_at__isnull=True)))
        .values(
            *POSITION,
            has_disputed=Exists(PositionDispute.objects.filter(position=OuterRef("pk"), by=user.pk)),
            title=titled("subject_id"),
            place=called("area"),
            disputed_at=F("open__opened_at"),
            disputed_why=F("open__reason"),
            disputed_by=F("open__by_id"),
        )
    )
    return rows


def position_row(user: Actor, position_id: UUID, *, now: datetime) -> dict[str, Any]:
    """One of them. Raises: NotFound."""
    found = position_rows(user, now=now).filter(pk=position_id).first()
    if found is None:
        raise NotFound(code="position_unknown")
    return found


def said_on(subject_ids: Iterable[UUID], *, holder_id: UUID | None = None) -> dict[tuple[UUID, UUID], list[Said]]:
    """What stands on subjects, by subject and holder, as the rule reads it. Two people behind one account are one. One query."""
    lines = Position.objects.filter(subject_id__in=list(subject_ids), undone_at__isnull=True)
    if holder_id is not None:
        lines = lines.filter(holder_id=holder_id)
    open_dispute = PositionDispute.objects.filter(position=OuterRef("pk"), settled_at__isnull=True)
    found: dict[tuple[UUID, UUID], list[Said]] = {}
    told = lines.annotate(heard_by=Coalesce("author__user_id", "by_id", "author_id"), is_disputed=Exists(open_dispute))
    for row in told.values(
        "id", "subject_id", "holder_id", "stance", "said_on", "recorded_at", "known_by", "heard_by", "is_disputed"
    ).iterator():
        said = Said(
            id=row["id"],
            stance=Stance(row["stance"]),
            said_on=row["said_on"],
            recorded_at=row["recorded_at"],
            author=row["heard_by"],
            is_public=row["known_by"] == KnownBy.PUBLIC,
            is_disputed=row["is_disputed"],
        )
        found.setdefault((row["subject_id"], row["holder_id"]), []).append(said)
    return found


def state_mismatches() -> list[tuple[UUID, UUID]]:
    """Subjects and holders whose state is not what the lines say. Two queries a subject."""
    differing = []
    for subject_id in Subject.objects.order_by("pk").values_list("pk", flat=True):
        ruled = {holder_id: standing_of(lines) for (_subject, holder_id), lines in said_on([subject_id]).items()}
        kept = {state.holder_id: standing_kept(state) for state in PositionState.objects.filter(subject_id=subject_id)}
        nothing = Standing()
        differing += [
            (subject_id, holder_id)
            for holder_id in sorted({*ruled, *kept})
            if ruled.get(holder_id, nothing) != kept.get(holder_id, nothing)
        ]
    return differing


def standing_kept(state: PositionState) -> Standing:
    """What a state says, as the rule says it."""
    return Standing(
        stance=None if state.stance is None else Stance(state.stance),
        since=state.since,
        expires_on=state.expires_on,
        convinced_until=state.convinced_until,
        latest_id=state.latest_id,
        is_disputed=state.is_disputed,
        lines=state.lines,
    )


@dataclass(frozen=True)
class StandingOn:
    """Where an office holder stands today on one subject."""

    subject_id: UUID
    title: str
    decision: str
    standing: Standing


def standings_of(holder_id: UUID, *, today: date) -> list[StandingOn]:
    """Where an office holder stands on each open subject, and on closed ones of which something was said; the newest first. One query."""
    rows = (
        Subject.objects.annotate(own=FilteredRelation("states", condition=Q(states__holder_id=holder_id)))
        .filter(Q(closed_at__isnull=True) | Q(own__lines__gt=0))
        .order_by("-opened_at", "-id")
        .values("id", **state_of("own"), title=titled("pk"), decision=titled("pk", "decision"))
    )
    return [
        StandingOn(subject_id=row["id"], title=row["title"], decision=row["decision"], standing=standing_in(row, today=today))
        for row in map(dict[str, Any], rows)
    ]


def ledger_rows(user: Actor, subject_id: UUID, *, now: datetime) -> list[dict[str, Any]]:
    """Where each sitting office holder of the seats that a user organises stands on a subject, by the code of the seat. One query.

    A row holds the state as it was written: `standing_in` says what of it holds on a day.
    """
    contacts = Contact.objects.filter(holder_id=OuterRef("holder_id"), counts_on__isnull=False).order_by("-counts_on")
    rows = (
        sitting_mandates()
        .filter(accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now))
        .annotate(own=FilteredRelation("holder__states", condition=Q(holder__states__subject_id=subject_id)))
        .order_by("area__code", "id")
        .values(
            "holder_id",
            "holder__given_name",
            "holder__family_name",
            "holder__civility",
            "area__code",
            "group__abbreviation",
            "group__name",
            "group__colour",
            **state_of("own"),
            known_by=F("own__latest__known_by"),
            said_on=F("own__latest__said_on"),
            contacted_on=Subquery(contacts.values("counts_on")[:1]),
            place=called("area"),
        )
    )
    return cast(list[dict[str, Any]], list(rows))


def standing_in(row: dict[str, Any], *, today: date) -> Standing:
    """What of a row's state holds on a day."""
    kept = Standing(
        stance=None if row["state_stance"] is None else Stance(row["state_stance"]),
        since=row["state_since"],
        expires_on=row["state_expires_on"],
        convinced_until=row["state_convinced_until"],
        latest_id=row["state_latest_id"],
        is_disputed=bool(row["state_is_disputed"]),
        lines=row["state_lines"] or 0,
    )
    return kept.on(today)


def is_undone_at(contact: str) -> Any:
    """Whether what a report heard at a contact was undone since, for a queryset's rows: `contact` is the path to its id."""
    heard = Position.objects.filter(contact_id=OuterRef(contact), by=None)
    return ExpressionWrapper(Exists(heard) & ~Exists(heard.filter(undone_at=None)), output_field=BooleanField())


def disputes_of(position_ids: Iterable[UUID]) -> QuerySet[PositionDispute]:
    """What was disputed of positions, in the order in which it was."""
    return PositionDispute.objects.filter(position_id__in=list(position_ids)).order_by("opened_at", "id")


def state_of(path: str) -> dict[str, F]:
    """Name what `standing_in` reads, of the state to which a path leads; empty: the row is the state."""
    kept = ("stance", "since", "expires_on", "convinced_until", "latest_id", "is_disputed", "lines")
    return {f"state_{name}": F(f"{path}__{name}" if path else name) for name in kept}
