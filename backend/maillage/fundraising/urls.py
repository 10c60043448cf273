"""Addresses of this app: `api` under its prefix, `webhooks` where the provider writes, `embeds` within other
sites, `pages` under the language, `pictures` beside."""

from django.urls import URLPattern, URLResolver, path

from maillage.fundraising.api import (
    bank,
    batches,
    books,
    dashboard,
    differences,
    disputes,
    donation_list,
    donations,
    donor_corrections,
    excesses,
    exports,
    funds,
    held,
    money,
    near_identities,
    official_receipts,
    own_giving,
    own_pages,
    page_moderation,
    payouts,
    places_given,
    proofs,
    receipts,
    refunds,
    regular,
)
from maillage.fundraising.api import (
    monthly as monthly_donations,
)
from maillage.fundraising.api.webhooks import stripe_message
from maillage.fundraising.pages.address import address
from maillage.fundraising.pages.campaign_mine import mine, notes
from maillage.fundraising.pages.campaign_open import campaign_asked, confirm_campaign, open_campaign
from maillage.fundraising.pages.campaign_report import campaign_reported, report_campaign
from maillage.fundraising.pages.campaigns import campaign, photo, poster
from maillage.fundraising.pages.embed import embed
from maillage.fundraising.pages.give import give, give_choice
from maillage.fundraising.pages.monthly import monthly, monthly_confirm, monthly_undo
from maillage.fundraising.pages.receipts import receipt
from maillage.fundraising.pages.thanks import thanks
from maillage.fundraising.pages.transparency import accounts
from maillage.fundraising.pages.yearly import year_given

