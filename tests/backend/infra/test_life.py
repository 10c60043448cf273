"""What `make run` promises of its processes: one that ends is named, all end together, nothing is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra.local import owned
from infra.local.instance import AlreadyRunning, Instance
from infra.local.life import stop
from infra.local.supervisor import StopAsked, Supervisor
from tests.services import ROOT

COMMAND = [sys.executable, "-m", "tests.backend.infra.small_run"]
HEARING = "import os, signal, sys; [signal.signal(n, signal.SIG_DFL) for n in (1, 2)]; os.execvp(sys.argv[1], sys.argv[1:])"
"""Hears signals as in a terminal, where the tests were started in the background or by nohup too: both pass deafness on."""


@dataclass
class Run:
    """A small run, and what it said until its programs were there."""

    folder: Path
    process: "subprocess.Popen[str]"
    pids: list[int]

    def everything(self) -> list[int]:
        return [pid for pid in (self.process.pid, *owned.marked(self.folder)) if owned.started_at(pid)]

    def ending(self) -> tuple[int, str]:
        """Wait for the end; the exit code and all that was said."""
        said, _ = self.process.communicate(timeout=20)
        return self.process.returncode, said


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    started: list[Run] = []

    def start(command: list[str] | None = None) -> Run:
        process = subprocess.Popen(
            [sys.executable, "-c", HEARING, *(command or [*COMMAND, str(tmp_path)])],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        line = process.stdout.readline()
        assert line.startswith("pids "), line + process.stdout.read()
        one = Run(tmp_path, process, [int(pid) for pid in line.split()[1:]])
        started.append(one)
        return one

    yield start
    for one in started:
        owned.end(one.everything(), grace=0)
        one.process.communicate()


def test_a_killed_program_is_named_and_the_rest_stop(run):
    one = run()
    assert len(one.everything()) == 4
    os.kill(one.pids[0], signal.SIGKILL)
    code, said = one.ending()
    assert code == 1
    assert "quiet was killed by signal 9, so everything stops" in said
    assert "a last word" in said
    assert one.everything() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_of_it_and_those_that_do_not_listen(run, number):
    one = run()
    one.process.send_signal(number)
    code, said = one.ending()
    assert (code, "Traceback" in said) == (0, False), said
    assert one.everything() == []


def test_a_ctrl_c_in_the_terminal_reaches_the_whole_group_and_is_quiet(run):
    one = run()
    os.killpg(one.process.pid, signal.SIGINT)
    code, said = one.ending()
    assert (code, "Traceback" in said) == (0, False), said
    assert one.everything() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_make_alone_is_told_to_end(run, tmp_path, number):
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@{' '.join(COMMAND)} {tmp_path}\n")
    one = run(["make", "-f", str(makefile), "run"])
    assert (Path(f"/proc/{one.process.pid}/comm")).read_text().strip() == "make"
    one.process.send_signal(number)
    _, said = one.ending()
    assert "Stopped: nothing is left running" in said
    assert one.everything() == []


def test_a_ctrl_c_that_arrives_twice_is_one_and_a_later_one_is_impatience(monkeypatch, tmp_path):
    supervisor = Supervisor(folder=tmp_path)
    clock = iter([10.0, 10.5, 12.0])
    monkeypatch.setattr("infra.local.supervisor.time", SimpleNamespace(monotonic=lambda: next(clock)))
    with pytest.raises(StopAsked):
        supervisor._asked(signal.SIGINT, None)
    supervisor._asked(signal.SIGTERM, None)
    assert supervisor._hurry is False
    supervisor._asked(signal.SIGINT, None)
    assert supervisor._hurry is True


def test_a_killed_supervisor_leaves_only_what_does_not_listen_and_the_next_stop_ends_that(run, tmp_path):
    one = run()
    one.process.kill()
    one.process.wait()
    assert owned.wait_until_gone(one.pids[:1], seconds=5) == []
    assert stop(tmp_path) == "Stopped."
    assert one.everything() == []


def test_a_second_run_is_refused_and_stop_ends_the_first(run, tmp_path):
    one = run()
    with pytest.raises(AlreadyRunning, match=rf"http://127.0.0.1:1 \(process {one.process.pid}\)"):
        Instance(tmp_path).claim(address="http://127.0.0.1:2")
    # The one that runs is found by its number and its start: neither another folder nor a stale file names it.
    assert Instance(tmp_path).running()["pid"] == one.process.pid
    assert stop(tmp_path / "elsewhere") == "Maillage does not run from this folder."
    assert stop(tmp_path) == "Stopped."
    assert one.ending()[0] == 0
    assert one.everything() == []
    assert stop(tmp_path) == "Maillage does not run from this folder."


def test_a_number_that_is_another_program_by_now_is_not_stopped(tmp_path):
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (tmp_path / "run.json").write_text(f'{{"pid": {stranger.pid}, "started_at": "1", "address": "x"}}')
        assert stop(tmp_path) == "Maillage does not run from this folder."
        assert stranger.poll() is None
        stranger.kill()
