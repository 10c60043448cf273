import { fireEvent, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { SeatsDesk } from '@/features/relays/seats-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { seats } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><style>path{fill:red}</style>${seats
  .map(({ code }, index) => `<path id="s${code}" data-code="${code}" d="M${index * 5} 0h4v9z"/>`)
  .join('')}<path data-code="A02" data-twin="" d="M0 9h1v1z"/></svg>`;

const desk = (
  <SeatsDesk
    network="n1"
    mapSrc="http://localhost:3000/maps/h/constituency.svg"
    credit="Ours"
    panel={(seat) => <p>Panel of {seat.name}</p>}
  />
);
const rows = () => screen.getAllByRole('row').slice(1);

describe('the seats, as a table and as a map', () => {
  beforeEach(() => {
    server.use(
      http.get('*/api/v1/relays/networks/n1/seats/', () => HttpResponse.json({ items: seats })),
      http.get('*/maps/h/constituency.svg', () => HttpResponse.text(drawing)),
    );
  });

  it('says how many are covered, with the table before the map in the document', async () => {
    const { container } = show(desk);
    expect(await screen.findByRole('heading', { level: 1, name: '2 of 4 seats covered' })).toBeVisible();
    const cell = await screen.findByRole('button', { name: 'Alder, 2nd: Vacant' });
    const table = screen.getByRole('table');
    expect(table.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    expect(container.querySelectorAll('svg.map [data-code="A02"].is-vacant')).toHaveLength(2);
    // What the drawing brings for standing alone stays out of the page.
    expect(container.querySelectorAll('svg.map :is(style, [id])')).toHaveLength(0);
    await expectNoAxeFinding(container);
  });

  it('filters table and map alike, and keeps the filter in the address', async () => {
    const { user, router, container } = show(desk);
    await screen.findByRole('button', { name: 'Alder, 2nd: Vacant' });
    await user.click(screen.getByRole('button', { name: 'Vacant 2' }));
    expect(rows()).toHaveLength(2);
    expect(router.state.location.search).toBe('?state=vacant');
    expect(container.querySelector('[data-code="A01"]')).toHaveClass('is-faded');
    expect(container.querySelector('[data-code="A02"]')).not.toHaveClass('is-faded');
    await user.type(screen.getByRole('searchbox'), 'birch sur ete');
    expect(rows()).toHaveLength(1);
  });

  it('says what to do when nothing matches', async () => {
    const { user } = show(desk, { at: '/?q=nowhere' });
    await user.click(await screen.findByRole('button', { name: 'Show all seats' }));
    expect(rows()).toHaveLength(4);
  });

  it('chooses on the map, in the table and with J and K, always the same seat', async () => {
    const { user, container } = show(desk);
    await user.click(await screen.findByRole('button', { name: 'Alder, 2nd: Vacant' }));
    expect(screen.getByText('Panel of Alder, 2nd')).toBeVisible();
    expect(within(rows()[1] as HTMLElement).getByRole('button')).toHaveAttribute('aria-pressed', 'true');
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(screen.getByText('Panel of Birch-sur-Été, 1st')).toBeVisible();
    expect(container.querySelector('[data-code="B01"]')).toHaveClass('is-chosen');
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(screen.getByText('Panel of Alder, 2nd')).toBeVisible();
  });

  it('has one stop of the Tab key on the map, and Enter chooses there', async () => {
    const { user, container } = show(desk);
    await screen.findByRole('button', { name: 'Alder, 2nd: Vacant' });
    const stops = [...container.querySelectorAll('svg.map [tabindex="0"]')];
    expect(stops).toHaveLength(1);
    (stops[0] as SVGElement).focus();
    await user.keyboard('{Enter}');
    expect(screen.getByText('Panel of Alder, 1st')).toBeVisible();
    // Choosing keeps the keyboard where it is, and draws the outline over the neighbours.
    expect(stops[0]).toHaveFocus();
    expect(container.querySelector('svg.map')?.lastElementChild).toHaveClass('outline');
  });

  it('keeps the table when the map does not come, and says so', async () => {
    server.use(http.get('*/maps/h/constituency.svg', () => HttpResponse.text('', { status: 500 })));
    show(desk);
    expect(await screen.findByText('The table is still there.')).toBeVisible();
    expect(rows()).toHaveLength(4);
  });

  it('offers to try again when the seats do not come', async () => {
    server.use(http.get('*/api/v1/relays/networks/n1/seats/', () => HttpResponse.error()));
    const { user } = show(desk);
    const again = await screen.findByRole('button', { name: 'Try again' });
    server.use(http.get('*/api/v1/relays/networks/n1/seats/', () => HttpResponse.json({ items: seats })));
    await user.click(again);
    expect(await screen.findByRole('heading', { level: 1, name: '2 of 4 seats covered' })).toBeVisible();
  });
});
