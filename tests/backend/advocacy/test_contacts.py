"""When a contact counts, on paper."""

from datetime import date

import pytest

from maillage.advocacy.domain import ContactKind, StepKind
from maillage.advocacy.domain.contacts import Step, contact_troubles, counts_on

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("kind", "steps", "day"),
    [
        (ContactKind.MEETING, [StepKind.REQUEST, StepKind.NO_ANSWER], None),
        (ContactKind.MEETING, [StepKind.REQUEST, StepKind.MEETING], TUESDAY),
        (ContactKind.CALL, [StepKind.NO_ANSWER], None),
        (ContactKind.LETTER, [StepKind.REQUEST, StepKind.NO_ANSWER], MONDAY),
        (ContactKind.PUBLIC_POST, [StepKind.REQUEST], MONDAY),
    ],
)
def test_an_unanswered_request_is_no_entry_into_communication(kind: ContactKind, steps: list[StepKind], day: date | None):
    days = [MONDAY, TUESDAY]
    assert counts_on(kind, [Step(kind=step, on=on) for step, on in zip(steps, days, strict=False)]) == day


def test_what_a_contact_needs():
    step = Step(kind=StepKind.REQUEST, on=TUESDAY)
    assert contact_troubles(has_subject=True, decision="", steps=[step], today=TUESDAY) == {}
    assert set(contact_troubles(has_subject=False, decision="", steps=[], today=TUESDAY)) == {"decision", "steps"}
    assert set(contact_troubles(has_subject=False, decision="Le décret", steps=[step], today=MONDAY)) == {"steps"}
