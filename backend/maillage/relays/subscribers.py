"""What relays does about other floors' news."""

from maillage import journal

journal.subscribe("document.proposed", subscriber="relays.proposal", job="relays.tell_of_proposal")
journal.subscribe("document.adopted", subscriber="relays.adoption", job="relays.ask_to_agree")
