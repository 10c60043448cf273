"""Blocks that the organiser names in a brief, each filled by what is known of one place. On paper: data in, markdown out.

A block that has nothing to say says so in a short sentence: the organiser may have put a heading over it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.actions.domain.reports import Met
from maillage.advocacy.domain import ContactKind, Stance
from maillage.kernel import dates
from maillage.kernel.markdown import code_lines, escaped, linked
from maillage.territories.domain import Compared, ComparedFigure

_ALONE = re.compile(r" {0,3}\{\{ *([a-z_]+) *\}\} *")
_BRACES = re.compile(r"\{\{|\}\}")
_DRAWN = re.compile(r"<p>\{\{ ([a-z_]+) \}\}</p>")


def as_named(name: str) -> str:
    """Write a block as it stands in a brief."""
    return f"{{{{ {name} }}}}"


def blocks_in(source: str) -> list[str]:
    """Return the names of the blocks that a brief asks for, in their order, each once."""
    return list(dict.fromkeys(found[1] for line in _lines(source) if (found := _ALONE.fullmatch(line))))


def block_troubles(source: str, *, known: Collection[str]) -> list[str]:
    """Say what is wrong with the blocks of a brief, one sentence each, with the names that exist; empty when nothing is."""
    exist = ", ".join(as_named(name) for name in known)
    code = code_lines(source)
    troubles = []
    for number, line in enumerate(_lines(source)):
        if not _BRACES.search(line):
            continue
        found = _ALONE.fullmatch(line)
        if found is None or number in code:
            troubles.append(
                _("Line %(line)s: a block stands alone on its line, not in a sentence, a list or code. These exist: %(exist)s.")
                % {"line": number + 1, "exist": exist}
            )
        elif found[1] not in known:
            troubles.append(
                _("Line %(line)s: there is no block %(name)s. These exist: %(exist)s.")
                % {"line": number + 1, "name": as_named(found[1]), "exist": exist}
            )
    return troubles


def completed(source: str, written: Mapping[str, str]) -> str:
    """Put what each block says of a place where the brief names it, set apart from what stands around it."""
    lines: list[str] = []
    for line in _lines(source):
        found = _ALONE.fullmatch(line)
        lines += ["", written[found[1]], ""] if found and found[1] in written else [line]
    return "\n".join(lines)


def completed_html(drawn: str, written: Mapping[str, str]) -> str:
    """Put what each block says, as HTML, into a brief that was drawn with its blocks set apart, as they are named."""
    return _DRAWN.sub(lambda found: written.get(found[1], found[0]).strip(), drawn)


def figures_said(known: Compared) -> str:
    """Say a place in figures, beside its country and the places most like it."""
    if not known.figures:
        return _("No official figures are known of this place.")
    lines = [f"- {_figure_said(each, known.country)}" for each in known.figures]
    if known.alike:
        lines += ["", _("Most like it: %(places)s.") % {"places": " \N{MIDDLE DOT} ".join(escaped(name) for name in known.alike)}]
    if known.sources:
        lines += ["", _("Source: %(source)s.") % {"source": " \N{MIDDLE DOT} ".join(escaped(source) for source in known.sources)}]
    return "\n".join(lines)


def _figure_said(known: ComparedFigure, country: str) -> str:
    figure = known.figure
    said = [f"**{figure.said(known.here)}** {escaped(str(figure.says))}"]
    if known.country is not None:
        said.append(_("%(country)s: %(value)s") % {"country": escaped(country), "value": figure.said(known.country)})
    if known.alike:
        low, high = figure.said(min(known.alike)), figure.said(max(known.alike))
        there = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
        said.append(_("Places most like it: %(value)s") % {"value": there})
    return ". ".join(said) + "."


@dataclass(frozen=True)
class Official:
    """Who sits for a place, by public-office facts only; what is not known is empty."""

    name: str
    group: str
    since: date
    office_email: str
    page: str


def official_said(known: Official | None) -> str:
    """Say who sits for a place, and where they are reached."""
    if known is None:
        return _("Nobody sits for this place at the moment.")
    since = _("Sits since %(day)s.") % {"day": _day(known.since)}
    lines = [f"**{escaped(known.name)}**" + (f", {escaped(known.group)}. {since}" if known.group else f". {since}")]
    if known.office_email:
        lines.append("- " + _("Office: %(address)s") % {"address": linked(known.office_email)})
    if known.page:
        lines.append("- " + _("Page: %(address)s") % {"address": linked(known.page)})
    return "\n".join(lines)


@dataclass(frozen=True)
class NextDoor:
    """What came of an action in the seats next door: how many there are, whom they met, what was said. Counts, no names."""

    seats: int
    met: Mapping[Met, int]
    stances: Mapping[Stance, int]


def neighbours_said(known: NextDoor) -> str:
    """Say what the seats next door reported so far."""
    if not known.seats:
        return _("No place of this network lies next door.")
    reported = sum(known.met.values())
    if not reported:
        return ngettext(
            "The place next door has not reported yet.", "None of the %(seats)s places next door has reported yet.", known.seats
        ) % {"seats": known.seats}
    head = ngettext(
        "%(reported)s of %(seats)s places next door has reported. Met:",
        "%(reported)s of %(seats)s places next door have reported. Met:",
        reported,
    ) % {"reported": reported, "seats": known.seats}
    lines = [head, *(f"- {_counted(str(met.label), known.met[met])}" for met in Met if known.met.get(met))]
    if any(known.stances.values()):
        lines += ["", _("What was said about it:")]
        lines += [f"- {_counted(str(stance.label), known.stances[stance])}" for stance in reversed(Stance) if known.stances.get(stance)]
    return "\n".join(lines)


@dataclass(frozen=True)
class KnownPosition:
    """Where who sits there stands on a subject; `ask_no_more_until` where it makes others stop."""

    subject: str
    stance: Stance
    since: date
    ask_no_more_until: date | None
    is_disputed: bool


def positions_said(known: Sequence[KnownPosition]) -> str:
    """Say where who sits for a place stands."""
    if not known:
        return _("Nothing is known yet of where they stand.")
    return "\n".join(f"- {_position_said(each)}" for each in known)


def _position_said(known: KnownPosition) -> str:
    said = [
        _("**%(subject)s**: %(stance)s, since %(day)s.")
        % {"subject": escaped(known.subject), "stance": escaped(str(known.stance.label)), "day": _day(known.since)}
    ]
    if known.is_disputed:
        said.append(_("Somebody says that this is wrong: it is being looked at."))
    if known.ask_no_more_until is not None:
        said.append(_("Convinced: nobody need ask again before %(day)s.") % {"day": _day(known.ask_no_more_until)})
    return " ".join(said)


@dataclass(frozen=True)
class KnownContact:
    """When one spoke with who sits there, how, about what, and what was written of it."""

    on: date
    kind: ContactKind
    about: str
    words: str


def contacts_said(known: Sequence[KnownContact]) -> str:
    """Say when one last spoke with who sits for a place."""
    if not known:
        return _("Nobody of ours is known to have spoken with them yet.")
    return "\n".join(f"- {_contact_said(each)}" for each in known)


def _contact_said(known: KnownContact) -> str:
    said = _("**%(day)s**, %(kind)s: %(about)s.") % {
        "day": _day(known.on),
        "kind": escaped(str(known.kind.label)),
        "about": escaped(known.about.rstrip(".")),
    }
    return f"{said} {escaped(known.words)}" if known.words else said


def for_who_serves_said() -> str:
    """Say, where a block stands that tells of a place, that its reader does not serve it."""
    return _("Whoever serves this place reads here what is known of it.")


def _day(day: date) -> str:
    return escaped(dates.dated(day, ""))


def _counted(what: str, value: object) -> str:
    return _("%(what)s: %(value)s") % {"what": escaped(what), "value": value}


def _lines(source: str) -> Iterator[str]:
    return iter(re.split(r"\r\n?|\n", source))
