"""What MPs said on two subjects, and the meetings at which it was heard: some convinced, one disputed, one long ago."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from maillage.accounts.models import User
from maillage.advocacy import selectors as sitting
from maillage.advocacy import services as advocacy
from maillage.advocacy.domain import ContactKind, Initiative, KnownBy, ReadableBy, Stance, StepKind
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.models import Position, Subject
from maillage.demo.domain.spread import part
from maillage.demo.domain.texts import DISPUTED, MET, QUOTES, SOURCE, SUBJECTS
from maillage.kernel import dates
from maillage.relays.domain import TermKind
from maillage.relays.models import RelayNetwork, Term
from maillage.territories.models import Area

OPENED_BEFORE = timedelta(days=190)
SPOKEN, IN_PUBLIC, TOO = 45, 12, 40
"""Out of 100 relays: those below the first met their MP; of these lines, those below the others are public, or heard by two."""
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
    return subjects[0]


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
