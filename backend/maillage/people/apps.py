from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "maillage.people"
    label = "people"

    def ready(self) -> None:
        """Tell accounts who is behind a user, and the privacy notice what is done with everyone's data."""
        from maillage.accounts.domain import ABOUT_ME
        from maillage.people.domain import register_processing
        from maillage.people.domain.own_processing import OWN
        from maillage.people.selectors import person_of

        ABOUT_ME["person"] = person_of
        for processing in OWN:
            register_processing(processing)
