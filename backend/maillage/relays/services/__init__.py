"""What relays does."""

from maillage.relays.services.answers import answer_ask, confirm_stand_in, set_aside_stand_in
from maillage.relays.services.applications import (
    Asked,
    apply_for_seat,
    confirm_application,
    deny_application,
    forget_unconfirmed,
    forget_withdrawn,
    withdraw_application,
)
from maillage.relays.services.asks import AskedPeople, ask_pairs, ask_people, lapse_asks, send_ask, take_back_ask
from maillage.relays.services.calls import close_settled_calls, finish_call
from maillage.relays.services.charter import (
    agree_by_link,
    ask_to_agree,
    disqualify_applicant,
    note_paper,
    note_paper_of_holder,
    qualify_applicant,
    remind_holders,
    send_charter,
    tell_of_proposal,
    to_remind,
)
from maillage.relays.services.checks import compare_grants
from maillage.relays.services.companions import (
    accept_newcomer,
    ask_for_companion,
    end_companion,
    offer_companions,
    pass_on,
    propose_companion,
    refuse_newcomer,
    say_yes,
)
from maillage.relays.services.concerns import (
    climb_concerns,
    close_concern,
    confirm_answer,
    forget_concerns,
    name_safety_contacts,
    take_up_concern,
    tell_as_visitor,
    tell_concern,
)
from maillage.relays.services.conversations import (
    answer_conversation,
    block_writer,
    confirm_conversation,
    end_conversation,
    forget_conversation,
    forget_conversations,
    unblock_writer,
    write_again,
    write_to_seat,
)
from maillage.relays.services.decisions import approve_application, decline_application, note_contact
from maillage.relays.services.door import Newcomer, Paper, enter_application, enter_newcomer
from maillage.relays.services.eligibility import assert_may_hold
from maillage.relays.services.filling import (
    hand_on_seat,
    let_go_of_seat,
    note_step,
    plan_next_step,
    snooze_seat,
    take_back_step,
    take_on_seat,
)
from maillage.relays.services.floods import decline_held, forget_networks, release_applications
from maillage.relays.services.hand_overs import (
    begin_hand_over,
    complete_hand_over,
    end_handed_over,
    let_notes_go_along,
    take_back_hand_over,
)
from maillage.relays.services.joining import (
    confirm_joining,
    deny_joining,
    forget_joinings,
    join_place,
    stay_as_volunteer,
)
from maillage.relays.services.leaving import withdraw_and_be_erased
from maillage.relays.services.networks import open_network
from maillage.relays.services.notes import forget_notes, mend_note, throw_note_away, tick_note, write_note
from maillage.relays.services.pauses import pause_term, resume_term, resume_terms
from maillage.relays.services.photos import show_photo, take_photo_back
from maillage.relays.services.promises import climb_promises
from maillage.relays.services.quiet import climb_quiet_terms
from maillage.relays.services.requirements import drop_requirement, require_qualification
from maillage.relays.services.still_here import answer_still_here
from maillage.relays.services.terms import end_term, note_sign_of_life, open_term
from maillage.relays.services.welcomes import agree_to_welcome, stop_welcoming

__all__ = [
    "Asked",
    "AskedPeople",
    "Newcomer",
    "Paper",
    "accept_newcomer",
    "agree_by_link",
    "agree_to_welcome",
    "answer_ask",
    "answer_conversation",
    "answer_still_here",
    "apply_for_seat",
    "approve_application",
    "ask_for_companion",
    "ask_pairs",
    "ask_people",
    "ask_to_agree",
    "assert_may_hold",
    "begin_hand_over",
    "block_writer",
    "climb_concerns",
    "climb_promises",
    "climb_quiet_terms",
    "close_concern",
    "close_settled_calls",
    "compare_grants",
    "complete_hand_over",
    "confirm_answer",
    "confirm_application",
    "confirm_conversation",
    "confirm_joining",
    "confirm_stand_in",
    "decline_application",
    "decline_held",
    "deny_application",
    "deny_joining",
    "disqualify_applicant",
    "drop_requirement",
    "end_companion",
    "end_conversation",
    "end_handed_over",
    "end_term",
    "enter_application",
    "enter_newcomer",
    "finish_call",
    "forget_concerns",
    "forget_conversation",
    "forget_conversations",
    "forget_joinings",
    "forget_networks",
    "forget_notes",
    "forget_unconfirmed",
    "forget_withdrawn",
    "hand_on_seat",
    "join_place",
    "lapse_asks",
    "let_go_of_seat",
    "let_notes_go_along",
    "mend_note",
    "name_safety_contacts",
    "note_contact",
    "note_paper",
    "note_paper_of_holder",
    "note_sign_of_life",
    "note_step",
    "offer_companions",
    "open_network",
    "open_term",
    "pass_on",
    "pause_term",
    "plan_next_step",
    "propose_companion",
    "qualify_applicant",
    "refuse_newcomer",
    "release_applications",
    "remind_holders",
    "require_qualification",
    "resume_term",
    "resume_terms",
    "say_yes",
    "send_ask",
    "send_charter",
    "set_aside_stand_in",
    "show_photo",
    "snooze_seat",
    "stay_as_volunteer",
    "stop_welcoming",
    "take_back_ask",
    "take_back_hand_over",
    "take_back_step",
    "take_on_seat",
    "take_photo_back",
    "take_up_concern",
    "tell_as_visitor",
    "tell_concern",
    "tell_of_proposal",
    "throw_note_away",
    "tick_note",
    "to_remind",
    "unblock_writer",
    "withdraw_and_be_erased",
    "withdraw_application",
    "write_again",
    "write_note",
    "write_to_seat",
]
