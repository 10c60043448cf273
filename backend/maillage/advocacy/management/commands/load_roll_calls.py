"""Load how office holders voted; see `docs/domains/advocacy.md`."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from maillage.advocacy.domain import FR_ASSEMBLEE, Choice, Record, Result
from maillage.advocacy.gateways import Columns, read_roll_calls, read_votes_csv
from maillage.advocacy.services import load_roll_calls
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal

NAMED_MOST = 20


class Command(BaseCommand):
    help = (
        "Load the votes by name of an assembly. Safe to run again: corrections of the record come in. By default the archive of the "
        "Assemblée nationale, from the address in the settings; with --csv, a table with a line a vote, whose columns the options name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", default=settings.ASSEMBLY_ROLL_CALLS_URL, help="a file, or its http(s) address")
        parser.add_argument("--body", default=FR_ASSEMBLEE, help="the assembly's short name")
        parser.add_argument("--csv", action="store_true", help="it is a table: UTF-8, a line a vote, days as 2026-11-30")
        parser.add_argument("--separator", default=",", help="what parts its columns")
        for column, default in vars(Columns()).items():
            parser.add_argument(f"--{column}", default=default, help=f"its column for: {column}")
        parser.add_argument("--says", action="append", default=[], metavar="MEANING=WORD", help=f"for {_names(Choice)} or {_names(Result)}")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reading votes from {options['source']}")
        try:
            loaded = load_roll_calls(records=_records(options), now=now(), body=options["body"])
        except Refusal as refusal:
            raise CommandError(refusal.detail or refusal.code) from refusal
        self.stdout.write(f"  {loaded.read} roll calls, {loaded.written} of them new or changed, {loaded.votes} votes")
        if loaded.unknown:
            named = ", ".join(loaded.unknown[:NAMED_MOST])
            self.stdout.write(self.style.WARNING(f"  {len(loaded.unknown)} voters are in no list of office holders: {named}"))


def _records(options: dict[str, Any]) -> Iterator[Record]:
    if not options["csv"]:
        return read_roll_calls(options["source"])
    columns = Columns(**{name: options[name] for name in vars(Columns())})
    choices, results = {choice.value: choice for choice in Choice}, {result.value: result for result in Result}
    for said in options["says"]:
        meaning, _sign, word = said.partition("=")
        if meaning in Choice:
            choices[word.strip().lower()] = Choice(meaning)
        elif meaning in Result:
            results[word.strip().lower()] = Result(meaning)
        else:
            raise CommandError(f"--says {said}: a meaning is one of {_names(Choice)} or {_names(Result)}")
    return read_votes_csv(options["source"], columns=columns, choices=choices, results=results, separator=options["separator"])


def _names(words: type[Choice] | type[Result]) -> str:
    return ", ".join(words.values)
