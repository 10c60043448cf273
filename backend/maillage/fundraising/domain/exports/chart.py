"""The chart of accounts of a country: under which numbers, journals and words the books leave."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.fundraising.domain.words import Account, EntryKind

ANY = "any"


class WrongChart(ValueError):
    """A chart lacks a line, or has one that says nothing."""


@dataclass(frozen=True)
class Chart:
    """Numbers and names of accounts, codes and names of journals, and what an entry of a kind is called."""

    accounts: Mapping[Account, tuple[str, str]]
    journals: Mapping[EntryKind, tuple[str, str]]
    words: Mapping[EntryKind, str]


def read_charts(text: str) -> Mapping[str, Chart]:
    """Read the charts of all countries. Raises: WrongChart."""
    charts = {}
    for country, said in tomllib.loads(text).items():
        try:
            charts[country] = Chart(
                accounts={account: _pair(said["accounts"][account]) for account in Account},
                journals={kind: _pair(said["journals"][kind]) for kind in EntryKind},
                words={kind: str(said["words"][kind]) for kind in EntryKind},
            )
        except (KeyError, ValueError) as error:
            raise WrongChart(f"{country}: {error}") from error
    return charts


def _pair(said: list[str]) -> tuple[str, str]:
    number, name = said
    return number, name


CHARTS = read_charts(Path(__file__).with_name("chart.toml").read_text(encoding="utf-8"))


def chart_of(country: str) -> Chart:
    """Return the chart of a country (ISO 3166-1), else the one for any."""
    return CHARTS.get(country, CHARTS[ANY])
