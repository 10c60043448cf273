"""A supporter opens a page, looks after it and closes it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import is_reached
from maillage.fundraising.domain.figures import read_cents, read_day
from maillage.fundraising.domain.pages import (
    CONFIRM_WITHIN,
    LONGEST,
    MAILS_A_DAY,
    MOST_GOAL,
    OPEN_AT_ONCE,
    PHOTO,
    REASONS,
    PageKind,
    slug_of,
)
from maillage.fundraising.models import Donor, Fund, FundraisingPage, PageMessage, PagePhoto
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.kernel.images import drawn_to_fit
from maillage.kernel.limits import forget_how_often, happens_at_most
from maillage.messaging import services as messaging
from maillage.people import services as people
from maillage.people.domain import ALONE_FROM, Channel, normal_value
from maillage.people.models import ContactPoint, Person
from maillage.territories.models import Area

FORGOTTEN_AT_ONCE = 1000
_LIMIT = "fundraising.open_page"
OPENERS = (Role.RELAY, Role.STAND_IN, Role.ORGANISER)
"""Whose role in a place lets them open a page of it."""


@dataclass(frozen=True)
class Said:
    """What the owner of a page says on it, as they typed it."""

    title: str
    words: str
    first_name: str
    goal: str = ""
    ends_on: str = ""


@dataclass(frozen=True)
class _Read:
    title: str
    words: str
    first_name: str
    goal: int | None
    ends_on: date | None


def open_page(*, fund: Fund, kind: str, said: Said, family_name: str, email: str, is_of_age: bool, language: str, now: datetime) -> None:
    """Keep a page that was typed into the public form, and mail its owner a link; nobody sees it before they confirm it.

    The answer is the same for a known address, an unknown one, and one that was typed too often today (which gets no further mail).
    Facts: page.asked.  Raises: Invalid by field.
    """
    read, wrong = _read(said, fund, now=now)
    if kind not in (PageKind.PERSONAL, PageKind.TEAM):
        wrong["kind"] = [_("Choose for whom this page is.")]
    if not is_of_age:
        wrong["is_of_age"] = [_("Younger than %(age)s, a parent would have to agree: open it with them.") % {"age": ALONE_FROM}]
    try:
        address = normal_value(Channel.EMAIL, email)
    except Invalid as invalid:
        wrong |= {field: list(sentences) for field, sentences in invalid.fields.items()}
        address = ""
    if wrong:
        raise Invalid(_("Some fields need another look."), fields=wrong)
    if not happens_at_most(_LIMIT, to=address, most=MAILS_A_DAY, over=timedelta(days=1), now=now):
        return
    with transaction.atomic():
        meeting = people.meet_person(given_name=read.first_name, family_name=family_name, email=email, language=language, now=now)
        page = _keep(fund, PageKind(kind), read, owner=meeting.person, language=language, now=now)
        messaging.queue_message(
            "fundraising.confirm_page", person=meeting.person, address=address, language=language, about_id=page.pk, now=now
        )
        journal.record("page.asked", subject=page, at=now)


def confirm_page(*, page_id: UUID, contact_point_id: UUID, now: datetime) -> FundraisingPage:
    """Open a page that its owner confirmed from their own mailbox, and mail them the link by which they look after it. Safe to repeat.

    Facts: page.opened.  Raises: NotFound, Conflict (`too_many_pages`).
    """
    with transaction.atomic():
        point = ContactPoint.objects.filter(pk=contact_point_id).first()
        if point is None:
            raise NotFound(code="link_broken")
        owner = people.lock_standing(point.person_id)
        page = _locked(page_id)
        if page.opened_at is not None:
            return page
        if page.owner_id not in (point.person_id, owner.pk):
            raise NotFound(code="link_broken")
        _refuse_many(owner.pk)
        people.verify_contact_point(contact_point_id=contact_point_id, now=now)
        forget_how_often(_LIMIT, to=point.value)
        page.owner_id = owner.pk
        _open(page, now=now)
    return page


def deny_page(*, page_id: UUID, now: datetime) -> None:
    """Erase what was typed in somebody's name, who says that it was not them. Safe to repeat. Facts: page.denied, person.forgotten."""
    with transaction.atomic():
        page = FundraisingPage.objects.select_for_update(of=("self",)).filter(pk=page_id, opened_at__isnull=True).first()
        if page is None:
            return
        journal.record("page.denied", subject=page, at=now)
        _drop([page], now=now)


