"""What relays does about other floors' news, and about its own that can wait for the transaction to end."""

from maillage import journal

journal.subscribe("document.proposed", subscriber="relays.proposal", job="relays.tell_of_proposal")
journal.subscribe("document.adopted", subscriber="relays.adoption", job="relays.ask_to_agree")
journal.subscribe("term.opened", subscriber="relays.offer_companions", job="relays.offer_companions")
journal.subscribe("role.ended", subscriber="relays.ended_role", job="relays.follow_ended_role")
