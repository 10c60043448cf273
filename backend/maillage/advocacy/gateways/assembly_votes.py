"""The roll calls of the Assemblée nationale: `Scrutins.json.zip` of a legislature, one JSON document a roll call.

A name stands in the lists of `ventilationVotes` (for, against, abstained, present and not voting), or in none: absences are not
published, and of a motion of censure those who voted for it alone. `miseAuPoint` names who had put on record what they meant to vote.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from maillage.advocacy.domain import Choice, Record, Result, Tally
from maillage.advocacy.domain.bounds import ROLL_CALL_MOST
from maillage.advocacy.gateways.assembly_json import each, part, text
from maillage.advocacy.gateways.files import documents
from maillage.kernel.errors import Invalid

_LISTS = {
    "pour": Choice.FOR,
    "pours": Choice.FOR,
    "contre": Choice.AGAINST,
    "contres": Choice.AGAINST,
    "abstention": Choice.ABSTAINED,
    "abstentions": Choice.ABSTAINED,
    "nonVotant": Choice.NOT_VOTING,
    "nonVotants": Choice.NOT_VOTING,
    "nonVotantsVolontaires": Choice.NOT_VOTING,
}
"""Of its names for a list, both are used, within one legislature too."""

_RESULTS = {"adopté": Result.ADOPTED, "rejeté": Result.REJECTED}
_OWN = "VTAN"
"""How the numbers of its own roll calls begin; those of the Congress stand in the same archive."""


def read_roll_calls(source: str) -> Iterator[Record]:
    """Yield each roll call of an archive, from a path or an http(s) address. Raises: Invalid (`bad_list`), Unavailable."""
    for document in documents(source):
        scrutin = document.get("scrutin")
        name = text(part(scrutin, "uid"))
        if not name:
            raise Invalid(f"{source} holds a document that is no roll call", code="bad_list")
        if name.startswith(_OWN):
            try:
                yield _record(name, scrutin)
            except (ValueError, TypeError) as error:
                raise Invalid(f"{source}, {name}: {error}", code="bad_list") from error


def _record(name: str, scrutin: Any) -> Record:
    number, legislature = text(part(scrutin, "numero")), text(part(scrutin, "legislature"))
    choices: dict[str, Choice] = {}
    for group in each(part(scrutin, "ventilationVotes", "organe", "groupes", "groupe")):
        choices |= _named(part(group, "vote", "decompteNominatif"))
    corrected = part(scrutin, "miseAuPoint")
    counted = part(scrutin, "syntheseVote", "decompte")
    return Record(
        external_id=name,
        number=number,
        on=date.fromisoformat(text(part(scrutin, "dateScrutin"))[:10]),
        title=text(part(scrutin, "titre"))[: ROLL_CALL_MOST["title"]],
        result=_RESULTS.get(text(part(scrutin, "sort", "code")).lower()),
        address=f"https://www.assemblee-nationale.fr/dyn/{legislature}/scrutins/{number}" if legislature.isdecimal() and number else "",
        tally=Tally(*(int(text(part(counted, what)) or 0) for what in ("pour", "contre", "abstentions"))),
        choices=choices,
        meant=_named(corrected) | _named(part(corrected, "dysfonctionnement")),
    )


def _named(lists: Any) -> dict[str, Choice]:
    """Whoever is named in lists, by their number."""
    found: dict[str, Choice] = {}
    for name, choice in _LISTS.items():
        for written in each(part(lists, name)):
            for voter in each(part(written, "votant")):
                if number := text(part(voter, "acteurRef")):
                    found[number] = choice
    return found
