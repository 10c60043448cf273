"""The photos of who holds a seat, while they hold one."""

import base64
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from maillage.kernel.errors import NotFound
from maillage.relays.models import RelayPhoto, Term


def photo_path(person_id: UUID | None) -> str:
    """Return where the photo of a holder is read; empty where they show none. One query."""
    found = _shown().filter(person_id=person_id).values_list("pk", flat=True).first() if person_id else None
    return reverse("relay-photo", kwargs={"id": found}) if found else ""


def photo_bytes(photo_id: UUID) -> bytes:
    """Return a photo that is shown now. Raises: NotFound, from the moment it was taken back or the last term ended."""
    found = _shown().filter(pk=photo_id).values_list("jpeg", flat=True).first()
    if found is None:
        raise NotFound(code="photo_unknown")
    return bytes(found)


def holds_a_seat(person_id: UUID) -> bool:
    """Say whether somebody holds a seat now, as its relay or its stand-in: who does may show a photo."""
    return Term.objects.filter(person_id=person_id, ends_at__isnull=True).exists()


def photo_of_person(person_id: UUID) -> dict[str, Any] | None:
    """Say a person's photo, and since when it is shown, for the file that they take away."""
    found = RelayPhoto.objects.filter(person_id=person_id).first()
    return {"shown_since": found.shown_since, "jpeg_base64": base64.b64encode(bytes(found.jpeg)).decode()} if found else None


def _shown() -> QuerySet[RelayPhoto]:
    return RelayPhoto.objects.filter(Exists(Term.objects.filter(person_id=OuterRef("person_id"), ends_at__isnull=True)))
