"""What is reported is kept, decided with reasons, and forgotten."""

from datetime import timedelta

import pytest

from maillage.groups import services
from maillage.groups.domain import REPORT_KEPT, REPORT_WORDS, ReportOutcome
from maillage.groups.models import ContentReport
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from tests.backend.accounts.factories import make_user

pytestmark = pytest.mark.django_db


def make_report(**fields: str) -> ContentReport:
    return services.report_content(
        **{"reason": "hate", "words": "It insults.", "email": "reader@people.example", "language": "en"} | fields, now=now()
    )


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("reason", {"reason": "dislike"}),
        ("words", {"reason": "other", "words": " "}),
        ("words", {"words": "x" * (REPORT_WORDS + 1)}),
        ("email", {"email": "nobody"}),
    ],
)
def test_what_is_wrong_is_said_by_field(field: str, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        make_report(**fields)
    assert set(refused.value.fields) == {field}
    assert not ContentReport.objects.exists()


def test_an_address_is_not_needed() -> None:
    assert make_report(email="").email == ""


def test_the_same_decision_twice_is_one_and_another_takes_its_place() -> None:
    report, by = make_report(), make_user("moderator@people.example")

    def decide(outcome: ReportOutcome) -> ContentReport | None:
        return services.decide_report(report_id=report.pk, outcome=outcome, answer="Because.", by=by, now=now())

    assert decide(ReportOutcome.HIDDEN) is not None
    assert decide(ReportOutcome.HIDDEN) is None
    assert decide(ReportOutcome.KEPT) is not None
    report.refresh_from_db()
    assert (report.outcome, report.decided_by) == (ReportOutcome.KEPT, by)
    assert Entry.objects.filter(name="report.decided").count() == 2


def test_words_and_address_go_half_a_year_after_the_decision() -> None:
    decided, waiting = make_report(), make_report()
    services.decide_report(
        report_id=decided.pk, outcome=ReportOutcome.KEPT, answer="Because.", by=make_user("moderator@people.example"), now=now()
    )
    assert services.forget_reports(now=now() + REPORT_KEPT - timedelta(days=1)) == 0
    assert services.forget_reports(now=now() + REPORT_KEPT + timedelta(days=1)) == 1
    decided.refresh_from_db()
    waiting.refresh_from_db()
    assert (decided.words, decided.email, waiting.words) == ("", "", "It insults.")
    assert services.forget_reports(now=now() + REPORT_KEPT + timedelta(days=1)) == 0
