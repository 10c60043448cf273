"""Tables of persons and their agreement."""

from maillage.people.models.consents import Consent, ConsentState, Controller
from maillage.people.models.persons import ContactPoint, Person, Promise

__all__ = ["Consent", "ConsentState", "ContactPoint", "Controller", "Person", "Promise"]
