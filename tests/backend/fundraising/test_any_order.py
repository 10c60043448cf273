"""The figure `ledger-seeds`, small: in whatever order messages come, the books are the same."""

import pytest

from tests.load.figures.ledger_seeds import KINDS, hashes


@pytest.mark.django_db(transaction=True)
def test_messages_in_any_order_leave_the_same_books() -> None:
    result = hashes(histories=len(KINDS), seeds=2)
    assert (result.ours, result.correct) == (1, True), result.note
