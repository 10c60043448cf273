"""What MPs said on two subjects, and the meetings at which it was heard: some convinced, one disputed, one long ago."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from maillage.accounts.models import User
from maillage.advocacy import selectors as sitting
from maillage.advocacy import services as advocacy
from maillage.advocacy.domain import Choice, ContactKind, Initiative, KnownBy, ReadableBy, Record, Side, Stance, StepKind, Tally
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.models import Mandate, Position, PositionState, RollCall, Subject
from maillage.demo.domain.spread import part
from maillage.demo.domain.texts import DISPUTED, INVENTED_VOTES, MET, QUOTES, SOURCE, SUBJECTS
from maillage.kernel import dates
from maillage.relays.domain import TermKind
from maillage.relays.models import RelayNetwork, Term
from maillage.territories.models import Area

OPENED_BEFORE = timedelta(days=190)
SPOKEN, IN_PUBLIC, TOO = 45, 12, 40
"""Out of 100 relays: those below the first met their MP; of these lines, those below the others are public, or heard by two."""
LISTED, TURNED, ABSTAINED = 85, 4, 5
"""Out of 100 who sit: those below the first stand in the lists of a vote; of those who had said something, those below the second voted
otherwise; those below the third abstained."""
LONG_AGO = 186
"""Days: older than a position holds."""


def say_where_they_stand(network: RelayNetwork, *, national: User, now: datetime) -> Subject:
    """Open two subjects, let about half of the relays say what their MP told them, and return the first."""
    subjects = [advocacy.open_subject(texts=texts, default_language="fr", by=national, now=now - OPENED_BEFORE) for texts in SUBJECTS]
    running = Term.objects.filter(seat__network=network, ends_at__isnull=True, kind=TermKind.RELAY, person__user__isnull=False)
    terms = list(running.select_related("person__user", "seat__area").order_by("seat__area__code"))
    cards = sitting.sitting_in([term.seat.area_id for term in terms])
    met = [(term, cards[term.seat.area_id].id) for term in terms if term.seat.area_id in cards]
    for number, (term, holder_id) in enumerate(met):
        is_own = term.person.user is not None and term.person.user.email == settings.DEMO_ACCOUNTS["relay"]
        code = term.seat.area.code
        if is_own or number == 0 or part(f"met {code}", of=100) < SPOKEN:
            days_ago = LONG_AGO if number == 0 else 3 + part(f"day {code}", of=150)
            line = _hear(subjects[0], holder_id, term, days_ago=days_ago, now=now)
            if line.stance == Stance.FOR and part(f"too {code}", of=100) < TOO:
                _say(subjects[0], holder_id, term.seat.area, Stance.FOR, author_id=None, by=national, days_ago=2, now=now)
        if is_own or part(f"second {code}", of=100) < SPOKEN // 3:
            _hear(subjects[1], holder_id, term, days_ago=1 + part(f"second day {code}", of=60), now=now)
    disputed = (
        Position.objects.filter(subject=subjects[0], by__isnull=False).exclude(by=national).order_by("-stance", "-said_on", "pk").first()
    )
    if disputed is not None:
        advocacy.dispute_position(position_id=disputed.pk, reason=DISPUTED, by=national, now=now - timedelta(hours=5))
    if cards:
        _vote(subjects[0], body=next(iter(cards.values())).body, national=national, now=now)
    return subjects[0]


def _vote(subject: Subject, *, body: str, national: User, now: datetime) -> None:
    """Let everybody who sits vote twice, most as they had said, and tie both votes to the subject; each title says that it is invented."""
    stances = dict(PositionState.objects.filter(subject=subject, stance__isnull=False).values_list("holder__external_id", "stance"))
    sitting = Mandate.objects.filter(body=body, ends_on=None).values_list("holder__external_id", "group__code").order_by("pk")
    records = []
    for number, (title, days_ago, _favourable) in enumerate(INVENTED_VOTES, start=1):
        cast = {who: _cast(who, group, stances.get(who), number) for who, group in sitting}
        choices = {who: choice for who, choice in cast.items() if choice}
        counted = [sum(choice == one for choice in choices.values()) for one in (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED)]
        day = dates.day_in(now - timedelta(days=days_ago), settings.TIME_ZONE)
        records.append(
            Record(external_id=f"demo-{number}", number=str(number), on=day, title=title, tally=Tally(*counted), choices=choices)
        )
    advocacy.load_roll_calls(records=records, now=now, body=body)
    invented = RollCall.objects.filter(body=body, external_id__startswith="demo-").order_by("external_id")
    for roll_call, (_title, _days, favourable) in zip(invented, INVENTED_VOTES, strict=True):
        advocacy.tie_roll_call(roll_call_id=roll_call.pk, subject_id=subject.pk, favourable=Side(favourable), by=national, now=now)


def _cast(who: str, group: str | None, stance: int | None, number: int) -> Choice | None:
    drawn = part(f"vote {number} {who}", of=100)
    if drawn >= LISTED:
        return None
    leans_for = part(f"group {group}", of=100) > drawn if not stance else (stance > 0) == (drawn >= TURNED)
    if part(f"abstained {number} {who}", of=100) < ABSTAINED:
        return Choice.ABSTAINED
    return Choice.FOR if leans_for == (INVENTED_VOTES[number - 1][2] == Side.FOR) else Choice.AGAINST


def _hear(subject: Subject, holder_id: UUID, term: Term, *, days_ago: int, now: datetime) -> Position:
    """Log a meeting and what was said there."""
    code, area, by = term.seat.area.code, term.seat.area, term.person.user
    if by is None:
        raise LookupError("who logs a contact signs in")
    day = dates.day_in(now - timedelta(days=days_ago), area.time_zone)
    contact = advocacy.log_contact(
        holder_id=holder_id,
        area=area,
        initiative=Initiative.OURS,
        kind=ContactKind.MEETING,
        subject_id=subject.pk,
        readable_by=ReadableBy.RELAYS,
        steps=[Step(kind=StepKind.REQUEST, on=day - timedelta(days=9)), Step(kind=StepKind.MEETING, on=day, words=MET)],
        author_id=term.person_id,
        by=by,
        now=now - timedelta(days=days_ago),
    )
    stance = list(Stance)[min(part(f"stance {code} {days_ago}", of=7), 4)]  # more for than against
    return _say(subject, holder_id, area, stance, author_id=term.person_id, by=by, days_ago=days_ago, now=now, contact_id=contact.pk)


def _say(
    subject: Subject,
    holder_id: UUID,
    area: Area,
    stance: Stance,
    *,
    author_id: UUID | None,
    by: User,
    days_ago: int,
    now: datetime,
    contact_id: UUID | None = None,
) -> Position:
    is_public = contact_id is not None and part(f"public {area.code}", of=100) < IN_PUBLIC
    return advocacy.say_position(
        holder_id=holder_id,
        area=area,
        subject_id=subject.pk,
        stance=stance,
        known_by=KnownBy.PUBLIC if is_public else KnownBy.MEETING,
        source_url=SOURCE if is_public else "",
        said_on=dates.day_in(now - timedelta(days=days_ago), area.time_zone),
        quote=QUOTES[part(f"quote {area.code}", of=len(QUOTES))] if contact_id else "",
        contact_id=contact_id,
        author_id=author_id,
        by=by,
        now=now - timedelta(days=days_ago),
    )
