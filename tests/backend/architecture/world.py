"""A small world in which every role exists once: the actors and the rows that the permission matrix asks for.

Each person bears names and an address that nobody else bears, so that an answer shows whom it names.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from maillage.accounts.domain import Role
from maillage.accounts.models import AddressChange, User
from maillage.actions import services as actions
from maillage.actions.domain import StepKind as BoardStepKind
from maillage.actions.models import Assignment, BoardStep, LaunchRequest, Report, ReportPhoto, TakeOver
from maillage.actions.selectors import answer_token, paper_token, rehearsal_token, take_over_token
from maillage.advocacy import services as advocacy
from maillage.advocacy.domain import Choice
from maillage.advocacy.domain import StepKind as ContactStepKind
from maillage.advocacy.domain.answering import ANSWERED_LINK
from maillage.advocacy.models import AnswerQuestion, Mandate, OfficeHolder, StaffMember
from maillage.fundraising.domain.links import ADDRESS_LINK, MONTHLY_LINK, PAGE_NOTES_LINK, PAGE_OPEN_LINK, UNDO_LINK
from maillage.fundraising.domain.links import CONFIRM_LINK as CONFIRM_LINK_OF_BANK
from maillage.fundraising.domain.pages import ShownAs
from maillage.fundraising.models import Donor, DonorCorrection, DonorFile, PagePhoto, YearlyStatement
from maillage.fundraising.selectors.campaign_pages import own_page_token
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.receipts import receipt_token
from maillage.fundraising.selectors.yearly import year_token
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain import MessageStatus
from maillage.messaging.domain.preferences import PREFERENCES_LINK
from maillage.messaging.domain.stop import STOP_LINK
from maillage.messaging.models import Message
from maillage.messaging.services.merged import JOINED_LINK
from maillage.messaging.services.new_address import FORMER_ADDRESS_LINK, NEW_ADDRESS_LINK
from maillage.messaging.services.questions import ENTERED_LINK
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel, ReasonKind, Voice
from maillage.people.domain.imports import ImportStatus
from maillage.people.domain.staying import STAY_LINK
from maillage.people.models import ContactPoint, Import, Person, StayQuestion
from maillage.relays import services as relays
from maillage.relays.domain import (
    CHARTER_LINK,
    CONFIRM_LINK,
    CONVERSATION_LINK,
    MISSED_LINK,
    STILL_HERE_LINK,
    TOLD_LINK,
    WITHDRAW_LINK,
    WRITE_LINK,
    ApplicationStatus,
    CompanionKind,
    CompanionStatus,
    QuietStepKind,
    TermKind,
)
from maillage.relays.domain.filling import ASKED_LINK, AskKind, AskStatus, StepKind
from maillage.relays.domain.joining import JOIN_LINK
from maillage.relays.domain.notes import NoteKind
from maillage.relays.models import Companion, FriendlyCall, Joining, QuietStep, RelayPhoto, Seat, SeatAsk, Term, Welcome
from maillage.territories.domain import CalendarKind
from maillage.territories.models import Area
from maillage.territories.services.calendar import write_window
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.advocacy.factories import log, make_subject, say, tie
from tests.backend.days import in_days
from tests.backend.fundraising.factories import (
    make_after_payment,
    make_bank_line,
    make_batch_row,
    make_donation,
    make_donor,
    make_excess,
    make_fund,
    make_given_back,
    make_near,
    make_receipt,
)
from tests.backend.fundraising.monthly_world import make_change, make_instalment, make_monthly
from tests.backend.fundraising.page_factories import give_on, make_page, report_on
from tests.backend.messaging.factories import data_token
from tests.backend.people.documents import adopt_wording, agree, house_day, make_charter, propose_charter
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.people.import_files import checked, line
from tests.backend.relays.factories import SmallNetwork, make_application, make_conversation, make_holder, make_network
from tests.backend.relays.filling_factories import make_volunteer


@dataclass(frozen=True)
class World:
    """Who asks, and about what: `here` is the seat 0101 in department 01, `elsewhere` department 02."""

    actors: dict[str, User | None]
    rows: dict[str, UUID | str]


def make_letter(area: Area, instant: datetime) -> Message:
    """A message for somebody without e-mail, who agreed that their relay writes to them by post."""
    person = make_person(given_name="Odette", email="", area=area)
    ContactPoint.objects.create(person=person, channel=Channel.POST, value="3 rue du Pont", verified_at=instant, is_preferred=True)
    people.record_consent(
        person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.POST, wording=RELAY_CONTACT.version, source="paper", now=instant
    )
    application = make_application(Seat.objects.get(area=area), person=person)
    return Message.objects.create(
        purpose="relays.application_declined",
        person=person,
        about_id=application.pk,
        channel=Channel.POST,
        lane="mail",
        recipient_kind="person",
        language="fr",
        status=MessageStatus.BY_HAND,
    )


def make_stay_letter(letter: Message, instant: datetime) -> Message:
    """The question whether whoever has that letter stays, which no mail can bring either."""
    question = StayQuestion.objects.create(person=letter.person, found_at=instant, asked_at=instant)
    return Message.objects.create(
        purpose="messaging.stay",
        person=letter.person,
        about_id=question.pk,
        channel=Channel.POST,
        lane="mail",
        recipient_kind="person",
        language="fr",
        status=MessageStatus.BY_HAND,
    )


A_MARK = re.compile(r"zz(?:given|family|mail)\d+x(?:@people\.example)?", re.IGNORECASE)
"""A name or address of somebody in this world: nobody else bears it, and no text holds it by chance."""


def mark_everybody() -> None:
    """Give each person names and an address that nobody else bears; nobody shows a first name in public."""
    for number, person in enumerate(Person.objects.order_by("pk")):
        person.given_name, person.family_name, person.shows_given_name = f"Zzgiven{number}x", f"Zzfamily{number}x", False
        person.save()
        ContactPoint.objects.filter(person=person).update(value=f"zzmail{number}x@people.example")


def marks_of(person: Person) -> list[str]:
    """What would name them in an answer."""
    return [person.given_name, person.family_name, *(point.value for point in person.contact_points.all())]


def make_world() -> World:
    """Write it into the database."""
    net = make_network()
    area = net.country.area
    instant = now()
    here, _ = net.seat("0101"), net.seat("0201")
    relay_term, relay = make_holder(here)
    _, stand_in = make_holder(here, kind=TermKind.STAND_IN, email="stand.in@people.example", given_name="Ada")
    _, relay_elsewhere = make_holder(net.seat("0201"), email="elsewhere@people.example", given_name="Yann")
    pair, asked, newcomer, call = _looked_after(net, relay_elsewhere)
    national = net.organiser()
    member = make_user("member@people.example")
    applicant = make_person(user=make_user("applicant@people.example"), email="applicant@people.example", area=area("0102"))
    application = make_application(net.seat("0102"), person=applicant)
    unproved = make_application(net.seat("0103"), status=ApplicationStatus.UNCONFIRMED, email="unproved@people.example")
    held = make_application(net.seat("0103"), status=ApplicationStatus.HELD, email="held@people.example")
    neighbour = agree_to_relay(make_person(given_name="Élodie", email="elodie@people.example", area=area("0101")))
    organiser = net.organiser("department", "01", name="Inès Prat")
    brought = checked(organiser, [line("Élodie", email="elodie@people.example"), line("Hugo", "Lamy", seat="0201")])
    left = Import.objects.create(  # by somebody who organised here once
        by=member,
        file_name="liste.csv",
        origin="Un marché",
        encoding="utf-8",
        separator=";",
        has_headings=True,
        headings=["Nom"],
        lines=1,
        language="fr",
        status=ImportStatus.DONE,
        areas=[area("0101").pk],
        created_at=instant,
        ended_at=instant,
    )
    words = {"fr": {"title": "Parlons-en", "summary": "", "brief": "Allez voir."}}
    window = {"starts_at": instant, "ends_at": instant + timedelta(days=7)}
    draft = actions.draft_action(network=net.network, texts=words, by=national, now=instant, **window)
    launched = actions.draft_action(network=net.network, texts=words, by=national, now=instant, **window)
    actions.launch_action(action_id=launched.pk, by=national, now=instant)
    rehearsal = actions.rehearse_action(
        action_id=draft.pk, seat_id=here.pk, version=1, colleague_ids=[organiser.pk], by=national, now=instant
    )
    launch_request = LaunchRequest.objects.create(action=draft, version=1, expected=0, by_hand=0, by=national, asked_at=instant)
    corrected = {"fr": {"title": "Parlons-en", "summary": "", "brief": "Allez les voir."}}
    correction = actions.correct_action(
        action_id=launched.pk, version=1, texts=corrected, changed={"fr": "Les voir."}, by=national, now=instant
    )
    paragraph = actions.write_paragraph(
        action_id=launched.pk, area=area("0101"), language="fr", words="Et la gare.", version=0, by=organiser, now=instant
    )
    calendar_window = write_window(
        area=area("01", "department"),
        kind=CalendarKind.HOLIDAY,
        starts_on=in_days(30),
        ends_on=in_days(44),
        labels={"fr": "Vacances"},
        by_id=organiser.pk,
        now=instant,
    )
    assignment = Assignment.objects.select_related("action").get(action=launched, seat=here)
    report = Report.objects.create(assignment=assignment, author=relay, met="staff", met_on=instant.date())
    ReportPhoto.objects.create(report=report, jpeg=b"\xff\xd8\xff", added_at=instant)
    # The relay elsewhere is asked to take over what the seat 0101 is asked, by a step of whoever organises there.
    board_step = BoardStep.objects.create(action=launched, kind=BoardStepKind.HAND_OVER, number=1, by=organiser, at=instant)
    board_step.assignments.set([assignment])
    taken_over = TakeOver.objects.create(
        assignment=assignment, person=relay_elsewhere, step=board_step, asked_at=instant, leaves_at=instant, sent_at=instant
    )
    message = Message.objects.filter(person=relay).latest("queued_at")
    appointed = make_granted(Role.ORGANISER, area("03", "department"), email="appointed@people.example")
    deputy = OfficeHolder.objects.create(source="tests", external_id="1", given_name="Jeanne", family_name="Martin")
    Mandate.objects.create(holder=deputy, area=here.area, body="tests", begins_on=in_days())
    subject = make_subject()
    disputed = say(deputy, subject, author=relay, by=relay.user)
    advocacy.dispute_position(position_id=disputed.pk, reason="Elle parlait d'autre chose.", by=national, now=instant)
    met = people.enter_person(
        area_id=area("0101").pk,
        given_name="Ode",
        family_name="",
        contacts={Channel.EMAIL: "ode@people.example"},
        agrees_to={Channel.EMAIL: [RELAY_CONTACT.purpose]},
        paper_number="P-0001",
        is_read_aloud=True,
        is_of_age=True,
        language="fr",
        by=national,
        now=instant,
    )
    officer = make_granted(Role.DATA_PROTECTION_OFFICER, net.country.country)
    reason = people.give_reason(reader=officer, kind=ReasonKind.OFFICER, words="Demande d'accès, article 15", now=instant)
    people.narrow_reason(reason_id=reason.pk, reader=officer, person_id=neighbour.pk, now=instant)
    kept = people.save_view(owner=organiser, name="Ici", filters={"sort": "joined"}, area_id=None, now=instant)
    required = relays.require_qualification(network_id=net.network.pk, names={"fr": "Premiers pas"}, by=national, now=instant)
    qualification = relays.qualify_applicant(application_id=application.pk, code=required.code, by=national, now=instant)
    people.record_qualification(person_id=relay_elsewhere.pk, code=required.code, obtained_on=house_day(0), source="tests", now=instant)
    learnt = relays.qualify_holder(term_id=relay_term.pk, code=required.code, by=national, now=instant)
    adopted = make_charter()
    agree(applicant, adopted)
    agree(relay_elsewhere, adopted)
    proposed = propose_charter()
    own_words = adopt_wording("relay_welcome")
    comment = people.write_comment(
        version_id=proposed.pk, person_id=relay.pk, voice=Voice.RELAY, language="fr", words="Trop long.", now=instant
    )
    relays.name_safety_contacts(emails=[national.email], by=national, now=instant)
    written = make_conversation(here)
    unsent = make_conversation(here, is_confirmed=False)
    from_visitor = relays.tell_as_visitor(
        seat_id=here.pk, what="Words", email="told@visitors.example", network="tests", language="fr", now=instant
    )
    joiner = make_person(given_name="Ilyes", email="ilyes@people.example", area=area("0101"), confirmed_at=None)
    joining = Joining.objects.create(seat=here, person=joiner, wordings=[RELAY_CONTACT.version], is_of_age=True)
    concern = relays.tell_concern(what="On m'a menacée.", reporter=applicant, now=instant)
    twin, other_twin, third = (make_person(given_name="Lou", email="lou.barre@people.example", area=area("0101")) for _ in range(3))
    told = people.tell_apart(one_id=twin.pk, other_id=neighbour.pk, by=national, now=instant)
    fourth = make_person(given_name="Lou", area=area("0101"))
    merge = people.merge_people(kept_id=third.pk, absorbed_id=fourth.pk, values={}, by=national, now=instant)
    people.compare_people(person_ids=[twin.pk], now=instant)
    in_a_week = instant + timedelta(days=7)
    note = relays.write_note(
        seat_id=here.pk, author_id=relay.pk, kind=NoteKind.PROMISED, text="Une date d'ici mars.", due_on=in_days(7), now=instant
    )
    hand_over = relays.begin_hand_over(
        term_id=relay_term.pk, ends_on=in_days(7), successor_id=stand_in.pk, words="Je déménage.", by=relay.user, now=instant
    )
    volunteer, other = make_volunteer(net, "0102", name="Awa Diop"), make_volunteer(net, "0103", name="Bo Lis")
    vacant = net.seat("0104")
    step = relays.note_step(seat_id=vacant.pk, kind=StepKind.PUT_UP_POSTER, words="", by=organiser, now=instant)

    def question(person: Person, kind: AskKind, **fields: object) -> SeatAsk:
        ends_at = in_a_week + timedelta(days=1)
        return SeatAsk.objects.create(
            seat=vacant, person=person, kind=kind, asked_by=organiser, asked_at=instant, leaves_at=instant, ends_at=ends_at, **fields
        )

    own_ask = question(relay, AskKind.STAND_IN, sent_at=instant)
    agreed_ask = question(relay_elsewhere, AskKind.STAND_IN, sent_at=instant, status=AskStatus.AGREED)
    new_ask = question(other, AskKind.VOLUNTEER)
    address_change = AddressChange.objects.create(user=applicant.user, email="another@people.example", asked_at=instant, ends_at=in_a_week)
    mark_everybody()
    return World(
        actors={
            "anonymous": None,
            "member": member,
            "applicant": applicant.user,
            "relay_here": relay.user,
            "stand_in_here": stand_in.user,
            "relay_elsewhere": relay_elsewhere.user,
            "organiser_here": organiser,
            "organiser_elsewhere": net.organiser("department", "02", name="Hugo Lamy"),
            "organiser_national": national,
            "treasurer": make_granted(Role.TREASURER, net.country.country),
            "moderator": make_granted(Role.MODERATOR, net.country.country),
            "data_protection_officer": officer,
            "administrator": make_granted(Role.ADMINISTRATOR, net.country.country),
        },
        rows={
            "network": net.network.pk,
            "seat": here.pk,
            "vacant_seat": net.seat("0104").pk,
            "volunteer": volunteer.pk,
            "organiser": organiser.pk,
            "step": step.pk,
            "own_ask": own_ask.pk,
            "agreed_ask": agreed_ask.pk,
            "new_ask": new_ask.pk,
            "asked_token": sign_link(ASKED_LINK, ids=[own_ask.pk], ends_at=in_a_week),
            "area": area("0101").pk,
            "term": relay_term.pk,
            "note": note.pk,
            "hand_over": hand_over.pk,
            "application": application.pk,
            "letter": (letter := make_letter(area("0101"), instant)).pk,
            "stay_letter": (asking := make_stay_letter(letter, instant)).pk,
            "stay_token": sign_link(STAY_LINK, ids=[asking.about_id or asking.pk], ends_at=in_a_week),
            "conversation": written.pk,
            "concern": concern.pk,
            "held": held.pk,
            "next_week": in_days(7).isoformat(),
            "person": neighbour.pk,
            "reason": reason.pk,
            "view": kept.pk,
            "twin": twin.pk,
            "other_twin": other_twin.pk,
            "told_apart": told.pk,
            "merge": merge.pk,
            "draft": draft.pk,
            "launched": launched.pk,
            "launch_request": launch_request.pk,
            "correction": correction.pk,
            "assignment": assignment.pk,
            "board_step": board_step.pk,
            "take_over": taken_over.pk,
            "take_over_token": take_over_token(taken_over),
            "adopted": adopted.pk,
            "proposed": proposed.pk,
            "own_words": own_words.pk,
            "comment": comment.pk,
            "qualification": qualification.pk,
            "learnt": learnt.pk,
            "charter_token": sign_link(CHARTER_LINK, ids=[relay.pk], ends_at=in_a_week),
            "deputy": deputy.pk,
            "subject": subject.pk,
            "position": say(deputy, subject, author=national.person, by=national).pk,
            "disputed": disputed.pk,
            "staff": advocacy.note_staff(
                holder_id=deputy.pk, name="Lou Petit", role="Agenda", office_email="", by=national, now=instant
            ).pk,
            "answer_question": (written_to := _asked_if_answered(deputy, relay)).pk,
            "answered_token": sign_link(ANSWERED_LINK, ids=[written_to.pk], ends_at=in_a_week),
            "roll_call": tie({"1": Choice.FOR}, subject, by=national).pk,
            "contact": log(deputy, by=relay.user, author=relay).pk,
            "import": brought.pk,
            "left_import": left.pk,
            "appointment": appointed.grants.get().pk,
            "answer_token": answer_token(assignment, author_id=relay.pk),
            "paragraph": paragraph.pk,
            "calendar_window": calendar_window.pk,
            "rehearsal_token": rehearsal_token(rehearsal, user_id=None),
            "paper_token": paper_token(assignment, author_id=relay.pk),
            "photo": RelayPhoto.objects.create(person=relay, jpeg=b"\xff\xd8\xff", shown_since=now()).pk,
            "stop_token": sign_link(STOP_LINK, ids=[message.pk], ends_at=in_a_week),
            "preferences_token": sign_link(PREFERENCES_LINK, ids=[neighbour.pk], ends_at=in_a_week),
            "new_address_token": sign_link(NEW_ADDRESS_LINK, ids=[address_change.pk], ends_at=in_a_week),
            "former_address_token": sign_link(FORMER_ADDRESS_LINK, ids=[address_change.pk], ends_at=in_a_week),
            "entered_token": sign_link(ENTERED_LINK, ids=[met.contact_points.get().pk], ends_at=in_a_week),
            "joined_token": sign_link(JOINED_LINK, ids=[merge.pk, fourth.pk], ends_at=in_a_week),
            "own_data_token": data_token(neighbour.pk, lasts=timedelta(days=7)),
            "pair": pair.pk,
            "companion": asked.pk,
            "newcomer": newcomer.pk,
            "call": call.pk,
            "still_here_token": sign_link(STILL_HERE_LINK, ids=[call.term_id], ends_at=in_a_week),
            "confirm_token": sign_link(
                CONFIRM_LINK, ids=[unproved.pk, ContactPoint.objects.get(person=unproved.person).pk], ends_at=in_a_week
            ),
            "join_token": sign_link(JOIN_LINK, ids=[joining.pk, joiner.contact_points.get().pk], ends_at=in_a_week),
            "told_token": sign_link(TOLD_LINK, ids=[from_visitor.pk], ends_at=in_a_week),
            "write_token": sign_link(WRITE_LINK, ids=[unsent.pk], ends_at=in_a_week),
            "conversation_token": sign_link(CONVERSATION_LINK, ids=[written.pk], ends_at=in_a_week),
            "fund": (fund := make_fund()).code,
            "batch": (batch_row := make_batch_row(fund)).batch_id,
            "batch_row": batch_row.pk,
            "bank_line": make_bank_line(fund).pk,
            "today": in_days().isoformat(),
            "receipt_token": receipt_token(receipt := make_receipt()),
            "receipted": receipt.parts.get().donation_id,
            "receipt": receipt.pk,
            "donor_file": DonorFile.objects.create(fund=fund, year=2025).pk,
            "excess": make_excess(fund).pk,
            "near": make_near(fund).pk,
            "donation": (donation := make_donation(fund, donor=_giver(neighbour), intent=None)).pk,
            "donor": donation.donor_id,
            "corrected": DonorCorrection.objects.create(donor=make_donation(fund, intent=None).donor, changed=["city"], city="Dye").pk,
            "donation_token": token_of(donation),
            "year_token": year_token(YearlyStatement.objects.create(year=2025, mark="of-a-neighbour", donor=donation.donor)),
            "donor_address_token": sign_link(ADDRESS_LINK, ids=[make_donation(fund, intent=None).donor_id], ends_at=in_a_week),
            "given_back": make_given_back(make_donation(fund, intent=None)).pk,
            "difference": (after := make_after_payment(donation))[0].pk,
            "dispute": after[1].pk,
            "payout": after[2].pk,
            "monthly": (monthly := make_monthly(fund, donor=donation.donor)).pk,
            "monthly_token": sign_link(MONTHLY_LINK, ids=[monthly.pk], ends_at=in_a_week),
            "monthly_undo_token": sign_link(UNDO_LINK, ids=[make_change(monthly).pk], ends_at=in_a_week),
            "monthly_confirm_token": sign_link(CONFIRM_LINK_OF_BANK, ids=[make_instalment(monthly).pk], ends_at=in_a_week),
            "campaign": (campaign := make_page(fund, owner=relay)).slug,
            "page_photo": PagePhoto.objects.create(page=campaign, jpeg=b"\xff\xd8\xff", shown_since=now()).pk,
            "page_token": own_page_token(campaign, now=instant),
            "page_message": (said := give_on(campaign, words="Bravo.", shown_as=ShownAs.ANONYMOUS)).pk,
            "report": report_on(said).pk,
            "page_notes_token": sign_link(PAGE_NOTES_LINK, ids=[said.pk], ends_at=in_a_week),
            "page_open_token": sign_link(
                PAGE_OPEN_LINK,
                ids=[make_page(fund, owner=joiner, opened_at=None).pk, joiner.contact_points.get().pk],
                ends_at=in_a_week,
            ),
            "missed_token": sign_link(MISSED_LINK, ids=[application.pk], ends_at=in_a_week),
            "withdraw_token": sign_link(WITHDRAW_LINK, ids=[application.pk], ends_at=in_a_week),
        },
    )


def _asked_if_answered(deputy: OfficeHolder, relay: Person) -> AnswerQuestion:
    """Whether a letter of the relay was answered."""
    return AnswerQuestion.objects.create(contact=log(deputy, by=relay.user, author=relay, steps=(ContactStepKind.REQUEST,)), number=1)


def _works_for(deputy: OfficeHolder, user: User) -> StaffMember:
    """Somebody of the deputy's staff."""
    return advocacy.note_staff(holder_id=deputy.pk, name="Lou Petit", role="Agenda", office_email="", by=user, now=now())


