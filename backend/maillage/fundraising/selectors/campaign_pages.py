"""Pages of supporters: where each stands, what it raised, what givers said there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.links import PAGE_LINK, PAGE_LINK_LASTS
from maillage.fundraising.domain.pages import PageKind, PageState, ShownAs
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import FundraisingPage, PageMessage, PagePhoto, PageTotal
from maillage.fundraising.selectors.raised import Raised
from maillage.kernel.dates import day_in
from maillage.kernel.errors import NotFound
from maillage.kernel.links import read_link, sign_link
from maillage.people.domain import SMALLEST_SHOWN

MESSAGES_SHOWN = 50
"""Of the messages of a page, the latest."""

_GIVERS = """
SELECT count(DISTINCT giver), coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY cents), 0)
FROM fundraising_counteddonation WHERE page = ANY(%(pages)s) AND fund_id = %(fund)s AND cents > 0
"""


@dataclass(frozen=True)
class PageSums:
    """What a page raised, as its owner reads it: cents only once enough people gave (`SMALLEST_SHOWN`)."""

    people: int
    cents: int | None


def state_of(page: FundraisingPage, today: date) -> PageState:
    """Say where a page stands; `today` is the day where its fund is."""
    if page.opened_at is None:
        return PageState.WAITING
    if page.hidden_at is not None:
        return PageState.HIDDEN
    fund = page.fund
    is_over = page.closed_at is not None or (page.ends_on is not None and page.ends_on < today)
    return PageState.OVER if is_over or fund.published_at is None or fund.closed_at is not None else PageState.OPEN


def state_now(page: FundraisingPage, now: datetime) -> PageState:
    """Say where a page stands at an instant."""
    return state_of(page, day_in(now, page.fund.time_zone))


def shown_page(slug: str) -> FundraisingPage:
    """Return a page that its owner confirmed, whatever became of it. Raises: NotFound."""
    found = _pages().filter(slug=slug, opened_at__isnull=False).first()
    if found is None:
        raise NotFound(code="no_such_page")
    return found


def readable_page(slug: str) -> FundraisingPage:
    """Return a page whose words anybody may read: it was opened and no moderator hid it. Raises: NotFound."""
    found = shown_page(slug)
    if found.hidden_at is not None:
        raise NotFound(code="no_such_page")
    return found


def page_for_donation(slug: str, *, fund_id: UUID, now: datetime) -> FundraisingPage | None:
    """Return the page on which one gives to a fund now; None where it takes nothing any more."""
    found = _pages().filter(slug=slug, fund=fund_id, opened_at__isnull=False).first()
    return found if found is not None and state_now(found, now) == PageState.OPEN else None


def own_page_token(page: FundraisingPage, *, now: datetime) -> str:
    """Return the token of the link by which its owner looks after a page."""
    return sign_link(PAGE_LINK, ids=[page.pk], ends_at=now + PAGE_LINK_LASTS)


def page_by_token(token: str, *, now: datetime) -> FundraisingPage:
    """Return the page that its owner's link leads to. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(PAGE_LINK, token, now=now)
    found = _pages().filter(pk=ids[0], opened_at__isnull=False, owner__isnull=False).first() if ids else None
    if found is None:
        raise NotFound(code="link_broken")
    return found


def pages_of(user: Actor) -> QuerySet[FundraisingPage]:
    """Return the pages that somebody who is signed in owns, the latest first."""
    if not user.pk:
        return FundraisingPage.objects.none()
    return _pages().filter(owner__user=user.pk, opened_at__isnull=False).order_by("-opened_at", "-pk")


def members_of(team: FundraisingPage) -> list[FundraisingPage]:
    """Return the pages that a team took in, the first first."""
    if team.kind != PageKind.TEAM:
        return []
    return list(_pages().filter(team=team, joined_at__isnull=False).order_by("joined_at", "pk"))


def asking_to_join(team: FundraisingPage) -> list[FundraisingPage]:
    """Return the pages that ask a team to take them in."""
    return list(_pages().filter(team=team, joined_at__isnull=True, closed_at__isnull=True, hidden_at__isnull=True).order_by("pk"))


def raised_on(page: FundraisingPage) -> Raised | None:
    """Say what a page raised, a team's with that of its pages; None while so few gave that the sum would tell what one of them did.

    A page of a team that is too small to say its own sum is counted in the team's only once all such pages, and what was given on
    the team's own page, hold enough people together: else the team's sum less those of the other pages would tell it.
    """
    counted = _counted(page)
    if not counted:
        return None
    people, median = _givers(counted, page.fund_id)
    if people < SMALLEST_SHOWN:
        return None
    cents = PageTotal.objects.filter(page__in=counted, fund=page.fund_id).aggregate(sum=Sum("cents"))["sum"] or 0
    return Raised(amount=int(cents), people=people, median=median)


def sums_for_owner(page: FundraisingPage) -> PageSums:
    """Say how many gave on a page, and how much once they are enough."""
    raised = raised_on(page)
    people, _median = _givers([page.pk, *(each.pk for each in members_of(page))], page.fund_id)
    return PageSums(people=people, cents=raised.amount if raised else None)


def messages_shown(page: FundraisingPage) -> list[PageMessage]:
    """Return what givers said on a page and let be shown, the latest first."""
    found = shown_messages().filter(page=page)
    return list(found.order_by("-donation__settled_at", "-pk")[:MESSAGES_SHOWN])


def shown_messages() -> QuerySet[PageMessage]:
    """Return the messages that are shown to anybody."""
    return (
        PageMessage.objects.filter(_stayed(), hidden_at__isnull=True, page__hidden_at__isnull=True)
        .exclude(shown_as=ShownAs.NOT)
        .exclude(words="")
        .select_related("donation__donor", "page")
    )


def given_on(page: FundraisingPage) -> QuerySet[PageMessage]:
    """Return the donations of a page that came and stayed, the latest first, with what their givers let its owner know."""
    return PageMessage.objects.filter(_stayed(), page=page).select_related("donation__donor").order_by("-donation__settled_at", "-pk")


def photo_of(page: FundraisingPage) -> UUID | None:
    """Return the id of the photo that a page shows."""
    return PagePhoto.objects.filter(page=page).values_list("pk", flat=True).first()


def photo_bytes(photo_id: UUID) -> bytes:
    """Return a photo that is shown. Raises: NotFound."""
    shown = PagePhoto.objects.filter(page__opened_at__isnull=False, page__hidden_at__isnull=True)
    jpeg = shown.filter(pk=photo_id).values_list("jpeg", flat=True).first()
    if jpeg is None:
        raise NotFound(code="no_such_photo")
    return bytes(jpeg)


def _stayed() -> Q:
    return Q(donation__state=DonationState.SETTLED, donation__refunded__lt=F("donation__amount"))


def _pages() -> QuerySet[FundraisingPage]:
    return FundraisingPage.objects.select_related("fund__stripe_account", "area", "team").prefetch_related("fund__texts")


def _counted(page: FundraisingPage) -> list[UUID]:
    """Name the pages whose sums a page says."""
    members = members_of(page)
    if not members:
        return [page.pk]
    told = [each.pk for each in members if _givers([each.pk], page.fund_id)[0] >= SMALLEST_SHOWN]
    small = [page.pk, *(each.pk for each in members if each.pk not in told)]
    return [*told, *small] if _givers(small, page.fund_id)[0] >= SMALLEST_SHOWN else told


def _givers(pages: list[UUID], fund_id: UUID) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_GIVERS, {"pages": pages, "fund": fund_id})
        people, median = cursor.fetchone()
    return int(people), int(median)
