"""A checkout that root started once, then an ordinary user."""

import os
from pathlib import Path

import pytest

from infra.local import ownership
from infra.local.life import live, stop
from infra.local.ownership import MadeByAnother
from tests.services import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.local` in which root has made the database's folder, seen by an ordinary user."""
    (tmp_path / "pg").mkdir()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path / "pg" and may(path, mode))
    return tmp_path


def test_a_start_says_whose_it_is_and_how_to_take_it_over(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    started: list[object] = []
    assert live(folder, address="http://127.0.0.1:1", start=lambda *of_this_run: started.append(of_this_run)) == 1
    said = capfd.readouterr().err
    assert f"{folder / 'pg'} was made by " in said
    assert "and you are " in said
    assert f"chown -R {ownership._name(os.geteuid())} '{ROOT}'" in said
    assert started == []


def test_a_stop_does_not_say_that_nothing_runs(folder: Path) -> None:
    with pytest.raises(MadeByAnother):
        stop(folder)


def test_a_new_folder_gets_its_room_for_logs_and_a_stop_makes_none(tmp_path: Path) -> None:
    assert stop(tmp_path / "new") == "Maillage does not run from this folder."
    assert not (tmp_path / "new").exists()
    ownership.open_folder(tmp_path / "new")
    assert (tmp_path / "new" / "log").is_dir()
