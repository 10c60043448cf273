"""Tables of what is sent."""

from maillage.messaging.models.messages import Attempt, Message, Suppression

__all__ = ["Attempt", "Message", "Suppression"]