api: list[URLPattern | URLResolver] = [
    path("dashboards/", dashboard.DashboardsView.as_view(), name="dashboards"),
    path("funds/<slug:code>/dashboard/", dashboard.DashboardView.as_view(), name="dashboard"),
    path("funds/<slug:code>/dashboard/threshold/", dashboard.ThresholdView.as_view(), name="dashboard-threshold"),
    path("funds/<slug:code>/dashboard/places/", places_given.PlacesView.as_view(), name="dashboard-places"),
    path("funds/<slug:code>/dashboard/places/export/", places_given.PlacesExportView.as_view(), name="dashboard-places-export"),
    path("funds/<slug:code>/dashboard/sources/", dashboard.SourcesView.as_view(), name="dashboard-sources"),
    path("funds/<slug:code>/dashboard/monthly/", regular.RegularView.as_view(), name="dashboard-monthly"),
    path("funds/<slug:code>/months/", places_given.MonthsToldView.as_view(), name="months-told"),
    path("funds/", funds.FundsView.as_view(), name="funds"),
    path("funds/<slug:code>/", funds.FundView.as_view(), name="fund"),
    path("funds/<slug:code>/texts/<slug:language>/", funds.FundWordsView.as_view(), name="fund-words"),
    path("funds/<slug:code>/envelopes/", funds.EnvelopesView.as_view(), name="fund-envelopes"),
    path("funds/<slug:code>/publish/", funds.PublishFundView.as_view(), name="fund-publish"),
    path("funds/<slug:code>/close/", funds.CloseFundView.as_view(), name="fund-close"),
    path("funds/<slug:code>/reopen/", funds.ReopenFundView.as_view(), name="fund-reopen"),
    path("funds/<slug:code>/donations/", donations.StartDonationView.as_view(), name="start-donation"),
    path("funds/<slug:code>/allowance/", proofs.AllowanceView.as_view(), name="allowance"),
    path("excesses/", excesses.ExcessesView.as_view(), name="excesses"),
    path("excesses/<uuid:id>/authorise/", excesses.AuthoriseExcessView.as_view(), name="authorise-excess"),
    path("excesses/<uuid:id>/dismiss/", excesses.DismissExcessView.as_view(), name="dismiss-excess"),
    path("excesses/<uuid:id>/undo/", excesses.UndoExcessView.as_view(), name="undo-excess"),
    path("near-identities/", near_identities.NearIdentitiesView.as_view(), name="near-identities"),
    path("near-identities/<uuid:id>/decide/", near_identities.DecideNearView.as_view(), name="decide-near"),
    path("proofs/", proofs.AskForProofView.as_view(), name="ask-for-proof"),
    path("proofs/confirm/", proofs.ConfirmProofView.as_view(), name="confirm-proof"),
    path("proofs/session/", proofs.SessionProofView.as_view(), name="session-proof"),
    path("donations/<str:token>/", donations.DonationView.as_view(), name="donation"),
    path("donations/<str:token>/pay/", donations.PayDonationView.as_view(), name="pay-donation"),
    path("funds/<slug:code>/bank/", bank.BankView.as_view(), name="bank"),
    path("funds/<slug:code>/bank/entries/", bank.BankEntriesView.as_view(), name="bank-entries"),
    path("funds/<slug:code>/bank/lines/", bank.BankLinesView.as_view(), name="bank-lines"),
    path("funds/<slug:code>/bank/match-sure/", bank.BankMatchSureView.as_view(), name="bank-match-sure"),
    path("funds/<slug:code>/bank/statements/", bank.StatementsView.as_view(), name="statements"),
    path("bank-lines/<uuid:id>/match/", bank.BankLineMatchView.as_view(), name="bank-line-match"),
    path("bank-lines/<uuid:id>/set-aside/", bank.BankLineAsideView.as_view(), name="bank-line-aside"),
    path("bank-lines/<uuid:id>/undo/", bank.BankLineUndoView.as_view(), name="bank-line-undo"),
    path("funds/<slug:code>/batches/", batches.BatchesView.as_view(), name="batches"),
    path("batches/<uuid:id>/", batches.BatchView.as_view(), name="batch"),
    path("batches/<uuid:id>/deposit/", batches.BatchDepositView.as_view(), name="batch-deposit"),
    path("batches/<uuid:id>/import/", batches.BatchImportView.as_view(), name="batch-import"),
    path("batches/<uuid:id>/rows/", batches.BatchRowsView.as_view(), name="batch-rows"),
    path("batches/<uuid:id>/rows/<uuid:row>/", batches.BatchRowView.as_view(), name="batch-row"),
    path("batches/<uuid:id>/rows/<uuid:row>/cancel/", batches.BatchRowCancelView.as_view(), name="batch-row-cancel"),
    path("mine/", own_giving.OwnGivingView.as_view(), name="own-giving"),
    path("mine/donations/", own_giving.OwnDonationsView.as_view(), name="own-donations"),
    path("mine/asked/<uuid:donor>/", own_giving.WasItMeView.as_view(), name="was-it-me"),
    path("pages/", own_pages.OwnPagesView.as_view(), name="own-pages"),
    path("moderation/", page_moderation.ModerationView.as_view(), name="moderation"),
    path("moderation/pages/<slug:slug>/", page_moderation.PageDecisionView.as_view(), name="decide-page"),
    path("moderation/messages/<uuid:id>/", page_moderation.MessageDecisionView.as_view(), name="decide-message"),
    path("treasury/", donation_list.TreasuryView.as_view(), name="treasury"),
    path("treasury/donations/<uuid:id>/", donation_list.DonationCardView.as_view(), name="donation-card"),
    path("treasury/<slug:code>/monthly/", monthly_donations.MonthlyListView.as_view(), name="monthly-list"),
    path("treasury/monthly/<uuid:id>/stop/", monthly_donations.StopMonthlyView.as_view(), name="stop-monthly"),
    path("treasury/<slug:code>/donations/", donation_list.DonationsView.as_view(), name="donation-list"),
    path("treasury/<slug:code>/donations/count/", donation_list.DonationsCountView.as_view(), name="donation-count"),
    path("treasury/<slug:code>/donations/file/", donation_list.DonationsFileView.as_view(), name="donation-file"),
    path("treasury/<slug:code>/books/", books.BooksView.as_view(), name="books"),
    path("treasury/<slug:code>/books/entries/", books.EntriesView.as_view(), name="entries"),
    path("treasury/<slug:code>/books/entries/<int:id>/", books.EntryView.as_view(), name="entry"),
    path("treasury/<slug:code>/books/<int:year>/closing/", books.ClosingView.as_view(), name="closing"),
    path("treasury/<slug:code>/books/<int:year>/close/", books.CloseView.as_view(), name="close-year"),
    path("treasury/<slug:code>/books/<int:year>/files/", exports.YearFilesView.as_view(), name="year-files"),
    path("treasury/<slug:code>/books/<int:year>/files/fec/", exports.FecView.as_view(), name="fec"),
    path("treasury/<slug:code>/books/<int:year>/files/entries/", exports.EntriesFileView.as_view(), name="entries-file"),
    path("treasury/<slug:code>/books/<int:year>/files/donors/", exports.DonorFileView.as_view(), name="donor-file"),
    path("treasury/<slug:code>/books/<int:year>/receipts/", official_receipts.OfficialReceiptsView.as_view(), name="official-receipts"),
    path(
        "treasury/<slug:code>/books/<int:year>/receipts/numbers/",
        official_receipts.OfficialNumbersView.as_view(),
        name="official-numbers",
    ),
    path("treasury/donor-files/<uuid:id>/sent/", official_receipts.SentView.as_view(), name="donor-file-sent"),
    path("treasury/donor-files/<uuid:id>/undo/", official_receipts.UndoSentView.as_view(), name="donor-file-undo"),
    path("treasury/<slug:code>/money/", money.MoneyView.as_view(), name="money"),
    path("treasury/<slug:code>/reconcile/", money.ReconcileView.as_view(), name="reconcile"),
    path("treasury/<slug:code>/differences/", differences.DifferencesView.as_view(), name="differences"),
    path("treasury/<slug:code>/disputes/", disputes.DisputesView.as_view(), name="disputes"),
    path("treasury/<slug:code>/held/", held.HeldView.as_view(), name="held"),
    path("treasury/<slug:code>/payouts/", payouts.PayoutsView.as_view(), name="payouts"),
    path("treasury/<slug:code>/new-cards/open/", money.NewCardsView.as_view(), name="new-cards-open"),
    path("treasury/differences/<uuid:id>/explain/", differences.DifferenceView.as_view(), name="difference-explain"),
    path("treasury/disputes/<str:id>/answer/", disputes.DisputeView.as_view(), name="dispute-answer"),
    path("treasury/payouts/<str:id>/", payouts.PayoutView.as_view(), name="payout"),
    path("treasury/donations/<uuid:id>/take/", held.TakeHeldView.as_view(), name="held-take"),
    path("treasury/donations/<uuid:id>/refuse/", held.RefuseHeldView.as_view(), name="held-refuse"),
    path("treasury/donations/<uuid:id>/given-back/", refunds.GivenBackView.as_view(), name="given-back"),
    path("treasury/donations/<uuid:id>/donor/", donor_corrections.DonorStandingView.as_view(), name="donor-standing"),
    path("treasury/donations/<uuid:id>/donor/correct/", donor_corrections.CorrectDonorView.as_view(), name="donor-correct"),
    path("treasury/donations/<uuid:id>/receipt/", receipts.ReceiptView.as_view(), name="donation-receipt"),
    path("treasury/receipts/<uuid:id>/cancel/", receipts.CancelReceiptView.as_view(), name="receipt-cancel"),
    path("treasury/donations/<uuid:id>/authorisations/", refunds.AuthorisationsView.as_view(), name="authorisations"),
]

