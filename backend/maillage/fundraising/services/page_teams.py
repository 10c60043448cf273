"""Pages that belong together: asked for by the owner of a page, agreed to by the owner of the team."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain.pages import PageKind, PageState
from maillage.fundraising.models import FundraisingPage
from maillage.fundraising.selectors.campaign_pages import state_now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging


def ask_team(*, page_id: UUID, team: str, now: datetime) -> FundraisingPage:
    """Ask a team, by the end of its page's address, to take a page in; its owner is told by mail. Safe to repeat.

    Facts: page.asked_team.  Raises: Invalid (team), Conflict (`in_a_team`), NotFound.
    """
    slug = team.strip().rstrip("/").rsplit("/", 1)[-1]
    found = FundraisingPage.objects.filter(slug=slug, kind=PageKind.TEAM).select_related("fund").first() if slug else None
    with transaction.atomic():
        page = _locked(page_id)
        if page.kind == PageKind.TEAM:
            raise Conflict(_("A team belongs to no other team."), code="is_a_team")
        if found is None or found.fund_id != page.fund_id or state_now(found, now) != PageState.OPEN:
            raise Invalid(
                _("Some fields need another look."),
                fields={"team": [_("No team of this fund is open at this address. Copy it from its page.")]},
            )
        if page.joined_at is not None:
            if page.team_id == found.pk:
                return page
            raise Conflict(_("This page belongs to a team. Leave it first."), code="in_a_team")
        if page.team_id == found.pk:
            return page
        page.team = found
        page.save(update_fields=["team"])
        if found.owner is not None:
            messaging.queue_message("fundraising.team_asked", person=found.owner, language=found.language, about_id=page.pk, now=now)
        journal.record("page.asked_team", subject=page, at=now, team_id=found.pk)
    return page


def answer_page(*, team_id: UUID, page_id: UUID, is_accepted: bool, now: datetime) -> FundraisingPage:
    """Take a page into a team, or not; its owner is told. The first answer counts; one that asks no more is left as it is.

    Facts: page.joined, page.declined.  Raises: NotFound.
    """
    with transaction.atomic():
        page = _locked(page_id)
        if page.team_id != team_id:
            raise NotFound(code="no_such_page")
        if page.joined_at is not None:
            return page
        if is_accepted:
            page.joined_at = now
            page.save(update_fields=["joined_at"])
            journal.record("page.joined", subject=page, at=now, team_id=team_id)
            if page.owner is not None:
                messaging.queue_message("fundraising.team_joined", person=page.owner, language=page.language, about_id=page.pk, now=now)
        else:
            page.team = None
            page.save(update_fields=["team"])
            journal.record("page.declined", subject=page, at=now, team_id=team_id)
            if page.owner is not None:
                messaging.queue_message("fundraising.team_declined", person=page.owner, language=page.language, about_id=page.pk, now=now)
    return page


def leave_team(*, page_id: UUID, now: datetime) -> FundraisingPage:
    """Let a page belong to no team, or ask none any more. Its donations count in the team's no longer. Safe to repeat. Facts: page.left."""
    with transaction.atomic():
        page = _locked(page_id)
        if page.team_id is not None:
            journal.record("page.left", subject=page, at=now, team_id=page.team_id)
            page.team, page.joined_at = None, None
            page.save(update_fields=["team", "joined_at"])
    return page


def put_page_out(*, team_id: UUID, page_id: UUID, now: datetime) -> FundraisingPage:
    """Let a page belong to a team no more, at the wish of the team's owner. Facts: page.left.  Raises: NotFound."""
    with transaction.atomic():
        page = _locked(page_id)
        if page.team_id is None:
            return page
        if page.team_id != team_id:
            raise NotFound(code="no_such_page")
        return leave_team(page_id=page_id, now=now)


def _locked(page_id: UUID) -> FundraisingPage:
    found = FundraisingPage.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=page_id).first()
    if found is None:
        raise NotFound(code="no_such_page")
    return found
