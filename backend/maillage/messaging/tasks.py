"""What messaging does later."""

from datetime import datetime, timedelta
from uuid import UUID

from maillage.journal import jobs
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.messaging import services
from maillage.messaging.services import factors, merged, new_address
from maillage.messaging.services.entered import ask_entered_address
from maillage.messaging.services.imported import ask_imported_addresses
from maillage.messaging.services.staying import ask_silent_people


@jobs.job("messaging.deliver", queue="mail", lease=timedelta(minutes=2), atomic=False)
def deliver(*, message_id: UUID) -> None:
    """Send one message; safe to run twice."""
    services.deliver_message(message_id=message_id, now=now())


@jobs.job("messaging.tell_of_change")
def tell_of_change(*, entry_id: int, subject_id: UUID, **_: object) -> None:
    """The way somebody signs in changed: they are told by mail."""
    factors.tell_of_change(fact=Entry.objects.get(pk=entry_id).name, user_id=subject_id)


@jobs.job("messaging.write_of_new_address")
def write_of_new_address(*, entry_id: int, subject_id: UUID, **_: object) -> None:
    """Somebody asked for another address: it is asked, and the one that they have is told."""
    is_written_to = bool(Entry.objects.get(pk=entry_id).data["is_written_to"])
    new_address.write_of_new_address(change_id=subject_id, is_written_to=is_written_to, now=now())


@jobs.job("messaging.ask_entered")
def ask_entered(*, subject_id: UUID, **_: object) -> None:
    """Ask the address that was written on a paper whether it is theirs."""
    ask_entered_address(person_id=subject_id, now=now())


@jobs.job("messaging.ask_imported")
def ask_imported() -> None:
    """Ask the owners of the next addresses of files whether they are theirs."""
    ask_imported_addresses(now=now())


@jobs.job("messaging.ask_to_stay")
def ask_to_stay() -> None:
    """Ask the next people who gave no sign of life for nearly three years whether to stay."""
    ask_silent_people(now=now())


@jobs.job("messaging.tell_of_merge")
def tell_of_merge(*, entry_id: int, **_: object) -> None:
    """Write to every address of two records that were joined."""
    merged.tell_of_merge(merge_id=UUID(Entry.objects.get(pk=entry_id).data["merge_id"]), now=now())


@jobs.job("messaging.settle_merges")
def settle_merges(*, after_at: str | None = None, after_id: UUID | None = None) -> None:
    """Settle the joins to which nobody objected in time, from these on."""
    merged.settle_merges(now=now(), after_at=datetime.fromisoformat(after_at) if after_at else None, after_id=after_id)


@jobs.job("messaging.tell_of_parting")
def tell_of_parting(*, entry_id: int, **_: object) -> None:
    """Write to both people whose records were taken apart."""
    merged.tell_of_parting(merge_id=UUID(Entry.objects.get(pk=entry_id).data["merge_id"]), now=now())


@jobs.job("messaging.tell_of_appointment")
def tell_of_appointment(*, subject_id: UUID, **_: object) -> None:
    """Write to whom a role was given."""
    services.tell_of_appointment(grant_id=subject_id, now=now())
