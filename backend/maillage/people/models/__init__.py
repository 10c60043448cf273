"""Tables of persons, their agreement, and who read about them."""

from maillage.people.models.accesses import Access
from maillage.people.models.agreements import Agreement, Qualification
from maillage.people.models.consents import Consent, ConsentState, Controller
from maillage.people.models.documents import Document, DocumentComment, DocumentText, DocumentVersion
from maillage.people.models.imports import Import, ImportedPerson, ImportHeading, ImportLine, ImportReading
from maillage.people.models.likenesses import Likeness, LikenessSearch, ToldApart
from maillage.people.models.merges import Merge, MergeStep
from maillage.people.models.name_words import NameWord
from maillage.people.models.organisation import Organisation
from maillage.people.models.papers import PaperForm
from maillage.people.models.persons import ContactPoint, Person
from maillage.people.models.promises import Promise, PromiseStep
from maillage.people.models.reasons import AccessReason
from maillage.people.models.staying import StayQuestion
from maillage.people.models.views import SavedView
from maillage.people.models.waiting import WaitingAddress

__all__ = [
    "Access",
    "AccessReason",
    "Agreement",
    "Consent",
    "ConsentState",
    "ContactPoint",
    "Controller",
    "Document",
    "DocumentComment",
    "DocumentText",
    "DocumentVersion",
    "Import",
    "ImportHeading",
    "ImportLine",
    "ImportReading",
    "ImportedPerson",
    "Likeness",
    "LikenessSearch",
    "Merge",
    "MergeStep",
    "NameWord",
    "Organisation",
    "PaperForm",
    "Person",
    "Promise",
    "PromiseStep",
    "Qualification",
    "SavedView",
    "StayQuestion",
    "ToldApart",
    "WaitingAddress",
]
