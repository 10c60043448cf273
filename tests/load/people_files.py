"""Files of people of any length, all different, spread over the country."""

import csv
from pathlib import Path

from maillage.people.domain import RELAY_CONTACT
from maillage.people.domain.imports import ConsentColumn

HEADINGS = ["Prénom", "Nom", "Courriel", "Téléphone", "Code postal", "Commune", "Accord", "Date", "Bulletin"]
AGREEMENTS = [
    ConsentColumn(
        purpose=RELAY_CONTACT.purpose,
        channel=channel,
        wording=RELAY_CONTACT.version,
        text="",
        column=6,
        date_column=7,
        date="",
        paper_column=8,
        paper="",
    )
    for channel in ("email", "sms")
]
"""By e-mail an agreement waits for the address's owner; by telephone it counts at once."""
GIVEN = ["Camille", "Élodie", "Yanis", "Thérèse", "Jean-Baptiste", "Anaïs", "Loïc", "Fatou", "Grégoire", "Zoé"]
FAMILY = ["Lefèvre", "Ben Amar", "d'Arras", "Müller", "Nguyen", "Le Goff", "Œuvrard", "Castanède", "Diallo", "Ó Briain"]


def write_people(path: Path, *, count: int, places: list[tuple[str, str]]) -> None:
    """Write a file of so many people: each with an e-mail address, every second with a telephone, two in three with an agreement."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(HEADINGS)
        for number in range(count):
            postal, commune = places[number * 7919 % len(places)]
            phone = (
                f"06 {number // 1_000_000:02} {number // 10_000 % 100:02} {number // 100 % 100:02} {number % 100:02}" if number % 2 else ""
            )
            agreed = ["oui", "01/03/2026", f"B-{number}"] if number % 3 else ["", "", ""]
            given, family = GIVEN[number % 10], f"{FAMILY[number // 10 % 10]} {_letters(number // 100)}"
            out.writerow([given, family, f"figure.{number}@people.example", phone, postal, commune, *agreed])


def _letters(number: int) -> str:
    text = ""
    while number or not text:
        number, letter = divmod(number, 26)
        text += chr(97 + letter)
    return text
