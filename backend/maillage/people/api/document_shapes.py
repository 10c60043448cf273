"""The charter and its versions as the API says them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language
from rest_framework import serializers

from maillage.accounts.models import User
from maillage.kernel.markdown import safe_html
from maillage.people import policies, selectors, services
from maillage.people.domain import CHARTER, TYPED_FROM, UNDER_WAY, DocumentKind, VersionState, bound_by, code_slug
from maillage.people.models import DocumentVersion
from maillage.people.selectors import Standing
from maillage.people.selectors.organisation import organisation

LONGEST_BODY = 40_000


class VersionTextIn(serializers.Serializer[Any]):
    """A version's words in one language; a draft may be half written."""

    title = serializers.CharField(max_length=200, allow_blank=True)
    summary = serializers.CharField(max_length=500, allow_blank=True, default="", help_text="what changes, and why")
    body = serializers.CharField(max_length=LONGEST_BODY, allow_blank=True, help_text="markdown")


class VersionTextOut(serializers.Serializer[Any]):
    """A version's words in one language."""

    title = serializers.CharField()
    summary = serializers.CharField()
    body = serializers.CharField(help_text="markdown")


class VersionRowOut(serializers.Serializer[Any]):
    """A version of the charter, in short, in the reader's language where it was written."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=VersionState.choices)
    title = serializers.CharField()
    language = serializers.CharField()
    is_fallback = serializers.BooleanField(help_text="it was not written in the language that was asked for")
    created_at = serializers.DateTimeField()
    proposed_at = serializers.DateTimeField(allow_null=True)
    comments_until = serializers.DateField(allow_null=True, help_text="the last day on which it takes comments")
    members_comment = serializers.BooleanField()
    adopted_at = serializers.DateTimeField(allow_null=True)
    agree_by = serializers.DateField(allow_null=True)
    superseded_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class OwnAgreementOut(serializers.Serializer[Any]):
    """Where I stand with the version in force."""

    agreed_at = serializers.DateTimeField(allow_null=True)
    is_asked = serializers.BooleanField(help_text="I hold something under it, and have not agreed yet")


class CharterAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with the charter."""

    draft = serializers.BooleanField(help_text="begin the next version")


class CharterOut(serializers.Serializer[Any]):
    """The charter as the reader finds it."""

    languages = serializers.ListField(child=serializers.CharField(), help_text="in which it may be written, its own first")
    in_force = VersionRowOut(allow_null=True)
    under_way = VersionRowOut(allow_null=True)
    versions = VersionRowOut(many=True, help_text="all that the reader may read, the newest first")
    proposed_wordings = VersionRowOut(many=True, help_text="words beside boxes of forms that the reader may read and comment on")
    mine = OwnAgreementOut()
    abilities = CharterAbilitiesOut()


class PieceOut(serializers.Serializer[Any]):
    """Some words of a paragraph that changed."""

    kind = serializers.ChoiceField(choices=["same", "added", "removed"])
    text = serializers.CharField(trim_whitespace=False)


class ParagraphOut(serializers.Serializer[Any]):
    """A paragraph, and what became of it since the version compared with."""

    kind = serializers.ChoiceField(choices=["same", "added", "removed", "changed"])
    index = serializers.IntegerField(allow_null=True, help_text="its place in this version; null where it was removed")
    html = serializers.CharField(help_text="safe to show as it is")
    pieces = PieceOut(many=True)


class VersionAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a version."""

    edit = serializers.BooleanField()
    propose = serializers.BooleanField()
    adopt = serializers.BooleanField()
    withdraw = serializers.BooleanField()
    see_comments = serializers.BooleanField()
    comment = serializers.BooleanField()
    answer = serializers.BooleanField()
    agree = serializers.BooleanField()


class VersionOut(VersionRowOut):
    """A version, whole."""

    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    wording = serializers.CharField(help_text="the address of the wording in whose place it stands; empty for the charter")
    revision = serializers.IntegerField()
    summary = serializers.CharField(help_text="what changes, and why")
    paragraphs = ParagraphOut(many=True)
    compared_with = serializers.IntegerField(allow_null=True, help_text="number of the version that `paragraphs` compares it with")
    texts = serializers.DictField(child=VersionTextOut(), help_text="by language")
    agreed_at = serializers.DateTimeField(allow_null=True, help_text="when I agreed to it")
    to_ask = serializers.IntegerField(allow_null=True, help_text="how many people adopting it would ask to agree; for who may adopt")
    asks_for_number = serializers.BooleanField(help_text="adopting it asks to type that number")
    abilities = VersionAbilitiesOut()


class VersionChangeIn(serializers.Serializer[Any]):
    """The words as they are now, and the revision that was read."""

    revision = serializers.IntegerField(min_value=1)
    texts = serializers.DictField(child=VersionTextIn(), help_text="by language; replaces all of them")


class ProposalIn(serializers.Serializer[Any]):
    """Until when a version takes comments, and whose."""

    comments_until = serializers.DateField()
    members_comment = serializers.BooleanField(default=False)


class AdoptionIn(serializers.Serializer[Any]):
    """Until when people are asked to agree, and how many were shown; a wording asks nobody."""

    agree_by = serializers.DateField(required=False, allow_null=True, default=None)
    expected = serializers.IntegerField(min_value=0, required=False, allow_null=True, default=None)


class BodyIn(serializers.Serializer[Any]):
    """A text as it is being written."""

    body = serializers.CharField(max_length=LONGEST_BODY, allow_blank=True)


class BodyOut(serializers.Serializer[Any]):
    """The text as it will be read."""

    html = serializers.CharField(help_text="safe to show as it is")


def version_row(version: DocumentVersion, language: str) -> dict[str, Any]:
    """A version in short, in a language."""
    texts = list(version.texts.all())
    words, is_fallback = selectors.text_in(version, language) if texts else (None, False)
    return {
        "id": version.pk,
        "number": version.number,
        "state": version.state,
        "title": words.title if words else "",
        "language": words.language if words else version.document.default_language,
        "is_fallback": is_fallback,
        "created_at": version.created_at,
        "proposed_at": version.proposed_at,
        "comments_until": version.comments_until,
        "members_comment": version.members_comment,
        "adopted_at": version.adopted_at,
        "agree_by": version.agree_by,
        "superseded_at": version.superseded_at,
        "withdrawn_at": version.withdrawn_at,
    }


def _mine(user: User, version_id: UUID | None) -> dict[str, Any]:
    person_id = selectors.own_person_id(user) if version_id else None
    if version_id is None or person_id is None:
        return {"agreed_at": None, "is_asked": False}
    agreed = selectors.agreement_of(person_id, version_id)
    return {"agreed_at": agreed.at if agreed else None, "is_asked": agreed is None and person_id in bound_by(DocumentKind.CHARTER)}


def _abilities(version: DocumentVersion, standing: Standing, *, instant: datetime, has_agreed: bool) -> dict[str, bool]:
    return policies.version_abilities(
        state=version.state,
        writes=standing.writes,
        discusses=selectors.may_discuss(standing, version),
        speaks=standing.voice is not None,
        takes_comments=services.takes_comments(version, now=instant),
        agrees=not has_agreed,
        kind=version.document.kind,
    )


def charter(user: User, *, instant: datetime) -> dict[str, Any]:
    """The charter as one reader has it: in force, under way where they may read it, and where they stand."""
    standing = selectors.standing_of(user, now=instant)
    language = get_language() or settings.LANGUAGE_CODE
    versions = list(selectors.versions_seen(standing))
    rows = [version_row(version, language) for version in versions]
    in_force = next((row for row in rows if row["state"] == VersionState.ADOPTED), None)
    under_way = next((row for row in rows if row["state"] in UNDER_WAY), None)
    known = selectors.document(CHARTER)
    own = known.default_language if known else organisation().languages[0]
    return {
        "languages": sorted(organisation().languages, key=lambda code: code != own),
        "in_force": in_force,
        "under_way": under_way,
        "versions": rows,
        "proposed_wordings": [version_row(version, language) for version in selectors.proposed_wordings(standing, now=instant)],
        "mine": _mine(user, in_force["id"] if in_force else None),
        "abilities": {"draft": standing.writes and under_way is None},
    }


def _drawn(version: DocumentVersion, words: str) -> str:
    """A paragraph as it will be read: drawn from markdown, but for a wording, which stands beside a box word for word."""
    return safe_html(words) if version.document.kind == DocumentKind.CHARTER else format_html("<p>{}</p>", words)


def version_page(user: User, version_id: UUID, *, instant: datetime, language: str) -> dict[str, Any]:
    """One version, with what changed since the one before.  Raises: NotFound for one that the reader may not see."""
    standing = selectors.standing_of(user, now=instant)
    version = selectors.version_seen(standing, version_id)
    person_id = selectors.own_person_id(user)
    agreed = selectors.agreement_of(person_id, version.pk) if person_id else None
    abilities = _abilities(version, standing, instant=instant, has_agreed=agreed is not None)
    to_ask = len(bound_by(version.document.kind)) if abilities["adopt"] else None
    texts = {text.language: text for text in version.texts.all()}
    before, changes = selectors.changes_of(version, language) if texts else (None, [])
    words = selectors.text_in(version, language)[0] if texts else None
    return {
        **version_row(version, language),
        "kind": version.document.kind,
        "wording": "" if version.document.kind == DocumentKind.CHARTER else code_slug(version.document.slug),
        "revision": version.revision,
        "summary": words.summary if words else "",
        "paragraphs": [
            {
                "kind": change.kind,
                "index": change.index,
                "html": _drawn(version, change.text),
                "pieces": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
            }
            for change in changes
        ],
        "compared_with": before.number if before else None,
        "texts": {text.language: {"title": text.title, "summary": text.summary, "body": text.body} for text in texts.values()},
        "agreed_at": agreed.at if agreed else None,
        "to_ask": to_ask,
        "asks_for_number": to_ask is not None and to_ask >= TYPED_FROM,
        "abilities": abilities,
    }
