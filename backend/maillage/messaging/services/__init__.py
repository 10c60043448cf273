"""Writes of messaging: what halls call is `queue_message` and `queue_messages`."""

from maillage.messaging.services.appointments import tell_of_appointment
from maillage.messaging.services.compose import compose
from maillage.messaging.services.deliver import deliver_message
from maillage.messaging.services.queue import queue_message, queue_messages
from maillage.messaging.services.stop import release_address, stop_purpose, suppress_address

__all__ = [
    "compose",
    "deliver_message",
    "queue_message",
    "queue_messages",
    "release_address",
    "stop_purpose",
    "suppress_address",
    "tell_of_appointment",
]
