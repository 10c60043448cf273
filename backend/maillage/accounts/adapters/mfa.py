"""What allauth asks of the house about second factors."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from maillage.kernel.sealing import seal, unseal


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets lie sealed, like codes; the name of the organisation stands in people's apps."""

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator app, or the seed of recovery codes."""
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name the entry that an authenticator app shows."""
        return str(settings.ORGANISATION_NAME)

    def _get_site_name(self) -> str:
        return str(settings.ORGANISATION_NAME)
