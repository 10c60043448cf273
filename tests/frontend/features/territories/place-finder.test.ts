import { http, HttpResponse } from 'msw';
import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { startPlaceFinder } from '@/features/territories/place-finder';
import { server } from '~tests/server';

const words = {
  locate: 'Locate me',
  locating: 'Looking',
  refused: 'Refused',
  outside: 'Outside',
  near: 'You are {metres} m from another',
  doubtful: 'Near',
  several: '{count} constituencies',
  one: '1 place',
  many: '{count} places',
  none: 'Nothing found',
  failed: 'No answer',
};
const props = {
  search: '/api/search/',
  locate: '/api/locate/',
  results: '/en/places/',
  words,
};
const die = {
  kind: 'commune',
  code: '26113',
  name: 'Die',
  context: 'Drôme',
  seats: [{ code: '2603', name: 'Drôme 3' }],
  split: false,
};
const lyon = {
  kind: 'commune',
  code: '69123',
  name: 'Lyon',
  context: 'Rhône',
  seats: [
    { code: '6901', name: 'Rhône 1' },
    { code: '6902', name: 'Rhône 2' },
  ],
  split: true,
};

function answer(items: unknown[]) {
  server.use(http.get('*/api/search/', () => HttpResponse.json({ items })));
}

beforeEach(() => {
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = () => undefined;
  document.body.innerHTML = `<div id="root"><form class="finder"><label for="place">Where?</label><div class="row"><div>
    <input id="place" name="q"></div></div><div class="under"></div></form></div>`;
  startPlaceFinder(document.getElementById('root') as HTMLElement, props);
});

describe('the place finder', () => {
  it('is a combobox named by its label', () => {
    const field = screen.getByRole('combobox', { name: 'Where?' });
    expect(field.getAttribute('aria-expanded')).toBe('false');
  });

  it('lists what fits, says how many, and tells the split places', async () => {
    answer([die, lyon]);
    await userEvent.type(screen.getByRole('combobox'), 'li');
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual(['Die Drôme', 'Lyon 2 constituencies']);
    expect(screen.getByText('2 places')).toBeTruthy();
    expect(screen.getByRole('combobox').getAttribute('aria-expanded')).toBe('true');
  });

  it('moves with the arrows through the text itself, and closes on Escape', async () => {
    answer([die, lyon]);
    const field = screen.getByRole('combobox');
    await userEvent.type(field, 'li');
    const [first, second] = await screen.findAllByRole('option');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(field.getAttribute('aria-activedescendant')).toBe(second?.id);
    await userEvent.keyboard('{ArrowDown}');
    expect(field.hasAttribute('aria-activedescendant')).toBe(false);
    await userEvent.keyboard('{ArrowDown}');
    expect(first?.getAttribute('aria-selected')).toBe('true');
    await userEvent.keyboard('{Escape}');
    expect(field.getAttribute('aria-expanded')).toBe('false');
  });

  it('asks nothing for a single letter', async () => {
    let asked = 0;
    server.use(
      http.get('*/api/search/', () => {
        asked += 1;
        return HttpResponse.json({ items: [] });
      }),
    );
    await userEvent.type(screen.getByRole('combobox'), 'd');
    await userEvent.type(screen.getByRole('combobox'), 'i');
    await waitFor(() => expect(screen.getByText('Nothing found')).toBeTruthy());
    expect(asked).toBe(1);
  });

  it('says when the search does not answer, and stays a form', async () => {
    server.use(http.get('*/api/search/', () => new HttpResponse(null, { status: 503 })));
    await userEvent.type(screen.getByRole('combobox'), 'die');
    expect(await screen.findByText('No answer')).toBeTruthy();
    expect(screen.queryAllByRole('option')).toEqual([]);
  });
});
