"""Writes of people."""

from maillage.people.services.accesses import note_access, turn_access_log
from maillage.people.services.account_holders import copy_account, erase_account, forget_silent_accounts, say_name
from maillage.people.services.addresses import ask_new_address, confirm_new_address
from maillage.people.services.agreements import agree_to_version, record_qualification, take_back_qualification
from maillage.people.services.comments import answer_comment, take_back_comment, takes_comments, write_comment
from maillage.people.services.consents import (
    change_consent,
    check_consents,
    choose_consent,
    is_held_back,
    join_unsettled,
    record_consent,
    withdraw_consent,
    withdraw_with_form,
)
from maillage.people.services.contact_points import verify_contact_point
from maillage.people.services.corrections import NUMBERS, correct_name, correct_number, correct_place
from maillage.people.services.documents import (
    adopt_version,
    draft_charter,
    draft_wording,
    edit_version,
    propose_version,
    retire_version,
    withdraw_version,
)
from maillage.people.services.door import enter_person, keep_paper, must_enter_people, of_age
from maillage.people.services.erasure import erase_person
from maillage.people.services.imports import (
    describe_import,
    discard_import,
    forget_import_lines,
    must_organise,
    run_import,
    stop_import,
    take_over_import,
    undo_import,
    upload_people,
)
from maillage.people.services.imports_checks import check_import_lines
from maillage.people.services.imports_runs import write_import_lines
from maillage.people.services.imports_undos import take_back_imported
from maillage.people.services.likenesses import compare_people, propose_again, search_likenesses, tell_apart
from maillage.people.services.merges import merge_people, take_apart
from maillage.people.services.name_words import compare_name_words
from maillage.people.services.organisation import close_to_public, describe_organisation, holds_open, open_to_public
from maillage.people.services.persons import (
    Meeting,
    choose_language,
    forget_never_confirmed,
    forget_unconfirmed,
    give_account,
    meet_person,
    place_person,
    show_given_name,
)
from maillage.people.services.promises import keep_promise, make_promise, owe_again, release_promise, release_promises, take_due_steps
from maillage.people.services.reasons import erase_for_reason, give_file_reason, give_reason, narrow_reason, reason_open
from maillage.people.services.sides import (
    agree_to_merge,
    copy_own_data,
    erase_own,
    lock_side,
    object_to_merge,
    read_as_own,
    settle_merge,
    show_own_data,
)
from maillage.people.services.standing import lock_standing
from maillage.people.services.staying import Silent, forget_person, forget_silent, look_for_silent, silent_to_ask, stay, take_back_stay
from maillage.people.services.views import delete_view, forget_deleted_views, restore_view, save_view
from maillage.people.services.waiting import (
    ToAsk,
    addresses_to_ask,
    confirm_entered_address,
    deny_entered_address,
    is_from_file,
    pass_over,
    pass_over_refused,
)
from maillage.people.services.wordings import keep_wordings

__all__ = [
    "NUMBERS",
    "Meeting",
    "Silent",
    "ToAsk",
    "addresses_to_ask",
    "adopt_version",
    "agree_to_merge",
    "agree_to_version",
    "answer_comment",
    "ask_new_address",
    "change_consent",
    "check_consents",
    "check_import_lines",
    "choose_consent",
    "choose_language",
    "close_to_public",
    "compare_name_words",
    "compare_people",
    "confirm_entered_address",
    "confirm_new_address",
    "copy_account",
    "copy_own_data",
    "correct_name",
    "correct_number",
    "correct_place",
    "delete_view",
    "deny_entered_address",
    "describe_import",
    "describe_organisation",
    "discard_import",
    "draft_charter",
    "draft_wording",
    "edit_version",
    "enter_person",
    "erase_account",
    "erase_for_reason",
    "erase_own",
    "erase_person",
    "forget_deleted_views",
    "forget_import_lines",
    "forget_never_confirmed",
    "forget_person",
    "forget_silent",
    "forget_silent_accounts",
    "forget_unconfirmed",
    "give_account",
    "give_file_reason",
    "give_reason",
    "holds_open",
    "is_from_file",
    "is_held_back",
    "join_unsettled",
    "keep_paper",
    "keep_promise",
    "keep_wordings",
    "lock_side",
    "lock_standing",
    "look_for_silent",
    "make_promise",
    "meet_person",
    "merge_people",
    "must_enter_people",
    "must_organise",
    "narrow_reason",
    "note_access",
    "object_to_merge",
    "of_age",
    "open_to_public",
    "owe_again",
    "pass_over",
    "pass_over_refused",
    "place_person",
    "propose_again",
    "propose_version",
    "read_as_own",
    "reason_open",
    "record_consent",
    "record_qualification",
    "release_promise",
    "release_promises",
    "restore_view",
    "retire_version",
    "run_import",
    "save_view",
    "say_name",
    "search_likenesses",
    "settle_merge",
    "show_given_name",
    "show_own_data",
    "silent_to_ask",
    "stay",
    "stop_import",
    "take_apart",
    "take_back_comment",
    "take_back_imported",
    "take_back_qualification",
    "take_back_stay",
    "take_due_steps",
    "take_over_import",
    "takes_comments",
    "tell_apart",
    "turn_access_log",
    "undo_import",
    "upload_people",
    "verify_contact_point",
    "withdraw_consent",
    "withdraw_version",
    "withdraw_with_form",
    "write_comment",
    "write_import_lines",
]
