"""Words and rules of the people floor."""

from maillage.people.domain.accesses import ACCESSES_KEPT, READINGS, register_reading
from maillage.people.domain.contact import normal_value
from maillage.people.domain.differences import Difference, Piece, differences, paragraphs
from maillage.people.domain.documents import (
    AGREE_WITHIN,
    BOUND,
    CHARTER,
    COMMENTS_FOR,
    LONGEST_OPEN,
    PUBLIC,
    QUALIFICATION_NAMES,
    TYPED_FROM,
    UNDER_WAY,
    AgreedBy,
    CommentState,
    DocumentKind,
    DocumentWords,
    VersionState,
    Voice,
    bound_by,
    qualification_names,
    register_bound,
)
from maillage.people.domain.forms import FORMS, Form, register_form
from maillage.people.domain.halls import HALLS, register_hall
from maillage.people.domain.organisation import AUTHORITIES, NOTICE, Authority, LegalKind, missing_from_notice
from maillage.people.domain.processing import REGISTER, Kept, Processing, register_processing
from maillage.people.domain.promises import CLIMBS_EVERY, REMINDED_AFTER, StepDue, StepKind, step_due
from maillage.people.domain.reasons import REASON_LASTS, ReasonKind
from maillage.people.domain.sight import WHO_SEES_WHAT, Seen, Sight, SightRow, who_sees_what
from maillage.people.domain.sources import SOURCES, register_source
from maillage.people.domain.wordings import RELAY_CONTACT, WORDINGS, Wording, standing_wording, standing_wordings
from maillage.people.domain.words import CONTACT_PROMISE, UNCONFIRMED_KEPT, Channel, ConsentAct, PlacedBy

__all__ = [
    "ACCESSES_KEPT",
    "AGREE_WITHIN",
    "AUTHORITIES",
    "BOUND",
    "CHARTER",
    "CLIMBS_EVERY",
    "COMMENTS_FOR",
    "CONTACT_PROMISE",
    "FORMS",
    "HALLS",
    "LONGEST_OPEN",
    "NOTICE",
    "PUBLIC",
    "QUALIFICATION_NAMES",
    "READINGS",
    "REASON_LASTS",
    "REGISTER",
    "RELAY_CONTACT",
    "REMINDED_AFTER",
    "SOURCES",
    "TYPED_FROM",
    "UNCONFIRMED_KEPT",
    "UNDER_WAY",
    "WHO_SEES_WHAT",
    "WORDINGS",
    "AgreedBy",
    "Authority",
    "Channel",
    "CommentState",
    "ConsentAct",
    "Difference",
    "DocumentKind",
    "DocumentWords",
    "Form",
    "Kept",
    "LegalKind",
    "Piece",
    "PlacedBy",
    "Processing",
    "ReasonKind",
    "Seen",
    "Sight",
    "SightRow",
    "StepDue",
    "StepKind",
    "VersionState",
    "Voice",
    "Wording",
    "bound_by",
    "differences",
    "missing_from_notice",
    "normal_value",
    "paragraphs",
    "qualification_names",
    "register_bound",
    "register_form",
    "register_hall",
    "register_processing",
    "register_reading",
    "register_source",
    "standing_wording",
    "standing_wordings",
    "step_due",
    "who_sees_what",
]
