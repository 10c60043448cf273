"""Addresses of this app: `api` under its prefix, `pages` under the language."""

from django.urls import URLPattern, URLResolver, path

from maillage.people.api.accesses import MyAccessesView
from maillage.people.api.comments import AnswerView, CommentsView, CommentView
from maillage.people.api.corrections import MyAddressView, MyNamesView, MyNumbersView, MyPlaceView
from maillage.people.api.documents import (
    AdoptView,
    AgreeView,
    CharterView,
    DraftView,
    ProposeView,
    VersionPreviewView,
    VersionView,
    WithdrawVersionView,
)
from maillage.people.api.door import EnterPersonView
from maillage.people.api.duplicates import DuplicatesCountView, DuplicatesView, ProposeAgainView, ToldApartView
from maillage.people.api.export import PeopleExportView
from maillage.people.api.imports import (
    ImportPreviewView,
    ImportRefusedView,
    ImportRunView,
    ImportStopView,
    ImportsView,
    ImportTakeOverView,
    ImportUndoView,
    ImportView,
)
from maillage.people.api.merges import MergePreviewView, MergesView, TakeApartView
from maillage.people.api.organisation import CloseView, OpenView, OrganisationView
from maillage.people.api.own import MyConsentsView, MyDataView, MyErasureView, MyExportView, MyNameView
from maillage.people.api.persons import PeopleCountView, PeopleView, PersonView
from maillage.people.api.reasons import (
    ReasonCardView,
    ReasonErasureView,
    ReasonFileView,
    ReasonNamesView,
    ReasonNumbersView,
    ReasonPersonView,
    ReasonPlaceView,
    ReasonSearchView,
    ReasonsView,
)
from maillage.people.api.views import RestoreViewView, SavedViewsView, SavedViewView
from maillage.people.api.wordings import RetireView, WordingDraftView, WordingsView
from maillage.people.pages.documents import charter, charter_paper, charter_version, wordings
from maillage.people.pages.notices import legal, privacy
from maillage.people.pages.paper import paper

api: list[URLPattern | URLResolver] = [
    path("", PeopleView.as_view(), name="people"),
    path("count/", PeopleCountView.as_view(), name="people-count"),
    path("me/", MyDataView.as_view(), name="my-data"),
    path("me/consents/", MyConsentsView.as_view(), name="my-consents"),
    path("me/given-name/", MyNameView.as_view(), name="my-name"),
    path("me/names/", MyNamesView.as_view(), name="my-names"),
    path("me/place/", MyPlaceView.as_view(), name="my-place"),
    path("me/numbers/", MyNumbersView.as_view(), name="my-numbers"),
    path("me/address/", MyAddressView.as_view(), name="my-address"),
    path("me/export/", MyExportView.as_view(), name="my-export"),
    path("me/erase/", MyErasureView.as_view(), name="my-erasure"),
    path("me/accesses/", MyAccessesView.as_view(), name="my-accesses"),
    path("imports/", ImportsView.as_view(), name="imports"),
    path("imports/<uuid:id>/", ImportView.as_view(), name="import"),
    path("imports/<uuid:id>/preview/", ImportPreviewView.as_view(), name="import-preview"),
    path("imports/<uuid:id>/run/", ImportRunView.as_view(), name="import-run"),
    path("imports/<uuid:id>/stop/", ImportStopView.as_view(), name="import-stop"),
    path("imports/<uuid:id>/undo/", ImportUndoView.as_view(), name="import-undo"),
    path("imports/<uuid:id>/take-over/", ImportTakeOverView.as_view(), name="import-take-over"),
    path("imports/<uuid:id>/refused/", ImportRefusedView.as_view(), name="import-refused"),
    path("entered/", EnterPersonView.as_view(), name="people-entered"),
    path("export/", PeopleExportView.as_view(), name="people-export"),
    path("views/", SavedViewsView.as_view(), name="people-views"),
    path("views/<uuid:id>/", SavedViewView.as_view(), name="people-view"),
    path("views/<uuid:id>/restore/", RestoreViewView.as_view(), name="people-view-restore"),
    path("reasons/", ReasonsView.as_view(), name="reasons"),
    path("reasons/<uuid:id>/people/", ReasonSearchView.as_view(), name="reason-search"),
    path("reasons/<uuid:id>/person/", ReasonPersonView.as_view(), name="reason-person"),
    path("reasons/<uuid:id>/card/", ReasonCardView.as_view(), name="reason-card"),
    path("reasons/<uuid:id>/names/", ReasonNamesView.as_view(), name="reason-names"),
    path("reasons/<uuid:id>/place/", ReasonPlaceView.as_view(), name="reason-place"),
    path("reasons/<uuid:id>/numbers/", ReasonNumbersView.as_view(), name="reason-numbers"),
    path("reasons/<uuid:id>/file/", ReasonFileView.as_view(), name="reason-file"),
    path("reasons/<uuid:id>/erase/", ReasonErasureView.as_view(), name="reason-erasure"),
    path("charter/", CharterView.as_view(), name="charter-api"),
    path("charter/draft/", DraftView.as_view(), name="charter-draft"),
    path("wordings/", WordingsView.as_view(), name="wordings-api"),
    path("wordings/<slug:slug>/draft/", WordingDraftView.as_view(), name="wording-draft"),
    path("documents/versions/<uuid:id>/", VersionView.as_view(), name="document-version-api"),
    path("documents/versions/<uuid:id>/preview/", VersionPreviewView.as_view(), name="document-preview"),
    path("documents/versions/<uuid:id>/propose/", ProposeView.as_view(), name="document-propose"),
    path("documents/versions/<uuid:id>/adopt/", AdoptView.as_view(), name="document-adopt"),
    path("documents/versions/<uuid:id>/withdraw/", WithdrawVersionView.as_view(), name="document-withdraw"),
    path("documents/versions/<uuid:id>/retire/", RetireView.as_view(), name="wording-retire"),
    path("documents/versions/<uuid:id>/agree/", AgreeView.as_view(), name="charter-agree"),
    path("documents/versions/<uuid:id>/comments/", CommentsView.as_view(), name="document-comments"),
    path("documents/comments/<uuid:id>/", CommentView.as_view(), name="document-comment"),
    path("documents/comments/<uuid:id>/answer/", AnswerView.as_view(), name="document-answer"),
    path("duplicates/", DuplicatesView.as_view(), name="duplicates"),
    path("duplicates/count/", DuplicatesCountView.as_view(), name="duplicates-count"),
    path("duplicates/told-apart/", ToldApartView.as_view(), name="told-apart"),
    path("duplicates/told-apart/<uuid:id>/", ProposeAgainView.as_view(), name="propose-again"),
    path("merges/", MergesView.as_view(), name="merges"),
    path("merges/preview/", MergePreviewView.as_view(), name="merge-preview"),
    path("merges/<uuid:id>/undo/", TakeApartView.as_view(), name="take-apart"),
    path("organisation/", OrganisationView.as_view(), name="organisation"),
    path("organisation/open/", OpenView.as_view(), name="organisation-open"),
    path("organisation/close/", CloseView.as_view(), name="organisation-close"),
    path("<uuid:id>/", PersonView.as_view(), name="person"),
]
pages: list[URLPattern | URLResolver] = [
    path("privacy/", privacy, name="privacy"),
    path("legal/", legal, name="legal"),
    path("charter/", charter, name="charter"),
    path("charter/paper/", charter_paper, name="charter-paper"),
    path("charter/<int:number>/", charter_version, name="charter-version"),
    path("wordings/", wordings, name="wordings"),
    path("places/<str:code>/paper/", paper, name="paper"),
]