def open_own_page(*, user: User, fund: Fund, kind: str, said: Said, area: Area | None, language: str, now: datetime) -> FundraisingPage:
    """Open a page of somebody who is signed in, at once. A page of a place is for who holds a seat of it, or organises it.

    Facts: page.opened.  Raises: Invalid by field, Conflict (`no_name_yet`, `too_many_pages`), Forbidden (`not_your_place`).
    """
    read, wrong = _read(said, fund, now=now)
    if kind not in PageKind.values or (kind == PageKind.AREA) != (area is not None):
        wrong["kind"] = [_("Choose for whom this page is.")]
    if wrong:
        raise Invalid(_("Some fields need another look."), fields=wrong)
    if area is not None and not is_reached(user, roles=OPENERS, area_id=area.pk, now=now):
        raise Forbidden(_("Only who holds or organises a place opens its page."), code="not_your_place")
    person = Person.objects.filter(user=user).first()
    if person is None:
        raise Conflict(_("Say first what you are called, on the page of your data."), code="no_name_yet")
    with transaction.atomic():
        owner = people.lock_standing(person.pk)
        _refuse_many(owner.pk)
        page = _keep(fund, PageKind(kind), read, owner=owner, area=area, language=language, now=now)
        _open(page, now=now)
    return page


def edit_page(*, page_id: UUID, said: Said, now: datetime) -> FundraisingPage:
    """Let a page say something else. Once it does, moderation looks at it anew before engines list it.

    Facts: page.edited.  Raises: Invalid by field, Conflict (`page_closed`), NotFound.
    """
    page = FundraisingPage.objects.select_related("fund").filter(pk=page_id).first()
    if page is None:
        raise NotFound(code="no_such_page")
    read, wrong = _read(said, page.fund, now=now, before=page)
    if wrong:
        raise Invalid(_("Some fields need another look."), fields=wrong)
    with transaction.atomic():
        page = _running(page_id)
        texts = ("title", "words", "first_name")
        if any(getattr(page, name) != getattr(read, name) for name in texts):
            page.seen_at = None
        for name in (*texts, "goal", "ends_on"):
            setattr(page, name, getattr(read, name))
        page.save(update_fields=[*texts, "goal", "ends_on", "seen_at"])
        journal.record("page.edited", subject=page, at=now)
    return page


def show_page_photo(*, page_id: UUID, sent: bytes, now: datetime) -> PagePhoto:
    """Show a photo on a page; it takes the place of the one before. What is kept is a picture that we drew from it.

    Facts: page.edited.  Raises: Invalid (photo), Conflict (`page_closed`), NotFound.
    """
    width, height = PHOTO
    jpeg = drawn_to_fit(sent, width=width, height=height)
    with transaction.atomic():
        page = _running(page_id)
        PagePhoto.objects.filter(page=page).delete()
        photo = PagePhoto.objects.create(page=page, jpeg=jpeg, shown_since=now)
        page.seen_at = None
        page.save(update_fields=["seen_at"])
        journal.record("page.edited", subject=page, at=now)
    return photo


def take_page_photo_back(*, page_id: UUID, now: datetime) -> None:
    """Take the photo of a page back: it is gone at once. Safe to repeat. Facts: page.edited."""
    with transaction.atomic():
        page = _locked(page_id)
        if PagePhoto.objects.filter(page=page).delete()[0]:
            journal.record("page.edited", subject=page, at=now)


def close_page(*, page_id: UUID, now: datetime) -> FundraisingPage:
    """Close a page: it thanks, and leads to the page of its fund. Safe to repeat. Facts: page.closed."""
    with transaction.atomic():
        page = _locked(page_id)
        if page.closed_at is None:
            page.closed_at = now
            page.save(update_fields=["closed_at"])
            journal.record("page.closed", subject=page, at=now)
    return page


def answer_moderation(*, page_id: UUID, words: str, now: datetime) -> FundraisingPage:
    """Keep what the owner of a hidden page says to the reasons; whoever moderates reads it.

    Facts: page.answered.  Raises: Invalid (words), Conflict (`not_hidden`), NotFound.
    """
    if not words.strip() or len(words) > REASONS:
        raise Invalid(
            _("Some fields need another look."), fields={"answer": [_("Write a few words, at most %(most)s letters.") % {"most": REASONS}]}
        )
    with transaction.atomic():
        page = _locked(page_id)
        if page.hidden_at is None:
            raise Conflict(_("This page is shown."), code="not_hidden")
        page.answer, page.answered_at = words.strip(), now
        page.save(update_fields=["answer", "answered_at"])
        journal.record("page.answered", subject=page, at=now)
    return page


def forget_pages(*, now: datetime) -> int:
    """Delete the pages that nobody confirmed in their week, with whom they named; say how many. Facts: page.forgotten, person.forgotten."""
    with transaction.atomic():
        old = FundraisingPage.objects.filter(opened_at__isnull=True, created_at__lt=now - CONFIRM_WITHIN)
        forgotten = list(old.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:FORGOTTEN_AT_ONCE])
        for page in forgotten:
            journal.record("page.forgotten", subject=page, at=now)
        _drop(forgotten, now=now)
    return len(forgotten)


