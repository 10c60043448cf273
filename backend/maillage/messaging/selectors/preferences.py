"""What a person agreed to and receives, as the page of their choices shows it: no name, no address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maillage.messaging.domain import PURPOSES
from maillage.messaging.domain.preferences import masked
from maillage.messaging.models import Message
from maillage.people.domain import FORMS, SOURCES, Channel, ConsentAct, Wording
from maillage.people.models import Consent, ConsentState, ContactPoint, Person
from maillage.people.selectors import email_addresses, wordings_in_force, wordings_known


@dataclass(frozen=True)
class Choice:
    """One box: a consent on a channel, or a kind of mail that can be stopped.

    `version` is the wording's that `text` says; empty of a kind of mail.
    `line` is the last thing that was said about it, None when nothing ever was. `takes_more`: unticking it also takes
    back what was asked with its form; `takes_more_last`: only once it is unticked on every other way too.
    """

    purpose: str
    channel: Channel
    text: str
    is_given: bool
    version: str = ""
    line: "Said | None" = None
    takes_more: bool = False
    takes_more_last: bool = False

    @property
    def key(self) -> str:
        """Name the box in the page's form."""
        return f"{self.purpose}:{self.channel}"


@dataclass(frozen=True)
class Said:
    """The last line of the log on a purpose and channel: what, when, where, having read which version."""

    is_given: bool
    at: datetime
    source: str
    wording: str


@dataclass(frozen=True)
class Preferences:
    """What the page shows. `address` is masked; empty when there is none proved."""

    language: str
    address: str
    consents: list[Choice]
    mails: list[Choice]


def preferences_of(person_id: UUID) -> Preferences:
    """Return what a person may tick and untick, in the active language. Raises: Person.DoesNotExist.

    At most nine queries, and one for each refused way of a form that shows a contact.
    """
    person = Person.objects.only("language").get(pk=person_id, erased_at__isnull=True)
    said = _said(person_id)
    given = _states(person_id)
    address = email_addresses([person_id]).get(person_id, "")
    return Preferences(
        language=person.language,
        address=masked(address) if address else "",
        consents=_consents(person_id, given, said),
        mails=_mails(person_id, given, said),
    )


def _consents(person_id: UUID, given: dict[tuple[str, str], bool], said: dict[tuple[str, str], Said]) -> list[Choice]:
    wordings = wordings_in_force()
    read = wordings_known(line.wording for line in said.values())
    reached = ContactPoint.objects.filter(person_id=person_id, verified_at__isnull=False).values_list("channel", flat=True)
    offered = {(purpose, channel) for purpose, wording in wordings.items() for channel in reached if wording.stands_by(channel)}
    refused = {key for key, is_given in given.items() if not is_given and not (key in said and said[key].wording)}  # by "stop everything"
    offered |= {key for key in given if key[0] in wordings and not (wordings[key[0]].is_standing and key in refused)}
    taken_back = {key for key in offered if key[0] in FORMS and not given.get(key, False)}
    offered -= {(purpose, channel) for purpose, channel in taken_back if not FORMS[purpose].can_come_back(person_id, channel)}
    return [
        Choice(
            purpose=purpose,
            channel=Channel(channel),
            text=str(wording.text),
            version=wording.version,
            is_given=given.get((purpose, channel), False),
            line=said.get((purpose, channel)),
            takes_more=purpose in FORMS and FORMS[purpose].goes(is_given_elsewhere=elsewhere),
            takes_more_last=purpose in FORMS and not FORMS[purpose].goes(is_given_elsewhere=elsewhere),
        )
        for purpose, channel in sorted(offered)
        for elsewhere in [any(given[key] for key in given if key[0] == purpose and key[1] != channel)]
        for wording in [_read(said.get((purpose, channel)), read, otherwise=wordings[purpose])]
    ]


def _read(line: Said | None, known: Mapping[str, Wording], *, otherwise: Wording) -> Wording:
    """The text that they read, where its version is known: what stands now may say something else."""
    return known.get(line.wording, otherwise) if line else otherwise


def _mails(person_id: UUID, given: dict[tuple[str, str], bool], said: dict[tuple[str, str], Said]) -> list[Choice]:
    """The kinds of mail that they were sent or said something about, and that can be stopped."""
    sent = set(Message.objects.filter(person_id=person_id).values_list("purpose", flat=True).distinct())
    stopped = {purpose for (purpose, channel) in given if channel == Channel.EMAIL}
    return [
        Choice(
            purpose=name,
            channel=Channel.EMAIL,
            text=str(PURPOSES[name].title),
            is_given=given.get((name, Channel.EMAIL), not PURPOSES[name].needs_consent),
            line=said.get((name, Channel.EMAIL)),
        )
        for name in sorted(sent | stopped)
        if name in PURPOSES and PURPOSES[name].carries_stop
    ]


def _states(person_id: UUID) -> dict[tuple[str, str], bool]:
    states = ConsentState.objects.filter(person_id=person_id).values_list("purpose", "channel", "is_given")
    return {(purpose, channel): is_given for purpose, channel, is_given in states}


def _said(person_id: UUID) -> dict[tuple[str, str], Said]:
    """The last line on each purpose and channel, with the wording that was read last."""
    found: dict[tuple[str, str], Said] = {}
    for line in Consent.objects.filter(person_id=person_id).order_by("id"):
        key = (line.purpose, line.channel)
        read = line.wording or (found[key].wording if key in found else "")
        found[key] = Said(
            is_given=line.act == ConsentAct.GIVEN, at=line.at, source=str(SOURCES.get(line.source, line.source)), wording=read
        )
    return found
