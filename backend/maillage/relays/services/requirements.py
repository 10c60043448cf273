"""What a network requires of whoever will hold a seat."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.text import fold, typed
from maillage.relays.models import RelayNetwork, RequiredQualification, RequiredQualificationText

LONGEST_CODE = 64


def require_qualification(*, network_id: UUID, names: Mapping[str, str], by: User, now: datetime, code: str = "") -> RequiredQualification:
    """Ask from now on for a qualification before a term; who holds a seat already goes on. Again with its code, its names change.

    `names` by language, the network's own among them; without a `code` it is made from that name.
    Facts: qualification.required.  Raises: NotFound, Invalid by field.
    """
    with transaction.atomic():
        network = RelayNetwork.objects.select_for_update(of=("self",), no_key=True).filter(pk=network_id).first()
        if network is None:
            raise NotFound(code="network_unknown")
        said = {language: " ".join(typed(name).split()) for language, name in names.items() if name.strip()}
        if network.default_language not in said:
            raise Invalid(fields={f"names.{network.default_language}": [_("Say what it is called: applicants read it.")]})
        if not set(said) <= dict(settings.LANGUAGES).keys():
            raise Invalid(fields={"names": [_("We do not write in %(languages)s here.") % {"languages": ", ".join(sorted(said))}]})
        known_as = code or fold(said[network.default_language]).replace(" ", "-")[:LONGEST_CODE].strip("-")
        if not known_as:
            raise Invalid(fields={f"names.{network.default_language}": [_("Say what it is called: applicants read it.")]})
        required, _is_new = RequiredQualification.objects.get_or_create(network=network, code=known_as, defaults={"required_at": now})
        required.texts.all().delete()
        RequiredQualificationText.objects.bulk_create(
            RequiredQualificationText(required=required, language=language, name=name) for language, name in said.items()
        )
        journal.record("qualification.required", subject=required, at=now, actor_id=by.pk, network_id=network.pk, code=known_as)
    return required


def drop_requirement(*, network_id: UUID, code: str, by: User, now: datetime) -> None:
    """Ask for it no more; what people have stays theirs. Facts: qualification.unrequired.  Raises: NotFound."""
    with transaction.atomic():
        required = RequiredQualification.objects.select_for_update(of=("self",)).filter(network_id=network_id, code=code).first()
        if required is None:
            raise NotFound(code="not_required")
        journal.record("qualification.unrequired", subject=required, at=now, actor_id=by.pk, network_id=network_id, code=code)
        required.delete()
