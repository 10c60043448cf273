import { queryOptions, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { Drawing } from './fit-drawing';
import { MapPatterns } from './map-patterns';
import { nextCell, type Spot } from './next-cell';

/** One cell of the map: the class of its state, and its name with that state in words. */
export interface Cell {
  state: string;
  name: string;
  word: string;
  isFaded?: boolean;
}

interface Props {
  /** The drawing of a boundary set; its cells carry `data-code`. */
  src: string;
  cells: ReadonlyMap<string, Cell>;
  label: string;
  chosen: string | null;
  onChoose: (code: string) => void;
}

/** A seat drawn again, larger, in an inset is a twin: coloured alike, no stop of the keyboard. */
const CELL = '[data-code]:not([data-twin])';

/** The outlines drawn over the cells: of the one that is named, and of the one that is chosen. */
const NAMED = ['is-focus', 'is-hover'];
const CHOSEN = ['is-casing', 'is-choice'];

const pictureQuery = (src: string) =>
  queryOptions({
    queryKey: ['map', src],
    queryFn: async () => {
      const response = await fetch(src).catch(() => {
        throw new Problem(0, { code: 'network' });
      });
      if (!response.ok) throw new Problem(response.status, {});
      return new DOMParser().parseFromString(await response.text(), 'image/svg+xml').documentElement;
    },
    // The address holds the hash of what it draws.
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });

/**
 * Neighbours are drawn after one another: the outline of a cell is drawn again over them all. The cell itself stays
 * where it is, since what moves in the document loses the focus.
 */
function trace(cell: Element, className: string): void {
  const copy = cell.cloneNode() as SVGElement;
  for (const { name } of [...copy.attributes])
    if (!/^([dxy]|width|height|transform)$/.test(name)) copy.removeAttribute(name);
  copy.setAttribute('class', `outline ${className}`);
  cell.parentElement?.append(copy);
}

function untrace(svg: SVGSVGElement, className: string): void {
  for (const copy of svg.querySelectorAll(`.outline.${className}`)) copy.remove();
}

/** Where the arrows can go: to what the filter keeps, from wherever one is. */
function spotsOf(svg: Element, from: string): Spot[] {
  const cells = [...svg.querySelectorAll<SVGGraphicsElement>(CELL)];
  const open = cells.filter((cell) => cell.dataset.code === from || !cell.classList.contains('is-faded'));
  return open.map((cell) => {
    const box = cell.getBoundingClientRect();
    return { code: cell.dataset.code ?? '', x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
}

/**
 * The national drawing, coloured by state. One stop of the Tab key; arrows go to the nearest cell, Enter chooses.
 * What it shows stands in a table before it in the document.
 */
export function SeatMap({ src, cells, label, chosen, onChoose }: Props) {
  const { t } = useTranslation('common');
  const drawing = useQuery(pictureQuery(src));
  const sheet = useRef<HTMLDivElement>(null);
  const [unit, setUnit] = useState(1);
  const [tip, setTip] = useState<{ code: string; x: number; y: number; share: number } | null>(null);

  const picture = useMemo(() => {
    if (!drawing.data) return null;
    const copy = document.importNode(drawing.data, true) as unknown as SVGSVGElement;
    copy.classList.add('map');
    copy.removeAttribute('width');
    copy.removeAttribute('height');
    copy.setAttribute('role', 'group');
    // The drawing stands alone too: its own colours would reach the whole page, and its ids are not ours.
    copy.querySelector('style')?.remove();
    copy.querySelectorAll(':scope > :is(title, desc)').forEach((text) => {
      text.remove();
    });
    const drawn = new Drawing(copy);
    for (const named of copy.querySelectorAll('[id]')) named.removeAttribute('id');
    for (const cell of copy.querySelectorAll(CELL)) {
      cell.setAttribute('role', 'button');
      cell.setAttribute('tabindex', '-1');
    }
    for (const twin of copy.querySelectorAll<SVGElement>('[data-twin]')) {
      twin.dataset.code ??= twin.dataset.twin;
      twin.setAttribute('aria-hidden', 'true');
    }
    return drawn;
  }, [drawing.data]);
  const svg = picture?.svg;

  useEffect(() => {
    const frame = sheet.current;
    if (!picture || !frame) return;
    frame.replaceChildren(picture.svg);
    const observer = new ResizeObserver(([entry]) => {
      if (entry?.contentRect.width) setUnit(picture.fit(entry.contentRect.width));
    });
    observer.observe(frame);
    return () => {
      observer.disconnect();
    };
  }, [picture]);

  useEffect(() => {
    if (!svg) return;
    svg.setAttribute('aria-label', label);
    for (const part of CHOSEN) untrace(svg, part);
    let hasFilter = false;
    let first: Element | null = null;
    for (const element of svg.querySelectorAll<SVGElement>('[data-code]')) {
      const code = element.dataset.code ?? '';
      const cell = cells.get(code);
      for (const name of [...element.classList]) if (name.startsWith('is-')) element.classList.remove(name);
      if (!cell) continue;
      element.classList.add(`is-${cell.state}`);
      element.classList.toggle('is-faded', Boolean(cell.isFaded));
      element.classList.toggle('is-chosen', code === chosen);
      // A casing in the colour of the paper keeps the outline apart from the cell, whatever that is filled with.
      if (code === chosen) for (const part of CHOSEN) trace(element, part);
      if (element.hasAttribute('data-twin')) continue;
      element.setAttribute('aria-label', `${cell.name}${t('colon')} ${cell.word}`);
      element.setAttribute('aria-pressed', String(code === chosen));
      element.setAttribute('tabindex', code === chosen ? '0' : '-1');
      hasFilter ||= Boolean(cell.isFaded);
      first ??= element;
    }
    svg.classList.toggle('has-filter', hasFilter);
    if (!chosen || !cells.has(chosen)) first?.setAttribute('tabindex', '0');
  }, [svg, cells, chosen, label, t]);

  function codeAt(target: EventTarget): string | null {
    return (target as Element).closest<SVGElement>('[data-code]')?.dataset.code ?? null;
  }

  function onKeyDown(event: KeyboardEvent) {
    const code = codeAt(event.target);
    if (!code || !svg) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(code);
    } else if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const next = nextCell(spotsOf(svg, code), code, event.key);
      if (next) svg.querySelector<SVGElement>(`${CELL}[data-code="${CSS.escape(next)}"]`)?.focus();
    }
  }

  function showTip(element: Element, code: string | null, isFocus: boolean) {
    const box = sheet.current?.getBoundingClientRect();
    const isNamed = Boolean(code && cells.has(code) && box);
    if (svg) for (const part of NAMED) untrace(svg, part);
    if (isNamed) trace(element, isFocus ? 'is-focus' : 'is-hover');
    if (!code || !box || !isNamed) {
      setTip(null);
      return;
    }
    const cell = element.getBoundingClientRect();
    const x = cell.x + cell.width / 2 - box.x;
    setTip({ code, x, y: cell.y - box.y, share: box.width && x / box.width });
  }

  function hideTip() {
    if (svg) for (const part of NAMED) untrace(svg, part);
    setTip(null);
  }

  const shown = tip && cells.get(tip.code);
  if (drawing.isError)
    return <Trouble error={drawing.error} retry={() => void drawing.refetch()} kept={t('map.table_stays')} />;
  return (
    <div className="map-sheet">
      <MapPatterns scale={unit} />
      {drawing.isPending && <Skeleton lines={6} />}
      <div
        ref={sheet}
        onClick={(event) => {
          const code = codeAt(event.target);
          if (code) onChoose(code);
        }}
        onKeyDown={onKeyDown}
        onPointerOver={(event: PointerEvent) => {
          const target = event.target as Element;
          showTip(target.closest('[data-code]') ?? target, codeAt(target), false);
        }}
        onPointerLeave={hideTip}
        onFocus={(event) => {
          showTip(event.target, codeAt(event.target), event.target.matches(':focus-visible'));
        }}
        onBlur={hideTip}
      />
      {shown && (
        <div
          className="map-tip"
          aria-hidden="true"
          // As far to its left as the cell is from the left edge of the map: it never leaves the map.
          style={{ left: tip.x, top: tip.y, translate: `${-100 * tip.share}% calc(-100% - 8px)` }}
        >
          <b>
            <Raised text={shown.name} />
          </b>
          <span className={`state is-${shown.state}`}>{shown.word}</span>
        </div>
      )}
    </div>
  );
}
