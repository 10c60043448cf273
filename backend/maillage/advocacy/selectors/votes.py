"""How office holders voted, beside what they had said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.advocacy.domain import Choice, Side, Stance
from maillage.advocacy.domain.positions import Said, standing_of
from maillage.advocacy.domain.votes import is_as_said, on_subject
from maillage.advocacy.models import Mandate, RollCall, Vote
from maillage.advocacy.selectors.positions import said_on
from maillage.advocacy.selectors.subjects import titled
from maillage.kernel.errors import NotFound
from maillage.territories.models import called

ROLL_CALL = (
    *("id", "body", "number", "on", "title", "result", "address"),
    *("tally_for", "tally_against", "tally_abstained", "subject_id", "favourable"),
)


@dataclass(frozen=True)
class Voted:
    """One member at one roll call: whether they sat then, where they stood on its day, and how they voted, as of the subject.

    `choice` is None for who is in no list of the record. `meant`: what they had put on record since, likewise of the subject.
    """

    sat: bool
    said: Stance | None = None
    choice: Choice | None = None
    meant: Choice | None = None
    is_as_said: bool | None = None


@dataclass(frozen=True)
class VotesOnSubject:
    """The roll calls tied to a subject, the first one first, and each mandate below the reader's places with what it did at each."""

    roll_calls: list[dict[str, Any]]
    rows: list[tuple[dict[str, Any], list[Voted]]]


def roll_call_rows(*, query: str = "") -> QuerySet[RollCall, dict[str, Any]]:
    """Rows of the roll calls, found by their number or by words of their title."""
    found = RollCall.objects.all()
    if query:
        found = found.filter(Q(number=query) | Q(title__icontains=query))
    rows: QuerySet[RollCall, dict[str, Any]] = found.values(*ROLL_CALL, about=titled("subject_id"))
    return rows


def roll_call_row(roll_call_id: UUID) -> dict[str, Any]:
    """One of them. Raises: NotFound."""
    found = roll_call_rows().filter(pk=roll_call_id).first()
    if found is None:
        raise NotFound(code="roll_call_unknown")
    return found


def votes_on(user: Actor, subject_id: UUID, *, now: datetime) -> VotesOnSubject:
    """Say how those who sit, or sat then, below the places that a user organises voted on a subject. Four queries, however many.

    A member is held to what stood on the day of the vote, not to what they said since.
    """
    roll_calls = [dict(row) for row in roll_call_rows().filter(subject_id=subject_id).order_by("on", "number", "id")]
    if not roll_calls:
        return VotesOnSubject(roll_calls=[], rows=[])
    mandates = list(
        Mandate.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=roll_calls[0]["on"]),
            accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now),
            body__in={roll_call["body"] for roll_call in roll_calls},
        )
        .order_by("area__code", "begins_on", "id")
        .values(
            *(
                "id",
                "body",
                "begins_on",
                "is_begin_known",
                "ends_on",
                "holder_id",
                "holder__given_name",
                "holder__family_name",
                "holder__civility",
            ),
            *("area__code", "group__abbreviation", "group__name", "group__colour"),
            place=called("area"),
        )
    )
    voted: dict[tuple[UUID, UUID], dict[str, Any]] = {
        (vote["roll_call_id"], vote["holder_id"]): dict(vote)
        for vote in Vote.objects.filter(roll_call__subject_id=subject_id).values("roll_call_id", "holder_id", "choice", "meant")
    }
    lines = said_on([subject_id])
    rows = []
    for mandate in map(dict[str, Any], mandates):
        own = lines.get((subject_id, mandate["holder_id"]), [])
        cells = [_voted(mandate, roll_call, voted.get((roll_call["id"], mandate["holder_id"])), own) for roll_call in roll_calls]
        if any(cell.sat for cell in cells):
            rows.append((mandate, cells))
    return VotesOnSubject(roll_calls=roll_calls, rows=rows)


def votes_of(holder_id: UUID) -> list[dict[str, Any]]:
    """How one office holder voted, as the record says it, by the day."""
    votes = Vote.objects.filter(holder_id=holder_id).order_by("roll_call__on", "roll_call__number", "pk")
    named = ("roll_call__body", "roll_call__number", "roll_call__on", "roll_call__title", "roll_call__address")
    return [dict(row) for row in votes.values("choice", "meant", *named)]


def _voted(mandate: dict[str, Any], roll_call: dict[str, Any], vote: dict[str, Any] | None, lines: Iterable[Said]) -> Voted:
    day, favourable = roll_call["on"], Side(roll_call["favourable"])
    is_before = mandate["is_begin_known"] and day < mandate["begins_on"]
    if mandate["body"] != roll_call["body"] or is_before or (mandate["ends_on"] and mandate["ends_on"] < day):
        return Voted(sat=False)
    said = _stance_on(day, lines)
    choice, meant = (on_subject(Choice(vote[name]), favourable) if vote and vote[name] else None for name in ("choice", "meant"))
    return Voted(sat=True, said=said, choice=choice, meant=meant, is_as_said=is_as_said(said, meant or choice))


def _stance_on(day: date, lines: Iterable[Said]) -> Stance | None:
    """Where somebody stood on a day, by what they had said until then."""
    return standing_of(line for line in lines if line.said_on <= day).on(day).stance
