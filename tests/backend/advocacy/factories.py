"""Lists of office holders as situations; what they said, and when one spoke with them."""

from datetime import date
from typing import Any

from maillage.accounts.models import User
from maillage.advocacy import services
from maillage.advocacy.domain import (
    Choice,
    ContactKind,
    Group,
    Initiative,
    KnownBy,
    Line,
    ReadableBy,
    Record,
    Side,
    Stance,
    StepKind,
    Tally,
)
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.models import Contact, Mandate, OfficeHolder, Position, RollCall, Subject
from maillage.kernel.clock import now
from maillage.people.models import Person
from maillage.territories.models import Area
from tests.backend.days import in_days

GREENS = Group(code="VER", abbreviation="Ver", name="Les Verts du pays", colour="#118833")
HEADER = (
    "an_uid,civility,first_name,last_name,constituency_code,group_code,group_abbr,group_name,group_color,"
    "office_email,mandate_start,mandate_end,profile_url"
)


def line(number: int, area_code: str, **changes: Any) -> Line:
    """The sitting member of a seat, since July 2024."""
    said: dict[str, Any] = {
        "external_id": f"XM{number}",
        "civility": "Mme",
        "given_name": "Odile",
        "family_name": f"Pradelle {number}",
        "area_code": area_code,
        "group": GREENS,
        "office_email": f"odile{number}@chambre.example",
        "begins_on": date(2024, 7, 7),
        "ends_on": None,
        "profile_url": f"https://chambre.example/{number}",
    }
    return Line(**{**said, **changes})


def make_deputy(area: Area, *, given_name: str = "Jeanne", family_name: str = "Martin", number: str = "") -> OfficeHolder:
    """Somebody who sits for a place."""
    holder = OfficeHolder.objects.create(
        source="tests", external_id=number or area.code, civility="Mme", given_name=given_name, family_name=family_name
    )
    Mandate.objects.create(holder=holder, area=area, body="tests", begins_on=date(2024, 7, 7))
    return holder


def make_subject(title: str = "Le guichet humain", **fields: Any) -> Subject:
    """Something on which everybody is asked where they stand, in one language."""
    texts = {"fr": {"title": title, "decision": "La proposition de loi n° 12"}}
    return services.open_subject(**{"texts": texts, "default_language": "fr", "by": None, "now": now(), **fields})


def say(
    holder: OfficeHolder,
    subject: Subject,
    stance: Stance = Stance.FOR,
    *,
    author: Person | None = None,
    by: User | None = None,
    days_ago: int = 1,
    source_url: str = "",
    quote: str = "",
    contact: Contact | None = None,
) -> Position:
    """An office holder said something some days ago."""
    return services.say_position(
        holder_id=holder.pk,
        area=holder.mandates.get().area,
        subject_id=subject.pk,
        stance=stance,
        known_by=KnownBy.PUBLIC if source_url else KnownBy.MEETING,
        source_url=source_url,
        said_on=in_days(-days_ago),
        quote=quote,
        contact_id=contact.pk if contact else None,
        author_id=author.pk if author else None,
        by=by,
        now=now(),
    )


def log(
    holder: OfficeHolder,
    *,
    by: User,
    author: Person | None = None,
    kind: ContactKind = ContactKind.MEETING,
    readable_by: ReadableBy = ReadableBy.RELAYS,
    steps: tuple[StepKind, ...] = (StepKind.MEETING,),
) -> Contact:
    """Somebody spoke with an office holder yesterday."""
    yesterday = in_days(-1)
    return services.log_contact(
        holder_id=holder.pk,
        area=holder.mandates.get().area,
        initiative=Initiative.OURS,
        kind=kind,
        decision="Le décret",
        readable_by=readable_by,
        steps=[Step(kind=step, on=yesterday, words="Vingt minutes.") for step in steps],
        author_id=author.pk if author else None,
        by=by,
        now=now(),
    )


def record(number: str = "12", *, days_ago: int = 1, **changes: Any) -> Record:
    """A roll call of the assembly of `make_deputy`; who voted is named by the code of their seat."""
    said: dict[str, Any] = {
        "external_id": f"XMR{number}",
        "number": number,
        "on": in_days(-days_ago),
        "title": "L'article premier du guichet humain",
        "tally": Tally(for_it=1, against=0, abstained=0),
    }
    return Record(**{**said, **changes})


def tie(choices: dict[str, Choice], subject: Subject, *, by: User, favourable: Side = Side.FOR, **changes: Any) -> RollCall:
    """Members voted, and whoever organises the country said that it was on a subject."""
    taken = record(choices=choices, **changes)
    services.load_roll_calls(records=[taken], now=now(), body="tests")
    roll_call = RollCall.objects.get(external_id=taken.external_id)
    return services.tie_roll_call(roll_call_id=roll_call.pk, subject_id=subject.pk, favourable=favourable, by=by, now=now())
