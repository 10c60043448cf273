"""Tables of sign-in and roles."""

from maillage.accounts.models.addresses import AddressChange
from maillage.accounts.models.grants import Grant
from maillage.accounts.models.sessions import Session
from maillage.accounts.models.users import User
from maillage.accounts.models.vaults import Vault

__all__ = ["AddressChange", "Grant", "Session", "User", "Vault"]