pages: list[URLPattern | URLResolver] = [
    path("give/", give_choice, name="give-choice"),
    path("money/", accounts, name="accounts"),
    path("give/<slug:code>/", give, name="give"),
    path("give/address/<str:token>/", address, name="donor-address"),
    path("give/thanks/<str:token>/", thanks, name="thanks"),
    path("monthly/<str:token>/", monthly, name="monthly"),
    path("monthly-confirm/<str:token>/", monthly_confirm, name="monthly-confirm"),
    path("monthly-undo/<str:token>/", monthly_undo, name="monthly-undo"),
    path("give/receipt/<str:token>/", receipt, name="receipt"),
    path("give/year/<str:token>/", year_given, name="year-given"),
    path("give/p/confirm/<str:token>/", confirm_campaign, name="campaign-confirm"),
    path("give/p/mine/<str:token>/", mine, name="campaign-mine"),
    path("give/p/notes/<str:token>/", notes, name="campaign-notes"),
    path("give/p/<slug:slug>/", campaign, name="campaign"),
    path("give/p/<slug:slug>/poster/", poster, name="campaign-poster"),
    path("give/p/<slug:slug>/report/", report_campaign, name="campaign-report"),
    path("give/p/<slug:slug>/reported/", campaign_reported, name="campaign-reported"),
    path("give/<slug:code>/open/", open_campaign, name="campaign-open"),
    path("give/<slug:code>/asked/", campaign_asked, name="campaign-asked"),
]

embeds: list[URLPattern | URLResolver] = [path("embed/give/<slug:code>/", embed, name="embed-give")]
pictures: list[URLPattern | URLResolver] = [path("photos/pages/<uuid:id>.jpg", photo, name="page-photo")]

webhooks: list[URLPattern | URLResolver] = [path("webhooks/stripe/<slug:account>/", stripe_message, name="stripe-message")]
