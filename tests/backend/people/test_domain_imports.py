"""How a file is read: letters, separators, headings, cells."""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from maillage.kernel.errors import Invalid
from maillage.people.domain.imports import ImportKey
from maillage.people.domain.imports_files import Writing, lines_of, looks_like_headings, writing_of
from maillage.people.domain.imports_headings import proposed_fields
from maillage.people.domain.imports_lines import Plan, date_read, line_read
from tests.backend.people.import_files import HEADINGS, agreement

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "Prénom{0}Nom{0}Courriel\r\nÉlodie{0}Œuf{0}elodie@people.example\r\n"


def plan(**fields: int) -> Plan:
    return Plan(
        fields=fields or {"given_name": 0, "family_name": 1, "email": 2, "phone": 3, "constituency": 6},
        key=ImportKey.EMAIL,
        consents=[agreement()],
        language="fr",
        languages=frozenset({"fr", "en"}),
        country="FR",
        now=NOW,
        today=NOW.date(),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_found(encoding: str, separator: str) -> None:
    file = io.BytesIO(TEXT.format(separator).encode(encoding))
    writing = writing_of(file)
    assert writing == Writing(encoding=encoding, separator=separator)
    text = io.TextIOWrapper(file, encoding=writing.encoding, newline="")
    assert list(lines_of(text, separator=separator))[1] == ["Élodie", "Œuf", "elodie@people.example"]


def test_letters_beyond_the_first_piece_decide_too() -> None:
    file = io.BytesIO(b"nom;prenom\r\n" + b"a;b\r\n" * 300_000 + "Ferhat;Élodie".encode("cp1252"))
    assert writing_of(file).encoding == "cp1252"


def test_a_comma_in_a_quoted_cell_is_no_separator() -> None:
    assert writing_of(io.BytesIO(b'nom;ville\r\n"Ferhat, Nadia";Die\r\n"Lamy, Hugo";Die\r\n')).separator == ";"


@pytest.mark.parametrize("content", [b"", b" \r\n ", b"PK\x03\x04rest of a workbook", b"nom\x00;prenom"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        writing_of(io.BytesIO(content))
    assert refused.value.code in ("empty_file", "not_csv")


@pytest.fixture(params=[131_072, sys.maxsize], ids=["csv's own", "lifted by another reader"])
def limit_of_a_cell(request: pytest.FixtureRequest) -> Iterator[int]:
    """The limit of Python's csv, which is one for the whole process."""
    before = csv.field_size_limit(request.param)
    yield request.param
    csv.field_size_limit(before)


def test_a_quotation_mark_that_never_ends_is_said(limit_of_a_cell: int) -> None:
    endless = ['nom;"prenom\r\n', *["x" * 1000 + "\r\n"] * 200]
    with pytest.raises(Invalid) as refused:
        list(lines_of(endless, separator=";"))
    assert refused.value.code == "unreadable_file"


def test_empty_lines_do_not_count() -> None:
    assert list(lines_of(["a;b\r\n", "\r\n", ";\r\n", "c;d\r\n"], separator=";")) == [["a", "b"], ["c", "d"]]


def test_headings_are_told_from_people() -> None:
    assert looks_like_headings(HEADINGS)
    assert not looks_like_headings(["Nadia", "Ferhat", "nadia@people.example"])
    assert not looks_like_headings(["Nadia", "Ferhat", "0612345678"])


def test_columns_are_proposed_in_french_and_english_and_as_they_were_chosen() -> None:
    assert proposed_fields(HEADINGS, remembered={}) == {
        "given_name": 0,
        "family_name": 1,
        "email": 2,
        "phone": 3,
        "postal_code": 4,
        "commune": 5,
        "constituency": 6,
    }
    assert proposed_fields(["First name", "Last name", "E-mail", "Postcode"], remembered={}) == {
        "given_name": 0,
        "family_name": 1,
        "email": 2,
        "postal_code": 3,
    }
    assert proposed_fields(["Nom", "Adhérent"], remembered={"nom": "", "adherent": "family_name"}) == {"family_name": 1}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-01", "2026-03-01T00:00:00+00:00"),
        ("1/3/2026", "2026-03-01T00:00:00+00:00"),
        ("01.03.2026", "2026-03-01T00:00:00+00:00"),
        ("2026-03-01T10:00:00+01:00", "2026-03-01T10:00:00+01:00"),
        ("hier", None),
        ("31/02/2026", None),
        ("", None),
    ],
)
def test_dates_are_read(text: str, read: str | None) -> None:
    found = date_read(text)
    assert (found.isoformat() if found else None) == read


def test_a_line_says_all_that_is_wrong_with_it() -> None:
    read = line_read(["x" * 101, "Ferhat", "not an address", "12", "", "", "0101", "oui", "22/11/2027", "B-1"], plan())
    assert read.refused == ["too_long", "bad_email", "bad_phone", "consent_to_come"]


def test_who_is_younger_than_fifteen_is_refused_on_the_day() -> None:
    born = {"family_name": 0, "birth_date": 1}
    assert line_read(["Ferhat", "23/11/2011"], plan(**born)).refused == ["too_young"]
    assert line_read(["Ferhat", "22/11/2011"], plan(**born)).refused == []
    assert line_read(["Ferhat", "demain"], plan(**born)).refused == ["bad_birth_date"]


def test_at_night_the_day_of_the_organisation_counts() -> None:
    night = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # half past midnight of the 22nd there
    there = replace(plan(), now=night, today=date(2026, 11, 22))
    cells = ["Ada", "Ferhat", "ada@people.example", "", "", "", "0101", "oui", "22/11/2026", "B-1"]
    read = line_read(cells, there)
    assert (read.refused, [consent["at"] for consent in read.consents]) == ([], [night.isoformat()]), "given today, and not to come"
    assert line_read([*cells[:8], "23/11/2026", "B-1"], there).refused == ["consent_to_come"]
    born = {"family_name": 0, "birth_date": 1}
    assert line_read(["Ferhat", "22/11/2011"], replace(plan(**born), now=night, today=date(2026, 11, 22))).refused == []


def test_no_agreement_without_its_proof() -> None:
    def cells(agreed: str, on: str, paper: str) -> list[str]:
        return ["Nadia", "Ferhat", "n@people.example", "", "", "", "0101", agreed, on, paper]

    given = line_read(cells("Oui", "01/03/2026", "B-12"), plan())
    assert [(said["act"], said["paper"]) for said in given.consents] == [("given", "B-12")]
    for on, paper in (("", "B-12"), ("01/03/2026", "")):
        assert (line_read(cells("Oui", on, paper), plan()).consents, line_read(cells("Oui", on, paper), plan()).remarks) == (
            [],
            ["no_proof"],
        )
    assert line_read(cells("", "01/03/2026", "B-12"), plan()).consents == []
    assert line_read(cells("non", "01/03/2026", "B-12"), plan()).consents == []
    assert [said["act"] for said in line_read(cells("désabonné", "", ""), plan()).consents] == ["withdrawn"]


def test_an_agreement_without_an_address_is_left_out() -> None:
    read = line_read(["Nadia", "Ferhat", "", "", "", "", "0101", "oui", "01/03/2026", "B-12"], plan())
    assert (read.consents, read.remarks, read.refused) == ([], ["no_contact"], [])


def test_characters_that_no_keyboard_types_are_dropped() -> None:
    assert line_read(["Na\x07dia ", "\u00a0Ferhat", "", "", "", "", "0101"], plan()).given_name == "Nadia"
