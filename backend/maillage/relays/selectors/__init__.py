"""What relays knows, narrowed to what the actor may see."""

from maillage.relays.selectors.applications import (
    abilities_of,
    applicant_contacts,
    application_rows,
    application_seen,
    applications_seen,
    held_for,
    open_applications,
    open_elsewhere,
    organised_among,
)
from maillage.relays.selectors.networks import NetworkText, current_network, every_network, network, takes_applications, text_of
from maillage.relays.selectors.owed import Owed, owed_call, said
from maillage.relays.selectors.promises import caller_at, kept_out
from maillage.relays.selectors.readiness import (
    Readiness,
    holders_who_have_not_agreed,
    name_in,
    readiness_of,
    requirements_of,
)
from maillage.relays.selectors.seats import (
    SeatSeen,
    ancestors,
    coverage,
    neighbours,
    seat,
    seat_of_area,
    seat_rows,
    seat_seen,
    standings,
)
from maillage.relays.selectors.terms import grants_without_term, running_terms_of, term_seen, terms_without_grant

__all__ = [
    "NetworkText",
    "Owed",
    "Readiness",
    "SeatSeen",
    "abilities_of",
    "ancestors",
    "applicant_contacts",
    "application_rows",
    "application_seen",
    "applications_seen",
    "caller_at",
    "coverage",
    "current_network",
    "every_network",
    "grants_without_term",
    "held_for",
    "holders_who_have_not_agreed",
    "kept_out",
    "name_in",
    "neighbours",
    "network",
    "open_applications",
    "open_elsewhere",
    "organised_among",
    "owed_call",
    "readiness_of",
    "requirements_of",
    "running_terms_of",
    "said",
    "seat",
    "seat_of_area",
    "seat_rows",
    "seat_seen",
    "standings",
    "takes_applications",
    "term_seen",
    "terms_without_grant",
    "text_of",
]
