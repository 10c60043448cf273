"""What waits for moderation: pages that nobody looked at as they stand, and what was reported."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.grants import Actor, reaches
from maillage.fundraising.domain.pages import HiddenBy
from maillage.fundraising.models import FundraisingPage, PageDecision, PageMessage, PageReport
from maillage.fundraising.selectors.treasury import administrators
from maillage.groups.domain import ReportOutcome
from maillage.kernel.errors import Forbidden, NotFound
from maillage.territories.models import AreaClosure


def as_moderator(user: Actor, *, now: datetime) -> User:
    """Return the user, who moderates somewhere. Raises: Forbidden (`moderators_only`)."""
    if not isinstance(user, User) or not accounts.holds_role(user, roles=[Role.MODERATOR], now=now):
        raise Forbidden(_("Only a moderator does this."), code="moderators_only")
    return user


def pages_moderated(user: Actor, *, now: datetime) -> QuerySet[FundraisingPage]:
    """Return the confirmed pages that a moderator looks after: of their places and below; those of no place are the country's."""
    held = accounts.running_grants(user, now=now).filter(role=Role.MODERATOR)
    of_country = Q(area__isnull=True, fund__area__isnull=True) & Exists(held.filter(area__kind__level=0))
    of_place = Q(area__isnull=False) & Q(reaches(user, roles=[Role.MODERATOR], area="area", now=now))
    of_fund = Q(area__isnull=True, fund__area__isnull=False) & Q(reaches(user, roles=[Role.MODERATOR], area="fund__area", now=now))
    return FundraisingPage.objects.filter(of_country | of_place | of_fund, opened_at__isnull=False).select_related("fund", "area")


def page_moderated(user: Actor, *, slug: str, now: datetime) -> FundraisingPage:
    """Return one of them. Raises: Forbidden (`moderators_only`), NotFound."""
    found = pages_moderated(as_moderator(user, now=now), now=now).filter(slug=slug).first()
    if found is None:
        raise NotFound(code="no_such_page")
    return found


def message_moderated(user: Actor, *, message_id: UUID, now: datetime) -> PageMessage:
    """Return a message on one of their pages. Raises: Forbidden (`moderators_only`), NotFound."""
    kept = pages_moderated(as_moderator(user, now=now), now=now)
    found = PageMessage.objects.select_related("page", "donation__donor").filter(pk=message_id, page__in=kept.values("pk")).first()
    if found is None:
        raise NotFound(code="no_such_message")
    return found


def pages_to_look_at(user: Actor, *, now: datetime) -> QuerySet[FundraisingPage]:
    """Return the pages that wait for a moderator: reported, answered by their owner, or new; in this order, the first first."""
    reported = open_reports().filter(page=OuterRef("pk"))
    waits = Q(is_reported=True) | Q(seen_at__isnull=True, hidden_at__isnull=True, closed_at__isnull=True) | _answered()
    return (
        pages_moderated(user, now=now)
        .annotate(is_reported=Exists(reported), reported=Count("reports", filter=Q(reports__report__outcome=ReportOutcome.OPEN)))
        .filter(waits)
        .order_by("-is_reported", F("answered_at").asc(nulls_last=True), "opened_at", "pk")
    )


def pages_hidden(user: Actor, *, now: datetime) -> QuerySet[FundraisingPage]:
    """Return the pages that moderation hid, the latest first."""
    return pages_moderated(user, now=now).filter(hidden_at__isnull=False).order_by("-hidden_at", "pk")


def messages_to_look_at(page: FundraisingPage) -> list[PageMessage]:
    """Return the messages of a page that were reported, or that moderation took away, the first first."""
    reported = open_reports().filter(message=OuterRef("pk"))
    found = page.messages.filter(Exists(reported) | Q(hidden_by=HiddenBy.MODERATION)).exclude(words="")
    return list(found.select_related("donation__donor").order_by("pk"))


def open_reports() -> QuerySet[PageReport]:
    """Return the reports that wait for a decision, the first first."""
    found = PageReport.objects.filter(report__outcome=ReportOutcome.OPEN).select_related("report", "message__donation__donor")
    return found.order_by("report__created_at", "pk")


def last_hiding(page: FundraisingPage) -> PageDecision | None:
    """Return the decision by which a page was hidden last."""
    return page.decisions.filter(message__isnull=True, outcome=ReportOutcome.HIDDEN).order_by("-at", "-pk").first()


def moderators_of(page: FundraisingPage, *, now: datetime) -> QuerySet[User]:
    """Return the active moderators of a page, each once; the administrators where it has none."""
    running = Grant.objects.filter(role=Role.MODERATOR).running(now)
    area_id = page.area_id or page.fund.area_id
    if area_id is None:
        running = running.filter(area__kind__level=0)
    else:
        running = running.filter(area__in=AreaClosure.objects.filter(descendant=area_id, whole=True).values("ancestor_id"))
    found = User.objects.filter(is_active=True, pk__in=running.values("user_id")).order_by("pk")
    return found if found.exists() else administrators(now=now)


def _answered() -> Q:
    return Q(hidden_at__isnull=False, answered_at__gt=F("hidden_at"))
