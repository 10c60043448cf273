"""Pages of supporters as their moderators read them: what is new, what was reported, what is hidden; each decision with its reasons."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.domain.pages import REASONS, HiddenBy, PageKind
from maillage.fundraising.models import FundraisingPage, PageMessage
from maillage.fundraising.selectors.campaign_pages import photo_of
from maillage.fundraising.selectors.page_moderation import (
    as_moderator,
    last_hiding,
    message_moderated,
    messages_to_look_at,
    open_reports,
    page_moderated,
    pages_hidden,
    pages_to_look_at,
)
from maillage.groups.domain import ReportReason
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn

LONGEST = 100
"""Pages in one answer: the first that wait."""


class PageReportOut(serializers.Serializer[Any]):
    """What somebody reported; who did is told to nobody."""

    reason = serializers.ChoiceField(choices=ReportReason.choices)
    words = serializers.CharField()
    at = serializers.DateTimeField()


class MessageToLookAtOut(serializers.Serializer[Any]):
    """A giver's message that was reported, or that moderation took away."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    name = serializers.CharField(help_text="the name beside it; empty: none is shown")
    is_hidden = serializers.BooleanField()
    reports = PageReportOut(many=True)


class HidingOut(serializers.Serializer[Any]):
    """Why a page is hidden, as its owner was told, and what they say to it."""

    reason = serializers.ChoiceField(choices=[*ReportReason.choices, ("", "")])
    words = serializers.CharField()
    at = serializers.DateTimeField()
    answer = serializers.CharField()


class PageToLookAtOut(serializers.Serializer[Any]):
    """A page as its moderators read it."""

    slug = serializers.CharField()
    address = serializers.CharField(help_text="path of the page, in the reader's language")
    kind = serializers.ChoiceField(choices=PageKind.choices)
    title = serializers.CharField()
    words = serializers.CharField()
    first_name = serializers.CharField()
    language = serializers.CharField()
    photo = serializers.CharField(help_text="path; empty: it has none")
    opened_at = serializers.DateTimeField()
    is_new = serializers.BooleanField(help_text="nobody looked at it as it stands")
    hiding = HidingOut(allow_null=True)
    reports = PageReportOut(many=True)
    messages = MessageToLookAtOut(many=True)


class ModerationOut(serializers.Serializer[Any]):
    """What waits, and what is hidden."""

    waiting = PageToLookAtOut(many=True)
    hidden = PageToLookAtOut(many=True)


class PageDecisionIn(serializers.Serializer[Any]):
    """What is decided, and why: `hide`, or `keep`, which shows again what is hidden."""

    to = serializers.ChoiceField(choices=["hide", "keep"])
    reason = serializers.ChoiceField(choices=ReportReason.choices, required=False, allow_blank=True, default="", help_text="of hiding")
    words = serializers.CharField(max_length=REASONS, allow_blank=True, default="", help_text="the reasons, as they are told")


class ModerationView(APIView):
    """What waits for me as a moderator."""

    policy = "moderator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_moderation", responses=ModerationOut)
    def get(self, request: Request) -> Response:
        """Return the pages that wait for my look, and those that are hidden."""
        user = as_moderator(request.user, now=now())
        return Response(
            {
                "waiting": [_page(page) for page in pages_to_look_at(user, now=now())[:LONGEST]],
                "hidden": [_page(page) for page in pages_hidden(user, now=now())[:LONGEST]],
            }
        )


class PageDecisionView(APIView):
    """Deciding about one page."""

    policy = "moderator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_decide_page", request=PageDecisionIn, responses=PageToLookAtOut)
    def post(self, request: Request, slug: str) -> Response:
        """Hide it, or keep it shown; whoever it concerns is told why."""
        page = page_moderated(request.user, slug=slug, now=now())
        by, said = as_moderator(request.user, now=now()), _said(request)
        if said["to"] == "hide":
            services.hide_page(page_id=page.pk, reason=said["reason"], words=said["words"], by=by, now=now())
        elif page.hidden_at is not None:
            services.show_page_again(page_id=page.pk, words=said["words"], by=by, now=now())
        else:
            services.keep_page(page_id=page.pk, words=said["words"], by=by, now=now())
        return Response(_page(page_moderated(request.user, slug=slug, now=now())))


class MessageDecisionView(APIView):
    """Deciding about one giver's message."""

    policy = "moderator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_decide_message", request=PageDecisionIn, responses=PageToLookAtOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take it away, or keep it shown; whoever it concerns is told why."""
        message = message_moderated(request.user, message_id=id, now=now())
        by, said = as_moderator(request.user, now=now()), _said(request)
        if said["to"] == "hide":
            services.hide_message(message_id=message.pk, reason=said["reason"], words=said["words"], by=by, now=now())
        else:
            services.keep_message_shown(message_id=message.pk, words=said["words"], by=by, now=now())
        return Response(_page(page_moderated(request.user, slug=message.page.slug, now=now())))


def _said(request: Request) -> dict[str, Any]:
    asked = PageDecisionIn(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def _page(page: FundraisingPage) -> dict[str, object]:
    """Write a page as `PageToLookAtOut`."""
    photo = photo_of(page)
    hiding = last_hiding(page) if page.hidden_at is not None else None
    return {
        "slug": page.slug,
        "address": reverse("campaign", kwargs={"slug": page.slug}),
        "kind": page.kind,
        "title": page.title,
        "words": page.words,
        "first_name": page.first_name,
        "language": page.language,
        "photo": reverse("page-photo", kwargs={"id": photo}) if photo else "",
        "opened_at": page.opened_at,
        "is_new": page.seen_at is None and page.hidden_at is None,
        "hiding": {"reason": hiding.reason, "words": hiding.words, "at": hiding.at, "answer": page.answer} if hiding else None,
        "reports": _reports(page, None),
        "messages": [_message(page, message) for message in messages_to_look_at(page)],
    }


def _message(page: FundraisingPage, message: PageMessage) -> dict[str, object]:
    return {
        "id": message.pk,
        "words": message.words,
        "name": message.name_shown,
        "is_hidden": message.hidden_by == HiddenBy.MODERATION,
        "reports": _reports(page, message),
    }


def _reports(page: FundraisingPage, message: PageMessage | None) -> list[dict[str, object]]:
    found = open_reports().filter(page=page, message=message)
    return [{"reason": each.report.reason, "words": each.report.words, "at": each.report.created_at} for each in found]