def _giver(person: Person) -> Donor:
    """Somebody who gave, under the names that nobody else bears."""
    person.refresh_from_db()
    return make_donor(person=person, given_name=person.given_name, family_name=person.family_name, email=person.contact_points.get().value)


def _looked_after(net: SmallNetwork, companion: Person) -> tuple[Companion, Companion, Term, FriendlyCall]:
    """Newcomers of department 02: one whom the relay there accompanies and owes a call, one who asked for it, one alone."""
    (quiet, _), (asking, _), (alone, _) = [
        make_holder(net.seat(code), email=f"newcomer.{code}@people.example", given_name="Zoé") for code in ("0202", "0203", "0204")
    ]
    contact, instant = companion.contact_points.get(), now()
    Welcome.objects.create(person=companion, contact=contact, as_facilitator=True, as_buddy=True, places=3, since=instant)
    said = {"person": companion, "place": net.seat("0201").area, "offered_at": instant, "asked_at": instant}
    pair = Companion.objects.create(
        term=quiet,
        kind=CompanionKind.BUDDY,
        status=CompanionStatus.RUNNING,
        agreed_at=instant,
        newcomer_contact=quiet.person.contact_points.get(),
        **said,
    )
    asked = Companion.objects.create(term=asking, kind=CompanionKind.FACILITATOR, status=CompanionStatus.ASKED, **said)
    step = QuietStep.objects.create(term=quiet, kind=QuietStepKind.CALL, since=instant, at=instant, tell_at=instant)
    return pair, asked, alone, FriendlyCall.objects.create(step=step, term=quiet, caller=companion, opened_at=instant)
