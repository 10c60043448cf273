import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';

/** The network of a test: it answers what the test says, nothing to what every holder's screen asks, and refuses the rest. */
export const server = setupServer(
  http.get('*/api/v1/relays/today/', () =>
    HttpResponse.json({
      call: null,
      concern: null,
      message: null,
      held: null,
      hand_over: null,
      stand_in: null,
      meanwhile: [],
    }),
  ),
  http.get('*/api/v1/people/count/', () => HttpResponse.json({ count: 0, is_more: false })),
  http.get('*/api/v1/relays/terms/mine/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/relays/notes/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/relays/asks/mine/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/actions/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/advocacy/answer-questions/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/actions/take-overs/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/relays/calls/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/relays/companions/', () => HttpResponse.json({ items: [], contacts: [], may_ask: [] })),
  http.get('*/api/v1/relays/safety-contacts/', () => HttpResponse.json({ items: [] })),
  http.get('*/api/v1/messaging/letters/', () => HttpResponse.json({ items: [], next: null })),
  http.get('*/api/v1/relays/terms/:id/readiness/', () =>
    HttpResponse.json({
      is_ready: true,
      charter: null,
      qualifications: [],
      abilities: { send_charter: false, note_paper: false, qualify: true },
    }),
  ),
  http.get('*/api/v1/relays/terms/:id/hand-over/', () =>
    HttpResponse.json({ hand_over: null, successors: [], first_day: '2026-11-25', last_day: '2027-02-25', notes: 0 }),
  ),
);
