"""A file of people that waits to be brought in: checked, with lines that are refused, and nobody written yet."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

from maillage.accounts.models import User
from maillage.demo.domain.names import full_name
from maillage.demo.domain.texts import IMPORT
from maillage.demo.services.people import DOMAIN, Population
from maillage.kernel.text import fold
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.imports import ConsentColumn, ImportField, ImportKey
from maillage.relays.models import Seat

HEADINGS = ("Prénom", "Nom", "Courriel", "Circonscription", "Code commune", "Accord", "Date", "Bulletin")
FIELDS: dict[str, int] = {
    ImportField.GIVEN_NAME: 0,
    ImportField.FAMILY_NAME: 1,
    ImportField.EMAIL: 2,
    ImportField.CONSTITUENCY: 3,
    ImportField.COMMUNE_CODE: 4,
}
AGREEMENT = 5
LINES = 24
FIRST_NAME = 1_700
"""Names from here on are nobody else's of the demo."""


def leave_a_file(seats: list[Seat], *, by: User, population: Population, now: datetime) -> None:
    """Upload a file of people of these seats, say what its columns hold, and check it: whoever organises there may run it."""
    batch = people.upload_people(pieces=[_written(seats, population=population, now=now)], file_name=IMPORT["file"], by=by, now=now)
    agreement = ConsentColumn(
        purpose=RELAY_CONTACT.purpose,
        channel=Channel.EMAIL,
        wording=RELAY_CONTACT.version,
        text="",
        column=AGREEMENT,
        date_column=AGREEMENT + 1,
        date="",
        paper_column=AGREEMENT + 2,
        paper="",
    )
    people.describe_import(
        import_id=batch.pk,
        by=by,
        fields=FIELDS,
        consents=[agreement],
        key=ImportKey.EMAIL,
        origin=IMPORT["origin"],
        has_headings=True,
        now=now,
    )
    while people.check_import_lines(import_id=batch.pk, now=now):
        pass


def _written(seats: list[Seat], *, population: Population, now: datetime) -> bytes:
    text = StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(HEADINGS)
    out.writerows(_lines(seats, population=population, on=(now - timedelta(days=20)).date().isoformat()))
    return text.getvalue().encode()


def _lines(seats: list[Seat], *, population: Population, on: str) -> Iterator[tuple[str, ...]]:
    """Lines as a stall brings them home: most are right, one has no address that can be, one is there twice, some did not agree."""
    for number in range(LINES):
        area = seats[number % len(seats)].area
        homes = population.localities.get(str(area.pk), [])
        given_name, family_name = full_name(FIRST_NAME + number)
        address = f"{fold(given_name).replace(' ', '')}.{fold(family_name).replace(' ', '')}@{DOMAIN}"
        if number == LINES // 3:
            address = address.replace("@", " chez ")
        agreed = ("oui", on, f"FA-{number + 1:03}") if number % 5 else ("", "", "")
        line = (given_name, family_name, address, area.code, homes[0].code if homes else "", *agreed)
        yield line
        if number == LINES // 2:
            yield line