def erase_pages(person_id: UUID, *, now: datetime) -> None:
    """Part a person from their pages: nothing of theirs is left on them, they close, and their sums stay. Facts: page.closed."""
    for page in FundraisingPage.objects.select_for_update(of=("self",)).filter(owner_id=person_id).order_by("pk"):
        PagePhoto.objects.filter(page=page).delete()
        PageMessage.objects.filter(page=page).update(thanks="")
        if page.closed_at is None:
            page.closed_at = now
            journal.record("page.closed", subject=page, at=now)
        page.owner, page.title, page.words, page.first_name, page.answer = None, "", "", "", ""
        page.slug = slug_of("", page.pk.hex[-12:])
        page.save(update_fields=["owner", "title", "words", "first_name", "answer", "slug", "closed_at"])


def erase_messages(donors: Iterable[Donor]) -> None:
    """Take away what donors said with their donations, and what they let be known of them."""
    PageMessage.objects.filter(donation__donor__in=donors).update(words="", shown_as="not", tells_name=False, tells_amount=False, thanks="")


def _read(said: Said, fund: Fund, *, now: datetime, before: FundraisingPage | None = None) -> tuple[_Read, dict[str, list[str]]]:
    """Read what was typed, and say by field what is wrong with it."""
    texts = {name: getattr(said, name).strip() for name in LONGEST}
    wrong = {name: [_("At most %(most)s letters fit here.") % {"most": most}] for name, most in LONGEST.items() if len(texts[name]) > most}
    if not texts["title"]:
        wrong["title"] = [_("Give your page a title.")]
    if not texts["words"]:
        wrong["words"] = [_("Say in your own words why you ask.")]
    if not texts["first_name"]:
        wrong["first_name"] = [_("Write the first name that your page shows.")]
    goal = read_cents(texts["goal"]) if texts["goal"] else None
    if texts["goal"] and (goal is None or not fund.least <= goal <= MOST_GOAL):
        wrong["goal"] = [_("Write an amount, such as 500.")]
    ends_on = read_day(texts["ends_on"]) if texts["ends_on"] else None
    was = before.ends_on if before is not None else None
    if texts["ends_on"] and (ends_on is None or (ends_on != was and ends_on < day_in(now, fund.time_zone))):
        wrong["ends_on"] = [_("Choose a day from today on.")]
    return _Read(texts["title"], texts["words"], texts["first_name"], goal, ends_on), wrong


def _keep(
    fund: Fund, kind: PageKind, read: _Read, *, owner: Person, language: str, now: datetime, area: Area | None = None
) -> FundraisingPage:
    return FundraisingPage.objects.create(
        slug=slug_of(read.title, secrets.token_hex(3)),
        fund=fund,
        kind=kind,
        owner=owner,
        area=area,
        language=language,
        title=read.title,
        words=read.words,
        first_name=read.first_name,
        goal=read.goal,
        ends_on=read.ends_on,
        created_at=now,
    )


def _open(page: FundraisingPage, *, now: datetime) -> None:
    page.opened_at = now
    page.save(update_fields=["opened_at", "owner"])
    messaging.queue_message("fundraising.page_opened", person=page.owner, language=page.language, about_id=page.pk, now=now)
    journal.record("page.opened", subject=page, at=now)


def _refuse_many(owner_id: UUID) -> None:
    """Refuse one page more than a person may have open; the caller holds their lock. Raises: Conflict (`too_many_pages`)."""
    if FundraisingPage.objects.filter(owner=owner_id, opened_at__isnull=False, closed_at__isnull=True).count() >= OPEN_AT_ONCE:
        raise Conflict(_("You have %(most)s pages open. Close one first.") % {"most": OPEN_AT_ONCE}, code="too_many_pages")


def _drop(pages: list[FundraisingPage], *, now: datetime) -> None:
    owners = {page.owner_id for page in pages if page.owner_id}
    FundraisingPage.objects.filter(pk__in=[page.pk for page in pages]).delete()
    people.forget_never_confirmed(person_ids=owners, now=now)


def _locked(page_id: UUID) -> FundraisingPage:
    found = FundraisingPage.objects.select_for_update(of=("self",)).select_related("fund", "owner").filter(pk=page_id).first()
    if found is None:
        raise NotFound(code="no_such_page")
    return found


def _running(page_id: UUID) -> FundraisingPage:
    page = _locked(page_id)
    if page.closed_at is not None:
        raise Conflict(_("This page is closed."), code="page_closed")
    return page
