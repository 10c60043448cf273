"""allauth's mails leave as messages like all others (decision 12)."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of the house."""
