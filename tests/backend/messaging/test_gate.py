"""The gate, on paper: no mail leaves against what the recipient said."""

from hypothesis import given
from hypothesis import strategies as st

from maillage.messaging.domain import Circumstances, Lane, Purpose, Reason, RecipientKind, gate

kinds = st.sampled_from(list(RecipientKind))
purposes = st.builds(
    Purpose,
    name=st.just("tests.any"),
    lane=st.sampled_from(list(Lane)),
    recipients=st.frozensets(kinds),
    needs_consent=st.booleans(),
    can_be_stopped=st.booleans(),
)
circumstances = st.builds(
    Circumstances,
    kind=kinds,
    has_address=st.booleans(),
    is_suppressed=st.booleans(),
    agreed=st.sampled_from([True, False, None]),
)


@given(purposes, circumstances)
def test_nothing_leaves_to_a_suppressed_or_missing_address(purpose: Purpose, facts: Circumstances) -> None:
    if facts.is_suppressed or not facts.has_address:
        assert gate(purpose, facts) is not None


@given(purposes, circumstances)
def test_what_needs_consent_leaves_only_with_it(purpose: Purpose, facts: Circumstances) -> None:
    if purpose.needs_consent and gate(purpose, facts) is None:
        assert facts.agreed is True


@given(purposes, circumstances)
def test_what_was_stopped_stays_stopped(purpose: Purpose, facts: Circumstances) -> None:
    if purpose.carries_stop and facts.agreed is False:
        assert gate(purpose, facts) is not None


@given(purposes, circumstances)
def test_a_purpose_takes_only_its_kinds_of_recipients(purpose: Purpose, facts: Circumstances) -> None:
    if gate(purpose, facts) is None:
        assert facts.kind in purpose.recipients


@given(purposes, circumstances)
def test_service_mail_that_cannot_be_stopped_asks_no_consent(purpose: Purpose, facts: Circumstances) -> None:
    if not purpose.carries_stop and facts.has_address and not facts.is_suppressed and facts.kind in purpose.recipients:
        assert gate(purpose, facts) is None


@given(circumstances)
def test_an_unknown_purpose_never_leaves(facts: Circumstances) -> None:
    assert gate(None, facts) is Reason.UNKNOWN_PURPOSE
