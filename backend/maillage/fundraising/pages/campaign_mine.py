"""Where the owner of a page looks after it, by the signed link of their mails: no login, and nothing happens by opening it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.fundraising import services
from maillage.fundraising.domain.links import PAGE_NOTES_LINK
from maillage.fundraising.domain.pages import LONGEST, REASONS, THANKS, PageKind, ShownAs
from maillage.fundraising.models import FundraisingPage, PageMessage
from maillage.fundraising.pages.campaigns import shown_of
from maillage.fundraising.selectors.campaign_pages import (
    asking_to_join,
    given_on,
    members_of,
    page_by_token,
    state_now,
    sums_for_owner,
)
from maillage.fundraising.selectors.funds import name_of
from maillage.fundraising.selectors.page_moderation import last_hiding
from maillage.fundraising.services.campaign_pages import Said
from maillage.fundraising.services.page_messages import may_be_thanked
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Invalid, NotFound, Refusal
from maillage.kernel.forms import texts_typed
from maillage.kernel.images import HEAVIEST
from maillage.kernel.links import read_link
from maillage.kernel.rest.throttles import limit_page

SHOWN_GIVEN = 100
"""Of the donations of a page, the latest."""

ASKS_TEAM = {"team": 200}
THANKS_TEXT = {"thanks": THANKS * 2}
ANSWER_TEXT = {"answer": REASONS * 2}


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show all that the owner may do, or do one thing of it: `do` names it."""
    try:
        page = page_by_token(token, now=read_clock())
    except Refusal as refusal:
        return render(request, "fundraising/link.html", {"refusal": refusal}, status=refusal.status)
    if request.method != "POST":
        return _shown(request, page, token)
    try:
        limit_page(request, name="fundraising.own_page")
        do = _DOINGS.get(request.POST.get("do", ""))
        if do is None:
            raise Invalid(_("This page does not know what to do. Try again."), code="unknown")
        part = do(request, page)
    except Refusal as refusal:
        return _shown(request, page_by_token(token, now=read_clock()), token, refusal=refusal)
    return HttpResponseRedirect(f"{reverse('campaign-mine', kwargs={'token': token})}?done={part}#{part}", status=303)


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever gave whether they want no more notes of a page; only a POST refuses them."""
    try:
        (message_id,) = read_link(PAGE_NOTES_LINK, token, now=read_clock())
        if request.method == "POST":
            services.refuse_notes(message_id=message_id, now=read_clock())
            return HttpResponseRedirect(reverse("campaign-notes", kwargs={"token": token}), status=303)
        message = PageMessage.objects.select_related("page").filter(pk=message_id).first()
        if message is None:
            raise NotFound(code="link_broken")
    except Refusal as refusal:
        return render(request, "fundraising/link.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "fundraising/campaign_notes.html", {"page": message.page, "is_refused": message.no_notes})


def _edit(request: HttpRequest, page: FundraisingPage) -> str:
    services.edit_page(page_id=page.pk, said=Said(**texts_typed(request, LONGEST)), now=read_clock())
    return "words"


def _photo(request: HttpRequest, page: FundraisingPage) -> str:
    sent = request.FILES.get("photo")
    if sent is None:
        raise Invalid(_("Some fields need another look."), fields={"photo": [_("Choose a picture.")]})
    services.show_page_photo(page_id=page.pk, sent=sent.read(HEAVIEST + 1), now=read_clock())
    return "photo"


def _no_photo(request: HttpRequest, page: FundraisingPage) -> str:
    services.take_page_photo_back(page_id=page.pk, now=read_clock())
    return "photo"


def _team(request: HttpRequest, page: FundraisingPage) -> str:
    services.ask_team(page_id=page.pk, team=texts_typed(request, ASKS_TEAM)["team"], now=read_clock())
    return "team"


def _leave(request: HttpRequest, page: FundraisingPage) -> str:
    services.leave_team(page_id=page.pk, now=read_clock())
    return "team"


def _answer_page(request: HttpRequest, page: FundraisingPage) -> str:
    is_accepted = request.POST.get("answer") == "yes"
    services.answer_page(team_id=page.pk, page_id=_named(request, "page"), is_accepted=is_accepted, now=read_clock())
    return "team"


def _put_out(request: HttpRequest, page: FundraisingPage) -> str:
    services.put_page_out(team_id=page.pk, page_id=_named(request, "page"), now=read_clock())
    return "team"


def _thank(request: HttpRequest, page: FundraisingPage) -> str:
    words = texts_typed(request, THANKS_TEXT)["thanks"]
    services.thank_giver(page_id=page.pk, message_id=_named(request, "message"), words=words, now=read_clock())
    return "given"


def _hide(request: HttpRequest, page: FundraisingPage) -> str:
    services.take_message_away(page_id=page.pk, message_id=_named(request, "message"), now=read_clock())
    return "given"


def _show(request: HttpRequest, page: FundraisingPage) -> str:
    services.show_message_again(page_id=page.pk, message_id=_named(request, "message"), now=read_clock())
    return "given"


def _answer(request: HttpRequest, page: FundraisingPage) -> str:
    services.answer_moderation(page_id=page.pk, words=texts_typed(request, ANSWER_TEXT)["answer"], now=read_clock())
    return "answer"


def _close(request: HttpRequest, page: FundraisingPage) -> str:
    services.close_page(page_id=page.pk, now=read_clock())
    return "close"


_DOINGS: dict[str, Callable[[HttpRequest, FundraisingPage], str]] = {
    "edit": _edit,
    "photo": _photo,
    "no-photo": _no_photo,
    "team": _team,
    "leave": _leave,
    "answer-page": _answer_page,
    "put-out": _put_out,
    "thank": _thank,
    "hide": _hide,
    "show": _show,
    "answer": _answer,
    "close": _close,
}


def _named(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise NotFound(code="link_broken") from None


def _shown(request: HttpRequest, page: FundraisingPage, token: str, *, refusal: Refusal | None = None) -> HttpResponse:
    at = read_clock()
    posted = request.POST if refusal is not None else {}
    is_edit = posted.get("do") == "edit"
    kept = {
        "title": page.title,
        "words": page.words,
        "first_name": page.first_name,
        "goal": _units(page.goal),
        "ends_on": page.ends_on.isoformat() if page.ends_on else "",
    }
    given = [
        {"message": each, "is_hidden": each.hidden_at is not None, "may_be_thanked": each.thanked_at is None and may_be_thanked(each)}
        for each in given_on(page)[:SHOWN_GIVEN]
    ]
    context: dict[str, Any] = {
        "page": page,
        "token": token,
        "state": state_now(page, at).value,
        **shown_of(page),
        "name": name_of(page.fund, get_language()),
        "sums": sums_for_owner(page),
        "typed": {name: posted.get(name, "") if is_edit else value for name, value in kept.items()},
        "most": LONGEST,
        "errors": {name: " ".join(sentences) for name, sentences in refusal.fields.items()} if refusal else {},
        "refusal": refusal,
        "refused": posted.get("do", ""),
        "refused_about": posted.get("message", ""),
        "typed_thanks": posted.get("thanks", ""),
        "typed_team": posted.get("team", ""),
        "typed_answer": posted.get("answer", page.answer),
        "done": request.GET.get("done", ""),
        "given": given,
        "is_team": page.kind == PageKind.TEAM,
        "members": members_of(page),
        "asking": asking_to_join(page) if page.kind == PageKind.TEAM else [],
        "hiding": last_hiding(page) if page.hidden_at else None,
        "thanks_most": THANKS,
        "answer_most": REASONS,
        "shown_as": ShownAs,
        "open_another": reverse("campaign-open", kwargs={"code": page.fund.code}),
        "mailbox_url": settings.MAILBOX_URL,
    }
    return render(request, "fundraising/campaign_mine.html", context, status=refusal.status if refusal else 200)


def _units(cents: int | None) -> str:
    if cents is None:
        return ""
    return str(cents // 100) if cents % 100 == 0 else f"{cents / 100:.2f}"
