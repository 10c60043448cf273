"""Funds set up by their administrators: opened, described, published, closed."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.setting_up import Said, Words, wrong_facts
from maillage.fundraising.gateways.accounts import modes
from maillage.fundraising.models import Donation, Fund, FundText, StripeAccount
from maillage.fundraising.selectors.setting_up import collects_from, missing_in, proposed_rules
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.people.domain import Channel, GivingRules, normal_value
from maillage.people.selectors.organisation import organisation, zone_of_house
from maillage.territories.models import Area, Election

RESERVED = frozenset({"monthly", "receipt", "thanks"})
"""What stands behind /give/ beside the codes of funds."""


def open_fund(*, code: str, legal_name: str, by: User | None, now: datetime, rules: GivingRules | None = None) -> Fund:
    """Open a legal recipient that asks for nothing yet; without `rules`, those that follow from who runs this site.

    Facts: fund.opened.  Raises: Invalid (code).
    """
    if code in RESERVED:
        raise _taken()
    try:
        with transaction.atomic():
            fund = Fund.objects.create(
                code=code, legal_name=_clean(legal_name), rules=rules or proposed_rules(now), time_zone=zone_of_house()
            )
            _note(fund, "fund.opened", by=by, now=now, rules=str(fund.rules))
    except IntegrityError:
        raise _taken() from None
    return fund


def add_envelope(*, code: str, envelope: str, name: str, area_id: UUID | None, by: User | None, now: datetime) -> Fund:
    """Add a part of a recipient among which a giver may share; its name is said in every language until each is written.

    Facts: fund.opened.  Raises: NotFound, Invalid (envelope, area), Conflict (`fund_closed`).
    """
    if area_id is not None and not Area.objects.filter(pk=area_id).exists():
        raise Invalid(fields={"area": [_("There is no such place.")]})
    try:
        with transaction.atomic():
            parent = _locked(code)
            if parent.parent_id is not None:
                raise NotFound
            _refuse_closed(parent)
            fund = Fund.objects.create(code=envelope, parent=parent, area_id=area_id, currency=parent.currency, time_zone=parent.time_zone)
            FundText.objects.bulk_create(FundText(fund=fund, language=language, name=_clean(name)) for language in organisation().languages)
            _note(fund, "fund.opened", by=by, now=now, recipient=parent.code)
    except IntegrityError:
        raise _taken("envelope") from None
    return fund


def describe_fund(*, code: str, said: Said, rules: GivingRules, account: str, election: str, by: User | None, now: datetime) -> Fund:
    """Say who a recipient is, what it suggests and when it collects. A published one loses nothing that its mentions name.

    `account` is the code of its keys at Stripe, `election` the code of the vote that an agent collects for; empty: none. Once
    somebody gave, the rules stay; once they gave on-line, the account stays.
    Facts: fund.described.  Raises: NotFound, Invalid (by field), Conflict (`fund_closed`, `rules_used`, `account_used`,
    `fund_incomplete` with `missing`).
    """
    with transaction.atomic():
        fund = _locked(code)
        if fund.parent_id is not None:
            raise NotFound
        _refuse_closed(fund)
        lacked = missing_in(fund, now, modes())
        _refuse_used(fund, rules=rules, account=account)
        fund.rules, fund.election, fund.stripe_account = rules, _election(election), _account(fund, account)
        for name, value in asdict(said).items():
            setattr(fund, name, _clean(value) if isinstance(value, str) else list(value) if isinstance(value, (tuple, list)) else value)
        fund.iban = fund.iban.replace(" ", "").upper()
        unread = _read_reach(fund)
        given = Said(**{name: getattr(fund, name) for name in asdict(said)})
        if wrong := wrong_facts(given, collects_from=collects_from(fund, now)) | unread:
            raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=wrong)
        if fund.published_at:
            _refuse_incomplete(fund, lacked=lacked, now=now)
        fund.save()
        _note(fund, "fund.described", by=by, now=now)
    return fund


def word_fund(*, code: str, language: str, words: Words, by: User | None, now: datetime) -> Fund:
    """Say what a fund's page says in one language.

    Facts: fund.worded.  Raises: NotFound, Conflict (`fund_closed`, `fund_incomplete`: a published page keeps its name and title).
    """
    with transaction.atomic():
        fund = _locked(code)
        _refuse_closed(fund)
        lacked = [] if fund.parent_id else missing_in(fund, now, modes())
        written = {name: _clean(value) if isinstance(value, str) else [list(use) for use in value] for name, value in asdict(words).items()}
        FundText.objects.update_or_create(fund=fund, language=language, defaults=written)
        if fund.published_at:
            _refuse_incomplete(fund, lacked=lacked, now=now)
        _note(fund, "fund.worded", by=by, now=now, language=language)
    return fund


def publish_fund(*, code: str, by: User | None, now: datetime) -> Fund:
    """Let a recipient's page ask for donations, once its mentions are whole and it says itself in every language; safe to repeat.

    Facts: fund.published.  Raises: NotFound, Conflict (`fund_closed`, `fund_incomplete` with `missing`).
    """
    with transaction.atomic():
        fund = _locked(code)
        if fund.parent_id is not None:
            raise NotFound
        _refuse_closed(fund)
        if fund.published_at is None:
            _refuse_incomplete(fund, lacked=[], now=now)
            fund.published_at = now
            fund.save(update_fields=["published_at"])
            _note(fund, "fund.published", by=by, now=now)
    return fund


def close_fund(*, code: str, by: User | None, now: datetime) -> Fund:
    """Let a fund ask for nothing any more: its page is gone, an envelope is chosen no longer; safe to repeat, undone by `reopen_fund`.

    What was given stays, and so do monthly donations until their givers stop them.
    Facts: fund.closed.  Raises: NotFound.
    """
    with transaction.atomic():
        fund = _locked(code)
        if fund.closed_at is None:
            fund.closed_at = now
            fund.save(update_fields=["closed_at"])
            _note(fund, "fund.closed", by=by, now=now)
    return fund


def reopen_fund(*, code: str, by: User | None, now: datetime) -> Fund:
    """Let a closed fund be as it was before; safe to repeat.

    Facts: fund.reopened.  Raises: NotFound, Conflict (`fund_incomplete`: the law asks for more since).
    """
    with transaction.atomic():
        fund = _locked(code)
        if fund.closed_at is not None:
            fund.closed_at = None
            if fund.published_at:
                _refuse_incomplete(fund, lacked=[], now=now)
            fund.save(update_fields=["closed_at"])
            _note(fund, "fund.reopened", by=by, now=now)
    return fund


def _locked(code: str) -> Fund:
    found = Fund.objects.select_for_update(of=("self",)).select_related("stripe_account", "election", "area").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def _refuse_closed(fund: Fund) -> None:
    if fund.closed_at is not None:
        raise Conflict(_("This fund is closed. Reopen it first."), code="fund_closed")


def _refuse_incomplete(fund: Fund, *, lacked: list[str], now: datetime) -> None:
    if missing := [name for name in missing_in(fund, now, modes()) if name not in lacked]:
        raise Conflict(_("The page cannot ask for donations without this: the law wants it said."), code="fund_incomplete", missing=missing)


def _read_reach(fund: Fund) -> dict[str, list[str]]:
    """Write telephone and e-mail address as they are written everywhere here; say by field which cannot be read."""
    unread: dict[str, list[str]] = {}
    for name, channel in (("phone", Channel.PHONE), ("email", Channel.EMAIL)):
        if said := getattr(fund, name):
            try:
                setattr(fund, name, normal_value(channel, said, country=organisation().country))
            except Invalid as invalid:
                unread |= {field: list(sentences) for field, sentences in invalid.fields.items()}
    return unread


def _refuse_used(fund: Fund, *, rules: GivingRules, account: str) -> None:
    given = Donation.objects.filter(fund=fund)
    if rules != fund.rules and given.exists():
        raise Conflict(_("Somebody gave under these rules: open another recipient for others."), code="rules_used")
    known = fund.stripe_account.code if fund.stripe_account else ""
    if account != known and given.filter(intent__isnull=False).exists():
        raise Conflict(_("Somebody paid through this account: refunds and monthly donations go on there."), code="account_used")


def _account(fund: Fund, code: str) -> StripeAccount | None:
    if not code:
        return None
    account, _is_new = StripeAccount.objects.get_or_create(code=code)
    if Fund.objects.filter(stripe_account=account).exclude(pk=fund.pk).exists():
        raise Invalid(fields={"account": [_("Another recipient has this account: each has one of its own.")]})
    return account


def _election(code: str) -> Election | None:
    if not code:
        return None
    found = Election.objects.filter(country=organisation().country, code=code).first()
    if found is None:
        raise Invalid(fields={"election": [_("This election is not known here.")]})
    return found


def _taken(name: str = "code") -> Invalid:
    return Invalid(fields={name: [_("There is already a fund of this name. Choose another address for its page.")]})


def _clean(text: str) -> str:
    return typed(text).strip()


def _note(fund: Fund, fact: str, *, by: User | None, now: datetime, **details: str) -> None:
    journal.record(fact, subject=fund, at=now, actor_id=by.pk if by else None, **details)
