from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "maillage.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the purposes that are messaging's own, and what it keeps of persons."""
        from maillage.messaging.domain import register
        from maillage.messaging.selectors import suppressed_among
        from maillage.messaging.selectors.own import messages_of
        from maillage.messaging.selectors.signs import no_signs
        from maillage.messaging.services import appointments, factors, merged, new_address, sign_in, staying
        from maillage.messaging.services.entered import entered_letter
        from maillage.messaging.services.erasure import erase_messages, keep_refusals
        from maillage.messaging.services.imported import imported_letter
        from maillage.messaging.services.preference_letters import LETTERS
        from maillage.messaging.services.questions import ENTERED, IMPORTED
        from maillage.people.domain import register_hall, register_reading
        from maillage.people.domain.merging import Belonging, register_belonging
        from maillage.people.domain.silences import register_keeper, register_silence

        register(appointments.APPOINTMENT, appointments.appointment_letter)
        register(sign_in.SIGN_IN_CODE, sign_in.sign_in_letter)
        register(ENTERED, entered_letter)
        register(IMPORTED, imported_letter)
        register(staying.STAY, staying.stay_letter)
        for purpose, letter in (*LETTERS, *factors.LETTERS, *merged.LETTERS, *new_address.LETTERS):
            register(purpose, letter)
        register_hall("messaging", export=messages_of, erase=erase_messages, signs=no_signs)
        register_reading("messaging.letters", _("what was to be passed on to you by post or telephone"))
        register_silence("messaging", suppressed_among)
        register_keeper("messaging", keep_refusals)
        register_belonging(Belonging(model="messaging.Message", column="person"))
