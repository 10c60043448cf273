"""Briefs as each place reads them: the organiser's words, completed by what is known there."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When
from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import (
    KnownContact,
    KnownPosition,
    Met,
    NextDoor,
    Official,
    as_named,
    blocks_in,
    completed,
    completed_html,
    contacts_said,
    figures_said,
    for_who_serves_said,
    neighbours_said,
    official_said,
    paragraph_said,
    positions_said,
)
from maillage.actions.models import Action, ActionText, Assignment, LocalParagraph, Report
from maillage.actions.selectors.actions import text_of
from maillage.actions.selectors.paragraphs import in_language, paragraphs_read
from maillage.advocacy import selectors as advocacy
from maillage.advocacy.domain import Stance
from maillage.advocacy.models import Position
from maillage.kernel.errors import NotFound
from maillage.kernel.markdown import as_typed, escaped, safe_html
from maillage.relays.models import Seat
from maillage.relays.selectors.next_door import next_door
from maillage.territories.domain import Compared
from maillage.territories.models import Area
from maillage.territories.selectors.comparing import compared

Known = TypeVar("Known")

CONTACTS_SHOWN = 3
"""How many contacts a brief tells, the latest first."""

DRAWINGS_KEPT = 2048
"""How many drawn texts and blocks a process keeps: a few actions of a country, of about two thousand letters each."""


@dataclass(frozen=True)
class Spot:
    """One action in one place: what a brief is completed for."""

    action_id: UUID
    network_id: UUID
    area: Area


@dataclass(frozen=True)
class Block(Generic[Known]):
    """What may stand in a brief: what it gives, as an organiser reads; what it reads of several places at once, in the language of
    the brief; and how it is written. `is_open`: anybody reads it who has the brief, not only who serves or organises the place."""

    gives: LazyText | str
    read: Callable[[Sequence[Spot], datetime], list[Known]]
    write: Callable[[Known], str]
    is_open: bool = False


@dataclass(frozen=True)
class Added:
    """What a part of the territory adds to a brief, as markdown under a heading that names it."""

    language: str
    source: str


@dataclass(frozen=True)
class Brief:
    """What one seat is asked, as it is read there: mail, page and paper draw it, its plain twin says it, from the same markdown.

    `written` is what each block says, by name; `added` is what parts of the territory add at its end, the widest place first;
    `official` is who sits for the place, where that was read and anybody does.
    """

    text: ActionText
    is_fallback: bool
    written: Mapping[str, str]
    added: Sequence[Added]
    official: advocacy.Card | None

    @property
    def html(self) -> SafeString:
        """The brief as HTML that is safe to show."""
        return _whole_html(self.text.brief, self.added, self.written)

    @property
    def plain(self) -> str:
        """The brief as the plain twin of a mail says it."""
        whole = "\n\n".join(completed(source, self.written) for source in [self.text.brief, *(each.source for each in self.added)])
        return as_typed(re.sub(r"\n{3,}", "\n\n", whole))


def brief_of(assignment: Assignment, *, language: str, now: datetime, is_inside: bool = True) -> Brief:
    """One assignment's brief in a language, else in the action's default one, with who sits there.

    What one place knows is told to who serves or organises it: who is not `is_inside` reads neither what is added there nor what blocks
    tell of people, only that it stands there.

    A query for who sits there and one for what parts of the territory add, three more where the block of neighbours is used; the
    figures are held by the process.
    """
    return _briefs([assignment], language=language, now=now, is_inside=is_inside, always=("official",))[0]


def briefs_of(assignments: Sequence[Assignment], *, language: str, now: datetime) -> list[Brief]:
    """The briefs of several assignments, in their order. A query, and at most four for each language, however many there are.

    Who sits there is said by the block alone.
    """
    return _briefs(assignments, language=language, now=now, is_inside=True)


def brief_for_all(text: ActionText) -> str:
    """A brief as the public reads it, as markdown: where a block stands, what each seat reads there."""
    with translation.override(text.language):
        said = {
            name: f"*{gettext('Each seat reads here: %(what)s.') % {'what': escaped(str(block.gives))}}*" for name, block in BLOCKS.items()
        }
        return completed(text.brief, said)


def brief_drawn(source: str, action: Action, seat: Seat, *, language: str, now: datetime) -> SafeString:
    """A brief of an action as it is being written, drawn for one seat with what places add to it."""
    spot = Spot(action_id=action.pk, network_id=action.network_id, area=seat.area)
    found = paragraphs_read(action_ids={action.pk}, area_ids={seat.area_id})
    added = _added(found.get((action.pk, seat.area_id), []), language=language)
    (written,), _officials = _written([[source, *(each.source for each in added)]], [spot], language=language, now=now)
    return _whole_html(source, added, written)


def seats_of(action: Action, *, organised_by: Actor, now: datetime) -> QuerySet[Seat]:
    """The seats of an action's network that somebody organises, by code: those of which they preview the brief."""
    reached = accounts.reaches(organised_by, roles=[Role.ORGANISER], area="area_id", now=now)
    return Seat.objects.filter(reached, network_id=action.network_id).select_related("area__kind").order_by("area__code")


