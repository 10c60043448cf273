"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.actions.api import (
    actions,
    assignments,
    board,
    calendar,
    clashes,
    corrections,
    launches,
    paragraphs,
    rehearsals,
    steps,
    take_overs,
)
from maillage.actions.pages.answer import answer, rehearsal
from maillage.actions.pages.paper import paper
from maillage.actions.pages.take_over import take_over

api: list[URLPattern | URLResolver] = [
    path("", actions.ActionsView.as_view()),
    path("assignments/", assignments.AssignmentsView.as_view()),
    path("assignments/<uuid:id>/", assignments.AssignmentView.as_view()),
    path("assignments/<uuid:id>/accept/", assignments.AcceptView.as_view()),
    path("assignments/<uuid:id>/decline/", assignments.DeclineView.as_view()),
    path("assignments/<uuid:id>/block/", assignments.BlockView.as_view()),
    path("assignments/<uuid:id>/report/", assignments.ReportView.as_view()),
    path("assignments/<uuid:id>/report/photo/", assignments.ReportPhotoView.as_view(), name="report-photo"),
    path("blocks/", actions.BlocksView.as_view()),
    path("calendar/", calendar.CalendarView.as_view()),
    path("calendar/file/", calendar.CalendarFileView.as_view()),
    path("calendar/<uuid:id>/", calendar.CalendarWindowView.as_view()),
    path("take-overs/", take_overs.TakeOversView.as_view()),
    path("take-overs/<uuid:id>/accept/", take_overs.AcceptTakeOverView.as_view()),
    path("take-overs/<uuid:id>/decline/", take_overs.DeclineTakeOverView.as_view()),
    path("<uuid:id>/", actions.ActionView.as_view()),
    path("<uuid:id>/preview/", actions.PreviewView.as_view()),
    path("<uuid:id>/clashes/", clashes.ClashesView.as_view()),
    path("<uuid:id>/seats/", actions.ActionSeatsView.as_view()),
    path("<uuid:id>/rehearsals/", rehearsals.RehearsalsView.as_view()),
    path("<uuid:id>/paragraphs/", paragraphs.ParagraphsView.as_view()),
    path("<uuid:id>/paragraphs/<uuid:paragraph_id>/", paragraphs.ParagraphView.as_view()),
    path("<uuid:id>/launch/", actions.LaunchView.as_view()),
    path("<uuid:id>/schedule/", launches.ScheduleView.as_view()),
    path("<uuid:id>/launch-requests/", launches.LaunchRequestsView.as_view()),
    path("<uuid:id>/launch-requests/<uuid:request_id>/agree/", launches.AgreeToLaunchView.as_view()),
    path("<uuid:id>/launch-requests/<uuid:request_id>/refuse/", launches.RefuseLaunchView.as_view()),
    path("<uuid:id>/launch-requests/<uuid:request_id>/withdraw/", launches.WithdrawLaunchView.as_view()),
    path("<uuid:id>/corrections/", corrections.CorrectionsView.as_view()),
    path("<uuid:id>/corrections/<uuid:correction_id>/undo/", corrections.CorrectionUndoView.as_view()),
    path("<uuid:id>/stop/", actions.StopView.as_view()),
    path("<uuid:id>/board/", board.BoardView.as_view()),
    path("<uuid:id>/board/export/", board.BoardExportView.as_view()),
    path("<uuid:id>/board/<uuid:assignment>/", steps.LineStepsView.as_view()),
    path("<uuid:id>/steps/", steps.StepsView.as_view()),
    path("<uuid:id>/steps/preview/", steps.StepPreviewView.as_view()),
    path("<uuid:id>/steps/<uuid:step>/undo/", steps.StepUndoView.as_view()),
]
pages: list[URLPattern | URLResolver] = [
    path("a/<str:token>/", answer, name="answer"),
    path("rehearsal/<str:token>/", rehearsal, name="rehearsal"),
    path("take-over/<str:token>/", take_over, name="take-over"),
    path("brief/<str:token>/paper/", paper, name="brief-paper"),
]
