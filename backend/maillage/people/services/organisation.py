"""The organisation described, opened to the public, closed again."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid
from maillage.people.domain import LegalKind
from maillage.people.domain.opening import unmet_conditions
from maillage.people.models import Controller, Organisation
from maillage.people.selectors.organisation import forget_held
from maillage.territories.models import Area


def describe_organisation(
    *,
    name: str,
    country: str,
    legal_kind: LegalKind,
    languages: Sequence[str],
    now: datetime,
    address: str = "",
    email: str = "",
    officer: str = "",
    publisher: str = "",
    host: str = "",
    by: User | None = None,
) -> Organisation:
    """Keep who runs this installation; consents given from now on name it, those given before keep the name that was read.

    `languages`: codes offered to the public, the usual one first. `country`: ISO code of a loaded territory.
    Facts: organisation.described.  Raises: Invalid (unknown country or language), Conflict (`notice_incomplete`: an open
    site loses nothing of its notices; what they lacked already does not stop it).
    """
    _check(country=country, languages=languages)
    with transaction.atomic():
        controller, _is_new = Controller.objects.get_or_create(name=name.strip())
        known = Organisation.objects.select_for_update().first()
        organisation = Organisation(
            controller=controller,
            country=country,
            legal_kind=legal_kind,
            languages=list(languages),
            address=address.strip(),
            email=email.strip(),
            officer=officer.strip(),
            publisher=publisher.strip(),
            host=host.strip(),
            opened_at=known.opened_at if known else None,
        )
        if organisation.is_open:
            _refuse_incomplete(organisation, lacked=known.missing if known else [])
        organisation.save(force_insert=known is None, force_update=known is not None)
        journal.record("organisation.described", subject=controller, at=now, actor_id=by.pk if by else None)
        transaction.on_commit(forget_held)
    return organisation


def open_to_public(*, now: datetime, by: User | None = None) -> Organisation:
    """Let the public in, once the notices are whole and what halls ask for is so; open already, it stays so.

    Facts: organisation.opened.  Raises: Conflict (`not_described`, `notice_incomplete` and `conditions_unmet` with `missing`).
    """
    with transaction.atomic():
        organisation = _locked()
        if not organisation.is_open:
            _refuse_incomplete(organisation)
            _refuse_unmet(now)
            organisation.opened_at = now
            organisation.save(update_fields=["opened_at"])
            journal.record("organisation.opened", subject=organisation.controller, at=now, actor_id=by.pk if by else None)
        transaction.on_commit(forget_held)
    return organisation


def close_to_public(*, now: datetime, by: User | None = None) -> Organisation:
    """Show the public a page that says so; who is signed in goes on, and links in mails go on working.

    Facts: organisation.closed.  Raises: Conflict (`not_described`).
    """
    with transaction.atomic():
        organisation = _locked()
        if organisation.is_open:
            organisation.opened_at = None
            organisation.save(update_fields=["opened_at"])
            journal.record("organisation.closed", subject=organisation.controller, at=now, actor_id=by.pk if by else None)
        transaction.on_commit(forget_held)
    return organisation


def holds_open() -> bool:
    """Say whether the public is in, and let nobody open or close before the caller's transaction ends."""
    held = Organisation.objects.select_for_update(of=("self",)).first()  # closed too: what opens it waits
    return held is not None and held.is_open


def _locked() -> Organisation:
    organisation = Organisation.objects.select_for_update(of=("self",)).select_related("controller").first()
    if organisation is None:
        raise Conflict(_("Say first who runs this site."), code="not_described")
    return organisation


def _refuse_incomplete(organisation: Organisation, *, lacked: Collection[str] = ()) -> None:
    if missing := [field for field in organisation.missing if field not in lacked]:
        raise Conflict(_("The notices are not complete: nothing is public without them."), code="notice_incomplete", missing=missing)


def _refuse_unmet(now: datetime) -> None:
    if unmet := unmet_conditions(now):
        raise Conflict(
            _("Something is left to do before the public comes in. %(what)s") % {"what": unmet[0].text},
            code="conditions_unmet",
            missing=[condition.name for condition in unmet],
        )


def _check(*, country: str, languages: Sequence[str]) -> None:
    known = dict(settings.LANGUAGES)
    if not languages or len(set(languages)) != len(languages) or not set(languages) <= set(known):
        raise Invalid(code="unknown_language", fields={"languages": [_("Choose at least one of the languages of the site, each once.")]})
    if not Area.objects.filter(kind__level=0, country=country).exists():
        raise Invalid(code="unknown_country", fields={"country": [_("The territory of this country is not loaded.")]})
