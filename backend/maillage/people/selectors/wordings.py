"""What people agree to now, and what they agreed to once: the code's words, or those that the organisation wrote in their place.

The code knows each box and says what is read beside it; where the organisation adopted words of its own, these are in force (ADR 26).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid
from maillage.people.domain import (
    WORDINGS,
    ConsentAct,
    DocumentKind,
    VersionState,
    Wording,
    code_slug,
    house_slug,
    is_on_paper,
    newest_in_code,
    wording_parts,
)
from maillage.people.models import Consent, DocumentText, DocumentVersion
from maillage.people.selectors.documents import wordings_in_code, wordings_kept


def wordings_in_force() -> dict[str, Wording]:
    """Return what is read beside each box now, by purpose. One query."""
    written = _written(Q(version__document__kind=DocumentKind.HOUSE_WORDING, version__state=VersionState.ADOPTED))
    own = {wording_parts(version)[0]: (version, texts) for version, texts in written.items()}
    return {
        purpose: _in_place_of(wording, *own[slug]) if (slug := house_slug(wording.slug)) in own else wording
        for purpose, wording in newest_in_code().items()
    }


def wording_in_force(purpose: str) -> Wording:
    """Return what is read beside the box of a purpose now. One query. Raises: KeyError where no box asks for it."""
    return wordings_in_force()[purpose]


def wordings_on_paper(printed: Collection[str] = ()) -> dict[str, Wording]:
    """Return what the boxes of a paper say, by purpose: what is in force, or the versions that were printed on an older one.

    Raises: Invalid (`wordings`: a version that no paper carries, or two of one box). At most two queries.
    """
    known = {version: wording for version, wording in wordings_known(printed).items() if is_on_paper(wording)}
    if unknown := sorted(set(printed) - known.keys()):
        raise Invalid(fields={"wordings": [_("No paper says this: %(version)s.") % {"version": unknown[0]}]})
    older = {wording.purpose: wording for wording in known.values()}
    if len(older) < len(known):
        raise Invalid(fields={"wordings": [_("A paper says one thing beside each box: choose one version of each.")]})
    return {purpose: wording for purpose, wording in wordings_in_force().items() if is_on_paper(wording)} | older


@dataclass(frozen=True)
class WordingRow:
    """One version of a wording: what it says, from when to when it was in force, and whether it ever was, as far as the tables know."""

    version: str
    text: str
    since: datetime | None
    until: datetime | None
    is_in_force: bool
    was_in_force: bool


@dataclass(frozen=True)
class WordingHistory:
    """A wording and its versions: what is in force first, then the newest.

    `is_behind`: the software changed its own words after the organisation adopted those in force.
    """

    slug: str
    title: str
    rows: list[WordingRow]
    is_behind: bool


def wording_histories() -> list[WordingHistory]:
    """Return each wording with what the code says of it, what only the tables still know, and what the organisation wrote.

    In the language in use. Three queries.
    """
    in_code = wordings_in_code()
    kept: dict[str, dict[str, DocumentVersion]] = {}
    for document in wordings_kept():
        versions = {f"{document.slug}.{version.number}": version for version in document.versions.all()}
        kept.setdefault(code_slug(document.slug), {}).update(versions)
    return [_history(slug, set(in_code.get(slug, {}).values()), kept.get(slug, {})) for slug in sorted(in_code.keys() | kept.keys())]


def _history(slug: str, in_code: Set[str], kept: Mapping[str, DocumentVersion]) -> WordingHistory:
    own = [version for name, version in kept.items() if wording_parts(name)[0] != slug]
    adopted = next((version for version in own if version.state == VersionState.ADOPTED), None)
    newest = max(in_code or {name for name in kept if wording_parts(name)[0] == slug}, key=wording_parts, default="")
    in_force = f"{house_slug(slug)}.{adopted.number}" if adopted else newest
    arrived = kept[newest].adopted_at if newest in kept else None
    rows = [_row(name, kept.get(name), own=own, is_in_force=name == in_force) for name in in_code | kept.keys()]
    ever = datetime.min.replace(tzinfo=UTC)
    return WordingHistory(
        slug=slug,
        title=str(WORDINGS[newest].title) if newest in WORDINGS else "",
        rows=sorted(rows, key=lambda row: (row.is_in_force, row.since or ever, wording_parts(row.version)), reverse=True),
        is_behind=bool(adopted and adopted.adopted_at and arrived and arrived > adopted.adopted_at),
    )


def _row(name: str, version: DocumentVersion | None, *, own: Sequence[DocumentVersion], is_in_force: bool) -> WordingRow:
    """A row of the history. The code's words make room for the organisation's, perhaps more than once: then their days are not said."""
    texts = {text.language: text.body for text in version.texts.all()} if version else {}
    text = texts.get(get_language() or "") or (str(WORDINGS[name].text) if name in WORDINGS else next(iter(texts.values()), ""))
    says_when = version is not None and (version in own or not own)
    return WordingRow(
        version=name,
        text=text,
        since=version.adopted_at if version and says_when else None,
        until=version.superseded_at if version and says_when else None,
        is_in_force=is_in_force,
        was_in_force=is_in_force or version is None or version in own or not any(_covers(other, version) for other in own),
    )


def _covers(own: DocumentVersion, code: DocumentVersion) -> bool:
    """Say whether the code's words were never read, since the organisation's stood in their place all the while."""
    if own.adopted_at is None or code.adopted_at is None or own.adopted_at > code.adopted_at:
        return False
    return own.superseded_at is None or (code.superseded_at is not None and own.superseded_at >= code.superseded_at)


def standing_wordings() -> list[Wording]:
    """Return what is given or taken back on any way to be reached, apart from any form of a hall: on paper, from a list, on one's page."""
    return [wording for wording in wordings_in_force().values() if wording.is_standing and wording.only_by is None]


