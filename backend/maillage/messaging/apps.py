from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "maillage.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the purposes that are messaging's own."""
        from maillage.messaging.domain import register
        from maillage.messaging.services import sign_in

        register(sign_in.SIGN_IN_CODE, sign_in.sign_in_code_letter)
        register(sign_in.NO_ACCOUNT, sign_in.no_account_letter)
