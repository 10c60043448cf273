"""The chart of accounts of a country: under which numbers, journals and words the books leave."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.fundraising.domain.words import Account, EntryKind

ANY = "any"


class WrongChart(ValueError):
    """A chart lacks a line, or has one that says nothing."""


@dataclass(frozen=True)
class Opening:
    """The journal and the words of the balances with which a year begins, and the accounts of what earlier years left over or lacked."""

    journal: tuple[str, str]
    words: str
    surplus: tuple[str, str]
    deficit: tuple[str, str]


@dataclass(frozen=True)
class Chart:
    """Numbers and names of accounts, codes and names of journals, what an entry of a kind is called, and how a year begins."""

    accounts: Mapping[Account, tuple[str, str]]
    journals: Mapping[EntryKind, tuple[str, str]]
    words: Mapping[EntryKind, str]
    opening: Opening


def read_charts(text: str) -> Mapping[str, Chart]:
    """Read the charts of all countries. Raises: WrongChart."""
    charts = {}
    for country, said in tomllib.loads(text).items():
        try:
            charts[country] = Chart(
                accounts={account: _pair(said["accounts"][account]) for account in Account},
                journals={kind: _pair(said["journals"][kind]) for kind in EntryKind},
                words={kind: str(said["words"][kind]) for kind in EntryKind},
                opening=_opening(said["opening"]),
            )
        except (KeyError, ValueError) as error:
            raise WrongChart(f"{country}: {error}") from error
    return charts


def _opening(said: Mapping[str, Any]) -> Opening:
    return Opening(_pair(said["journal"]), str(said["words"]), _pair(said["surplus"]), _pair(said["deficit"]))


def _pair(said: list[str]) -> tuple[str, str]:
    number, name = said
    return number, name


CHARTS = read_charts(Path(__file__).with_name("chart.toml").read_text(encoding="utf-8"))


def chart_of(country: str) -> Chart:
    """Return the chart of a country (ISO 3166-1), else the one for any."""
    return CHARTS.get(country, CHARTS[ANY])
