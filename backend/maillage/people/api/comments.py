"""Comments on a proposed version, and their answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.markdown import plain_words
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors, services
from maillage.people.api.documents import able, actor
from maillage.people.domain import CommentState, Voice, paragraphs
from maillage.people.models import DocumentComment, DocumentVersion
from maillage.people.selectors import Standing


class CommentOut(serializers.Serializer[Any]):
    """What somebody said of a version, and what became of it."""

    id = serializers.UUIDField()
    voice = serializers.ChoiceField(choices=Voice.choices, help_text="as what they say it")
    author = serializers.CharField(help_text="their name, for organisers of the whole country; empty for everybody else")
    is_mine = serializers.BooleanField()
    language = serializers.CharField()
    paragraph = serializers.CharField(help_text="on which it speaks, as it read, in plain words; empty for the whole text")
    index = serializers.IntegerField(allow_null=True, help_text="where that paragraph stands now; null when it has changed")
    words = serializers.CharField(help_text="empty when their author was erased")
    written_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=CommentState.choices)
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)


class CommentsOut(serializers.Serializer[Any]):
    """All that was said of a version, in order."""

    items = CommentOut(many=True)


class CommentIn(serializers.Serializer[Any]):
    """Something to say."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    paragraph = serializers.IntegerField(min_value=0, allow_null=True, default=None, help_text="from 0; null for the whole text")
    words = serializers.CharField(max_length=2000)


class AnswerIn(serializers.Serializer[Any]):
    """What becomes of a comment."""

    state = serializers.ChoiceField(choices=[CommentState.TAKEN_IN, CommentState.NOT_TAKEN])
    answer = serializers.CharField(max_length=2000)


class CommentsView(APIView):
    """What is said of a version."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_document_comments", responses=CommentsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List it; nothing to who may not discuss this version."""
        user, instant = actor(request), now()
        standing = selectors.standing_of(user, now=instant)
        return Response(_comments(user, standing, selectors.version_seen(standing, id), instant=instant))

    @extend_schema(operation_id="people_comment_document", request=CommentIn, responses={201: CommentsOut})
    def post(self, request: Request, id: UUID) -> Response:
        """Comment on a paragraph, or on the whole."""
        user, instant = actor(request), now()
        standing = selectors.standing_of(user, now=instant)
        version = selectors.version_seen(standing, id)
        person_id = selectors.own_person_id(user)
        if standing.voice is None or person_id is None or not selectors.may_discuss(standing, version):
            raise Forbidden(_("This version is discussed by others."))
        said = CommentIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.write_comment(version_id=id, person_id=person_id, voice=standing.voice, now=instant, **said.validated_data)
        return Response(_comments(user, standing, version, instant=instant), status=201)


class CommentView(APIView):
    """One comment."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_take_back_comment", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take back what I said, while nobody answered it."""
        person_id = selectors.own_person_id(actor(request))
        if person_id is None:
            raise NotFound(code="comment_unknown")
        services.take_back_comment(comment_id=id, person_id=person_id, now=now())
        return Response(status=204)


class AnswerView(APIView):
    """What became of it."""

    policy = "people.documents"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_answer_comment", request=AnswerIn, responses=CommentsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say whether it was taken in, in words; again, to correct them."""
        comment = DocumentComment.objects.filter(pk=id).first()
        if comment is None:
            raise NotFound(code="comment_unknown")
        by, instant = able(request, comment.version_id)
        said = AnswerIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.answer_comment(
            comment_id=id, state=CommentState(said.validated_data["state"]), answer=said.validated_data["answer"], by=by, now=instant
        )
        standing = selectors.standing_of(by, now=instant)
        return Response(_comments(by, standing, selectors.version_seen(standing, comment.version_id), instant=instant))


def _comments(user: User, standing: Standing, version: DocumentVersion, *, instant: datetime) -> dict[str, Any]:
    """List the comments; whoever sees the names of their authors is in the log."""
    found = list(selectors.comments_seen(standing, version))
    own = selectors.own_person_id(user)
    if standing.sees_authors:
        others = {comment.author_id for comment in found if comment.author_id and comment.author_id != own}
        services.note_access(reader=user, role=Role.ORGANISER, reading="people.comments", person_ids=others, now=instant)
    standing_now = {text.language: paragraphs(text.body) for text in version.texts.all()}
    return {"items": [_shape(comment, standing=standing, own=own, now_reads=standing_now) for comment in found]}


def _shape(comment: DocumentComment, *, standing: Standing, own: UUID | None, now_reads: dict[str, list[str]]) -> dict[str, Any]:
    texts = now_reads.get(comment.language, [])
    return {
        "id": comment.pk,
        "voice": comment.voice,
        "author": comment.author.full_name if standing.sees_authors and comment.author else "",
        "is_mine": comment.author_id is not None and comment.author_id == own,
        "language": comment.language,
        "paragraph": plain_words(comment.paragraph),
        "index": texts.index(comment.paragraph) if comment.paragraph in texts else None,
        "words": comment.words,
        "written_at": comment.written_at,
        "state": comment.state,
        "answer": comment.answer,
        "answered_at": comment.answered_at,
    }
