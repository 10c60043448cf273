"""What people does at night."""

from datetime import datetime
from uuid import UUID

from maillage.journal import jobs
from maillage.kernel.clock import now
from maillage.people import services


@jobs.job("people.turn_access_log")
def turn_access_log() -> None:
    """Open the months to come of the access log, drop those that are past."""
    services.turn_access_log(now=now())


@jobs.job("people.check_consents")
def check_consents() -> None:
    """Compare the consents' state with their log."""
    services.check_consents(now=now())


@jobs.job("people.forget_deleted_views")
def forget_deleted_views() -> None:
    """Delete for good the saved views that were deleted a day ago."""
    services.forget_deleted_views(now=now())


@jobs.job("people.forget_unconfirmed")
def forget_unconfirmed() -> None:
    """Forget who was typed into a form and never confirmed it."""
    services.forget_unconfirmed(now=now())


@jobs.job("people.look_for_silent")
def look_for_silent(after_at: str | None = None, after_id: UUID | None = None) -> None:
    """Find the next people who gave no sign of life for nearly three years."""
    services.look_for_silent(now=now(), after_at=datetime.fromisoformat(after_at) if after_at else None, after_id=after_id)


@jobs.job("people.forget_silent")
def forget_silent() -> None:
    """Ask for the jobs that forget who was asked a month ago whether to stay."""
    services.forget_silent(now=now())


@jobs.job("people.forget_silent_accounts")
def forget_silent_accounts() -> None:
    """Forget who signs in, holds nothing any more, said no name, and gave no sign of life for three years."""
    services.forget_silent_accounts(now=now())


@jobs.job("people.forget_person")
def forget_person(question_id: UUID) -> None:
    """Forget one person who gave no sign of life for three years."""
    services.forget_person(question_id=question_id, now=now())


@jobs.job("people.check_import")
def check_import(import_id: UUID) -> None:
    """Check the next lines of a file of people."""
    services.check_import_lines(import_id=import_id, now=now())


@jobs.job("people.run_import")
def run_import(import_id: UUID) -> None:
    """Write the next people of a file."""
    services.write_import_lines(import_id=import_id, now=now())


@jobs.job("people.undo_import", attempts=6)  # five minutes; then its organiser reads that it failed, and tries again
def undo_import(import_id: UUID) -> None:
    """Take back the next people of a file."""
    services.take_back_imported(import_id=import_id, now=now())


@jobs.job("people.forget_import_lines")
def forget_import_lines() -> None:
    """Erase the lines of files read a month ago."""
    services.forget_import_lines(now=now())


@jobs.job("people.keep_wordings")
def keep_wordings() -> None:
    """Keep the wordings of forms that are new in the code."""
    services.keep_wordings(now=now())


@jobs.job("people.search_likenesses")
def search_likenesses() -> None:
    """Compare the next people with everybody: who may stand here twice."""
    services.search_likenesses(now=now())


@jobs.job("people.compare_person")
def compare_person(person_id: UUID) -> None:
    """Compare one person with everybody, whose record was just joined or taken apart."""
    services.compare_people(person_ids=[person_id], now=now())


@jobs.job("people.compare_name_words")
def compare_name_words() -> None:
    """Compare the words of names with everybody's."""
    services.compare_name_words()
