"""Jobs of fundraising."""

from datetime import timedelta
from uuid import UUID

from maillage import journal
from maillage.fundraising import services
from maillage.fundraising.services import debits, disputes, held, places, reconciliation, refunds, rollups
from maillage.fundraising.services.donors import IDENTIFY
from maillage.fundraising.services.editions import publish_months as publish
from maillage.fundraising.services.messages import SOURCE
from maillage.fundraising.services.monthly import COMPLETE
from maillage.fundraising.services.monthly_runs import CHARGE, LOOK_AT
from maillage.fundraising.services.payments import FOLLOW_GIVEN_BACK, LOOK_AGAIN, TELL_OF_DEBIT
from maillage.fundraising.services.proofs import FORGET_ADDRESS
from maillage.fundraising.services.receipts import MAKE
from maillage.fundraising.services.unpaid import GIVE_UP
from maillage.fundraising.services.yearly import TELL
from maillage.journal.models import Entry
from maillage.kernel.clock import now

ASKS_OUTSIDE = timedelta(minutes=5)
"""Longer than what asks the provider ever takes, its retries and paging included."""

CHECKS = timedelta(minutes=30)
"""Longer than it takes to read millions of donations."""
READS_ALL = timedelta(hours=1)
"""Longer than an account takes to be read back for the first time."""


@journal.jobs.job("fundraising.settle_message", queue="money", lease=ASKS_OUTSIDE, atomic=False)
def settle_message(*, inbound_id: UUID, **_: object) -> None:
    """Apply one message of the payment provider; safe to run twice."""
    services.settle_message(inbound_id=inbound_id, now=now())


