import { describe, expect, it } from 'vitest';
import { Drawing } from '@/map/fit-drawing';

/** Two small panels with their names under them, and a row of tiles named at its left. */
const SHEET = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 800">
<svg id="main" x="300" y="0" width="700" viewBox="0 0 1400 1200"><path data-code="1"/></svg>
<svg id="971" x="0" y="400" width="70" viewBox="0 0 140 100"><path data-code="2"/></svg>
<svg id="972" x="100" y="400" width="70" viewBox="0 0 140 100"><path data-code="3"/></svg>
<svg id="abroad" x="500" y="760" width="400" viewBox="0 0 800 60"><path data-code="4"/><text x="30" y="40">1</text></svg>
<text x="0" y="480">First island</text><text x="100" y="480">Second island</text>
<text x="490" y="790" text-anchor="end">Abroad</text></svg>`;

function drawing() {
  const { documentElement } = new DOMParser().parseFromString(SHEET, 'image/svg+xml');
  const svg = document.importNode(documentElement, true) as unknown as SVGSVGElement;
  for (const path of svg.querySelectorAll('path')) {
    Object.assign(path, { getBBox: () => ({ x: 0, y: 0, width: 60, height: 60 }) });
  }
  const written = () => [...svg.querySelectorAll(':scope > text')].map((text) => text.textContent);
  return { svg, written, drawn: new Drawing(svg) };
}

describe('fitting a drawing to its place', () => {
  it('says how many units of a panel are one px, for its patterns and for what is written', () => {
    const { svg, drawn } = drawing();
    expect(drawn.fit(500)).toBe(4);
    expect(svg.style.getPropertyValue('--unit')).toBe('2.000');
    expect(svg.querySelector<SVGElement>('#abroad')?.style.getPropertyValue('--unit')).toBe('4.000');
  });

  it('sets the number of a tile in its middle', () => {
    const { svg, drawn } = drawing();
    drawn.fit(1000);
    expect(svg.querySelector('#abroad text')).toHaveAttribute('y', '30');
  });

  it('writes names where all have room, else their codes, with the row of tiles named below the sheet', () => {
    const { svg, written, drawn } = drawing();
    drawn.fit(1000);
    expect(written()).toEqual(['First island', 'Second island', 'Abroad']);
    expect(svg).toHaveAttribute('viewBox', '0 0 1000 800');
    drawn.fit(400);
    expect(written()).toEqual(['971', '972', 'Abroad']);
    expect(svg.lastElementChild).toHaveAttribute('x', '1000');
    expect(svg).toHaveAttribute('viewBox', '0 0 1000 847.5');
    drawn.fit(1000);
    expect(written()).toEqual(['First island', 'Second island', 'Abroad']);
    expect(svg.lastElementChild).toHaveAttribute('x', '490');
  });
});
