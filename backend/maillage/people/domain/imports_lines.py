"""What one line of a file says: names, contacts, where, what was agreed to. Nothing is looked up here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from maillage.kernel.errors import Invalid
from maillage.kernel.text import fold, typed
from maillage.people.domain.contact import normal_value
from maillage.people.domain.imports import ConsentColumn, ImportField, ImportKey, Refused, Remark
from maillage.people.domain.naming import LONGEST_NAME
from maillage.people.domain.words import ALONE_FROM, Channel, ConsentAct

LONGEST_PAPER = 100
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES = frozenset(
    {"1", "x", "oui", "o", "yes", "y", "vrai", "true", "ok", "accord", "accepte", "agreed", "opt in", "optin"}
    | {"abonne", "abonnee", "subscribed", "inscrit", "inscrite"}
)
_STOPPED = frozenset(
    {"desabonne", "desabonnee", "desabonne e", "desinscrit", "desinscrite", "desinscrit e", "retire", "stop"}
    | {"unsubscribed", "opt out", "optout", "withdrawn"}
)

PlaceWords = tuple[str, str, str, str]
"""What a line says of a place: constituency, code of the commune, commune, postcode; as typed, folded."""
_OF_PLACE = (ImportField.CONSTITUENCY, ImportField.COMMUNE_CODE, ImportField.COMMUNE, ImportField.POSTAL_CODE)


@dataclass(frozen=True)
class Plan:
    """How the lines of a file are to be read."""

    fields: Mapping[str, int]
    key: ImportKey
    consents: Sequence[ConsentColumn]
    language: str
    languages: frozenset[str]
    country: str
    now: datetime
    today: date

    @property
    def latest(self) -> datetime:
        """The last instant that is not to come: a day is read as midnight UTC, which at night may still lie ahead."""
        return max(self.now, datetime.combine(self.today, time(), tzinfo=UTC))


@dataclass(slots=True)
class LineRead:
    """A line as it was understood; `refused` says why it cannot be taken, all reasons at once."""

    given_name: str = ""
    family_name: str = ""
    folded_name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    refused: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)

    def known_by(self, key: ImportKey) -> ImportKey:
        """By what this line is recognised: by the chosen key, or by what it has when it lacks that."""
        has = {
            ImportKey.EMAIL: bool(self.email),
            ImportKey.NAME_PHONE: bool(self.phone) and (bool(self.folded_name) or key == ImportKey.NAME_PHONE),
            ImportKey.NAME_PLACE: bool(self.folded_name),
        }
        if has[key]:
            return key
        return next((other for other in (ImportKey.NAME_PLACE, ImportKey.EMAIL, ImportKey.NAME_PHONE) if has[other]), ImportKey.NAME_PHONE)


def line_read(cells: Sequence[str], plan: Plan) -> LineRead:
    """Read one line, but for its place (`place_words`)."""
    said = {name: _cell(cells, column, "") for name, column in plan.fields.items() if name not in _OF_PLACE}
    read = LineRead(
        given_name=said.get(ImportField.GIVEN_NAME, ""),
        family_name=said.get(ImportField.FAMILY_NAME, ""),
        language=_language(said.get(ImportField.LANGUAGE, ""), plan),
    )
    _read_names(read)
    read.email = _contact(read, Channel.EMAIL, said.get(ImportField.EMAIL, ""), Refused.BAD_EMAIL, plan)
    read.phone = _contact(read, Channel.PHONE, said.get(ImportField.PHONE, ""), Refused.BAD_PHONE, plan)
    if not (read.folded_name or read.email or read.phone or read.refused):
        read.refused.append(Refused.NOBODY)
    _read_age(read, said.get(ImportField.BIRTH_DATE, ""), plan)
    for number, column in enumerate(plan.consents):
        _read_consent(read, cells, number, column, plan)
    if read.refused:
        read.remarks = []  # nothing of this line is kept
    return read


def place_words(cells: Sequence[str], plan: Plan) -> PlaceWords:
    """Read where one line says that somebody lives: many lines are placed at once, before the rest of them is read."""
    seat, code, commune, postal = (_cell(cells, plan.fields[name], "") if name in plan.fields else "" for name in _OF_PLACE)
    return seat.upper(), code.upper(), _word(commune), postal.replace(" ", "").upper()


@lru_cache(maxsize=1024)
def date_read(text: str) -> datetime | None:
    """Read a day (`2026-03-01`, `01/03/2026`, as midnight UTC) or an instant with its zone; None for anything else."""
    if found := _DAY_FIRST.fullmatch(text):
        text = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _read_names(read: LineRead) -> None:
    if len(read.given_name) > LONGEST_NAME or len(read.family_name) > LONGEST_NAME:
        read.refused.append(Refused.TOO_LONG)
        read.given_name, read.family_name = read.given_name[:LONGEST_NAME], read.family_name[:LONGEST_NAME]
    name = fold(f"{read.family_name} {read.given_name}")
    read.folded_name = f" {name}" if name else ""


def _contact(read: LineRead, channel: Channel, text: str, reason: Refused, plan: Plan) -> str:
    if not text:
        return ""
    try:
        return normal_value(channel, text, country=plan.country)[:254]
    except Invalid:
        read.refused.append(reason)
        return ""


def _read_age(read: LineRead, text: str, plan: Plan) -> None:
    if not text:
        return
    born = date_read(text)
    if born is None or not born.year >= 1900 or born > plan.latest:
        read.refused.append(Refused.BAD_BIRTH_DATE)
    elif _years_between(born.date(), plan.today) < ALONE_FROM:
        read.refused.append(Refused.TOO_YOUNG)


def _read_consent(read: LineRead, cells: Sequence[str], number: int, column: ConsentColumn, plan: Plan) -> None:
    said = _word(cells[column.column]) if column.column < len(cells) else ""
    if said in _STOPPED:
        read.consents.append({"n": number, "act": ConsentAct.WITHDRAWN.value, "at": plan.now.isoformat(), "paper": ""})
        return
    if said not in _YES:
        return
    day = _cell(cells, column.date_column, column.date)
    paper = _cell(cells, column.paper_column, column.paper)[:LONGEST_PAPER]
    if not day or not paper:
        read.remarks.append(Remark.NO_PROOF)
        return
    at = date_read(day)
    if at is None or at.year < 1990:
        read.refused.append(Refused.BAD_CONSENT_DATE)
    elif at > plan.latest:
        read.refused.append(Refused.CONSENT_TO_COME)
    elif not _has_contact(read, column.channel):
        read.remarks.append(Remark.NO_CONTACT)
    else:
        read.consents.append({"n": number, "act": ConsentAct.GIVEN.value, "at": min(at, plan.now).isoformat(), "paper": paper})


def _has_contact(read: LineRead, channel: str) -> bool:
    if channel == Channel.EMAIL:
        return bool(read.email)
    return bool(read.phone) if channel in (Channel.SMS, Channel.PHONE) else True


def _cell(cells: Sequence[str], column: int | None, of_all: str) -> str:
    if column is None:
        return _clean(of_all)
    return _clean(cells[column]) if column < len(cells) else ""


def _language(text: str, plan: Plan) -> str:
    code = text[:2].lower()
    return code if code in plan.languages else plan.language


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    """Fold what stands in many lines."""
    return fold(text)


def _clean(text: str) -> str:
    """Drop what no column holds, and the spaces around."""
    text = text.strip()
    return text if text.isprintable() else " ".join(typed(text).split())


def _years_between(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
