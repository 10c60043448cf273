"""Tables of funds, donors, donations and the books."""

from maillage.fundraising.models.batches import Batch, BatchRow
from maillage.fundraising.models.campaign_pages import FundraisingPage, PageDecision, PageMessage, PagePhoto, PageReport
from maillage.fundraising.models.donations import Donation, DonationShare, MonthlyDonation, MonthlyShare, PaymentAttempt
from maillage.fundraising.models.donors import Donor, DonorCorrection, DonorIdentity
from maillage.fundraising.models.editions import Edition
from maillage.fundraising.models.excesses import Excess, NearIdentity
from maillage.fundraising.models.funds import Fund, FundText, StripeAccount
from maillage.fundraising.models.ledger import ClosedYear, LedgerEntry, LedgerLine
from maillage.fundraising.models.monthly import MonthlyStep
from maillage.fundraising.models.proofs import AddressProof
from maillage.fundraising.models.receipts import DonorFile, OfficialReceipt, Receipt, ReceiptCount, ReceiptDonation
from maillage.fundraising.models.rollups import (
    AmountBin,
    AreaTotal,
    CohortTotal,
    CountedDonation,
    DayTotal,
    GiverBin,
    GiverTotal,
    MonthlyTotal,
    PageTotal,
    SourceTotal,
)
from maillage.fundraising.models.statements import BankStatement, LineMatch, StatementLine
from maillage.fundraising.models.treasury import (
    Difference,
    Dispute,
    HeldCard,
    Movement,
    NewCardsClosed,
    Payout,
    Reconciliation,
    RefundAuthorisation,
    RefundRequest,
)
from maillage.fundraising.models.yearly import YearlyStatement

__all__ = [
    "AddressProof",
    "AmountBin",
    "AreaTotal",
    "BankStatement",
    "Batch",
    "BatchRow",
    "ClosedYear",
    "CohortTotal",
    "CountedDonation",
    "DayTotal",
    "Difference",
    "Dispute",
    "Donation",
    "DonationShare",
    "Donor",
    "DonorCorrection",
    "DonorFile",
    "DonorIdentity",
    "Edition",
    "Excess",
    "Fund",
    "FundText",
    "FundraisingPage",
    "GiverBin",
    "GiverTotal",
    "HeldCard",
    "LedgerEntry",
    "LedgerLine",
    "LineMatch",
    "MonthlyDonation",
    "MonthlyShare",
    "MonthlyStep",
    "MonthlyTotal",
    "Movement",
    "NearIdentity",
    "NewCardsClosed",
    "OfficialReceipt",
    "PageDecision",
    "PageMessage",
    "PagePhoto",
    "PageReport",
    "PageTotal",
    "PaymentAttempt",
    "Payout",
    "Receipt",
    "ReceiptCount",
    "ReceiptDonation",
    "Reconciliation",
    "RefundAuthorisation",
    "RefundRequest",
    "SourceTotal",
    "StatementLine",
    "StripeAccount",
    "YearlyStatement",
]
