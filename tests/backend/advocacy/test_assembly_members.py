"""The archives of members of the Assemblée nationale: who sits, who sat, and in which office."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from maillage.advocacy import selectors, services
from maillage.advocacy.domain import Group, Line, OfficeHeld
from maillage.advocacy.gateways import read_assembly_members
from maillage.advocacy.models import Mandate, Office
from maillage.kernel.errors import Invalid
from tests.backend.advocacy.assembly_files import zipped
from tests.backend.advocacy.factories import line
from tests.backend.territories.factories import make_small_country


def mandate(kind: str = "ASSEMBLEE", *, organ: str = "PO1", seat: str = "1", **said: Any) -> dict[str, Any]:
    """One mandate of the 17th legislature, as the archive writes it."""
    return {
        "uid": f"PM-{kind}-{organ}",
        "typeOrgane": kind,
        "legislature": "17",
        "dateDebut": "2024-07-07",
        "dateFin": None,
        "infosQualite": {"codeQualite": "membre", "libQualite": "membre"},
        "organes": {"organeRef": organ},
        "election": {"lieu": {"numDepartement": "01", "numCirco": seat}},
        "mandature": {"datePriseFonction": "2024-07-08", "mandatRemplaceRef": None},
        **said,
    }


def member(number: int, *mandates: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "acteur": {
            "uid": {"@xsi:type": "IdActeur_type", "#text": f"PA{number}"},
            "etatCivil": {"ident": {"civ": "Mme", "prenom": "Odile", "nom": f"Pradelle {number}"}},
            "mandats": {"mandat": list(mandates) if len(mandates) > 1 else mandates[0]},
            **said,
        }
    }


BODIES = {
    "json/organe/PO2.json": {
        "organe": {
            "uid": "PO2",
            "codeType": "GP",
            "libelle": "Les Verts",
            "libelleAbrev": "VER",
            "libelleAbrege": "Ver",
            "couleurAssociee": "#118833",
        }
    },
    "json/organe/PO3.json": {"organe": {"uid": "PO3", "codeType": "COMPER", "libelle": "Commission des lois"}},
}
CHAIR = mandate("COMPER", organ="PO3", infosQualite={"libQualite": "Président", "libQualiteSex": "Présidente"})


def test_members_are_read_with_group_office_and_what_ended(tmp_path: Path):
    addresses = [{"valElec": "odile@perso.example"}, {"valElec": "odile.p@assemblee-nationale.fr"}, {"typeLibelle": "Adresse officielle"}]
    left = mandate(seat="2", dateFin="2025-10-05")
    came = mandate(seat="2", mandature={"datePriseFonction": "2025-11-06", "mandatRemplaceRef": "PM9"})
    of_before = mandate(legislature="16", dateFin="2024-06-09")
    archive = zipped(
        tmp_path,
        {
            **BODIES,
            "json/acteur/PA1.json": member(1, of_before, mandate(), mandate("GP", organ="PO2"), CHAIR, adresses={"adresse": addresses}),
            "json/acteur/PA2.json": member(2, left),
            "json/acteur/PA3.json": member(3, came, mandate("COMPER", organ="PO3")),
        },
    )
    first, second, third = read_assembly_members(archive)
    assert first == Line(
        external_id="PA1",
        civility="Mme",
        given_name="Odile",
        family_name="Pradelle 1",
        area_code="001-01",
        group=Group("VER", "Ver", "Les Verts", "#118833"),
        office_email="odile.p@assemblee-nationale.fr",
        begins_on=date(2024, 7, 7),
        ends_on=None,
        profile_url="https://www.assemblee-nationale.fr/dyn/deputes/PA1",
        offices=(OfficeHeld("PM-COMPER-PO3", "Présidente", "Commission des lois", date(2024, 7, 7)),),
    )
    assert (second.ends_on, third.begins_on, third.area_code, third.offices) == (date(2025, 10, 5), date(2025, 11, 6), "001-02", ())


def test_an_archive_without_members_is_refused(tmp_path: Path):
    with pytest.raises(Invalid):
        read_assembly_members(zipped(tmp_path, BODIES))
    with pytest.raises(Invalid):
        read_assembly_members(zipped(tmp_path, {"json/acteur/PA1.json": member(1, mandate(dateDebut="hier"))}))


def test_an_office_is_shown_while_it_lasts(db: None):
    country = make_small_country()
    held = OfficeHeld("PM1", "Présidente", "Commission des lois", date(2024, 7, 18))
    for offices, shown in (((held,), 1), (None, 1), ((held,), 1), ((), 0)):
        lines = [line(1, "0101", offices=offices)]
        services.load_office_holders(lines=lines, today=date(2026, 11, 22), body="xm", country="XM")
        card = selectors.sitting_for(country.area("0101").pk)
        assert card is not None
        assert card.offices == ("Présidente, Commission des lois",) * shown
    assert Office.objects.get().ends_on == date(2026, 11, 22)


def test_the_command_takes_an_archive(db: None, tmp_path: Path):
    make_small_country()
    archive = zipped(
        tmp_path, {"json/acteur/PA1.json": member(1, mandate()), "json/acteur/PA2.json": member(2, mandate(seat="2", dateFin="2025-01-01"))}
    )
    said = StringIO()
    call_command("load_office_holders", "--from", archive, "--country", "XM", "--body", "xm", stdout=said)
    assert "2 office holders, 2 mandates opened, 0 closed" in said.getvalue()
    assert Mandate.objects.get(ends_on=None).area.code == "0101"
