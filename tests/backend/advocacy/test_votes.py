"""How members voted: read from what assemblies publish, taken in, and compared on paper."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from maillage.advocacy import services
from maillage.advocacy.domain import Choice, Record, Result, Side, Stance, Tally
from maillage.advocacy.domain.votes import is_as_said, on_subject
from maillage.advocacy.gateways import Columns, files, read_roll_calls, read_votes_csv
from maillage.advocacy.models import RollCall, Vote
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from tests.backend.advocacy.assembly_files import scrutin, voters, zipped
from tests.backend.advocacy.factories import make_deputy, make_subject, record, tie

SAYS = {"oui": Choice.FOR, "non": Choice.AGAINST, "absent": Choice.ABSENT}


def test_who_said_plainly_is_held_to_it_by_a_vote_for_or_against():
    assert is_as_said(Stance.FOR, Choice.FOR) is True
    assert is_as_said(Stance.FOR, Choice.AGAINST) is False
    assert is_as_said(Stance.AGAINST, Choice.FOR) is False
    for stance, choice in ((Stance.RATHER_FOR, Choice.AGAINST), (Stance.SILENT, Choice.FOR), (None, Choice.FOR), (Stance.FOR, None)):
        assert is_as_said(stance, choice) is None
    assert {is_as_said(Stance.FOR, choice) for choice in (Choice.ABSTAINED, Choice.NOT_VOTING, Choice.ABSENT)} == {None}


def test_a_vote_against_taking_something_away_is_for_it():
    assert [on_subject(choice, Side.AGAINST) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED)] == [
        Choice.AGAINST,
        Choice.FOR,
        Choice.ABSTAINED,
    ]


def test_the_archive_of_the_assembly_is_read(tmp_path: Path):
    corrected = {"pours": None, "abstentions": [None, voters("PA3")], "dysfonctionnement": {"contre": voters("PA4")}}
    whole = scrutin(pours=voters("PA1", "PA2"), contres=voters("PA3"), abstentions=None, nonVotants=voters("PA5"), corrected=corrected)
    of_congress = scrutin(1)
    of_congress["scrutin"]["uid"] = "VTCGR5L17V1"
    archive = zipped(tmp_path, {"json/a.json": whole, "json/b.json": of_congress, "json/readme.txt": "Rien."})
    assert list(read_roll_calls(archive)) == [
        Record(
            external_id="VTANR5L17V12",
            number="12",
            on=date(2026, 10, 14),
            title="l'ensemble de la proposition de loi sur le guichet humain (première lecture).",
            result=Result.ADOPTED,
            address="https://www.assemblee-nationale.fr/dyn/17/scrutins/12",
            tally=Tally(2, 1, 1),
            choices={"PA1": Choice.FOR, "PA2": Choice.FOR, "PA3": Choice.AGAINST, "PA5": Choice.NOT_VOTING},
            meant={"PA3": Choice.ABSTAINED, "PA4": Choice.AGAINST},
        )
    ]


@pytest.mark.parametrize("document", ["[", "[]", "{}", {"scrutin": {"uid": "VTANR5L17V1", "dateScrutin": "hier"}}])
def test_a_document_that_is_no_roll_call_is_named(tmp_path: Path, document: object):
    with pytest.raises(Invalid):
        list(read_roll_calls(zipped(tmp_path, {"json/a.json": document})))


def test_an_archive_that_swells_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bomb = zipped(tmp_path, {"json/a.json": scrutin(), "json/b.json": "0" * 9_000_000})
    assert Path(bomb).stat().st_size < 20_000
    with pytest.raises(Invalid, match="larger"):
        list(read_roll_calls(bomb))
    monkeypatch.setattr(files, "ALL_BYTES", 100)
    with pytest.raises(Invalid, match="larger"):
        list(read_roll_calls(zipped(tmp_path, {"json/a.json": scrutin()})))
    monkeypatch.setattr(files, "DOCUMENTS_MOST", 0)
    with pytest.raises(Invalid, match="more than"):
        list(read_roll_calls(bomb))
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\3\4 and nothing else")
    with pytest.raises(Invalid, match="no zip"):
        list(read_roll_calls(str(broken)))


def written(tmp_path: Path, *rows: str, header: str = "scrutin;jour;titre;député;vote;sort") -> str:
    path = tmp_path / "votes.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


COLUMNS = Columns(number="scrutin", on="jour", title="titre", member="député", vote="vote", result="sort")


def test_any_table_is_read_by_the_names_of_its_columns(tmp_path: Path):
    table = written(
        tmp_path, "7;2026-10-14;Le guichet;0101;Oui;adopté", "7;2026-10-14;Le guichet;0102;NON;adopté", "8;2026-10-15;;0101;Absent;"
    )
    read = list(read_votes_csv(table, columns=COLUMNS, choices=SAYS, results={"adopté": Result.ADOPTED}, separator=";"))
    assert [(one.number, one.result, one.tally, one.choices) for one in read] == [
        ("7", Result.ADOPTED, Tally(1, 1, 0), {"0101": Choice.FOR, "0102": Choice.AGAINST}),
        ("8", None, Tally(0, 0, 0), {"0101": Choice.ABSENT}),
    ]


def test_one_number_on_two_days_is_two_roll_calls(tmp_path: Path):
    table = written(tmp_path, "7;2026-10-14;Le guichet;0101;Oui;", "7;20261014;;0102;Non;", "7;2026-11-03;La gare;0101;Non;")
    read = list(read_votes_csv(table, columns=COLUMNS, choices=SAYS, results={}, separator=";"))
    assert [(one.external_id, one.number, one.title, one.tally) for one in read] == [
        ("2026-10-14/7", "7", "Le guichet", Tally(1, 1, 0)),
        ("2026-11-03/7", "7", "La gare", Tally(0, 1, 0)),
    ]


@pytest.mark.parametrize(
    ("row", "header", "said"),
    [
        ("7;2026-10-14;;0101;Peut-être;", "scrutin;jour;titre;député;vote;sort", "line 2"),
        (f"{'7' * 33};2026-10-14;;0101;Oui;", "scrutin;jour;titre;député;vote;sort", "line 2: number"),
        ("7;2026-10-14;L\ra gare;0101;Oui;", "scrutin;jour;titre;député;vote;sort", "line"),
        ("7;14/10/2026;;0101;Oui;", "scrutin;jour;titre;député;vote;sort", "line 2"),
        ("7;2026-10-14;0101;Oui", "scrutin;jour;député;vote", "sort, titre"),
    ],
)
def test_a_table_that_says_something_else_is_refused(tmp_path: Path, row: str, header: str, said: str):
    with pytest.raises(Invalid, match=said):
        list(read_votes_csv(written(tmp_path, row, header=header), columns=COLUMNS, choices=SAYS, results={}, separator=";"))


def test_records_are_taken_in_once_and_corrections_taken_over(net, deputy):
    first = record(choices={"0101": Choice.FOR, "9999": Choice.FOR})
    loaded = services.load_roll_calls(records=[first], now=now(), body="tests")
    assert (loaded.read, loaded.written, loaded.votes, loaded.unknown) == (1, 1, 1, ("9999",))
    again = services.load_roll_calls(records=[first], now=now(), body="tests")
    assert (again.read, again.written, again.unknown) == (1, 0, ("9999",))
    other = make_deputy(net.seat("0102").area, number="9999")
    assert services.load_roll_calls(records=[first], now=now(), body="tests").written == 1, "who was unknown is known since"
    assert set(Vote.objects.values_list("holder", "choice")) == {(deputy.pk, "for"), (other.pk, "for")}
    put_right = record(choices={"0101": Choice.AGAINST}, meant={"0101": Choice.ABSTAINED})
    services.load_roll_calls(records=[put_right], now=now(), body="tests")
    assert list(Vote.objects.values_list("holder", "choice", "meant")) == [(deputy.pk, "against", "abstained")]
    assert RollCall.objects.count() == 1
    assert Entry.objects.filter(name="roll_calls.loaded").count() == 4


def test_a_load_keeps_which_subject_a_roll_call_is_tied_to(deputy, subject, organiser):
    tie({"0101": Choice.FOR}, subject, by=organiser)
    services.load_roll_calls(records=[record(choices={"0101": Choice.AGAINST})], now=now(), body="tests")
    assert RollCall.objects.get().subject == subject


def test_an_assembly_of_which_nobody_is_known_is_refused(db):
    with pytest.raises(Invalid):
        services.load_roll_calls(records=[record()], now=now(), body="xm")


def test_a_roll_call_belongs_to_one_open_subject(deputy, subject, organiser):
    roll_call = tie({"0101": Choice.FOR}, subject, by=organiser)
    other = make_subject("Autre chose")
    with pytest.raises(Conflict) as refused:
        services.tie_roll_call(roll_call_id=roll_call.pk, subject_id=other.pk, favourable=Side.FOR, by=organiser, now=now())
    assert refused.value.code == "tied_elsewhere"
    for _again in range(2):
        services.untie_roll_call(roll_call_id=roll_call.pk, by=organiser, now=now())
    services.close_subject(subject_id=other.pk, by=organiser, now=now())
    with pytest.raises(Conflict) as refused:
        services.tie_roll_call(roll_call_id=roll_call.pk, subject_id=other.pk, favourable=Side.FOR, by=organiser, now=now())
    assert refused.value.code == "subject_closed"
    facts = Entry.objects.filter(name__startswith="roll_call.").order_by("pk")
    assert [*facts.values_list("name", flat=True)] == ["roll_call.tied", "roll_call.untied"]


def test_the_command_says_what_came_in_and_who_is_unknown(deputy, tmp_path: Path):
    table = written(tmp_path, "7;2026-10-14;Le guichet;0101;Oui;", "7;2026-10-14;Le guichet;9999;Oui;")
    named = ("--number", "scrutin", "--on", "jour", "--title", "titre", "--member", "député", "--says", "for=oui", "--separator", ";")
    said = StringIO()
    call_command("load_roll_calls", "--from", table, "--body", "tests", "--csv", *named, stdout=said)
    assert "1 roll calls, 1 of them new or changed, 1 votes" in said.getvalue()
    assert "1 voters are in no list of office holders: 9999" in said.getvalue()
    for wrong in (["--from", str(tmp_path / "absent.zip")], ["--from", table, "--csv", "--says", "perhaps=oui"]):
        with pytest.raises(CommandError):
            call_command("load_roll_calls", *wrong, "--body", "tests", stdout=said)
