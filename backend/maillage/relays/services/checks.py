"""Comparing what is written in two places."""

import logging
from datetime import datetime

from maillage import journal
from maillage.accounts.models import Grant
from maillage.relays.models import Term
from maillage.relays.selectors import grants_without_term, terms_without_grant

logger = logging.getLogger(__name__)


def compare_grants(*, now: datetime) -> tuple[int, int]:
    """Count the running terms without their grant and the running grants without their term (decision 10); mend nothing.

    Either is a defect, told to the operators. Facts: grant.missed, grant.outlived, each.
    """
    missed: list[Term] = list(terms_without_grant(now=now))
    outlived: list[Grant] = list(grants_without_term(now=now))
    for term in missed:
        journal.record("grant.missed", subject=term, at=now)
    for grant in outlived:
        journal.record("grant.outlived", subject=grant, at=now)
    if missed or outlived:
        logger.error("terms and grants disagree: %d terms without grant, %d grants without term", len(missed), len(outlived))
    return len(missed), len(outlived)