def seat_of(action: Action, seat_id: UUID | None, *, organised_by: Actor, now: datetime) -> Seat:
    """One of them, the first where none is said. Raises: NotFound (`seat_unknown`)."""
    seats = seats_of(action, organised_by=organised_by, now=now)
    found = (seats.filter(pk=seat_id) if seat_id else seats).first()
    if found is None:
        raise NotFound(code="seat_unknown")
    return found


def _briefs(assignments: Sequence[Assignment], *, language: str, now: datetime, is_inside: bool, always: Iterable[str] = ()) -> list[Brief]:
    texts = [text_of(assignment.action, language=language) for assignment in assignments]
    # Most actions have no paragraph: who read that with the assignments asks no more.
    asked = [assignment for assignment in assignments if is_inside and vars(assignment).get("is_added_to", True)]
    added = paragraphs_read(action_ids={each.action_id for each in asked}, area_ids={each.seat.area_id for each in asked}) if asked else {}
    extra = [
        _added(added.get((assignment.action_id, assignment.seat.area_id), []), language=text.language)
        for assignment, (text, _is_fallback) in zip(assignments, texts, strict=True)
    ]
    briefs: dict[int, Brief] = {}
    for written_in in {text.language for text, _is_fallback in texts}:
        places = [at for at, (text, _is_fallback) in enumerate(texts) if text.language == written_in]
        written, officials = _written(
            [[texts[at][0].brief, *(each.source for each in extra[at])] for at in places],
            [Spot(each.action_id, each.action.network_id, each.seat.area) for each in (assignments[at] for at in places)],
            language=written_in,
            now=now,
            is_inside=is_inside,
            always=always,
        )
        for at, said, official in zip(places, written, officials, strict=True):
            briefs[at] = Brief(text=texts[at][0], is_fallback=texts[at][1], written=said, added=extra[at], official=official)
    return [briefs[at] for at in range(len(assignments))]


def _added(paragraphs: Sequence[LocalParagraph], *, language: str) -> list[Added]:
    found = []
    for paragraph in in_language(paragraphs, language):
        with translation.override(paragraph.language):
            found.append(Added(paragraph.language, paragraph_said(place=paragraph.area.called, words=paragraph.words)))
    return found


def _written(
    sources: Sequence[Sequence[str]],
    spots: Sequence[Spot],
    *,
    language: str,
    now: datetime,
    is_inside: bool = True,
    always: Iterable[str] = (),
) -> tuple[list[dict[str, str]], list[advocacy.Card | None]]:
    """Write the blocks of briefs in one language, each of several sources and for its spot; say who sits there where that was read.

    Each block is read once for all of them.
    """
    named = [{name for source in each for name in blocks_in(source) if name in BLOCKS} for each in sources]
    told = {name for name, block in BLOCKS.items() if is_inside or block.is_open}
    with translation.override(language):
        known = {name: BLOCKS[name].read(spots, now) for name in sorted(({name for names in named for name in names} | set(always)) & told)}
        written = [
            {name: BLOCKS[name].write(known[name][at]) if name in told else for_who_serves_said() for name in names}
            for at, names in enumerate(named)
        ]
    return written, known.get("official", [None] * len(spots))


def _whole_html(source: str, added: Sequence[Added], written: Mapping[str, str]) -> SafeString:
    drawn = [format_html('<div lang="{}">{}</div>', each.language, _html(each.source, written)) for each in added]
    return SafeString("".join([_html(source, written), *drawn]))


