import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { startNationalMap } from '@/map/national-map';

beforeEach(() => {
  document.body.innerHTML = `<figure><div class="map-sheet"><svg class="map">
    <a href="places/1/" class="is-vacant" aria-label="Drôme, 3e : vacant"><path d="M0 0h1"/></a>
    <a href="places/2/" class="is-filled" aria-label="Drôme, 1re : tenu"><path d="M2 0h1"/></a>
    <path class="is-vacant" data-twin="1" d="M0 0h1"/></svg></div>
    <p class="legend"><a class="state is-vacant" data-state="is-vacant" href="/x">Vacant <b>1</b></a></p></figure>`;
  startNationalMap(document.querySelector('figure') as HTMLElement, {
    all: 'Show all',
    keys: 'Arrows',
  });
});
const cells = () => [...document.querySelectorAll('.map-sheet a')];

describe('the national map', () => {
  it('is one stop of the Tab key', () => {
    expect(cells().map((cell) => cell.getAttribute('tabindex'))).toEqual(['0', '-1']);
  });

  it('filters by the legend, twins too, and shows all again', async () => {
    const button = screen.getByRole('button', { name: /Vacant/ });
    await userEvent.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(cells().map((cell) => cell.classList.contains('is-faded'))).toEqual([false, true]);
    expect(document.querySelector('[data-twin]')?.classList.contains('is-faded')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(cells().some((cell) => cell.classList.contains('is-faded'))).toBe(false);
  });

  it('names a seat and its state on hover', async () => {
    await userEvent.hover(cells()[0] as Element);
    const tip = document.querySelector('.map-tip') as HTMLElement;
    expect(tip.hidden).toBe(false);
    expect(tip.querySelector('b')?.textContent).toBe('Drôme, 3e');
    expect(tip.querySelector('span')?.textContent).toBe('Vacant');
  });
});
