"""Words of an import of people: where it stands, what a column holds, what becomes of a line, and why one is refused."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

IMPORT_LINES_KEPT = timedelta(days=30)
"""How long the lines of a file are kept, and with them the way back."""

MOST_BYTES = 400 * 2**20
MOST_LINES = 1_000_001
"""A million people and a line of headings."""
MOST_COLUMNS = 100
LONGEST_LINE = 131_072
"""Letters of one person's line: more is a quotation mark that never ends, and would hold the rest of the file in memory."""
PREVIEWED = 20


class ImportStatus(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("read; its columns wait to be named")
    CHECKING = "checking", _("each line is being checked")
    CHECKED = "checked", _("checked; nothing is written yet")
    RUNNING = "running", _("people are being written")
    STOPPED = "stopped", _("stopped half-way")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


HAS_WRITTEN = (ImportStatus.RUNNING, ImportStatus.STOPPED, ImportStatus.DONE, ImportStatus.UNDOING, ImportStatus.UNDONE)
"""People were written, or are being."""

WORK = {
    ImportStatus.CHECKING: "people.check_import",
    ImportStatus.RUNNING: "people.run_import",
    ImportStatus.UNDOING: "people.undo_import",
}
"""The job that is at it."""
AT_WORK = tuple(WORK)
"""A job is at it: what it reads cannot be changed."""


class ImportField(models.TextChoices):
    """What a column of a file can hold."""

    GIVEN_NAME = "given_name", _("first name")
    FAMILY_NAME = "family_name", _("family name")
    EMAIL = "email", _("e-mail address")
    PHONE = "phone", _("telephone")
    POSTAL_CODE = "postal_code", _("postcode")
    COMMUNE = "commune", _("commune")
    COMMUNE_CODE = "commune_code", _("official code of the commune")
    CONSTITUENCY = "constituency", _("code of the constituency")
    LANGUAGE = "language", _("language")
    BIRTH_DATE = "birth_date", _("birth date (read for the age, never kept)")


class ImportKey(models.TextChoices):
    """By what a line is recognised as somebody who is known, or who stood in the file already."""

    EMAIL = "email", _("e-mail address")
    NAME_PLACE = "name_place", _("name and place")
    NAME_PHONE = "name_phone", _("name and telephone")


class Outcome(models.TextChoices):
    """What becomes of a line."""

    NEW = "new", _("new")
    KNOWN = "known", _("known already")
    REPEATED = "repeated", _("stands in the file already")
    REFUSED = "refused", _("refused")


class Refused(models.TextChoices):
    """Why a line is refused, in plain words."""

    NOBODY = "nobody", _("There is neither a name nor a way to reach anyone.")
    BAD_EMAIL = "bad_email", _("The e-mail address cannot exist.")
    BAD_PHONE = "bad_phone", _("The telephone number cannot exist.")
    TOO_LONG = "too_long", _("A name is longer than 100 letters.")
    BAD_BIRTH_DATE = "bad_birth_date", _("The birth date is not a date.")
    TOO_YOUNG = "too_young", _("This person is younger than 15: a parent would have to agree.")
    NO_PLACE = "no_place", _("Nothing says where this person lives.")
    UNKNOWN_CONSTITUENCY = "unknown_constituency", _("No constituency has this code.")
    UNKNOWN_COMMUNE = "unknown_commune", _("No commune has this name or code.")
    UNKNOWN_POSTAL_CODE = "unknown_postal_code", _("No commune has this postcode.")
    SEVERAL_COMMUNES = "several_communes", _("Several communes have this name: the postcode is missing.")
    SEVERAL_SEATS = "several_seats", _("This place lies in several constituencies: only the person can say which, so a column must.")
    PLACES_DIFFER = "places_differ", _("The commune does not lie in this constituency.")
    OUTSIDE = "outside", _("This place is not one of those that you organise.")
    BAD_CONSENT_DATE = "bad_consent_date", _("The date of the agreement is not a date.")
    CONSENT_TO_COME = "consent_to_come", _("The date of the agreement is yet to come.")


class Remark(models.TextChoices):
    """What is left out of a line that is taken."""

    NO_PROOF = "no_proof", _("Agreement not kept: its date or the paper's number is missing.")
    NO_CONTACT = "no_contact", _("Agreement not kept: there is no address or number to use it on.")
    STOPPED = "stopped", _("Agreement not kept: this person had taken it back, and only they can give it again.")


class ImportAct(models.TextChoices):
    """What an import did to a person."""

    CREATED = "created", _("created")
    FILLED = "filled", _("completed")
    MET = "met", _("found, and nothing to add")


@dataclass(frozen=True)
class ConsentColumn:
    """What a column of agreements says, and its proof: the wording, the day and the paper of each line, or of all.

    `wording` is the version of one of ours, empty where `text` quotes what the paper said.
    """

    purpose: str
    channel: str
    wording: str
    text: str
    column: int
    date_column: int | None
    date: str
    paper_column: int | None
    paper: str