def standing_wording(purpose: str) -> Wording | None:
    """Return the text that stands for a purpose; None where it comes with a form only, or is unknown."""
    wording = wordings_in_force().get(purpose)
    return wording if wording and wording.is_standing else None


def wordings_known(versions: Iterable[str]) -> dict[str, Wording]:
    """Return the wordings that these versions name, in their order, as they read when they were agreed to.

    Those that left the code are read from the tables; what nobody knows, and what belongs to no box any more, is left out.
    At most one query, none where the code knows them all.
    """
    wanted = list(dict.fromkeys(versions))
    boxes = {wording.slug: wording for wording in newest_in_code().values()}
    slugs = {version: version.rpartition(".")[0] for version in wanted if version not in WORDINGS}
    written: dict[str, dict[str, str]] = {}
    if kept := {slug for slug in slugs.values() if code_slug(slug) in boxes}:
        written = _written(Q(version__adopted_at__isnull=False, version__document__slug__in=kept))
    found = {}
    for version in wanted:
        if version in WORDINGS:
            found[version] = WORDINGS[version]
        elif version in written:
            found[version] = _in_place_of(boxes[code_slug(slugs[version])], version, written[version])
    return found


def wordings_read(person_id: UUID, *, upto: int | None = None) -> dict[tuple[str, str], Wording]:
    """Return what a person read when they last agreed, by purpose and way, where its version is known; `upto` a line of the log.

    Two queries at most.
    """
    given = Consent.objects.filter(person_id=person_id, act=ConsentAct.GIVEN).order_by("purpose", "channel", "-id")
    lines = given if upto is None else given.filter(id__lte=upto)
    read = {(line.purpose, line.channel): line.wording for line in lines.distinct("purpose", "channel")}
    known = wordings_known(read.values())
    return {key: known[version] for key, version in read.items() if version in known}


def _written(which: Q) -> dict[str, dict[str, str]]:
    """Return words that the tables keep, by version and language."""
    rows = DocumentText.objects.filter(which)
    found: dict[str, dict[str, str]] = {}
    for slug, number, language, body in rows.values_list("version__document__slug", "version__number", "language", "body"):
        found.setdefault(f"{slug}.{number}", {})[language] = body
    return found


def _in_place_of(wording: Wording, version: str, texts: Mapping[str, str]) -> Wording:
    return replace(wording, version=version, text=_in_language(texts))


def _said(texts: Mapping[str, str]) -> str:
    return texts.get(get_language() or "") or next(iter(texts.values()))


_in_language = lazy(_said, str)
"""Words that are read in the language of whoever reads them, as the code's are."""