def _html(source: str, written: Mapping[str, str]) -> SafeString:
    drawn = _drawn(completed(source, {name: as_named(name) for name in written}))
    return SafeString(completed_html(drawn, {name: _drawn(said) for name, said in written.items()}))


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(source: str) -> SafeString:
    """Draw markdown, the organiser's words apart from what blocks say: those are the same for every seat."""
    return safe_html(source)


def _figures(spots: Sequence[Spot], _now: datetime) -> list[Compared]:
    return [compared(spot.area, language=get_language() or "") for spot in spots]


def _officials(spots: Sequence[Spot], _now: datetime) -> list[advocacy.Card | None]:
    sitting = advocacy.sitting_in({spot.area.pk for spot in spots})
    return [sitting.get(spot.area.pk) for spot in spots]


def _write_official(card: advocacy.Card | None) -> str:
    return official_said(
        Official(
            name=f"{card.civility} {card.full_name}".strip(),
            group=card.group_name,
            since=card.begins_on,
            office_email=card.office_email,
            page=card.profile_url,
        )
        if card
        else None
    )


def _neighbours(spots: Sequence[Spot], _now: datetime) -> list[NextDoor]:
    """Read what the seats next door reported; a stance that was undone since was never heard. Three queries."""
    near = next_door({spot.area.pk for spot in spots})
    beside = {area_id for others in near.values() for area_id in others}
    seats = set(
        Seat.objects.filter(network_id__in={spot.network_id for spot in spots}, area_id__in=beside).values_list("network_id", "area_id")
    )
    said = Position.objects.filter(contact=OuterRef("contact_id"))
    heard = Case(When(Exists(said) & ~Exists(said.filter(undone_at=None)), then=None), default=F("stance"))
    reported: dict[tuple[UUID, UUID], tuple[str, int | None]] = {
        (action_id, area_id): (met, stance)
        for action_id, area_id, met, stance in Report.objects.filter(
            assignment__action_id__in={spot.action_id for spot in spots}, assignment__seat__area_id__in=beside
        ).values_list("assignment__action_id", "assignment__seat__area_id", "met", heard)
    }
    return [_neighbours_of(spot, near[spot.area.pk], seats=seats, reported=reported) for spot in spots]


def _neighbours_of(
    spot: Spot, near: Collection[UUID], *, seats: set[tuple[UUID, UUID]], reported: dict[tuple[UUID, UUID], tuple[str, int | None]]
) -> NextDoor:
    told = [reported[spot.action_id, area_id] for area_id in near if (spot.action_id, area_id) in reported]
    return NextDoor(
        seats=sum((spot.network_id, area_id) in seats for area_id in near),
        met=Counter(Met(met) for met, _stance in told),
        stances=Counter(Stance(stance) for _met, stance in told if stance is not None),
    )


def _positions(spots: Sequence[Spot], now: datetime) -> list[list[KnownPosition]]:
    """Read where who sits there stands. One query."""
    found = advocacy.standings_in({spot.area.pk for spot in spots}, now=now)
    return [[_position_of(each) for each in found.get(spot.area.pk, [])] for spot in spots]


def _position_of(known: advocacy.StandingOn) -> KnownPosition:
    standing = known.standing
    if standing.stance is None or standing.since is None:
        raise LookupError("nothing of it holds")
    return KnownPosition(known.title, standing.stance, standing.since, standing.convinced_until, standing.is_disputed)


def _contacts(spots: Sequence[Spot], _now: datetime) -> list[list[KnownContact]]:
    """Read when one last spoke with who sits there. Two queries."""
    found = advocacy.contacts_in({spot.area.pk for spot in spots}, most=CONTACTS_SHOWN)
    return [[KnownContact(each.on, each.kind, each.about, each.words) for each in found.get(spot.area.pk, [])] for spot in spots]


BLOCKS: dict[str, Block[Any]] = {
    "figures": Block(
        _("figures of the place, beside those of the country and of the places most like it"),
        read=_figures,
        write=figures_said,
        is_open=True,
    ),
    "official": Block(
        _("who sits there: group, since when, e-mail address of the office, page"),
        read=_officials,
        write=_write_official,
        is_open=True,
    ),
    "positions": Block(_("where who sits there stands on each open subject, as far as we know"), read=_positions, write=positions_said),
    "contacts": Block(_("when one last spoke with who sits there, and what was written of it"), read=_contacts, write=contacts_said),
    "neighbours": Block(_("what the places next door reported so far, as counts"), read=_neighbours, write=neighbours_said),
}
"""What may be named in a brief, in the order in which it is offered."""
