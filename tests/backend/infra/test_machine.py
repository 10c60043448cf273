"""What is said, and what is done, on a machine that lacks something."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.local import machine, packages, processes
from infra.local.machine import CHROMIUM, MachineLacks, Need
from infra.local.progress import Steps
from tests.services import ROOT

WANTED = Need("a thing", ("thing", "its-friend"), lambda: False)


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[Steps]:
    made = Steps(logs=tmp_path)
    yield made
    made.close()


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """Leave an ordinary user with the programs named and no others; each writes what it was asked into `asked`."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def have(**scripts: str) -> Path:
        for name, script in ({"node": "echo v20.19.0", "npm": ":"} | scripts).items():
            (folder / name.replace("_", "-")).write_text(f'#!/bin/sh\necho "$0 $@" >> {tmp_path}/asked\n{script}\n')
            (folder / name.replace("_", "-")).chmod(0o755)
        return tmp_path / "asked"

    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return have


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.13.1", "v24.0.0", "v25.3.0"])
def test_a_node_that_the_packages_run_on(version: str) -> None:
    assert machine.suits(version)


@pytest.mark.parametrize("version", ["", "v18.20.0", "v20.18.3", "v21.7.0", "v22.12.0", "v23.11.0", "20.19.0", "nonsense"])
def test_a_node_that_they_do_not(version: str) -> None:
    assert not machine.suits(version)


def test_an_old_node_is_named_with_what_is_wanted(programs, steps: Steps) -> None:
    programs(node="echo v20.3.1")
    with pytest.raises(MachineLacks, match=r"Node 20.19, 22.13 or newer with npm is needed \(found: v20.3.1\)"):
        machine.complete(steps, needs=())


def test_who_may_not_install_is_told_the_whole_line(programs, steps: Steps) -> None:
    asked = programs(sudo="exit 1", apt_get=":")
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends its-friend thing"
    with pytest.raises(MachineLacks, match=f"Missing: a thing. Type this, then again what you typed:\n\n    {line}\n"):
        machine.complete(steps, needs=(WANTED,))
    assert "apt-get" not in asked.read_text()


def test_where_there_is_no_sudo_the_line_is_for_root(programs, steps: Steps) -> None:
    programs(apt_get=":")
    line = "apt-get update && apt-get install -y --no-install-recommends its-friend thing"
    with pytest.raises(MachineLacks, match=f"Type this as root, then again what you typed:\n\n    {line}\n"):
        machine.complete(steps, needs=(WANTED,))


def test_elsewhere_than_on_debian_it_is_told_what_is_missing(programs, steps: Steps) -> None:
    programs()
    with pytest.raises(MachineLacks, match=r"Missing: a thing\. They are installed by themselves on Debian and Ubuntu only\."):
        machine.complete(steps, needs=(WANTED,))


def test_a_browser_that_is_a_snap_only_is_asked_for_when_the_rest_is_there(programs, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(apt_get=":")
    monkeypatch.setattr(machine.platform, "freedesktop_os_release", lambda: {"ID": "ubuntu"})
    with pytest.raises(MachineLacks, match=r"Missing: a thing\."):
        machine.complete(steps, needs=(WANTED, CHROMIUM))
    with pytest.raises(MachineLacks, match="sudo snap install chromium"):
        machine.complete(steps, needs=(CHROMIUM,))


def test_a_folder_whose_name_holds_a_space_is_one_word() -> None:
    words = processes.MAIL_CATCHER.words(smtp_port="1", page_port="2", folder="/home/me/my maillage/.local/mail")
    assert words[-2:] == ["--folder", "/home/me/my maillage/.local/mail"]


def test_nothing_is_written_while_somebody_types(steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("infra.local.progress.SILENCE", 0.0)
    with steps.step("machine"):
        with steps.hushed():
            steps._ended.wait(0.6)
            assert capsys.readouterr().out == ""
        steps._ended.wait(0.6)
    assert "machine" in capsys.readouterr().out


def test_a_security_update_of_python_keeps_the_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """apt brings a newer build of the same Python beside python3-venv: the second start must still be quick."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "version", "3.11.2 (main, another day)")
    assert packages._is_working(venv)
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").write_text("#!/bin/sh\necho cpython-27\n")
    (venv / "bin" / "python").chmod(0o755)
    assert not packages._is_working(venv)


def test_a_terminal_of_another_alphabet_is_written_to_all_the_same() -> None:
    """As with LANG=fr_FR on an old server: a sign that it does not know must not end the start."""
    said = subprocess.run(
        [sys.executable, "-c", "import infra.local; print('✓ prêt', end='')"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert said.stdout == "? prêt".encode("latin-1")
