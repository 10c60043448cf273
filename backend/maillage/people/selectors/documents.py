"""Documents and their versions, narrowed to what the actor may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.people.domain import (
    CHARTER,
    PUBLIC,
    UNDER_WAY,
    WORDINGS,
    Difference,
    DocumentKind,
    VersionState,
    Voice,
    code_slug,
    differences,
    wording_parts,
)
from maillage.people.models import Document, DocumentComment, DocumentText, DocumentVersion, Person
from maillage.people.selectors.organisation import day_of_house

_VOICES = ((Role.ORGANISER, Voice.ORGANISER), (Role.RELAY, Voice.RELAY), (Role.STAND_IN, Voice.STAND_IN))


@dataclass(frozen=True)
class Standing:
    """What somebody may do with documents: as what they speak (None: not at all), whether they write, and see who commented."""

    voice: Voice | None
    writes: bool
    sees_authors: bool


def standing_of(user: Actor, *, now: datetime) -> Standing:
    """Say it of a user: organisers of a whole country and administrators write; only the former see names. Two queries at most."""
    held = set(accounts.running_grants(user, now=now).values_list("role", "area__kind__level"))
    roles = {role for role, _level in held}
    leads = (Role.ORGANISER, 0) in held
    is_person = isinstance(user, User) and Person.objects.filter(user=user).exists()
    voice = next((voice for role, voice in _VOICES if role in roles), Voice.MEMBER) if is_person else None
    return Standing(voice=voice, writes=leads or Role.ADMINISTRATOR in roles, sees_authors=leads)


def document(slug: str) -> Document | None:
    """Return a document by its address; None before its first version was written."""
    return Document.objects.filter(slug=slug).first()


def version_in_force(slug: str = CHARTER) -> DocumentVersion | None:
    """Return the adopted version of a document, with its texts; None while there is none."""
    return _with_texts(DocumentVersion.objects.filter(document__slug=slug, state=VersionState.ADOPTED)).first()


def versions_seen(standing: Standing, slug: str = CHARTER) -> QuerySet[DocumentVersion]:
    """Return the versions of a document that somebody may read, the newest first, with their texts. Two queries."""
    return _with_texts(DocumentVersion.objects.filter(_may_read(standing), document__slug=slug)).order_by("-number")


def house_versions(standing: Standing) -> QuerySet[DocumentVersion]:
    """Return the versions of the organisation's own wordings that somebody may read, the newest first, with their texts. Two queries."""
    return _with_texts(DocumentVersion.objects.filter(_may_read(standing), document__kind=DocumentKind.HOUSE_WORDING)).order_by("-number")


def proposed_wordings(standing: Standing, *, now: datetime) -> list[DocumentVersion]:
    """Return the organisation's own wordings that are open for comments and that somebody may discuss. At most four queries."""
    if standing.voice is None and not standing.writes:
        return []
    is_open = Q(state=VersionState.PROPOSED, comments_until__gte=day_of_house(now))
    return [version for version in house_versions(standing).filter(is_open) if may_discuss(standing, version)]


def version_seen(standing: Standing, version_id: UUID) -> DocumentVersion:
    """Return a version that somebody may read. Raises: NotFound."""
    found = _with_texts(DocumentVersion.objects.filter(_may_read(standing), pk=version_id)).first()
    if found is None:
        raise NotFound(code="version_unknown")
    return found


def public_versions(slug: str = CHARTER) -> QuerySet[DocumentVersion]:
    """Return what anybody reads of a document, the newest first: the version in force and those that it replaced."""
    return _with_texts(DocumentVersion.objects.filter(document__slug=slug, state__in=PUBLIC)).order_by("-number")


def wordings_kept() -> list[Document]:
    """Return the documents that keep wordings, the code's and the organisation's, with what is or was in force. Three queries."""
    public = DocumentVersion.objects.filter(state__in=PUBLIC).prefetch_related("texts").order_by("number")
    kept = Document.objects.filter(kind__in=[DocumentKind.WORDING, DocumentKind.HOUSE_WORDING])
    return list(kept.prefetch_related(Prefetch("versions", queryset=public)).order_by("slug"))


def text_in(version: DocumentVersion, language: str) -> tuple[DocumentText, bool]:
    """Return a version's words in a language, else in the document's own, else in any; and whether that is a fall-back.

    Raises: NotFound where nobody wrote any.
    """
    texts = {text.language: text for text in version.texts.all()}
    chosen = texts.get(language) or texts.get(version.document.default_language) or next(iter(texts.values()), None)
    if chosen is None:
        raise NotFound(code="version_unwritten")
    return chosen, chosen.language != language


def changes_of(version: DocumentVersion, language: str) -> tuple[DocumentVersion | None, list[Difference]]:
    """Compare a version, in a language, with the one in force, or one that was in force with the one before it.

    The organisation's first words for a box are compared with the code's.
    Returns that other version, None where there is none or it was not written in this language, and the paragraphs.
    """
    before = _compared_with(version)
    words, _ = text_in(version, language)
    if before is None:
        return None, differences(words.body, words.body)
    others = {text.language: text.body for text in before.texts.all()}
    if words.language not in others:
        return None, differences(words.body, words.body)
    return before, differences(others[words.language], words.body)


def comments_seen(standing: Standing, version: DocumentVersion) -> QuerySet[DocumentComment]:
    """Return what was said about a version, in order; nothing to who may not read the proposal. Authors are joined."""
    if not may_discuss(standing, version):
        return DocumentComment.objects.none()
    return DocumentComment.objects.filter(version=version).select_related("author", "answered_by__person").order_by("written_at", "id")


def may_discuss(standing: Standing, version: DocumentVersion) -> bool:
    """Say whether somebody reads and writes comments on a version once it is proposed."""
    speaks = standing.voice is not None and (standing.voice != Voice.MEMBER or version.members_comment)
    return version.proposed_at is not None and (standing.writes or speaks)


def wordings_in_code() -> dict[str, dict[int, str]]:
    """Return the versions of wordings that the code knows, by the address of their document and their number."""
    known: dict[str, dict[int, str]] = {}
    for version in WORDINGS:
        slug, number = wording_parts(version)
        known.setdefault(slug, {})[number] = version
    return known


def _may_read(standing: Standing) -> Q:
    seen = Q(state__in=PUBLIC)
    if standing.writes:
        return seen | Q(state__in=[*UNDER_WAY, VersionState.WITHDRAWN])
    proposed = Q(state=VersionState.PROPOSED)
    if standing.voice == Voice.MEMBER:
        return seen | (proposed & Q(members_comment=True))
    return seen | proposed if standing.voice else seen


def _compared_with(version: DocumentVersion) -> DocumentVersion | None:
    others = DocumentVersion.objects.filter(adopted_at__isnull=False).exclude(pk=version.pk)
    if version.adopted_at is not None:
        others = others.filter(adopted_at__lt=version.adopted_at)
    others = others.prefetch_related("texts").order_by("-adopted_at")
    own = others.filter(document=version.document_id)
    if version.document.kind == DocumentKind.CHARTER:
        return own.first()
    stood = own.filter(superseded_at=version.adopted_at)  # still in force, for one that is under way: no instant in either
    return stood.first() or others.filter(document__slug=code_slug(version.document.slug)).first()


def _with_texts(versions: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    return versions.select_related("document").prefetch_related("texts")
