"""What actions does about other halls' news."""

from maillage import journal

journal.subscribe("term.opened", subscriber="actions.hand_over_opened", job="actions.hand_over_seat")
journal.subscribe("term.ended", subscriber="actions.hand_over_ended", job="actions.hand_over_seat")
journal.subscribe("term.ended", subscriber="actions.release_neighbour", job="actions.release_neighbour")
