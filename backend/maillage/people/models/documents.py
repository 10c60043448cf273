"""Texts that people agree to, their versions, and what was said about a proposed one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain import UNDER_WAY, CommentState, DocumentKind, VersionState, Voice
from maillage.people.models.persons import Person


class Document(models.Model):
    """A text that people agree to, which lives in versions: the charter, or the wording beside a box of a form."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    slug = models.SlugField(max_length=64, unique=True, help_text="of a wording: what its versions begin with in the code")
    default_language = models.CharField(max_length=8, default="fr")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind"], condition=Q(kind="charter"), name="people_one_charter")]


class DocumentVersion(models.Model):
    """One version of a document. Once adopted it changes no more, and stays readable after another one replaced it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=VersionState.choices, default=VersionState.DRAFT)
    revision = models.PositiveIntegerField(default=1, help_text="grows with each edit; a PATCH names the one it read")
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    comments_until = models.DateField(null=True, blank=True, help_text="the last day on which it takes comments")
    members_comment = models.BooleanField(default=False, help_text="members comment too, beside relays and organisers")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agree_by = models.DateField(null=True, blank=True, help_text="the day until which whoever is bound is asked to agree")
    superseded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="people_version_number"),
            models.UniqueConstraint(fields=["document"], condition=Q(state=VersionState.ADOPTED), name="people_one_adopted_version"),
            models.UniqueConstraint(fields=["document"], condition=Q(state__in=UNDER_WAY), name="people_one_version_under_way"),
            models.CheckConstraint(
                condition=~Q(state__in=[VersionState.ADOPTED, VersionState.SUPERSEDED]) | Q(adopted_at__isnull=False),
                name="people_version_was_adopted",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.PROPOSED) | Q(proposed_at__isnull=False, comments_until__isnull=False),
                name="people_version_was_proposed",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.SUPERSEDED) | Q(superseded_at__isnull=False), name="people_version_was_replaced"
            ),
        ]


class DocumentText(models.Model):
    """A version's words in one language; the body is markdown."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="texts", db_index=False)  # one below begins with it
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True, help_text="what changes, and why")
    body = models.TextField(help_text="markdown")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="people_one_document_text")]


class DocumentComment(models.Model):
    """What somebody says about a proposed version, on a paragraph or the whole, and what the writers answer.

    The paragraph is kept as it read, so that a comment says what it was about when the text has moved on. When its
    author is erased its words go with them, and that it was said and answered stays.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    voice = models.CharField(max_length=16, choices=Voice.choices)
    language = models.CharField(max_length=8, help_text="of the text that it speaks of")
    paragraph = models.TextField(blank=True, help_text="as it read; empty for the whole")
    words = models.CharField(max_length=2000, blank=True, help_text="empty once its author was erased")
    written_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=CommentState.choices, default=CommentState.OPEN)
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CommentState.OPEN) | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="people_comment_answer_has_words",
            )
        ]
        indexes = [models.Index(fields=["version", "written_at", "id"], name="people_comment_of_version")]
