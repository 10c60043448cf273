import { nextCell } from './next-cell';

export interface NationalMapWords {
  /** Said by the button that takes the filter away. */
  all: string;
  /** How the keyboard moves on the map. */
  keys: string;
}

type Cell = SVGAElement | HTMLAnchorElement;

/**
 * What the server drew answers: a tip on hover and focus, arrows from seat to seat with one stop of the Tab key, and a
 * legend that filters. Without this script every seat is a link and the legend opens the list.
 */
export function startNationalMap(root: HTMLElement, words: NationalMapWords): void {
  const sheet = root.querySelector<HTMLElement>('.map-sheet');
  const cells = [...root.querySelectorAll<Cell>('.map-sheet a')];
  if (!sheet || cells.length === 0) return;
  walk(sheet, cells, words);
  tips(sheet);
  const legend = root.querySelector<HTMLElement>('.legend');
  if (legend) filter(sheet, cells, legend, words);
}

const middle = (cell: Element) => {
  const box = cell.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

function walk(sheet: HTMLElement, cells: Cell[], words: NationalMapWords): void {
  const hint = document.createElement('p');
  hint.className = 'sr-only';
  hint.id = 'map-keys';
  hint.textContent = words.keys;
  sheet.before(hint);
  sheet.setAttribute('role', 'group');
  sheet.setAttribute('aria-describedby', hint.id);
  let stop = cells[0];
  for (const cell of cells) cell.setAttribute('tabindex', cell === stop ? '0' : '-1');
  sheet.addEventListener('focusin', (event) => {
    const cell = (event.target as Element).closest<Cell>('a');
    if (!cell || cell === stop) return;
    stop?.setAttribute('tabindex', '-1');
    cell.setAttribute('tabindex', '0');
    stop = cell;
  });
  sheet.addEventListener('keydown', (event) => {
    if (!event.key.startsWith('Arrow') || !stop) return;
    event.preventDefault();
    const spots = cells
      .filter((cell) => !cell.classList.contains('is-faded'))
      .map((cell) => ({ code: codeOf(cell), ...middle(cell) }));
    const from = codeOf(stop);
    if (!spots.some((spot) => spot.code === from)) spots.push({ code: from, ...middle(stop) });
    const next = nextCell(spots, from, event.key);
    cells.find((cell) => codeOf(cell) === next)?.focus();
  });
}

function codeOf(cell: Cell): string {
  return cell.getAttribute('href') ?? '';
}

function tips(sheet: HTMLElement): void {
  const tip = document.createElement('p');
  tip.className = 'map-tip';
  tip.hidden = true;
  // The link says the same to a screen reader.
  tip.setAttribute('aria-hidden', 'true');
  const name = document.createElement('b');
  const state = document.createElement('span');
  tip.append(name, state);
  sheet.append(tip);

  // Neighbours are drawn after one another: the outline of the one that is named is drawn again, over them all.
  let drawn: SVGPathElement | undefined;
  const outline = (cell: Cell) => {
    drawn?.remove();
    const path = cell.querySelector('path');
    if (!path) return;
    drawn = path.cloneNode() as SVGPathElement;
    drawn.setAttribute('class', 'outline');
    cell.parentElement?.append(drawn);
  };

  const show = (cell: Cell) => {
    const label = cell.getAttribute('aria-label') ?? '';
    const colon = label.lastIndexOf(':');
    name.textContent = (colon < 0 ? label : label.slice(0, colon)).trim();
    const word = colon < 0 ? '' : label.slice(colon + 1).trim();
    state.textContent = word.charAt(0).toUpperCase() + word.slice(1);
    state.className = `state ${[...cell.classList].filter((one) => one.startsWith('is-') && one !== 'is-faded').join(' ')}`;
    outline(cell);
    tip.hidden = false;
    const [at, frame] = [middle(cell), sheet.getBoundingClientRect()];
    const left = Math.min(
      Math.max(at.x - frame.x - tip.offsetWidth / 2, 0),
      Math.max(frame.width - tip.offsetWidth, 0),
    );
    const above = cell.getBoundingClientRect().y - frame.y - tip.offsetHeight - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < -tip.offsetHeight ? at.y - frame.y + 16 : above}px`;
  };
  const hide = () => {
    tip.hidden = true;
    drawn?.remove();
  };
  sheet.addEventListener('pointerover', (event) => {
    const cell = (event.target as Element).closest<Cell>('a');
    if (cell && event.pointerType === 'mouse') show(cell);
    else hide();
  });
  sheet.addEventListener('pointerleave', hide);
  sheet.addEventListener('focusin', (event) => {
    const cell = (event.target as Element).closest<Cell>('a');
    if (cell?.matches(':focus-visible')) show(cell);
  });
  sheet.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}

function filter(sheet: HTMLElement, cells: Cell[], legend: HTMLElement, words: NationalMapWords): void {
  const twins = [...sheet.querySelectorAll<SVGElement>('[data-twin]')];
  const maps = sheet.querySelectorAll('.map, .tiles-row');
  const buttons = [...legend.querySelectorAll<HTMLAnchorElement>('a[data-state]')].map((link) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = link.className;
    button.dataset.state = link.dataset.state ?? '';
    button.setAttribute('aria-pressed', 'false');
    button.append(...link.childNodes);
    link.replaceWith(button);
    return button;
  });
  const all = document.createElement('button');
  all.type = 'button';
  all.className = 'button bare';
  all.textContent = words.all;
  all.hidden = true;
  legend.append(all);

  const apply = (state: string | null) => {
    for (const map of maps) map.classList.toggle('has-filter', state !== null);
    for (const cell of [...cells, ...twins])
      cell.classList.toggle('is-faded', state !== null && !cell.classList.contains(state));
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.state === state));
    all.hidden = state === null;
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      apply(button.getAttribute('aria-pressed') === 'true' ? null : (button.dataset.state ?? null));
    });
  }
  all.addEventListener('click', () => {
    apply(null);
    buttons[0]?.focus();
  });
}
