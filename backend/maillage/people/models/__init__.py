"""Tables of persons, their agreement, and who read about them."""

from maillage.people.models.accesses import Access
from maillage.people.models.consents import Consent, ConsentState, Controller
from maillage.people.models.persons import ContactPoint, Person, Promise

__all__ = ["Access", "Consent", "ConsentState", "ContactPoint", "Controller", "Person", "Promise"]
