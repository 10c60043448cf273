"""What a set of rules for donations is made of. Amounts are in cents, percents whole."""

from calendar import SATURDAY, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, islice

from maillage.fundraising.domain.words import THROUGH_PROVIDER, Method, Nature
from maillage.people.domain.law import GivingRules, Mark


class NoRules(LookupError):
    """No rules of this set hold on that day."""


class Fact(StrEnum):
    """What is asked of a donor beside a name and an e-mail address."""

    BIRTH_DATE = "birth_date"
    NATIONALITY = "nationality"
    TAX_ADDRESS = "tax_address"


class Period(StrEnum):
    """Over what a cap adds up."""

    CALENDAR_YEAR = "calendar_year"
    ELECTION = "election"


class Scope(StrEnum):
    """Of which funds a cap counts the donations."""

    RULE_SET = "rule_set"
    ELECTION = "election"


class ReceiptKind(StrEnum):
    """What a donor gets: a numbered form of the CNCCFP, of which only the state is followed; a paper made here; nothing."""

    CNCCFP = "cnccfp"
    CERFA_11580 = "cerfa-11580"
    NONE = "none"


class RefundedBy(StrEnum):
    """Whose word gives money back: the agent's, recorded first, or the treasurer's alone."""

    AGENT_AUTHORISATION = "agent_authorisation"
    TREASURER = "treasurer"


class Body(StrEnum):
    """What the income tax asks of a body: whether it cares for people in difficulty."""

    ANY = "any"
    CARES = "cares"


class DueWhat(StrEnum):
    """What is declared of what was given."""

    DONOR_LIST = "donor_list"
    ACCOUNTS = "accounts"
    RECEIPTS_ASKED = "receipts_asked"
    RECEIPTS_RETURNED = "receipts_returned"
    RECEIPTS_RETURNED_ONLINE = "receipts_returned_online"
    RECEIPTS_TOTAL = "receipts_total"


class TermCode(StrEnum):
    """A length of time in the life of a direct debit."""

    MANDATE_UNUSED = "mandate_unused"
    DEBIT_TOLD_BEFORE = "debit_told_before"
    DEBIT_TOLD_BEFORE_UNLESS_AGREED = "debit_told_before_unless_agreed"
    DEBIT_TAKEN_BACK = "debit_taken_back"
    DEBIT_NEVER_AUTHORISED = "debit_never_authorised"
    DEBIT_RESULT = "debit_result"


class Unit(StrEnum):
    """In what a term is counted."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, kw_only=True)
class Cited:
    """Something that holds from one day to another (`valid_until` is the last), with where it was read and how surely."""

    source: str
    mark: Mark
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)


@dataclass(frozen=True, kw_only=True)
class Named(Cited):
    """That a set exists; an empty time zone or currency leaves the fund's own."""

    time_zone: str = ""
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class Giver(Cited):
    """Who may give: somebody of one of these nationalities or residing in one of these countries (ISO 3166-1); anybody where empty."""

    natural_persons_only: bool
    nationalities: frozenset[str] = frozenset()
    residences: frozenset[str] = frozenset()

    def admits(self, *, nationality: str, residence: str) -> bool:
        """Say whether somebody of a nationality who resides in a country may give."""
        anybody = not self.nationalities and not self.residences
        return anybody or nationality in self.nationalities or residence in self.residences


@dataclass(frozen=True, kw_only=True)
class Age(Cited):
    """From how many years on somebody gives."""

    least: int

    def is_reached(self, *, born_on: date, on: date) -> bool:
        """Say whether somebody is old enough on a day; who is born on 29 February is a year older on 1 March."""
        years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
        return years >= self.least


@dataclass(frozen=True, kw_only=True)
class Asked(Cited):
    """A fact that is asked of a donor, and by its key (`asking.WHY`) why."""

    what: Fact
    why: str


@dataclass(frozen=True, kw_only=True)
class Cap(Cited):
    """How much one natural person may give, in cents, over a period, to all funds of a scope together.

    `counts` are the natures of what adds up; `elected_dues` whether the dues of who holds an elective office do.
    """

    code: str
    amount: int
    period: Period
    scope: Scope
    counts: frozenset[Nature]
    elected_dues: bool = False


@dataclass(frozen=True, kw_only=True)
class Way(Cited):
    """Methods by which money may come; `most` cents of one donation, or any amount."""

    methods: frozenset[Method]
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cash(Cited):
    """How much may come in cash in all: a share of the expenses allowed, once these reach `from_expenses` cents."""

    percent_of_expenses: int
    from_expenses: int

    def most(self, allowed_expenses: int) -> int | None:
        """Return the most cents in cash, the fraction of a cent dropped; None where the expenses allowed are too small for a limit."""
        return None if allowed_expenses < self.from_expenses else allowed_expenses * self.percent_of_expenses // 100


