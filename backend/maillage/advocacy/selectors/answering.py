"""Whether office holders answer: what is still asked of whoever wrote, and how often they did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import get_language

from maillage.accounts.models import User
from maillage.advocacy.domain import Initiative, ReadableBy, StepKind
from maillage.advocacy.domain.answering import ANSWERS, ASKED_AFTER, ASKED_UNTIL, COUNTED_FOR, PAUSING, WAITED_FOR, Rate
from maillage.advocacy.models import AnswerQuestion, Contact, ContactStep, Mandate
from maillage.advocacy.selectors.sights import contacts_seen
from maillage.advocacy.selectors.subjects import titled
from maillage.kernel.errors import NotFound
from maillage.people.domain.withheld import may_be_published
from maillage.territories.models import called

_GROUP = ("abbreviation", "name", "colour")


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


@dataclass(frozen=True)
class _Rates:
    """What may be told of how often they answer: of all together, of each group and of each office holder."""

    whole: Rate | None
    groups: list[dict[str, Any]]
    holders: dict[UUID, Rate]


def response_rates(*, today: date) -> tuple[Rate | None, list[dict[str, Any]]]:
    """How often they answer, all together and by group: from five requests on, and so that no other can be worked out. One query."""
    told = _rates(today)
    return told.whole, told.groups


def response_rate_of(holder_id: UUID, *, today: date) -> Rate | None:
    """How often one office holder answers; None below five requests, and where another's could be worked out from it. One query."""
    return _rates(today).holders.get(holder_id)


def _rates(today: date) -> _Rates:
    """Every figure that may be told beside the others: whoever reads the page of each place subtracts them from their group's."""
    counts: dict[tuple[tuple[str, ...], UUID], int] = {}
    answered: dict[tuple[tuple[str, ...], UUID], int] = {}
    for row in _by_group_and_holder(today):
        cell = (tuple(row[name] or "" for name in _GROUP), row["holder_id"])
        counts[cell], answered[cell] = row["asked"], row["answered_of"]
    groups = sorted({group for group, _holder in counts if any(group)}, key=lambda group: (group[1], group))
    holders = sorted({holder for _group, holder in counts})
    wishes = [
        set(counts),
        *({cell for cell in counts if cell[0] == group} for group in groups),
        *({cell for cell in counts if cell[1] == holder} for holder in holders),
    ]
    answers = may_be_published(counts, wishes)
    whole, *finer = [
        Rate(asked=sum(counts[cell] for cell in wish), answered=sum(answered[cell] for cell in wish)) if is_shown and wish else None
        for wish, is_shown in zip(wishes, answers, strict=True)
    ]
    return _Rates(
        whole=whole,
        groups=[{"group": dict(zip(_GROUP, group, strict=True)), "rate": rate} for group, rate in zip(groups, finer, strict=False)],
        holders={holder: rate for holder, rate in zip(holders, finer[len(groups) :], strict=True) if rate},
    )


def _by_group_and_holder(today: date) -> list[dict[str, Any]]:
    """Count each request once: in the group in which its holder sits for its place now, else where they sit otherwise, else in none."""
    running = Mandate.objects.filter(holder_id=OuterRef("holder_id"), ends_on=None)
    is_elsewhere = Case(When(area_id=OuterRef("area_id"), then=Value(0)), default=Value(1))
    sits = running.alias(is_elsewhere=is_elsewhere).order_by("is_elsewhere", "-begins_on", "pk")
    found = (
        _known(today)
        .values("holder_id", **{name: Subquery(sits.values(f"group__{name}")[:1]) for name in _GROUP})
        .annotate(asked=Count("pk"), answered_of=Count("pk", filter=Q(has_answer=True)))
        .order_by()
    )
    return [dict[str, Any](row) for row in found]


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


def asked_on(steps: Iterable[ContactStep]) -> date | None:
    """When a contact was asked for, or sent."""
    return min((step.on for step in steps if step.kind == StepKind.REQUEST), default=None)
