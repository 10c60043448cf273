"""Each journey has a script for who listens instead of looking, in a form that journeys can read, and each step is heard by one."""

import ast
from pathlib import Path

import pytest

from tests.e2e.hearing import SCRIPTS, TAB, Heard, read, steps_of

JOURNEYS = SCRIPTS.parents[1] / "tests" / "e2e" / "journeys"
OF_THE_ISSUE = {"take-a-seat", "missed-promise", "hand-over", "who-saw-my-data", "erase-me", "import-people", "a-relay-elsewhere"}
WRITTEN = sorted(path.stem for path in SCRIPTS.glob("*.md") if path.stem != "README")


def heard_in(path: Path) -> set[tuple[str, str]]:
    """Which steps of which scripts a journey hears."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    told = [call.args[2:] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "hear"]
    return {(ast.literal_eval(journey), ast.literal_eval(step)) for journey, step in told}


def test_each_step_is_heard_by_a_journey_and_each_that_is_heard_is_written():
    heard = {step for path in JOURNEYS.glob("test_*.py") for step in heard_in(path)}
    assert heard == {(journey, step) for journey in WRITTEN for step in steps_of(journey)}


def test_no_journey_is_without_a_script_and_the_first_page_lists_each():
    assert set(WRITTEN) >= OF_THE_ISSUE
    listed = (SCRIPTS / "README.md").read_text()
    assert [journey for journey in WRITTEN if f"]({journey}.md)" not in listed] == []


@pytest.mark.parametrize("journey", WRITTEN)
def test_each_step_says_something_and_what_is_reached_by_tab_can_be_acted_on(journey: str):
    for step, lines in steps_of(journey).items():
        assert lines, f"{journey}, {step}"
        for line in lines:
            french, english = line.heard["fr"], line.heard["en"]
            assert (french.role, french.states) == (english.role, english.states), f"{journey}, {step}: {french} / {english}"
            assert line.key != TAB or french.role not in ("heading", "paragraph", "StaticText"), f"{journey}, {step}: {french}"


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ('heading "Mon siège" [level 1]', Heard("heading", "Mon siège", frozenset({"level 1"}))),
        (
            'textbox "Nom" [required] [invalid] described "Entier."',
            Heard("textbox", "Nom", frozenset({"required", "invalid"}), "Entier."),
        ),
        ('status says "Noté."', Heard("status", says="Noté.")),
    ],
)
def test_a_line_is_read_as_it_is_written(words: str, heard: Heard):
    assert read(words) == heard
    assert read(str(heard)) == heard


@pytest.mark.parametrize("words", ["", 'heading "Mon siège', 'heading "a" says', "case à cocher, cochée"])
def test_a_line_in_another_form_is_refused(words: str):
    with pytest.raises(ValueError, match="form"):
        read(words)


def test_a_page_answers_what_a_script_leaves_open_and_nothing_else():
    there = Heard("button", "Appeler Awa Diop", frozenset({"expanded"}), says="Awa")
    assert there.answers(read('button "Appeler …"'))
    assert not there.answers(read('button "Appeler"'))
    assert not there.answers(read('link "Appeler …"'))
    assert not there.answers(read('button "Appeler …" [pressed]'))
    assert not there.answers(read('button "Appeler …" described "Maintenant"'))