@dataclass(frozen=True, kw_only=True)
class Agent(Cited):
    """That money comes through an agent with so many bank accounts, and how many months before the month of an election."""

    accounts: int
    months_before: int | None = None

    def collects_from(self, election_on: date) -> date | None:
        """Return the first day on which an agent may collect for an election; None where no election sets it."""
        if self.months_before is None:
            return None
        return _months_later(election_on.replace(day=1), -self.months_before)


@dataclass(frozen=True, kw_only=True)
class Declaration(Cited):
    """What a donor declares, by the version of its words (`asking.DECLARATIONS`)."""

    version: str


@dataclass(frozen=True, kw_only=True)
class Receipt(Cited):
    """What a donor gets; `form` is its official number."""

    kind: ReceiptKind
    form: str = ""
    signed_by_donor: bool = False


@dataclass(frozen=True, kw_only=True)
class Refund(Cited):
    """Whose word gives money back."""

    by: RefundedBy


@dataclass(frozen=True)
class Band:
    """A part of what was given in a year, and the percent of it that comes off the tax; the last band has no end (cents)."""

    percent: int
    up_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class Tax(Cited):
    """What the income tax gives back, and within what limits.

    `income_percent` of the taxable income at most, the excess carried `carried_years` years; `household` cents a year at most.
    `cash`: whether what was given in cash counts. `box`: where it is declared.
    """

    body: Body
    bands: tuple[Band, ...]
    income_percent: int
    carried_years: int
    cash: bool
    household: int | None = None
    box: str = ""


@dataclass(frozen=True, kw_only=True)
class Mention(Cited):
    """A sentence that every call for donations says, by its key (`mentions.MENTIONS`)."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Due(Cited):
    """What is declared of a year to an authority, by a month and day of the next; neither where no law names one."""

    what: DueWhat
    to: str
    month: int | None = None
    day: int | None = None

    def last_day(self, year: int) -> date | None:
        """Return the last day for what was given in a year."""
        return date(year + 1, self.month, self.day) if self.month and self.day else None


@dataclass(frozen=True, kw_only=True)
class Term(Cited):
    """A length of time in the life of a direct debit."""

    code: TermCode
    number: int
    unit: Unit

    def after(self, day: date) -> date:
        """Return the day on which it is over, counted from a day; business days leave out Saturdays and Sundays, not bank holidays."""
        match self.unit:
            case Unit.DAYS:
                return day + timedelta(days=self.number)
            case Unit.WEEKS:
                return day + timedelta(weeks=self.number)
            case Unit.MONTHS:
                return _months_later(day, self.number)
            case Unit.BUSINESS_DAYS:
                following = (day + timedelta(days=ahead) for ahead in count(1))
                return next(islice((one for one in following if one.weekday() < SATURDAY), self.number - 1, None))


def _months_later(day: date, months: int) -> date:
    """Return the same day of another month, or the last that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class RuleSet:
    """All that holds for donations under one set between two changes of the law; `valid_until` is the last day."""

    code: GivingRules
    valid_from: date | None
    valid_until: date | None
    named: Named
    giver: Giver
    age: Age
    declaration: Declaration
    receipt: Receipt
    refund: Refund
    cash: Cash | None
    agent: Agent | None
    asked: tuple[Asked, ...]
    caps: tuple[Cap, ...]
    ways: tuple[Way, ...]
    taxes: tuple[Tax, ...]
    mentions: tuple[Mention, ...]
    dues: tuple[Due, ...]
    terms: tuple[Term, ...]

    @property
    def version(self) -> str:
        """Name these very rules: the set, and since when they are so."""
        return f"{self.code}@{self.valid_from}" if self.valid_from else str(self.code)

    def asks(self, what: Fact) -> Asked | None:
        """Return why a fact is asked; None where it may not be."""
        return next((asked for asked in self.asked if asked.what == what), None)

    def way(self, method: str) -> Way | None:
        """Return how a method is allowed; None where it is not."""
        return next((way for way in self.ways if method in way.methods), None)

    def through_provider(self) -> list[Method]:
        """Return how one may pay on-line, in the order in which it is offered."""
        return [method for method in THROUGH_PROVIDER if self.way(method) is not None]

    def takes(self, *, method: str, amount: int) -> bool:
        """Say whether one donation of so many cents may come by a method."""
        way = self.way(method)
        return way is not None and (way.most is None or amount <= way.most)

    def tax(self, *, cares: bool) -> Tax | None:
        """Return what the income tax gives back to who gives to such a body; None where nothing is known."""
        wanted = Body.CARES if cares else Body.ANY
        return next((tax for tax in self.taxes if tax.body == wanted), None)

    def term(self, code: TermCode) -> Term:
        """Return a term of direct debits. Raises: NoRules where the set says nothing of it."""
        for term in self.terms:
            if term.code == code:
                return term
        raise NoRules(f"{self.code}: {code}")
