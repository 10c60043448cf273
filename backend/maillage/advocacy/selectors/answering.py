"""Whether office holders answer: what is still asked of whoever wrote, and how often they did."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from maillage.accounts.models import User
from maillage.advocacy.domain import Initiative, ReadableBy, StepKind
from maillage.advocacy.domain.answering import ANSWERS, ASKED_AFTER, ASKED_UNTIL, COUNTED_FOR, PAUSING, WAITED_FOR, Rate
from maillage.advocacy.models import AnswerQuestion, Contact, ContactStep
from maillage.advocacy.selectors.sights import contacts_seen
from maillage.advocacy.selectors.subjects import titled
from maillage.kernel.errors import NotFound
from maillage.people.domain.withheld import may_be_published
from maillage.people.domain.words import SMALLEST_SHOWN
from maillage.territories.models import called


def requests_waiting(*, today: date) -> list[UUID]:
    """The requests logged by hand about which a question may be due in some place on a day, the oldest first. One query."""
    waiting = (
        Contact.objects.filter(initiative=Initiative.OURS, kind__in=WAITED_FOR, by__isnull=False)
        .exclude(Exists(ContactStep.objects.filter(contact=OuterRef("pk"), kind__in=ANSWERS)))
        .annotate(asked_on=Min("steps__on", filter=Q(steps__kind=StepKind.REQUEST)))
        .filter(asked_on__lte=today - ASKED_AFTER[0], asked_on__gt=today - ASKED_UNTIL)
    )
    return list(waiting.order_by("asked_on", "pk").values_list("pk", flat=True))


def is_paused(person_id: UUID | None) -> bool:
    """Say whether somebody is left alone for now."""
    return person_id is not None and any(person_id in who_pauses([person_id]) for who_pauses in PAUSING.values())


def still_sees(contact: Contact, *, now: datetime) -> bool:
    """Say whether whoever logged a contact still serves its place."""
    return contact.by is not None and contacts_seen(contact.by, now=now).filter(pk=contact.pk).exists()


def open_questions(user: User, *, now: datetime) -> QuerySet[AnswerQuestion, dict[str, Any]]:
    """Rows of the questions that wait for a user, the oldest first: the last of each contact that nobody answered since."""
    later = AnswerQuestion.objects.filter(contact=OuterRef("contact"), number__gt=OuterRef("number"))
    answered = ContactStep.objects.filter(contact=OuterRef("contact"), kind__in=ANSWERS)
    rows: QuerySet[AnswerQuestion, dict[str, Any]] = (
        AnswerQuestion.objects.filter(contact__by=user, said_at__isnull=True, contact__in=contacts_seen(user, now=now).values("pk"))
        .exclude(Exists(later))
        .exclude(Exists(answered))
        .order_by("asked_at", "pk")
        .values(
            *("id", "asked_at", "contact__kind", "contact__decision", "contact__subject_id"),
            *("contact__holder_id", "contact__holder__given_name", "contact__holder__family_name", "contact__area__code"),
            asked_on=Min("contact__steps__on", filter=Q(contact__steps__kind=StepKind.REQUEST)),
            title=titled("contact__subject_id"),
            place=called("contact__area"),
        )
    )
    return rows


def question_asked(question_id: UUID) -> AnswerQuestion:
    """One question, with whom it is about and whom it asks. Raises: NotFound."""
    whole = AnswerQuestion.objects.select_related("contact__holder", "contact__area", "contact__by", "contact__subject")
    found = whole.prefetch_related("contact__subject__texts", "contact__steps").filter(pk=question_id).first()
    if found is None:
        raise NotFound(code="question_unknown")
    return found


def about(contact: Contact) -> str:
    """What a contact was about, in the reader's language."""
    if contact.subject is None:
        return contact.decision
    texts = {text.language: text.title for text in contact.subject.texts.all()}
    return texts.get(get_language() or "") or texts[contact.subject.default_language]


def response_rates(*, today: date) -> tuple[Rate | None, list[dict[str, Any]]]:
    """How often they answer, all together and by group: from five requests on, and so that no other can be worked out. One query."""
    found = (
        _known(today)
        .annotate(sits=FilteredRelation("holder__mandates", condition=Q(holder__mandates__ends_on=None)))
        .values(abbreviation=F("sits__group__abbreviation"), name=F("sits__group__name"), colour=F("sits__group__colour"))
        .annotate(asked=Count("pk", distinct=True), answered_of=Count("pk", filter=Q(has_answer=True), distinct=True))
        .order_by("name")
    )
    rows = [dict[str, Any](row) for row in found]
    counts = {number: row["asked"] for number, row in enumerate(rows)}
    named = [number for number, row in enumerate(rows) if row["name"]]
    shown = may_be_published(counts, [set(counts), *({number} for number in named)])
    whole = Rate(asked=sum(counts.values()), answered=sum(row["answered_of"] for row in rows))
    groups = [_of_group(rows[number], is_shown=is_shown) for number, is_shown in zip(named, shown[1:], strict=True)]
    return (whole if shown[0] and whole.asked else None), groups


def response_rate_of(holder_id: UUID, *, today: date) -> Rate | None:
    """How often one office holder answers; None below five requests of which it is known. One query."""
    counted = _known(today).filter(holder_id=holder_id).aggregate(asked=Count("pk"), answered_of=Count("pk", filter=Q(has_answer=True)))
    return _rate(counted) if counted["asked"] >= SMALLEST_SHOWN else None


def _known(today: date) -> QuerySet[Contact]:
    """The requests of a year, logged by hand, of which somebody said what came of them.

    Those for organisers alone are told nobody, in no figure either. A report that met nobody says nothing of whether they answered.
    """
    step = ContactStep.objects.filter(contact=OuterRef("pk"))
    return (
        Contact.objects.filter(initiative=Initiative.OURS, kind__in=WAITED_FOR, readable_by=ReadableBy.RELAYS, by_report=False)
        .annotate(has_answer=Exists(step.filter(kind__in=ANSWERS)), has_none=Exists(step.filter(kind=StepKind.NO_ANSWER)))
        .filter(Exists(step.filter(kind=StepKind.REQUEST, on__gt=today - COUNTED_FOR)))
        .filter(Q(has_answer=True) | Q(has_none=True))
    )


def _rate(row: dict[str, Any]) -> Rate:
    return Rate(asked=row["asked"], answered=row["answered_of"])


def _of_group(row: dict[str, Any], *, is_shown: bool) -> dict[str, Any]:
    group = {name: row[name] for name in ("abbreviation", "name", "colour")}
    return {"group": group, "rate": _rate(row) if is_shown else None}


def asked_on(steps: Iterable[ContactStep]) -> date | None:
    """When a contact was asked for, or sent."""
    return min((step.on for step in steps if step.kind == StepKind.REQUEST), default=None)
