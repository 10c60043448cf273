"""Reads of people."""

from maillage.people.selectors.accesses import accesses_of, accesses_page
from maillage.people.selectors.agreements import (
    agreement_of,
    agreements_of,
    charter_missed_by,
    codes_held,
    have_agreed,
    qualifications_of,
)
from maillage.people.selectors.asked import read_asked
from maillage.people.selectors.consents import consent_mismatches, may_contact, people_who_agreed
from maillage.people.selectors.contact import email_addresses
from maillage.people.selectors.documents import (
    Standing,
    changes_of,
    comments_seen,
    day_of_house,
    document,
    may_discuss,
    public_versions,
    standing_of,
    text_in,
    version_in_force,
    version_seen,
    versions_seen,
    wordings_kept,
    zone_of_house,
)
from maillage.people.selectors.family import family_ids, standing_id
from maillage.people.selectors.imports import (
    addresses_of,
    consent_columns,
    has_failed,
    import_by,
    imports_by,
    lines_done,
    origins_of,
    origins_to_tell,
    preview_of,
    reasons_in,
    refused_lines,
    sample_of,
    standing_wordings,
)
from maillage.people.selectors.ladder import Rung, ladder, ladders
from maillage.people.selectors.likenesses import likenesses_count, likenesses_page
from maillage.people.selectors.listing import PeoplePage, people_count, people_page, person_card
from maillage.people.selectors.merges import addresses_of_merge, merge_preview, merges_page, own_merges, records_proved_on
from maillage.people.selectors.officer import people_found, people_inspected, running_reason
from maillage.people.selectors.own import export_of, own_data, own_person_id
from maillage.people.selectors.persons import people_reached, person_of
from maillage.people.selectors.sides import own_address, record_of_row, record_of_user, record_reached, records_of_address, side_of
from maillage.people.selectors.views import views_of

__all__ = [
    "PeoplePage",
    "Rung",
    "Standing",
    "accesses_of",
    "accesses_page",
    "addresses_of",
    "addresses_of_merge",
    "agreement_of",
    "agreements_of",
    "changes_of",
    "charter_missed_by",
    "codes_held",
    "comments_seen",
    "consent_columns",
    "consent_mismatches",
    "day_of_house",
    "document",
    "email_addresses",
    "export_of",
    "family_ids",
    "has_failed",
    "have_agreed",
    "import_by",
    "imports_by",
    "ladder",
    "ladders",
    "likenesses_count",
    "likenesses_page",
    "lines_done",
    "may_contact",
    "may_discuss",
    "merge_preview",
    "merges_page",
    "origins_of",
    "origins_to_tell",
    "own_address",
    "own_data",
    "own_merges",
    "own_person_id",
    "people_count",
    "people_found",
    "people_inspected",
    "people_page",
    "people_reached",
    "people_who_agreed",
    "person_card",
    "person_of",
    "preview_of",
    "public_versions",
    "qualifications_of",
    "read_asked",
    "reasons_in",
    "record_of_row",
    "record_of_user",
    "record_reached",
    "records_of_address",
    "records_proved_on",
    "refused_lines",
    "running_reason",
    "sample_of",
    "side_of",
    "standing_id",
    "standing_of",
    "standing_wordings",
    "text_in",
    "version_in_force",
    "version_seen",
    "versions_seen",
    "views_of",
    "wordings_kept",
    "zone_of_house",
]
