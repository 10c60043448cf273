"""Who sits in the Assemblée nationale, sat there, and in which office: its `AMO` archives of members, mandates and bodies.

A document a member (`acteur/`) with all their mandates, and one a body (`organe/`). Of the latest legislature in the archive: the
mandates that ended are lines with an end, so that resignations and by-elections come in with their day. Whoever came in for
somebody (`mandatRemplaceRef`) sits since they took the seat; for the others the Assemblée counts from the election.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from maillage.advocacy.domain import Group, Line, OfficeHeld
from maillage.advocacy.domain.bounds import OFFICE_MOST
from maillage.advocacy.gateways.assembly_json import each, part, text
from maillage.advocacy.gateways.files import documents
from maillage.kernel.errors import Invalid

_SEAT, _GROUP, _COMMITTEE, _BUREAU = "ASSEMBLEE", "GP", "COMPER", "BUREAU"
_PLAIN = frozenset({"", "membre", "membre apparenté", "apparenté"})
_OFFICE_DOMAIN = "@assemblee-nationale.fr"


def read_assembly_members(source: str) -> list[Line]:
    """Read an archive, from a path or an http(s) address. Raises: Invalid (`bad_list`), Unavailable."""
    bodies = {text(part(body, "uid")): body for body in _inside(source, "organe")}
    found = [(member, mandate) for member in _inside(source, "acteur") for mandate in _mandates(member) if _of(mandate) == _SEAT]
    if not found:
        raise Invalid(f"{source} names no member of the Assemblée", code="bad_list")
    present = max(_legislature(mandate) for _member, mandate in found)
    try:
        return [_line(member, mandate, bodies) for member, mandate in found if _legislature(mandate) == present]
    except ValueError as error:
        raise Invalid(f"{source}: {error}", code="bad_list") from error


def _inside(source: str, kind: str) -> Iterator[Any]:
    return (document.get(kind, document) for document in documents(source, below=f"{kind}/"))


def _mandates(member: Any) -> list[Any]:
    return each(part(member, "mandats", "mandat"))


def _of(mandate: Any) -> str:
    return text(part(mandate, "typeOrgane"))


def _legislature(mandate: Any) -> int:
    written = text(part(mandate, "legislature"))
    return int(written) if written.isdecimal() else 0


def _line(member: Any, mandate: Any, bodies: dict[str, Any]) -> Line:
    number, named = text(part(member, "uid")), part(member, "etatCivil", "ident")
    begins_on, ends_on = _begins(mandate), _day(part(mandate, "dateFin"))
    department, seat = (text(part(mandate, "election", "lieu", name)) for name in ("numDepartement", "numCirco"))
    return Line(
        external_id=number,
        civility=text(part(named, "civ")),
        given_name=text(part(named, "prenom")),
        family_name=text(part(named, "nom")),
        area_code=f"{department.rjust(3, '0')}-{seat.rjust(2, '0')}",
        group=_group(member, mandate, bodies),
        office_email=_email(member),
        begins_on=begins_on,
        ends_on=ends_on,
        profile_url=f"https://www.assemblee-nationale.fr/dyn/deputes/{number}",
        offices=tuple(_offices(member, mandate, bodies)),
    )


def _group(member: Any, mandate: Any, bodies: dict[str, Any]) -> Group | None:
    """The last group of the mandate."""
    theirs = [one for one in _mandates(member) if _of(one) == _GROUP and _legislature(one) == _legislature(mandate) and _meet(one, mandate)]
    if not theirs:
        return None
    body = bodies.get(_body_of(max(theirs, key=lambda one: text(part(one, "dateDebut")))))
    code = text(part(body, "libelleAbrev"))
    if not code:
        return None
    return Group(code, text(part(body, "libelleAbrege")) or code, text(part(body, "libelle")) or code, text(part(body, "couleurAssociee")))


def _offices(member: Any, mandate: Any, bodies: dict[str, Any]) -> Iterator[OfficeHeld]:
    """What they are in the bureau, and in a committee or their group beyond a member."""
    for one in _mandates(member):
        title = text(part(one, "infosQualite", "libQualiteSex")) or text(part(one, "infosQualite", "libQualite"))
        body = bodies.get(_body_of(one))
        is_office = _of(one) == _BUREAU or (_of(one) in (_COMMITTEE, _GROUP) and title.lower() not in _PLAIN)
        if is_office and title and body is not None and _legislature(one) == _legislature(mandate) and _meet(one, mandate):
            yield OfficeHeld(
                external_id=text(part(one, "uid")),
                title=title[: OFFICE_MOST["title"]],
                organ=text(part(body, "libelle"))[: OFFICE_MOST["organ"]],
                begins_on=_begins(one),
                ends_on=_day(part(one, "dateFin")),
            )


def _body_of(mandate: Any) -> str:
    return next((text(one) for one in each(part(mandate, "organes", "organeRef"))), "")


def _meet(one: Any, other: Any) -> bool:
    """Whether two mandates have a day in common; one without an end goes on."""
    first, second = ((text(part(each_of, "dateDebut")), text(part(each_of, "dateFin")) or "9999") for each_of in (one, other))
    return first[0] <= second[1] and second[0] <= first[1]


def _begins(mandate: Any) -> date:
    taken = text(part(mandate, "mandature", "datePriseFonction")) if part(mandate, "mandature", "mandatRemplaceRef") else ""
    return date.fromisoformat((taken or text(part(mandate, "dateDebut")))[:10])


def _day(written: Any) -> date | None:
    return date.fromisoformat(text(written)[:10]) if text(written) else None


def _email(member: Any) -> str:
    """The address of their office: an assembly's own, never another one of theirs."""
    written = (text(part(one, "valElec")) for one in each(part(member, "adresses", "adresse")))
    return next((address for address in written if address.endswith(_OFFICE_DOMAIN)), "")
