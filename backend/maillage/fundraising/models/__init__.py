"""Tables of funds, donors, donations and the books."""

from maillage.fundraising.models.donations import Donation, DonationShare, MonthlyDonation, MonthlyShare, PaymentAttempt
from maillage.fundraising.models.donors import Donor, DonorIdentity
from maillage.fundraising.models.funds import Fund, FundText, StripeAccount
from maillage.fundraising.models.ledger import ClosedYear, LedgerEntry, LedgerLine

__all__ = [
    "ClosedYear",
    "Donation",
    "DonationShare",
    "Donor",
    "DonorIdentity",
    "Fund",
    "FundText",
    "LedgerEntry",
    "LedgerLine",
    "MonthlyDonation",
    "MonthlyShare",
    "PaymentAttempt",
    "StripeAccount",
]
