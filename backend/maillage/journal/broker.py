"""Celery's Redis transport, made to outlive its Redis."""

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as BrokerWentAway


class Channel(redis.Channel):
    """A channel whose end is a lost connection, not a crash.

    In kombu 5.7 a worker that is busy while Redis goes away dies of an AttributeError: it acknowledges its messages, or
    puts them back, through the connection that it lost. Said as a connection error, Celery logs it, connects
    again and goes on. Nothing is lost by it: a row that is not stamped within its lease is handed out again.
    """

    do_restore = False

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise BrokerWentAway("this channel is closed")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]  # the stubs leave it out


class Transport(redis.Transport):
    """`CELERY_BROKER_TRANSPORT` of the settings."""

    Channel = Channel
