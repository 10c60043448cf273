"""The sentences beside the boxes of forms: what the software says, and what the organisation writes in its place."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors, services
from maillage.people.api.document_shapes import VersionOut, VersionRowOut, version_page, version_row
from maillage.people.api.documents import LANGUAGE, able, actor, must_write, read_in
from maillage.people.domain import LONGEST_WORDING, UNDER_WAY, Wording, code_slug, is_on_paper, newest_in_code
from maillage.people.models import DocumentVersion
from maillage.people.models.organisation import every_language
from maillage.people.selectors import Standing, WordingHistory


class WordingWordsOut(serializers.Serializer[Any]):
    """A version of a wording, in the reader's language."""

    version = serializers.CharField(help_text="as a consent names it: relay_contact.1")
    text = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)


class WordingAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a wording."""

    draft = serializers.BooleanField(help_text="begin own words, or the next version of them")
    retire = serializers.BooleanField(help_text="take own words back: the software's are shown again")


class WordingOut(serializers.Serializer[Any]):
    """What stands beside one box."""

    slug = serializers.CharField(help_text="the address of the software's wording")
    title = serializers.CharField(help_text="what it is for")
    purpose = serializers.CharField()
    is_on_paper = serializers.BooleanField(help_text="the paper form of a place prints it")
    in_force = WordingWordsOut(help_text="what is read now")
    is_own = serializers.BooleanField(help_text="the organisation wrote what is in force")
    software = WordingWordsOut(help_text="what comes with the software")
    is_behind = serializers.BooleanField(help_text="the software's words changed after the organisation adopted its own")
    earlier = WordingWordsOut(many=True, help_text="what was in force before: papers may carry it; the newest first")
    versions = VersionRowOut(many=True, help_text="of the organisation's own words: all that the reader may read, the newest first")
    under_way = VersionRowOut(allow_null=True)
    abilities = WordingAbilitiesOut()


class WordingsOut(serializers.Serializer[Any]):
    """Every wording, in the order of their addresses."""

    languages = serializers.ListField(child=serializers.CharField(), help_text="in which each is written")
    most = serializers.IntegerField(help_text="letters that one takes")
    items = WordingOut(many=True)


class WordingsView(APIView):
    """What people agree to on forms."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_wordings", responses=WordingsOut)
    def get(self, request: Request) -> Response:
        """List each wording: what is in force, and own words under way where I may read them."""
        return Response(_wordings(actor(request), instant=now()))


class WordingDraftView(APIView):
    """Own words."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_draft_wording", request=None, parameters=[LANGUAGE], responses={201: VersionOut})
    def post(self, request: Request, slug: str) -> Response:
        """Begin them from what is in force; 409 while a version is under way."""
        by, instant = actor(request), now()
        must_write(by, instant=instant)
        version = services.draft_wording(slug=slug, by=by, now=instant)
        return Response(version_page(by, version.pk, instant=instant, language=read_in(request)), status=201)


class RetireView(APIView):
    """The software's words again."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_retire_wording", request=None, responses=WordingsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take own words in force back; who agreed to them agreed to what they read."""
        by, instant = able(request, id)
        services.retire_version(version_id=id, by=by, now=instant)
        return Response(_wordings(by, instant=instant))


def _wordings(user: User, *, instant: datetime) -> dict[str, Any]:
    """Each wording as one reader has it. Seven queries."""
    standing = selectors.standing_of(user, now=instant)
    own: dict[str, list[DocumentVersion]] = {}
    for version in selectors.house_versions(standing):
        own.setdefault(code_slug(version.document.slug), []).append(version)
    histories = {history.slug: history for history in selectors.wording_histories()}
    items = [_wording(each, histories[each.slug], own.get(each.slug, []), standing) for each in newest_in_code().values()]
    return {"languages": every_language(), "most": LONGEST_WORDING, "items": sorted(items, key=lambda item: item["slug"])}


def _wording(software: Wording, history: WordingHistory, own: list[DocumentVersion], standing: Standing) -> dict[str, Any]:
    in_force, *earlier = history.rows
    shown = next(row for row in history.rows if row.version == software.version)
    under_way = next((version for version in own if version.state in UNDER_WAY), None)
    is_own = in_force.version != software.version
    language = get_language() or ""
    return {
        "slug": software.slug,
        "title": history.title,
        "purpose": software.purpose,
        "is_on_paper": is_on_paper(software),
        "in_force": asdict(in_force),
        "is_own": is_own,
        "software": asdict(shown),
        "is_behind": history.is_behind,
        "earlier": [asdict(row) for row in earlier if row.was_in_force],
        "versions": [version_row(version, language) for version in own],
        "under_way": version_row(under_way, language) if under_way else None,
        "abilities": {"draft": standing.writes and under_way is None, "retire": standing.writes and is_own},
    }
