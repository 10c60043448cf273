"""Words and rules of sending, and the registries that halls fill."""

from maillage.messaging.domain.gate import Circumstances, Reason, gate
from maillage.messaging.domain.letter import Attachment, Block, Button, Facts, Heading, Letter, Paragraph, Prose, Quiet
from maillage.messaging.domain.purposes import PURPOSES, RENDERERS, Purpose, Rendered, Renderer, register
from maillage.messaging.domain.retry import next_try
from maillage.messaging.domain.words import BY_HAND, AttemptOutcome, Lane, MessageStatus, Recipient, RecipientKind

__all__ = [
    "BY_HAND",
    "PURPOSES",
    "RENDERERS",
    "Attachment",
    "AttemptOutcome",
    "Block",
    "Button",
    "Circumstances",
    "Facts",
    "Heading",
    "Lane",
    "Letter",
    "MessageStatus",
    "Paragraph",
    "Prose",
    "Purpose",
    "Quiet",
    "Reason",
    "Recipient",
    "RecipientKind",
    "Rendered",
    "Renderer",
    "gate",
    "next_try",
    "register",
]
