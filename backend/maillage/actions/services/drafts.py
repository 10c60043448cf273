"""Writing an action before it is launched."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import BEFORE_LAUNCH, ScheduleStatus, VacantRule, block_troubles
from maillage.actions.models import Action, ActionText, Schedule
from maillage.actions.selectors import BLOCKS
from maillage.actions.services.settling import overtake_request
from maillage.advocacy import services as advocacy
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.relays.models import RelayNetwork

Words = Mapping[str, str]
"""One language's `title`, `summary` and `brief` (markdown)."""


def draft_action(
    *,
    network: RelayNetwork,
    texts: Mapping[str, Words],
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    now: datetime,
    default_language: str = "",
    subject_id: UUID | None = None,
    vacant_rule: VacantRule = VacantRule.WORKLIST,
) -> Action:
    """Begin an action for a network, seen by organisers only until it is launched. Its reports tell where each stands on the subject.

    Facts: action.drafted.  Raises: Invalid by field, Conflict (`subject_closed`).
    """
    default_language = default_language or network.default_language
    check_texts(texts=texts, default_language=default_language, starts_at=starts_at, ends_at=ends_at)
    with transaction.atomic():
        if subject_id is not None:
            advocacy.require_open_subject(subject_id)
        action = Action.objects.create(
            network=network,
            subject_id=subject_id,
            vacant_rule=vacant_rule,
            default_language=default_language,
            starts_at=starts_at,
            ends_at=ends_at,
            created_by=by,
            created_at=now,
        )
        write_texts(action, texts)
        journal.record("action.drafted", subject=action, at=now, actor_id=by.pk if by else None, network_id=network.pk)
    return action


def edit_action(
    *,
    action_id: UUID,
    version: int,
    by: User,
    now: datetime,
    texts: Mapping[str, Words] | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    default_language: str | None = None,
    subject_id: UUID | Literal["", "as_it_was"] = "as_it_was",
    vacant_rule: VacantRule | None = None,
) -> Action:
    """Change a draft that has not changed since `version` was read; texts given replace all texts, an empty subject takes it away.

    What a second person is asked of the launch, and what one said yes to, ends with it: they read another text. The hour at which it
    leaves stays.
    Facts: action.edited.  Raises: NotFound, Invalid, Conflict (`version_conflict`, `already_launched`, `subject_closed`).
    """
    with transaction.atomic():
        action = locked(action_id)
        if action.status not in BEFORE_LAUNCH:
            raise Conflict(_("This action has been launched: its brief has left and changes no more."), code="already_launched")
        if action.version != version:
            raise Conflict(
                _("Somebody else has changed this action meanwhile. What you typed is kept; compare before you save."),
                code="version_conflict",
                version=action.version,
            )
        action.starts_at = starts_at or action.starts_at
        action.ends_at = ends_at or action.ends_at
        action.default_language = default_language or action.default_language
        action.vacant_rule = vacant_rule or action.vacant_rule
        if subject_id != "as_it_was" and (subject_id or None) != action.subject_id:
            action.subject_id = advocacy.require_open_subject(subject_id).pk if subject_id else None
        kept = texts if texts is not None else {text.language: words_of(text) for text in action.texts.all()}
        check_texts(texts=kept, default_language=action.default_language, starts_at=action.starts_at, ends_at=action.ends_at)
        if Schedule.objects.filter(action=action, status=ScheduleStatus.WAITING, launch_at__gte=action.ends_at).exists():
            raise Invalid(
                _("Some fields need another look."), fields={"ends_at": [_("It is set to leave later than that. Move its hour first.")]}
            )
        action.version += 1
        action.save(update_fields=["starts_at", "ends_at", "default_language", "subject", "vacant_rule", "version"])
        if texts is not None:
            action.texts.all().delete()
            write_texts(action, texts)
        overtake_request(action, by=by, now=now)
        journal.record("action.edited", subject=action, at=now, actor_id=by.pk, version=action.version)
    return action


def locked(action_id: UUID) -> Action:
    """Return an action, locked until the transaction ends. Raises: NotFound."""
    action = Action.objects.select_for_update(of=("self",)).filter(pk=action_id).first()
    if action is None:
        raise NotFound(code="action_unknown")
    return action


def check_texts(*, texts: Mapping[str, Words], default_language: str, starts_at: datetime, ends_at: datetime) -> None:
    """Stop where texts or a window are not fit to be read. Raises: Invalid by field."""
    fields: dict[str, list[str]] = {}
    if ends_at <= starts_at:
        fields["ends_at"] = [_("The end comes after the start.")]
    if unknown := sorted(set(texts) - dict(settings.LANGUAGES).keys()):
        fields["texts"] = [_("We do not write in %(languages)s here.") % {"languages": ", ".join(unknown)}]
    if default_language not in texts:
        fields[f"texts.{default_language}"] = [_("Write the brief in the default language.")]
    for language, words in texts.items():
        if not words["title"].strip():
            fields[f"texts.{language}.title"] = [_("Give the action a title.")]
        if not words["brief"].strip():
            fields[f"texts.{language}.brief"] = [_("Write what is asked: it is what the relay reads.")]
        elif troubles := block_troubles(words["brief"].strip(), known=BLOCKS):
            fields[f"texts.{language}.brief"] = troubles
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)


def write_texts(action: Action, texts: Mapping[str, Words]) -> None:
    """Insert an action's words in each language."""
    ActionText.objects.bulk_create(
        ActionText(
            action=action,
            language=language,
            title=words["title"].strip(),
            summary=words.get("summary", "").strip(),
            brief=words["brief"].strip(),
        )
        for language, words in texts.items()
    )


def words_of(text: ActionText) -> Words:
    """Say the words of one language as they are written."""
    return {"title": text.title, "summary": text.summary, "brief": text.brief}
