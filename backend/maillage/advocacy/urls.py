"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.advocacy.api import answering, contacts, ledger, office_holders, positions, register, staff, subjects, votes
from maillage.advocacy.pages.answered import answered

api: list[URLPattern | URLResolver] = [
    path("office-holders/", office_holders.OfficeHoldersView.as_view()),
    path("office-holders/<uuid:id>/", office_holders.OfficeHolderView.as_view()),
    path("office-holders/<uuid:id>/standings/", ledger.HolderStandingsView.as_view()),
    path("office-holders/<uuid:id>/export/", ledger.HeldExportView.as_view()),
    path("office-holders/<uuid:id>/staff/", staff.StaffView.as_view()),
    path("staff/<uuid:id>/", staff.StaffMemberView.as_view()),
    path("subjects/", subjects.SubjectsView.as_view()),
    path("subjects/<uuid:id>/", subjects.SubjectView.as_view()),
    path("subjects/<uuid:id>/close/", subjects.SubjectCloseView.as_view()),
    path("subjects/<uuid:id>/ledger/", ledger.LedgerView.as_view()),
    path("subjects/<uuid:id>/votes/", votes.SubjectVotesView.as_view()),
    path("subjects/<uuid:id>/votes/export/", votes.SubjectVotesExportView.as_view()),
    path("register/", register.RegisterView.as_view()),
    path("register/export/", register.RegisterExportView.as_view()),
    path("roll-calls/", votes.RollCallsView.as_view()),
    path("roll-calls/<uuid:id>/tie/", votes.RollCallTieView.as_view()),
    path("positions/", positions.PositionsView.as_view()),
    path("positions/<uuid:id>/dispute/", positions.PositionDisputeView.as_view()),
    path("positions/<uuid:id>/settle/", positions.PositionSettleView.as_view()),
    path("positions/<uuid:id>/undo/", positions.PositionUndoView.as_view()),
    path("contacts/", contacts.ContactsView.as_view()),
    path("contacts/<uuid:id>/", contacts.ContactView.as_view()),
    path("contacts/<uuid:id>/steps/", contacts.ContactStepsView.as_view()),
    path("answer-questions/", answering.AnswerQuestionsView.as_view()),
    path("answer-questions/<uuid:id>/answer/", answering.AnswerToldView.as_view()),
    path("response-rates/", answering.ResponseRatesView.as_view()),
]

pages: list[URLPattern | URLResolver] = [
    path("advocacy/answered/<str:token>/", answered, name="answered"),
]
