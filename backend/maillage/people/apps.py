from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "maillage.people"
    label = "people"

    def ready(self) -> None:
        """Tell accounts who is behind a user, and the privacy notice what is done with everyone's data."""
        from maillage.accounts.domain import ABOUT_ME, HOUSE_NAME
        from maillage.people.domain import register_hall, register_processing
        from maillage.people.domain.merging import register_belonging
        from maillage.people.domain.own_belongings import OWN_BELONGINGS
        from maillage.people.domain.own_processing import OWN
        from maillage.people.selectors import person_of
        from maillage.people.selectors.organisation import organisation
        from maillage.people.selectors.own import own_rows
        from maillage.people.selectors.signs import own_signs
        from maillage.people.services.erasure import erase_own_rows

        ABOUT_ME["person"] = person_of
        HOUSE_NAME.append(lambda: organisation().name)
        register_hall("people", export=own_rows, erase=erase_own_rows, signs=own_signs)
        for processing in OWN:
            register_processing(processing)
        for belonging in OWN_BELONGINGS:
            register_belonging(belonging)
