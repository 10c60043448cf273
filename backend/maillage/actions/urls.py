"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.actions.api import actions, assignments, board, rehearsals
from maillage.actions.pages.answer import answer, rehearsal
from maillage.actions.pages.paper import paper

api: list[URLPattern | URLResolver] = [
    path("", actions.ActionsView.as_view()),
    path("assignments/", assignments.AssignmentsView.as_view()),
    path("assignments/<uuid:id>/", assignments.AssignmentView.as_view()),
    path("assignments/<uuid:id>/accept/", assignments.AcceptView.as_view()),
    path("assignments/<uuid:id>/decline/", assignments.DeclineView.as_view()),
    path("assignments/<uuid:id>/report/", assignments.ReportView.as_view()),
    path("blocks/", actions.BlocksView.as_view()),
    path("<uuid:id>/", actions.ActionView.as_view()),
    path("<uuid:id>/preview/", actions.PreviewView.as_view()),
    path("<uuid:id>/rehearsals/", rehearsals.RehearsalsView.as_view()),
    path("<uuid:id>/launch/", actions.LaunchView.as_view()),
    path("<uuid:id>/stop/", actions.StopView.as_view()),
    path("<uuid:id>/board/", board.BoardView.as_view()),
    path("<uuid:id>/board/export/", board.BoardExportView.as_view()),
]
pages: list[URLPattern | URLResolver] = [
    path("a/<str:token>/", answer, name="answer"),
    path("rehearsal/<str:token>/", rehearsal, name="rehearsal"),
    path("brief/<str:token>/paper/", paper, name="brief-paper"),
]
