"""Networks, and what they are called in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from maillage.kernel.errors import NotFound
from maillage.relays.models import RelayNetwork


@dataclass(frozen=True)
class NetworkText:
    """A network's words in `language`, which is not the one asked for when `is_fallback`."""

    language: str
    name: str
    purpose: str
    is_fallback: bool
    office: str = ""


def every_network() -> QuerySet[RelayNetwork]:
    """Every network with its texts and territory, the newest first. Two queries."""
    return RelayNetwork.objects.select_related("country", "kind").prefetch_related("texts").order_by("-opens_at", "-id")


def network(network_id: UUID) -> RelayNetwork:
    """One network. Raises: NotFound."""
    found = every_network().filter(pk=network_id).first()
    if found is None:
        raise NotFound(code="network_unknown")
    return found


def open_networks(*, now: datetime) -> list[RelayNetwork]:
    """The networks that are open, the newest first. Two queries."""
    return list(every_network().filter(Q(closes_at__isnull=True) | Q(closes_at__gt=now), opens_at__lte=now))


def current_network(*, now: datetime) -> RelayNetwork | None:
    """The network that public pages speak of: the newest that is open, of those over the places that are drawn and located."""
    running = open_networks(now=now)
    return next((network for network in running if network.kind is None or network.kind.bears_seats), running[0] if running else None)


def takes_applications(network: RelayNetwork, *, now: datetime) -> bool:
    """Whether people may ask for its seats now."""
    return network.opens_at <= now and (network.closes_at is None or now < network.closes_at)


def text_of(network: RelayNetwork, *, language: str) -> NetworkText:
    """The network's words in a language, else in its default one."""
    texts = {text.language: text for text in network.texts.all()}
    chosen = texts.get(language) or texts[network.default_language]
    return NetworkText(chosen.language, chosen.name, chosen.purpose, is_fallback=chosen.language != language, office=chosen.office)


def office_of(network: RelayNetwork, *, language: str) -> str:
    """Whom the relays of a network meet, as one says it after "your", in a language: its own word, else a member of parliament.

    The word that is not its own is said in the active language.
    """
    return text_of(network, language=language).office or _("member of parliament")
