"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path, re_path

from maillage.relays.api import (
    applications,
    care,
    charter,
    companions,
    counterparts,
    decisions,
    dossiers,
    hand_overs,
    networks,
    notes,
    own_terms,
    queue,
    seats,
    terms,
    welcome,
)
from maillage.relays.pages.apply import apply, sent
from maillage.relays.pages.charter import own_charter
from maillage.relays.pages.confirm import confirm, withdraw
from maillage.relays.pages.missed import missed
from maillage.relays.pages.still_here import still_here
from maillage.relays.pages.work import work

api: list[URLPattern | URLResolver] = [
    path("networks/", networks.NetworksView.as_view()),
    path("networks/<uuid:id>/", networks.NetworkView.as_view()),
    path("networks/<uuid:id>/qualifications/", charter.RequirementsView.as_view()),
    path("networks/<uuid:id>/qualifications/<slug:code>/", charter.RequirementView.as_view()),
    path("networks/<uuid:id>/coverage/", networks.CoverageView.as_view()),
    path("networks/<uuid:id>/seats/", networks.SeatsView.as_view()),
    path("seats/<uuid:id>/", seats.SeatView.as_view()),
    path("seats/<uuid:id>/notes/", notes.SeatNotesView.as_view()),
    path("seats/<uuid:id>/dossier/", dossiers.DossierView.as_view()),
    path("notes/", notes.OwnNotesView.as_view()),
    path("notes/<uuid:id>/", notes.NoteView.as_view()),
    path("notes/<uuid:id>/tick/", notes.NoteTickView.as_view()),
    path("hand-overs/", hand_overs.HandOversView.as_view()),
    path("hand-overs/<uuid:id>/take-back/", hand_overs.TakeBackView.as_view()),
    path("hand-overs/<uuid:id>/complete/", hand_overs.CompleteView.as_view()),
    path("hand-overs/<uuid:id>/notes/", hand_overs.GivesNotesView.as_view()),
    path("seats/<uuid:id>/counterparts/", counterparts.CounterpartsView.as_view()),
    path("welcome/", welcome.WelcomeView.as_view()),
    path("companions/", companions.CompanionsView.as_view()),
    path("companions/<uuid:id>/answer/", companions.CompanionAnswerView.as_view()),
    path("companions/<uuid:id>/end/", companions.CompanionEndView.as_view()),
    path("newcomers/", companions.NewcomersView.as_view()),
    path("newcomers/<uuid:id>/", companions.NewcomerView.as_view()),
    path("calls/", care.CallsView.as_view()),
    path("calls/<uuid:id>/done/", care.CallDoneView.as_view()),
    path("quiet/", care.QuietTermsView.as_view()),
    path("applications/", applications.ApplicationsView.as_view()),
    path("applications/confirm/", applications.ConfirmView.as_view()),
    path("applications/withdraw/", applications.WithdrawLinkView.as_view()),
    path("applications/held/", queue.QueueView.as_view()),
    path("applications/held/release/", queue.ReleaseView.as_view()),
    path("applications/held/decline/", queue.DeclineHeldView.as_view()),
    path("applications/<uuid:id>/", decisions.ApplicationView.as_view()),
    path("applications/<uuid:id>/contact/", decisions.ContactView.as_view()),
    path("applications/<uuid:id>/approve/", decisions.ApproveView.as_view()),
    path("applications/<uuid:id>/decline/", decisions.DeclineView.as_view()),
    path("applications/<uuid:id>/withdraw/", decisions.WithdrawView.as_view()),
    path("terms/mine/", own_terms.OwnTermsView.as_view()),
    path("terms/<uuid:id>/hand-over/", hand_overs.TermHandOverView.as_view()),
    path("applications/<uuid:id>/readiness/", charter.ReadinessView.as_view()),
    path("applications/<uuid:id>/charter/send/", charter.SendCharterView.as_view()),
    path("applications/<uuid:id>/charter/paper/", charter.PaperView.as_view()),
    path("applications/<uuid:id>/qualifications/", charter.QualifyView.as_view()),
    path("applications/<uuid:id>/qualifications/<uuid:qualification>/", charter.DisqualifyView.as_view()),
    path("charter/missing/", charter.MissingView.as_view()),
    path("charter/remind/", charter.RemindView.as_view()),
    path("terms/<uuid:id>/end/", terms.EndTermView.as_view()),
    path("terms/<uuid:id>/pause/", terms.PauseView.as_view()),
    path("terms/<uuid:id>/resume/", terms.ResumeView.as_view()),
]
pages: list[URLPattern | URLResolver] = [
    path("relays/apply/confirm/<str:token>/", confirm, name="apply-confirm"),
    path("relays/apply/withdraw/<str:token>/", withdraw, name="apply-withdraw"),
    path("relays/apply/missed/<str:token>/", missed, name="apply-missed"),
    path("relays/charter/<str:token>/", own_charter, name="own-charter"),
    path("relays/still-here/<str:token>/", still_here, name="still-here"),
    path("what-a-relay-does/", work, name="relay-work"),
    re_path(r"^relays/apply/(?P<code>[\w.-]{1,40})/$", apply, name="apply"),
    re_path(r"^relays/apply/(?P<code>[\w.-]{1,40})/sent/$", sent, name="apply-sent"),
]
