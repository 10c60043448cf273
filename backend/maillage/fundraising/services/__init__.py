"""Verbs of fundraising."""

from maillage.fundraising.services.batches import (
    cancel_row,
    deposit_batch,
    describe_batch,
    drop_batch,
    drop_row,
    open_batch,
    write_row,
    write_rows,
)
from maillage.fundraising.services.campaign_pages import (
    answer_moderation,
    close_page,
    confirm_page,
    deny_page,
    edit_page,
    forget_pages,
    open_own_page,
    open_page,
    show_page_photo,
    take_page_photo_back,
)
from maillage.fundraising.services.card_testing import forget_tries, open_new_cards, watch_new_cards
from maillage.fundraising.services.closing import close_year
from maillage.fundraising.services.differences import explain_difference
from maillage.fundraising.services.disputes import answer_dispute, send_answers
from maillage.fundraising.services.donor_corrections import correct_donor
from maillage.fundraising.services.donors import identify_donor, wrong_names
from maillage.fundraising.services.erasure import forget_declarations, forget_unpaid
from maillage.fundraising.services.excesses import authorise_excess, dismiss_excess, recount_excess, undo_excess
from maillage.fundraising.services.exports import take_figures, take_file
from maillage.fundraising.services.funds import add_envelope, close_fund, describe_fund, open_fund, publish_fund, reopen_fund, word_fund
from maillage.fundraising.services.giving import begun, start_donation
from maillage.fundraising.services.held import follow_held, give_up_held, refuse_held, take_held
from maillage.fundraising.services.messages import follow_given_back, settle_message, take_in
from maillage.fundraising.services.monthly_changes import (
    change_amount,
    change_day,
    pause_monthly,
    resume_monthly,
    stop_monthly,
    undo_change,
)
from maillage.fundraising.services.monthly_confirm import confirm_instalment
from maillage.fundraising.services.monthly_means import ask_for_amount, ask_for_means, complete_monthly, finish_proof
from maillage.fundraising.services.monthly_runs import charge_instalment, look_at_monthly, take_instalments
from maillage.fundraising.services.near import decide_near, follow_caps
from maillage.fundraising.services.official_receipts import bring_numbers, mark_sent, undo_sent
from maillage.fundraising.services.page_messages import refuse_notes, show_message_again, take_message_away, tell_owner, thank_giver
from maillage.fundraising.services.page_moderation import (
    hide_message,
    hide_page,
    keep_message_shown,
    keep_page,
    report_page,
    show_page_again,
)
from maillage.fundraising.services.page_teams import answer_page, ask_team, leave_team, put_page_out
from maillage.fundraising.services.payments import look_again, pay_donation
from maillage.fundraising.services.proofs import (
    ask_for_proof,
    confirm_proof,
    counting_refusals,
    deny_address,
    forget_address,
    forget_proofs,
    may_name,
    prove_by_session,
    prove_donor,
    proved_address,
    token_of_proof,
)
from maillage.fundraising.services.receipts import (
    ask_for_missing_receipts,
    ask_for_yearly_receipts,
    cancel_receipt,
    make_receipt,
    make_yearly_receipt,
    send_receipt_again,
)
from maillage.fundraising.services.reconciliation import begin_reconciliation, reconcile, reconcile_all
from maillage.fundraising.services.refunds import authorise_refund, give_back, send_refund
from maillage.fundraising.services.statements import (
    bring_statement,
    match_line,
    match_what_is_sure,
    read_statement,
    set_line_aside,
    unmatch_line,
)
from maillage.fundraising.services.unpaid import ask_to_give_up, give_up_donation
from maillage.fundraising.services.yearly import ask_to_tell_year, tell_proved, tell_year

__all__ = [
    "add_envelope",
    "answer_dispute",
    "answer_moderation",
    "answer_page",
    "ask_for_amount",
    "ask_for_means",
    "ask_for_missing_receipts",
    "ask_for_proof",
    "ask_for_yearly_receipts",
    "ask_team",
    "ask_to_give_up",
    "ask_to_tell_year",
    "authorise_excess",
    "authorise_refund",
    "begin_reconciliation",
    "begun",
    "bring_numbers",
    "bring_statement",
    "cancel_receipt",
    "cancel_row",
    "change_amount",
    "change_day",
    "charge_instalment",
    "close_fund",
    "close_page",
    "close_year",
    "complete_monthly",
    "confirm_instalment",
    "confirm_page",
    "confirm_proof",
    "correct_donor",
    "counting_refusals",
    "decide_near",
    "deny_address",
    "deny_page",
    "deposit_batch",
    "describe_batch",
    "describe_fund",
    "dismiss_excess",
    "drop_batch",
    "drop_row",
    "edit_page",
    "explain_difference",
    "finish_proof",
    "follow_caps",
    "follow_given_back",
    "follow_held",
    "forget_address",
    "forget_declarations",
    "forget_pages",
    "forget_proofs",
    "forget_tries",
    "forget_unpaid",
    "give_back",
    "give_up_donation",
    "give_up_held",
    "hide_message",
    "hide_page",
    "identify_donor",
    "keep_message_shown",
    "keep_page",
    "leave_team",
    "look_again",
    "look_at_monthly",
    "make_receipt",
    "make_yearly_receipt",
    "mark_sent",
    "match_line",
    "match_what_is_sure",
    "may_name",
    "open_batch",
    "open_fund",
    "open_new_cards",
    "open_own_page",
    "open_page",
    "pause_monthly",
    "pay_donation",
    "prove_by_session",
    "prove_donor",
    "proved_address",
    "publish_fund",
    "put_page_out",
    "read_statement",
    "reconcile",
    "reconcile_all",
    "recount_excess",
    "refuse_held",
    "refuse_notes",
    "reopen_fund",
    "report_page",
    "resume_monthly",
    "send_answers",
    "send_receipt_again",
    "send_refund",
    "set_line_aside",
    "settle_message",
    "show_message_again",
    "show_page_again",
    "show_page_photo",
    "start_donation",
    "stop_monthly",
    "take_figures",
    "take_file",
    "take_held",
    "take_in",
    "take_instalments",
    "take_message_away",
    "take_page_photo_back",
    "tell_owner",
    "tell_proved",
    "tell_year",
    "thank_giver",
    "token_of_proof",
    "undo_change",
    "undo_excess",
    "undo_sent",
    "unmatch_line",
    "watch_new_cards",
    "word_fund",
    "write_row",
    "write_rows",
    "wrong_names",
]
