"""Stripe's test IBANs, and what a debit of each does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """One test bank account. `failure`: why its debits fail. `slow`: three minutes more. `disputed`: returned at once."""

    iban: str
    name: str
    failure: str = ""
    slow: bool = False
    disputed: bool = False

    @property
    def names(self) -> tuple[str, str]:
        """Its test payment methods, as newer and as older documentation calls them."""
        end = f"{self.name}_{self.iban[:2].lower()}"
        return f"pm_sepaDebit_{end}", f"pm_{end}"


ACCOUNTS = (
    Account("FR1420041010050500013M02606", "success"),
    Account("FR3020041010050500013M02609", "successDelayed", slow=True),
    Account("FR8420041010050500013M02607", "failed", failure="generic_could_not_process"),
    Account("FR7920041010050500013M02600", "failedDelayed", failure="generic_could_not_process", slow=True),
    Account("FR5720041010050500013M02608", "disputed", disputed=True),
    Account("FR9720041010050000000343434", "exceedsWeeklyVolumeLimit", failure="charge_exceeds_source_limit"),
    Account("FR5920041010050000000121212", "exceedsWeeklyTransactionLimit", failure="charge_exceeds_weekly_limit"),
    Account("FR9720041010050000002222227", "insufficientFunds", failure="insufficient_funds"),
    Account("DE89370400440532013000", "success"),
    Account("DE08370400440532013003", "successDelayed", slow=True),
    Account("DE62370400440532013001", "failed", failure="generic_could_not_process"),
    Account("DE78370400440532013004", "failedDelayed", failure="generic_could_not_process", slow=True),
    Account("DE35370400440532013002", "disputed", disputed=True),
)
BY_IBAN = {account.iban: account for account in ACCOUNTS}
BY_NAME = {name: account for account in ACCOUNTS for name in account.names}
FAILURES = {
    "generic_could_not_process": "The bank could not process the debit.",
    "charge_exceeds_source_limit": "This payment exceeds the account's weekly payment volume limit.",
    "charge_exceeds_weekly_limit": "This payment exceeds the account's weekly transaction limit.",
    "insufficient_funds": "The customer's account has insufficient funds to cover this payment.",
}


def is_iban(text: str) -> bool:
    """Say whether a text can be an IBAN: its letters and its check digits."""
    if not (text.isascii() and text.isalnum() and 15 <= len(text) <= 34 and text[:2].isalpha()):
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def bank_and_branch(iban: str) -> tuple[str, str | None]:
    """Read the codes of the bank and the branch out of an IBAN."""
    return (iban[4:9], iban[9:14]) if iban.startswith("FR") else (iban[4:12], None)
