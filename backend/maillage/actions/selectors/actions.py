"""Actions, narrowed to what the actor may see."""

from collections import Counter
from datetime import datetime
from typing import Protocol, cast
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import BEFORE_LAUNCH, Answer, DryRun, RequestStatus, ScheduleStatus
from maillage.actions.models import Action, ActionText, Assignment, LaunchRequest, Schedule
from maillage.kernel.errors import NotFound
from maillage.messaging.selectors.circumstances import reached_by_hand
from maillage.people.models import Person
from maillage.people.selectors import email_addresses
from maillage.relays import selectors as relays
from maillage.relays.models import RelayNetwork
from maillage.territories.models import AreaClosure


class SeenAction(Protocol):
    """What `actions_seen` adds to an action: what its reader organises of it."""

    organises_all: bool
    organises_some: bool
    asked_at: datetime | None
    """Since when its launch waits for the yes of a second person."""
    is_asked_by_reader: bool
    launch_at: datetime | None
    """When it leaves by itself."""


def actions_seen(user: Actor, *, now: datetime) -> QuerySet[Action]:
    """The actions that a user may see, with what `SeenAction` adds.

    Before the launch: who organises the whole territory. Launched: who organises a part of it, and who is asked.
    """
    if not user.pk:
        return Action.objects.none()
    all_of_it = accounts.reaches(user, roles=[Role.ORGANISER], area="network__country_id", now=now)
    held = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    within = Exists(AreaClosure.objects.filter(ancestor_id=OuterRef("network__country_id"), descendant_id__in=held, whole=True))
    some = ExpressionWrapper(Q(all_of_it) | Q(within), output_field=BooleanField())
    waiting = LaunchRequest.objects.filter(action=OuterRef("pk"), status=RequestStatus.ASKED)
    asked = Exists(Assignment.objects.filter(Q(holder__user_id=user.pk) | Q(neighbour__user_id=user.pk), action=OuterRef("pk")))
    return (
        Action.objects.annotate(
            organises_all=all_of_it,
            organises_some=some,
            asked_at=Subquery(waiting.values("asked_at")),
            is_asked_by_reader=Exists(waiting.filter(by=user.pk)),
            launch_at=Subquery(Schedule.objects.filter(action=OuterRef("pk"), status=ScheduleStatus.WAITING).values("launch_at")),
        )
        .filter(Q(organises_all=True) | ~Q(status__in=BEFORE_LAUNCH) & (Q(organises_some=True) | asked))
        .select_related("subject", "network__country")
        .prefetch_related("texts", "subject__texts")
    )


def action_seen(user: Actor, action_id: UUID, *, now: datetime, with_texts: bool = True) -> Action:
    """One action that a user may see; a board shows none of its texts. Raises: NotFound."""
    seen = actions_seen(user, now=now)
    found = (seen if with_texts else seen.prefetch_related(None)).filter(pk=action_id).first()
    if found is None:
        raise NotFound(code="action_unknown")
    return found


def reach_of(action: Action) -> SeenAction:
    """What the reader organises of an action that `actions_seen` returned."""
    return cast(SeenAction, action)


def network_led(user: Actor, network_id: UUID, *, now: datetime) -> tuple[RelayNetwork, bool]:
    """A network, and whether a user organises its whole territory, so that they may lead its actions. Raises: NotFound."""
    network = relays.network(network_id)
    return network, accounts.is_reached(user, roles=[Role.ORGANISER], area_id=network.country_id, now=now)


def text_of(action: Action, *, language: str) -> tuple[ActionText, bool]:
    """An action's words in a language, else in its default one, and whether that is a fall-back."""
    texts = {text.language: text for text in action.texts.all()}
    text = texts.get(language) or texts[action.default_language]
    return text, text.language != language


def dry_run(action: Action) -> DryRun:
    """Say what launching would do now. Seven queries at most."""
    seats = list(relays.standings(action.network_id).values_list("holder_id", "is_paused"))
    holders = [holder_id for holder_id, is_paused in seats if holder_id and not is_paused]
    reached = email_addresses(set(holders))
    by_hand = reached_by_hand(set(holders) - reached.keys(), purpose="actions.brief")
    languages = dict(Person.objects.filter(pk__in=reached).values_list("pk", "language"))
    written = {text.language for text in action.texts.all()}
    read_in = Counter(
        languages[holder] if languages[holder] in written else action.default_language for holder in holders if holder in reached
    )
    return DryRun(
        seats=len(seats),
        with_holder=len(holders),
        vacant=len(seats) - len(holders),
        messages=sum(read_in.values()),
        without_email=len(holders) - sum(read_in.values()),
        by_hand=sum(1 for holder in holders if holder in by_hand),
        by_language=dict(sorted(read_in.items())),
    )


def stoppable(action_id: UUID) -> QuerySet[Assignment]:
    """The assignments of which somebody is told when the action stops: a holder who did not say no, a neighbour who took it over."""
    held = Q(holder__isnull=False, answer__in=[Answer.WAITING, Answer.ACCEPTED])
    return Assignment.objects.filter(held | Q(neighbour__isnull=False), action_id=action_id).exclude(answer=Answer.REPORTED)
