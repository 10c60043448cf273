"""Something is wrong: told, taken up the same day by a named person, climbed where nobody does, and its outcome told."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from maillage.kernel.limits import happens_at_most
from maillage.kernel.text import typed
from maillage.messaging import services as messaging
from maillage.messaging.domain import RecipientKind
from maillage.messaging.services.recipients import recipient_of
from maillage.people import services as people
from maillage.people.domain import Channel, normal_value
from maillage.people.models import Person
from maillage.people.selectors import family_ids, side_of, standing_id
from maillage.relays.domain import ASKED_A_DAY, CONCERN_KEPT, CONFIRM_WITHIN, TOLD_A_DAY, Side, concern_due
from maillage.relays.models import Concern, Conversation, SafetyContact
from maillage.relays.selectors.concerns import (
    ADMINISTRATORS,
    MAY_BE_NAMED,
    is_read_by_nobody,
    place_of,
    readers_for_visitor,
    readers_of,
    recorded_name,
    standing_from,
    taking_of,
    zone_of,
)
from maillage.territories.models import Area

logger = logging.getLogger(__name__)


class TooManyTold(Refusal):
    """A lot was told from one network in a day."""

    status = 429
    code = "told_too_often"


LONGEST = {"what": 4000, "who": 200, "happened": 200}
TAKEN_AT_ONCE = 200


def tell_concern(
    *,
    what: str,
    now: datetime,
    reporter: Person | None = None,
    conversation: Conversation | None = None,
    who: str = "",
    happened: str = "",
    about: UUID | None = None,
    seen: str | None = None,
) -> Concern:
    """Tell the named person that something is wrong; without `reporter`, whoever wrote the conversation tells it.

    It stands with the first whom the organisation named, with the administrators where nobody is. `about`: the user whom it
    concerns is passed over, named or not any more, now and whatever it climbs to. `seen`: who stood above the form as reading
    it (`Standing.reader`, a writer's `VisitorReaders.seen`). The conversation is copied into it.
    Facts: concern.told.
    Raises: Invalid by field (`about`: nobody else is there to read it), Conflict (`reader_changed`: somebody else than `seen`).
    """
    said, fields = _said(what, who, happened)
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)
    area = conversation.seat.area if conversation else place_of(reporter)
    with transaction.atomic():
        readers = readers_for_visitor(area, now=now) if reporter is None and area is not None else None
        passed_over = [*(readers.past if readers else []), *([about] if about else [])]
        standing = standing_from(1, now=now, past=passed_over)
        if about is not None and not standing.users:
            raise Invalid(fields={"about": [_nobody_else()]})
        if seen is not None and seen != (readers.seen if readers and not about else standing.reader):
            raise _reader_changed()
        concern = Concern.objects.create(
            reporter=reporter,
            conversation=conversation,
            from_writer=reporter is None,
            area=area,
            **said,
            quoted=_quoted(conversation) if conversation else "",
            made_at=now,
            first_rung=standing.rung,
            passed_over=passed_over,
            rung=standing.rung,
            due_at=concern_due(now, zone=zone_of(area)),
        )
        _tell_readers(concern, standing.users, now=now)
        journal.record("concern.told", subject=concern, at=now, rung=standing.rung)
    return concern


def tell_as_visitor(
    *,
    seat_id: UUID,
    what: str,
    network: str,
    language: str,
    now: datetime,
    who: str = "",
    happened: str = "",
    email: str = "",
    not_the_first: bool = False,
    knows_alone: bool = False,
) -> Concern:
    """Tell the named person what somebody saw of whoever answers for a place; anybody may, and need not say who they are.

    Neither the relay of the place nor its stand-in ever reads it, unless nobody else is there and the page said so before
    (`knows_alone`). `not_the_first`: it may be about whoever would read it first, who is passed over. `email`: asked whether
    it is theirs, written to once they said so. `network`: the mark of where it comes from.
    Facts: concern.told.  Raises: NotFound (seat), Invalid by field, TooManyTold, Conflict (`reader_changed`).
    """
    area = Area.objects.filter(seats=seat_id).first()
    if area is None:
        raise NotFound(code="seat_unknown")
    said, fields = _said(what, who, happened)
    address = ""
    if email.strip():
        try:
            address = normal_value(Channel.EMAIL, email)
        except Invalid as invalid:
            fields["email"] = [sentence for sentences in invalid.fields.values() for sentence in sentences]
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)
    if not happens_at_most("relays.told", to=network, most=TOLD_A_DAY, over=timedelta(days=1), now=now):
        raise TooManyTold(_("A lot was told from your network today. Write to the organisation; in danger, call the emergency number."))
    with transaction.atomic():
        readers = readers_for_visitor(area, now=now)
        if readers.is_alone and not knows_alone:
            raise _reader_changed()
        standing, passed_over = (readers.other, readers.past_first) if not_the_first else (readers.first, readers.past)
        if standing is None:
            raise Invalid(_("Some fields need another look."), fields={"not_the_first": [_nobody_else()]})
        concern = Concern.objects.create(
            from_visitor=True,
            answer_to=address,
            language=language,
            area=area,
            **said,
            made_at=now,
            first_rung=standing.rung,
            passed_over=passed_over,
            rung=standing.rung,
            due_at=concern_due(now, zone=zone_of(area)),
        )
        _tell_readers(concern, standing.users, now=now)
        if address and happens_at_most("relays.told_confirm", to=address, most=ASKED_A_DAY, over=timedelta(days=1), now=now):
            kind = RecipientKind.ADDRESS
            messaging.queue_message("relays.concern_confirm", address=address, kind=kind, language=language, about_id=concern.pk, now=now)
        journal.record("concern.told", subject=concern, at=now, rung=standing.rung)
    return concern


def confirm_answer(*, concern_id: UUID, is_mine: bool, now: datetime) -> None:
    """Keep that an address is that of whoever told something, or forget the address: what was told stays. Safe to repeat.

    Raises: NotFound (`concern_unknown`).
    """
    with transaction.atomic():
        concern = _locked(concern_id)
        if not concern.from_visitor or not concern.answer_to:
            raise NotFound(code="concern_unknown")
        if is_mine:
            concern.answer_confirmed_at = concern.answer_confirmed_at or now
        else:
            concern.answer_to, concern.answer_confirmed_at = "", None
        concern.save(update_fields=["answer_to", "answer_confirmed_at"])


def take_up_concern(*, concern_id: UUID, by: User, now: datetime) -> Concern:
    """Take a concern up: from now on nobody else reads it, and the reporter is told who does. Safe to repeat by the same.

    Facts: concern.taken_up.  Raises: NotFound, Conflict (`already_taken_up`).
    """
    with transaction.atomic():
        concern = _locked(concern_id)
        if concern.taken_at is not None:
            if concern.taken_by_id == by.pk:
                return concern
            raise Conflict(_("Somebody else has just taken it up; it is theirs alone now."), code="already_taken_up")
        concern.taken_by, concern.taken_at, concern.given_back_at = by, now, None
        concern.save(update_fields=["taken_by", "taken_at", "given_back_at"])
        _tell_reporter("relays.concern_taken_up", concern, about_id=taking_of(concern), now=now)
        journal.record("concern.taken_up", subject=concern, at=now, actor_id=by.pk, on_time=now <= concern.due_at)
    return concern


def close_concern(*, concern_id: UUID, outcome: str, by: User, now: datetime) -> Concern:
    """Say what came of a concern, in words that the reporter reads. Facts: concern.closed.

    Raises: NotFound, Forbidden (`not_yours`: who took it up closes it), Conflict (`already_closed`), Invalid (outcome).
    """
    words = typed(outcome).strip()
    if not words or len(words) > LONGEST["what"]:
        raise Invalid(fields={"outcome": [_("Write a sentence: it is what the person who told it reads.")]})
    with transaction.atomic():
        concern = _locked(concern_id)
        if concern.taken_by_id != by.pk:
            raise Forbidden(_("Take it up first."), code="not_yours")
        if concern.closed_at is not None:
            raise Conflict(_("Its outcome was told already."), code="already_closed")
        concern.outcome, concern.closed_at = words, now
        concern.save(update_fields=["outcome", "closed_at"])
        _tell_reporter("relays.concern_closed", concern, about_id=concern.pk, now=now)
        journal.record("concern.closed", subject=concern, at=now, actor_id=by.pk)
    return concern


def give_back_concerns(*, user_id: UUID, now: datetime) -> int:
    """Let what somebody took up and did not close wait again, since they leave for good or lose the role in which they read it.

    Say how many. Facts: concern.given_back, each.

    It climbs at the next turn, as what nobody took up in time: whoever reads next is mailed, told of it before or not. Of what
    waits with the administrators already, all others who may take it up are mailed at once, and its hour is reckoned anew.
    """
    with transaction.atomic():
        theirs = Concern.objects.filter(taken_by_id=user_id, closed_at__isnull=True).select_related("area")
        concerns = list(theirs.select_for_update(of=("self",)).order_by("pk"))
        for concern in concerns:
            climbs = concern.rung < ADMINISTRATORS
            concern.taken_by, concern.taken_at, concern.given_back_at = None, None, now
            concern.due_at = now if climbs else concern_due(now, zone=zone_of(concern.area))
            concern.save(update_fields=["taken_by", "taken_at", "given_back_at", "due_at"])
            if not climbs:
                others = tuple(user for user in readers_of(concern, now=now) if user.pk != user_id)
                _tell_readers(concern, others, now=now, again=True)
            journal.record("concern.given_back", subject=concern, at=now)
    return len(concerns)


def climb_concerns(*, now: datetime) -> int:
    """Let climb what nobody took up in time, to the second named person, then to the administrators; say how many.

    With the administrators it stays, and its hour stays passed. One transaction each run: what was killed half way never
    began. Facts: concern.climbed, each.
    """
    with transaction.atomic():
        late = Concern.objects.filter(taken_at__isnull=True, due_at__lte=now, rung__lt=ADMINISTRATORS)
        concerns = list(
            late.select_for_update(of=("self",), skip_locked=True).select_related("area").order_by("due_at", "pk")[:TAKEN_AT_ONCE]
        )
        for concern in concerns:
            standing = standing_from(concern.rung + 1, now=now, past=concern.passed_over)
            concern.rung, concern.due_at = standing.rung, concern_due(now, zone=zone_of(concern.area))
            concern.save(update_fields=["rung", "due_at"])
            _tell_readers(concern, standing.users, now=now, again=concern.given_back_at is not None)
            journal.record("concern.climbed", subject=concern, at=now, rung=standing.rung)
    return len(concerns)


def find_unread_concerns(*, now: datetime) -> int:
    """Count what waits with the administrators while nobody is left who may read it: told to the operators, since it would be lost.

    Facts: concern.stranded, each.
    """
    waiting = Concern.objects.filter(taken_at__isnull=True, rung=ADMINISTRATORS).order_by("made_at", "pk")
    unread = [concern for concern in waiting if is_read_by_nobody(concern, now=now)]
    for concern in unread:
        _tell_operators(concern, now=now)
    return len(unread)


def forget_concerns(*, now: datetime) -> int:
    """Delete the concerns whose outcome was told a year ago; say how many. Facts: concern.forgotten, each.

    Forget too the addresses that nobody said were theirs within a week; what was told stays.
    """
    with transaction.atomic():
        unproved = Concern.objects.filter(answer_confirmed_at__isnull=True, made_at__lt=now - CONFIRM_WITHIN).exclude(answer_to="")
        unproved.update(answer_to="")
        old = list(Concern.objects.filter(closed_at__lt=now - CONCERN_KEPT).select_for_update(skip_locked=True)[:TAKEN_AT_ONCE])
        for concern in old:
            journal.record("concern.forgotten", subject=concern, at=now)
            concern.delete()
    return len(old)


def name_safety_contacts(*, emails: list[str], by: User, now: datetime, names: Sequence[str] = ()) -> None:
    """Name to whom it goes when something is wrong: the first, then the second; none is nobody, as long as the public is not in.

    Each must organise, moderate or administer somewhere and be somebody else than the other; who named may name themself.
    People are told a name: that of their record, else the one typed here. A mail tells them.
    Facts: safety_contact.named.
    Raises: Invalid (`first`, `second`, `first_called`, `second_called`), Conflict (`still_open`: an open network has a named person).
    """
    named: list[tuple[User, str]] = []
    for place, (field, email) in enumerate(zip(("first", "second"), emails, strict=False)):
        user = User.objects.filter(email=email.strip().lower(), is_active=True).select_related("person").first()
        if user is None or not accounts.holds_role(user, roles=MAY_BE_NAMED, now=now):
            raise Invalid(
                fields={field: [_("Name somebody who organises, moderates or administers here, by the address with which they sign in.")]}
            )
        if user in [known for known, _name in named]:
            raise Invalid(fields={field: [_("Name two different people.")]})
        is_known = bool(recorded_name(user))
        name = "" if is_known or place >= len(names) else typed(names[place]).strip()
        if not is_known and not 0 < len(name) <= LONGEST["who"]:
            raise Invalid(fields={f"{field}_called": [_("Their name is not known here, and people are told a name: type it.")]})
        named.append((user, name))
    with transaction.atomic():
        if not named and people.holds_open():
            raise Conflict(
                _("The public is in, and what people tell must reach a named person. Name somebody else, or close the site first."),
                code="still_open",
            )
        before = {contact.position: contact.user_id for contact in SafetyContact.objects.select_for_update()}
        SafetyContact.objects.all().delete()
        for position, (user, name) in enumerate(named, start=1):
            SafetyContact.objects.create(position=position, user=user, name=name, named_at=now)
            if before.get(position) != user.pk:
                once = uuid5(NAMESPACE_URL, f"relays.safety_contact:{user.pk}:{position}:{now.isoformat()}")
                messaging.queue_messages("relays.safety_contact", [recipient_of(user, about_id=once)], now=now)
        journal.record("safety_contact.named", subject=by, at=now, actor_id=by.pk, count=len(named))


def _said(what: str, who: str, happened: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What was typed, and what is wrong with it by field."""
    said = {"what": typed(what).strip(), "who": typed(who).strip(), "happened": typed(happened).strip()}
    fields = {name: [_("At most %(most)s letters fit here.") % {"most": most}] for name, most in LONGEST.items() if len(said[name]) > most}
    if not said["what"]:
        fields["what"] = [_("Write in a few words what happened.")]
    return said, fields


def _tell_readers(concern: Concern, users: tuple[User, ...], *, now: datetime, again: bool = False) -> None:
    """One mail a rung: the same concern climbs to the same person at most once. `again`: one each time that it waits anew."""
    own = Person.objects.filter(pk__in=family_ids(standing_id(concern.reporter_id))) if concern.reporter_id else Person.objects.none()
    theirs = set(own.values_list("user_id", flat=True))
    about_id = uuid5(concern.pk, now.isoformat()) if again else concern.pk
    told = [recipient_of(user, about_id=about_id) for user in users if user.pk not in theirs]
    messaging.queue_messages("relays.concern_given_back" if again else "relays.concern_told", told, now=now)
    if not told and concern.rung == ADMINISTRATORS and is_read_by_nobody(concern, now=now):
        _tell_operators(concern, now=now)


def _tell_operators(concern: Concern, *, now: datetime) -> None:
    logger.error("nobody may read a concern that waits: name somebody else, or let somebody else administer (concern %s)", concern.pk)
    journal.record("concern.stranded", subject=concern, at=now)


def _reader_changed() -> Conflict:
    sentence = _("Somebody else reads it now than whom you read above. Read who does, say whether it is about them, and send it again.")
    return Conflict(sentence, code="reader_changed")


def _nobody_else() -> str:
    return _("Nobody else can read it yet. Write to the organisation, or to the police.")


def _tell_reporter(purpose: str, concern: Concern, *, about_id: UUID, now: datetime) -> None:
    if concern.reporter is not None:
        person = Person.objects.get(pk=side_of(concern.reporter.pk).record_id)
        messaging.queue_message(purpose, person=person, about_id=about_id, now=now)
    elif concern.conversation is not None:
        conversation = concern.conversation
        messaging.queue_message(
            purpose,
            address=conversation.writer_email,
            kind=RecipientKind.ADDRESS,
            language=conversation.language,
            about_id=about_id,
            now=now,
        )
    elif concern.answer_confirmed_at is not None:
        address, language = concern.answer_to, concern.language
        messaging.queue_message(purpose, address=address, kind=RecipientKind.ADDRESS, language=language, about_id=about_id, now=now)


def _quoted(conversation: Conversation) -> str:
    spoken = {Side.WRITER: conversation.writer_name, Side.SEAT: conversation.seat.area.called}
    turns = conversation.turns.order_by("number")
    return "\n\n".join(f"{spoken[Side(turn.side)]}, {turn.at:%Y-%m-%d %H:%M} UTC\n{turn.words}" for turn in turns)


def _locked(concern_id: UUID) -> Concern:
    related = Concern.objects.select_for_update(of=("self",)).select_related("reporter", "conversation")
    found = related.filter(pk=concern_id).first()
    if found is None:
        raise NotFound(code="concern_unknown")
    return found