@journal.jobs.job(LOOK_AGAIN, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def look_again(*, donation_id: UUID) -> None:
    """Look what became of a donation's payment, whatever was answered when it was tried."""
    services.look_again(donation_id=donation_id, now=now())


@journal.jobs.job(IDENTIFY, queue="money")
def identify_donor(*, donor_id: UUID) -> None:
    """Find who counts as one person with somebody who gave."""
    services.identify_donor(donor_id=donor_id)


@journal.jobs.job(FORGET_ADDRESS)
def forget_address(*, donor_id: UUID) -> None:
    """Forget an address that was denied a week ago, unless its owner confirmed it."""
    services.forget_address(donor_id=donor_id, now=now())


@journal.jobs.job("fundraising.recount_person")
def recount_person(*, subject_id: UUID, entry_id: int, **_: object) -> None:
    """Two records of a person were joined, or taken apart: count their donations as of one, or of two, from where each lives."""
    both = [subject_id, UUID(Entry.objects.get(pk=entry_id).data["absorbed_id"])]
    places.place_people(both)
    rollups.recount_people(both)


@journal.jobs.job("fundraising.place_person")
def place_person(*, subject_id: UUID, **_: object) -> None:
    """Where somebody lives came to be known, or was put right: what they gave counts there, unless their address says otherwise."""
    places.place_people([subject_id])


@journal.jobs.job("fundraising.place_unplaced", lease=CHECKS, atomic=False)
def place_unplaced() -> None:
    """Look again each night from where those gave of whom nobody knew it: before a territory was loaded, nobody could."""
    places.place_unplaced()


@journal.jobs.job("fundraising.check_rollups", lease=CHECKS, atomic=False)
def check_rollups() -> None:
    """Compare each night the sums of dashboards with the books, and bring their slots together."""
    rollups.check()


@journal.jobs.job(COMPLETE, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def complete_monthly(*, step_id: UUID) -> None:
    """Read how a donor knows the way to pay of their monthly donation, and tell them that it began or changed; safe to run twice."""
    services.complete_monthly(step_id=step_id, now=now())


@journal.jobs.job(MAKE)
def make_receipt(*, subject_id: UUID, **_: object) -> None:
    """A donation was received, or given back: make its receipt, or the one that replaces it."""
    services.make_receipt(donation_id=subject_id, now=now())


@journal.jobs.job("fundraising.make_yearly_receipt")
def make_yearly_receipt(*, monthly_id: UUID, year: int, **_: object) -> None:
    """Make the receipt of a monthly donation's instalments of a year."""
    services.make_yearly_receipt(monthly_id=monthly_id, year=year, now=now())


@journal.jobs.job("fundraising.ask_for_missing_receipts")
def ask_for_missing_receipts() -> None:
    """Ask each night for the receipts of donations given once that have none, once their recipient's facts are complete."""
    services.ask_for_missing_receipts(now=now())


@journal.jobs.job("fundraising.ask_for_yearly_receipts")
def ask_for_yearly_receipts() -> None:
    """Ask each night for the receipts of the instalments of the year before, that have none."""
    at = now()
    services.ask_for_yearly_receipts(year=at.year - 1, now=at)


@journal.jobs.job("fundraising.ask_to_tell_year")
def ask_to_tell_year() -> None:
    """Ask each night of the second half of January that whoever gave in the year before is told what they gave."""
    services.ask_to_tell_year(now=now())


@journal.jobs.job(TELL)
def tell_year(*, donor_id: UUID, year: int, **_: object) -> None:
    """Tell one address what was given from it in a year; safe to run twice."""
    services.tell_year(donor_id=donor_id, year=year, now=now())


@journal.jobs.job("fundraising.tell_proved")
def tell_proved(*, subject_id: UUID, **_: object) -> None:
    """Somebody proved their address: tell it what was given from it in the year before, where all others were told already."""
    services.tell_proved(donor_id=subject_id, now=now())


@journal.jobs.job("fundraising.follow_caps")
def follow_caps(*, subject_id: UUID, **_: object) -> None:
    """Money came or went: count what its giver gave beyond a cap, and look whether they may be somebody who gave."""
    services.follow_caps(donation_id=subject_id, now=now())


@journal.jobs.job("fundraising.give_up_unpaid")
def give_up_unpaid() -> None:
    """Ask that donations are given up which waited a day for their giver."""
    services.ask_to_give_up(now=now())


@journal.jobs.job(GIVE_UP, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def give_up_donation(*, donation_id: UUID, **_: object) -> None:
    """Give up a donation that waited a day, at the provider first; safe to run twice."""
    services.give_up_donation(donation_id=donation_id, now=now())


@journal.jobs.job("fundraising.forget_proofs")
def forget_proofs() -> None:
    """Forget the codes and proofs whose time is over."""
    services.forget_proofs(now=now())


@journal.jobs.job("fundraising.take_instalments", queue="money")
def take_instalments() -> None:
    """Ask each hour for a look at the monthly donations with which something is due: each recipient's day begins at its own hour."""
    services.take_instalments(now=now())


@journal.jobs.job(LOOK_AT, queue="money")
def look_at_monthly(*, monthly_id: UUID) -> None:
    """Do what is due with one monthly donation today, once."""
    services.look_at_monthly(monthly_id=monthly_id, now=now())


@journal.jobs.job(CHARGE, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def charge_instalment(*, donation_id: UUID, attempt: int) -> None:
    """Charge one instalment; however often it runs, the bank is asked once for each attempt."""
    services.charge_instalment(donation_id=donation_id, attempt=attempt, now=now())


@journal.jobs.job(TELL_OF_DEBIT, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def tell_of_debit(*, donation_id: UUID) -> None:
    """Tell a donor of a debit made once, before it is taken; safe to run twice."""
    debits.tell_of_debit(donation_id=donation_id, now=now())


@journal.jobs.job(FOLLOW_GIVEN_BACK, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def follow_given_back(*, donation_id: UUID) -> None:
    """Read what went back of a donation, where its charge says that something did."""
    services.follow_given_back(donation_id=donation_id, now=now())


@journal.jobs.job(refunds.SEND, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def send_refund(*, request_id: UUID) -> None:
    """Give back what the treasurer asked for, should the answer to their own call be lost."""
    services.send_refund(request_id=request_id, now=now())


@journal.jobs.job(disputes.SEND, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def send_answer(*, donation_id: UUID) -> None:
    """Send banks what the treasurer wrote, should the answer to their own call be lost."""
    services.send_answers(donation_id=donation_id, now=now())


@journal.jobs.job(held.FOLLOW, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def follow_held(*, donation_id: UUID) -> None:
    """Do at the provider what was decided about a card that waited."""
    services.follow_held(donation_id=donation_id, now=now())


@journal.jobs.job("fundraising.give_up_held")
def give_up_held() -> None:
    """Give up each hour the cards about which nobody decided, before their banks do."""
    services.give_up_held(now=now())


@journal.jobs.job("fundraising.reconcile_all")
def reconcile_all() -> None:
    """Begin each night to read every account back."""
    services.reconcile_all(now=now())


@journal.jobs.job(reconciliation.RECONCILE, queue="money", lease=READS_ALL, atomic=False)
def reconcile(*, reconciliation_id: UUID) -> None:
    """Read one account back and hold its books against ours."""
    services.reconcile(reconciliation_id=reconciliation_id, now=now())


@journal.jobs.job("fundraising.watch_new_cards")
def watch_new_cards() -> None:
    """Take new cards again, each minute, where the time is over for which they were closed."""
    services.watch_new_cards(now=now())


@journal.jobs.job("fundraising.forget_declarations")
def forget_declarations() -> None:
    """Empty each night the declarations that no law keeps any more."""
    services.forget_declarations(now=now())


@journal.jobs.job("fundraising.forget_unpaid", lease=CHECKS, atomic=False)
def forget_unpaid() -> None:
    """Forget each night who began a donation a month ago that was never paid, however many they are."""
    while services.forget_unpaid(now=now()):
        continue


@journal.jobs.job("fundraising.forget_tries")
def forget_tries() -> None:
    """Forget each night from where tries to pay came, and old ones altogether."""
    services.forget_tries(now=now())


@journal.jobs.job("fundraising.publish_months")
def publish_months() -> None:
    """Tell everybody of the months that are over."""
    publish(now=now())


journal.inbox.accept(SOURCE, job="fundraising.settle_message")


@journal.jobs.job("fundraising.tell_page_owner")
def tell_page_owner(*, subject_id: UUID, **_: object) -> None:
    """Somebody gave on a supporter's page: tell its owner, at most once a day."""
    services.tell_owner(donation_id=subject_id, now=now())


@journal.jobs.job("fundraising.forget_pages")
def forget_pages() -> None:
    """Forget the pages that nobody confirmed within a week."""
    services.forget_pages(now=now())
