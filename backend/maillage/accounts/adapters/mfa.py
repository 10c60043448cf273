"""What allauth asks of the house about second factors."""

from allauth.mfa.adapter import DefaultMFAAdapter

from maillage.accounts.domain import HOUSE_NAME
from maillage.kernel.sealing import seal, unseal


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets lie sealed, like codes."""

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator app, or the seed of recovery codes."""
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name the entry that an authenticator app shows."""
        return HOUSE_NAME[-1]()

    def _get_site_name(self) -> str:
        return HOUSE_NAME[-1]()
