"""The words of a launched brief corrected: a new version, told to who has the old one; and undone before anybody was."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import CHANGED_MOST, LEAVES_AFTER, ActionStatus, leaves_at
from maillage.actions.models import Action, Correction, CorrectionText
from maillage.actions.selectors import corrected_readers, correction_of, former_words
from maillage.actions.services.drafts import Words, check_texts, locked, words_of, write_texts
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient

TELL = "actions.tell_correction"


def correct_action(
    *, action_id: UUID, version: int, texts: Mapping[str, Words], changed: Mapping[str, str], by: User, now: datetime
) -> Correction:
    """Correct the words of a running action that has not changed since `version` was read; `changed` says what, by language.

    Territory and window stay. Who acts and was mailed or opened an older version gets a mail that says what changed, ten minutes
    later, by night at 8:00 of the place; whom a human brought it, is brought that. Whoever else acts reads the new words.
    Facts: action.corrected.  Raises: NotFound, Invalid by field, Conflict (`not_running`, `version_conflict`).
    """
    with transaction.atomic():
        action = _running(action_id, now=now)
        if action.version != version:
            raise _changed_meanwhile(action)
        before = {text.language: words_of(text) for text in action.texts.all()}
        check_texts(texts=texts, default_language=action.default_language, starts_at=action.starts_at, ends_at=action.ends_at)
        after = {language: _stripped(words) for language, words in texts.items()}
        said = {language: words.strip() for language, words in changed.items() if words.strip()}
        _check(before, after, said, default_language=action.default_language)
        _put(action, after)
        readers = corrected_readers(action, before=action.version)
        instants = {leaves_at(now=now, zone=one.assignment.seat.area.time_zone) for one in readers.told}
        correction = Correction.objects.create(
            action=action, version=action.version, by=by, corrected_at=now, leaves_at=min(instants, default=now + LEAVES_AFTER)
        )
        CorrectionText.objects.bulk_create(
            CorrectionText(correction=correction, language=language, changed=said.get(language, ""), **before.get(language, {}))
            for language in after
        )
        _tell_later(correction, instants)
        journal.record(
            "action.corrected",
            subject=action,
            at=now,
            actor_id=by.pk,
            correction_id=correction.pk,
            version=action.version,
            languages=sorted(language for language in after if after[language] != before.get(language)),
        )
    return correction


def undo_correction(*, action_id: UUID, correction_id: UUID, by: User, now: datetime) -> Correction:
    """Put the words back that a correction changed, until the first mails leave; that is another version. Safe to repeat.

    Who was mailed or opened the corrected words meanwhile is told that they were taken back; nobody else learns of it.
    Facts: action.corrected.  Raises: NotFound, Conflict (`not_running`, `version_conflict`, `too_late`).
    """
    with transaction.atomic():
        action = _running(action_id, now=now)
        correction = correction_of(action_id, correction_id)
        if correction.undone_at is not None:
            return correction
        if action.version != correction.version:
            raise _changed_meanwhile(action)
        if correction.leaves_at <= now:
            raise Conflict(_("Its mails have left: correct it once more instead."), code="too_late")
        _put(action, former_words(correction))
        correction.undone_at, correction.undone_by = now, by
        correction.save(update_fields=["undone_at", "undone_by"])
        readers = corrected_readers(action, before=action.version, of_version=correction.version)
        messaging.queue_messages("actions.corrected", _recipients(correction, {one.person_id for one in readers.told}), now=now)
        journal.record(
            "action.corrected", subject=action, at=now, actor_id=by.pk, correction_id=correction.pk, version=action.version, is_undone=True
        )
    return correction


def tell_correction(*, correction_id: UUID, now: datetime) -> int:
    """Tell whoever has older words where it is day by now; where it is night, in the morning. Say how many. Safe to run twice."""
    with transaction.atomic():
        whole = Correction.objects.select_for_update(of=("self",)).select_related("action")
        correction = whole.filter(pk=correction_id, undone_at__isnull=True).first()
        if correction is None or correction.action.ends_at <= now:
            return 0
        readers = corrected_readers(correction.action, before=correction.version)
        mornings = {one.person_id: by_day(now, one.assignment.seat.area.time_zone) for one in readers.told}
        due = {person_id for person_id, morning in mornings.items() if morning == now}
        _tell_later(correction, {morning for morning in mornings.values() if morning > now})
        return messaging.queue_messages("actions.corrected", _recipients(correction, due), now=now)


def _running(action_id: UUID, *, now: datetime) -> Action:
    action = locked(action_id)
    if action.status != ActionStatus.LAUNCHED or action.ends_at <= now:
        raise Conflict(_("Only the brief of a running action is corrected."), code="not_running")
    return action


def _changed_meanwhile(action: Action) -> Conflict:
    return Conflict(
        _("Somebody else has changed this action meanwhile. What you typed is kept; compare before you save."),
        code="version_conflict",
        version=action.version,
    )


def _put(action: Action, texts: Mapping[str, Words]) -> None:
    """Write other words of a locked action as its next version."""
    action.texts.all().delete()
    write_texts(action, texts)
    action.version += 1
    action.save(update_fields=["version"])


def _stripped(words: Words) -> Words:
    return {name: words.get(name, "").strip() for name in ("title", "summary", "brief")}


def _check(before: Mapping[str, Words], after: Mapping[str, Words], said: Mapping[str, str], *, default_language: str) -> None:
    found: dict[str, list[str]] = {}
    for language in before.keys() - after.keys():
        found[f"texts.{language}"] = [_("Some have read it in this language: it stays.")]
    if before == after:
        found["texts"] = [_("Nothing differs from what they read.")]
    if not said.get(default_language):
        found[f"changed.{default_language}"] = [_("Say in a sentence what changed: who read the old words gets it.")]
    for language, words in said.items():
        if len(words) > CHANGED_MOST:
            found[f"changed.{language}"] = [_("At most 280 letters fit here.")]
    if found:
        raise Invalid(_("Some fields need another look."), fields=found)


def _tell_later(correction: Correction, instants: set[datetime]) -> None:
    for instant in sorted(instants):
        journal.jobs.enqueue(TELL, run_at=instant, correction_id=correction.pk)


def _recipients(correction: Correction, person_ids: set[UUID]) -> list[Recipient]:
    return [Recipient(person_id=person_id, about_id=correction.pk) for person_id in sorted(person_ids)]
