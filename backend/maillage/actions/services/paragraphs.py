"""What a part of the territory adds to a brief that was launched."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import WORDS_MOST, ActionStatus, block_troubles
from maillage.actions.models import LocalParagraph
from maillage.actions.selectors import BLOCKS
from maillage.actions.services.drafts import locked
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.territories.models import Area


def write_paragraph(*, action_id: UUID, area: Area, language: str, words: str, version: int, by: User, now: datetime) -> LocalParagraph:
    """Add a paragraph to a launched action's brief for the seats at and below an area, or change it.

    `version` is the one that was read, 0 where there was none. Who opened the mail before is not written to again.
    Facts: paragraph.written.
    Raises: NotFound (`action_unknown`), Invalid by field, Conflict (`not_running`, `version_conflict`).
    """
    words = words.strip()
    _check(language=language, words=words)
    with transaction.atomic():
        _running(action_id)
        found = LocalParagraph.objects.filter(action_id=action_id, area=area, language=language).first()
        _read(found, version)
        paragraph = found or LocalParagraph(action_id=action_id, area=area, language=language, version=0)
        paragraph.words, paragraph.by, paragraph.changed_at = words, by, now
        paragraph.version += 1
        paragraph.save()
        _record("paragraph.written", paragraph, by=by, now=now)
    return paragraph


def remove_paragraph(*, action_id: UUID, paragraph_id: UUID, version: int, by: User, now: datetime) -> None:
    """Take a paragraph out of a launched action's brief.

    Facts: paragraph.removed.  Raises: NotFound, Conflict (`not_running`, `version_conflict`).
    """
    with transaction.atomic():
        _running(action_id)
        found = LocalParagraph.objects.filter(action_id=action_id, pk=paragraph_id).first()
        if found is None:
            raise NotFound(code="paragraph_unknown")
        _read(found, version)
        _record("paragraph.removed", found, by=by, now=now)
        found.delete()


def _running(action_id: UUID) -> None:
    """Lock an action that runs: two at once write one after the other. Raises: NotFound, Conflict (`not_running`)."""
    if locked(action_id).status != ActionStatus.LAUNCHED:
        raise Conflict(_("Only the brief of a launched action takes a paragraph."), code="not_running")


def _read(found: LocalParagraph | None, version: int) -> None:
    present = found.version if found else 0
    if present != version:
        raise Conflict(
            _("Somebody else has changed this paragraph meanwhile. What you typed is kept; compare before you save."),
            code="version_conflict",
            version=present,
        )


def _check(*, language: str, words: str) -> None:
    fields: dict[str, list[str]] = {}
    if language not in dict(settings.LANGUAGES):
        fields["language"] = [_("We do not write in %(languages)s here.") % {"languages": language}]
    if not words:
        fields["words"] = [_("Write what is to be added.")]
    elif len(words) > WORDS_MOST:
        fields["words"] = [_("At most %(most)s letters fit here.") % {"most": WORDS_MOST}]
    elif troubles := block_troubles(words, known=BLOCKS):
        fields["words"] = troubles
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)


def _record(fact: str, paragraph: LocalParagraph, *, by: User, now: datetime) -> None:
    journal.record(
        fact,
        subject=paragraph,
        at=now,
        actor_id=by.pk,
        action_id=paragraph.action_id,
        area_id=paragraph.area_id,
        language=paragraph.language,
        version=paragraph.version,
    )
