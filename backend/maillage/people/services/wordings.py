"""The wordings of forms, which stand in the code, kept as documents: the proof of what was read outlives the code."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise as LazyText

from maillage import journal
from maillage.people.domain import WORDINGS, DocumentKind, VersionState
from maillage.people.models import Document, DocumentText, DocumentVersion
from maillage.people.models.organisation import every_language
from maillage.people.selectors.documents import wordings_in_code

logger = logging.getLogger(__name__)


def keep_wordings(*, now: datetime) -> int:
    """Write down each version of a wording that the code knows and the tables do not, as it reads in each language; say how many.

    The highest number of a document is in force. What is kept is never changed: where the code says something else under the
    same version, that is a defect, told to the operators. Facts: wording.kept, wording.differed.
    """
    kept = 0
    for slug, numbers in sorted(wordings_in_code().items()):
        with transaction.atomic():
            Document.objects.get_or_create(slug=slug, defaults={"kind": DocumentKind.WORDING, "created_at": now})
            document = Document.objects.select_for_update(of=("self",)).get(slug=slug)
            known = {version.number: version for version in document.versions.prefetch_related("texts")}
            for number, name in sorted(numbers.items()):
                if number in known:
                    _compare(known[number], name, now=now)
                    continue
                _keep(document, number, name, now=now)
                kept += 1
    return kept


def in_every_language(text: str | LazyText) -> dict[str, str]:
    """Return how a text reads, by language."""
    said = {}
    for language in every_language():
        with translation.override(language):
            said[language] = str(text)
    return said


def _keep(document: Document, number: int, name: str, *, now: datetime) -> None:
    newer = document.versions.filter(number__gt=number).exists()
    if not newer:
        document.versions.filter(state=VersionState.ADOPTED).update(state=VersionState.SUPERSEDED, superseded_at=now)
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        state=VersionState.SUPERSEDED if newer else VersionState.ADOPTED,
        created_at=now,
        adopted_at=now,
        superseded_at=now if newer else None,
    )
    DocumentText.objects.bulk_create(
        DocumentText(version=version, language=language, title=name, body=words)
        for language, words in in_every_language(WORDINGS[name].text).items()
    )
    journal.record("wording.kept", subject=version, at=now, wording=name)


def _compare(version: DocumentVersion, name: str, *, now: datetime) -> None:
    said = in_every_language(WORDINGS[name].text)
    kept = {text.language: text.body for text in version.texts.all()}
    if differing := sorted(language for language in kept.keys() & said.keys() if kept[language] != said[language]):
        logger.error("the wording %s no longer reads as it was agreed to, in %s: give it a new version", name, ", ".join(differing))
        journal.record("wording.differed", subject=version, at=now, wording=name)
