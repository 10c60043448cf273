"""Roll calls of any assembly as CSV, a line a vote; which column says what is told by whoever loads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from maillage.advocacy.domain import Choice, Record, Result, Tally
from maillage.advocacy.domain.bounds import ROLL_CALL_MOST
from maillage.advocacy.gateways.files import table
from maillage.kernel.errors import Invalid

LIMIT_BYTES = 50_000_000


@dataclass(frozen=True)
class Columns:
    """The names of a table's columns; those that may be empty name none."""

    number: str = "number"
    on: str = "on"
    title: str = "title"
    member: str = "member"
    vote: str = "vote"
    result: str = ""
    address: str = ""


def read_votes_csv(
    source: str, *, columns: Columns, choices: Mapping[str, Choice], results: Mapping[str, Result], separator: str = ","
) -> Iterator[Record]:
    """Yield each roll call of a table, from a path or an http(s) address. `choices`, `results`: what its words mean, in small letters.

    Whose number is that of another day's is another roll call: some assemblies begin anew each year.
    Raises: Invalid (`bad_list`) for a column that is missing or a word that means nothing, Unavailable.
    """
    named = [name for name in vars(columns).values() if name]
    first: dict[tuple[date, str], tuple[int, dict[str, str]]] = {}
    voted: dict[tuple[date, str], dict[str, Choice]] = {}
    for line, row in table(source, needs=named, most_bytes=LIMIT_BYTES, separator=separator):
        number, said = row[columns.number].strip(), row[columns.vote].strip().lower()
        if said not in choices:
            raise Invalid(f"{source}, line {line}: nothing says what the vote {said!r} means", code="bad_list")
        try:
            one = date.fromisoformat(row[columns.on].strip()), number
        except ValueError as error:
            raise Invalid(f"{source}, line {line}: {error}", code="bad_list") from error
        first.setdefault(one, (line, row))
        voted.setdefault(one, {})[row[columns.member].strip()] = choices[said]
    for (on, number), (line, row) in first.items():
        try:
            yield _record(number, on, row, voted[on, number], columns=columns, results=results)
        except ValueError as error:
            raise Invalid(f"{source}, line {line}: {error}", code="bad_list") from error


def _record(
    number: str,
    on: date,
    row: Mapping[str, str],
    voted: Mapping[str, Choice],
    *,
    columns: Columns,
    results: Mapping[str, Result],
) -> Record:
    counted = [sum(choice == one for choice in voted.values()) for one in (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED)]
    return Record(
        external_id=f"{on.isoformat()}/{number}",
        number=number,
        on=on,
        title=row[columns.title].strip()[: ROLL_CALL_MOST["title"]],
        result=results.get(row[columns.result].strip().lower()) if columns.result else None,
        address=row[columns.address].strip() if columns.address else "",
        tally=Tally(*counted),
        choices=voted,
    )
