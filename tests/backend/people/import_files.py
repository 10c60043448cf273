"""Files of people as situations, and an import taken through its steps."""

from collections.abc import Iterable, Sequence
from typing import Any

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.imports import ConsentColumn, ImportKey
from maillage.people.models import Import, ImportReading, Person
from maillage.people.selectors import may_contact
from maillage.territories.models import AreaAlias
from tests.backend.accounts.factories import make_granted
from tests.backend.territories.factories import SmallCountry

HEADINGS = ["Prénom", "Nom", "Courriel", "Téléphone", "Code postal", "Commune", "Circonscription", "Accord", "Le", "Bulletin"]
ORIGIN = "Stand du marché de Valbrune, mars 2026"
PAPER = {"agreed": "oui", "on": "01/03/2026", "paper": "B-12"}


def line(
    given: str = "Nadia",
    family: str = "Ferhat",
    email: str = "",
    phone: str = "",
    postal: str = "",
    commune: str = "",
    seat: str = "0101",
    agreed: str = "",
    on: str = "",
    paper: str = "",
) -> list[str]:
    """A line under `HEADINGS`, of somebody in the seat 0101 unless said."""
    return [given, family, email, phone, postal, commune, seat, agreed, on, paper]


def csv_bytes(
    lines: Iterable[Sequence[str]], *, separator: str = ";", encoding: str = "utf-8", headings: Sequence[str] = HEADINGS
) -> bytes:
    """A file of these lines."""
    return "".join(separator.join(cells) + "\r\n" for cells in [headings, *lines]).encode(encoding)


def agreement(**changed: Any) -> ConsentColumn:
    """The columns of agreements of `HEADINGS`: to be contacted by the relay, by e-mail."""
    said: dict[str, Any] = {
        "purpose": RELAY_CONTACT.purpose,
        "channel": "email",
        "wording": RELAY_CONTACT.version,
        "text": "",
        "column": 7,
        "date_column": 8,
        "date": "",
        "paper_column": 9,
        "paper": "",
    }
    return ConsentColumn(**{**said, **changed})


def organiser_of(country: SmallCountry, department: str = "01") -> User:
    """The organiser of a department."""
    return make_granted(Role.ORGANISER, country.area(department, "department"), email=f"organiser.{department}@people.example")


def postcodes(country: SmallCountry) -> None:
    """Let communes be found by their postcodes, as the importer of places does."""
    for code, commune in (
        ("01000", "01001"),
        ("01100", "01002"),
        ("01100", "01003"),
        ("01200", "01004"),
        ("02100", "02001"),
        ("02100", "02002"),
    ):
        AreaAlias.objects.create(area=country.area(commune, "commune"), scheme="postal", code=code, bare=code)


def uploaded(by: User, lines: Iterable[Sequence[str]], **options: Any) -> Import:
    """A file read, its columns not yet named."""
    return services.upload_people(pieces=[csv_bytes(lines, **options)], file_name="people.csv", by=by, now=now())


def checked(
    by: User, lines: Iterable[Sequence[str]], *, key: ImportKey = ImportKey.EMAIL, consents: Sequence[ConsentColumn] = ()
) -> Import:
    """A file checked line by line, as proposed."""
    batch = uploaded(by, lines)
    services.describe_import(
        import_id=batch.pk, by=by, fields=batch.fields, consents=consents, key=key, origin=ORIGIN, has_headings=True, now=now()
    )
    while services.check_import_lines(import_id=batch.pk, now=now()):
        pass
    batch.refresh_from_db()
    return batch


def imported(by: User, lines: Iterable[Sequence[str]], **options: Any) -> Import:
    """A file whose people are written."""
    batch = checked(by, lines, **options)
    services.run_import(import_id=batch.pk, by=by, now=now())
    while services.write_import_lines(import_id=batch.pk, now=now()):
        pass
    batch.refresh_from_db()
    return batch


def undone(batch: Import) -> Import:
    """An import taken back."""
    assert batch.by
    services.undo_import(import_id=batch.pk, by=batch.by, now=now())
    while services.take_back_imported(import_id=batch.pk, now=now()):
        pass
    batch.refresh_from_db()
    return batch


def agreed(person: Person) -> bool:
    """Say whether their relay may write to somebody."""
    return may_contact(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)


def outcomes(batch: Import) -> dict[int, tuple[str, list[str]]]:
    """What came of each line, and why it was refused."""
    return {row.number: (row.outcome, row.refused) for row in ImportReading.objects.filter(batch=batch)}
